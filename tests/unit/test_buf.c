/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "oom.h"

static void assert_text(const struct buf *b, const char *expected)
{
	struct portroll_str text = buf_str(b);
	assert_int_equal(text.len, str_from(expected).len);
	assert_memory_equal(text.ptr, expected, text.len);
}

static void pieces_come_one_after_the_other(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(1000);
	assert_text(&b, "");
	buf_put(&b, STR("port "));
	buf_put(&b, STR_NONE);
	buf_put_num(&b, 3306);
	buf_putc(&b, '/');
	buf_puts(&b, "tcp");
	buf_fill(&b, '.', 3);
	buf_printf(&b, "%s%04d", "x", 17);
	assert_text(&b, "port 3306/tcp...x0017");
	assert_int_equal(b.failed, 0);
	buf_clear(&b);
	assert_text(&b, "");
	buf_puts(&b, "again");
	assert_text(&b, "again");
	buf_done(&b);
}

static void the_limit_is_reached_but_not_passed(void **state)
{
	(void)state;
	for (size_t limit = 1; limit < 700; limit += 37) {
		struct buf b = BUF_INIT(limit);
		buf_fill(&b, 'x', limit);
		assert_int_equal(b.failed, 0);
		assert_int_equal(buf_str(&b).len, limit);
		assert_true(b.capacity >= b.len);
		buf_putc(&b, 'y');
		assert_int_equal(b.failed, PORTROLL_ELIMIT);
		assert_int_equal(buf_str(&b).len, limit);
		buf_done(&b);
	}
}

static void a_failure_stays_until_done(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(4);
	buf_puts(&b, "12345");
	assert_int_equal(b.failed, PORTROLL_ELIMIT);
	buf_puts(&b, "1");
	assert_text(&b, "");
	assert_int_equal(buf_flush(&b), PORTROLL_ELIMIT);
	buf_done(&b);
	buf_puts(&b, "1");
	assert_text(&b, "1");
	buf_done(&b);
}

static void printf_fits_to_the_last_byte_of_the_limit(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(5);
	buf_printf(&b, "%d", 12345);
	assert_int_equal(b.failed, 0);
	assert_text(&b, "12345");
	buf_done(&b);
}

struct drained {
	size_t calls, len;
	uint8_t sum;
	int code;
};

static int count_bytes(void *context, struct portroll_str bytes)
{
	struct drained *d = context;
	d->calls++;
	d->len += bytes.len;
	for (size_t i = 0; i < bytes.len; i++)
		d->sum = (uint8_t)(d->sum * 31 + (uint8_t)bytes.ptr[i]);
	return d->code;
}

static void a_drain_gets_every_byte_in_order(void **state)
{
	(void)state;
	static char large[200000];
	for (size_t i = 0; i < sizeof(large); i++)
		large[i] = (char)(i * 7 % 251);
	static const size_t steps[] = {1, 999, 65535, 65536, 65537, 200000};
	for (size_t s = 0; s < sizeof(steps) / sizeof(steps[0]); s++) {
		struct drained got = {0}, expected = {0};
		struct buf b = BUF_DRAIN(count_bytes, &got);
		for (size_t at = 0; at < sizeof(large); at += steps[s])
			buf_put(&b, str_part((struct portroll_str){large, sizeof(large)}, at,
					     at + steps[s]));
		assert_int_equal(buf_flush(&b), 0);
		(void)count_bytes(&expected, (struct portroll_str){large, sizeof(large)});
		assert_int_equal(got.len, sizeof(large));
		assert_int_equal(got.sum, expected.sum);
		assert_int_equal(b.drained, sizeof(large));
		assert_true(b.capacity <= 64U << 10);
		buf_done(&b);
	}
}

static void the_code_of_the_drain_is_kept(void **state)
{
	(void)state;
	struct drained d = {.code = PORTROLL_ESYSTEM};
	struct buf b = BUF_DRAIN(count_bytes, &d);
	buf_fill(&b, 'x', 100000);
	assert_int_equal(b.failed, PORTROLL_ESYSTEM);
	assert_int_equal(d.calls, 1);
	assert_int_equal(buf_flush(&b), PORTROLL_ESYSTEM);
	assert_int_equal(d.calls, 1);
	buf_done(&b);
}

static int write_some(void *context)
{
	(void)context;
	struct buf b = BUF_INIT(1 << 20);
	for (int i = 0; i < 200; i++) {
		buf_puts(&b, "some text");
		buf_fill(&b, ' ', 100);
		buf_printf(&b, "%d", i);
	}
	int r = b.failed;
	buf_done(&b);
	return r;
}

static void writing_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(write_some, NULL) > 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_come_one_after_the_other),
		cmocka_unit_test(the_limit_is_reached_but_not_passed),
		cmocka_unit_test(a_failure_stays_until_done),
		cmocka_unit_test(printf_fits_to_the_last_byte_of_the_limit),
		cmocka_unit_test(a_drain_gets_every_byte_in_order),
		cmocka_unit_test(the_code_of_the_drain_is_kept),
		cmocka_unit_test(writing_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "generated.h"
#include "small.h"
#include "write_case.h"

#define NMAP_FILE "/usr/share/nmap/nmap-services"

static void one_line_for_each_port_and_transport_with_its_frequency(void **state)
{
	(void)state;
	static const struct extra frequent = {TEXT("frequency"), TEXT("0.484143"), false};
	static const struct extra wrong = {TEXT("frequency"), TEXT("0.1\nevil"), false};
	const struct record records[] = {
		{.name = STR("http"),
		 .has_port = true,
		 .port = {80, 80},
		 .transport = PORTROLL_TCP,
		 .extras = {&frequent, 1}},
		{.name = STR("www"), .has_port = true, .port = {80, 80}, .transport = PORTROLL_TCP},
		{.has_port = true,
		 .port = {4, 4},
		 .transport = PORTROLL_TCP,
		 .extras = {&wrong, 1}},
		{.name = STR("swx"), .has_port = true, .port = {7300, 7301}},
		{.name = STR("ssh")},
	};
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	struct loss loss = {0};
	assert_non_null(reg);
	for (size_t i = 0; i < ARRAY_LEN(records); i++)
		assert_int_equal(registry_add(reg, &records[i]), 0);
	const struct write_options o = {.title = STR("Ours"), .expand_ranges = true};
	struct buf out = case_write(reg, nmap_write, &o, &loss);
	assert_text(buf_str(&out), "# Ours\n#\n"
				   "unknown\t4/tcp\t0.000000\n"
				   "http\t80/tcp\t0.484143\n"
				   "swx\t7300/tcp\t0.000000\n"
				   "swx\t7300/udp\t0.000000\n"
				   "swx\t7301/tcp\t0.000000\n"
				   "swx\t7301/udp\t0.000000\n");
	assert_int_equal(loss.counts[LOSS_NAMES], 1);
	assert_int_equal(loss.counts[LOSS_RECORDS], 1);
	assert_int_equal(loss.counts[LOSS_TRANSPORTS], 1);
	buf_done(&out);
	arena_done(&a);
}

static int compare_records(const void *a, const void *b)
{
	const struct record *x = *(const struct record *const *)a;
	const struct record *y = *(const struct record *const *)b;
	if (x->port.first != y->port.first)
		return x->port.first < y->port.first ? -1 : 1;
	return x->transport < y->transport ? -1 : x->transport > y->transport;
}

static void the_file_of_nmap_comes_back_equal(void **state)
{
	(void)state;
	struct write_case c, again = {0};
	if (!file_exists(NMAP_FILE))
		skip();
	case_file(&c, NMAP_FILE, "nmap");
	struct buf out = case_write(c.reg, nmap_write, NULL, NULL);
	case_read(&again, buf_str(&out), "nmap");
	assert_int_equal(c.reg->record_count, again.reg->record_count);
	qsort(c.reg->records, c.reg->record_count, sizeof(struct record *), compare_records);
	for (size_t i = 0; i < c.reg->record_count; i++)
		assert_true(record_equal(c.reg->records[i], again.reg->records[i]));
	buf_done(&out);
	case_done(&again);
	case_done(&c);
}

static int write_generated(void *context)
{
	struct buf out = BUF_INIT((size_t)1 << 24);
	static const struct write_options o = {0};
	nmap_write(&out, context, &o, NULL);
	int failed = out.failed;
	buf_done(&out);
	return failed;
}

static void every_failing_allocation_is_said(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	oom_sweep(write_generated, generated_registry(&a, 100));
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line_for_each_port_and_transport_with_its_frequency),
		cmocka_unit_test(the_file_of_nmap_comes_back_equal),
		cmocka_unit_test(every_failing_allocation_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

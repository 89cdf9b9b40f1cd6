/* SPDX-License-Identifier: MIT */
#include "base/macros.h"
#include "base/num.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct num_case {
	const char *text;
	uint64_t max;
	int code;
	uint64_t value;
} cases[] = {
	{"0", 0, PORTROLL_OK, 0},
	{"65535", UINT16_MAX, PORTROLL_OK, 65535},
	{"65536", UINT16_MAX, PORTROLL_ELIMIT, 0},
	{"00080", UINT16_MAX, PORTROLL_OK, 80},
	{"18446744073709551615", UINT64_MAX, PORTROLL_OK, UINT64_MAX},
	{"18446744073709551616", UINT64_MAX, PORTROLL_ELIMIT, 0},
	{"99999999999999999999999", UINT64_MAX, PORTROLL_ELIMIT, 0},
	{"", 9, PORTROLL_ESYNTAX, 0},
	{"-1", 9, PORTROLL_ESYNTAX, 0},
	{"+1", 9, PORTROLL_ESYNTAX, 0},
	{" 1", 9, PORTROLL_ESYNTAX, 0},
	{"1a", 9, PORTROLL_ESYNTAX, 0},
	{"9999x", 9, PORTROLL_ESYNTAX, 0},
};

static void numbers_are_read_within_their_bound(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint64_t value = 4711;
		int r = num_parse(&value, str_from(cases[i].text), cases[i].max);
		assert_int_equal(r, cases[i].code);
		assert_true(value == (r == PORTROLL_OK ? cases[i].value : 4711));
	}
}

static void numbers_are_written_as_they_are_read(void **state)
{
	(void)state;
	static const uint64_t values[] = {0, 9, 10, 65535, UINT32_MAX, UINT64_MAX};
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		char text[NUM_TEXT_MAX];
		struct portroll_str view = {text, num_format(text, values[i])};
		uint64_t back;
		assert_int_equal(num_parse(&back, view, UINT64_MAX), PORTROLL_OK);
		assert_true(back == values[i]);
	}
}

static void padded_numbers_have_their_digits(void **state)
{
	(void)state;
	static const struct {
		uint64_t value;
		size_t count;
		const char *text;
	} rows[] = {{7, 3, "007"}, {1234, 3, "234"}, {0, 1, "0"}, {5, 0, ""}, {80, 2, "80"}};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[NUM_TEXT_MAX];
		struct portroll_str view = {text,
					    num_format_padded(text, rows[i].value, rows[i].count)};
		assert_true(str_equal(view, str_from(rows[i].text)));
	}
}

static void bytes_have_two_digits_each(void **state)
{
	(void)state;
	static const uint8_t bytes[] = {0x00, 0x9a, 0xff};
	char text[2 * sizeof(bytes)];
	num_format_hex(text, bytes, sizeof(bytes));
	assert_true(str_equal((struct portroll_str){text, sizeof(text)}, STR("009aff")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_within_their_bound),
		cmocka_unit_test(numbers_are_written_as_they_are_read),
		cmocka_unit_test(padded_numbers_have_their_digits),
		cmocka_unit_test(bytes_have_two_digits_each),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

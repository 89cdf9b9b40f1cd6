/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include "random.h"

static const struct date_case {
	const char *text;
	int code;
} cases[] = {
	{"2026-08-17", PORTROLL_OK},
	{"2004-11", PORTROLL_OK},
	{"2014", PORTROLL_OK},
	{"2000-02-29", PORTROLL_OK},
	{"2024-02-29", PORTROLL_OK},
	{"1900-02-29", PORTROLL_ESYNTAX},
	{"2026-02-29", PORTROLL_ESYNTAX},
	{"1899-01-01", PORTROLL_ESYNTAX},
	{"9999-12-31", PORTROLL_OK},
	{"2026-04-31", PORTROLL_ESYNTAX},
	{"2026-13-01", PORTROLL_ESYNTAX},
	{"2026-00-01", PORTROLL_ESYNTAX},
	{"2026-01-00", PORTROLL_ESYNTAX},
	{"2026-1-01", PORTROLL_ESYNTAX},
	{"2026-01-1", PORTROLL_ESYNTAX},
	{"2026-01-011", PORTROLL_ESYNTAX},
	{"2026-01-", PORTROLL_ESYNTAX},
	{"2026-", PORTROLL_ESYNTAX},
	{"2026/01/01", PORTROLL_ESYNTAX},
	{"20260101", PORTROLL_ESYNTAX},
	{"202", PORTROLL_ESYNTAX},
	{"", PORTROLL_ESYNTAX},
	{" 2026", PORTROLL_ESYNTAX},
	{"2026 ", PORTROLL_ESYNTAX},
	{"-026", PORTROLL_ESYNTAX},
	{"2026-08-17T00", PORTROLL_ESYNTAX},
};

static void only_days_of_the_calendar_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct date date = {4711, 1, 1};
		int r = date_parse(&date, str_from(cases[i].text));
		if (r != cases[i].code)
			fail_msg("'%s': code %d", cases[i].text, r);
		if (r != PORTROLL_OK) {
			assert_int_equal(date.year, 4711);
			continue;
		}
		char text[DATE_TEXT_MAX];
		size_t len = date_format(text, date);
		assert_string_equal(text, cases[i].text);
		assert_int_equal(len, strlen(text));
	}
}

static void no_date_is_the_empty_text_and_packs_to_zero(void **state)
{
	(void)state;
	char text[DATE_TEXT_MAX] = "x";
	assert_int_equal(date_format(text, (struct date){0}), 0);
	assert_string_equal(text, "");
	assert_int_equal(date_pack((struct date){0}), 0);
	assert_true(date_packed_ok(0));
}

static void a_shorter_date_sorts_before_the_longer(void **state)
{
	(void)state;
	static const char *const ordered[] = {"1999-12-31", "2000",       "2000-01",
					      "2000-01-01", "2000-01-02", "2000-02"};
	struct date before = {0};
	for (size_t i = 0; i < ARRAY_LEN(ordered); i++) {
		struct date date;
		assert_int_equal(date_parse(&date, str_from(ordered[i])), PORTROLL_OK);
		assert_true(date_compare(before, date) < 0);
		assert_true(date_compare(date, before) > 0);
		assert_int_equal(date_compare(date, date), 0);
		assert_true(date_equal(date, date));
		assert_false(date_equal(before, date));
		before = date;
	}
}

static void a_packed_date_is_one_that_can_be_read(void **state)
{
	(void)state;
	struct random random = {0};
	for_rounds(&random, 20000)
	{
		struct date date = {(uint16_t)(1850 + random_below(&random, 9000)),
				    (uint8_t)random_below(&random, 15),
				    (uint8_t)random_below(&random, 34)};
		uint32_t packed = date_pack(date);
		struct date back = date_unpack(packed);
		check(&random, date_equal(date, back));
		if (date.month == 0 && date.day)
			check(&random, !date_packed_ok(packed));
		if (date.month > 99 || (date.month == 0 && date.day))
			continue;
		char text[DATE_TEXT_MAX];
		struct portroll_str view = {text, date_format(text, date)};
		int r = date_parse(&back, view);
		check(&random, (r == PORTROLL_OK) == date_packed_ok(packed));
		check(&random, r != PORTROLL_OK || date_equal(date, back));
	}
}

static void packing_keeps_the_order_of_the_texts(void **state)
{
	(void)state;
	struct random random = {0};
	for_rounds(&random, 5000)
	{
		char text[2][DATE_TEXT_MAX];
		struct date date[2];
		for (size_t i = 0; i < 2; i++) {
			uint8_t month = (uint8_t)random_below(&random, 3);
			date[i] = (struct date){(uint16_t)(2000 + random_below(&random, 3)), month,
						(uint8_t)(month ? random_below(&random, 3) : 0)};
			(void)date_format(text[i], date[i]);
		}
		int order = strcmp(text[0], text[1]);
		int packed = date_compare(date[0], date[1]);
		check(&random, (order < 0) == (packed < 0));
		check(&random, (order > 0) == (packed > 0));
	}
}

static void a_time_has_its_day_in_utc(void **state)
{
	(void)state;
	static const struct {
		int64_t seconds;
		const char *day;
	} times[] = {
		{0, "1970-01-01"},
		{-1, "1969-12-31"},
		{86399, "1970-01-01"},
		{951782400, "2000-02-29"},
		{951868800, "2000-03-01"},
		{1709164800, "2024-02-29"},
		{1795417920, "2026-11-23"},
		{4107542400, "2100-03-01"},
		{-2208988800, "1900-01-01"},
		{-2208988801, ""},
		{253402300799, "9999-12-31"},
		{253402300800, ""},
		{INT64_MAX, ""},
		{INT64_MIN, ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		char text[DATE_TEXT_MAX] = "";
		(void)date_format(text, date_of_time(times[i].seconds));
		assert_string_equal(text, times[i].day);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_days_of_the_calendar_are_read),
		cmocka_unit_test(no_date_is_the_empty_text_and_packs_to_zero),
		cmocka_unit_test(a_shorter_date_sorts_before_the_longer),
		cmocka_unit_test(a_packed_date_is_one_that_can_be_read),
		cmocka_unit_test(packing_keeps_the_order_of_the_texts),
		cmocka_unit_test(a_time_has_its_day_in_utc),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

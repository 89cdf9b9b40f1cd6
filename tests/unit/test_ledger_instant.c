/* SPDX-License-Identifier: MIT */
#include "ledger/instant.h"

#include <time.h>

#include "random.h"

static void known_moments_are_written_and_read(void **state)
{
	(void)state;
	static const struct {
		int64_t time;
		const char *text;
	} cases[] = {
		{0, "1970-01-01T00:00:00Z"},           {86399, "1970-01-01T23:59:59Z"},
		{951782400, "2000-02-29T00:00:00Z"},   {1795418400, "2026-11-23T07:20:00Z"},
		{4107542399, "2100-02-28T23:59:59Z"},  {4107542400, "2100-03-01T00:00:00Z"},
		{INSTANT_MAX, "9999-12-31T23:59:59Z"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[INSTANT_TEXT_MAX];
		int64_t time;
		assert_int_equal(instant_format(text, cases[i].time), INSTANT_TEXT_MAX - 1);
		assert_string_equal(text, cases[i].text);
		assert_int_equal(instant_parse(&time, str_from(text)), PORTROLL_OK);
		assert_int_equal(time, cases[i].time);
	}
}

static void moments_are_those_of_the_system(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 20000)
	{
		char text[INSTANT_TEXT_MAX], expected[64];
		int64_t again, moment = (int64_t)(random_next(&random) % (INSTANT_MAX + 1));
		time_t there = (time_t)moment;
		struct tm day;
		assert_non_null(gmtime_r(&there, &day));
		(void)strftime(expected, sizeof(expected), "%Y-%m-%dT%H:%M:%SZ", &day);
		(void)instant_format(text, moment);
		check(&random, strcmp(text, expected) == 0);
		check(&random, instant_parse(&again, str_from(text)) == PORTROLL_OK);
		check(&random, again == moment);
		check(&random, instant_date(moment).year == day.tm_year + 1900);
	}
}

static void other_forms_are_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"2026-11-23",
		"2026-11-23T07:20:00",
		"2026-11-23T07:20:00z",
		"2026-11-23 07:20:00Z",
		"2026-11-23T07:20:00.5Z",
		"2026-11-23T07:20:0Z0",
		"2026-11-23T24:00:00Z",
		"2026-11-23T07:60:00Z",
		"2026-11-23T07:20:60Z",
		"2026-02-29T07:20:00Z",
		"2026-13-01T07:20:00Z",
		"1969-12-31T23:59:59Z",
		"2026-11-23T+7:20:00Z",
		"2026-11-00T07:20:00Z",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		int64_t time = 44;
		if (instant_parse(&time, str_from(texts[i])) != PORTROLL_ESYNTAX || time != 44)
			fail_msg("%s", texts[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_moments_are_written_and_read),
		cmocka_unit_test(moments_are_those_of_the_system),
		cmocka_unit_test(other_forms_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

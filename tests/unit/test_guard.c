/* SPDX-License-Identifier: MIT */
#include "keeper/guard.h"

#include "test.h"

static struct source source_with(struct registry *reg, const struct copy *copy, size_t records)
{
	reg->record_count = records;
	return (struct source){
		.name = STR("iana"), .copies = copy, .copy_count = 1, .registry = reg};
}

static void a_file_is_refused_from_three_percent_fewer_and_five_percent_altered(void **state)
{
	(void)state;
	static const struct {
		size_t old, altered;
		uint32_t new;
		int code;
		const char *sentence;
	} cases[] = {
		{1000, 0, 1000, PORTROLL_OK, ""},
		{1000, 0, 971, PORTROLL_OK, ""},
		{1000, 0, 970, PORTROLL_ERULE,
		 "970 records where source iana has 1000 (3 % fewer): perhaps it was cut; --force "
		 "imports it all the same"},
		{1000, 0, 1, PORTROLL_ERULE,
		 "1 records where source iana has 1000 (99 % fewer): perhaps it was cut; --force "
		 "imports it all the same"},
		{1000, 49, 1000, PORTROLL_OK, ""},
		{1000, 50, 1000, PORTROLL_ERULE,
		 "50 of the 1000 records in source iana are altered (5 %): perhaps it is another "
		 "registry; --force imports it all the same"},
		{1000, 50, 5000, PORTROLL_ERULE,
		 "50 of the 1000 records in source iana are altered (5 %): perhaps it is another "
		 "registry; --force imports it all the same"},
		{0, 0, 5, PORTROLL_OK, ""},
		{2, 1, 1, PORTROLL_OK, ""},
		{50, 19, 31, PORTROLL_OK, ""},
		{50, 0, 30, PORTROLL_ERULE,
		 "30 records where source iana has 50 (40 % fewer): perhaps it was cut; --force "
		 "imports it all the same"},
		{50, 20, 50, PORTROLL_ERULE,
		 "20 of the 50 records in source iana are altered (40 %): perhaps it is another "
		 "registry; --force imports it all the same"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct registry reg = {0};
		struct copy old = {0}, new = {.record_count = cases[i].new};
		struct source present = source_with(&reg, &old, cases[i].old);
		struct diff_counts changes = {.altered = cases[i].altered};
		struct portroll_error err = {0};
		assert_int_equal(guard_check(&present, &new, &changes, &err), cases[i].code);
		assert_string_equal(err.text, cases[i].sentence);
	}
}

static void an_older_file_is_refused_when_both_dates_are_known(void **state)
{
	(void)state;
	static const struct {
		struct date old, new;
		int code;
	} cases[] = {
		{{2026, 1, 2}, {2026, 1, 2}, PORTROLL_OK},
		{{2026, 1, 2}, {2026, 1, 3}, PORTROLL_OK},
		{{2026, 1, 2}, {2026, 1, 1}, PORTROLL_ERULE},
		{{2026, 1, 2}, {2014, 7, 0}, PORTROLL_ERULE},
		{{2026, 1, 2}, {0, 0, 0}, PORTROLL_OK},
		{{0, 0, 0}, {2026, 1, 1}, PORTROLL_OK},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct registry reg = {0};
		struct copy old = {.dated = cases[i].old};
		struct copy new = {.dated = cases[i].new, .record_count = 10};
		struct source present = source_with(&reg, &old, 10);
		struct diff_counts changes = {0};
		assert_int_equal(guard_check(&present, &new, &changes, NULL), cases[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_file_is_refused_from_three_percent_fewer_and_five_percent_altered),
		cmocka_unit_test(an_older_file_is_refused_when_both_dates_are_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

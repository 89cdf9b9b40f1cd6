/* SPDX-License-Identifier: MIT */
#include "keeper/place.h"

#include "test.h"

static void a_source_stands_above_below_or_last(void **state)
{
	(void)state;
	static const struct {
		const char *above, *below;
		int code;
		size_t at;
	} cases[] = {
		{NULL, NULL, PORTROLL_OK, 2},     {"first", NULL, PORTROLL_OK, 0},
		{"second", NULL, PORTROLL_OK, 1}, {NULL, "first", PORTROLL_OK, 1},
		{NULL, "second", PORTROLL_OK, 2}, {"third", NULL, PORTROLL_EINVAL, 0},
		{NULL, "", PORTROLL_EINVAL, 0},   {"first", "second", PORTROLL_EINVAL, 0},
	};
	struct roll roll = {
		.sources = {{.name = STR("first")}, {.name = STR("second")}},
		.source_count = 2,
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t at = 0;
		assert_int_equal(place_find(&at, &roll, str_from(cases[i].above),
					    str_from(cases[i].below), NULL),
				 cases[i].code);
		assert_int_equal(at, cases[i].at);
	}
}

static void a_source_does_not_stand_above_or_below_itself(void **state)
{
	(void)state;
	static const struct {
		const char *name, *above, *below;
		int code;
	} cases[] = {
		{"first", NULL, NULL, PORTROLL_OK},        {"first", "second", NULL, PORTROLL_OK},
		{"first", "first", NULL, PORTROLL_EINVAL}, {"first", NULL, "second", PORTROLL_OK},
		{"first", NULL, "first", PORTROLL_EINVAL}, {"", NULL, NULL, PORTROLL_OK},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(place_check_other(str_from(cases[i].name),
						   str_from(cases[i].above),
						   str_from(cases[i].below), NULL),
				 cases[i].code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_source_stands_above_below_or_last),
		cmocka_unit_test(a_source_does_not_stand_above_or_below_itself),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "keeper/place.h"

#include "test.h"

static void a_source_stands_above_or_below_another(void **state)
{
	(void)state;
	static const struct {
		const char *above, *below;
		int code;
		size_t at;
	} cases[] = {
		{"first", NULL, PORTROLL_OK, 0},         {"second", NULL, PORTROLL_OK, 1},
		{NULL, "first", PORTROLL_OK, 1},         {NULL, "second", PORTROLL_OK, 2},
		{"third", NULL, PORTROLL_EINVAL, 0},     {NULL, "", PORTROLL_EINVAL, 0},
		{"first", "second", PORTROLL_EINVAL, 0},
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

static void lists_of_names_stand_below_the_others(void **state)
{
	(void)state;
	enum {
		complete = COVERAGE_COMPLETE,
		partial = COVERAGE_PARTIAL,
		names = COVERAGE_NAMES
	};
	static const struct {
		size_t count;
		uint8_t coverages[4], coverage;
		size_t at;
	} cases[] = {
		{0, {0}, complete, 0},
		{0, {0}, names, 0},
		{1, {complete}, complete, 1},
		{1, {complete}, names, 1},
		{1, {names}, complete, 0},
		{2, {names, names}, partial, 0},
		{3, {complete, names, names}, partial, 1},
		{3, {complete, names, names}, names, 3},
		{4, {names, complete, partial, names}, complete, 3},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct roll roll = {.source_count = cases[i].count};
		for (size_t at = 0; at < cases[i].count; at++)
			roll.sources[at].coverage = cases[i].coverages[at];
		assert_int_equal(place_usual(&roll, cases[i].coverage), cases[i].at);
	}
}

static void a_source_that_is_not_there_is_answered_with_those_that_are(void **state)
{
	(void)state;
	struct roll roll = {.sources = {{.name = STR("iana")}, {.name = STR("debian")}}};
	struct portroll_error err = {0};
	size_t at;
	assert_int_equal(place_existing(&at, &roll, STR("iana"), &err), PORTROLL_EINVAL);
	assert_string_equal(err.text, "there is no source 'iana'; the roll has none yet");
	roll.source_count = 2;
	err = (struct portroll_error){0};
	assert_int_equal(place_existing(&at, &roll, STR("nmap"), &err), PORTROLL_EINVAL);
	assert_string_equal(err.text, "there is no source 'nmap'; there are: iana, debian");
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
		cmocka_unit_test(a_source_stands_above_or_below_another),
		cmocka_unit_test(lists_of_names_stand_below_the_others),
		cmocka_unit_test(a_source_that_is_not_there_is_answered_with_those_that_are),
		cmocka_unit_test(a_source_does_not_stand_above_or_below_itself),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "registry/range.h"

#include "random.h"

static const struct range_case {
	const char *text;
	int code;
	struct range range;
} cases[] = {
	{"0", PORTROLL_OK, {0, 0}},
	{"3306", PORTROLL_OK, {3306, 3306}},
	{"3300-3310", PORTROLL_OK, {3300, 3310}},
	{"3300 - 3310", PORTROLL_OK, {3300, 3310}},
	{" 7 ", PORTROLL_OK, {7, 7}},
	{"0-65535", PORTROLL_OK, {0, 65535}},
	{"65536", PORTROLL_ELIMIT, {0, 0}},
	{"1-65536", PORTROLL_ELIMIT, {0, 0}},
	{"99999999999999999999", PORTROLL_ELIMIT, {0, 0}},
	{"3310-3300", PORTROLL_ERULE, {0, 0}},
	{"", PORTROLL_ESYNTAX, {0, 0}},
	{"-", PORTROLL_ESYNTAX, {0, 0}},
	{"-80", PORTROLL_ESYNTAX, {0, 0}},
	{"80-", PORTROLL_ESYNTAX, {0, 0}},
	{"80-90-100", PORTROLL_ESYNTAX, {0, 0}},
	{"0x50", PORTROLL_ESYNTAX, {0, 0}},
	{"80 90", PORTROLL_ESYNTAX, {0, 0}},
	{"http", PORTROLL_ESYNTAX, {0, 0}},
};

static void ranges_are_read_as_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct range range = {4711, 4711};
		int r = range_parse(&range, str_from(cases[i].text));
		if (r != cases[i].code)
			fail_msg("'%s': code %d", cases[i].text, r);
		struct range want = r == PORTROLL_OK ? cases[i].range : (struct range){4711, 4711};
		assert_int_equal(range.first, want.first);
		assert_int_equal(range.last, want.last);
		assert_non_null(range_error_text(r));
	}
}

static void ranges_come_back_as_they_were_written(void **state)
{
	(void)state;
	struct random random = {0};
	for_rounds(&random, 20000)
	{
		uint16_t first = (uint16_t)random_below(&random, PORT_COUNT);
		struct range range = {
			first, (uint16_t)(first + random_below(&random, PORT_COUNT - first))};
		struct range back;
		char text[RANGE_TEXT_MAX];
		struct portroll_str view = {text, range_format(text, range)};
		check(&random, text[view.len] == '\0');
		check(&random, range_parse(&back, view) == PORTROLL_OK);
		check(&random, back.first == range.first && back.last == range.last);
		uint16_t port = (uint16_t)random_below(&random, PORT_COUNT);
		check(&random,
		      range_covers(range, port) == (port >= range.first && port <= range.last));
	}
}

static void every_port_is_of_one_class(void **state)
{
	(void)state;
	static const struct {
		uint16_t port;
		const char *name;
	} classes[] = {
		{0, "System Ports"},   {1023, "System Ports"},   {1024, "User Ports"},
		{49151, "User Ports"}, {49152, "Dynamic Ports"}, {65535, "Dynamic Ports"},
	};
	for (size_t i = 0; i < ARRAY_LEN(classes); i++)
		assert_string_equal(port_class_of(classes[i].port)->name, classes[i].name);
	for (uint32_t port = 0; port < PORT_COUNT; port++)
		assert_true(range_covers(port_class_of((uint16_t)port)->range, (uint16_t)port));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges_are_read_as_written),
		cmocka_unit_test(ranges_come_back_as_they_were_written),
		cmocka_unit_test(every_port_is_of_one_class),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

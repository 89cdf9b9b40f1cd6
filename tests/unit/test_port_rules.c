/* SPDX-License-Identifier: MIT */
#include "portroll.h"

#include "test.h"

static const struct port_case {
	const char *port, *broken;
} cases[] = {
	{"0", ""},
	{"80", ""},
	{" 80 ", ""},
	{"1023", ""},
	{"49151", ""},
	{"49152", "P02"},
	{"65535", "P02"},
	{"65536", "P01"},
	{"99999999999999999999", "P01"},
	{"", "P01"},
	{"-", "P01"},
	{"-1", "P01"},
	{"http", "P01"},
	{"0x50", "P01"},
	{"3300-3310", ""},
	{"3300 - 3310", ""},
	{"3310-3300", "P01"},
	{"3300-3300", "P01"},
	{"3300-", "P01"},
	{"1-2-3", "P01"},
	{"0-1023", ""},
	{"1023-1024", "P01"},
	{"49151-49152", "P01 P02"},
	{"0-65535", "P01 P02"},
	{"49152-65535", "P02"},
};

static void a_port_that_is_asked_for_breaks_these_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct portroll_finding f[3] = {{0}};
		size_t count = portroll_check_port(str_from(cases[i].port), f, ARRAY_LEN(f));
		char broken[16];
		(void)snprintf(broken, sizeof(broken), "%s%s%s", count > 0 ? f[0].rule : "",
			       count > 1 ? " " : "", count > 1 ? f[1].rule : "");
		if (count > 2 || strcmp(broken, cases[i].broken) != 0)
			fail_msg("'%s' breaks '%s', not '%s'", cases[i].port, broken,
				 cases[i].broken);
		for (size_t k = 0; k < count; k++)
			assert_true(f[k].level == PORTROLL_MUST && f[k].record == PORTROLL_NONE &&
				    *f[k].sentence && *f[k].origin);
	}
}

static void findings_are_counted_beyond_the_room_for_them(void **state)
{
	(void)state;
	struct portroll_finding one = {.rule = "none"};
	assert_int_equal(portroll_check_port(STR("0-65535"), NULL, 0), 2);
	assert_int_equal(portroll_check_port(STR("0-65535"), &one, 1), 2);
	assert_string_equal(one.rule, "P01");
	assert_int_equal(portroll_check_port(STR("80\0"), &one, 1), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_port_that_is_asked_for_breaks_these_rules),
		cmocka_unit_test(findings_are_counted_beyond_the_room_for_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

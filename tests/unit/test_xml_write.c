/* SPDX-License-Identifier: MIT */
#include "write_case.h"

static void check_round_trip(const char *name)
{
	struct write_case c;
	if (!case_shared(&c, name, "xml"))
		skip();
	struct buf out = case_write(c.reg, xml_write, NULL, NULL);
	struct write_case again = {0};
	case_read(&again, buf_str(&out), "xml");
	assert_registries_equal(c.reg, again.reg);
	buf_done(&out);
	case_done(&again);
	case_done(&c);
}

static void xml_of_2025_10_22_comes_back_equal(void **state)
{
	(void)state;
	check_round_trip("iana-2025-10-22.xml");
}

static void xml_of_2026_02_13_comes_back_equal(void **state)
{
	(void)state;
	check_round_trip("iana-2026-02-13.xml");
}

static void xml_of_2026_08_17_comes_back_equal(void **state)
{
	(void)state;
	check_round_trip("iana-2026-08-17.xml");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xml_of_2025_10_22_comes_back_equal),
		cmocka_unit_test(xml_of_2026_02_13_comes_back_equal),
		cmocka_unit_test(xml_of_2026_08_17_comes_back_equal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

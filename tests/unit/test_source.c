/* SPDX-License-Identifier: MIT */
#include "snapshot_case.h"

static void sources_tell_where_they_come_from(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct portroll_source s;
	assert_int_equal(portroll_source_count(c.snapshot), 4);
	assert_true(portroll_get_source(c.snapshot, 1, &s));
	assert_text(s.name, "iana");
	assert_text(s.title, "Service Names");
	assert_text(s.origin, "first.xml");
	assert_text(s.format, "xml");
	assert_int_equal(s.sha256[0] + s.sha256[1] + s.sha256[2] + s.sha256[31], 1 + 2 + 255);
	assert_int_equal(s.updated, 20251022);
	assert_int_equal(s.record_count, c.roll->sources[1].registry->record_count);
	assert_int_equal(s.person_count, 3);
	assert_int_equal(s.copy_count, 2);
	assert_false(s.managed);
	assert_int_equal(s.coverage, COVERAGE_COMPLETE);
	snapshot_case_end(&c);
}

static void a_source_without_copies_says_what_it_knows(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct portroll_source own, names;
	assert_true(portroll_get_source(c.snapshot, 0, &own));
	assert_text(own.name, "own");
	assert_text(own.origin, "");
	assert_true(own.managed);
	assert_int_equal(own.copy_count + own.updated, 0);
	assert_true(portroll_get_source(c.snapshot, 3, &names));
	assert_int_equal(names.coverage, COVERAGE_NAMES);
	assert_false(portroll_get_source(c.snapshot, 4, &names));
	assert_false(portroll_get_source(c.snapshot, UINT32_MAX, &names));
	assert_text(names.name, "names");
	assert_false(portroll_damaged(c.snapshot));
	snapshot_case_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources_tell_where_they_come_from),
		cmocka_unit_test(a_source_without_copies_says_what_it_knows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

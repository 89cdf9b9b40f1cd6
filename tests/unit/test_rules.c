/* SPDX-License-Identifier: MIT */

/* That no rule is forgotten: 152 of them, each with a test here, or kept by how the program is
 * made, as a test shows, or binding others. */

#include "base/file.h"
#include "procedure/rule_tables.h"
#include "test.h"

/* The tests that show what no test of a rule can: by the name they have in their file. */
static const struct kept_by {
	const char *id, *file, *test;
} kept[] = {
	/* clang-format off */
	{"N07", "tests/bats/check_all.bats", "a name is stored and printed in the case in which it was entered"},
	{"D15", "tests/unit/test_fields.c", "cells_are_those_of_the_csv"},
	{"L22", "tests/unit/test_case_times.c", "an_appeal_a_day_too_late_is_refused"},
	{"L22", "tests/unit/test_case_times.c", "an_appeal_comes_within_two_months"},
	{"L22", "tests/unit/test_case_times.c", "an_appeal_needs_a_statement_of_facts"},
	{"L23", "tests/unit/test_case_times.c", "experts_are_reminded_twice_and_then_the_iesg_is_told"},
	{"L23", "tests/unit/test_case_times.c", "an_opinion_ends_the_silence"},
	{"L24", "tests/unit/test_request_case.c", "an_opinion_of_who_recuses_later_does_not_count"},
	{"L24", "tests/unit/test_request_case.c", "experts_of_every_transport_are_heard"},
	{"C04", "tests/bats/check_all.bats", "an assigned port is not shown as proof of anything"},
	{"C05", "tests/unit/test_port_index.c", "records_of_a_port_come_by_rank"},
	{"C06", "tests/unit/test_transport.c", "transports_are_read_in_any_case"},
	{"C06", "tests/unit/test_transport.c", "protocol_numbers_of_the_ip_header_are_read"},
	{"C07", "tests/unit/test_state.c", "each_step_decides_what_the_rule_says"},
	{"X04", "tests/unit/test_record.c", "the_contact_stands_in_for_the_assignee"},
	{"X09", "tests/bats/check_all.bats", "a contact address stays in the request"},
	/* clang-format on */
};

static bool is_tested(const struct rule *rule)
{
	return rule->of_request || rule->of_decision || rule->of_records;
}

static size_t count_kept(const struct rule *rule)
{
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		count += str_equal(str_from(kept[i].id), str_from(rule->id));
	return count;
}

static void there_are_152_rules_each_once_and_in_order(void **state)
{
	(void)state;
	static const char families[] = "NPQDLECX";
	size_t count = 0, family = 0, number = 0;
	for (const struct rule *rule; (rule = rule_at(count)); count++) {
		char expected[4];
		if (rule->id[0] != families[family]) {
			family++;
			number = 0;
		}
		(void)snprintf(expected, sizeof(expected), "%c%02zu", families[family],
			       ++number % 100);
		assert_string_equal(rule->id, expected);
		assert_ptr_equal(rule_find(str_from(rule->id)), rule);
	}
	assert_int_equal(count, RULE_COUNT);
	assert_int_equal(count, 152);
	assert_null(rule_at(count));
	assert_null(rule_find(STR("N22")));
	assert_ptr_equal(rule_find(STR("x12")), rule_at(count - 1));
}

static void each_rule_is_explained(void **state)
{
	(void)state;
	const struct rule *rule;
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		struct portroll_str sentence = str_from(rule->sentence);
		bool asks = str_ends(str_from(rule->remedy), STR("?"));
		bool is_whole = sentence.len > 20 && !str_ends(sentence, STR(".")) &&
				rule->origin && rule->origin[0] && rule->remedy[0] && rule->binds;
		if (!is_whole)
			fail_msg("%s: lacks a word", rule->id);
		if (rule->how == RULE_ASKED && !asks)
			fail_msg("%s: is a question without words: %s", rule->id, rule->remedy);
		if (rule->is_form && rule->level != LEVEL_MUST && rule->level != LEVEL_STATED)
			fail_msg("%s: is of form, and does not bind", rule->id);
	}
}

static void each_rule_is_tested_or_kept_or_binds_others(void **state)
{
	(void)state;
	const struct rule *rule;
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		bool elsewhere = rule->how == RULE_ELSEWHERE;
		if (is_tested(rule) && (elsewhere || count_kept(rule)))
			fail_msg("%s: has a test, and is said to need none", rule->id);
		if (!is_tested(rule) && !rule->where)
			fail_msg("%s: it is not told who keeps it", rule->id);
		if (!is_tested(rule) && !elsewhere && count_kept(rule) == 0)
			fail_msg("%s: no test shows that it is kept", rule->id);
		if (elsewhere && count_kept(rule))
			fail_msg("%s: binds others, and a test shows that it is kept", rule->id);
	}
}

static void the_tests_that_keep_rules_are_there(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		struct file_bytes file = {0};
		char path[4096];
		assert_non_null(rule_find(str_from(kept[i].id)));
		(void)snprintf(path, sizeof(path), SOURCE_ROOT "/%s", kept[i].file);
		assert_int_equal(file_read(&file, path, 1 << 20, NULL), PORTROLL_OK);
		if (str_find(file.bytes, str_from(kept[i].test)) == SIZE_MAX)
			fail_msg("%s: %s has no test '%s'", kept[i].id, kept[i].file, kept[i].test);
		file_release(&file);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_are_152_rules_each_once_and_in_order),
		cmocka_unit_test(each_rule_is_explained),
		cmocka_unit_test(each_rule_is_tested_or_kept_or_binds_others),
		cmocka_unit_test(the_tests_that_keep_rules_are_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

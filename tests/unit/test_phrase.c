/* SPDX-License-Identifier: MIT */
#include "registry/phrase.h"

#include "test.h"

static const struct phrase_case {
	const char *text, *phrase;
	size_t at, end;
} cases[] = {
	{"This entry has been removed", "removed", 20, 27},
	{"REMOVED on", "removed", 0, 7},
	{"unremoved", "removed", SIZE_MAX, 0},
	{"unremoved removed", "removed", 10, 17},
	{"is an\n   alias to \"", "is an alias to \"", 0, 19},
	{"is an alias", "is an alias to", SIZE_MAX, 0},
	{"isan alias to", "is an alias to", SIZE_MAX, 0},
	{"", "removed", SIZE_MAX, 0},
	{"re", "removed", SIZE_MAX, 0},
	{"historic   ", "historic usage", SIZE_MAX, 0},
};

static void a_phrase_is_found_where_a_word_begins(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t end = 0;
		assert_int_equal(
			phrase_find(str_from(cases[i].text), str_from(cases[i].phrase), &end),
			cases[i].at);
		assert_int_equal(end, cases[i].end);
	}
}

static void a_beginning_is_a_whole_word(void **state)
{
	(void)state;
	assert_true(phrase_starts(STR("Reserved"), STR("reserved")));
	assert_true(phrase_starts(STR("Reserved - IANA"), STR("reserved")));
	assert_true(phrase_starts(STR("any  private mail"), STR("any private")));
	assert_false(phrase_starts(STR("Reservedly"), STR("reserved")));
	assert_false(phrase_starts(STR("not reserved"), STR("reserved")));
	assert_false(phrase_starts(STR(""), STR("reserved")));
}

static void a_phrase_lies_within_one_run(void **state)
{
	(void)state;
	const struct run runs[] = {
		{.kind = RUN_TEXT, .text = STR("Previously")},
		{.kind = RUN_BREAK},
		{.kind = RUN_TEXT, .text = STR(" assigned to X but released by ")},
		{.kind = RUN_XREF,
		 .xref = &(const struct xref){.type = XREF_TEXT, .text = STR("removed")}},
	};
	struct richtext text = {runs, ARRAY_LEN(runs)};
	struct portroll_str rest;
	assert_true(phrase_in(text, STR("released"), &rest));
	assert_text(rest, " by ");
	assert_true(phrase_in(text, STR("released"), NULL));
	assert_false(phrase_in(text, STR("previously assigned"), NULL));
	assert_false(phrase_in(text, STR("removed"), NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_phrase_is_found_where_a_word_begins),
		cmocka_unit_test(a_beginning_is_a_whole_word),
		cmocka_unit_test(a_phrase_lies_within_one_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

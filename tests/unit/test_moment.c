/* SPDX-License-Identifier: MIT */
#include "verbs/moment.h"

#include "test.h"

static void days_and_numbers_are_moments_and_nothing_else(void **state)
{
	(void)state;
	static const struct {
		const char *text, *path; /* NULL: refused */
	} cases[] = {
		{"2026-01-31", "roll/ledger/states/2026-01-31@4711"},
		{"@1", "roll/ledger/states/1"},
		{"@4711", "roll/ledger/states/4711"},
		{"@9223372036854775807", "roll/ledger/states/9223372036854775807"},
		{"@9223372036854775808", NULL},
		{"@0", NULL},
		{"@", NULL},
		{"@-1", NULL},
		{"44", NULL},
		{"2026-01", NULL},
		{"2026", NULL},
		{"2026-02-30", NULL},
		{"2026-01-31@4711", NULL},
		{"../../etc/passwd", NULL},
		{"", NULL},
	};
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct moment moment;
		struct portroll_error err = {0};
		int r = moment_parse(&moment, str_from(cases[i].text), &err);
		assert_int_equal(r, cases[i].path ? PORTROLL_OK : PORTROLL_EINVAL);
		assert_int_equal(err.code, r);
		if (cases[i].path)
			assert_string_equal(moment_path("roll", &moment, 4711, &a), cases[i].path);
	}
}

static void a_kept_state_says_of_itself_what_its_name_says(void **state)
{
	(void)state;
	static const struct {
		struct moment moment;
		uint64_t size, own;
		bool fits;
	} cases[] = {
		{{.number = 4}, 9, 4, true},           {{.number = 4}, 9, 9, false},
		{{.number = 4}, 9, 0, false},          {{.day = {2026, 1, 2}}, 9, 9, true},
		{{.day = {2026, 1, 2}}, 9, 4, true},   {{.day = {2026, 1, 2}}, 9, 0, true},
		{{.day = {2026, 1, 2}}, 9, 10, false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(moment_fits(&cases[i].moment, cases[i].size, cases[i].own),
				 cases[i].fits);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kept_state_says_of_itself_what_its_name_says),
		cmocka_unit_test(days_and_numbers_are_moments_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "registry/alias.h"

#include "small.h"

static const struct alias_case {
	const char *note;
	uint8_t flags;
	const char *of;
} cases[] = {
	{"This entry is an alias to \"acmaint-dbd\".\nThis entry is now historic, not usable for "
	 "use with many\ncommon service discovery mechanisms.",
	 PORTROLL_RECORD_ALIAS, "acmaint-dbd"},
	{"New contact added for port 2222 on 2008-02-01\nThis entry is an\n   alias to "
	 "\"EtherNet-IP-1\".",
	 PORTROLL_RECORD_ALIAS, "EtherNet-IP-1"},
	{"This is a duplicate of the \"http\" service and should not be used for discovery "
	 "purposes.\n though called just \"http\", actually",
	 PORTROLL_RECORD_DUPLICATE, "http"},
	{"Defined TXT keys: ip, port, name, instance, cgi-alias", 0, ""},
	{"This entry is an alias to \"\".", 0, ""},
	{"This entry is an alias to \"two words\".", 0, ""},
	{"This entry is an alias to \"open", 0, ""},
	{"", 0, ""},
};

static void notes_tell_whom_a_name_stands_for(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct record r;
		struct portroll_str of = STR("before");
		assert_true(small_record(&r, &(struct small_row){.note = cases[i].note}, &a));
		assert_int_equal(alias_flags(&r, &of), cases[i].flags);
		assert_text(of, cases[i].of);
		assert_int_equal(alias_flags(&r, NULL), cases[i].flags);
	}
	arena_done(&a);
}

static const struct replaced_case {
	const char *description, *old;
} replaced_cases[] = {
	{"whois++\nIANA assigned this well-formed service name as a replacement for \"whois++\".",
	 "whois++"},
	{"as a\n   replacement for \"914c/g\".", "914c/g"},
	{"as a replacement for \"two words\".", ""},
	{"as a replacement for \"open", ""},
	{"A replacement for old things", ""},
	{"", ""},
};

static void descriptions_tell_which_name_was_replaced(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	for (size_t i = 0; i < ARRAY_LEN(replaced_cases); i++) {
		const struct small_row row = {.description = replaced_cases[i].description};
		struct record r;
		assert_true(small_record(&r, &row, &a));
		assert_text(alias_replaces(&r), replaced_cases[i].old);
	}
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(descriptions_tell_which_name_was_replaced),
		cmocka_unit_test(notes_tell_whom_a_name_stands_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

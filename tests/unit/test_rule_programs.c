/* SPDX-License-Identifier: MIT */
#include "procedure/rule_keys.h"

#include "rule_case.h"

#define NAMED(name) "Service Name: " name "\n"
#define KEYS(keys)  "Defined TXT Keys: " keys "\n"

/* clang-format off */
static const struct rule_case cases[] = {
	{CASE("E01", "error", "Port Number: 1021\n")},
	{CASE("E01", "error", "Port Number: 1000-1022\n")},
	{CASE("E01", HOLDS, "Port Number: 1020\n")},
	{CASE("E01", HOLDS, "Port Number: System\n")},
	{CASE("C02", "question", "Known Unauthorized Uses: 11434 since 2023\n")},
	{CASE("C02", HOLDS, "")},
	{CASE("C02", HOLDS, "Port Number: User\nKnown Unauthorized Uses: 11434 since 2023\n")},
	{CASE("C09", "error", NAMED("_http._tcp"))},
	{CASE("C09", "error", NAMED("_ollama"))},
	{CASE("C09", HOLDS, NAMED("ollama"))},
	{CASE("C12", "warning", NAMED("8080"))},
	{CASE("C12", HOLDS, NAMED("x11"))},
	{CASE("C16", "error", KEYS("=1"))},
	{CASE("C16", "error", KEYS("caf\xc3\xa9=1"))},
	{CASE("C16", HOLDS, KEYS("txtvers=1"))},
	{CASE("C17", "warning", KEYS("txtversion"))},
	{CASE("C17", "warning", KEYS("path, rights, Path"))},
	{CASE("C17", HOLDS, KEYS("path, rights, txtvers"))},
	{CASE("C17", HOLDS, KEYS("Proprietary"))},
	{CASE("C18", "error", KEYS("txtvers, port"))},
	{CASE("C18", "error", KEYS("Host=name of the host"))},
	{CASE("C18", HOLDS, KEYS("txtvers, ports"))},
};
/* clang-format on */

static void requests_break_the_rules_of_programs(void **state)
{
	(void)state;
	check_rule_cases(cases, ARRAY_LEN(cases));
}

static void each_rule_of_programs_has_rows(void **state)
{
	(void)state;
	check_rule_rows(cases, ARRAY_LEN(cases), rules_of_experiments, RULES_OF_EXPERIMENTS);
	check_rule_rows(cases, ARRAY_LEN(cases), rules_of_programs, RULES_OF_PROGRAMS);
	check_rule_rows(cases, ARRAY_LEN(cases), rules_of_published, RULES_OF_PUBLISHED);
}

/* As people write them; the keys that are read, each with a bar behind it. */
static const struct keys_case {
	const char *text, *keys;
} keys_cases[] = {
	{"a, b,c", "a|b|c|"},
	{"a=1\nb=2", "a|b|"},
	{"a = path to it\n b: what it is", "a|b|"},
	{"a=1, 2, b=3", "a|b|"},
	{"a: one, two words, b: three", "a|b|"},
	{"=1", "|"},
	{"a,,b", "a|b|"},
	{"None", ""},
	{"n/a", ""},
	{"see the specification", ""},
	{"https://example.com/keys,a", ""},
	{"", ""},
};

static void keys_are_read_as_people_list_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(keys_cases); i++) {
		CLEANUP(buf_done) struct buf got = BUF_INIT(256);
		struct key_walk walk = key_walk_begin(str_from(keys_cases[i].text));
		for (struct portroll_str key; key_walk_next(&walk, &key);) {
			buf_put(&got, key);
			buf_putc(&got, '|');
		}
		assert_text(buf_str(&got), keys_cases[i].keys);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_break_the_rules_of_programs),
		cmocka_unit_test(each_rule_of_programs_has_rows),
		cmocka_unit_test(keys_are_read_as_people_list_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

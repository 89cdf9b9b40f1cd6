/* SPDX-License-Identifier: MIT */
#include "registry/name.h"

#include "base/buf.h"
#include "random.h"

/* RFC 6335 section 5.1. */
static const struct name_case {
	const char *name;
	bool well_formed, letter;
} cases[] = {
	{"a", true, true},
	{"http", true, true},
	{"HTTP", true, true},
	{"x11", true, true},
	{"3com-tsmux", true, true},
	{"1a", true, true},
	{"0-a", true, true},
	{"1-2-a3-4", true, true},
	{"abcdefghijklmno", true, true},
	{"", false, false},
	{"23", false, false},
	{"6000-6063", false, false},
	{"-a", false, true},
	{"a-", false, true},
	{"a--b", false, true},
	{"a_b", false, true},
	{"z39.50", false, true},
	{"whois++", false, true},
	{"sql*net", false, true},
	{"cl/1", false, true},
	{"a b", false, true},
	{"\xc3\xa9", false, false},
	{"abcdefghijklmnop", false, true},
	{"-", false, false},
	{"--", false, false},
};

static void names_are_judged_by_the_syntax(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct portroll_str name = str_from(cases[i].name);
		if (name_is_well_formed(name) != cases[i].well_formed ||
		    name_has_letter(name) != cases[i].letter)
			fail_msg("'%s'", cases[i].name);
	}
}

/* `taken` is how the record is spelled that has the name. */
static const struct rule_case {
	const char *name, *taken, *broken;
} rule_cases[] = {
	{"http", NULL, ""},
	{"http", "http", "N08"},
	{"HTTP", "http", "N06 N08"},
	{"", NULL, "N01 N03"},
	{"abcdefghijklmno", NULL, ""},
	{"abcdefghijklmnop", NULL, "N01"},
	{"a_b", NULL, "N02"},
	{"a b", NULL, "N02"},
	{"\xc3\xa9", NULL, "N02 N03 N21"},
	{"23", NULL, "N03 N21"},
	{"6000-6063", NULL, "N03 N12 N21"},
	{"-", NULL, "N03 N04 N21"},
	{"-a", NULL, "N04"},
	{"a-", NULL, "N04"},
	{"a--b", NULL, "N05"},
	{"-a--b_", "-a--b_", "N02 N04 N05 N08"},
	{"my-port", NULL, "N11"},
	{"Service", NULL, "N11"},
	{"svc2", NULL, "N11"},
	{"a-PROTO-b", NULL, "N11"},
	{"protocol-a", NULL, "N11"},
	{"portmap", NULL, ""},
	{"support", NULL, ""},
	{"services", NULL, ""},
	{"v2", NULL, "N12"},
	{"nfsV4", NULL, "N12"},
	{"a-v10-b", NULL, "N12"},
	{"a-3", NULL, "N12"},
	{"a-3-b", NULL, "N12"},
	{"a2.0", NULL, "N02 N12"},
	{"3com-tsmux", NULL, ""},
	{"3-a", NULL, ""},
	{"x11", NULL, ""},
	{"v", NULL, ""},
	{"a.b", NULL, "N02"},
	{"port-v2", "port-v2", "N08 N11 N12"},
};

static void put_rules(struct buf *out, const struct portroll_finding *findings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_puts(out, i ? " " : "");
		buf_puts(out, findings[i].rule);
	}
}

static void a_name_that_is_asked_for_breaks_these_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rule_cases); i++) {
		const struct rule_case *c = &rule_cases[i];
		const struct portroll_record taken = {.id = 7, .name = str_from(c->taken)};
		struct portroll_finding findings[10];
		size_t count = name_check(str_from(c->name), c->taken ? &taken : NULL, findings,
					  ARRAY_LEN(findings));
		CLEANUP(buf_done) struct buf broken = BUF_INIT(100);
		put_rules(&broken, findings, count);
		if (!str_equal(buf_str(&broken), str_from(c->broken)))
			fail_msg("'%s' breaks '%.*s', not '%s'", c->name,
				 PORTROLL_STR_ARG(buf_str(&broken)), c->broken);
		for (size_t k = 0; k < count; k++)
			assert_true(findings[k].record == (c->taken ? 7 : PORTROLL_NONE));
	}
}

static void findings_are_counted_beyond_the_room_for_them(void **state)
{
	(void)state;
	struct portroll_finding finding = {.rule = "none"};
	assert_int_equal(name_check(STR("-a--b_"), NULL, NULL, 0), 3);
	assert_int_equal(name_check(STR("-a--b_"), NULL, &finding, 1), 3);
	assert_string_equal(finding.rule, "N02");
	assert_string_equal(finding.origin, "RFC 6335 section 5.1");
	assert_int_equal(finding.level, PORTROLL_MUST);
	assert_int_equal(name_check(STR("\0a"), NULL, &finding, 1), 1);
	assert_string_equal(finding.rule, "N02");
}

static void a_name_of_any_length_is_judged(void **state)
{
	(void)state;
	char space[10000];
	for (int fill = 0; fill < 256; fill++) {
		memset(space, fill, sizeof(space));
		struct portroll_str name = {space, sizeof(space)};
		struct portroll_finding first;
		assert_true(name_check(name, NULL, &first, 1) >= 1);
		assert_string_equal(first.rule, "N01");
		assert_false(name_is_well_formed(name));
	}
}

/* SRVNAME = *(1*DIGIT [HYPHEN]) ALPHA *([HYPHEN] ALNUM), the grammar of the RFC. */
static bool matches_grammar(struct portroll_str s)
{
	size_t at = 0;
	while (at < s.len && is_digit(s.ptr[at])) {
		while (at < s.len && is_digit(s.ptr[at]))
			at++;
		if (at < s.len && s.ptr[at] == '-')
			at++;
	}
	if (at == s.len || !is_alpha(s.ptr[at++]))
		return false;
	while (at < s.len) {
		if (s.ptr[at] == '-')
			at++;
		if (at == s.len || (!is_alpha(s.ptr[at]) && !is_digit(s.ptr[at])))
			return false;
		at++;
	}
	return true;
}

static void rules_and_grammar_accept_the_same_names(void **state)
{
	(void)state;
	struct random random = {0};
	for_rounds(&random, 30000)
	{
		char space[15];
		struct portroll_str s =
			random_text(&random, space, random_below(&random, 16), STR("aZ19--_"));
		check(&random, name_is_well_formed(s) == matches_grammar(s));
	}
}

static const struct distance_case {
	const char *a, *b;
	unsigned most, distance;
} distances[] = {
	{"mysql", "mysql", 2, 0},
	{"mysqk", "mysql", 2, 1},
	{"MYSQL", "mysql", 2, 0},
	{"mysq", "mysql", 2, 1},
	{"ymsql", "mysql", 2, 1},
	{"mysqll", "mysql", 2, 1},
	{"mslq", "mysql", 2, 2},
	{"abc", "xyz", 2, 3},
	{"abc", "xyz", 5, 3},
	{"", "", 2, 0},
	{"", "ab", 2, 2},
	{"a", "abcdef", 2, 3},
	{"ca", "abc", 5, 3},
	{"123456789012345678901234567890123", "123456789012345678901234567890123", 2, 3},
};

static void distances_count_single_edits(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(distances); i++) {
		const struct distance_case *c = &distances[i];
		struct portroll_str a = str_from(c->a), b = str_from(c->b);
		assert_int_equal(name_distance(a, b, c->most), c->distance);
		assert_int_equal(name_distance(b, a, c->most), c->distance);
	}
}

/* The definition itself, by recursion. */
static unsigned slow_distance(struct portroll_str a, struct portroll_str b)
{
	if (a.len == 0 || b.len == 0)
		return (unsigned)(a.len + b.len);
	struct portroll_str a1 = str_part(a, 1, a.len), b1 = str_part(b, 1, b.len);
	unsigned best = slow_distance(a1, b1) + (a.ptr[0] != b.ptr[0]);
	unsigned removed = slow_distance(a1, b) + 1, added = slow_distance(a, b1) + 1;
	best = removed < best ? removed : best;
	best = added < best ? added : best;
	if (a.len > 1 && b.len > 1 && a.ptr[0] == b.ptr[1] && a.ptr[1] == b.ptr[0]) {
		unsigned swapped = slow_distance(str_part(a, 2, a.len), str_part(b, 2, b.len)) + 1;
		best = swapped < best ? swapped : best;
	}
	return best;
}

static void distances_are_those_of_the_definition(void **state)
{
	(void)state;
	struct random random = {0};
	for_rounds(&random, 1500)
	{
		char space[2][6];
		struct portroll_str a =
			random_text(&random, space[0], random_below(&random, 7), STR("abc"));
		struct portroll_str b =
			random_text(&random, space[1], random_below(&random, 7), STR("abc"));
		unsigned most = random_below(&random, 8), slow = slow_distance(a, b);
		check(&random, name_distance(a, b, most) == (slow <= most ? slow : most + 1));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_judged_by_the_syntax),
		cmocka_unit_test(a_name_that_is_asked_for_breaks_these_rules),
		cmocka_unit_test(findings_are_counted_beyond_the_room_for_them),
		cmocka_unit_test(a_name_of_any_length_is_judged),
		cmocka_unit_test(rules_and_grammar_accept_the_same_names),
		cmocka_unit_test(distances_count_single_edits),
		cmocka_unit_test(distances_are_those_of_the_definition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

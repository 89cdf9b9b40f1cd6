/* SPDX-License-Identifier: MIT */
#include "snapshot_case.h"

#include "registry/name.h"

static const struct taken_case {
	const char *name, *rules, *by; /* the name of the record that has it */
} cases[] = {
	{"http", "N08", "http"},
	{"hTTp", "N06 N08", "http"},
	{"www", "N08", "www"},
	{"intranet", "N08", "intranet"},
	{"http-part", "N08", "http-part"},
	{"portless", "N08", "portless"},
	{"in-use-with-a-long-name", "N01", NULL},
	{"nobody-has-it", "", NULL},
	{"", "N01 N03", NULL},
};

/* Names in use of a source that assigns none take none. */
static void a_taken_name_is_found_with_its_record(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct portroll_finding f[4];
		struct portroll_record r;
		CLEANUP(buf_done) struct buf rules = BUF_INIT(100);
		size_t count = portroll_check_name(c.snapshot, str_from(cases[i].name), f, 4);
		for (size_t k = 0; k < count; k++) {
			buf_puts(&rules, k ? " " : "");
			buf_puts(&rules, f[k].rule);
			assert_int_equal(portroll_get(c.snapshot, f[k].record, &r), !!cases[i].by);
			if (cases[i].by)
				assert_text(r.name, cases[i].by);
		}
		assert_text(buf_str(&rules), cases[i].rules);
	}
	snapshot_case_end(&c);
}

static void without_a_snapshot_no_name_is_taken(void **state)
{
	(void)state;
	struct portroll_finding f;
	assert_int_equal(portroll_check_name(NULL, STR("http"), &f, 1), 0);
	assert_int_equal(portroll_check_name(NULL, STR("a_b"), &f, 1), 1);
	assert_true(f.record == PORTROLL_NONE);
}

struct count_case {
	const char *rule;
	size_t broken, names;
};

static void count_name(struct count_case *counts, size_t count, struct portroll_str name,
		       bool is_new)
{
	struct portroll_finding f[10];
	size_t found = name_check(name, NULL, f, ARRAY_LEN(f));
	for (size_t i = 0; i < found; i++)
		for (size_t k = 0; k < count; k++)
			if (strcmp(f[i].rule, counts[k].rule) == 0) {
				counts[k].broken++;
				counts[k].names += is_new;
			}
}

/* Import takes them all; 96 of the 97 names are historic, the other one is edi_service. */
static void the_real_registry_breaks_one_rule_of_the_syntax(void **state)
{
	(void)state;
	struct write_case real;
	if (!case_shared(&real, "iana-2026-08-17.xml", "xml"))
		skip();
	struct buf out;
	struct count_case counts[] = {{"N01", 0, 0}, {"N02", 0, 0}, {"N03", 0, 0},
				      {"N04", 0, 0}, {"N05", 0, 0}, {"N21", 0, 0}};
	case_compile(&out, case_roll_of(&real.arena, real.reg));
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_FULL);
	struct portroll_iter it = portroll_all(s);
	for (struct portroll_record r; portroll_next(&it, &r);)
		if (r.name.len)
			count_name(counts, ARRAY_LEN(counts), r.name,
				   portroll_find_name(s, r.name) == r.id);
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		bool is_broken = strcmp(counts[i].rule, "N02") == 0;
		assert_int_equal(counts[i].broken, is_broken ? 185 : 0);
		assert_int_equal(counts[i].names, is_broken ? 97 : 0);
	}
	portroll_close(s);
	buf_done(&out);
	case_done(&real);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_taken_name_is_found_with_its_record),
		cmocka_unit_test(without_a_snapshot_no_name_is_taken),
		cmocka_unit_test(the_real_registry_breaks_one_rule_of_the_syntax),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */

/* What the rules of records find in IANA's own registry of 2026-08-17: known breaches, counted
 * apart from this program (data.md sections 7 and 8, rfc-rules.md section 1.5). */

#include "procedure/rule.h"
#include "read_case.h"

static const struct known_count {
	const char *id;
	size_t count;
	const char *why;
} known[] = {
	{"N02", 185, "rows of 97 names of before RFC 6335"},
	{"N16", 1, "edi_service 34567/udp has no well-formed name beside it"},
	{"P01", 6, "single ports written as a range, 4748-4748"},
	{"P11", 4, "Unassigned rows of a port that is assigned on another transport"},
	{"Q15", 3, "of 139 records of the IESG: bfd-lag, certificates, smimeca"},
	{"D11", 6, "11 records of dccp, 4 with a code; 8282 is Reserved and needs none"},
	{"L03", 43, "released ports whose notes lack the former use or the date"},
	{"L04", 4, "acms, surfpass twice, toruxserver"},
	{"L19", 3, "1028 Deprecated, 1783 and 9006 decommissioned"},
	{"X06", 27, "7775 and 7997 lie in free ranges; 11 gaps of tcp and 14 of udp"},
	{"X07", 1, "hpbladems 5316/tcp, modified before it was registered"},
	{"X08", 21, "mail addresses with @"},
	{"X11", 2, "the text reference of xadmin 9105"},
};

static size_t known_count_of(const struct rule *rule)
{
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_equal(str_from(known[i].id), str_from(rule->id)))
			return known[i].count;
	return 0;
}

static size_t count_of(const struct finding_list *found, const struct rule *rule)
{
	size_t count = 0;
	for (size_t i = 0; i < found->count; i++)
		count += found->items[i].rule == rule;
	return count;
}

static void the_known_breaches_of_iana_are_found_and_no_others(void **state)
{
	(void)state;
	struct read_case c;
	struct arena a = ARENA_INIT;
	struct port_index index;
	struct finding_list found;
	const struct rule *rule;
	if (!case_shared(&c, "xml", "iana-2026-08-17.xml"))
		skip();
	assert_int_equal(port_index_build(&index, c.reg, &a), PORTROLL_OK);
	assert_int_equal(rules_check_records(&found, c.reg, &index, (struct date){2026, 8, 17}, &a),
			 PORTROLL_OK);
	size_t wrong = 0;
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		size_t count = count_of(&found, rule);
		if (count == known_count_of(rule))
			continue;
		print_error("%s: %zu findings, not %zu\n", rule->id, count, known_count_of(rule));
		wrong++;
	}
	assert_int_equal(wrong, 0);
	arena_done(&a);
	case_done(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_known_breaches_of_iana_are_found_and_no_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

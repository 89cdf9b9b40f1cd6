/* SPDX-License-Identifier: MIT */
#include "rule_case.h"

#define NAME(text)    "Service Name: " text "\n"
#define ALONE         "Port Number:\nWhy Not Dynamic:\n"
#define RENAME(a, b)  "Request: rename\nService Name: " a "\nProposed Service Name: " b "\n"
#define TRANSPORT(t)  "Request: transport\nTransport Protocols: " t "\n"
#define NAME_AT(port) "Request: name\nPort Number: " port "\n"

/* clang-format off */
static const struct rule_case cases[] = {
	{CASE("N01", HOLDS, "")},
	{CASE("N01", HOLDS, NAME("abcdefghijklmno"))},
	{CASE("N01", "error", NAME("abcdefghijklmnop"))},
	{CASE("N01", "error", RENAME("ntp", "abcdefghijklmnop"))},
	{CASE("N01", HOLDS, "Request: deassign\n" NAME("abcdefghijklmnop"))},
	{CASE("N02", HOLDS, NAME("3com-tsmux"))},
	{CASE("N02", "error", NAME("a_b"))},
	{CASE("N02", "error", NAME("a b"))},
	{CASE("N02", "error", NAME("\xc3\xa9t\xc3\xa9"))},
	{CASE("N03", HOLDS, NAME("1a"))},
	{CASE("N03", "error", NAME("23"))},
	{CASE("N04", HOLDS, NAME("a-b"))},
	{CASE("N04", "error", NAME("-a"))},
	{CASE("N04", "error", NAME("a-"))},
	{CASE("N05", HOLDS, NAME("a-b-c"))},
	{CASE("N05", "error", NAME("a--b"))},
	{CASE("N06", HOLDS, NAME("http"))},
	{CASE("N06", "error", NAME("HTTP"))},
	{CASE("N08", HOLDS, "")},
	{CASE("N08", "error", NAME("http"))},
	{CASE("N08", "error", NAME("HttP"))},
	{CASE("N08", HOLDS, TRANSPORT("udp") NAME("kaostransport") "Port Number: 9986\n")},
	{CASE("N08", HOLDS, RENAME("ntp", "NTP"))},
	{CASE("N08", "error", RENAME("ntp", "http"))},
	{CASE("N09", HOLDS, "")},
	{CASE("N09", "warning", NAME("avi-nms"))},
	{CASE("N09", "warning", NAME("AVI-NMS"))},
	{CASE("N09", "warning", NAME("acms"))},
	{CASE("N09", HOLDS, NAME("acmsoda"))},
	{CASE("N09", HOLDS, NAME("acm"))},
	{CASE("N11", HOLDS, NAME("support"))},
	{CASE("N11", "warning", NAME("my-service"))},
	{CASE("N12", HOLDS, NAME("x11"))},
	{CASE("N12", "warning", NAME("nfsv4"))},
	{CASE("N12", "warning", "Description: Ollama version 3\n")},
	{CASE("N12", "warning", "Description: Ollama v2\n")},
	{CASE("N12", HOLDS, "Description: Ollama for 3 hosts, RFC 6335\n")},
	{CASE("N13", HOLDS, "UDP Discovery Only: no\n")},
	{CASE("N13", "warning", "UDP Discovery Only: yes, a query to all hosts\n")},
	{CASE("N13", HOLDS, NAME("ollama-disc") "UDP Discovery Only: yes\n")},
	{CASE("N14", HOLDS, "")},
	{CASE("N14", "question", "Description: network time protocol\n")},
	{CASE("N14", "question", NAME("dtnbundle"))},
	{CASE("N15", HOLDS, NAME_AT("11434"))},
	{CASE("N15", "question", NAME_AT("80") "Description: Ollama\n")},
	{CASE("N15", "error", NAME_AT("80") "Description: World Wide Web HTTP\n")},
	{CASE("N19", HOLDS, TRANSPORT("dccp") NAME("discard") "Port Number: 9\n")},
	{CASE("N19", "error", TRANSPORT("dccp") NAME("discard") "Port Number: 11434\n")},
	{CASE("N20", HOLDS, TRANSPORT("sctp") NAME("ntp") "Description: Network Time Protocol\n")},
	{CASE("N20", "warning", TRANSPORT("sctp") NAME("ntp") "Description: Time\n")},
};
/* clang-format on */

static void requests_break_the_rules_on_names(void **state)
{
	(void)state;
	check_rule_cases(cases, ARRAY_LEN(cases));
}

static void each_rule_on_names_has_rows(void **state)
{
	(void)state;
	check_rule_rows(cases, ARRAY_LEN(cases), rules_of_names, RULES_OF_NAMES);
}

static void a_good_request_breaks_no_rule(void **state)
{
	(void)state;
	struct rule_setting s;
	struct finding_list found;
	rule_setting_init(&s);
	rule_find_all(&found, &s, &(struct rule_case){.changes = ""});
	for (size_t i = 0; i < found.count; i++)
		print_error("%s: %.*s\n", found.items[i].rule->id,
			    PORTROLL_STR_ARG(found.items[i].detail));
	assert_int_equal(found.count, 0);
	arena_done(&s.arena);
}

/* By enum finding_severity: what holds a decision up, and when not. */
static void errors_and_open_questions_hold_a_decision_up(void **state)
{
	(void)state;
	const struct rule must = {.id = "N08", .level = LEVEL_MUST, .is_form = true};
	const struct rule judged = {.id = "N14", .level = LEVEL_STATED};
	const struct rule should = {.id = "N12", .level = LEVEL_SHOULD};
	const struct rule_override over[] = {{.rule = STR_INIT("n08")}, {.rule = STR_INIT("N14")}};
	const struct rule_answer answers[] = {{.rule = STR_INIT("N14")}};
	const struct evidence none = {0};
	const struct evidence overridden = {.overrides = over, .override_count = 2};
	const struct evidence answered = {.answers = answers, .answer_count = 1};
	const struct {
		struct finding finding;
		const struct evidence *evidence;
		bool blocks;
	} rows[] = {
		{{.rule = &must}, NULL, true},
		{{.rule = &must}, &none, true},
		{{.rule = &must}, &overridden, true},
		{{.rule = &must, .is_warning = true}, &none, false},
		{{.rule = &judged}, &none, true},
		{{.rule = &judged}, &overridden, false},
		{{.rule = &judged}, &answered, true},
		{{.rule = &judged, .is_question = true}, &none, true},
		{{.rule = &judged, .is_question = true}, &answered, false},
		{{.rule = &should}, &none, false},
		{{.rule = &should, .is_question = true}, &none, false},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (finding_blocks(&rows[i].finding, rows[i].evidence) != rows[i].blocks)
			fail_msg("row %zu", i);
}

static void rules_are_found_in_any_case(void **state)
{
	(void)state;
	assert_ptr_equal(rule_find(STR("n08")), &rules_of_names[7]);
	assert_null(rule_find(STR("N22")));
	assert_null(rule_find(STR("")));
	assert_ptr_equal(rule_at(0), &rules_of_names[0]);
	assert_ptr_equal(rule_at(RULES_OF_NAMES), &rules_of_ports[0]);
}

static int check_once(void *context)
{
	const struct rule_case *c = context;
	struct arena a = ARENA_INIT;
	struct registry reg = {.arena = &a};
	struct port_index index;
	struct document d;
	struct request q;
	const struct rule_world world = {
		.registry = &reg, .index = &index, .policy = &policy_rfc6335};
	const struct request_check check = {.request = &q, .world = &world};
	struct finding_list found = {.arena = &a};
	int r = port_index_build(&index, &reg, &a);
	if (r == PORTROLL_OK)
		r = document_read(&d, str_from(c->changes), &a, NULL);
	if (r == PORTROLL_OK)
		r = request_read(&q, &d, NULL, NULL, &a);
	if (r == PORTROLL_OK)
		r = rules_check_request(&found, &check);
	arena_done(&a);
	return r;
}

static void a_check_survives_the_lack_of_memory(void **state)
{
	(void)state;
	struct rule_case c = {.changes = "Service Name: a_b\nPort Number: 80-90, 70000\n"};
	oom_sweep(check_once, &c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_break_the_rules_on_names),
		cmocka_unit_test(each_rule_on_names_has_rows),
		cmocka_unit_test(a_good_request_breaks_no_rule),
		cmocka_unit_test(errors_and_open_questions_hold_a_decision_up),
		cmocka_unit_test(rules_are_found_in_any_case),
		cmocka_unit_test(a_check_survives_the_lack_of_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

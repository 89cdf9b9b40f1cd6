/* SPDX-License-Identifier: MIT */
#include "rule_case.h"

#define PORT(text) "Port Number: " text "\n"
#define ALONE      "Port Number:\nWhy Not Dynamic:\n"
#define SYSTEM     PORT("276") "Why Not User: it must be a privileged port\n"
#define BOTH       "Transport Protocols: tcp, udp\n"
#define SCTP       "Transport Protocols: sctp\n"
#define KAOS       "Service Name: kaostransport\nTransport Protocols: udp\n" PORT("9986")
#define IETF       "IETF Document: RFC9110\n"
#define IESG       "Assignee: IESG <iesg@ietf.org>\n"
#define CHAIR      "Contact: IETF Chair <chair@ietf.org>\n"
#define LETTERS_40 "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"

#define DECIDES(evidence) .decides = true, .items = (evidence)

/* clang-format off */
static const struct rule_case cases[] = {
	{CASE("Q01", HOLDS, "")},
	{CASE("Q01", "error", "Service Name:\n")},
	{CASE("Q01", "error", "Request: modify\nService Name: ollama\n")},
	{CASE("Q01", HOLDS, "Request: modify\nService Name: Discard\n")},
	{CASE("Q01", HOLDS, "Request: deassign\nService Name:\n")},
	{CASE("Q01", "error", "Request: rename\nService Name: ntp\nProposed Service Name:\n")},
	{CASE("Q02", HOLDS, BOTH)},
	{CASE("Q02", "error", "Transport Protocols:\n")},
	{CASE("Q02", "error", ALONE "Transport Protocols:\n")},
	{CASE("Q02", "error", "Transport Protocols: tcp, quic\n")},
	{CASE("Q02", HOLDS, "Transport Protocols: TCP UDP SCTP DCCP\n")},
	{CASE("Q03", HOLDS, "")},
	{CASE("Q03", "error", "Assignee:\n")},
	{CASE("Q03", HOLDS, "Request: transport\n" KAOS "Assignee:\n")},
	{CASE("Q03", "error", "Request: transport\nService Name: nowhere\nAssignee:\n")},
	{CASE("Q03", "error", "Assignee: Example\n")},
	{CASE("Q03", "error", "Assignee: ports@example.com\n")},
	{CASE("Q03", "error", "Assignee: Example <ports at example.com>\n")},
	{CASE("Q03", HOLDS, "Assignee:\nAssignee ID: IESG\n")},
	{CASE("Q03", "error", "Assignee:\nAssignee ID: Nobody\n")},
	{CASE("Q03", HOLDS, "Assignee ID: Example_2\n")},
	{CASE("Q03", "error", "Assignee ID: 2 & 3\n")},
	{CASE("Q03", "error", "Assignee Type: human\n")},
	{CASE("Q03", HOLDS, "Assignee Type: Person\n")},
	{CASE("Q03", HOLDS, "Assignee Type: organization\n")},
	{CASE("Q04", "error", "Contact Type: robot\n")},
	{CASE("Q04", HOLDS, "Contact Type: person\n")},
	{CASE("Q04", HOLDS, "")},
	{CASE("Q04", "error", "Contact:\n")},
	{CASE("Q04", "error", "Contact: Example\n")},
	{CASE("Q04", "error", "Contact: Example <ports@example.com>\n Example\n")},
	{CASE("Q04", HOLDS, "Request: modify\nService Name: ntp\nContact:\n")},
	{CASE("Q05", HOLDS, "")},
	{CASE("Q05", "error", "Description:\n")},
	{CASE("Q05", HOLDS, "Description: " LETTERS_40 "\n")},
	{CASE("Q05", "warning", "Description: " LETTERS_40 "o\n")},
	{CASE("Q05", "error", "Description: " LETTERS_40 LETTERS_40 LETTERS_40 LETTERS_40 LETTERS_40
		LETTERS_40 LETTERS_40 LETTERS_40 LETTERS_40 LETTERS_40 "o\n")},
	{CASE("Q05", HOLDS, "Request: modify\nService Name: ntp\nDescription:\n")},
	{CASE("Q06", HOLDS, "")},
	{CASE("Q06", "error", "Reference:\n")},
	{CASE("Q06", HOLDS, "Reference:\nSpecification: RFC9110\n")},
	{CASE("Q07", HOLDS, "")},
	{CASE("Q07", "error", "Broadcast Use:\n")},
	{CASE("Q07", "error", "Broadcast Use:\nReference: proprietary, not publicly documented\n")},
	{CASE("Q07", HOLDS, "Broadcast Use:\n" PORT("web")), .policy = &rule_pools_policy},
	{CASE("Q08", HOLDS, ALONE)},
	{CASE("Q08", "error", "Why Not Dynamic:\n")},
	{CASE("Q08", "error", "Why Not Dynamic:\n" PORT("User"))},
	{CASE("Q09", HOLDS, "")},
	{CASE("Q09", HOLDS, SYSTEM)},
	{CASE("Q09", "error", PORT("276"))},
	{CASE("Q09", "error", PORT("System"))},
	{CASE("Q10", HOLDS, "")},
	{CASE("Q10", "error", SYSTEM)},
	{CASE("Q10", "error", SYSTEM "Specification: proprietary\n")},
	{CASE("Q10", HOLDS, SYSTEM "Specification: RFC9110\n")},
	{CASE("Q10", HOLDS, SYSTEM IETF)},
	{CASE("Q11", HOLDS, PORT("System"))},
	{CASE("Q11", HOLDS, PORT("user"))},
	{CASE("Q11", HOLDS, ALONE)},
	{CASE("Q11", "error", PORT("web"))},
	{CASE("Q11", HOLDS, PORT("web")), .policy = &rule_pools_policy},
	{CASE("Q11", "error", PORT("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17"))},
	{CASE("Q11", "error", "Request: name\nPort Number:\n")},
	{CASE("Q11", HOLDS, PORT("web") "Lease Days: 30\n"), .policy = &rule_pools_policy},
	{CASE("Q11", "error", PORT("web") "Lease Days: soon\n"), .policy = &rule_pools_policy},
	{CASE("Q12", HOLDS, "Request: transport\n" KAOS "Assignee: KAOS Management Group, LLC <phil@gotkaos.com>\n")},
	{CASE("Q12", HOLDS, "Request: transport\n" KAOS "Assignee:\nAssignee ID: KAOS_Management_Group_LLC\n")},
	{CASE("Q12", HOLDS, "Request: transport\n" KAOS "Assignee:\n")},
	{CASE("Q12", "notice", "Request: transport\n" KAOS)},
	{CASE("Q13", "error", "Request: transport\n" KAOS), DECIDES(0)},
	{CASE("Q13", HOLDS, "Request: transport\n" KAOS), DECIDES(EVIDENCE_BY_ASSIGNEE)},
	{CASE("Q13", HOLDS, "Request: transport\n" KAOS), DECIDES(EVIDENCE_BY_CONTACT)},
	{CASE("Q13", HOLDS, "Request: transport\n" KAOS), DECIDES(EVIDENCE_ASSIGNEE_AGREES)},
	{CASE("Q14", "error", "Request: name\n" PORT("80")), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("Q14", "error", "Request: name\n" PORT("80")), DECIDES(EVIDENCE_ASSIGNEE_AGREES)},
	{CASE("Q14", HOLDS, "Request: name\n" PORT("80")), DECIDES(EVIDENCE_ASSIGNEE_AGREES | EVIDENCE_EXPERT_OPINION)},
	{CASE("Q15", HOLDS, "")},
	{CASE("Q15", "error", IETF)},
	{CASE("Q15", "error", IETF IESG)},
	{CASE("Q15", HOLDS, IETF IESG CHAIR)},
	{CASE("Q15", HOLDS, IETF "Assignee:\nAssignee ID: IESG\nContact:\nContact ID: IETF_Chair\n")},
	{CASE("Q16", HOLDS, ALONE)},
	{CASE("Q16", "notice", ALONE "Defined TXT Keys:\n")},
	{CASE("Q16", HOLDS, "Defined TXT Keys:\n")},
	{CASE("Q17", HOLDS, "")},
	{CASE("Q17", "notice", BOTH "UDP Congestion: one packet a second\n")},
	{CASE("Q17", HOLDS, BOTH "UDP Congestion: one packet a second\nUDP Discovery Only: no\n")},
	{CASE("Q18", HOLDS, "")},
	{CASE("Q18", "notice", BOTH)},
	{CASE("Q18", HOLDS, BOTH "Transport Differences: none\n")},
	{CASE("Q19", HOLDS, "")},
	{CASE("Q19", "notice", "Versioning:\n")},
	{CASE("Q20", HOLDS, "")},
	{CASE("Q20", "notice", "Security:\n")},
	{CASE("Q21", HOLDS, "")},
	{CASE("Q21", "notice", SCTP)},
	{CASE("Q21", HOLDS, SCTP "SCTP Existing: none\nSCTP Reason: streams\n")},
	{CASE("Q22", HOLDS, "")},
	{CASE("Q22", "warning", "Reference: https://www.example.com/protocol\n")},
	{CASE("Q22", "warning", "Reference: draft-ietf-netconf-port-numbers-07\n")},
	{CASE("Q22", HOLDS, "Reference: RFC9110\n")},
	{CASE("Q23", HOLDS, ""), DECIDES(0)},
	{CASE("Q23", "notice", "Reference: draft-ietf-netconf-port-numbers-07\n"), DECIDES(0)},
	{CASE("Q23", HOLDS, "Reference: draft-ietf-netconf-port-numbers-07\n"), DECIDES(EVIDENCE_IETF_REVIEW)},
	{CASE("Q24", HOLDS, "")},
	{CASE("Q24", "warning", ""), .is_held = true},
	{CASE("Q24", "error", ""), DECIDES(0), .is_held = true},
	{CASE("Q24", "error", "Service Name: other\n"), DECIDES(0), .is_held = true},
	{CASE("Q24", "error", PORT("11435")), DECIDES(0), .is_held = true},
	{CASE("Q24", HOLDS, "Service Name: other\n" PORT("11435")), DECIDES(0), .is_held = true},
	{CASE("Q24", HOLDS, "Service Name: other\n" SCTP), DECIDES(0), .is_held = true},
	{CASE("Q25", HOLDS, "")},
	{CASE("Q25", "question", BOTH)},
	{CASE("Q25", HOLDS, BOTH "State of Development: TCP and UDP are in use\n")},
};
/* clang-format on */

static void requests_break_the_rules_on_fields(void **state)
{
	(void)state;
	check_rule_cases(cases, ARRAY_LEN(cases));
}

static void each_rule_on_fields_has_rows(void **state)
{
	(void)state;
	check_rule_rows(cases, ARRAY_LEN(cases), rules_of_requests, RULES_OF_REQUESTS);
}

/* What no document has when it was read, but a program may make. */
static void a_description_with_control_characters_is_refused(void **state)
{
	(void)state;
	struct rule_setting s;
	struct document d = {.values[DOC_DESCRIPTION] = STR("a\x1b[2Jb")};
	struct request q;
	rule_setting_init(&s);
	assert_int_equal(request_read(&q, &d, NULL, NULL, &s.arena), 0);
	const struct rule_world world = {
		.registry = s.registry, .index = &s.index, .policy = &policy_rfc6335};
	const struct request_check check = {.request = &q, .world = &world};
	struct finding_list found = {.arena = &s.arena};
	assert_int_equal(rules_check_request(&found, &check), 0);
	assert_text(str_from(rule_found(&found, "Q05")), "error");
	arena_done(&s.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_break_the_rules_on_fields),
		cmocka_unit_test(each_rule_on_fields_has_rows),
		cmocka_unit_test(a_description_with_control_characters_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "rule_case.h"

#define OF(kind, name)    "Request: " kind "\nService Name: " name "\n"
#define DEASSIGN          OF("deassign", "ntp") "Port Number: 123\nTransport Protocols: tcp, udp\n"
#define REUSE(name)       OF("reuse", "ntp") "Port Number: 123\nProposed Service Name: " name "\n"
#define REVOKE            OF("revoke", "kaostransport") "Port Number: 9986\n"
#define CHANGE(kind)      OF(kind, "kaostransport") "Port Number: 9986\n"
#define HIS               "Assignee: KAOS Management Group, LLC <phil@GotKAOS.com>\n"
#define WHY               "Reason: the company has another name\n"
#define NOBODY            "Assignee:\n"
#define SUCCESSION(lines) CHANGE("succession") lines
#define FURTHER           CHANGE("transport") "Transport Protocols: udp\n"
#define RENEW             OF("renew", "ollama")

#define DECIDES(evidence) .decides = true, .items = (evidence)

/* clang-format off */
static const struct rule_case cases[] = {
	{CASE("L01", "error", DEASSIGN), DECIDES(EVIDENCE_BY_REGISTRAR)},
	{CASE("L01", HOLDS, DEASSIGN), DECIDES(EVIDENCE_BY_ASSIGNEE)},
	{CASE("L01", HOLDS, DEASSIGN), DECIDES(EVIDENCE_BY_CONTACT)},
	{CASE("L01", HOLDS, DEASSIGN), DECIDES(EVIDENCE_BY_REGISTRAR | EVIDENCE_ASSIGNEE_AGREES)},
	{CASE("L01", "error", REUSE("kaos")), DECIDES(0)},
	{CASE("L01", HOLDS, REVOKE), DECIDES(0)},
	{CASE("L02", "error", DEASSIGN), DECIDES(EVIDENCE_BY_ASSIGNEE)},
	{CASE("L02", HOLDS, DEASSIGN), DECIDES(EVIDENCE_BY_ASSIGNEE | EVIDENCE_NOT_IN_USE)},
	{CASE("L02", HOLDS, REUSE("kaos")), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("L02", "error", DEASSIGN)},
	{CASE("L02", "error", REUSE("kaos"))},
	{CASE("L02", HOLDS, DEASSIGN "Not In Use: the last host was switched off\n")},
	{CASE("L04", "warning", DEASSIGN "Release Name: yes\n")},
	{CASE("L04", HOLDS, DEASSIGN "Release Name: no\n")},
	{CASE("L04", HOLDS, DEASSIGN)},
	{CASE("L05", "error", DEASSIGN "Release Name: yes\n"), DECIDES(EVIDENCE_NOT_IN_USE)},
	{CASE("L05", HOLDS, DEASSIGN "Release Name: yes\n"), DECIDES(EVIDENCE_EXPERT_OPINION)},
	{CASE("L05", HOLDS, DEASSIGN), DECIDES(EVIDENCE_NOT_IN_USE)},
	{CASE("L05", "error", OF("deassign", "1password") "Port Number:\n"), DECIDES(EVIDENCE_NOT_IN_USE)},
	{CASE("L06", HOLDS, CHANGE("reuse") "Proposed Service Name: kaos\n")},
	{CASE("L06", "error", REUSE("kaos") "Broadcast Use:\nDescription:\n")},
	{CASE("L07", HOLDS, REUSE("kaos"))},
	{CASE("L07", "warning", REUSE("NTP"))},
	{CASE("L07", "warning", OF("reuse", "ntp"))},
	{CASE("L08", HOLDS, REUSE("kaos"))},
	{CASE("L08", "warning", REUSE("kaos") "Release Name: yes\n")},
	{CASE("L09", "error", REVOKE "Clearly Unused: no\n"), DECIDES(EVIDENCE_EXPERT_OPINION)},
	{CASE("L09", HOLDS, REVOKE "Clearly Unused: no\n"), DECIDES(EVIDENCE_CALL_ENDED)},
	{CASE("L09", "error", REVOKE "Clearly Unused: yes\n"), DECIDES(0)},
	{CASE("L09", "error", REVOKE "Clearly Unused: yes\n")},
	{CASE("L09", HOLDS, REVOKE "Clearly Unused: yes\nNot In Use: by measurements\n")},
	{CASE("L09", HOLDS, REVOKE "Clearly Unused: no\n")},
	{CASE("L09", HOLDS, REVOKE "Clearly Unused: yes\n"), DECIDES(EVIDENCE_NOT_IN_USE)},
	{CASE("L10", "error", REVOKE "Clearly Unused: no\n"), DECIDES(EVIDENCE_CALL_ENDED)},
	{CASE("L10", HOLDS, REVOKE "Clearly Unused: no\n"), DECIDES(EVIDENCE_CALL_ENDED | EVIDENCE_IESG_APPROVAL)},
	{CASE("L10", HOLDS, REVOKE "Clearly Unused: yes\n"), DECIDES(0)},
	{CASE("L11", "warning", REVOKE "Release Name: yes\n")},
	{CASE("L11", "warning", OF("revoke", "1password") "Port Number:\n")},
	{CASE("L11", HOLDS, REVOKE)},
	{CASE("L12", "error", SUCCESSION(""))},
	{CASE("L12", HOLDS, SUCCESSION("Evidence: the company was renamed\n"))},
	{CASE("L13", "error", SUCCESSION("")), DECIDES(EVIDENCE_ALL_CONFIRMED)},
	{CASE("L13", HOLDS, SUCCESSION("")), DECIDES(EVIDENCE_GOOD_REASON)},
	{CASE("L14", "error", CHANGE("modify"))},
	{CASE("L14", "error", CHANGE("rename") "Proposed Service Name: kaos\n")},
	{CASE("L14", HOLDS, CHANGE("modify") HIS)},
	{CASE("L14", HOLDS, CHANGE("modify") NOBODY)},
	{CASE("L14", HOLDS, SUCCESSION(""))},
	{CASE("L15", "error", CHANGE("modify") NOBODY), DECIDES(0)},
	{CASE("L15", HOLDS, CHANGE("modify") NOBODY WHY), DECIDES(EVIDENCE_BY_CONTACT)},
	{CASE("L15", HOLDS, CHANGE("modify") NOBODY WHY), DECIDES(EVIDENCE_BY_REGISTRAR)},
	{CASE("L15", "error", CHANGE("modify") NOBODY), DECIDES(EVIDENCE_BY_CONTACT)},
	{CASE("L15", "error", CHANGE("rename") NOBODY)},
	{CASE("L15", HOLDS, CHANGE("rename") NOBODY WHY)},
	{CASE("L16", "notice", CHANGE("modify") NOBODY), DECIDES(EVIDENCE_BY_ASSIGNEE)},
	{CASE("L16", HOLDS, CHANGE("modify") NOBODY), DECIDES(EVIDENCE_ALL_CONFIRMED)},
	{CASE("L17", "error", CHANGE("rename") NOBODY "Proposed Service Name: kaos\n")},
	{CASE("L17", HOLDS, CHANGE("rename") NOBODY "Proposed Service Name: kaos\nImpact: none, it is not deployed\n")},
	{CASE("L17", "error", CHANGE("rename") NOBODY "Impact: none\n"), DECIDES(EVIDENCE_BY_CONTACT)},
	{CASE("L17", HOLDS, CHANGE("rename") NOBODY "Impact: none\n"), DECIDES(EVIDENCE_IMPACT_ACCEPTED)},
	{CASE("L18", "error", FURTHER), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("L18", HOLDS, FURTHER), DECIDES(EVIDENCE_EXPERT_YES | EVIDENCE_BY_ASSIGNEE)},
	{CASE("L18", HOLDS, FURTHER), DECIDES(EVIDENCE_IESG_APPROVAL)},
	{CASE("L18", HOLDS, ""), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("L21", HOLDS, RENEW), DECIDES(EVIDENCE_CHAIRS_AGREE)},
	{CASE("L21", "error", RENEW), DECIDES(EVIDENCE_CHAIRS_AGREE), .renewals = 1},
	{CASE("L21", HOLDS, RENEW), DECIDES(EVIDENCE_IESG_APPROVAL), .renewals = 1},
	{CASE("L21", HOLDS, RENEW), DECIDES(EVIDENCE_OWNER_AGREES), .renewals = 9, .policy = &rule_pools_policy},
	{CASE("L25", "error", SUCCESSION("")), DECIDES(EVIDENCE_GOOD_REASON)},
	{CASE("L25", HOLDS, SUCCESSION("")), DECIDES(EVIDENCE_ALL_CONFIRMED)},
	{CASE("L25", HOLDS, SUCCESSION("")), DECIDES(EVIDENCE_IESG_APPROVAL)},
	{CASE("L25", "error", REUSE("kaos")), DECIDES(EVIDENCE_EXPERT_YES)},
};
/* clang-format on */

static void requests_break_the_rules_of_life(void **state)
{
	(void)state;
	check_rule_cases(cases, ARRAY_LEN(cases));
}

static void each_rule_of_life_has_rows(void **state)
{
	(void)state;
	check_rule_rows(cases, ARRAY_LEN(cases), rules_of_life, RULES_OF_LIFE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_break_the_rules_of_life),
		cmocka_unit_test(each_rule_of_life_has_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

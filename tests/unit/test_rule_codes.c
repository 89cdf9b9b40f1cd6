/* SPDX-License-Identifier: MIT */
#include "rule_case.h"

#define DCCP(code) "Transport Protocols: dccp\nService Code: " code "\n"
#define PORT(text) "Port Number: " text "\n"
#define ALONE      "Port Number:\nWhy Not Dynamic:\n"
#define NTP(port)  "Request: transport\nService Name: ntp\n" PORT(port)

#define DECIDES(evidence) .decides = true, .items = (evidence)

/* clang-format off */
static const struct rule_case cases[] = {
	{CASE("D01", HOLDS, "")},
	{CASE("D01", "error", "Transport Protocols: tcp, dccp\n")},
	{CASE("D01", HOLDS, DCCP("SC:olla"))},
	{CASE("D02", HOLDS, DCCP("SC:olla"))},
	{CASE("D02", "error", "Service Code: SC:olla\n")},
	{CASE("D03", HOLDS, DCCP("4294967294"))},
	{CASE("D03", "error", DCCP("4294967295"))},
	{CASE("D03", "error", DCCP("SC=xFFFFFFFF"))},
	{CASE("D03", "error", DCCP("99999999999999999999"))},
	{CASE("D04", HOLDS, DCCP("SC:olla"))},
	{CASE("D04", "error", DCCP("0"))},
	{CASE("D04", "error", DCCP("SC:?abc"))},
	{CASE("D04", "error", DCCP("1056964608"))},
	{CASE("D04", "error", DCCP("1073741823"))},
	{CASE("D04", HOLDS, DCCP("1073741824"))},
	{CASE("D04", HOLDS, DCCP("1056964607"))},
	{CASE("D05", HOLDS, DCCP("SC:olla, SC:a, SC=x6664707A, 7107696"))},
	{CASE("D05", "error", DCCP("SC:ollama"))},
	{CASE("D05", "error", DCCP("SC:"))},
	{CASE("D05", "error", DCCP("12x"))},
	{CASE("D06", HOLDS, DCCP("SC:olla")), DECIDES(0)},
	{CASE("D06", "error", DCCP("SC:OLLA")), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("D06", HOLDS, DCCP("SC:OLLA")), DECIDES(EVIDENCE_SPECIFICATION)},
	{CASE("D06", HOLDS, DCCP("SC:OLLA")), DECIDES(EVIDENCE_IETF_REVIEW)},
	{CASE("D06", "error", DCCP("SC:A-1")), DECIDES(0)},
	{CASE("D07", HOLDS, DCCP("SC:OLLA")), DECIDES(EVIDENCE_STANDARDS_ACTION)},
	{CASE("D07", "error", DCCP("SC:olla")), DECIDES(EVIDENCE_STANDARDS_ACTION)},
	{CASE("D07", HOLDS, DCCP("SC:olla")), DECIDES(EVIDENCE_IETF_REVIEW)},
	{CASE("D08", HOLDS, DCCP("SC:olla"))},
	{CASE("D08", "error", DCCP("SC:DISC"))},
	{CASE("D08", "error", DCCP("1685351985"))},
	{CASE("D08", HOLDS, "Request: transport\nService Name: discard\n" DCCP("SC:DISC") PORT("9"))},
	{CASE("D09", HOLDS, DCCP("SC:olla"))},
	{CASE("D09", "error", DCCP("SC:olla") PORT("11434, 11435"))},
	{CASE("D09", "error", "Request: transport\nService Name: discard\n" DCCP("SC:DISC") PORT("11434"))},
	{CASE("D09", HOLDS, "Request: transport\nService Name: discard\n" DCCP("SC:DISC") PORT("9"))},
	{CASE("D10", HOLDS, DCCP("SC:olla")), DECIDES(0)},
	{CASE("D10", "error", DCCP("SC:olla, SC:ollb")), DECIDES(0)},
	{CASE("D10", HOLDS, DCCP("SC:olla, SC:ollb")), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("D10", "error", "Request: name\n" DCCP("SC:olla") PORT("9")), DECIDES(0)},
	{CASE("D10", HOLDS, ALONE DCCP("SC:olla, SC:ollb")), DECIDES(0)},
	{CASE("D12", HOLDS, DCCP("SC:olla")), DECIDES(0)},
	{CASE("D12", "error", DCCP("SC:olla") PORT("276")), DECIDES(EVIDENCE_IESG_APPROVAL)},
	{CASE("D12", HOLDS, DCCP("SC:olla") PORT("276")), DECIDES(EVIDENCE_IETF_REVIEW)},
	{CASE("D12", "error", DCCP("SC:olla") PORT("System")), DECIDES(EVIDENCE_IESG_APPROVAL), .granted = {276, 276}},
	{CASE("D12", HOLDS, PORT("276")), DECIDES(EVIDENCE_IESG_APPROVAL)},
	{CASE("D13", HOLDS, DCCP("SC:a, SC:b, SC:c, SC:d, SC:e")), DECIDES(0)},
	{CASE("D13", "warning", DCCP("SC:a, SC:b, SC:c, SC:d, SC:e, SC:f")), DECIDES(0)},
	{CASE("D13", HOLDS, DCCP("SC:a, SC:b, SC:c, SC:d, SC:e, SC:f")), DECIDES(EVIDENCE_EXPERT_OPINION)},
	{CASE("D14", HOLDS, DCCP("SC:olla"))},
	{CASE("D14", "error", DCCP("SC:olla") "Description:\n")},
	{CASE("D16", HOLDS, NTP("123") DCCP("SC:ntpd"))},
	{CASE("D16", "warning", NTP("11434") DCCP("SC:ntpd"))},
	{CASE("D17", "warning", NTP("123") DCCP("SC:ntpd"))},
	{CASE("D17", HOLDS, NTP("123") DCCP("SC:ntpd") "DCCP Intent: time over paths with loss\n")},
	{CASE("D17", HOLDS, DCCP("SC:olla"))},
};
/* clang-format on */

static void requests_break_the_rules_on_codes(void **state)
{
	(void)state;
	check_rule_cases(cases, ARRAY_LEN(cases));
}

static void each_rule_on_codes_has_rows(void **state)
{
	(void)state;
	check_rule_rows(cases, ARRAY_LEN(cases), rules_of_codes, RULES_OF_CODES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_break_the_rules_on_codes),
		cmocka_unit_test(each_rule_on_codes_has_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

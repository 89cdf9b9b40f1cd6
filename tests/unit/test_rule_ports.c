/* SPDX-License-Identifier: MIT */
#include "rule_case.h"

#define PORT(text)  "Port Number: " text "\n"
#define ALONE       "Port Number:\nWhy Not Dynamic:\n"
#define UDP         "Transport Protocols: udp\n"
#define BOTH        "Transport Protocols: tcp, udp\n"
#define WHY         "Why Reserved: packets must come from a port that is filtered\n"
#define BY_KAOS     "Assignee: KAOS Management Group, LLC <phil@gotkaos.com>\n"
#define KAOS_ON_UDP "Request: transport\nService Name: kaostransport\n" UDP PORT("9986")
#define LDAP_ON_UDP "Request: transport\nService Name: ldap\n" UDP

#define DECIDES(evidence) .decides = true, .items = (evidence)

/* A pool in which a port was released. */
static const struct pool pool_of_released[] = {
	{.name = STR_INIT("old"),
	 .ports = {{3970, 3989}},
	 .port_count = 1,
	 .transports = TRANSPORTS_ALL,
	 .owner = STR_INIT("old")},
};
static const struct policy released_again = {
	.source = STR_INIT("acme"),
	.pools = pool_of_released,
	.pool_count = 1,
	.reuse_released = true,
	.description_max = 40,
	.description_limit = 400,
};
static const struct policy released_never = {
	.source = STR_INIT("acme"),
	.pools = pool_of_released,
	.pool_count = 1,
	.description_max = 40,
	.description_limit = 400,
};

/* clang-format off */
static const struct rule_case cases[] = {
	{CASE("P01", HOLDS, PORT("0"))},
	{CASE("P01", HOLDS, PORT("User"))},
	{CASE("P01", "error", PORT("65536"))},
	{CASE("P01", "error", PORT("1000-2000"))},
	{CASE("P01", "error", PORT("30-20"))},
	{CASE("P01", "error", PORT("-1"))},
	{CASE("P02", HOLDS, PORT("49151"))},
	{CASE("P02", "error", PORT("49152"))},
	{CASE("P02", "error", PORT("65535"))},
	{CASE("P02", "error", PORT("49000, 50000"))},
	{CASE("P03", HOLDS, "")},
	{CASE("P03", "warning", PORT("0") WHY)},
	{CASE("P03", "warning", PORT("1023") WHY)},
	{CASE("P03", "warning", PORT("1024") WHY)},
	{CASE("P03", "warning", PORT("49151") WHY)},
	{CASE("P03", HOLDS, PORT("49150"))},
	{CASE("P03", "warning", PORT("831"))},
	{CASE("P03", "warning", PORT("230"))},
	{CASE("P03", "warning", UDP PORT("9986"))},
	{CASE("P03", HOLDS, KAOS_ON_UDP)},
	{CASE("P03", "error", PORT("80"))},
	{CASE("P03", "error", PORT("11430-11500, 3478"))},
	{CASE("P03", HOLDS, "Request: name\n" PORT("80"))},
	{CASE("P03", HOLDS, PORT("11435")), .policy = &rule_pools_policy},
	{CASE("P03", "error", PORT("11470")), .policy = &rule_pools_policy},
	{CASE("P03", "error", PORT("11440")), .policy = &rule_pools_policy},
	{CASE("P04", HOLDS, "")},
	{CASE("P04", "error", PORT("831"))},
	{CASE("P04", HOLDS, PORT("831") WHY)},
	{CASE("P04", "error", PORT("1023"))},
	{CASE("P04", "error", UDP PORT("9986"))},
	{CASE("P04", HOLDS, UDP PORT("9986") BY_KAOS)},
	{CASE("P04", HOLDS, KAOS_ON_UDP)},
	{CASE("P05", HOLDS, ""), DECIDES(0)},
	{CASE("P05", HOLDS, PORT("831") WHY)},
	{CASE("P05", "error", PORT("831") WHY), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("P05", "error", PORT("831") WHY), DECIDES(EVIDENCE_IETF_REVIEW)},
	{CASE("P05", HOLDS, PORT("831") WHY), DECIDES(EVIDENCE_STANDARDS_ACTION)},
	{CASE("P05", HOLDS, PORT("831") WHY), DECIDES(EVIDENCE_IESG_APPROVAL)},
	{CASE("P05", HOLDS, KAOS_ON_UDP), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("P05", "error", PORT("User")), DECIDES(0), .granted = {831, 831}},
	{CASE("P06", HOLDS, ""), DECIDES(0)},
	{CASE("P06", "error", PORT("276")), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("P06", "error", PORT("System")), DECIDES(0)},
	{CASE("P06", HOLDS, PORT("276")), DECIDES(EVIDENCE_IETF_REVIEW)},
	{CASE("P06", HOLDS, PORT("System")), DECIDES(EVIDENCE_IESG_APPROVAL)},
	{CASE("P06", "error", "Request: early\n" PORT("276")), DECIDES(0)},
	{CASE("P06", HOLDS, "Request: early\n" PORT("276")), DECIDES(EVIDENCE_DIRECTOR_AGREES)},
	{CASE("P06", HOLDS, LDAP_ON_UDP PORT("389")), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("P06", "error", LDAP_ON_UDP PORT("389")), DECIDES(EVIDENCE_EXPERT_OPINION)},
	{CASE("P06", HOLDS, LDAP_ON_UDP PORT("389")), DECIDES(EVIDENCE_EXPERT_YES), .granted = {389, 389}},
	{CASE("P06", "error", LDAP_ON_UDP PORT("389")), DECIDES(EVIDENCE_EXPERT_YES), .granted = {276, 276}},
	{CASE("P06", "error", UDP PORT("389")), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("P06", "error", LDAP_ON_UDP PORT("389, 276")), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("P07", "error", ""), DECIDES(0)},
	{CASE("P07", "error", PORT("User")), DECIDES(EVIDENCE_EXPERT_OPINION)},
	{CASE("P07", HOLDS, ""), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("P07", HOLDS, ALONE), DECIDES(0)},
	{CASE("P07", "error", PORT("web")), DECIDES(EVIDENCE_EXPERT_YES), .policy = &rule_pools_policy},
	{CASE("P07", HOLDS, PORT("web")), DECIDES(EVIDENCE_OWNER_AGREES), .policy = &rule_pools_policy},
	{CASE("P08", "error", ""), DECIDES(EVIDENCE_IESG_APPROVAL)},
	{CASE("P08", HOLDS, ""), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("P08", HOLDS, ""), DECIDES(EVIDENCE_STREAM_REVIEWED)},
	{CASE("P08", HOLDS, ALONE), DECIDES(0)},
	{CASE("P08", HOLDS, PORT("web")), DECIDES(0), .policy = &rule_pools_policy},
	{CASE("P09", HOLDS, ALONE), DECIDES(0)},
	{CASE("P09", "warning", ALONE), DECIDES(0), .is_held = true},
	{CASE("P09", HOLDS, ALONE "Service Name: other\n"), DECIDES(0), .is_held = true},
	{CASE("P10", HOLDS, ALONE), DECIDES(0)},
	{CASE("P10", "question", ALONE), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("P10", HOLDS, ""), DECIDES(EVIDENCE_EXPERT_YES)},
	{CASE("P12", HOLDS, "")},
	{CASE("P12", "warning", UDP PORT("9986"))},
	{CASE("P12", HOLDS, KAOS_ON_UDP)},
	{CASE("P12", HOLDS, UDP PORT("9986") BY_KAOS)},
	{CASE("P13", HOLDS, "")},
	{CASE("P13", "error", PORT("831"))},
	{CASE("P13", HOLDS, UDP PORT("9986"))},
	{CASE("P13", HOLDS, PORT("3980")), .policy = &released_again},
	{CASE("P13", "error", PORT("3980")), .policy = &released_never},
	{CASE("P14", HOLDS, "")},
	{CASE("P14", "warning", PORT("11434, 11435"))},
	{CASE("P14", "warning", BY_KAOS)},
	{CASE("P14", HOLDS, BY_KAOS ALONE)},
	{CASE("P14", HOLDS, "Assignee: IESG <iesg@ietf.org>\n")},
	{CASE("P15", HOLDS, "")},
	{CASE("P15", "error", PORT("11434, 11435"))},
	{CASE("P15", "error", PORT("11434, 11435") "Why Several Ports: 11434: control\n")},
	{CASE("P15", "error", PORT("11434, 11435") "Why Several Ports: 11434: control\n 11435:\n")},
	{CASE("P15", HOLDS, PORT("11434, 11435") "Why Several Ports: 11434: control\n 11435: bulk\n")},
	{CASE("P15", "error", PORT("11434-11436"))},
	{CASE("P15", HOLDS, PORT("11434-11436") "Why Several Ports: 11434-11436: one a host\n")},
	{CASE("P16", HOLDS, PORT("11434, 11435"))},
	{CASE("P16", "warning", PORT("11434-11436"))},
	{CASE("P17", HOLDS, ""), DECIDES(0), .granted = {11434, 11434}},
	{CASE("P17", "error", ""), DECIDES(0), .granted = {11435, 11435}},
	{CASE("P17", HOLDS, PORT("80")), DECIDES(0), .granted = {11435, 11435}},
	{CASE("P18", HOLDS, PORT("User")), DECIDES(0)},
	{CASE("P18", HOLDS, PORT("User")), DECIDES(0), .granted = {11435, 11435}},
	{CASE("P18", "error", PORT("User")), DECIDES(0), .granted = {276, 276}},
	{CASE("P18", "error", PORT("User")), DECIDES(0), .granted = {3478, 3478}},
	{CASE("P18", "error", BOTH PORT("User")), DECIDES(0), .granted = {9986, 9986}},
	{CASE("P18", HOLDS, PORT("System")), DECIDES(0), .granted = {276, 276}},
	{CASE("P18", "error", PORT("System")), DECIDES(0), .granted = {11435, 11435}},
	{CASE("P18", HOLDS, PORT("web")), DECIDES(0), .granted = {11435, 11435}, .policy = &rule_pools_policy},
	{CASE("P18", "error", PORT("web")), DECIDES(0), .granted = {11455, 11455}, .policy = &rule_pools_policy},
	{CASE("P18", HOLDS, PORT("old")), DECIDES(0), .granted = {3980, 3980}, .policy = &released_again},
	{CASE("P18", "error", PORT("old")), DECIDES(0), .granted = {3980, 3980}, .policy = &released_never},
	{CASE("P19", HOLDS, PORT("1020"))},
	{CASE("P19", "error", PORT("1021"))},
	{CASE("P19", "error", "Transport Protocols: sctp\n" PORT("1022"))},
	{CASE("P20", HOLDS, "")},
	{CASE("P20", "warning", PORT("276"))},
	{CASE("P20", "warning", PORT("System"))},
	{CASE("P21", HOLDS, "")},
	{CASE("P21", "warning", "Service Name: ldaps\n")},
	{CASE("P21", "error", "Service Name: stun-tls\n")},
	{CASE("P21", HOLDS, "Service Name: ldaps\nWhy Secure And Insecure: clients in use have no upgrade\n")},
	{CASE("P21", "warning", "Description: Secure Ollama\n")},
	{CASE("P21", HOLDS, "Description: Insecurely\n")},
};
/* clang-format on */

static void requests_break_the_rules_on_ports(void **state)
{
	(void)state;
	check_rule_cases(cases, ARRAY_LEN(cases));
}

static void each_rule_on_ports_has_rows(void **state)
{
	(void)state;
	check_rule_rows(cases, ARRAY_LEN(cases), rules_of_ports, RULES_OF_PORTS);
}

/* Another source of the roll has a port that is in a pool of this one. */
static void what_other_sources_have_is_told(void **state)
{
	(void)state;
	struct rule_setting own, iana;
	struct document d;
	struct request q;
	rule_setting_init(&own);
	rule_setting_init(&iana);
	rule_add_record(&iana, &(const struct rule_record){.first = 11434,
							   .last = 11434,
							   .transport = PORTROLL_TCP,
							   .name = "ollama",
							   .description = "Ollama"});
	struct roll roll = {.source_count = 2};
	roll.sources[0] = (struct source){.name = STR("acme"), .registry = own.registry};
	roll.sources[1] = (struct source){.name = STR("iana"), .registry = iana.registry};
	rule_read(&d, &(struct rule_case){.changes = "Service Name: wiki\n"}, &own.arena);
	assert_int_equal(request_read(&q, &d, policy_has_pool, &rule_pools_policy, &own.arena), 0);
	const struct rule_world world = {.roll = &roll,
					 .registry = own.registry,
					 .index = &own.index,
					 .policy = &rule_pools_policy};
	const struct request_check check = {.request = &q, .world = &world};
	struct finding_list found = {.arena = &own.arena};
	assert_int_equal(rules_check_request(&found, &check), 0);
	assert_int_equal(found.count, 1);
	assert_text(found.items[0].detail, "11434/tcp is of the source iana: ollama 11434/tcp");
	arena_done(&own.arena);
	arena_done(&iana.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_break_the_rules_on_ports),
		cmocka_unit_test(each_rule_on_ports_has_rows),
		cmocka_unit_test(what_other_sources_have_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

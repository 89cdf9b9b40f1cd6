/* SPDX-License-Identifier: MIT */

/* E: the ports for experiments, 1021 and 1022 (RFC 4727 section 6, RFC 6335 section 6.1). */

#include "procedure/rule_subject.h"
#include "procedure/rule_tables.h"

static const struct range experiment_ports = {1021, 1022};

/* Who asks for one of them wants it as the port that the service is at by default. */
static void test_default(struct finding_list *found, const struct request_check *s)
{
	if (s->request->wanted == WANTED_NUMBER && wants_port_in(s, experiment_ports))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
			    "'%.*s' would be at an experimental port by default",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

/* clang-format off */
const struct rule rules_of_experiments[RULES_OF_EXPERIMENTS] = {
	{.id = "E01", .origin = "RFC 7605 section 7.7; RFC 6335 section 10.2; RFC 3692 section 1.1",
	 .level = LEVEL_MUST, .binds = BINDS_DOCUMENT | BINDS_HOST,
	 .sentence = "1021 and 1022 are not the default port of anything that is shipped",
	 .remedy = "ask for a User Port, or for a name alone; let users choose the port of an experiment",
	 .where = "binds makers of programs; portroll finds a request that wants such a port, and lookup tells who has them",
	 .kinds = KINDS_NEW, .of_request = test_default},
	{.id = "E02", .origin = "RFC 3692 section 1", .level = LEVEL_STATED, .binds = BINDS_HOST,
	 .how = RULE_ELSEWHERE,
	 .sentence = "an experimental port is chosen and enabled by the user",
	 .remedy = "leave it off until the user sets it",
	 .where = "binds makers of programs: what a program does by itself is in no request and in no record"},
	{.id = "E03", .origin = "RFC 6335 section 6.1", .level = LEVEL_SHOULD, .binds = BINDS_HOST,
	 .how = RULE_ELSEWHERE,
	 .sentence = "a program on an experimental port makes sure that it speaks with the one it means",
	 .remedy = "send a nonce of 64 bits in each message, or at the beginning of a stream",
	 .where = "binds makers of programs: what they send is in no request and in no record"},
};
/* clang-format on */

/* SPDX-License-Identifier: MIT */

/* P: port numbers and ranges, as they are asked for. What a decision lacks is in
 * rule_ports_decision.c. */

#include "procedure/rule_ports.h"

#include "procedure/policy_parts.h"
#include "procedure/rule_records.h"
#include "procedure/rule_tables.h"
#include "registry/rule_text.h"

#define FINDING_MAX 4 /* rules of port_rules.c */

static void test_number(struct finding_list *found, struct portroll_str text)
{
	struct portroll_finding broken[FINDING_MAX];
	size_t count = portroll_check_port(text, broken, FINDING_MAX);
	for (size_t i = 0; i < count && i < FINDING_MAX; i++)
		if (str_equal(str_from(broken[i].rule), str_from(found->rule->id)))
			finding_add(found, DOC_PORT_NUMBER, NO_RECORD, "'%.*s'",
				    PORTROLL_STR_ARG(shown(text)));
}

/* The rules that libportroll asks, too. */
static void test_numbers(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	char text[RANGE_TEXT_MAX];
	if (q->bad_port.len && (is_digit(q->bad_port.ptr[0]) || q->bad_port.ptr[0] == '-'))
		test_number(found, q->bad_port);
	for (size_t i = 0; i < q->port_count; i++) {
		size_t len = range_format(text, q->ports[i]);
		test_number(found, (struct portroll_str){text, len});
	}
}

static bool is_reserved(const struct request_check *s, uint16_t port, uint8_t transport)
{
	return port_state_of(s->world->index, port, transport).state == PORTROLL_RESERVED;
}

static void tell_state(struct finding_list *found, const struct request_check *s, uint16_t port,
		       uint8_t transport)
{
	struct port_state state = port_state_of(s->world->index, port, transport);
	struct portroll_str at = port_text(found->arena, port, transport);
	uint32_t index = NO_RECORD;
	const struct record *r = assigned_at(s->world->index, port, transport, &index);
	if (state.state == PORTROLL_RESERVED && !is_own_companion(s, port, transport))
		finding_warn(found, DOC_PORT_NUMBER, NO_RECORD, "%.*s is Reserved: %s",
			     PORTROLL_STR_ARG(at), reason_words_of(state.reason)->sentence);
	else if (r && s->request->kind != REQUEST_NAME && s->request->kind != REQUEST_REUSE)
		finding_add(found, DOC_PORT_NUMBER, index, "%.*s is assigned: %.*s",
			    PORTROLL_STR_ARG(at), PORTROLL_STR_ARG(record_text(found->arena, r)));
}

/* What another registry of the roll says of ports that an organisation would give out. */
static void tell_other(struct finding_list *found, const struct source *other, struct range ports,
		       transport_set wanted)
{
	for (size_t i = 0; i < other->registry->record_count; i++) {
		const struct record *r = other->registry->records[i];
		bool is_there =
			r->has_port && r->port.first <= ports.last && ports.first <= r->port.last;
		bool fits = r->transport == PORTROLL_ANY || wanted & TRANSPORT_BIT(r->transport);
		if (!is_there || !fits)
			continue;
		if (row_kind_of(r, NULL) == ROW_UNASSIGNED && !source_has_pools(other))
			continue;
		uint16_t port = r->port.first > ports.first ? r->port.first : ports.first;
		struct portroll_str at = port_text(found->arena, port, r->transport);
		struct portroll_str text = record_text(found->arena, r);
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD, "%.*s is of the source %.*s: %.*s",
			    PORTROLL_STR_ARG(at), PORTROLL_STR_ARG(other->name),
			    PORTROLL_STR_ARG(text));
		return;
	}
}

static void tell_others(struct finding_list *found, const struct request_check *s)
{
	const struct rule_world *w = s->world;
	const struct request *q = s->request;
	for (size_t i = 0; w->roll && i < w->roll->source_count; i++) {
		const struct source *other = &w->roll->sources[i];
		if (other->registry == w->registry || other->coverage == COVERAGE_NAMES)
			continue;
		for (size_t k = 0; k < q->port_count; k++)
			tell_other(found, other, q->ports[k], q->transports);
	}
}

static void test_free_at(struct finding_list *found, const struct request_check *s, uint16_t port,
			 uint8_t transport)
{
	const struct policy *policy = s->world->policy;
	if (port > USER_PORTS.last)
		return;
	tell_state(found, s, port, transport);
	if (policy->is_rfc6335)
		return;
	struct portroll_str at = port_text(found->arena, port, transport);
	const struct pool *pool = policy_pool_of(policy, port, transport);
	if (!pool)
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD, "%.*s is in no pool of the policy",
			    PORTROLL_STR_ARG(at));
	else if (pool_holds_back(pool, port))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD, "%.*s is held back in the pool %.*s",
			    PORTROLL_STR_ARG(at), PORTROLL_STR_ARG(pool->name));
}

static void test_free(struct finding_list *found, const struct request_check *s)
{
	each_wanted(found, s, test_free_at);
	if (!is_by_rfc6335(s))
		tell_others(found, s);
}

bool wants_reserved_value(const struct request_check *s, uint16_t port, uint8_t transport)
{
	if (port > USER_PORTS.last || !is_reserved(s, port, transport))
		return false;
	return !policy_gives_again(s->world, port, transport) &&
	       !is_own_companion(s, port, transport);
}

static void test_statement_at(struct finding_list *found, const struct request_check *s,
			      uint16_t port, uint8_t transport)
{
	if (wants_reserved_value(s, port, transport))
		finding_add(found, DOC_WHY_RESERVED, NO_RECORD,
			    "%.*s is Reserved, and nothing says why it is the right one",
			    PORTROLL_STR_ARG(port_text(found->arena, port, transport)));
}

static void test_statement(struct finding_list *found, const struct request_check *s)
{
	if (is_blank(s, DOC_WHY_RESERVED))
		each_wanted(found, s, test_statement_at);
}

static void test_left(struct finding_list *found, const struct request_check *s, uint16_t port,
		      uint8_t transport)
{
	uint32_t left = policy_count_free(s->world, port, transport);
	if (left)
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
			    "%.*s, while %u of the %s are Unassigned",
			    PORTROLL_STR_ARG(port_text(found->arena, port, transport)),
			    (unsigned)left, port_class_of(port)->name);
}

static void test_companion_at(struct finding_list *found, const struct request_check *s,
			      uint16_t port, uint8_t transport)
{
	uint8_t reason = port_state_of(s->world->index, port, transport).reason;
	if (reason == PORTROLL_REASON_COMPANION && !is_own_companion(s, port, transport))
		test_left(found, s, port, transport);
}

static void test_companion(struct finding_list *found, const struct request_check *s)
{
	each_wanted(found, s, test_companion_at);
}

static void test_released_at(struct finding_list *found, const struct request_check *s,
			     uint16_t port, uint8_t transport)
{
	uint8_t reason = port_state_of(s->world->index, port, transport).reason;
	if (reason == PORTROLL_REASON_RELEASED && !policy_gives_again(s->world, port, transport))
		test_left(found, s, port, transport);
}

static void test_released(struct finding_list *found, const struct request_check *s)
{
	each_wanted(found, s, test_released_at);
}

static uint32_t count_ports(const struct request *q)
{
	uint32_t count = 0;
	for (size_t i = 0; i < q->port_count; i++)
		count += (uint32_t)q->ports[i].last - q->ports[i].first + 1;
	return count;
}

/* The IESG has many; each is of another document. */
static bool has_many(const struct party *p)
{
	return str_equal_fold(p->id, STR("IESG")) || str_equal_fold(p->name, STR("IESG"));
}

static void test_several(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	const struct rule_world *w = s->world;
	struct party_ids asks = party_find(w->registry, &q->assignee);
	uint32_t ports = count_ports(q);
	if (ports > 1)
		finding_warn(found, DOC_PORT_NUMBER, NO_RECORD, "%u ports in one request",
			     (unsigned)ports);
	if (q->wanted == WANTED_NONE || has_many(&q->assignee) || asks.count == 0)
		return;
	for (uint32_t i = 0; i < w->registry->record_count; i++) {
		const struct record *r = w->registry->records[i];
		if (!r->has_port || w->index->kinds[i] != ROW_ASSIGNED ||
		    !party_has(&asks, record_assignee(r)))
			continue;
		finding_warn(found, DOC_ASSIGNEE, i, "the assignee has a port already: %.*s",
			     PORTROLL_STR_ARG(record_text(found->arena, r)));
		return;
	}
}

/* "9001: ..." or "9001-9003: ...". */
static bool justifies(struct portroll_str line, struct range ports)
{
	struct range said;
	size_t colon = str_find_char(line, ':');
	if (colon == SIZE_MAX || str_trim(str_part(line, colon + 1, line.len)).len == 0)
		return false;
	if (range_parse(&said, str_trim(str_part(line, 0, colon))) < 0)
		return false;
	return said.first <= ports.first && ports.last <= said.last;
}

static bool is_justified(struct portroll_str text, struct range ports)
{
	struct portroll_str line;
	while (str_cut(&text, '\n', &line))
		if (justifies(str_trim(line), ports))
			return true;
	return false;
}

static void test_justified(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	char text[RANGE_TEXT_MAX];
	if (count_ports(q) < 2)
		return;
	for (size_t i = 0; i < q->port_count; i++) {
		(void)range_format(text, q->ports[i]);
		if (!is_justified(field_of(s, DOC_WHY_SEVERAL), q->ports[i]))
			finding_add(found, DOC_WHY_SEVERAL, NO_RECORD,
				    "nothing says why %s is a service of its own", text);
	}
}

static void test_range(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	char text[RANGE_TEXT_MAX];
	for (size_t i = 0; i < q->port_count; i++) {
		(void)range_format(text, q->ports[i]);
		if (q->ports[i].first < q->ports[i].last)
			finding_warn(found, DOC_PORT_NUMBER, NO_RECORD, "%s is a range", text);
	}
}

#define EXPERIMENT_FIRST 1021
#define EXPERIMENT_LAST  1022

static void test_experiment(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	for (size_t i = 0; i < q->port_count; i++)
		if (q->ports[i].first <= EXPERIMENT_LAST && EXPERIMENT_FIRST <= q->ports[i].last)
			finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
				    "1021 and 1022 are for experiments");
}

static void test_system(struct finding_list *found, const struct request_check *s)
{
	if (wants_port_in(s, SYSTEM_PORTS))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD, "it is one of the System Ports");
}

#define ANY_PORT_KINDS ((uint16_t)(KINDS_NEW | KIND_BIT(REQUEST_RESERVE)))
#define FRESH_KINDS                                                                                \
	((uint16_t)(KIND_BIT(REQUEST_ASSIGN) | KIND_BIT(REQUEST_TRANSPORT) |                       \
		    KIND_BIT(REQUEST_EARLY)))

/* clang-format off */
const struct rule rules_of_ports[RULES_OF_PORTS] = {
	{.id = "P01", .origin = P01_ORIGIN, .level = LEVEL_STATED, .binds = BINDS_REQUEST | BINDS_RECORD,
	 .is_form = true, .sentence = P01_TEXT,
	 .remedy = "write a number, or a range that goes up within one of the three ranges",
	 .kinds = ANY_PORT_KINDS, .of_request = test_numbers, .of_records = records_port_range},
	{.id = "P02", .origin = P02_ORIGIN "; RFC 4340 section 19.9", .level = LEVEL_MUST,
	 .binds = BINDS_REQUEST | BINDS_RECORD, .is_form = true, .sentence = P02_TEXT,
	 .remedy = "choose a User Port, or let the program use a Dynamic Port without an assignment",
	 .kinds = ANY_PORT_KINDS, .of_request = test_numbers, .of_records = records_port_dynamic},
	{.id = "P03", .origin = "RFC 6335 sections 6 and 8.1", .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .sentence = "only Unassigned ports are given out in the regular way; 0, 1023, 1024, 49151 and all others that are Reserved are not",
	 .remedy = "choose an Unassigned port (portroll free), or let one be chosen (User, or a pool by its name); a Reserved one needs a statement and the IESG",
	 .kinds = KINDS_NEW, .of_request = test_free},
	{.id = "P04", .origin = "RFC 6335 section 8.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request for a Reserved port says why a Reserved one is right, but for the assignee of the port on another transport",
	 .remedy = "fill in Why Reserved, or choose an Unassigned port",
	 .kinds = KINDS_NEW, .of_request = test_statement},
	{.id = "P05", .origin = "RFC 6335 section 8.1", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a Reserved port is granted only by Standards Action or IESG Approval",
	 .remedy = "put the approval on file, with its reference",
	 .kinds = KINDS_NEW, .of_decision = decide_reserved},
	{.id = "P06", .origin = "RFC 6335 sections 8.1 and 8.1.2", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a System Port is granted only by IETF Review or IESG Approval; one that is held for the assignee of another transport, to that one, by Expert Review",
	 .remedy = "put the approval on file, with its reference",
	 .kinds = KINDS_NEW, .of_decision = decide_system},
	{.id = "P07", .origin = "RFC 6335 section 8.1.2", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a User Port is granted only by Expert Review, IETF Review or IESG Approval; a port of a pool by its owner or reviewers",
	 .remedy = "wait for the experts' recommendation, or for who decides in the pool",
	 .kinds = KINDS_NEW, .of_decision = decide_user},
	{.id = "P08", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_ACTION,
	 .sentence = "every request for a port opens an Expert Review",
	 .remedy = "hear the experts; where the IETF decides, informally",
	 .kinds = KINDS_NEW, .of_decision = decide_heard},
	{.id = "P09", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_SHOULD, .binds = BINDS_ACTION,
	 .sentence = "requests for names alone are served in the order in which they came",
	 .remedy = "decide the earlier request first",
	 .where = "the number of a request is its place in the order of arrival",
	 .kinds = KINDS_NEW, .of_decision = decide_order},
	{.id = "P10", .origin = "RFC 6335 section 7.2", .level = LEVEL_MAY, .binds = BINDS_ACTION, .how = RULE_ASKED,
	 .sentence = "a request for a name alone may be sent to the experts",
	 .remedy = "Why were the experts asked about a name alone?",
	 .kinds = KINDS_NEW, .of_decision = decide_name_alone},
	{.id = "P11", .origin = "RFC 6335 sections 7.2 and 8.1", .level = LEVEL_STATED, .binds = BINDS_ACTION | BINDS_RECORD,
	 .sentence = "once a port is assigned it is Reserved on every transport that was not asked for",
	 .remedy = "write a Reserved row for tcp and udp; for all others it follows",
	 .where = "states are derived so; an assignment writes the row for tcp and udp, as IANA does",
	 .of_records = records_port_companion},
	{.id = "P12", .origin = "RFC 6335 section 8.1", .level = LEVEL_SHOULD, .binds = BINDS_ACTION,
	 .sentence = "a port that is Reserved for the assignee of another transport goes to nobody else while others of its range are Unassigned",
	 .remedy = "choose an Unassigned port",
	 .kinds = KINDS_NEW, .of_request = test_companion},
	{.id = "P13", .origin = "RFC 6335 section 8.2", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a port that was released is not assigned again while others of its range are Unassigned",
	 .remedy = "choose an Unassigned port",
	 .kinds = KINDS_NEW, .of_request = test_released},
	{.id = "P14", .origin = "RFC 6335 section 7.2", .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .sentence = "a service has one port",
	 .remedy = "tell services apart within one connection, and ask for one port",
	 .kinds = FRESH_KINDS & (uint16_t)~KIND_BIT(REQUEST_TRANSPORT), .of_request = test_several},
	{.id = "P15", .origin = "RFC 7605 section 6", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "of several ports each one is justified as a service of its own",
	 .remedy = "fill in Why Several Ports, a line for each: 9001: ...",
	 .kinds = KINDS_NEW, .of_request = test_justified},
	{.id = "P16", .origin = "RFC 6335 section 7.2; RFC 7605 section 7.2", .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .sentence = "ranges of ports are not assigned any more",
	 .remedy = "ask for one port; that others have ranges is no precedent",
	 .kinds = KINDS_NEW, .of_request = test_range},
	{.id = "P17", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "the number that is asked for is granted where it is free",
	 .remedy = "grant it, or record why not",
	 .kinds = KINDS_NEW, .of_decision = decide_wanted},
	{.id = "P18", .origin = "RFC 6335 section 8.1.1; RFC 7605 section 7.3", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a number that the registry chooses lies in the range that was asked for, and is Unassigned on all transports asked for",
	 .remedy = "choose another one (portroll free)",
	 .kinds = KINDS_NEW, .of_decision = decide_chosen},
	{.id = "P19", .origin = "RFC 6335 sections 6.1 and 10.2; RFC 4727", .level = LEVEL_STATED, .binds = BINDS_RECORD,
	 .sentence = "1021 and 1022 are exp1 and exp2 on every transport, of the IESG, and nobody else's",
	 .remedy = "choose another port; for an experiment use 1021 or 1022 without an assignment",
	 .kinds = ANY_PORT_KINDS, .of_request = test_experiment, .of_records = records_port_experiment},
	{.id = "P20", .origin = "RFC 7605 section 7.3", .level = LEVEL_SHOULD, .binds = BINDS_REQUEST,
	 .sentence = "new services do not ask for a System Port",
	 .remedy = "ask for a User Port",
	 .kinds = KINDS_NEW, .of_request = test_system},
	{.id = "P21", .origin = "RFC 6335 section 9; RFC 7605 section 7.4", .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .sentence = "a service has no second port or name for its secure variant",
	 .remedy = "secure the service on the port that it has, or fill in Why Secure And Insecure",
	 .kinds = KINDS_NEW & (uint16_t)~KIND_BIT(REQUEST_TRANSPORT), .of_request = test_secure_variant},
};
/* clang-format on */

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Rows for the tests of the rules on requests: a request that breaks nothing, changed by the lines
 * of the row, and what one rule then finds. The registry is made of records of IANA's.
 */

#include "procedure/rule.h"
#include "procedure/rule_tables.h"
#include "test.h"

/* A case that breaks a rule says as what: "error", "warning", "question", "notice". */
#define HOLDS                       NULL
#define CASE(rule, severity, lines) .id = (rule), .found = (severity), .changes = lines

struct rule_case {
	const char *id;
	const char *found;   /* HOLDS, or the severity */
	const char *changes; /* lines of a request in place of those of rule_request */
	bool decides;        /* tested before a decision, with this on file */
	uint32_t items;
	struct range granted;        /* where it is not 0-0 */
	const struct policy *policy; /* NULL: RFC 6335's */
	bool is_held;                /* while R-7 holds ollama, 11434/tcp and 11434/udp */
	uint8_t renewals;            /* that it had before */
};

static const char rule_request[] =
	"Service Name: ollama\n"
	"Transport Protocols: tcp\n"
	"Port Number: 11434\n"
	"Description: Ollama\n"
	"Assignee: Example <ports@example.com>\n"
	"Contact: Example <ports@example.com>\n"
	"Reference: requests and answers are JSON over HTTP, one object a line\n"
	"Broadcast Use: none\n"
	"Why Not Dynamic: programs on other hosts look for it there\n"
	"Defined TXT Keys: none\n"
	"State of Development: in use on tcp\n"
	"Versioning: the path of a request tells it\n"
	"Security: TLS\n";

struct rule_person {
	const char *id, *name, *org, *uri;
};

static const struct rule_person rule_people[] = {
	{"IESG", NULL, "IESG", "mailto:iesg&ietf.org"},
	{"IETF_Chair", "IETF Chair", "IETF", "mailto:chair&ietf.org"},
	{"KAOS_Management_Group_LLC", "KAOS Management Group, LLC", NULL,
	 "mailto:phil&GotKAOS.com"},
	{"Dave_Mills", "Dave Mills", NULL, NULL},
	{"Eddie_Kohler", "Eddie Kohler", NULL, NULL},
	{"Jon_Postel", "Jon Postel", NULL, NULL},
	{"Tim_Howes", "Tim Howes", NULL, NULL},
};

struct rule_record {
	uint16_t first, last; /* 0, 0: a name alone */
	uint8_t transport;
	uint32_t code;
	const char *name, *description, *person, *note;
};

/* clang-format off */
static const struct rule_record rule_records[] = {
	{2, 2, PORTROLL_TCP, 0, NULL, "Reserved", NULL, "De-assigned on 2025-02-13, previously compressnet"},
	{9, 9, PORTROLL_TCP, 0, "discard", "Discard", "Jon_Postel", NULL},
	{9, 9, PORTROLL_UDP, 0, "discard", "Discard", "Jon_Postel", NULL},
	{9, 9, PORTROLL_DCCP, 1145656131, "discard", "Discard", "Eddie_Kohler", NULL},
	{80, 80, PORTROLL_TCP, 0, "http", "World Wide Web HTTP", "IESG", NULL},
	{80, 80, PORTROLL_TCP, 0, "www", "World Wide Web HTTP", "IESG",
	 "This is a duplicate of the \"http\" service and should not be used for discovery purposes."},
	{123, 123, PORTROLL_TCP, 0, "ntp", "Network Time Protocol", "Dave_Mills", NULL},
	{123, 123, PORTROLL_UDP, 0, "ntp", "Network Time Protocol", "Dave_Mills", NULL},
	{225, 241, PORTROLL_ANY, 0, NULL, "Reserved", NULL, NULL},
	{276, 279, PORTROLL_ANY, 0, NULL, "Unassigned", NULL, NULL},
	{389, 389, PORTROLL_TCP, 0, "ldap", "Lightweight Directory Access Protocol", "Tim_Howes", NULL},
	{831, 831, PORTROLL_TCP, 0, NULL, "Reserved", NULL, "Previously assigned to NETCONF over BEEP but released"},
	{831, 831, PORTROLL_UDP, 0, NULL, "Reserved", NULL, "Previously assigned to NETCONF over BEEP but released"},
	{1021, 1021, PORTROLL_TCP, 0, "exp1", "RFC3692-style Experiment 1", "IESG", NULL},
	{1024, 1024, PORTROLL_TCP, 0, NULL, "Reserved", NULL, NULL},
	{3478, 3478, PORTROLL_TCP, 0, "stun", "Session Traversal Utilities for NAT (STUN) port", "IESG", NULL},
	{3980, 3980, PORTROLL_TCP, 0, NULL, "Reserved", NULL, "Historic usage was acms. De-Assigned on 2020-12-29"},
	{4556, 4556, PORTROLL_TCP, 0, "dtn-bundle", "DTN Bundle TCP CL Protocol", NULL, NULL},
	{4556, 4556, PORTROLL_DCCP, 1685351985, "dtn-bundle", "DTN Bundle DCCP CL Protocol", NULL, NULL},
	{9986, 9986, PORTROLL_TCP, 0, "kaostransport",
	 "KAOS secure message transport protocol for safety-critical environments",
	 "KAOS_Management_Group_LLC", NULL},
	{9986, 9986, PORTROLL_UDP, 0, NULL, "Reserved", NULL, NULL},
	{11431, 11488, PORTROLL_ANY, 0, NULL, "Unassigned", NULL, NULL},
	{0, 0, PORTROLL_ANY, 0, "1password", "1Password Password Manager data sharing and synchronization protocol", NULL, NULL},
};
/* clang-format on */

/* An organisation with two pools; the second one is decided by reviewers. */
static const struct range rule_pool_reserved[] = {{11440, 11441}};
static const struct portroll_str rule_reviewers[] = {STR_INIT("lab-review")};
static const struct pool rule_pools[] = {
	{.name = STR_INIT("web"),
	 .ports = {{11431, 11450}},
	 .port_count = 1,
	 .transports = TRANSPORTS_ALL,
	 .owner = STR_INIT("web"),
	 .reserved = rule_pool_reserved,
	 .reserved_count = 1},
	{.name = STR_INIT("lab"),
	 .ports = {{11451, 11460}},
	 .port_count = 1,
	 .transports = TRANSPORTS_ALL,
	 .owner = STR_INIT("lab"),
	 .reviewers = rule_reviewers,
	 .reviewer_count = 1,
	 .approvals = 1},
};
static const struct policy rule_pools_policy = {
	.source = STR_INIT("acme"),
	.pools = rule_pools,
	.pool_count = ARRAY_LEN(rule_pools),
	.description_max = 40,
	.description_limit = 400,
};

static const struct hold rule_holds[] = {
	{.request = STR_INIT("R-7"),
	 .name = STR_INIT("ollama"),
	 .ports = {11434, 11434},
	 .transports = TRANSPORT_BIT(PORTROLL_TCP) | TRANSPORT_BIT(PORTROLL_UDP)},
};
static const struct portroll_str rule_past_names[] = {STR_INIT("avi-nms")};

struct rule_setting {
	struct arena arena;
	struct registry *registry;
	struct port_index index;
};

static inline struct xref_list rule_person_list(struct arena *a, const char *id)
{
	struct xref *x = arena_alloc(a, sizeof(*x));
	assert_non_null(x);
	*x = (struct xref){.type = XREF_PERSON, .data = str_from(id)};
	return (struct xref_list){x, id ? 1 : 0};
}

static inline void rule_add_record(struct rule_setting *s, const struct rule_record *row)
{
	const struct record r = {
		.name = str_from(row->name),
		.port = {row->first, row->last},
		.has_port = row->last != 0,
		.transport = row->transport,
		.service_code = row->code,
		.has_service_code = row->code != 0,
		.description = richtext_plain(&s->arena, str_from(row->description)),
		.note = richtext_plain(&s->arena, str_from(row->note)),
		.contacts = rule_person_list(&s->arena, row->person),
	};
	assert_int_equal(registry_add(s->registry, &r), 0);
}

static inline void rule_setting_init(struct rule_setting *s)
{
	*s = (struct rule_setting){0};
	s->registry = registry_new(&s->arena);
	assert_non_null(s->registry);
	for (size_t i = 0; i < ARRAY_LEN(rule_records); i++)
		rule_add_record(s, &rule_records[i]);
	for (size_t i = 0; i < ARRAY_LEN(rule_people); i++) {
		struct portroll_str *uri = arena_alloc(&s->arena, sizeof(*uri));
		assert_non_null(uri);
		*uri = str_from(rule_people[i].uri);
		const struct person p = {.id = str_from(rule_people[i].id),
					 .name = str_from(rule_people[i].name),
					 .org = str_from(rule_people[i].org),
					 .uris = uri,
					 .uri_count = uri->len ? 1 : 0};
		assert_int_equal(registry_add_person(s->registry, &p), 0);
	}
	assert_int_equal(port_index_build(&s->index, s->registry, &s->arena), 0);
}

/* The request of rule_request with the lines of the row in the place of its own. */
static inline void rule_read(struct document *ret, const struct rule_case *c, struct arena *a)
{
	struct portroll_error err = {0};
	struct document changes;
	char lines[4096];
	/* One that has empty fields only is none. */
	(void)snprintf(lines, sizeof(lines), "Source: iana\n%s", c->changes);
	assert_int_equal(document_read(ret, str_from(rule_request), a, &err), 0);
	if (document_read(&changes, str_from(lines), a, &err) < 0)
		fail_msg("%s: %s", c->changes, err.text);
	for (size_t i = 0; i < DOC_FIELD_COUNT; i++)
		if (changes.lines[i])
			ret->values[i] = changes.values[i];
}

static inline void rule_find_all(struct finding_list *ret, struct rule_setting *s,
				 const struct rule_case *c)
{
	struct document document;
	struct request request;
	const struct policy *policy = c->policy ? c->policy : &policy_rfc6335;
	rule_read(&document, c, &s->arena);
	assert_int_equal(request_read(&request, &document, policy_has_pool, policy, &s->arena), 0);
	const struct rule_world world = {
		.registry = s->registry,
		.index = &s->index,
		.policy = policy,
		.holds = rule_holds,
		.hold_count = c->is_held ? ARRAY_LEN(rule_holds) : 0,
		.past_names = rule_past_names,
		.past_name_count = ARRAY_LEN(rule_past_names),
		.today = {2026, 2, 13},
	};
	const struct evidence evidence = {.items = c->items,
					  .granted = c->granted,
					  .has_granted = c->granted.last != 0,
					  .renewals = c->renewals};
	const struct request_check check = {
		.request = &request, .world = &world, .evidence = c->decides ? &evidence : NULL};
	*ret = (struct finding_list){.arena = &s->arena};
	assert_int_equal(rules_check_request(ret, &check), 0);
}

/* The severity of the gravest finding of that rule; HOLDS: none. */
static inline const char *rule_found(const struct finding_list *found, const char *id)
{
	const struct finding *gravest = NULL;
	for (size_t i = 0; i < found->count; i++) {
		const struct finding *f = &found->items[i];
		if (str_equal(str_from(f->rule->id), str_from(id)) &&
		    (!gravest || finding_severity(f) < finding_severity(gravest)))
			gravest = f;
	}
	return gravest ? severity_name(finding_severity(gravest)) : HOLDS;
}

static inline void check_rule_cases(const struct rule_case *cases, size_t count)
{
	size_t wrong = 0;
	for (size_t i = 0; i < count; i++) {
		struct rule_setting s;
		struct finding_list found;
		rule_setting_init(&s);
		rule_find_all(&found, &s, &cases[i]);
		struct portroll_str got = str_from(rule_found(&found, cases[i].id));
		if (!str_equal(got, str_from(cases[i].found))) {
			print_error("%s, row %zu '%s': found '%.*s'\n", cases[i].id, i,
				    cases[i].changes, PORTROLL_STR_ARG(got));
			wrong++;
		}
		arena_done(&s.arena);
	}
	assert_int_equal(wrong, 0);
}

/* Each rule of the family that tests requests has a row that breaks it and one that holds. */
static inline void check_rule_rows(const struct rule_case *cases, size_t count,
				   const struct rule *family, size_t family_count)
{
	for (size_t i = 0; i < family_count; i++) {
		size_t breaking = 0, holding = 0;
		for (size_t k = 0; k < count; k++) {
			bool is_own = str_equal(str_from(cases[k].id), str_from(family[i].id));
			breaking += is_own && cases[k].found;
			holding += is_own && !cases[k].found;
		}
		bool is_tested = family[i].of_request || family[i].of_decision;
		if (is_tested && (breaking == 0 || holding == 0))
			fail_msg("%s: %zu rows break it, %zu hold", family[i].id, breaking,
				 holding);
		if (!is_tested && breaking + holding)
			fail_msg("%s: has rows, and no test", family[i].id);
		if (!is_tested && !family[i].of_records && !family[i].where)
			fail_msg("%s: nobody keeps it", family[i].id);
	}
}

/* SPDX-License-Identifier: MIT */
#pragma once

/* A small registry with its assignees, and requests to it. */

#include "procedure/rule.h"
#include "small.h"

/* Assigned to Example_Org, who can be reached at ports@example.com, are those with a name. */
static const struct small_row policy_rows[] = {
	{NULL, "0", NULL, "Reserved", NULL},
	{NULL, "1-8", NULL, "Unassigned", NULL},
	{"echo", "7", "tcp", "Echo", NULL},
	{NULL, "1023-1024", NULL, "Reserved", NULL},
	{NULL, "5000-5009", NULL, "Unassigned", NULL},
	{"spool", "5001", "tcp", "Spooling", NULL},
	{NULL, "5001", "udp", "Reserved", NULL},
	{NULL, "5002", NULL, "Reserved",
	 "De-assigned on 2025-02-13, previously old by [Example_Org]"},
	{NULL, "49151", NULL, "Reserved", NULL},
	{"texts", NULL, "tcp", "Texts", NULL},
};

struct policy_world {
	struct arena arena;
	struct registry *registry;
	struct port_index index;
	struct rule_world world;
	struct document document;
};

static inline void policy_world_begin(struct policy_world *w, const struct policy *policy)
{
	static const struct portroll_str uri = STR_INIT("mailto:ports&example.com");
	static const struct person organisation = {
		.id = STR_INIT("Example_Org"),
		.org = STR_INIT("Example Organisation"),
		.uris = &uri,
		.uri_count = 1,
	};
	static const struct xref reference = {.type = XREF_PERSON, .data = STR_INIT("Example_Org")};
	*w = (struct policy_world){0};
	w->registry = registry_new(&w->arena);
	assert_non_null(w->registry);
	for (size_t i = 0; i < ARRAY_LEN(policy_rows); i++) {
		struct record r;
		assert_true(small_record(&r, &policy_rows[i], &w->arena));
		if (r.name.len)
			r.contacts = (struct xref_list){&reference, 1};
		assert_int_equal(registry_add(w->registry, &r), PORTROLL_OK);
	}
	assert_int_equal(registry_add_person(w->registry, &organisation), PORTROLL_OK);
	assert_int_equal(port_index_build(&w->index, w->registry, &w->arena), PORTROLL_OK);
	w->world = (struct rule_world){
		.registry = w->registry,
		.index = &w->index,
		.policy = policy,
	};
}

static inline void policy_world_end(struct policy_world *w)
{
	arena_done(&w->arena);
}

#define TCP  TRANSPORT_BIT(PORTROLL_TCP)
#define UDP  TRANSPORT_BIT(PORTROLL_UDP)
#define SCTP TRANSPORT_BIT(PORTROLL_SCTP)
#define DCCP TRANSPORT_BIT(PORTROLL_DCCP)

/* A request as a row of a table has it: `ports` is a number, a range, User, System, or the name of
 * a pool. */
struct policy_request {
	uint8_t kind;
	const char *name, *ports;
	transport_set transports;
};

static inline struct request policy_request(const struct policy_request *row,
					    const struct document *document)
{
	struct request q = {
		.document = document,
		.kind = row->kind,
		.name = row->name ? str_from(row->name) : STR(""),
		.transports = row->transports,
	};
	struct portroll_str ports = str_from(row->ports);
	if (str_equal(ports, STR("User")))
		q.wanted = WANTED_USER;
	else if (str_equal(ports, STR("System")))
		q.wanted = WANTED_SYSTEM;
	else if (range_parse(&q.ports[0], ports) == PORTROLL_OK)
		q.wanted = WANTED_NUMBER;
	else if (ports.len)
		q.wanted = WANTED_POOL;
	q.port_count = q.wanted == WANTED_NUMBER;
	q.pool = q.wanted == WANTED_POOL ? ports : STR("");
	return q;
}

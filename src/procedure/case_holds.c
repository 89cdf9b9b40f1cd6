/* SPDX-License-Identifier: MIT */
#include "procedure/guards.h"

#include "procedure/rule_subject.h"

/* What a request holds while it is open: first come, first served. */

/* A further name is on a port that is assigned: no port is taken. */
static bool takes_ports(const struct request *q)
{
	return q->kind == REQUEST_ASSIGN || q->kind == REQUEST_TRANSPORT ||
	       q->kind == REQUEST_EARLY || q->kind == REQUEST_RESERVE;
}

/* A new assignment has its port on the others, too, as Reserved (RFC 6335 section 7.2). */
static transport_set wanted_transports(const struct request *q)
{
	return q->kind == REQUEST_ASSIGN || q->kind == REQUEST_EARLY ? TRANSPORTS_ALL
								     : q->transports;
}

/* The i-th range that it wants; false: there are no more. */
static bool wanted_range(struct range *ret, const struct request *q, const struct evidence *e,
			 size_t i)
{
	if (!takes_ports(q))
		return false;
	if (e->has_granted) {
		*ret = e->granted;
		return i == 0;
	}
	if (q->wanted != WANTED_NUMBER || i >= q->port_count)
		return false;
	*ret = q->ports[i];
	return true;
}

size_t case_holds(struct hold *ret, size_t max, const struct request_case *c, struct arena *a)
{
	struct request q;
	char id[CASE_ID_MAX];
	struct range range;
	size_t count = 0;
	const struct document *d = &c->revisions[c->revision_count - 1].document;
	if (!state_holds(c->state) || request_read(&q, d, NULL, NULL, a) < 0)
		return 0;
	struct hold hold = {.source = c->source, .name = new_name_of(&q)};
	hold.request = arena_str(a, (struct portroll_str){id, case_id(id, c->number)});
	for (size_t i = 0; wanted_range(&range, &q, &c->evidence, i); i++) {
		hold.ports = range;
		hold.transports = wanted_transports(&q);
		if (count < max)
			ret[count] = hold;
		count++;
	}
	if (count == 0 && hold.name.len > 0) {
		if (max > 0)
			ret[0] = hold;
		count = 1;
	}
	return count < max ? count : max;
}

static bool is_earlier(const struct hold *hold, uint64_t number)
{
	uint64_t other;
	return case_id_parse(&other, hold->request) == PORTROLL_OK && other < number;
}

const struct hold *case_held_before(const struct case_context *c)
{
	struct range range;
	const struct evidence *e = &c->request->evidence;
	struct portroll_str name = new_name_of(c->asked);
	for (size_t i = 0; i < e->override_count; i++)
		if (str_equal_fold(e->overrides[i].rule, STR("Q24")))
			return NULL;
	for (size_t k = 0; k < c->world->hold_count; k++) {
		const struct hold *h = &c->world->holds[k];
		if (!is_earlier(h, c->request->number))
			continue;
		if (name.len > 0 && str_equal_fold(name, h->name))
			return h;
		for (size_t i = 0; wanted_range(&range, c->asked, e, i); i++)
			if (h->transports & wanted_transports(c->asked) &&
			    range.first <= h->ports.last && h->ports.first <= range.last)
				return h;
	}
	return NULL;
}

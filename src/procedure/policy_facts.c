/* SPDX-License-Identifier: MIT */
#include "procedure/policy_facts.h"

#include "base/str.h"
#include "procedure/policy_parts.h"
#include "registry/state.h"

#define CODES_FEW 5 /* RFC 6335 section 10.3.1 */

/* RFC 4340 section 8.1.2: blank, - . /, digits, capitals in all four bytes. */
static bool is_standard_code(uint32_t code)
{
	for (unsigned shift = 0; shift < 32; shift += 8) {
		uint8_t byte = (uint8_t)(code >> shift);
		bool is_one =
			byte == ' ' || (byte >= '-' && byte <= '9') || (byte >= 'A' && byte <= 'Z');
		if (!is_one)
			return false;
	}
	return true;
}

static bool is_yes(const struct request *q, enum document_field field)
{
	return q->document && str_equal_fold(str_trim(q->document->values[field]), STR("yes"));
}

/* RFC 6335 section 8.1.1: unauthorized uses and notes may be added by IANA. */
static bool has_notes_only(const struct document *d)
{
	static const uint8_t others[] = {
		DOC_PROPOSED_NAME, DOC_SERVICE_CODE,          DOC_DESCRIPTION, DOC_ASSIGNEE,
		DOC_ASSIGNEE_TYPE, DOC_ASSIGNEE_ORGANIZATION, DOC_ASSIGNEE_ID, DOC_CONTACT,
		DOC_CONTACT_TYPE,  DOC_CONTACT_ORGANIZATION,  DOC_CONTACT_ID,  DOC_CONTACT_ADDRESS,
		DOC_REFERENCE};
	for (size_t i = 0; d && i < sizeof(others); i++)
		if (d->values[others[i]].len)
			return false;
	return d && (d->values[DOC_NOTES].len || d->values[DOC_UNAUTHORIZED].len);
}

static uint32_t facts_of_document(const struct request *q, uint32_t by)
{
	uint32_t bits = q->is_ietf ? FACT_IETF : 0;
	bits |= by & EVIDENCE_BY_ASSIGNEE ? FACT_BY_ASSIGNEE : 0;
	bits |= by & EVIDENCE_BY_CONTACT ? FACT_BY_CONTACT : 0;
	bits |= by & EVIDENCE_BY_REGISTRAR ? FACT_BY_REGISTRAR : 0;
	bits |= q->transports & TRANSPORT_BIT(PORTROLL_DCCP) ? FACT_DCCP : 0;
	bits |= q->code_count > CODES_FEW ? FACT_MANY_CODES : 0;
	for (size_t i = 0; i < q->code_count && i < REQUEST_CODE_MAX; i++)
		bits |= is_standard_code(q->codes[i]) ? FACT_STANDARD_CODE : 0;
	bits |= is_yes(q, DOC_RELEASE_NAME) ? FACT_NAME_TOO : 0;
	bits |= is_yes(q, DOC_CLEARLY_UNUSED) ? FACT_CLEARLY_UNUSED : 0;
	bits |= has_notes_only(q->document) ? FACT_NOTES_ONLY : 0;
	return bits;
}

static bool mails_equal(struct portroll_str uri, struct portroll_str mail)
{
	if (!str_starts_fold(uri, STR("mailto:")))
		return false;
	uri = str_part(uri, sizeof("mailto:") - 1, uri.len);
	if (uri.len != mail.len || !mail.len)
		return false;
	for (size_t i = 0; i < uri.len; i++) {
		char a = uri.ptr[i] == '&' ? '@' : fold_char(uri.ptr[i]);
		char b = mail.ptr[i] == '&' ? '@' : fold_char(mail.ptr[i]);
		if (a != b)
			return false;
	}
	return true;
}

static bool is_person(const struct person *p, const struct party *party)
{
	for (size_t i = 0; i < p->uri_count; i++)
		if (mails_equal(p->uris[i], party->mail))
			return true;
	return false;
}

static bool is_assignee(const struct registry *reg, const struct record *r,
			const struct party *party)
{
	struct xref_list assignee = record_assignee(r);
	for (size_t i = 0; i < assignee.count; i++) {
		struct portroll_str id = assignee.items[i].data;
		if (party->id.len && str_equal(party->id, id))
			return true;
		for (size_t k = 0; k < reg->person_count; k++)
			if (str_equal(reg->people[k]->id, id) && is_person(reg->people[k], party))
				return true;
	}
	return false;
}

/* A further transport that names no other assignee stays with the one that the name has. */
static bool is_taken_over(const struct request *q, const struct record *r)
{
	const struct party *p = &q->assignee;
	return q->kind == REQUEST_TRANSPORT && p->name.len + p->mail.len + p->id.len == 0 &&
	       str_equal_fold(q->name, r->name);
}

/* Where the port is kept for its assignee: is that who is named? */
static bool is_kept_for(const struct rule_world *w, const struct request *q, uint16_t port)
{
	const struct port_index *index = w->index;
	for (uint32_t i = index->starts[port]; i < index->starts[port + 1]; i++) {
		uint32_t at = index->entries[i];
		const struct record *r = w->registry->records[at];
		if (index->kinds[at] == ROW_ASSIGNED &&
		    (is_assignee(w->registry, r, &q->assignee) || is_taken_over(q, r)))
			return true;
	}
	return false;
}

static uint32_t facts_of_assigned(const struct rule_world *w, const struct request *q,
				  uint16_t port, uint8_t transport)
{
	uint32_t found[16], bits = 0;
	size_t count = port_records(w->index, port, transport, found, 16);
	for (size_t i = 0; i < count && i < 16; i++) {
		const struct record *r = w->registry->records[found[i]];
		struct portroll_str text;
		bool is_own = r->name.len && str_equal_fold(r->name, q->name);
		if (w->index->kinds[found[i]] != ROW_ASSIGNED || is_own)
			continue;
		bits |= FACT_ASSIGNED;
		if (q->document && richtext_is_plain(r->description, &text) && text.len &&
		    str_equal_squeezed(text, q->document->values[DOC_DESCRIPTION]))
			bits |= FACT_SAME_SERVICE;
	}
	return bits;
}

static uint32_t facts_of_state(const struct rule_world *w, const struct request *q, uint16_t port,
			       uint8_t transport, uint32_t bits)
{
	struct port_state s = port_state_of(w->index, port, transport);
	if (s.state == PORTROLL_ASSIGNED)
		return facts_of_assigned(w, q, port, transport);
	if (s.state != PORTROLL_RESERVED)
		return 0;
	bool asks_for_it = bits & (FACT_BY_ASSIGNEE | FACT_BY_CONTACT);
	if (s.reason == PORTROLL_REASON_COMPANION && (asks_for_it || is_kept_for(w, q, port)))
		return FACT_COMPANION;
	return FACT_RESERVED;
}

static uint32_t class_fact(uint16_t port)
{
	static const uint32_t facts[PORT_CLASS_COUNT] = {FACT_SYSTEM, FACT_USER, FACT_DYNAMIC};
	return facts[port_class_of(port) - port_classes];
}

static bool is_of_others(const struct rule_world *w, struct range ports)
{
	for (size_t i = 0; w->roll && i < w->roll->source_count; i++) {
		const struct source *s = &w->roll->sources[i];
		if (!source_has_pools(s) || str_equal(s->name, w->policy->source))
			continue;
		for (size_t k = 0; k < s->registry->record_count; k++) {
			const struct record *r = s->registry->records[k];
			if (r->has_port && r->port.first <= ports.last &&
			    ports.first <= r->port.last)
				return true;
		}
	}
	return false;
}

struct gathering {
	const struct rule_world *world;
	const struct request *request;
	struct policy_facts facts;
	bool is_outside; /* of every pool */
};

static void gather_pool(struct gathering *g, const struct pool *pool, uint16_t port)
{
	struct policy_facts *facts = &g->facts;
	if (!pool)
		g->is_outside = true;
	else if (facts->pool && facts->pool != pool)
		facts->bits |= FACT_SEVERAL_POOLS;
	else
		facts->pool = pool;
	if (pool && pool_holds_back(pool, port))
		facts->bits |= FACT_HELD_BACK;
}

static void gather_port(struct gathering *g, uint16_t port)
{
	const struct rule_world *w = g->world;
	transport_set wanted = g->request->transports;
	g->facts.bits |= class_fact(port);
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (wanted && !(wanted & TRANSPORT_BIT(t)))
			continue;
		if (w->index)
			g->facts.bits |= facts_of_state(w, g->request, port, t, g->facts.bits);
		if (!w->policy->is_rfc6335 && wanted)
			gather_pool(g, policy_pool_of(w->policy, port, t), port);
	}
	if (!w->policy->is_rfc6335 && !wanted)
		gather_pool(g, policy_pool_of(w->policy, port, PORTROLL_ANY), port);
}

static void gather_range(struct gathering *g, struct range ports)
{
	for (uint32_t port = ports.first; port <= ports.last; port++)
		gather_port(g, (uint16_t)port);
	if (!g->world->policy->is_rfc6335 && is_of_others(g->world, ports))
		g->facts.bits |= FACT_OF_OTHERS;
}

/* What a request is about that names no port: those of the assignment. */
static void gather_subject(struct gathering *g)
{
	const struct registry *reg = g->world->registry;
	for (size_t i = 0; reg && i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (r->has_port && r->name.len && str_equal_fold(r->name, g->request->name))
			gather_range(g, r->port);
	}
}

static void gather_ports(struct gathering *g)
{
	const struct request *q = g->request;
	switch (q->wanted) {
	case WANTED_NUMBER:
		for (size_t i = 0; i < q->port_count && i < REQUEST_PORT_MAX; i++)
			gather_range(g, q->ports[i]);
		break;
	case WANTED_USER:
		g->facts.bits |= FACT_USER;
		g->is_outside = true;
		break;
	case WANTED_SYSTEM:
		g->facts.bits |= FACT_SYSTEM;
		g->is_outside = true;
		break;
	case WANTED_POOL:
		g->facts.bits |= FACT_USER;
		g->facts.pool = policy_pool(g->world->policy, q->pool);
		g->is_outside = !g->facts.pool || (q->transports & ~g->facts.pool->transports);
		break;
	default:
		if (q->kind != REQUEST_ASSIGN && q->kind != REQUEST_EARLY &&
		    q->kind != REQUEST_RESERVE)
			gather_subject(g);
	}
}

static bool is_registered(const struct registry *reg, struct portroll_str name)
{
	for (size_t i = 0; reg && name.len && i < reg->record_count; i++)
		if (str_equal_fold(reg->records[i]->name, name))
			return true;
	return false;
}

struct policy_facts policy_facts_of(const struct rule_world *w, const struct request *q,
				    uint32_t by)
{
	struct gathering g = {.world = w, .request = q};
	g.facts.bits = facts_of_document(q, by);
	gather_ports(&g);
	uint32_t *bits = &g.facts.bits;
	if (!(*bits & (FACT_SYSTEM | FACT_USER | FACT_DYNAMIC)))
		*bits |= FACT_NAME_ONLY;
	if (is_registered(w->registry, q->name))
		*bits |= FACT_REGISTERED;
	if (w->policy->is_rfc6335)
		return g.facts;
	*bits |= FACT_ORGANISATION;
	if (g.is_outside || (*bits & FACT_SEVERAL_POOLS))
		g.facts.pool = NULL;
	if (g.facts.pool)
		*bits |= FACT_IN_POOL;
	return g.facts;
}

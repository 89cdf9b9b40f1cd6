/* SPDX-License-Identifier: MIT */
#include "procedure/rule_subject.h"

#define SHOWN_MAX   60 /* bytes of a value in a message */
#define FINDING_MAX 16 /* of one rule for the ports of one request */

struct portroll_str shown(struct portroll_str text)
{
	size_t line = str_find_char(text, '\n');
	size_t end = line < SHOWN_MAX ? line : SHOWN_MAX;
	/* Not in the middle of a character of UTF-8. */
	while (end < text.len && end > 0 && ((unsigned char)text.ptr[end] & 0xc0) == 0x80)
		end--;
	return str_part(text, 0, end);
}

struct portroll_str field_of(const struct request_check *s, enum document_field field)
{
	return str_trim(s->request->document->values[field]);
}

bool is_blank(const struct request_check *s, enum document_field field)
{
	return field_of(s, field).len == 0;
}

void want_field(struct finding_list *found, const struct request_check *s,
		enum document_field field)
{
	if (is_blank(s, field))
		finding_add(found, (uint8_t)field, NO_RECORD, "%s is empty",
			    document_rows[field].name);
}

struct portroll_str new_name_of(const struct request *q)
{
	switch (q->kind) {
	case REQUEST_ASSIGN:
	case REQUEST_NAME:
	case REQUEST_EARLY:
		return q->name;
	case REQUEST_RENAME:
	case REQUEST_REUSE:
		return q->proposed_name;
	default:
		return STR_NONE;
	}
}

uint8_t field_of_new_name(const struct request *q)
{
	return q->kind == REQUEST_RENAME || q->kind == REQUEST_REUSE ? DOC_PROPOSED_NAME
								     : DOC_SERVICE_NAME;
}

const struct record *next_of_name(const struct registry *reg, struct portroll_str name, size_t *at)
{
	while (*at < reg->record_count) {
		const struct record *r = reg->records[(*at)++];
		if (r->name.len && str_equal_fold(r->name, name))
			return r;
	}
	return NULL;
}

const struct record *assigned_at(const struct port_index *index, uint16_t port, uint8_t transport,
				 uint32_t *ret_index)
{
	uint32_t first;
	if (port_records(index, port, transport, &first, 1) == 0 ||
	    index->kinds[first] != ROW_ASSIGNED)
		return NULL;
	if (ret_index)
		*ret_index = first;
	return index->registry->records[first];
}

const struct record *companion_at(const struct port_index *index, uint16_t port, uint8_t transport,
				  uint32_t *ret_index)
{
	for (uint8_t other = 1; other <= TRANSPORT_COUNT; other++) {
		const struct record *r =
			other == transport ? NULL : assigned_at(index, port, other, ret_index);
		if (r)
			return r;
	}
	return NULL;
}

bool is_own_companion(const struct request_check *s, uint16_t port, uint8_t transport)
{
	const struct rule_world *w = s->world;
	if (port_state_of(w->index, port, transport).reason != PORTROLL_REASON_COMPANION)
		return false;
	struct party_ids asks = party_find(w->registry, &s->request->assignee);
	for (uint8_t other = 1; other <= TRANSPORT_COUNT; other++) {
		const struct record *r = assigned_at(w->index, port, other, NULL);
		if (!r || other == transport)
			continue;
		if (s->request->kind == REQUEST_TRANSPORT &&
		    str_equal_fold(r->name, s->request->name))
			return true;
		if (party_has(&asks, record_assignee(r)))
			return true;
	}
	return false;
}

bool is_own_companion_in(const struct request_check *s, struct range ports)
{
	for (uint32_t port = ports.first; port <= ports.last; port++)
		for (uint8_t t = 1; t <= TRANSPORT_COUNT; t++)
			if (s->request->transports & TRANSPORT_BIT(t) &&
			    !is_own_companion(s, (uint16_t)port, t))
				return false;
	return s->request->transports != 0;
}

void each_wanted(struct finding_list *found, const struct request_check *s, wanted_fn *test)
{
	const struct request *q = s->request;
	size_t most = found->count + FINDING_MAX;
	if (q->wanted != WANTED_NUMBER)
		return;
	for (size_t i = 0; i < q->port_count; i++)
		for (uint32_t port = q->ports[i].first; port <= q->ports[i].last; port++)
			for (uint8_t t = 1; t <= TRANSPORT_COUNT && found->count < most; t++)
				if (q->transports & TRANSPORT_BIT(t))
					test(found, s, (uint16_t)port, t);
}

static bool overlap(struct range a, struct range b)
{
	return a.first <= b.last && b.first <= a.last;
}

bool wants_port_in(const struct request_check *s, struct range range)
{
	const struct request *q = s->request;
	const struct pool *pool;
	switch (q->wanted) {
	case WANTED_USER:
		return range.first == USER_PORTS.first;
	case WANTED_SYSTEM:
		return range.first == SYSTEM_PORTS.first;
	case WANTED_POOL:
		pool = policy_pool(s->world->policy, q->pool);
		return pool && pool->port_count && overlap(pool->ports[0], range);
	default:
		for (size_t i = 0; i < q->port_count; i++)
			if (overlap(q->ports[i], range))
				return true;
		return false;
	}
}

bool is_by_rfc6335(const struct request_check *s)
{
	return s->world->policy->is_rfc6335;
}

bool has_evidence(const struct request_check *s, uint32_t items)
{
	return s->evidence && s->evidence->items & items;
}

struct portroll_str port_text(struct arena *a, uint16_t port, uint8_t transport)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64);
	buf_put_num(&text, port);
	if (transport != PORTROLL_ANY) {
		buf_putc(&text, '/');
		buf_put(&text, transport_name(transport));
	}
	return buf_keep(&text, a);
}

static void put_place(struct buf *out, const struct record *r)
{
	char port[RANGE_TEXT_MAX];
	if (r->has_port) {
		size_t len = range_format(port, r->port);
		buf_putc(out, ' ');
		buf_put(out, (struct portroll_str){port, len});
	}
	if (r->transport != PORTROLL_ANY) {
		buf_putc(out, r->has_port ? '/' : ' ');
		buf_put(out, transport_name(r->transport));
	}
}

struct portroll_str record_text(struct arena *a, const struct record *r)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(PARAGRAPH_TEXT_MAX);
	buf_put(&text, r->name.len ? r->name : STR("a record without a name"));
	put_place(&text, r);
	return buf_keep(&text, a);
}

struct portroll_str assignee_text(struct arena *a, const struct record *r)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(PARAGRAPH_TEXT_MAX);
	xref_put_labels(&text, record_assignee(r));
	if (text.len == 0)
		buf_puts(&text, "nobody that is stated");
	return buf_keep(&text, a);
}

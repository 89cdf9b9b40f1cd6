/* SPDX-License-Identifier: MIT */
#include "cli/block.h"

#include "cli/words.h"

unsigned transports_of(uint8_t transport)
{
	return transport == PORTROLL_ANY ? TRANSPORTS_ALL : 1U << transport;
}

bool same_service(const struct portroll_record *a, const struct portroll_record *b)
{
	bool same_place = a->source == b->source && a->copy == b->copy &&
			  a->has_port == b->has_port && a->port_first == b->port_first &&
			  a->port_last == b->port_last && a->flags == b->flags;
	return same_place && str_equal(a->name, b->name) &&
	       str_equal_squeezed(a->description, b->description) &&
	       str_equal(a->assignee, b->assignee) && str_equal(a->contact, b->contact) &&
	       str_equal(a->registered, b->registered) && str_equal(a->modified, b->modified) &&
	       str_equal(a->reference, b->reference) &&
	       str_equal(a->unauthorized, b->unauthorized) &&
	       str_equal_squeezed(a->notes, b->notes); /* IANA indents them differently */
}

bool block_next(const struct reader *r, const struct block *b, size_t source, uint32_t *at,
		struct portroll_record *ret)
{
	if (!b->has_port)
		return (*at)++ == 0 && portroll_get(r->snapshot, b->record, ret);
	while (*at < b->answer.records.count) {
		uint32_t id = snapshot_list_at(r->snapshot, b->answer.records, (*at)++);
		if (!portroll_get(r->snapshot, id, ret))
			return false;
		if (source == SOURCE_ANY || ret->source == source)
			return true;
	}
	return false;
}

uint32_t block_frequency(const struct reader *r, const struct block *b, uint8_t transport,
			 size_t source)
{
	if (!b->has_port || (source != SOURCE_ANY && source != survey_source(r)))
		return 0;
	return snapshot_answer(r->snapshot, b->ports.first, transport).frequency;
}

static bool same_records(const struct reader *r, const struct block *a, const struct block *b)
{
	struct portroll_record x, y;
	uint32_t at_x = 0, at_y = 0;
	for (;;) {
		bool more_x = block_next(r, a, SOURCE_ANY, &at_x, &x);
		bool more_y = block_next(r, b, SOURCE_ANY, &at_y, &y);
		if (!more_x || !more_y)
			return more_x == more_y;
		if (!same_service(&x, &y))
			return false;
	}
}

static bool same_answer(const struct reader *r, const struct block *a, const struct block *b)
{
	return a->answer.state == b->answer.state && a->answer.reason == b->answer.reason &&
	       a->answer.source == b->answer.source && same_records(r, a, b);
}

static bool has_name(const struct reader *r, const struct block *b, size_t source)
{
	struct portroll_record record;
	for (uint32_t at = 0; block_next(r, b, source, &at, &record);)
		if (record.name.len)
			return true;
	return false;
}

/* Asked for one source, the state that another decided says nothing. */
static void narrow(struct block *b, size_t source)
{
	if (source == SOURCE_ANY || b->answer.source == source)
		return;
	b->answer.state = PORTROLL_UNKNOWN;
	b->answer.reason = PORTROLL_REASON_NOT_LISTED;
	b->answer.source = UINT8_MAX;
}

size_t blocks_of_port(struct block ret[static TRANSPORT_COUNT], const struct reader *r,
		      struct range ports, unsigned bits, size_t source)
{
	size_t count = 0;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!(bits & 1U << t))
			continue;
		struct block b = {.has_port = true, .ports = ports, .transports = 1U << t};
		b.answer = snapshot_answer(r->snapshot, ports.first, t);
		narrow(&b, source);
		size_t same = 0;
		while (same < count && !same_answer(r, &ret[same], &b))
			same++;
		if (same < count)
			ret[same].transports |= b.transports;
		else
			ret[count++] = b;
	}
	for (size_t i = 0; i < count; i++) {
		uint8_t state = ret[i].answer.state;
		ret[i].is_found = state == PORTROLL_ASSIGNED ||
				  (state == PORTROLL_UNKNOWN && has_name(r, &ret[i], source));
	}
	return count;
}

/* The records of a name that are asked for. */
struct name_walk {
	const struct reader *reader;
	const struct key *key;
	size_t source;
	struct record_list records;
};

static bool walk(const struct name_walk *w, uint32_t *at, struct portroll_record *ret)
{
	while (*at < w->records.count) {
		uint32_t id = snapshot_list_at(w->reader->snapshot, w->records, (*at)++);
		if (!portroll_get(w->reader->snapshot, id, ret))
			return false;
		bool transport_fits = w->key->transport == PORTROLL_ANY ||
				      ret->transport == PORTROLL_ANY ||
				      ret->transport == w->key->transport;
		if (transport_fits && (w->source == SOURCE_ANY || ret->source == w->source))
			return true;
	}
	return false;
}

/* The transports of all records with the ports of this one; 0 when an earlier one has them. */
static unsigned gather(const struct name_walk *w, const struct portroll_record *record)
{
	unsigned bits = 0;
	struct portroll_record other;
	for (uint32_t at = 0; walk(w, &at, &other);) {
		bool same_ports = other.has_port && other.port_first == record->port_first &&
				  other.port_last == record->port_last;
		if (!same_ports)
			continue;
		if (bits == 0 && other.id != record->id)
			return 0;
		bits |= transports_of(other.transport) & transports_of(w->key->transport);
	}
	return bits;
}

static void add_ports(struct block_list *list, const struct name_walk *w,
		      const struct portroll_record *record)
{
	unsigned bits = gather(w, record);
	struct range ports = {record->port_first, record->port_last};
	struct block found[TRANSPORT_COUNT];
	size_t count = blocks_of_port(found, w->reader, ports, bits, w->source);
	for (size_t i = 0; i < count; i++)
		list->blocks[list->count++] = found[i];
}

/* A name by itself is Assigned by its record, or Reserved where it was released (RFC 6335 section
 * 8.2), unless its source knows names only. */
static struct block portless(const struct reader *r, const struct portroll_record *record)
{
	bool is_any = record->transport == PORTROLL_ANY;
	struct block b = {
		.record = record->id,
		.transports = is_any ? 0 : 1U << record->transport,
		.is_found = true,
		.answer.source = (uint8_t)record->source,
	};
	if (r->sources[record->source].coverage != COVERAGE_NAMES) {
		b.answer.state = PORTROLL_ASSIGNED;
		b.answer.reason = is_any ? PORTROLL_REASON_ANY_TRANSPORT : PORTROLL_REASON_RECORD;
		if (str_equal(record->description, STR("Reserved"))) {
			b.answer.state = PORTROLL_RESERVED;
			b.answer.reason = PORTROLL_REASON_RELEASED;
		}
	}
	return b;
}

int blocks_of_name(struct block_list *ret, const struct reader *r, const struct key *key,
		   size_t source, struct arena *a)
{
	struct name_walk w = {.reader = r, .key = key, .source = source};
	w.records = snapshot_by_name(r->snapshot, key->name);
	size_t capacity = (size_t)w.records.count * TRANSPORT_COUNT;
	struct block_list list = {.blocks = arena_array(a, capacity, sizeof(*list.blocks))};
	if (!list.blocks)
		return PORTROLL_ENOMEM;
	struct portroll_record record;
	for (uint32_t at = 0; walk(&w, &at, &record);)
		if (record.has_port)
			add_ports(&list, &w, &record);
	for (uint32_t at = 0; walk(&w, &at, &record);) {
		if (record.has_port)
			continue;
		list.blocks[list.count++] = portless(r, &record);
	}
	*ret = list;
	return PORTROLL_OK;
}

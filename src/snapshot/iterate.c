/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

enum iter_kind {
	ITER_NONE, /* gives nothing: the end, or a question without an answer */
	ITER_PORTS,
	ITER_NAME,
	ITER_ALL,
};

/* The next (port, transport) of a walk over ports; false after the last one. */
static bool next_place(struct portroll_iter *it)
{
	if (it->transport == PORTROLL_ANY && it->current < TRANSPORT_COUNT) {
		it->current++;
		return true;
	}
	if (it->port == it->last)
		return false;
	it->port++;
	it->current = it->transport == PORTROLL_ANY ? PORTROLL_TCP : it->transport;
	return true;
}

static bool next_list(struct portroll_iter *it)
{
	if (it->kind != ITER_PORTS || !next_place(it))
		return false;
	struct record_list records =
		records_of_port(it->snapshot, (uint16_t)it->port, (uint8_t)it->current);
	it->at = records.first;
	it->left = records.count;
	return true;
}

/* A record stands in the list of each port it covers, and one that states no transport in those of
 * all four: it is given at its first port in the range, with tcp. */
static bool is_first_place(const struct portroll_iter *it, const unsigned char *row)
{
	uint32_t first = load_u16(row + RECORD_PORT_FIRST);
	if (it->port != (first < it->first ? it->first : first))
		return false;
	return it->transport != PORTROLL_ANY || it->current == PORTROLL_TCP ||
	       row[RECORD_TRANSPORT] != PORTROLL_ANY;
}

static bool is_wanted(const struct portroll_iter *it, const unsigned char *row)
{
	if (it->kind == ITER_PORTS)
		return is_first_place(it, row);
	return it->transport == PORTROLL_ANY || row[RECORD_TRANSPORT] == PORTROLL_ANY ||
	       row[RECORD_TRANSPORT] == it->transport;
}

static uint32_t take_id(struct portroll_iter *it)
{
	struct record_list rest = {it->at++, it->left--};
	return it->kind == ITER_ALL ? rest.first : snapshot_list_at(it->snapshot, rest, 0);
}

/* The next record that is wanted, or NULL: the end, or damage, which is an end too. */
static const unsigned char *next_row(struct portroll_iter *it, uint32_t *ret_id)
{
	for (;;) {
		while (it->left == 0)
			if (!next_list(it))
				return NULL;
		uint32_t id = take_id(it);
		const unsigned char *row = id < portroll_record_count(it->snapshot)
						   ? record_row(it->snapshot, id)
						   : NULL;
		if (row && !is_wanted(it, row))
			continue;
		*ret_id = id;
		return row;
	}
}

static bool end(struct portroll_iter *it)
{
	*it = (struct portroll_iter){.snapshot = it->snapshot, .kind = ITER_NONE};
	return false;
}

bool portroll_next(struct portroll_iter *it, struct portroll_record *ret)
{
	uint32_t id;
	return (next_row(it, &id) && portroll_get(it->snapshot, id, ret)) || end(it);
}

bool portroll_next_brief(struct portroll_iter *it, struct portroll_brief *ret)
{
	uint32_t id;
	struct portroll_str name;
	const unsigned char *row = next_row(it, &id);
	if (!row || !text_at(it->snapshot, load_u32(row + RECORD_NAME), &name))
		return end(it);
	unsigned flags = load_u16(row + RECORD_FLAGS);
	*ret = (struct portroll_brief){
		.id = id,
		.source = row[RECORD_SOURCE],
		.port_first = load_u16(row + RECORD_PORT_FIRST),
		.port_last = load_u16(row + RECORD_PORT_LAST),
		.has_port = (flags & RECORD_BIT_PORT) != 0,
		.transport = row[RECORD_TRANSPORT],
		.flags = flags & (RECORD_BIT_ALIAS | RECORD_BIT_DUPLICATE),
		.name = name,
	};
	return true;
}

struct portroll_iter portroll_by_port(const struct portroll_snapshot *s, uint16_t port,
				      uint32_t transport)
{
	return portroll_by_range(s, port, port, transport);
}

struct portroll_iter portroll_by_range(const struct portroll_snapshot *s, uint16_t first,
				       uint16_t last, uint32_t transport)
{
	if (first > last || transport > TRANSPORT_COUNT)
		return (struct portroll_iter){.snapshot = s, .kind = ITER_NONE};
	return (struct portroll_iter){.snapshot = s,
				      .kind = ITER_PORTS,
				      .transport = transport,
				      .first = first,
				      .last = last,
				      .port = first - 1U, /* the next place is the first one */
				      .current = TRANSPORT_COUNT};
}

struct portroll_iter portroll_by_name(const struct portroll_snapshot *s, struct portroll_str name,
				      uint32_t transport)
{
	if (transport > TRANSPORT_COUNT)
		return (struct portroll_iter){.snapshot = s, .kind = ITER_NONE};
	struct record_list list = snapshot_by_name(s, name);
	return (struct portroll_iter){.snapshot = s,
				      .kind = ITER_NAME,
				      .transport = transport,
				      .at = list.first,
				      .left = list.count};
}

struct portroll_iter portroll_all(const struct portroll_snapshot *s)
{
	return (struct portroll_iter){
		.snapshot = s, .kind = ITER_ALL, .left = portroll_record_count(s)};
}

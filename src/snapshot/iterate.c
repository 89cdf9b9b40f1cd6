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
	struct answer answer =
		snapshot_answer(it->snapshot, (uint16_t)it->port, (uint8_t)it->current);
	it->at = answer.records.first;
	it->left = answer.records.count;
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

bool portroll_next(struct portroll_iter *it, struct portroll_record *ret)
{
	for (;;) {
		while (it->left == 0)
			if (!next_list(it))
				return false;
		uint32_t id = take_id(it);
		const unsigned char *row = id < portroll_record_count(it->snapshot)
						   ? record_row(it->snapshot, id)
						   : NULL;
		if (row && !is_wanted(it, row))
			continue;
		if (row && portroll_get(it->snapshot, id, ret))
			return true;
		*it = (struct portroll_iter){.snapshot = it->snapshot, .kind = ITER_NONE};
	}
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

/* SPDX-License-Identifier: MIT */
#include "registry/port_index.h"

#include "registry/alias.h"

enum rank {
	RANK_PRIMARY,
	RANK_DUPLICATE,
	RANK_ALIAS,
	RANK_RESERVED,
	RANK_UNASSIGNED,
	RANK_COUNT
};

static enum rank rank_of(const struct record *r, enum row_kind kind)
{
	if (kind == ROW_UNASSIGNED)
		return RANK_UNASSIGNED;
	if (kind != ROW_ASSIGNED)
		return RANK_RESERVED;
	uint8_t flags = alias_flags(r, NULL);
	if (flags & PORTROLL_RECORD_ALIAS)
		return RANK_ALIAS;
	return flags & PORTROLL_RECORD_DUPLICATE ? RANK_DUPLICATE : RANK_PRIMARY;
}

uint8_t port_rank_of(const struct record *r)
{
	return (uint8_t)rank_of(r, row_kind_of(r, NULL));
}

/* What is asked of each record again and again, side by side. */
static int describe_records(struct port_index *index, struct arena *a)
{
	const struct registry *reg = index->registry;
	uint8_t *kinds = arena_array(a, reg->record_count, sizeof(*kinds));
	uint8_t *transports_of = arena_array(a, reg->record_count, sizeof(*transports_of));
	uint8_t *ranks = arena_array(a, reg->record_count, sizeof(*ranks));
	if (!kinds || !transports_of || !ranks)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < reg->record_count; i++) {
		enum row_kind kind = row_kind_of(reg->records[i], NULL);
		kinds[i] = (uint8_t)kind;
		transports_of[i] = reg->records[i]->transport;
		ranks[i] = (uint8_t)rank_of(reg->records[i], kind);
	}
	index->kinds = kinds;
	index->transports = transports_of;
	index->ranks = ranks;
	return PORTROLL_OK;
}

/* starts[p] becomes where the entries of port p begin, starts[p + 1] where they end. */
static int count_entries(uint32_t *starts, const struct registry *reg)
{
	uint64_t total = 0;
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (!r->has_port)
			continue;
		total += (uint64_t)r->port.last - r->port.first + 1;
		if (total > PORT_INDEX_ENTRIES_MAX)
			return PORTROLL_ELIMIT;
		for (uint32_t port = r->port.first; port <= r->port.last; port++)
			starts[port + 1]++;
	}
	for (uint32_t port = 0; port < PORT_COUNT; port++)
		starts[port + 1] += starts[port];
	return PORTROLL_OK;
}

/* Filling a port moves its start to its end, which is where the next one starts. */
static void fill_entries(uint32_t *entries, uint32_t *starts, const struct registry *reg)
{
	for (uint32_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (!r->has_port)
			continue;
		for (uint32_t port = r->port.first; port <= r->port.last; port++)
			entries[starts[port]++] = i;
	}
	for (uint32_t port = PORT_COUNT; port > 0; port--)
		starts[port] = starts[port - 1];
	starts[0] = 0;
}

int port_index_build(struct port_index *ret, const struct registry *reg, struct arena *a)
{
	struct port_index index = {.registry = reg};
	if (reg->record_count > UINT32_MAX)
		return PORTROLL_ELIMIT;
	uint32_t *starts = arena_array(a, PORT_COUNT + 1, sizeof(*starts));
	if (!starts || describe_records(&index, a) < 0)
		return PORTROLL_ENOMEM;
	int r = count_entries(starts, reg);
	if (r < 0)
		return r;
	uint32_t *entries = arena_array(a, starts[PORT_COUNT], sizeof(*entries));
	if (!entries)
		return PORTROLL_ENOMEM;
	fill_entries(entries, starts, reg);
	index.starts = starts;
	index.entries = entries;
	*ret = index;
	return PORTROLL_OK;
}

size_t port_records(const struct port_index *index, uint16_t port, uint8_t transport,
		    uint32_t *ret_indexes, size_t max)
{
	size_t count = 0;
	for (enum rank rank = 0; rank < RANK_COUNT; rank++) {
		for (uint32_t i = index->starts[port]; i < index->starts[port + 1]; i++) {
			uint32_t record = index->entries[i];
			bool fits = index->transports[record] == transport ||
				    index->transports[record] == PORTROLL_ANY;
			if (!fits || index->ranks[record] != rank)
				continue;
			if (count < max)
				ret_indexes[count] = record;
			count++;
		}
	}
	return count;
}

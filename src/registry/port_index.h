/* SPDX-License-Identifier: MIT */
#pragma once

#include "registry/registry.h"
#include "registry/row.h"

/* Which records cover a port: indexes into the registry, in order. */
struct port_index {
	const struct registry *registry;
	const uint8_t *kinds;      /* enum row_kind by record */
	const uint8_t *transports; /* enum portroll_transport by record */
	const uint8_t *ranks;      /* by record, for port_records() */
	const uint32_t *starts;    /* PORT_COUNT + 1 offsets into entries */
	const uint32_t *entries;
};

/* Guards the memory against files of a few lines that claim all ports again and again. */
#define PORT_INDEX_ENTRIES_MAX (64 * PORT_COUNT)

/* All memory comes from the arena. PORTROLL_OK, PORTROLL_ENOMEM, or PORTROLL_ELIMIT when the
 * records cover more than PORT_INDEX_ENTRIES_MAX ports in sum. */
PORTROLL_MUST_CHECK int port_index_build(struct port_index *ret, const struct registry *reg,
					 struct arena *a);

/* The rank of a record among those of a port, 0 first: as port_records() has them. */
uint8_t port_rank_of(const struct record *r);

/* The records that cover (port, transport), that transport's own and those without one, in order
 * of rank: Assigned before Reserved before Unassigned, primary names before duplicates before
 * aliases, the order of the document else. Writes at most `max` indexes, returns how many there
 * are. */
size_t port_records(const struct port_index *index, uint16_t port, uint8_t transport,
		    uint32_t *ret_indexes, size_t max);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The state of every (port, transport), derived inside one source as RFC 6335 sections 6, 7.2 and
 * 8.1 have it. This is the only place where states are derived.
 */

#include "registry/registry.h"

/* What one record says of the ports it covers. */
enum row_kind {
	ROW_ASSIGNED,
	ROW_RESERVED_RELEASED, /* de-assigned, removed, given back */
	ROW_RESERVED_HELD,
	ROW_UNASSIGNED,
};

/* By name and description, as IANA's rows are worded. *ret_odd (if given) tells that a nameless
 * description is none of the known ones: counted as held. */
enum row_kind row_kind_of(const struct record *r, bool *ret_odd);

/* Which records cover a port: indexes into the registry, in order. */
struct port_index {
	const struct registry *registry;
	const uint8_t *kinds;   /* enum row_kind by record */
	const uint32_t *starts; /* PORT_COUNT + 1 offsets into entries */
	const uint32_t *entries;
};

/* All memory comes from the arena. PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int port_index_build(struct port_index *ret, const struct registry *reg,
					 struct arena *a);

struct port_state {
	uint8_t state;     /* enum portroll_state */
	uint8_t reason;    /* enum portroll_reason */
	uint8_t rule;      /* 1 to 8: the step that decided, in the order of doc/STATES.md */
	bool explicit_row; /* a record covers the port for this transport or for any */
};

/* The state by a complete registry. `transport` is not PORTROLL_ANY. */
struct port_state port_state_of(const struct port_index *index, uint16_t port, uint8_t transport);

/* The records that cover (port, transport), that transport's own and those without one, in order
 * of rank: Assigned before Reserved before Unassigned, primary names before duplicates before
 * aliases, the order of the document else. Writes at most `max` indexes, returns how many there
 * are. */
size_t port_records(const struct port_index *index, uint16_t port, uint8_t transport,
		    uint32_t *ret_indexes, size_t max);

/* Words for a state and for a reason. */
struct reason_words {
	const char *key;      /* in JSON and TSV: companion */
	const char *sentence; /* assigned on another transport, held for its assignee */
	const char *section;  /* RFC 6335 section 8.1 */
};
const char *state_name(uint8_t state); /* Assigned */
const struct reason_words *reason_words_of(uint8_t reason);

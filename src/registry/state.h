/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The state of every (port, transport), derived inside one source as RFC 6335 sections 6, 7.2 and
 * 8.1 have it. This is the only place where states are derived.
 */

#include "registry/port_index.h"

struct port_state {
	uint8_t state;     /* enum portroll_state */
	uint8_t reason;    /* enum portroll_reason */
	uint8_t rule;      /* 1 to 8: the step that decided, in the order of doc/STATES.md */
	bool explicit_row; /* a record covers the port for this transport or for any */
};

/* The state by a complete registry. `transport` is not PORTROLL_ANY. */
struct port_state port_state_of(const struct port_index *index, uint16_t port, uint8_t transport);

/* Words for a reason. */
struct reason_words {
	const char *key;      /* in JSON and TSV: companion */
	const char *sentence; /* assigned on another transport, held for its assignee */
	const char *section;  /* RFC 6335 section 8.1 */
};
const struct reason_words *reason_words_of(uint8_t reason);

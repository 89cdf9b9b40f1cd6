/* SPDX-License-Identifier: MIT */
#pragma once

/* What the changes of a ledger say of themselves, as far as it decides what was there when. */

#include "base/arena.h"
#include "ledger/published.h"
#include "registry/roll.h"
#include "verbs/moment.h"

/* A source as of a moment. */
struct selected {
	struct portroll_str name;
	uint64_t number; /* of its last change that counts */
	uint64_t later;  /* of its first change after that; 0: there is none */
	uint64_t state;  /* the change that made what the source is after all that was read */
	bool is_there;   /* after the change that counts */
};

/* Of precedence, as it was stated last. */
struct stated_order {
	const struct portroll_str *names;
	size_t count;
	uint64_t number; /* of the change that stated it; 0: none did */
	uint64_t later;  /* of the first one after that does not count; 0: there is none */
};

struct past;

struct timeline {
	struct arena *arena;
	struct moment moment;
	struct selected *sources; /* in the order in which they came */
	size_t count, capacity;
	struct stated_order order;
	struct past *pasts; /* the changes of sources, so far as a revert may take them back */
	size_t past_count, past_capacity;
	uint64_t roll_number;  /* of the last change that counts and is of no source */
	uint64_t number;       /* of the last change that counts; 0: none does */
	uint64_t first;        /* of the first change of any source */
	struct date first_day; /* the earliest of any change */
};

/* Reads all entries. Of a day, a change is passed over that was taken back later with no other
 * change of its source between (doc/LEDGER.md, As of). What they are hashed to is compared with
 * what is signed. */
PORTROLL_MUST_CHECK int timeline_read(struct timeline *ret, struct published *p,
				      const struct moment *moment, struct arena *a,
				      struct portroll_error *err);

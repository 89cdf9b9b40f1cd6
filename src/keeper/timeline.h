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
	bool is_there;   /* after that change */
};

struct timeline {
	struct arena *arena;
	struct moment moment;
	struct selected *sources; /* in the order in which they came */
	size_t count, capacity;
	const struct portroll_str *order; /* of precedence, as last stated */
	size_t order_count;
	uint64_t number;       /* of the last change that counts; 0: none does */
	uint64_t first;        /* of the first change of any source */
	struct date first_day; /* the earliest of any change */
};

/* Reads all entries. What they are hashed to is compared with what is signed. */
PORTROLL_MUST_CHECK int timeline_read(struct timeline *ret, struct published *p,
				      const struct moment *moment, struct arena *a,
				      struct portroll_error *err);

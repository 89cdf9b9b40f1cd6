/* SPDX-License-Identifier: MIT */
#pragma once

/* What a ledger's store knows of people: every content that was ever committed to, found by its
 * commitment, and the last one of each id of a source. */

#include "base/arena.h"
#include "ledger/store.h"
#include "registry/roll.h"

struct contents {
	struct arena *arena; /* borrowed */
	struct stored_person *items;
	size_t count, capacity;
	uint32_t *by_commitment, *by_id; /* number of an item from 1; 0: an empty slot */
	size_t slot_count;               /* a power of two, above twice the count */
};

/* An empty one. PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int contents_init(struct contents *ret, struct arena *a);

/* Reads all that the store has; the bodies only `with_bodies`: one that is erased has none
 * anyway, and neither has a salt. */
PORTROLL_MUST_CHECK int contents_read(struct contents *c, const struct store_ops *ops,
				      struct store *store, bool with_bodies,
				      struct portroll_error *err);

/* Makes room for so many more. PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int contents_reserve(struct contents *c, size_t more);

/* Adds one that lives as long; the latest of its id from then on. PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int contents_add(struct contents *c, const struct stored_person *person);

/* The latest of that id; NULL: there is none. */
const struct stored_person *contents_last(const struct contents *c, struct portroll_str source,
					  struct portroll_str id);

/* The commitment of each person of a registry, in the arena. PORTROLL_ECORRUPT when one of them has
 * none; PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int contents_commitments(struct tree_hash **ret, const struct contents *c,
					     const struct source *source, struct arena *a);

bool contents_is_erased(const struct stored_person *person);

/* For a fold; valid as long as the contents are. */
struct person_contents contents_finder(struct contents *c);

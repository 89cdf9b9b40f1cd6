/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Which item of an old list is which of a new one. Those that are equal are paired in their order
 * first; what is left over, by keys that say less and less. The lists are those of two registries:
 * records, people or footnotes.
 */

#include "base/buf.h"
#include "registry/registry.h"

#define PAIRING_NONE UINT32_MAX

struct pairing {
	const struct registry *old, *new;
	size_t old_count, new_count;
	uint32_t *new_of, *old_of; /* the other one, PAIRING_NONE: not paired */
	bool *is_same;             /* by the new one: those that were found to be unaltered */
	size_t old_left, new_left; /* how many are not paired */
	struct arena *scratch;
	struct buf key; /* scratch */
};

/* Is item `i` of the one the item `j` of the other, unaltered? */
typedef bool pairing_same_fn(const struct registry *old, size_t i, const struct registry *new,
			     size_t j);

/* Appends the key of an item; false: it has none of that kind. */
typedef bool pairing_key_fn(struct buf *out, const struct registry *reg, size_t i);

/* How many items at the beginning of both lists are the same. */
size_t pairing_prefix(const struct pairing *p, pairing_same_fn *same);

/* Makes room, and pairs what is the same in the same order: that prefix, the end, and what is found
 * near by between them. PORTROLL_OK or PORTROLL_ENOMEM; to be done in both cases. */
PORTROLL_MUST_CHECK int pairing_begin(struct pairing *p, size_t prefix, pairing_same_fn *same);

/* Pairs what is left over by a key, the n-th of those with the same key with the n-th. */
PORTROLL_MUST_CHECK int pairing_by_key(struct pairing *p, pairing_key_fn *key);

void pairing_add(struct pairing *p, size_t old, size_t new);

void pairing_done(struct pairing *p);

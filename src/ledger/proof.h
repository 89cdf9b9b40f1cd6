/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Proofs about a tree, made from stored hashes and checked without them: that an entry is in it at
 * its index (RFC 9162 section 2.1.3), and that a larger tree begins with all of a smaller one
 * (section 2.1.4).
 */

#include "base/error.h"
#include "ledger/tree.h"

#define PROOF_MAX 64 /* hashes; one more than there are levels */

struct proof {
	size_t count;
	struct tree_hash hashes[PROOF_MAX]; /* from the leaves to the root */
};

/* A perfect subtree: the entries from index << level up to (index + 1) << level. */
struct tree_place {
	unsigned level;
	uint64_t index;
};

/* Gives the hash of a perfect subtree that is within the tree, or a negative code with *err set. */
typedef int tree_read_fn(struct tree_hash *ret, void *context, struct tree_place at,
			 struct portroll_error *err);

struct tree_reader {
	tree_read_fn *read;
	void *context;
	uint64_t size; /* entries that are there */
};

/* A tree_read_fn over an array of the hashes of all entries, its context; it computes the rest. */
tree_read_fn tree_read_leaves;

/* The root of the tree as it was at that size. PORTROLL_EINVAL: it never was so large. The codes of
 * the reader. */
PORTROLL_MUST_CHECK int tree_root(struct tree_hash *ret, struct tree_reader tree, uint64_t size,
				  struct portroll_error *err);

/* That the entry of that index is in the tree of `size` entries. PORTROLL_EINVAL: there is no such
 * index, or no such size yet. */
PORTROLL_MUST_CHECK int proof_of_inclusion(struct proof *ret, struct tree_reader tree,
					   uint64_t index, uint64_t size,
					   struct portroll_error *err);

/* That the tree of `to` entries begins with those of the tree of `from`; without any hash where
 * `from` is 0 or `to`. PORTROLL_EINVAL: `from` is above `to`, or there are not so many yet. */
PORTROLL_MUST_CHECK int proof_of_consistency(struct proof *ret, struct tree_reader tree,
					     uint64_t from, uint64_t to,
					     struct portroll_error *err);

/* Do the hashes lead from the entry at that index to that head, with none left over? */
bool proof_includes(const struct proof *p, const struct tree_head *head, uint64_t index,
		    const struct tree_hash *leaf);

/* Do the hashes lead from the old head to the new one, with none left over? An empty tree is the
 * beginning of every other (C2SP tlog-witness). */
bool proof_continues(const struct proof *p, const struct tree_head *old,
		     const struct tree_head *new);

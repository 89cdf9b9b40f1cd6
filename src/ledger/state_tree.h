/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A tree over lines that are replaced, inserted and removed. All its inner hashes are kept, so that
 * the tree after a change needs only those that are others: few where lines are replaced, and those
 * behind it where one is inserted.
 */

#include "ledger/tree.h"

struct state_tree {
	const struct tree_hash *lines;
	size_t count;
	const struct tree_hash *inner; /* of perfect subtrees, level by level from two lines on;
					* fewer than lines */
};

/* Fills ret_inner, which has room for `count` hashes, and returns the root. What is as it was in
 * the old tree (an empty one has no lines) is taken from there. `is_same` is scratch, for each
 * line. */
struct tree_hash state_tree_fill(struct tree_hash *ret_inner, const struct state_tree *lines,
				 const struct state_tree *old, bool *is_same);

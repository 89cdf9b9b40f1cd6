/* SPDX-License-Identifier: MIT */
#include "ledger/state_tree.h"

/* One level of the tree: the hashes of the perfect subtrees of so many lines. */
struct level {
	const struct tree_hash *hashes;
	size_t count;
};

/* Makes the next level of the one below it; is_same tells which of the hashes below are as they
 * were, and then those of this level. */
static void fill_level(struct tree_hash *ret, struct level below, const struct tree_hash *old,
		       bool *is_same)
{
	for (size_t i = 0; i < below.count / 2; i++) {
		is_same[i] = is_same[2 * i] && is_same[2 * i + 1];
		ret[i] = is_same[i]
				 ? old[i]
				 : tree_hash_node(&below.hashes[2 * i], &below.hashes[2 * i + 1]);
	}
}

struct tree_hash state_tree_fill(struct tree_hash *ret_inner, const struct state_tree *lines,
				 const struct state_tree *old, bool *is_same)
{
	struct tree_hash root = tree_hash_empty();
	const struct tree_hash *old_inner = old->inner;
	struct level level = {lines->lines, lines->count};
	bool is_begun = false;
	for (size_t i = 0; i < lines->count; i++)
		is_same[i] = i < old->count && tree_hash_equal(&lines->lines[i], &old->lines[i]);
	for (size_t old_count = old->count; level.count; old_count /= 2) {
		if (level.count % 2) {
			const struct tree_hash *last = &level.hashes[level.count - 1];
			root = is_begun ? tree_hash_node(last, &root) : *last;
			is_begun = true;
		}
		fill_level(ret_inner, level, old_inner, is_same);
		level = (struct level){ret_inner, level.count / 2};
		ret_inner += level.count;
		old_inner = old_count ? old_inner + old_count / 2 : old_inner;
	}
	return root;
}

/* SPDX-License-Identifier: MIT */
#pragma once

/* What stores have in common that keep rows: what a batch must be, and the tree as one value. */

#include "ledger/store.h"

#define EDGE_SIZE_MAX (TREE_LEVELS * TREE_HASH_SIZE)

/* The hashes of the tree's edge after one another, of the smallest subtree first. Returns how many
 * bytes that are: TREE_HASH_SIZE for each bit of the size that is set. */
size_t store_edge_write(uint8_t ret[static EDGE_SIZE_MAX], const struct tree *t);

/* The tree of that size; false when the edge does not fit the size. */
bool store_edge_read(struct tree *ret, uint64_t size, struct portroll_str edge);

/* Refuses what no caller may ask for: PORTROLL_ELIMIT for an entry or a content above
 * ENTRY_SIZE_MAX, PORTROLL_EINVAL for a batch whose tree has another size than it comes to, and for
 * a content that is half erased; and papers as store_papers_check(). */
PORTROLL_MUST_CHECK int store_batch_check(const struct store_batch *batch,
					  struct portroll_error *err);

/* PORTROLL_ECONFLICT: the store has `size` entries, and not as many as the batch goes upon. */
int store_conflict(uint64_t size, const struct store_batch *batch, struct portroll_error *err);

/* PORTROLL_ECONFLICT: it has this entry of the batch already. */
int store_repeated(const struct store_batch *batch, size_t at, struct portroll_error *err);

/* PORTROLL_ELIMIT: a name above PAPER_NAME_MAX, a body above PAPER_SIZE_MAX. PORTROLL_EINVAL: a
 * paper without a name, or one to erase without its version. */
PORTROLL_MUST_CHECK int store_papers_check(const struct stored_paper *papers, size_t count,
					   struct portroll_error *err);

/* A paper as the store has it; version 0: it was never there. */
struct present_paper {
	uint64_t version;
	bool is_erased;
};

/* May that be put over what is there? PORTROLL_ECONFLICT with the sentence that says why not. */
PORTROLL_MUST_CHECK int store_paper_fits(const struct stored_paper *paper,
					 struct present_paper present, struct portroll_error *err);

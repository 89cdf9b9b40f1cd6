/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What a ledger publishes, read from its folder (or from a copy of it) without its store: the
 * checkpoint, the tiles, the contents of people. Nothing is believed that the checkpoint does not
 * prove.
 */

#include "ledger/checkpoint.h"
#include "ledger/commitment.h"
#include "ledger/proof.h"
#include "ledger/store.h"

struct published;

/* `folder` is the one that has checkpoint, key and tile/. The checkpoint must be signed by a key of
 * the file `key`. PORTROLL_ESYSTEM, PORTROLL_ESYNTAX, PORTROLL_ECORRUPT. */
PORTROLL_MUST_CHECK int published_open(struct published **ret, const char *folder,
				       struct portroll_error *err);
void published_close(struct published *p); /* NULL is fine */

const struct checkpoint *published_checkpoint(const struct published *p);
struct portroll_str published_note(const struct published *p); /* the checkpoint as signed */
struct note_keys published_keys(const struct published *p);

/* The entries of the range, each compared with the hash that the tree has for it, and the
 * tree with the checkpoint. `topic` is empty. PORTROLL_ECORRUPT names the file. */
PORTROLL_MUST_CHECK int published_each(struct published *p, struct entry_range range,
				       store_entry_fn *fn, void *context,
				       struct portroll_error *err);

/* The tree of the first `size` entries, proved to be in the checkpoint's. */
PORTROLL_MUST_CHECK int published_tree(struct tree *ret, struct published *p, uint64_t size,
				       struct portroll_error *err);

/* The hashes, from the tiles. */
struct tree_reader published_reader(struct published *p);

/* Every file of it: each tile at each level from the entries up, every byte. */
PORTROLL_MUST_CHECK int published_check(struct published *p, struct portroll_error *err);

/* The contents of people; those that are not what was committed to are as if erased. Read at the
 * first call. */
PORTROLL_MUST_CHECK int published_people(struct person_contents *ret, struct published *p,
					 struct portroll_error *err);

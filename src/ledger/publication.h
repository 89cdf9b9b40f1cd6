/* SPDX-License-Identifier: MIT */
#pragma once

/* The files that a ledger publishes, but for the checkpoint: tiles, entries, people, keys. */

#include "ledger/ledger_parts.h"

/* Writes what the edition's tree has that the published one has not. All of it is made from the
 * store where what was published is not as it should be. PORTROLL_ECORRUPT: the store's entries do
 * not make its tree. */
PORTROLL_MUST_CHECK int publication_tiles(struct ledger *l, struct file_batch *batch,
					  const struct edition *edition,
					  struct portroll_error *err);

PORTROLL_MUST_CHECK int publication_people(struct ledger *l, struct file_batch *batch,
					   struct portroll_error *err);

/* The verifier keys, if they are not there. */
PORTROLL_MUST_CHECK int publication_keys(struct ledger *l, struct file_batch *batch,
					 struct portroll_error *err);

/* Is every file there that a tree of that size has? */
PORTROLL_MUST_CHECK int publication_is_whole(bool *ret, struct ledger *l, uint64_t size,
					     struct portroll_error *err);

/* Removes partial tiles that are full now, and bundles but the last ones. */
PORTROLL_MUST_CHECK int publication_prune(struct ledger *l, uint64_t from, uint64_t to,
					  struct portroll_error *err);

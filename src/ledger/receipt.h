/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Receipts (c2sp.org/tlog-proof): a text that proves offline, with the keys alone, that an entry is
 * in a ledger: its index, a proof of inclusion, and the checkpoint that the proof leads to.
 */

#include "ledger/checkpoint.h"
#include "ledger/proof.h"

#define RECEIPT_SIZE_MAX (NOTE_SIZE_MAX + 100000)

struct receipt {
	struct portroll_str extra; /* base64 of what somebody put there; proved by nothing */
	uint64_t index;
	struct proof proof;
	struct portroll_str checkpoint; /* the note */
};

/* `proof` is that of the entry in the tree of the checkpoint. */
void receipt_put(struct buf *out, const struct receipt *receipt);

/* Reads the form and verifies nothing; views are borrowed from the bytes. PORTROLL_ESYNTAX with the
 * line, PORTROLL_ELIMIT. */
PORTROLL_MUST_CHECK int receipt_parse(struct receipt *ret, struct portroll_str bytes,
				      struct portroll_error *err);

/* That the entry of that hash is at receipt->index of the ledger whose checkpoint, signed by one of
 * the keys, is in *ret. PORTROLL_ECORRUPT when it is not proved; the codes of checkpoint_open(),
 * with lines counted from the first of the checkpoint. */
PORTROLL_MUST_CHECK int receipt_verify(struct checkpoint *ret, const struct receipt *receipt,
				       const struct tree_hash *leaf, struct note_keys keys,
				       struct portroll_error *err);

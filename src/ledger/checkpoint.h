/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Checkpoints (c2sp.org/tlog-checkpoint): what a ledger says of itself at a size, in three lines
 * (its origin, the size, the base64 of the root), signed as a note by a key of the name of the
 * origin. Lines of extension are refused.
 */

#include "ledger/note.h"
#include "ledger/tree.h"

struct checkpoint {
	struct portroll_str origin; /* borrowed; a name as of a key */
	struct tree_head head;
};

void checkpoint_put(struct buf *out, const struct checkpoint *checkpoint);

/* Reads the text of a note. PORTROLL_ESYNTAX with the line. */
PORTROLL_MUST_CHECK int checkpoint_parse(struct checkpoint *ret, struct portroll_str text,
					 struct portroll_error *err);

/* Writes the whole note, signed by each; one of them must have the name of the origin, else
 * PORTROLL_EINVAL. A failure of the buffer sticks there. */
PORTROLL_MUST_CHECK int checkpoint_sign(struct buf *out, const struct checkpoint *checkpoint,
					const struct note_signer *signers, size_t count,
					struct portroll_error *err);

/* Reads a note and verifies it with the keys: a checkpoint that may be believed. One of the keys
 * that signed must have the name of the origin. PORTROLL_ESYNTAX, PORTROLL_ELIMIT,
 * PORTROLL_ECORRUPT (not signed so). */
PORTROLL_MUST_CHECK int checkpoint_open(struct checkpoint *ret, struct portroll_str note,
					struct note_keys keys, struct portroll_error *err);

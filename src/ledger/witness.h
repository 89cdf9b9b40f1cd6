/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The witness: the last checkpoint that was signed by each key, kept in a folder that is not part
 * of any roll's, so that a folder that is copied back does not bring its own.
 */

#include "base/arena.h"
#include "ledger/checkpoint.h"

/* The file for a key: the first half of SHA-256 of the verifier key, in hexadecimal. In the arena;
 * NULL when there is no memory. */
char *witness_path(const char *folder, const struct note_key *key, struct arena *a);

/* The last checkpoint that the key signed and that is known here, with an empty origin where none
 * is. The origin is copied into the arena. PORTROLL_ECORRUPT, PORTROLL_ESYNTAX: there is a file,
 * but it is not that. */
PORTROLL_MUST_CHECK int witness_read(struct checkpoint *ret, const char *path,
				     const struct note_key *key, struct arena *a,
				     struct portroll_error *err);

/* Keeps the note, durably, unless a later one is there. PORTROLL_ECORRUPT: the one that is there
 * says something else of the same size; both would contradict each other. */
PORTROLL_MUST_CHECK int witness_keep(const char *path, const struct note_key *key,
				     const struct checkpoint *checkpoint, struct portroll_str note,
				     struct portroll_error *err);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The witness: the last checkpoint that was signed by each key, kept in a folder that is not part
 * of any roll's, so that a folder that is copied back does not bring its own. A key has two files,
 * which are written in turn and in place: what a crash tears is the older one.
 */

#include "base/arena.h"
#include "base/file.h"
#include "ledger/checkpoint.h"

#define WITNESS_FILES 2

struct witness {
	const char *paths[WITNESS_FILES];
	unsigned next;                /* the file that is written next */
	struct checkpoint checkpoint; /* the later one; with an empty origin: none */
};

/* Where the witness of a key is: the first half of SHA-256 of the verifier key, in hexadecimal,
 * names it. Nothing is read. PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int witness_of(struct witness *ret, const char *folder,
				   const struct note_key *key, struct arena *a);

/* Reads what is there; the origin is copied into the arena. PORTROLL_ECORRUPT: the files
 * contradict each other, or both are damaged. */
PORTROLL_MUST_CHECK int witness_read(struct witness *w, const struct note_key *key, struct arena *a,
				     struct portroll_error *err);

/* May the head be signed after what was read? *ret false: a later one was. PORTROLL_ECORRUPT: what
 * was signed says something else of the same size; both would contradict each other. */
PORTROLL_MUST_CHECK int witness_allows(bool *ret, const struct witness *w,
				       const struct tree_head *head, struct portroll_error *err);

/* Writes the note of a checkpoint, which is durable when the batch stands. */
PORTROLL_MUST_CHECK int witness_write(const struct witness *w, struct file_batch *batch,
				      struct portroll_str note, struct portroll_error *err);

/* What was written is durable: the note of that checkpoint, whose origin must live as long as the
 * witness. Not called after a failure, so that the other file, which is whole, is never written
 * over. */
void witness_stands(struct witness *w, const struct checkpoint *checkpoint);

/* The checkpoint in one file, with an empty origin where there is no file. The origin is copied
 * into the arena. PORTROLL_ECORRUPT, PORTROLL_ESYNTAX: there is a file, but it is not that. */
PORTROLL_MUST_CHECK int checkpoint_load(struct checkpoint *ret, const char *path,
					const struct note_key *key, struct arena *a,
					struct portroll_error *err);

/* FOLDER/ID in the arena, after which the files of a key are named; NULL: no memory. */
char *key_path(const char *folder, const struct note_key *key, struct arena *a);

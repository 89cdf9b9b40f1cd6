/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Files of keys: the secret ones of a roll (FOLDER/key, a line each, the newest first, all of which
 * sign), and the verifier keys that are published. Names are copied into the
 * arena, secrets are not.
 */

#include "base/arena.h"
#include "ledger/note_key.h"

#define KEYS_MAX 16 /* the newest; all of them sign */

struct signers {
	struct note_signer items[KEYS_MAX];
	size_t count;
};

/* PORTROLL_EINVAL: others may read the file; PORTROLL_ESYNTAX: it is none of keys. Nothing of it
 * is in the error. */
PORTROLL_MUST_CHECK int key_file_read(struct signers *ret, const char *path, struct arena *a,
				      struct portroll_error *err);

/* The same of a text; `path` is for messages. */
PORTROLL_MUST_CHECK int key_text_read(struct signers *ret, struct portroll_str text,
				      const char *path, struct arena *a,
				      struct portroll_error *err);

/* Durable, with mode 0400. */
PORTROLL_MUST_CHECK int key_file_write(const char *path, const struct signers *signers,
				       struct portroll_error *err);

/* For CLEANUP() too. */
void signers_wipe(struct signers *signers);

/* The lines of verifier keys: what is published of the signers. */
void key_list_put(struct buf *out, struct note_keys keys);

/* At most KEYS_MAX of them, one at least. PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int key_list_read(struct note_keys *ret, struct portroll_str text,
				      struct arena *a, struct portroll_error *err);

/* The verifier keys of signers, in the arena. PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int signers_keys(struct note_keys *ret, const struct signers *signers,
				     struct arena *a);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Signed notes (c2sp.org/signed-note): a text that ends with LF, a blank line, and a line for each
 * signature, "— NAME BASE64", of the id of the key and what it made of the text.
 */

#include "ledger/note_key.h"

#define NOTE_SIZE_MAX       1000000 /* bytes of a note that is read */
#define NOTE_SIGNATURES_MAX 100

struct note_signature {
	struct portroll_str name;
	uint32_t key_id;
	struct portroll_str base64; /* of the id and the signature; strictly base64 */
};

/* A note as it was read; all is borrowed from its bytes. */
struct signed_note {
	struct portroll_str text; /* with its last LF, without the blank line */
	size_t count;
	struct note_signature signatures[NOTE_SIGNATURES_MAX];
};

/* Reads the form and verifies nothing. PORTROLL_ELIMIT above the limits; PORTROLL_ESYNTAX, with the
 * line: not UTF-8, control characters but LF, no signature, a line that is none. */
PORTROLL_MUST_CHECK int note_parse(struct signed_note *ret, struct portroll_str bytes,
				   struct portroll_error *err);

/* The text may be believed: signed by one of these keys at least, and by none of them falsely. What
 * keys that are not listed signed is ignored. Else PORTROLL_ECORRUPT. */
PORTROLL_MUST_CHECK int note_verify(const struct signed_note *note, struct note_keys keys,
				    struct portroll_error *err);

/* Is there a signature that claims to be by this key? True after note_verify() with it: it is. */
bool note_claims(const struct signed_note *note, const struct note_key *key);

/* Writes the text, signed by each. PORTROLL_EINVAL: the text does not end with LF, or is none that
 * note_parse() accepts; nothing is written then. A failure of the buffer sticks there. */
PORTROLL_MUST_CHECK int note_sign(struct buf *out, struct portroll_str text,
				  const struct note_signer *signers, size_t count,
				  struct portroll_error *err);

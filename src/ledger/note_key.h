/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The keys of signed notes (c2sp.org/signed-note): Ed25519, each with a name and an id of four
 * bytes that is computed from name and key. Names and texts are borrowed from who gave them. The
 * program has called sodium_init() before.
 */

#include "base/buf.h"
#include "base/error.h"

#define NOTE_ED25519        0x01 /* the type of signature */
#define NOTE_SEED_SIZE      32
#define NOTE_PUBLIC_SIZE    32
#define NOTE_SECRET_SIZE    64
#define NOTE_SIGNATURE_SIZE 64

/* Who may have signed: what a verifier has. */
struct note_key {
	struct portroll_str name;
	uint32_t id;
	uint8_t public_key[NOTE_PUBLIC_SIZE];
};

struct note_keys {
	const struct note_key *items;
	size_t count;
};

/* Who signs. Wipe it when it is no longer needed. */
struct note_signer {
	struct note_key key;
	uint8_t secret[NOTE_SECRET_SIZE]; /* the seed and the public key */
};

/* A name is UTF-8 that is not empty, without control characters, any blank of Unicode, and "+". */
bool note_name_ok(struct portroll_str name);

/* NAME+ID+BASE64, with the id as eight digits of hexadecimal. PORTROLL_ESYNTAX: another form, an id
 * that is not the key's, another type of key than Ed25519. */
PORTROLL_MUST_CHECK int note_key_parse(struct note_key *ret, struct portroll_str text,
				       struct portroll_error *err);
void note_key_put(struct buf *out, const struct note_key *key);

/* The key that 32 secret bytes make, for a name that note_name_ok() accepts (else
 * PORTROLL_EINVAL). */
PORTROLL_MUST_CHECK int note_signer_from_seed(struct note_signer *ret, struct portroll_str name,
					      const uint8_t seed[static NOTE_SEED_SIZE],
					      struct portroll_error *err);

/* PRIVATE+KEY+NAME+ID+BASE64, the form of Go's golang.org/x/mod/sumdb/note. An error shows nothing
 * of the text. The buffer holds the secret afterwards: note_wipe() its bytes. */
PORTROLL_MUST_CHECK int note_signer_parse(struct note_signer *ret, struct portroll_str text,
					  struct portroll_error *err);
void note_signer_put(struct buf *out, const struct note_signer *signer);

/* Overwrites secrets so that the compiler does not leave it out. */
void note_wipe(void *bytes, size_t len);

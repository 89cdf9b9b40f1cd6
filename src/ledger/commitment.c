/* SPDX-License-Identifier: MIT */
#include "ledger/commitment.h"

#include <assert.h>
#include <nettle/sha2.h>

static_assert(TREE_HASH_SIZE == SHA256_DIGEST_SIZE, "SHA-256 has 32 bytes");

struct tree_hash commitment_of(const uint8_t salt[static SALT_SIZE], struct portroll_str body)
{
	struct sha256_ctx state;
	struct tree_hash hash;
	sha256_init(&state);
	sha256_update(&state, SALT_SIZE, salt);
	sha256_update(&state, body.len, (const uint8_t *)body.ptr);
	sha256_digest(&state, TREE_HASH_SIZE, hash.bytes);
	return hash;
}

bool person_content_holds(const struct person_content *content)
{
	if (content->salt.len != SALT_SIZE)
		return false;
	struct tree_hash hash = commitment_of((const uint8_t *)content->salt.ptr, content->body);
	return tree_hash_equal(&hash, &content->commitment);
}

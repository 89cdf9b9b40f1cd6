/* SPDX-License-Identifier: MIT */
#include "keeper/digest.h"

#include <assert.h>
#include <nettle/sha2.h>

static_assert(SHA256_DIGEST_SIZE == SHA256_SIZE, "SHA-256 has 32 bytes");

void digest_compute(uint8_t ret_sha256[static SHA256_SIZE], struct portroll_str bytes)
{
	struct sha256_ctx state;
	sha256_init(&state);
	sha256_update(&state, bytes.len, (const uint8_t *)bytes.ptr);
	sha256_digest(&state, SHA256_SIZE, ret_sha256);
}

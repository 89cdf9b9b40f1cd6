/* SPDX-License-Identifier: MIT */
#include "keeper/digest.h"

#include <assert.h>
#include <nettle/sha2.h>
#include <string.h>

static_assert(SHA256_DIGEST_SIZE == SHA256_SIZE, "SHA-256 has 32 bytes");

static void *compute(void *context)
{
	struct digest *d = context;
	struct sha256_ctx state;
	sha256_init(&state);
	sha256_update(&state, d->bytes.len, (const uint8_t *)d->bytes.ptr);
	sha256_digest(&state, SHA256_SIZE, d->sha256);
	return NULL;
}

void digest_begin(struct digest *d, struct portroll_str bytes)
{
	d->bytes = bytes;
	d->is_apart = pthread_create(&d->thread, NULL, compute, d) == 0;
	if (!d->is_apart)
		(void)compute(d);
}

void digest_end(struct digest *d, uint8_t ret_sha256[static SHA256_SIZE])
{
	if (d->is_apart)
		(void)pthread_join(d->thread, NULL);
	memcpy(ret_sha256, d->sha256, SHA256_SIZE);
}

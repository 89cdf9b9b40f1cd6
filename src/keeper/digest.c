/* SPDX-License-Identifier: MIT */
#include "keeper/digest.h"

#include <assert.h>
#include <sodium.h>

static_assert(crypto_hash_sha256_BYTES == SHA256_SIZE, "SHA-256 has 32 bytes");

static void *compute(void *context)
{
	struct digest *d = context;
	const char *bytes = d->bytes.len ? d->bytes.ptr : "";
	(void)crypto_hash_sha256(d->sha256, (const unsigned char *)bytes, d->bytes.len);
	return NULL;
}

void digest_begin(struct digest *d, struct portroll_str bytes)
{
	*d = (struct digest){.bytes = bytes};
	d->running = pthread_create(&d->thread, NULL, compute, d) == 0;
}

void digest_end(struct digest *d)
{
	if (!d->running || pthread_join(d->thread, NULL) != 0)
		(void)compute(d);
	d->running = false;
}

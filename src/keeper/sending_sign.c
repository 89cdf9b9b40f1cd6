/* SPDX-License-Identifier: MIT */
#include <nettle/hmac.h>

#include "base/num.h"
#include "keeper/sending.h"

void sending_sign(char ret[static SIGNATURE_LEN], struct portroll_str secret, int64_t time,
		  struct portroll_str body)
{
	struct hmac_sha256_ctx hmac;
	uint8_t digest[SHA256_DIGEST_SIZE];
	char digits[NUM_TEXT_MAX];
	size_t count = num_format(digits, (uint64_t)time);
	hmac_sha256_set_key(&hmac, secret.len, (const uint8_t *)secret.ptr);
	hmac_sha256_update(&hmac, count, (const uint8_t *)digits);
	hmac_sha256_update(&hmac, 1, (const uint8_t *)".");
	hmac_sha256_update(&hmac, body.len, (const uint8_t *)body.ptr);
	hmac_sha256_digest(&hmac, sizeof(digest), digest);
	num_format_hex(ret, digest, sizeof(digest));
}

/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#define XXH_INLINE_ALL
#define XXH_NO_STREAM
#include <xxhash.h>

uint64_t hash_bytes(struct portroll_str bytes)
{
	return XXH3_64bits(bytes.ptr ? bytes.ptr : "", bytes.len);
}

uint64_t hash_fold(struct portroll_str text)
{
	char folded[64];
	uint64_t hash = text.len;
	do {
		size_t len = text.len < sizeof(folded) ? text.len : sizeof(folded);
		for (size_t i = 0; i < len; i++)
			folded[i] = fold_char(text.ptr[i]);
		hash = XXH3_64bits_withSeed(folded, len, hash);
		text = str_part(text, len, text.len);
	} while (text.len);
	return hash;
}

/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#define XXH_INLINE_ALL
#define XXH_NO_STREAM
#include <xxhash.h>

uint64_t hash_bytes(struct portroll_str bytes)
{
	return XXH3_64bits(bytes.ptr ? bytes.ptr : "", bytes.len);
}

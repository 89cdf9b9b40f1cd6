/* SPDX-License-Identifier: MIT */
#include "snapshot/name_key.h"

#define LONG_BEGIN 7U /* bytes of a long name that stand in its key */

/* FNV-1a, which a stranger can write in two lines, as that of XXH3 cannot be. */
static uint64_t hash_folded(struct portroll_str name)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < name.len; i++)
		hash = (hash ^ (unsigned char)fold_char(name.ptr[i])) * UINT64_C(0x100000001b3);
	return hash;
}

static void fold(char *ret, struct portroll_str name)
{
	for (size_t i = 0; i < name.len; i++)
		ret[i] = fold_char(name.ptr[i]);
}

struct name_key name_key_of(struct portroll_str name)
{
	char bytes[NAME_KEY_SIZE] = {0};
	if (name.len <= NAME_INLINE_MAX) {
		fold(bytes, name);
		bytes[NAME_KEY_SIZE - 1] = (char)name.len;
		return name_key_load(bytes);
	}
	fold(bytes, str_part(name, 0, LONG_BEGIN));
	store_u64(bytes + LONG_BEGIN, hash_folded(name));
	bytes[NAME_KEY_SIZE - 1] = (char)NAME_LONG;
	return name_key_load(bytes);
}

/* SPDX-License-Identifier: MIT */
#include "snapshot/name_key.h"

#define LONG_BEGIN 7U /* bytes of a long name that stand in its key */

/* clang-format off */
const struct name_row name_rows[NAME_KEY_SIZE] = {
#define ROW(n) [n] = {                                                       \
	{-((n) > 0), -((n) > 1), -((n) > 2), -((n) > 3), -((n) > 4),         \
	 -((n) > 5), -((n) > 6), -((n) > 7), -((n) > 8), -((n) > 9),         \
	 -((n) > 10), -((n) > 11), -((n) > 12), -((n) > 13), -((n) > 14)},   \
	{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (n)}}
	ROW(0), ROW(1), ROW(2), ROW(3), ROW(4), ROW(5), ROW(6), ROW(7),
	ROW(8), ROW(9), ROW(10), ROW(11), ROW(12), ROW(13), ROW(14), ROW(15),
#undef ROW
};
/* clang-format on */

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

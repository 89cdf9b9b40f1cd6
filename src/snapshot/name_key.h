/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The perfect hash of the names (doc/SNAPSHOT.md, Looking up). A name of at most 15 bytes is its
 * own key: folded, filled with zero, its length in the last byte. A longer one is told by 7 bytes
 * and a hash, and by its text.
 */

#include "base/load.h"
#include "base/str.h"

#define NAME_KEY_SIZE   16U
#define NAME_INLINE_MAX 15U
#define NAME_LONG       UINT64_C(0xff) /* in the last byte: longer than NAME_INLINE_MAX */

/* The bytes 0 to 7 and 8 to 15 of a key, as little-endian numbers. */
struct name_key {
	uint64_t low, high;
};

static inline struct name_key name_key_load(const void *bytes)
{
	return (struct name_key){load_u64(bytes), load_u64((const char *)bytes + 8)};
}

static inline void name_key_store(void *bytes, struct name_key key)
{
	store_u64(bytes, key.low);
	store_u64((char *)bytes + 8, key.high);
}

static inline bool name_key_equal(struct name_key x, struct name_key y)
{
	return ((x.low ^ y.low) | (x.high ^ y.high)) == 0;
}

static inline bool name_key_is_long(struct name_key key)
{
	return key.high >> 56 == NAME_LONG;
}

/* Every page of memory of every machine begins at a multiple of it. */
#define MEMORY_PAGE 4096U

/* May NAME_KEY_SIZE bytes be read at a name, whatever is behind it? They are if they end on the
 * page that they begin on. */
static inline bool name_is_on_one_page(struct portroll_str name)
{
	return ((uintptr_t)name.ptr + NAME_KEY_SIZE) & (MEMORY_PAGE - NAME_KEY_SIZE);
}

typedef int8_t name_bytes __attribute__((vector_size(NAME_KEY_SIZE)));
typedef uint8_t name_octets __attribute__((vector_size(NAME_KEY_SIZE)));
typedef int8_t name_bytes_anywhere
	__attribute__((vector_size(NAME_KEY_SIZE), aligned(1), may_alias));

/* By length of a name: which bytes are its own, and the length in the last byte. */
extern const struct name_row {
	name_bytes kept, length;
} name_rows[NAME_KEY_SIZE];

/* The key of a name of at most NAME_INLINE_MAX bytes, all on one page of memory: bytes behind the
 * name are read and masked, hence no word of it to the address sanitizer. */
__attribute__((no_sanitize("address"))) static inline struct name_key
name_key_short(struct portroll_str name)
{
	const struct name_row *row = &name_rows[name.len];
	name_bytes bytes = *(const name_bytes_anywhere *)name.ptr & row->kept;
	/* A to Z are moved to the end of what a byte with a sign holds. */
	const int8_t to_end = INT8_MAX - 'Z', before_a = INT8_MAX - 26;
	name_bytes moved = (name_bytes)((name_octets)bytes + (uint8_t)to_end);
	bytes |= (moved > before_a) & 0x20;
	bytes |= row->length;
	return name_key_load(&bytes);
}

/* The key of any name; the empty one has the key of an empty slot. */
struct name_key name_key_of(struct portroll_str name);

/* Both halves of the product of 128 bits, laid over each other. */
static inline uint64_t multiply_and_fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
	uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
	uint64_t middle = a1 * b0 + (a0 * b0 >> 32), other = a0 * b1 + (uint32_t)middle;
	uint64_t high = a1 * b1 + (middle >> 32) + (other >> 32);
	return a * b ^ high;
#endif
}

static inline struct name_key name_seeds(uint64_t seed)
{
	return (struct name_key){seed, seed << 32 | seed >> 32};
}

static inline uint64_t name_hash(struct name_key key, struct name_key seeds)
{
	return multiply_and_fold(key.low ^ seeds.low, key.high ^ seeds.high);
}

static inline uint32_t name_bucket(uint64_t hash, uint64_t buckets)
{
	return (uint32_t)((uint32_t)hash * buckets >> 32);
}

static inline uint32_t name_slot(uint64_t hash, uint16_t displacement, uint64_t slots)
{
	uint32_t low = (uint32_t)hash, high = (uint32_t)(hash >> 32);
	uint32_t x = displacement * low + high;
	return (uint32_t)(slots * x >> 32);
}

/* SPDX-License-Identifier: MIT */
/*
 * The limit of a name lookup: a perfect hash by displacement, keys of 16 bytes inline, one compare,
 * no branch, case folded. Names that a table of 16 bytes cannot hold are not its task.
 */
#include <immintrin.h>
#include <stdlib.h>
#include <string.h>

#include "name_peer.h"

enum {
	BUCKETS = 2048,
	SLOTS = 8192,
	DISPLACEMENTS = 65536,
	BUCKET_MAX = 64,
};

struct perfect_hash {
	__m128i key[SLOTS];
	uint16_t displacement[BUCKETS], number[SLOTS];
};

static inline __m128i key_load(struct portroll_str name)
{
	const __m128i place = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
	__m128i text = _mm_loadu_si128((const __m128i *)(const void *)name.ptr);
	text = _mm_and_si128(text, _mm_cmplt_epi8(place, _mm_set1_epi8((char)name.len)));
	__m128i upper = _mm_and_si128(_mm_cmpgt_epi8(text, _mm_set1_epi8('A' - 1)),
				      _mm_cmplt_epi8(text, _mm_set1_epi8('Z' + 1)));
	return _mm_or_si128(text, _mm_and_si128(upper, _mm_set1_epi8('a' - 'A')));
}

static inline uint64_t key_hash(__m128i key)
{
	__extension__ typedef unsigned __int128 wide;
	uint64_t low = (uint64_t)_mm_cvtsi128_si64(key), high = (uint64_t)_mm_extract_epi64(key, 1);
	wide product = (wide)(low ^ 0xa0761d6478bd642f) * (high ^ 0xe7037ed1a0b428db);
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint32_t slot_of(uint64_t hash, uint32_t displacement)
{
	return (uint32_t)((hash >> 20) + displacement * (hash >> 44 | 1)) & (SLOTS - 1);
}

static inline uint32_t find(const struct perfect_hash *p, struct portroll_str name)
{
	__m128i key = key_load(name);
	uint64_t hash = key_hash(key);
	uint32_t slot = slot_of(hash, p->displacement[hash & (BUCKETS - 1)]);
	uint32_t same =
		(uint32_t)_mm_testc_si128(_mm_cmpeq_epi8(p->key[slot], key), _mm_set1_epi8(-1));
	return p->number[slot] & -same;
}

/* Finds the displacement by which all names of the bucket fall into free slots. */
static bool place(struct perfect_hash *p, uint32_t bucket, const struct name_entry *const *names,
		  uint32_t count)
{
	for (uint32_t displacement = 0; displacement < DISPLACEMENTS; displacement++) {
		uint32_t slot[BUCKET_MAX], done = 0;
		for (; done < count; done++) {
			slot[done] = slot_of(key_hash(key_load(names[done]->name)), displacement);
			if (p->number[slot[done]])
				break;
			p->number[slot[done]] = (uint16_t)names[done]->number;
		}
		if (done == count) {
			for (uint32_t i = 0; i < count; i++)
				p->key[slot[i]] = key_load(names[i]->name);
			p->displacement[bucket] = (uint16_t)displacement;
			return true;
		}
		while (done-- > 0)
			p->number[slot[done]] = 0;
	}
	return false;
}

/* The fullest buckets first: they are the hardest to place. */
static bool place_all(struct perfect_hash *p, const struct name_entry *(*bucket)[BUCKET_MAX],
		      const uint32_t *size)
{
	for (uint32_t count = BUCKET_MAX; count > 0; count--)
		for (uint32_t b = 0; b < BUCKETS; b++)
			if (size[b] == count && !place(p, b, bucket[b], count))
				return false;
	return true;
}

void *name_peer_build(const struct name_entry *entries, size_t count)
{
	struct perfect_hash *p = aligned_alloc(64, (sizeof(*p) + 63) / 64 * 64);
	const struct name_entry *(*bucket)[BUCKET_MAX] = calloc(BUCKETS, sizeof(*bucket));
	uint32_t *size = calloc(BUCKETS, sizeof(*size));
	bool is_built = p && bucket && size && count <= SLOTS;
	if (is_built)
		memset(p, 0, sizeof(*p));
	for (size_t i = 0; is_built && i < count; i++) {
		uint64_t b = key_hash(key_load(entries[i].name)) & (BUCKETS - 1);
		is_built = size[b] < BUCKET_MAX && entries[i].number <= UINT16_MAX;
		if (is_built)
			bucket[b][size[b]++] = &entries[i];
	}
	is_built = is_built && place_all(p, bucket, size);
	free(bucket);
	free(size);
	return is_built ? p : NULL;
}

uint64_t name_peer_loop(const void *peer, const struct portroll_str *keys, size_t count)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += find(peer, keys[i]);
	return sum;
}

/* SPDX-License-Identifier: MIT */
#include "snapshot/name_table.h"

#include <string.h>

#define ROUNDS           32U
#define KEYS_IN_BUCKET   4U  /* on average */
#define SPARE_SLOTS      10U /* one empty slot for so many keys */
#define BUCKET_MAX       64U /* keys in one; far more than chance puts there */
#define DISPLACEMENT_MAX UINT16_MAX

/* The keys, by bucket: those of bucket b are order[starts[b]] to order[starts[b + 1] - 1]. */
struct builder {
	struct name_table *table;
	uint64_t *hashes;
	uint32_t *order, *starts;
	uint32_t *by_size; /* buckets, the fullest first */
	uint32_t count;
};

static bool make_room(struct builder *b, struct arena *a)
{
	struct name_table *t = b->table;
	t->bucket_count = b->count / KEYS_IN_BUCKET + 1;
	t->slot_count = b->count + b->count / SPARE_SLOTS + 1;
	t->displacements = arena_array(a, t->bucket_count, sizeof(*t->displacements));
	t->slots = arena_array(a, t->slot_count, sizeof(*t->slots));
	b->hashes = arena_array(a, b->count, sizeof(*b->hashes));
	b->order = arena_array(a, b->count, sizeof(*b->order));
	b->starts = arena_array(a, (size_t)t->bucket_count + 2, sizeof(*b->starts));
	b->by_size = arena_array(a, t->bucket_count, sizeof(*b->by_size));
	return t->displacements && t->slots && b->hashes && b->order && b->starts && b->by_size;
}

/* Counting sort, twice: keys by bucket, buckets by how full they are. False: one is too full. */
static bool sort(struct builder *b, const struct name_key *keys)
{
	uint32_t buckets = b->table->bucket_count;
	uint32_t sizes[BUCKET_MAX + 2] = {0};
	memset(b->starts, 0, ((size_t)buckets + 2) * sizeof(*b->starts));
	for (uint32_t i = 0; i < b->count; i++) {
		b->hashes[i] = name_hash(keys[i], name_seeds(b->table->seed));
		b->starts[name_bucket(b->hashes[i], buckets) + 2]++;
	}
	for (uint32_t i = 0; i < buckets; i++) {
		if (b->starts[i + 2] > BUCKET_MAX)
			return false;
		sizes[BUCKET_MAX - b->starts[i + 2] + 1]++;
	}
	for (uint32_t i = 1; i <= BUCKET_MAX + 1; i++)
		sizes[i] += sizes[i - 1];
	for (uint32_t i = 0; i < buckets; i++) {
		b->by_size[sizes[BUCKET_MAX - b->starts[i + 2]]++] = i;
		b->starts[i + 2] += b->starts[i + 1];
	}
	for (uint32_t i = 0; i < b->count; i++)
		b->order[b->starts[name_bucket(b->hashes[i], buckets) + 1]++] = i;
	return true;
}

/* Gives the keys of a bucket the slots of a displacement, or none when one is taken. */
static bool place(struct builder *b, uint32_t bucket, uint16_t displacement)
{
	struct name_table *t = b->table;
	uint32_t slots[BUCKET_MAX], count = 0;
	for (uint32_t i = b->starts[bucket]; i < b->starts[bucket + 1]; i++) {
		uint32_t key = b->order[i];
		uint32_t slot = name_slot(b->hashes[key], displacement, t->slot_count);
		if (t->slots[slot]) {
			while (count > 0)
				t->slots[slots[--count]] = 0;
			return false;
		}
		t->slots[slot] = key + 1;
		slots[count++] = slot;
	}
	t->displacements[bucket] = displacement;
	return true;
}

static bool place_all(struct builder *b)
{
	struct name_table *t = b->table;
	memset(t->slots, 0, t->slot_count * sizeof(*t->slots));
	for (uint32_t i = 0; i < t->bucket_count; i++) {
		uint32_t displacement = 0;
		while (!place(b, b->by_size[i], (uint16_t)displacement))
			if (displacement++ == DISPLACEMENT_MAX)
				return false;
	}
	return true;
}

int name_table_build(struct name_table *ret, const struct name_key *keys, uint32_t count,
		     uint64_t seed, struct arena *a)
{
	struct name_table table = {0};
	struct builder b = {.table = &table, .count = count};
	if (!make_room(&b, a))
		return PORTROLL_ENOMEM;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		table.seed = seed + round;
		if (sort(&b, keys) && place_all(&b)) {
			*ret = table;
			return PORTROLL_OK;
		}
	}
	return PORTROLL_ELIMIT;
}

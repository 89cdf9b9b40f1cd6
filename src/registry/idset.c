/* SPDX-License-Identifier: MIT */
#include "registry/idset.h"

#include "base/hash.h"

static struct idset_slot *slot_of(const struct idset *set, struct portroll_str key, uint32_t hash)
{
	size_t mask = set->capacity - 1;
	size_t at = hash & mask;
	while (set->slots[at].key.ptr &&
	       !(set->slots[at].hash == hash && str_equal(set->slots[at].key, key)))
		at = (at + 1) & mask;
	return &set->slots[at];
}

uint32_t idset_find(const struct idset *set, struct portroll_str key)
{
	if (set->capacity == 0)
		return IDSET_NONE;
	const struct idset_slot *slot = slot_of(set, key, (uint32_t)hash_bytes(key));
	return slot->key.ptr ? slot->value : IDSET_NONE;
}

static bool grow(struct idset *set)
{
	struct idset larger = {.arena = set->arena,
			       .capacity = set->capacity ? set->capacity * 4 : 64};
	larger.slots = arena_array(set->arena, larger.capacity, sizeof(*larger.slots));
	if (!larger.slots)
		return false;
	for (size_t i = 0; i < set->capacity; i++)
		if (set->slots[i].key.ptr)
			*slot_of(&larger, set->slots[i].key, set->slots[i].hash) = set->slots[i];
	larger.count = set->count;
	*set = larger;
	return true;
}

uint32_t idset_add(struct idset *set, struct portroll_str key, uint32_t value)
{
	if (set->count * 2 >= set->capacity && !grow(set))
		return IDSET_NONE;
	if (!key.ptr)
		key = STR("");
	uint32_t hash = (uint32_t)hash_bytes(key);
	struct idset_slot *slot = slot_of(set, key, hash);
	if (!slot->key.ptr) {
		*slot = (struct idset_slot){key, value, hash};
		set->count++;
	}
	return slot->value;
}

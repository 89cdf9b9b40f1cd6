/* SPDX-License-Identifier: MIT */
#pragma once

/* A table from texts to numbers, in an arena: persons by id, strings by content. */

#include "base/arena.h"

struct idset_slot {
	struct portroll_str key;
	uint32_t value;
	uint32_t hash; /* of the key */
};

struct idset {
	struct arena *arena;
	struct idset_slot *slots;
	size_t count, capacity; /* capacity is a power of two */
};

#define IDSET_INIT(a) ((struct idset){.arena = (a)})
#define IDSET_NONE    UINT32_MAX

/* The number of a key (exact bytes), or IDSET_NONE. */
uint32_t idset_find(const struct idset *set, struct portroll_str key);

/* Adds key -> value when the key is new; returns the number it has then. IDSET_NONE: no memory. */
uint32_t idset_add(struct idset *set, struct portroll_str key, uint32_t value);

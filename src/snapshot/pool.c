/* SPDX-License-Identifier: MIT */
#include "snapshot/pool.h"

#include "base/hash.h"

#include <string.h>

#define POOL_FIRST 1024U

static bool grow(struct pool *p)
{
	size_t capacity = p->capacity ? p->capacity * 4 : POOL_FIRST;
	uint64_t *slots = arena_array(p->arena, capacity, sizeof(*slots));
	if (!slots)
		return false;
	for (size_t i = 0; i < p->capacity; i++) {
		size_t at = (size_t)(p->slots[i] >> 32) & (capacity - 1);
		while (p->slots[i] && slots[at])
			at = (at + 1) & (capacity - 1);
		if (p->slots[i])
			slots[at] = p->slots[i];
	}
	p->slots = slots;
	p->capacity = capacity;
	return true;
}

uint32_t pool_keep(struct pool *p, size_t from)
{
	struct buf *out = p->out;
	if (out->failed || (p->count * 4 >= p->capacity * 3 && !grow(p)))
		return 0;
	size_t len = out->len - from;
	uint32_t hash = (uint32_t)hash_bytes((struct portroll_str){out->ptr + from, len});
	size_t mask = p->capacity - 1;
	size_t at = hash & mask;
	for (; p->slots[at]; at = (at + 1) & mask) {
		uint32_t offset = (uint32_t)p->slots[at] - 1;
		if (p->slots[at] >> 32 == hash && len <= from - offset &&
		    memcmp(out->ptr + offset, out->ptr + from, len) == 0) {
			out->len = from;
			return offset;
		}
	}
	p->slots[at] = (uint64_t)hash << 32 | (uint32_t)(from + 1);
	p->count++;
	return (uint32_t)from;
}

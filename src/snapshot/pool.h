/* SPDX-License-Identifier: MIT */
#pragma once

/* Keeps equal pieces of a buffer once. */

#include "base/arena.h"
#include "base/buf.h"

struct pool {
	struct buf *out;
	struct arena *arena;
	uint64_t *slots; /* hash << 32 | offset + 1 */
	size_t count, capacity;
};

#define POOL_INIT(b, a) ((struct pool){.out = (b), .arena = (a)})

/* Looks for the piece that was just written to out, from `from` on: when the same bytes stand
 * there already, the new ones are cut off again. Returns where they stand. */
uint32_t pool_keep(struct pool *p, size_t from);

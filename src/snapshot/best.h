/* SPDX-License-Identifier: MIT */
#pragma once

/* The best of many hits, in the caller's array: a heap with the worst at its top. */

#include "portroll.h"

struct best {
	struct portroll_hit *hits;
	size_t max, kept; /* kept of at most max */
	size_t count;     /* offered */
};

/* A hit of this rank or a better one may still be kept; UINT64_MAX: any. */
uint64_t best_worst(const struct best *b);

void best_offer(struct best *b, uint64_t rank, uint32_t record);

/* Sorts what was kept, the best first. */
void best_sort(struct best *b);

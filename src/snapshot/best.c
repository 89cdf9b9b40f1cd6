/* SPDX-License-Identifier: MIT */
#include "snapshot/best.h"

static bool is_worse(struct portroll_hit a, struct portroll_hit b)
{
	return a.rank != b.rank ? a.rank > b.rank : a.record > b.record;
}

/* Puts a hit into the heap of `count` at a place whose children are in order. */
static void sift_down(struct portroll_hit *heap, size_t count, size_t at, struct portroll_hit hit)
{
	for (size_t child; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && is_worse(heap[child + 1], heap[child]))
			child++;
		if (!is_worse(heap[child], hit))
			break;
		heap[at] = heap[child];
	}
	heap[at] = hit;
}

static void make_heap(struct best *b)
{
	for (size_t at = b->kept / 2; at-- > 0;)
		sift_down(b->hits, b->kept, at, b->hits[at]);
}

uint64_t best_worst(const struct best *b)
{
	if (b->kept < b->max)
		return UINT64_MAX;
	return b->max > 0 ? b->hits[0].rank : 0;
}

void best_offer(struct best *b, uint64_t rank, uint32_t record)
{
	struct portroll_hit hit = {.rank = rank, .record = record};
	b->count++;
	if (b->kept < b->max) {
		b->hits[b->kept++] = hit;
		if (b->kept == b->max)
			make_heap(b);
	} else if (b->max > 0 && is_worse(b->hits[0], hit)) {
		sift_down(b->hits, b->kept, 0, hit);
	}
}

static bool is_sorted(const struct best *b)
{
	for (size_t i = 1; i < b->kept; i++)
		if (is_worse(b->hits[i - 1], b->hits[i]))
			return false;
	return true;
}

void best_sort(struct best *b)
{
	if (is_sorted(b))
		return;
	if (b->kept < b->max)
		make_heap(b);
	for (size_t count = b->kept; count-- > 1;) {
		struct portroll_hit last = b->hits[count];
		b->hits[count] = b->hits[0];
		sift_down(b->hits, count, 0, last);
	}
}

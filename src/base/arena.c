/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

#include "base/memory.h"

#define CHUNK_MIN   (4U << 10)
#define CHUNK_SMALL (32U << 10)  /* in sum; from then on the work is large */
#define CHUNK_MAX   MEMORY_LARGE /* with its own head */

struct arena_chunk {
	alignas(max_align_t) struct arena_chunk *next;
	size_t size;
};

struct arena_piece {
	struct arena_piece *next;
	void *memory;
	size_t size;
};

/* Chunks grow with the arena, so that small work stays small and large work asks rarely. */
static bool add_chunk(struct arena *a, size_t size)
{
	size_t wanted = a->size < CHUNK_MIN ? CHUNK_MIN : a->size * 3;
	if (a->size > CHUNK_SMALL)
		wanted = CHUNK_MAX - sizeof(struct arena_chunk);
	if (wanted < size)
		wanted = size;
	if (a->size_max) {
		size_t left = a->size < a->size_max ? a->size_max - a->size : 0;
		a->is_full = size > left;
		if (a->is_full)
			return false;
		if (wanted > left)
			wanted = left;
	}
	struct arena_chunk *chunk = memory_new(sizeof(*chunk) + wanted);
	if (!chunk)
		return false;
	chunk->size = sizeof(*chunk) + wanted;
	chunk->next = a->chunks;
	a->chunks = chunk;
	a->next = (char *)(chunk + 1);
	a->end = a->next + wanted;
	a->size += wanted;
	return true;
}

void *arena_alloc(struct arena *a, size_t size)
{
	if (a->failed)
		return NULL;
	size_t need = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (need < size || need > PTRDIFF_MAX ||
	    (need > (size_t)(a->end - a->next) && !add_chunk(a, need))) {
		a->failed = true;
		return NULL;
	}
	if (!a->next) {
		if (!add_chunk(a, alignof(max_align_t))) {
			a->failed = true;
			return NULL;
		}
	}
	void *memory = a->next;
	a->next += need;
	return memset(memory, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(count, size, &total)) {
		a->failed = true;
		return NULL;
	}
	return arena_alloc(a, total);
}

void *arena_grow(struct arena *a, const void *old, size_t count, size_t new_count, size_t size)
{
	void *grown = arena_array(a, new_count, size);
	if (grown && count)
		memcpy(grown, old, count * size);
	return grown;
}

/* Text needs no alignment: packed tightly it is half of what a registry costs in memory. */
static char *take_text(struct arena *a, size_t size)
{
	if (a->failed)
		return NULL;
	if (size > (size_t)(a->end - a->next) && !add_chunk(a, size)) {
		a->failed = true;
		return NULL;
	}
	char *text = a->end - size;
	a->end = text;
	return text;
}

struct portroll_str arena_str(struct arena *a, struct portroll_str text)
{
	if (text.len == 0)
		return STR("");
	char *copy = take_text(a, text.len);
	if (!copy)
		return STR("");
	memcpy(copy, text.ptr, text.len);
	return (struct portroll_str){copy, text.len};
}

char *arena_cstr(struct arena *a, struct portroll_str text)
{
	char *copy = text.len < SIZE_MAX ? take_text(a, text.len + 1) : NULL;
	if (!copy)
		return NULL;
	if (text.len)
		memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return copy;
}

bool arena_keep(struct arena *a, void *memory, size_t size)
{
	struct arena_piece *piece = arena_alloc(a, sizeof(*piece));
	if (!piece) {
		memory_free(memory, size);
		return false;
	}
	*piece = (struct arena_piece){a->pieces, memory, size};
	a->pieces = piece;
	return true;
}

/* They are remembered in the chunks, and so go before those. */
static void free_pieces(const struct arena_piece *pieces)
{
	for (; pieces; pieces = pieces->next)
		memory_free(pieces->memory, pieces->size);
}

static void free_chunks(struct arena_chunk *chunks)
{
	while (chunks) {
		struct arena_chunk *next = chunks->next;
		memory_free(chunks, chunks->size);
		chunks = next;
	}
}

void arena_done(struct arena *a)
{
	free_pieces(a->pieces);
	free_chunks(a->chunks);
	*a = ARENA_INIT;
}

void arena_clear(struct arena *a)
{
	struct arena_chunk *kept = a->chunks;
	free_pieces(a->pieces);
	if (kept)
		free_chunks(kept->next);
	*a = (struct arena){.chunks = kept, .size_max = a->size_max};
	if (!kept)
		return;
	kept->next = NULL;
	a->next = (char *)(kept + 1);
	a->end = (char *)kept + kept->size;
	a->size = kept->size - sizeof(*kept);
}

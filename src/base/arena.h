/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * One arena for each piece of work: everything is freed at once by arena_done(), nothing before.
 * A failure sticks in `failed`; callers test it once at the end or the pointer where they need it.
 * This file and buf.c are the only ones that ask the system for memory, besides openers of handles.
 */

#include "base/str.h"

struct arena_chunk;
struct arena_piece;

struct arena {
	struct arena_chunk *chunks; /* the newest first */
	struct arena_piece *pieces; /* that were made elsewhere */
	char *next, *end;           /* what is left of the newest */
	size_t size;                /* bytes taken from the system */
	size_t size_max;            /* it fails where it would take more; 0: no limit */
	bool failed;
	bool is_full; /* it failed because of that limit */
};

#define ARENA_INIT ((struct arena){0})

/* Zeroed memory, aligned for any type; NULL when there is none. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);

/* The same for an array; NULL also when count * size overflows. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* A larger array with the first `count` items of `old` copied; the old one stays until the end. */
void *arena_grow(struct arena *a, const void *old, size_t count, size_t new_count, size_t size);

/* A copy that lives in the arena; the empty view for an empty text or on failure. */
struct portroll_str arena_str(struct arena *a, struct portroll_str text);

/* The same as a NUL-terminated C string; NULL on failure. */
char *arena_cstr(struct arena *a, struct portroll_str text);

/* Takes over a piece of that size from memory_new(). Where there is no memory to remember it, it is
 * gone at once, and false returned. */
bool arena_keep(struct arena *a, void *memory, size_t size);

void arena_done(struct arena *a);

/* The same, but the newest chunk is kept for what comes next: for work that is done again. */
void arena_clear(struct arena *a);

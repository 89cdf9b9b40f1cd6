/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Memory by the piece: small ones from malloc(), large ones straight from the system, on large
 * pages where it has them. To touch a small page for the first time costs as much as to parse a
 * kilobyte, and an import touches thousands; and what is given back is really given back.
 */

#include <stddef.h>

#define MEMORY_LARGE ((size_t)2 << 20) /* bytes of a large page; pieces from here on are large */

/* `size` bytes of any content; NULL when there are none. */
void *memory_new(size_t size);

/* As realloc(): a piece of new_size bytes that begins with the `len` first bytes of the old one,
 * which had old_size bytes (NULL and 0: none) and is gone then. NULL: the old one stays. */
void *memory_grow(void *old, size_t old_size, size_t len, size_t new_size);

/* Gives back a piece of that size; NULL is fine. */
void memory_free(void *memory, size_t size);

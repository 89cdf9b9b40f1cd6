/* SPDX-License-Identifier: MIT */
#include "formats/xml_memory.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"

/* The size stands before each piece, in the room of what needs the strictest alignment. */
static void *piece_of(char *base, size_t size)
{
	if (!base)
		return NULL;
	memcpy(base, &size, sizeof(size));
	return base + alignof(max_align_t);
}

static char *base_of(void *piece, size_t *ret_size)
{
	char *base = (char *)piece - alignof(max_align_t);
	memcpy(ret_size, base, sizeof(*ret_size));
	return base;
}

static void *take_piece(size_t size)
{
	if (size > PTRDIFF_MAX - alignof(max_align_t))
		return NULL;
	size += alignof(max_align_t);
	return piece_of(memory_new(size), size);
}

static void *grow_piece(void *old, size_t size)
{
	size_t old_size;
	if (!old || size > PTRDIFF_MAX - alignof(max_align_t))
		return old ? NULL : take_piece(size);
	char *base = base_of(old, &old_size);
	size += alignof(max_align_t);
	return piece_of(memory_grow(base, old_size, old_size < size ? old_size : size, size), size);
}

static void give_piece(void *piece)
{
	if (!piece)
		return;
	size_t size;
	char *base = base_of(piece, &size);
	memory_free(base, size);
}

const XML_Memory_Handling_Suite xml_memory = {take_piece, grow_piece, give_piece};

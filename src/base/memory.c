/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static size_t whole_pages(size_t size)
{
	return (size + MEMORY_LARGE - 1) & ~(MEMORY_LARGE - 1);
}

/* Large pages for what fills them by three quarters; what only begins one keeps small ones, so that
 * it costs what it holds. */
static size_t worth_large_pages(size_t size)
{
	return (size + MEMORY_LARGE / 4) & ~(MEMORY_LARGE - 1);
}

/* Maps one large page more than needed and gives back what lies before and after the aligned
 * part. */
static void *map_large(size_t size)
{
	size_t whole = whole_pages(size);
	if (whole < size || whole > PTRDIFF_MAX - MEMORY_LARGE)
		return NULL;
	char *map = mmap(NULL, whole + MEMORY_LARGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED)
		return NULL;
	size_t before = whole_pages((uintptr_t)map) - (uintptr_t)map;
	if (before)
		(void)munmap(map, before);
	if (before < MEMORY_LARGE)
		(void)munmap(map + before + whole, MEMORY_LARGE - before);
	(void)madvise(map + before, worth_large_pages(size), MADV_HUGEPAGE);
	return map + before;
}

void *memory_new(size_t size)
{
	return size < MEMORY_LARGE ? malloc(size) : map_large(size);
}

void *memory_grow(void *old, size_t old_size, size_t len, size_t new_size)
{
	if (old_size < MEMORY_LARGE && new_size < MEMORY_LARGE)
		return realloc(old, new_size);
	void *memory = memory_new(new_size);
	if (!memory)
		return NULL;
	if (len)
		memcpy(memory, old, len);
	memory_free(old, old_size);
	return memory;
}

void memory_free(void *memory, size_t size)
{
	if (size < MEMORY_LARGE)
		free(memory);
	else if (memory)
		(void)munmap(memory, whole_pages(size));
}

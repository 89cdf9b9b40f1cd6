/* SPDX-License-Identifier: MIT */
/* The limit of a search without an index: the first and the last byte of the text, 32 places at
 * once. */
#include <immintrin.h>
#include <stdlib.h>
#include <string.h>

#include "search_peer.h"

enum {
	STEP = 32,
};

void *search_peer_build(const struct documents *documents)
{
	return (void *)(uintptr_t)documents;
}

static inline uint32_t equal_mask(const char *at, __m256i byte)
{
	__m256i text = _mm256_loadu_si256((const __m256i *)(const void *)at);
	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, byte));
}

size_t search_peer_count(void *peer, struct portroll_str text)
{
	const struct documents *d = peer;
	const char *at = d->text, *end = at + d->begin[d->count];
	__m256i first = _mm256_set1_epi8(text.ptr[0]),
		last = _mm256_set1_epi8(text.ptr[text.len - 1]);
	size_t count = 0;
	while (at < end) {
		uint32_t places = equal_mask(at, first) & equal_mask(at + text.len - 1, last);
		const char *next = at + STEP;
		for (; places; places &= places - 1) {
			const char *found = at + __builtin_ctz(places);
			if (memcmp(found, text.ptr, text.len) != 0)
				continue;
			count++;
			const char *line_end = memchr(found, '\n', (size_t)(end - found));
			next = line_end ? line_end + 1 : end;
			break;
		}
		at = next;
	}
	return count;
}

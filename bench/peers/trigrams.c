/* SPDX-License-Identifier: MIT */
/*
 * The limit of a search with an index: for each three bytes the list of documents that hold them;
 * the shortest list of the text's is read, and each document verified. Bytes fall into 64 classes,
 * so that the index is a plain table.
 */
#include <stdlib.h>
#include <string.h>

#include "search_peer.h"

enum {
	TRIGRAMS = 64 * 64 * 64,
	NONE = -1,
};

struct trigrams {
	const struct documents *documents;
	uint32_t begin[TRIGRAMS + 1]; /* of each list */
	uint16_t *lists;
	uint8_t class_of[256];
};

static void classes_fill(uint8_t *class_of)
{
	for (unsigned c = 0; c < 256; c++)
		class_of[c] = (uint8_t)(c >= 'a' && c <= 'z'   ? c - 'a' + 1
					: c >= '0' && c <= '9' ? c - '0' + 27
					: c == '\t'            ? 63
							       : 37 + c * 7 % 25);
}

static inline uint32_t trigram(const struct trigrams *t, const char *text)
{
	const uint8_t *b = (const uint8_t *)text;
	return (uint32_t)(t->class_of[b[0]] << 12 | t->class_of[b[1]] << 6 | t->class_of[b[2]]);
}

/* Once to count and, with `lists`, once to write: at[i] moves with each document of list i. */
static void walk(struct trigrams *t, uint32_t *at, int32_t *last)
{
	const struct documents *d = t->documents;
	for (size_t i = 0; i < TRIGRAMS; i++)
		last[i] = NONE;
	for (size_t n = 0; n < d->count; n++)
		for (uint32_t i = d->begin[n]; i + 3 < d->begin[n + 1]; i++) {
			uint32_t g = trigram(t, d->text + i);
			if (last[g] == (int32_t)n)
				continue;
			last[g] = (int32_t)n;
			if (t->lists)
				t->lists[at[g]] = (uint16_t)n;
			at[g]++;
		}
}

void *search_peer_build(const struct documents *documents)
{
	struct trigrams *t = calloc(1, sizeof(*t));
	uint32_t *at = calloc(TRIGRAMS, sizeof(*at));
	int32_t *last = calloc(TRIGRAMS, sizeof(*last));
	if (!t || !at || !last || documents->count > UINT16_MAX)
		return NULL;
	t->documents = documents;
	classes_fill(t->class_of);
	walk(t, at, last);
	for (size_t i = 0; i < TRIGRAMS; i++) {
		t->begin[i + 1] = t->begin[i] + at[i];
		at[i] = t->begin[i];
	}
	t->lists = calloc(t->begin[TRIGRAMS] + 1, sizeof(*t->lists));
	if (!t->lists)
		return NULL;
	walk(t, at, last);
	free(at);
	free(last);
	return t;
}

size_t search_peer_count(void *peer, struct portroll_str text)
{
	const struct trigrams *t = peer;
	const struct documents *d = t->documents;
	uint32_t best = 0, size = UINT32_MAX;
	for (size_t i = 0; i + 3 <= text.len; i++) {
		uint32_t g = trigram(t, text.ptr + i), this_size = t->begin[g + 1] - t->begin[g];
		if (this_size < size) {
			best = t->begin[g];
			size = this_size;
		}
	}
	size_t count = 0;
	for (uint32_t i = 0; i < size; i++) {
		uint16_t n = t->lists[best + i];
		count += memmem(d->text + d->begin[n], d->begin[n + 1] - d->begin[n] - 1, text.ptr,
				text.len) != NULL;
	}
	return count;
}

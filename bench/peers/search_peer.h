/* SPDX-License-Identifier: MIT */
#pragma once

#include "portroll.h"

/* What a module for search_words exports. */

/* One lower-cased text for each record, '\n' at its end and nowhere else. Text i is from begin[i]
 * to begin[i + 1]; behind the last one 64 zero bytes may be read. */
struct documents {
	const char *text;
	const uint32_t *begin;
	size_t count;
};

/* The structure, which lives to the end as the documents do, or NULL: it cannot be made. */
PORTROLL_API void *search_peer_build(const struct documents *documents);

/* In how many documents the text stands, which has a NUL behind. */
PORTROLL_API size_t search_peer_count(void *peer, struct portroll_str text);

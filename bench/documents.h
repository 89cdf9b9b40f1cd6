/* SPDX-License-Identifier: MIT */
#pragma once

#include "peers/search_peer.h"

/* The texts of all records as a search sees them, and the words in them. */

enum {
	DOCUMENT_NAMES = 0,   /* name and description */
	DOCUMENT_COLUMNS = 1, /* all cells of text */
};

struct documents documents_of(const struct portroll_snapshot *s, int which);

struct words {
	struct portroll_str *word; /* with a NUL behind each */
	size_t count;
};

/* All different words (between blanks) with so many bytes at least and at most, ordered by bytes.
 */
struct words words_of(const struct documents *d, size_t len_min, size_t len_max);

/* Keeps one word of each `each`. */
void words_thin(struct words *words, size_t each);

/* Pairs of words, a tab between: of each seventh document its longest and its second longest. */
struct words word_pairs_of(const struct documents *d);

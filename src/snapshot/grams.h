/* SPDX-License-Identifier: MIT */
#pragma once

/* Reading the search index: the documents that may hold a word. */

#include "snapshot/ground.h"

/* Grams that are neighbours, one of which each document with the word has. */
struct gram_span {
	uint32_t first, count;
	uint32_t size; /* bytes of their postings */
	uint32_t also; /* where there is one: another gram that each of the documents has */
};

#define GRAM_NONE UINT32_MAX

/* The fewest of a word; the word is not empty. */
struct gram_span grams_of_word(const struct ground *g, struct portroll_str word);

/* The documents of a gram, in order. */
struct postings {
	const struct ground *ground;
	const unsigned char *at, *end;
	uint32_t next; /* the least that may follow */
};

struct postings postings_of(const struct ground *g, uint32_t gram);

/* False: no more. The document is one that there is; any other number ends the list. */
bool postings_next(struct postings *p, uint32_t *ret_document);

/* The same for the documents that stand in `also` too, unless that is NULL. */
bool postings_next_in(struct postings *p, struct postings *also, uint32_t *ret_document);

/* SPDX-License-Identifier: MIT */
#include "snapshot/grams.h"

#include "snapshot/gram.h"

#define FEW         2U /* bytes of postings that are read sooner than other grams are looked up */
#define ALSO_FACTOR 8U /* so many times more postings are read as fast as texts are compared */

static const struct gram_span no_grams = {.also = GRAM_NONE};

/* From `first` on; where there are that many, and their postings are. */
static struct gram_span span_of(const struct ground *g, uint32_t first, uint32_t count)
{
	if (count == 0)
		return no_grams;
	if (first < g->gram_count && count <= g->gram_count - first) {
		const unsigned char *places = g->gram_places + (size_t)first * sizeof(uint32_t);
		uint32_t from = load_u32(places);
		uint32_t to = load_u32(places + count * sizeof(uint32_t));
		if (from <= to && to <= g->posting_size)
			return (struct gram_span){first, count, to - from, GRAM_NONE};
	}
	(void)mark_damaged(g->snapshot);
	return no_grams;
}

/* The number of what the next class leads to. */
static bool follow(const unsigned char *row, unsigned class, uint32_t *ret)
{
	uint64_t next = load_u64(row + GRAM_NEXT), bit = UINT64_C(1) << class;
	*ret = load_u32(row + GRAM_FIRST) + gram_count_bits(next & (bit - 1));
	return next & bit;
}

/* The number behind the last that a row leads to. */
static uint32_t end_of(const unsigned char *row)
{
	return load_u32(row + GRAM_FIRST) + gram_count_bits(load_u64(row + GRAM_NEXT));
}

static const unsigned char *first_row(const struct ground *g, char c)
{
	return g->gram_firsts + gram_class(c) * GRAM_SIZE;
}

static const unsigned char *pair_row(const struct ground *g, uint32_t pair)
{
	if (pair < g->pair_count)
		return g->gram_pairs + (size_t)pair * GRAM_SIZE;
	(void)mark_damaged(g->snapshot);
	return NULL;
}

static struct gram_span one_gram(const struct ground *g, const char *bytes)
{
	uint32_t pair, gram;
	if (!follow(first_row(g, bytes[0]), gram_class(bytes[1]), &pair))
		return no_grams;
	const unsigned char *row = pair_row(g, pair);
	if (!row || !follow(row, gram_class(bytes[2]), &gram))
		return no_grams;
	return span_of(g, gram, 1);
}

/* All grams of the pairs from `first` to before `end`. */
static struct gram_span grams_of_pairs(const struct ground *g, uint32_t first, uint32_t end)
{
	if (first == end)
		return no_grams;
	const unsigned char *begin = pair_row(g, first), *last = pair_row(g, end - 1);
	if (!begin || !last)
		return no_grams;
	uint32_t from = load_u32(begin + GRAM_FIRST), to = end_of(last);
	if (from <= to)
		return span_of(g, from, to - from);
	(void)mark_damaged(g->snapshot);
	return no_grams;
}

struct gram_span grams_of_word(const struct ground *g, struct portroll_str word)
{
	const unsigned char *first = first_row(g, word.ptr[0]);
	uint32_t pair;
	if (word.len == 1)
		return grams_of_pairs(g, load_u32(first + GRAM_FIRST), end_of(first));
	if (word.len == 2)
		return follow(first, gram_class(word.ptr[1]), &pair)
			       ? grams_of_pairs(g, pair, pair + 1)
			       : no_grams;
	struct gram_span best = {.size = UINT32_MAX}, second = best;
	for (size_t i = 0; i + 2 < word.len && best.size > FEW; i++) {
		struct gram_span span = one_gram(g, word.ptr + i);
		if (span.size < best.size) {
			second = best;
			best = span;
		} else if (span.size < second.size && span.first != best.first) {
			second = span;
		}
	}
	if (best.size > FEW && second.size / ALSO_FACTOR <= best.size)
		best.also = second.first;
	return best;
}

struct postings postings_of(const struct ground *g, uint32_t gram)
{
	struct postings p = {.ground = g};
	if (span_of(g, gram, 1).size == 0)
		return p;
	const unsigned char *place = g->gram_places + (size_t)gram * sizeof(uint32_t);
	p.at = g->postings + load_u32(place);
	p.end = g->postings + load_u32(place + sizeof(uint32_t));
	return p;
}

bool postings_next(struct postings *p, uint32_t *ret_document)
{
	if (p->at == p->end)
		return false;
	uint32_t step = *p->at & 0x7f;
	for (unsigned shift = 7; *p->at++ & 0x80; shift += 7) {
		if (p->at == p->end || shift > 28)
			return false;
		step |= (uint32_t)(*p->at & 0x7f) << shift;
	}
	uint32_t documents = p->ground->document_count;
	if (step >= documents || p->next >= documents - step)
		return false;
	*ret_document = p->next + step;
	p->next = *ret_document + 1;
	return true;
}

bool postings_next_in(struct postings *p, struct postings *also, uint32_t *ret_document)
{
	if (!postings_next(p, ret_document))
		return false;
	while (also && also->next != *ret_document + 1) {
		uint32_t other;
		if (also->next <= *ret_document ? !postings_next(also, &other)
						: !postings_next(p, ret_document))
			return false;
	}
	return true;
}

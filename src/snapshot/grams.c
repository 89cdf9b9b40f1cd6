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

static struct gram_span one_gram(const struct ground *g, unsigned pair, unsigned third)
{
	const unsigned char *row = g->gram_pairs + pair * PAIR_SIZE;
	uint64_t thirds = load_u64(row + PAIR_THIRDS), bit = UINT64_C(1) << third;
	if (!(thirds & bit))
		return no_grams;
	return span_of(g, load_u32(row + PAIR_FIRST) + gram_count_bits(thirds & (bit - 1)), 1);
}

/* All grams of the pairs from `first` to `last`. */
static struct gram_span grams_of_pairs(const struct ground *g, unsigned first, unsigned last)
{
	const unsigned char *end = g->gram_pairs + last * PAIR_SIZE;
	uint32_t from = load_u32(g->gram_pairs + first * PAIR_SIZE + PAIR_FIRST);
	uint32_t to = load_u32(end + PAIR_FIRST) + gram_count_bits(load_u64(end + PAIR_THIRDS));
	if (from <= to)
		return span_of(g, from, to - from);
	(void)mark_damaged(g->snapshot);
	return no_grams;
}

struct gram_span grams_of_word(const struct ground *g, struct portroll_str word)
{
	unsigned first = gram_class(word.ptr[0]);
	if (word.len == 1)
		return grams_of_pairs(g, first * GRAM_CLASSES, (first + 1) * GRAM_CLASSES - 1);
	unsigned pair = first * GRAM_CLASSES + gram_class(word.ptr[1]);
	if (word.len == 2)
		return grams_of_pairs(g, pair, pair);
	struct gram_span best = {.size = UINT32_MAX}, second = best;
	for (size_t i = 2; i < word.len && best.size > FEW; i++) {
		unsigned third = gram_class(word.ptr[i]);
		struct gram_span span = one_gram(g, pair, third);
		if (span.size < best.size) {
			second = best;
			best = span;
		} else if (span.size < second.size && span.first != best.first) {
			second = span;
		}
		pair = pair % GRAM_CLASSES * GRAM_CLASSES + third;
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

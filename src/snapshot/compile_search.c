/* SPDX-License-Identifier: MIT */
#include "snapshot/compile.h"

#include "base/load.h"
#include "snapshot/gram.h"

#define NO_DOCUMENT UINT32_MAX

/* A document is a pair of name and description that some records have in common. */
struct documents {
	uint32_t *of;    /* record to document, or NO_DOCUMENT */
	uint32_t *first; /* document to its first record */
	uint32_t *slots; /* document + 1, by the hash of its texts */
	uint32_t count, slot_mask;
	uint32_t records;
	const char *rows;
};

/* While sizes are counted `at` is the size of a gram's postings, then the place of the next one. */
struct gram {
	uint32_t next; /* least document that it may still be in; 0: it is in none so far */
	uint32_t at;
};

struct indexer {
	struct gram *grams;
	char *out; /* the postings; NULL while their sizes are counted */
	uint8_t classes[UINT8_MAX + 1];
};

static const char *row_of(const struct documents *d, uint32_t record)
{
	return d->rows + (size_t)record * RECORD_SIZE;
}

static uint64_t texts_of(const struct documents *d, uint32_t record)
{
	const char *row = row_of(d, record);
	return (uint64_t)load_u32(row + RECORD_NAME) << 32 | load_u32(row + RECORD_DESCRIPTION);
}

static uint32_t find_or_add(struct documents *d, uint32_t record, uint64_t texts)
{
	uint32_t slot = (uint32_t)((texts * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & d->slot_mask;
	for (; d->slots[slot]; slot = (slot + 1) & d->slot_mask)
		if (texts_of(d, d->first[d->slots[slot] - 1]) == texts)
			return d->slots[slot] - 1;
	d->first[d->count] = record;
	d->slots[slot] = ++d->count;
	return d->count - 1;
}

static bool collect(struct documents *d, struct compiler *c)
{
	uint32_t slots = 2;
	while (slots < d->records * 2)
		slots *= 2;
	d->slot_mask = slots - 1;
	d->of = arena_array(&c->kept, d->records, sizeof(uint32_t));
	d->first = arena_array(&c->kept, d->records, sizeof(uint32_t));
	d->slots = arena_array(&c->kept, slots, sizeof(uint32_t));
	if (!d->of || !d->first || !d->slots)
		return false;
	uint64_t before = 0;
	for (uint32_t i = 0; i < d->records; i++) {
		uint64_t texts = texts_of(d, i);
		if (i > 0 && texts == before)
			d->of[i] = d->of[i - 1];
		else
			d->of[i] = texts ? find_or_add(d, i, texts) : NO_DOCUMENT;
		before = texts;
	}
	return true;
}

/* The records of each document, in their order. */
static void put_documents(struct compiler *c, const struct documents *d)
{
	struct buf *lists = &c->sections[SECTION_LISTS], *out = &c->sections[SECTION_DOCUMENTS];
	uint32_t *ends = arena_array(&c->kept, (size_t)d->count + 1, sizeof(*ends));
	uint32_t *ids = arena_array(&c->kept, d->records, sizeof(*ids));
	if (!ends || !ids)
		return;
	for (uint32_t i = 0; i < d->records; i++)
		if (d->of[i] != NO_DOCUMENT)
			ends[d->of[i] + 1]++;
	for (uint32_t i = 0; i < d->count; i++)
		ends[i + 1] += ends[i];
	for (uint32_t i = 0; i < d->records; i++)
		if (d->of[i] != NO_DOCUMENT)
			ids[ends[d->of[i]]++] = i;
	for (uint32_t i = 0, at = 0; i < d->count; i++) {
		size_t from = lists->len;
		for (; at < ends[i]; at++)
			put_u32(lists, ids[at]);
		struct record_list list = list_keep(c, from);
		put_u32(out, list.first);
		put_u32(out, list.count);
	}
}

static uint32_t varint_size(uint32_t value)
{
	uint32_t size = 1;
	for (; value >= 0x80; value >>= 7)
		size++;
	return size;
}

static struct portroll_str text_of(const struct compiler *c, uint32_t place)
{
	const char *text = c->sections[SECTION_TEXTS].ptr + place;
	size_t len = 0;
	for (unsigned shift = 0;; shift += 7) {
		len |= (size_t)(*text & 0x7f) << shift;
		if (!(*text++ & 0x80))
			return (struct portroll_str){text, len};
	}
}

/* In each document a gram is seen once. */
static inline void count_gram(struct gram *gram, uint32_t document)
{
	if (gram->next > document)
		return;
	gram->at += varint_size(document - gram->next);
	gram->next = document + 1;
}

static inline void put_gram(struct gram *gram, uint32_t document, char *out)
{
	if (gram->next > document)
		return;
	uint32_t step = document - gram->next;
	gram->next = document + 1;
	for (; step >= 0x80; step >>= 7)
		out[gram->at++] = (char)(step | 0x80);
	out[gram->at++] = (char)step;
}

static void see_text(struct indexer *x, struct portroll_str text, uint32_t document)
{
	unsigned number = GRAM_END;
	for (size_t i = 0; text.len > 0 && i < text.len + 2; i++) {
		unsigned class = i < text.len ? x->classes[(uint8_t)text.ptr[i]] : GRAM_END;
		number = (number << GRAM_BITS | class) % GRAM_COUNT;
		if (i < 2)
			continue;
		if (x->out)
			put_gram(&x->grams[number], document, x->out);
		else
			count_gram(&x->grams[number], document);
	}
}

static void see_documents(struct indexer *x, const struct compiler *c, const struct documents *d)
{
	for (uint32_t i = 0; i < d->count; i++) {
		const char *row = row_of(d, d->first[i]);
		see_text(x, text_of(c, load_u32(row + RECORD_NAME)), i);
		see_text(x, text_of(c, load_u32(row + RECORD_DESCRIPTION)), i);
	}
}

static void put_gram_row(struct buf *out, uint64_t next, size_t first)
{
	char row[GRAM_SIZE];
	store_u64(row + GRAM_NEXT, next);
	store_u32(row + GRAM_FIRST, (uint32_t)first);
	buf_put(out, (struct portroll_str){row, sizeof(row)});
}

/* The grams of a pair: sizes become places. Returns the classes that make one. */
static uint64_t put_places(struct buf *places, struct gram *grams, size_t *size)
{
	uint64_t next = 0;
	for (uint32_t third = 0; third < GRAM_CLASSES; third++) {
		struct gram *gram = &grams[third];
		if (gram->next == 0)
			continue;
		next |= UINT64_C(1) << third;
		put_u32(places, (uint32_t)*size);
		*size += gram->at;
		*gram = (struct gram){.at = (uint32_t)(*size - gram->at)};
	}
	return next;
}

/* The directory. Returns the size of all postings. */
static size_t put_grams(struct compiler *c, struct gram *grams)
{
	struct buf *pairs = &c->sections[SECTION_GRAM_PAIRS];
	struct buf *places = &c->sections[SECTION_GRAM_PLACES];
	size_t size = 0;
	for (uint32_t first = 0; first < GRAM_CLASSES; first++) {
		uint64_t seconds = 0;
		size_t pair = pairs->len / GRAM_SIZE;
		for (uint32_t second = 0; second < GRAM_CLASSES; second++, grams += GRAM_CLASSES) {
			size_t gram = places->len / sizeof(uint32_t);
			uint64_t thirds = put_places(places, grams, &size);
			if (thirds)
				put_gram_row(pairs, thirds, gram);
			seconds |= (uint64_t)(thirds != 0) << second;
		}
		put_gram_row(&c->sections[SECTION_GRAM_FIRSTS], seconds, pair);
	}
	put_u32(places, (uint32_t)size);
	return size;
}

int compile_search(struct compiler *c)
{
	arena_done(&c->pooled); /* here the most memory is asked for */
	struct documents d = {.rows = c->sections[SECTION_RECORDS].ptr};
	d.records = (uint32_t)(c->sections[SECTION_RECORDS].len / RECORD_SIZE);
	struct indexer x = {.grams = arena_array(&c->scratch, GRAM_COUNT, sizeof(*x.grams))};
	for (unsigned i = 0; i <= UINT8_MAX; i++)
		x.classes[i] = (uint8_t)gram_class((char)i);
	if (!x.grams || !collect(&d, c))
		return error_memory(c->err);
	put_documents(c, &d);
	see_documents(&x, c, &d);
	struct buf *postings = &c->sections[SECTION_POSTINGS];
	buf_fill(postings, '\0', put_grams(c, x.grams));
	x.out = postings->ptr;
	if (!postings->failed && x.out)
		see_documents(&x, c, &d);
	return PORTROLL_OK;
}

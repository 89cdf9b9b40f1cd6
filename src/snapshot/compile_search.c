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
	d->of = arena_array(&c->scratch, d->records, sizeof(uint32_t));
	d->first = arena_array(&c->scratch, d->records, sizeof(uint32_t));
	d->slots = arena_array(&c->scratch, slots, sizeof(uint32_t));
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
	uint32_t *ends = arena_array(&c->scratch, (size_t)d->count + 1, sizeof(*ends));
	uint32_t *ids = arena_array(&c->scratch, d->records, sizeof(*ids));
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

/* Room for the posting of a document in a gram's list: to `out`, or counted when that is NULL. */
static void add_posting(struct gram *gram, uint32_t document, char *out)
{
	if (gram->next > document)
		return;
	uint32_t step = document - gram->next;
	gram->next = document + 1;
	if (!out) {
		gram->at += varint_size(step);
		return;
	}
	for (; step >= 0x80; step >>= 7)
		out[gram->at++] = (char)(step | 0x80);
	out[gram->at++] = (char)step;
}

static void add_text(struct gram *grams, const char *text, uint32_t document, char *out)
{
	uint32_t len = 0;
	for (unsigned shift = 0;; shift += 7) {
		len |= (uint32_t)(*text & 0x7f) << shift;
		if (!(*text++ & 0x80))
			break;
	}
	unsigned gram = len > 0 ? gram_class(text[0]) : GRAM_END;
	for (uint32_t i = 0; i < len; i++) {
		unsigned next = i + 1 < len ? gram_class(text[i + 1]) : GRAM_END;
		unsigned last = i + 2 < len ? gram_class(text[i + 2]) : GRAM_END;
		add_posting(&grams[(gram * GRAM_CLASSES + next) * GRAM_CLASSES + last], document,
			    out);
		gram = next;
	}
}

static void add_documents(struct compiler *c, const struct documents *d, struct gram *grams,
			  char *out)
{
	const char *texts = c->sections[SECTION_TEXTS].ptr;
	for (uint32_t i = 0; i < d->count; i++) {
		const char *row = row_of(d, d->first[i]);
		add_text(grams, texts + load_u32(row + RECORD_NAME), i, out);
		add_text(grams, texts + load_u32(row + RECORD_DESCRIPTION), i, out);
	}
}

/* The directory: sizes become places. Returns the size of all postings. */
static size_t put_grams(struct compiler *c, struct gram *grams)
{
	struct buf *pairs = &c->sections[SECTION_GRAM_PAIRS];
	struct buf *places = &c->sections[SECTION_GRAM_PLACES];
	size_t size = 0;
	for (uint32_t pair = 0; pair < GRAM_PAIRS; pair++) {
		uint64_t thirds = 0;
		char row[PAIR_SIZE];
		store_u32(row + PAIR_FIRST, (uint32_t)(places->len / sizeof(uint32_t)));
		for (uint32_t third = 0; third < GRAM_CLASSES; third++) {
			struct gram *gram = &grams[pair * GRAM_CLASSES + third];
			if (gram->next == 0)
				continue;
			thirds |= UINT64_C(1) << third;
			put_u32(places, (uint32_t)size);
			size += gram->at;
			*gram = (struct gram){.at = (uint32_t)(size - gram->at)};
		}
		store_u64(row + PAIR_THIRDS, thirds);
		buf_put(pairs, (struct portroll_str){row, sizeof(row)});
	}
	put_u32(places, (uint32_t)size);
	return size;
}

int compile_search(struct compiler *c)
{
	struct documents d = {.rows = c->sections[SECTION_RECORDS].ptr};
	d.records = (uint32_t)(c->sections[SECTION_RECORDS].len / RECORD_SIZE);
	struct gram *grams =
		arena_array(&c->scratch, (size_t)GRAM_PAIRS * GRAM_CLASSES, sizeof(*grams));
	if (!grams || !collect(&d, c))
		return error_memory(c->err);
	put_documents(c, &d);
	add_documents(c, &d, grams, NULL);
	size_t size = put_grams(c, grams);
	struct buf *postings = &c->sections[SECTION_POSTINGS];
	buf_fill(postings, '\0', size);
	if (!postings->failed)
		add_documents(c, &d, grams, postings->ptr);
	return PORTROLL_OK;
}

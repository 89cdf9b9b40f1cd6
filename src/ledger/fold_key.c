/* SPDX-License-Identifier: MIT */
#include "ledger/fold_key.h"

#include <stdlib.h>

#include "base/hash.h"

#define NONE        UINT32_MAX
#define FILTER_BITS 4096

/* What items of one subject are told apart by, but for the count among equals. */
struct item_key {
	uint64_t place; /* of a record, its transport and port; of a footnote, its anchor */
	struct portroll_str name; /* of a record, or the id of a person */
};

static struct item_key record_key(const struct record *r)
{
	uint64_t place = r->transport;
	if (r->has_port)
		place |= 1U << 8 | (uint64_t)r->port.first << 16 | (uint64_t)r->port.last << 32;
	return (struct item_key){place, r->name};
}

static struct item_key key_of_item(enum subject subject, const struct registry *reg, size_t i)
{
	if (subject == SUBJECT_RECORD)
		return record_key(reg->records[i]);
	if (subject == SUBJECT_PERSON)
		return (struct item_key){0, reg->people[i]->id};
	return (struct item_key){reg->footnotes[i].anchor, STR_NONE};
}

static struct item_key key_asked(enum subject subject, const struct subject_key *key)
{
	if (subject == SUBJECT_RECORD)
		return record_key(&key->record);
	if (subject == SUBJECT_PERSON)
		return (struct item_key){0, key->id};
	return (struct item_key){key->anchor, STR_NONE};
}

static void put_word(struct buf *out, struct portroll_str word)
{
	if (word.len && out->len)
		buf_putc(out, ' ');
	buf_put(out, word);
}

void item_key_put(struct buf *out, enum subject subject, const struct subject_key *key)
{
	char port[RANGE_TEXT_MAX];
	if (subject == SUBJECT_PERSON) {
		buf_puts(out, "person ");
		buf_put(out, key->id);
	} else if (subject == SUBJECT_FOOTNOTE) {
		buf_puts(out, "footnote ");
		buf_put_num(out, key->anchor);
	} else {
		put_word(out, transport_name(key->record.transport));
		if (key->record.has_port)
			put_word(out,
				 (struct portroll_str){port, range_format(port, key->record.port)});
		put_word(out, key->record.name);
		if (out->len == 0)
			buf_puts(out, "the record without a name");
		if (key->ordinal)
			buf_printf(out, " (%u equal ones before it)", key->ordinal);
	}
}

static bool key_equal(struct item_key a, struct item_key b)
{
	return a.place == b.place && str_equal(a.name, b.name);
}

/* From what is at hand without reading the name of a record that has a port: most items are passed
 * over by this. */
static uint64_t rough_hash(struct item_key key)
{
	uint64_t mixed = key.place ^ (uint64_t)key.name.len << 48;
	if (key.place <= UINT16_MAX && key.name.len)
		mixed ^= (uint64_t)(uint8_t)key.name.ptr[key.name.len - 1] << 40 ^
			 (uint64_t)(uint8_t)key.name.ptr[key.name.len / 2] << 32;
	return mixed * 0x9e3779b97f4a7c15U >> 32;
}

struct sought {
	struct item_key key;
	uint32_t seen; /* items with that key so far */
	uint32_t next; /* of those that are asked for, by their count among equals */
};

struct reference {
	uint32_t sought, ordinal;
	uint32_t *ret_position;
};

struct search {
	uint64_t filter[FILTER_BITS / 64];
	uint32_t *slots; /* to sought[], NONE: free */
	size_t slot_count;
	struct sought *sought;
	uint32_t sought_count;
	struct reference *references; /* by sought, then ordinal */
	size_t reference_count;
};

static uint32_t *slot_of(const struct search *s, struct item_key key)
{
	size_t mask = s->slot_count - 1;
	size_t at = (hash_bytes(key.name) ^ key.place * 0x9e3779b97f4a7c15U >> 20) & mask;
	while (s->slots[at] != NONE && !key_equal(s->sought[s->slots[at]].key, key))
		at = (at + 1) & mask;
	return &s->slots[at];
}

static uint32_t seek(struct search *s, struct item_key key)
{
	uint32_t *slot = slot_of(s, key);
	if (*slot == NONE) {
		uint64_t rough = rough_hash(key) % FILTER_BITS;
		s->filter[rough / 64] |= (uint64_t)1 << rough % 64;
		s->sought[s->sought_count] = (struct sought){.key = key};
		*slot = s->sought_count++;
	}
	return *slot;
}

static bool make_room(struct search *s, size_t count, struct arena *scratch)
{
	s->slot_count = 16;
	while (s->slot_count < 2 * count)
		s->slot_count *= 2;
	s->slots = arena_array(scratch, s->slot_count, sizeof(*s->slots));
	s->sought = arena_array(scratch, count, sizeof(*s->sought));
	s->references = arena_array(scratch, count, sizeof(*s->references));
	for (size_t i = 0; s->slots && i < s->slot_count; i++)
		s->slots[i] = NONE;
	return !scratch->failed;
}

static int compare_references(const void *a, const void *b)
{
	const struct reference *x = a, *y = b;
	if (x->sought != y->sought)
		return x->sought < y->sought ? -1 : 1;
	return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

/* The item is the next one with its key: those who ask for that one get it. */
static void found(struct search *s, struct sought *sought, uint32_t id, uint32_t position)
{
	uint32_t ordinal = sought->seen++;
	for (; sought->next < s->reference_count; sought->next++) {
		const struct reference *r = &s->references[sought->next];
		if (r->sought != id || r->ordinal != ordinal)
			return;
		*r->ret_position = position;
	}
}

static void seek_all(struct search *s, enum subject subject, const struct key_reference *references)
{
	for (size_t i = 0; i < s->reference_count; i++) {
		const struct subject_key *key = references[i].key;
		*references[i].ret_position = NONE;
		s->references[i] = (struct reference){seek(s, key_asked(subject, key)),
						      key->ordinal, references[i].ret_position};
	}
	qsort(s->references, s->reference_count, sizeof(*s->references), compare_references);
	for (uint32_t i = (uint32_t)s->reference_count; i-- > 0;)
		s->sought[s->references[i].sought].next = i;
}

int item_keys_find(const struct item_list *list, const struct key_reference *references,
		   size_t count, struct arena *scratch)
{
	struct search s = {.reference_count = count};
	if (count == 0)
		return PORTROLL_OK;
	if (!make_room(&s, count, scratch))
		return PORTROLL_ENOMEM;
	seek_all(&s, list->subject, references);
	for (size_t i = 0; i < list->count; i++) {
		struct item_key key = key_of_item(list->subject, list->registry, i);
		uint64_t rough = rough_hash(key) % FILTER_BITS;
		if (!(s.filter[rough / 64] >> rough % 64 & 1))
			continue;
		uint32_t id = *slot_of(&s, key);
		if (id != NONE)
			found(&s, &s.sought[id], id, (uint32_t)i);
	}
	return PORTROLL_OK;
}

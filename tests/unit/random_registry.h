/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Small registries at random, and others made of them by random edits. Nothing in them dangles: the
 * first person and the first footnote stay, and only those are referred to.
 */

#include "random.h"
#include "registry/registry.h"

#define RANDOM_COUNT_MAX 24 /* records of the first one */

struct random_registry {
	struct random *random;
	struct arena *arena;
	bool unique; /* no two records have the same key, and no two people the same content */
	uint32_t next;
};

static inline struct portroll_str random_word(struct random_registry *r, char first,
					      uint32_t number)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%c%u", first, number);
	return arena_str(r->arena, (struct portroll_str){text, (size_t)len});
}

static const struct xref random_contact = {.type = XREF_PERSON, .data = STR_INIT("p0")};
static const struct xref random_note = {.type = XREF_NOTE, .data = STR_INIT("1")};

static inline struct record *random_record(struct random_registry *r)
{
	struct random *random = r->random;
	struct record *record = arena_alloc(r->arena, sizeof(*record));
	assert_non_null(record);
	uint32_t number = r->unique ? r->next++ : random_below(random, 4);
	uint16_t port = (uint16_t)(r->unique ? number * 10 : random_below(random, 9));
	record->has_port = random_below(random, 4) > 0;
	if (record->has_port) {
		uint16_t more = (uint16_t)(random_below(random, 3) ? 0 : random_below(random, 6));
		record->port = (struct range){port, (uint16_t)(port + more)};
	}
	if (random_below(random, 3) || (r->unique && !record->has_port))
		record->name = random_word(r, 'n', number);
	record->transport = (uint8_t)random_below(random, r->unique ? 5 : 2);
	record->description =
		richtext_plain(r->arena, random_word(r, 'd', random_below(random, 3)));
	record->registered.year = (uint16_t)(2000 + random_below(random, 3));
	if (random_below(random, 2))
		record->contacts = (struct xref_list){&random_contact, 1};
	if (random_below(random, 5) == 0)
		record->references = (struct xref_list){&random_note, 1};
	return record;
}

static inline struct person *random_person(struct random_registry *r)
{
	struct person *p = arena_alloc(r->arena, sizeof(*p));
	assert_non_null(p);
	p->id = random_word(r, 'p', r->next++);
	if (r->unique || random_below(r->random, 3))
		p->name = random_word(r, 'N', r->unique ? r->next++ : random_below(r->random, 9));
	return p;
}

static inline struct footnote random_footnote(struct random_registry *r)
{
	struct richtext text =
		richtext_plain(r->arena, random_word(r, 't', random_below(r->random, 3)));
	return (struct footnote){.anchor = ++r->next, .text = text};
}

/* Moves the item at `from` to `to`; one at the end is added, and one that goes to SIZE_MAX removed.
 * Returns how many there are then. */
static inline size_t random_list(void *items, size_t count, size_t size, size_t from, size_t to)
{
	char *bytes = items, held[sizeof(struct footnote)];
	assert_true(size <= sizeof(held));
	if (from < count) {
		memcpy(held, bytes + from * size, size);
		memmove(bytes + from * size, bytes + (from + 1) * size, (count - from - 1) * size);
		count--;
	} else {
		memcpy(held, bytes + count * size, size);
	}
	if (to == SIZE_MAX)
		return count;
	memmove(bytes + (to + 1) * size, bytes + to * size, (count - to) * size);
	memcpy(bytes + to * size, held, size);
	return count + 1;
}

enum random_edit {
	EDIT_ADD,
	EDIT_ALTER,
	EDIT_MOVE,
	EDIT_REMOVE,
	EDIT_COUNT
};

static inline void edit_records(struct random_registry *r, struct registry *reg)
{
	size_t count = reg->record_count;
	size_t at = random_below(r->random, (uint32_t)count + 1);
	size_t to = random_below(r->random, (uint32_t)count + 1);
	enum random_edit edit = random_below(r->random, EDIT_COUNT);
	if (edit == EDIT_ADD || at == count) {
		reg->records[count] = random_record(r);
		reg->record_count =
			random_list(reg->records, count, sizeof(*reg->records), count, at);
	} else if (edit == EDIT_ALTER) {
		struct record *altered = random_record(r);
		if (r->unique || random_below(r->random, 2)) {
			*altered = *reg->records[at];
			altered->note = richtext_plain(r->arena, random_word(r, 'x', r->next++));
		}
		reg->records[at] = altered;
	} else if (edit == EDIT_MOVE) {
		to = to < count ? to : count - 1;
		(void)random_list(reg->records, count, sizeof(*reg->records), at, to);
	} else {
		reg->record_count =
			random_list(reg->records, count, sizeof(*reg->records), at, SIZE_MAX);
	}
}

/* The first one stays where and what it is. */
static inline void edit_people(struct random_registry *r, struct registry *reg)
{
	size_t count = reg->person_count;
	size_t at = 1 + random_below(r->random, (uint32_t)count);
	enum random_edit edit = random_below(r->random, EDIT_COUNT);
	if (edit == EDIT_ADD || at == count) {
		reg->people[count] = random_person(r);
		reg->person_count =
			random_list(reg->people, count, sizeof(*reg->people), count, at);
	} else if (edit == EDIT_ALTER) {
		struct person *altered = arena_alloc(r->arena, sizeof(*altered));
		assert_non_null(altered);
		*altered = *reg->people[at];
		if (random_below(r->random, 2))
			altered->id = random_word(r, 'p', r->next++);
		else
			altered->org = random_word(r, 'o', r->next++);
		reg->people[at] = altered;
	} else if (edit == EDIT_MOVE) {
		size_t to = 1 + random_below(r->random, (uint32_t)count - 1);
		(void)random_list(reg->people, count, sizeof(*reg->people), at, to);
	} else {
		reg->person_count =
			random_list(reg->people, count, sizeof(*reg->people), at, SIZE_MAX);
	}
}

static inline void edit_footnotes(struct random_registry *r, struct registry *reg)
{
	struct footnote *notes = arena_grow(r->arena, reg->footnotes, reg->footnote_count,
					    reg->footnote_count + 1, sizeof(*notes));
	assert_non_null(notes);
	size_t count = reg->footnote_count;
	size_t at = 1 + random_below(r->random, (uint32_t)count);
	enum random_edit edit = random_below(r->random, EDIT_COUNT);
	if (edit == EDIT_ADD || at == count) {
		notes[count] = random_footnote(r);
		reg->footnote_count = random_list(notes, count, sizeof(*notes), count, at);
	} else if (edit == EDIT_ALTER) {
		notes[at].text = random_footnote(r).text;
	} else if (edit == EDIT_MOVE) {
		size_t to = 1 + random_below(r->random, (uint32_t)count - 1);
		(void)random_list(notes, count, sizeof(*notes), at, to);
	} else {
		reg->footnote_count = random_list(notes, count, sizeof(*notes), at, SIZE_MAX);
	}
	reg->footnotes = notes;
}

/* A copy with so many edits, each to one item of a list or to the header. */
static inline struct registry *random_edited(struct random_registry *r, const struct registry *old,
					     size_t edits)
{
	struct registry *reg = registry_new(r->arena);
	assert_non_null(reg);
	*reg = *old;
	reg->record_capacity = old->record_count + edits;
	reg->records = (const struct record **)arena_grow(r->arena, old->records, old->record_count,
							  reg->record_capacity, sizeof(void *));
	reg->person_capacity = old->person_count + edits;
	reg->people = (const struct person **)arena_grow(r->arena, old->people, old->person_count,
							 reg->person_capacity, sizeof(void *));
	assert_true(reg->records && reg->people);
	for (size_t i = 0; i < edits; i++) {
		uint32_t list = random_below(r->random, 12);
		if (list < 7)
			edit_records(r, reg);
		else if (list < 10)
			edit_people(r, reg);
		else if (list < 11)
			edit_footnotes(r, reg);
		else
			reg->header.title = random_word(r, 'T', r->next++);
	}
	return reg;
}

static inline struct registry *random_registry(struct random_registry *r)
{
	struct registry *reg = registry_new(r->arena);
	struct footnote *first = arena_alloc(r->arena, sizeof(*first));
	assert_true(reg && first);
	*first = (struct footnote){.anchor = 1, .text = random_footnote(r).text};
	reg->footnotes = first;
	reg->footnote_count = 1;
	reg->header.id = STR("random");
	assert_int_equal(registry_add_person(reg, &(struct person){.id = STR("p0")}), PORTROLL_OK);
	for (size_t i = random_below(r->random, RANDOM_COUNT_MAX); i-- > 0;)
		assert_int_equal(registry_add(reg, random_record(r)), PORTROLL_OK);
	return random_edited(r, reg, random_below(r->random, RANDOM_COUNT_MAX));
}

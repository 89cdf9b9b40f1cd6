/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include "base/num.h"

#include <stdlib.h>

/* Where a word was found; the best place counts. */
enum place {
	PLACE_NAME, /* the whole name, or a port that the record covers */
	PLACE_NAME_BEGIN,
	PLACE_NAME_PART,
	PLACE_DESCRIPTION,
	PLACE_REST,
	PLACE_NOWHERE
};

struct word {
	const struct portroll_snapshot *snapshot;
	struct portroll_str text;
	bool is_port;
	uint16_t port;
	bool *people; /* by number: is the word part of the id, the name, the organisation? */
};

struct hit {
	uint64_t key; /* the order: sum of places, words that are but a part, source, port */
	uint32_t id;
	uint16_t places;
	uint8_t parts; /* words that stand nowhere as a whole word of the text */
	bool out;      /* a word was found nowhere */
};

static bool holds(const struct word *w, uint32_t text)
{
	struct portroll_str cell;
	return text && text_at(w->snapshot, text, &cell) &&
	       str_find_fold(cell, w->text) != SIZE_MAX;
}

static enum place place_in_name(const struct word *w, uint32_t text)
{
	struct portroll_str name;
	if (!text_at(w->snapshot, text, &name))
		return PLACE_NOWHERE;
	size_t at = str_find_fold(name, w->text);
	if (at == SIZE_MAX)
		return PLACE_NOWHERE;
	if (at > 0)
		return PLACE_NAME_PART;
	return name.len == w->text.len ? PLACE_NAME : PLACE_NAME_BEGIN;
}

static bool covers_port(const struct word *w, const unsigned char *row)
{
	return w->is_port && (load_u16(row + RECORD_FLAGS) & RECORD_BIT_PORT) &&
	       load_u16(row + RECORD_PORT_FIRST) <= w->port &&
	       w->port <= load_u16(row + RECORD_PORT_LAST);
}

static bool in_people(const struct word *w, const unsigned char *row)
{
	uint32_t first = load_u32(row + RECORD_PEOPLE_FIRST);
	uint32_t count = load_u16(row + RECORD_PEOPLE_COUNT);
	if (!span_ok(w->snapshot, SECTION_PEOPLE_LISTS, first, count))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t person = list_number(w->snapshot, SECTION_PEOPLE_LISTS, first + i);
		if (person >= element_count(w->snapshot, SECTION_PEOPLE))
			return mark_damaged(w->snapshot);
		if (w->people[person])
			return true;
	}
	return false;
}

static bool in_rest(const struct word *w, const unsigned char *row)
{
	struct rare_cells rare;
	if (!record_rare_cells(w->snapshot, row, &rare))
		return false;
	const uint32_t cells[] = {
		load_u32(row + RECORD_ASSIGNEE),
		load_u32(row + RECORD_CONTACT),
		load_u32(row + RECORD_REFERENCE),
		rare.unauthorized,
		rare.notes,
	};
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		if (holds(w, cells[i]))
			return true;
	return in_people(w, row) || str_equal_fold(transport_name(row[RECORD_TRANSPORT]), w->text);
}

static enum place place_of(const struct word *w, const unsigned char *row)
{
	if (covers_port(w, row))
		return PLACE_NAME;
	enum place place = place_in_name(w, load_u32(row + RECORD_NAME));
	if (place != PLACE_NOWHERE)
		return place;
	if (holds(w, load_u32(row + RECORD_DESCRIPTION)))
		return PLACE_DESCRIPTION;
	return in_rest(w, row) ? PLACE_REST : PLACE_NOWHERE;
}

static bool is_word_char(char c)
{
	return is_alpha(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

static bool has_whole_word(struct portroll_str text, struct portroll_str word)
{
	for (size_t from = 0, at;; from = at + 1) {
		at = str_find_fold(str_part(text, from, text.len), word);
		if (at == SIZE_MAX)
			return false;
		at += from;
		size_t end = at + word.len;
		bool begins = at == 0 || !is_word_char(text.ptr[at - 1]);
		if (begins && (end == text.len || !is_word_char(text.ptr[end])))
			return true;
	}
}

/* Is the word where it was found only a part of a longer one? */
static bool is_part(const struct word *w, const unsigned char *row, enum place place)
{
	struct portroll_str text;
	bool in_name = place == PLACE_NAME_BEGIN || place == PLACE_NAME_PART;
	if (!in_name && place != PLACE_DESCRIPTION)
		return false;
	uint32_t cell = load_u32(row + (in_name ? RECORD_NAME : RECORD_DESCRIPTION));
	return text_at(w->snapshot, cell, &text) && !has_whole_word(text, w->text);
}

static void find_people(struct word *w)
{
	for (uint32_t i = 0; i < element_count(w->snapshot, SECTION_PEOPLE); i++) {
		const unsigned char *row = person_row(w->snapshot, i);
		w->people[i] = row && (holds(w, load_u32(row + PERSON_ID)) ||
				       holds(w, load_u32(row + PERSON_NAME)) ||
				       holds(w, load_u32(row + PERSON_ORG)));
	}
}

static void sift(struct word *w, struct hit *hits)
{
	uint64_t port;
	w->is_port = num_parse(&port, w->text, UINT16_MAX) == PORTROLL_OK;
	w->port = w->is_port ? (uint16_t)port : 0;
	find_people(w);
	for (uint32_t i = 0; i < portroll_record_count(w->snapshot); i++) {
		const unsigned char *row = hits[i].out ? NULL : record_row(w->snapshot, i);
		enum place place = row ? place_of(w, row) : PLACE_NOWHERE;
		hits[i].places = (uint16_t)(hits[i].places + place);
		hits[i].parts = (uint8_t)(hits[i].parts + (row && is_part(w, row, place)));
		hits[i].out = place == PLACE_NOWHERE;
	}
}

/* Records without a port come after those with one. */
static uint64_t key_of(const struct hit *hit, const unsigned char *row)
{
	bool has_port = load_u16(row + RECORD_FLAGS) & RECORD_BIT_PORT;
	uint64_t port = has_port ? load_u16(row + RECORD_PORT_FIRST) : PORT_COUNT;
	return (uint64_t)hit->places << 40 | (uint64_t)hit->parts << 32 |
	       (uint64_t)row[RECORD_SOURCE] << 24 | port;
}

static int by_rank(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Moves the hits to the front and ranks them. */
static size_t rank(const struct portroll_snapshot *s, struct hit *hits)
{
	size_t count = 0;
	for (uint32_t i = 0; i < portroll_record_count(s); i++) {
		const unsigned char *row = hits[i].out ? NULL : record_row(s, i);
		if (row)
			hits[count++] = (struct hit){.key = key_of(&hits[i], row), .id = i};
	}
	qsort(hits, count, sizeof(*hits), by_rank);
	return count;
}

int snapshot_search(struct id_array *ret, const struct portroll_snapshot *s,
		    struct portroll_str words, struct arena *a)
{
	size_t records = portroll_record_count(s), word_count = 0;
	struct hit *hits = arena_array(a, records, sizeof(*hits));
	struct word w = {.snapshot = s};
	w.people = arena_array(a, element_count(s, SECTION_PEOPLE), sizeof(bool));
	if (!hits || !w.people)
		return PORTROLL_ENOMEM;
	for (; str_word(&words, &w.text); word_count++) {
		if (word_count == SEARCH_WORDS_MAX)
			return PORTROLL_ELIMIT;
		sift(&w, hits);
	}
	struct id_array found = {.count = word_count ? rank(s, hits) : 0};
	found.ids = arena_array(a, found.count, sizeof(uint32_t));
	if (!found.ids)
		return PORTROLL_ENOMEM;
	if (portroll_damaged(s))
		return PORTROLL_ECORRUPT;
	for (size_t i = 0; i < found.count; i++)
		found.ids[i] = hits[i].id;
	*ret = found;
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */
#include "snapshot/place.h"

#include "base/num.h"

void word_init(struct word *ret, struct portroll_str text)
{
	uint64_t port;
	needle_init(&ret->needle, text);
	ret->is_port = is_digit(text.ptr[0]) && num_parse(&port, text, UINT16_MAX) == PORTROLL_OK;
	ret->port = ret->is_port ? (uint16_t)port : 0;
	ret->known = false;
	ret->seen = (struct rest_seen){.people_first = UINT32_MAX};
}

bool texts_of(const struct ground *g, const unsigned char *row, struct texts *ret)
{
	ret->name_at = load_u32(row + RECORD_NAME);
	ret->description_at = load_u32(row + RECORD_DESCRIPTION);
	return ground_text(g, ret->name_at, &ret->name) &&
	       ground_text(g, ret->description_at, &ret->description);
}

static size_t find(const struct ground *g, const struct word *w, struct portroll_str text,
		   size_t from)
{
	size_t room = (size_t)(g->end - text.ptr);
	return needle_find(&w->needle, text, room, from);
}

static bool holds(const struct ground *g, const struct word *w, uint32_t place)
{
	struct portroll_str text;
	return place && ground_text(g, place, &text) && text.len > 0 &&
	       find(g, w, text, 0) != SIZE_MAX;
}

static bool is_word_char(char c)
{
	unsigned char byte = (unsigned char)c;
	return (unsigned)(byte | 0x20) - 'a' < 26 || (unsigned)byte - '0' < 10 || byte >= 0x80;
}

/* Does one of the occurrences, of which the first is at `at`, stand alone? */
static bool has_whole_word(const struct ground *g, const struct word *w, struct portroll_str text,
			   size_t at)
{
	for (; at != SIZE_MAX; at = find(g, w, text, at + 1)) {
		size_t end = at + w->needle.text.len;
		bool begins = at == 0 || !is_word_char(text.ptr[at - 1]);
		if (begins && (end == text.len || !is_word_char(text.ptr[end])))
			return true;
	}
	return false;
}

struct found place_in_texts(const struct ground *g, const struct word *w, const struct texts *texts)
{
	struct portroll_str name = texts->name, description = texts->description;
	size_t at = name.len ? find(g, w, name, 0) : SIZE_MAX;
	if (at == 0)
		return (struct found){
			name.len == w->needle.text.len ? PLACE_NAME : PLACE_NAME_BEGIN, 0};
	if (at != SIZE_MAX)
		return (struct found){PLACE_NAME_PART, at};
	at = description.len ? find(g, w, description, 0) : SIZE_MAX;
	return (struct found){at == SIZE_MAX ? PLACE_NOWHERE : PLACE_DESCRIPTION, at};
}

bool is_only_part(const struct ground *g, const struct word *w, const struct texts *texts,
		  struct found found)
{
	switch (found.place) {
	case PLACE_NAME_BEGIN:
	case PLACE_NAME_PART:
		return !has_whole_word(g, w, texts->name, found.at);
	case PLACE_DESCRIPTION:
		return !has_whole_word(g, w, texts->description, found.at);
	case PLACE_NAME:
	case PLACE_REST:
	case PLACE_NOWHERE:
		break;
	}
	return false;
}

bool place_in_ports(const struct ground *g, const struct word *w, const unsigned char *row)
{
	if (!w->is_port || !(load_u16(row + RECORD_FLAGS) & RECORD_BIT_PORT) ||
	    load_u16(row + RECORD_PORT_FIRST) > w->port ||
	    w->port > load_u16(row + RECORD_PORT_LAST))
		return false;
	const unsigned char *source = source_row(g->snapshot, row[RECORD_SOURCE]);
	return source && (source[SOURCE_COVERAGE] != COVERAGE_NAMES || load_u32(row + RECORD_NAME));
}

static bool in_people(const struct ground *g, const struct word *w, uint32_t first, uint32_t count)
{
	if (!span_ok(g->snapshot, SECTION_PEOPLE_LISTS, first, count))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t person = list_number(g->snapshot, SECTION_PEOPLE_LISTS, first + i);
		const unsigned char *row = person_row(g->snapshot, person);
		if (row && (holds(g, w, load_u32(row + PERSON_ID)) ||
			    holds(g, w, load_u32(row + PERSON_NAME)) ||
			    holds(g, w, load_u32(row + PERSON_ORG))))
			return true;
	}
	return false;
}

static bool in_people_list(const struct ground *g, struct word *w, const unsigned char *row)
{
	struct rest_seen *seen = &w->seen;
	uint32_t first = load_u32(row + RECORD_PEOPLE_FIRST);
	uint32_t count = load_u16(row + RECORD_PEOPLE_COUNT);
	if (first != seen->people_first || count != seen->people_count)
		seen->people_hit = in_people(g, w, first, count);
	seen->people_first = first;
	seen->people_count = count;
	return seen->people_hit;
}

bool place_in_rest(const struct ground *g, struct word *w, const unsigned char *row)
{
	struct rare_cells rare;
	if (!record_rare_cells(g->snapshot, row, &rare))
		return false;
	const uint32_t cells[REST_CELLS] = {
		load_u32(row + RECORD_ASSIGNEE),
		load_u32(row + RECORD_CONTACT),
		load_u32(row + RECORD_REFERENCE),
		rare.unauthorized,
		rare.notes,
	};
	for (size_t i = 0; i < REST_CELLS; i++) {
		if (cells[i] != w->seen.cells[i])
			w->seen.hits[i] = holds(g, w, cells[i]);
		w->seen.cells[i] = cells[i];
		if (w->seen.hits[i])
			return true;
	}
	return in_people_list(g, w, row) ||
	       str_equal_fold(transport_name(row[RECORD_TRANSPORT]), w->needle.text);
}

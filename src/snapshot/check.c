/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include "base/utf8.h"

#define CHECK_STEP 256U /* records that are read into one arena */

/* Walks over all texts: where each begins, and that each is UTF-8. */
static bool check_texts(const struct portroll_snapshot *s, bool *starts)
{
	uint32_t size = element_count(s, SECTION_TEXTS);
	for (uint32_t at = 0; at < size;) {
		struct portroll_str text;
		if (!text_at(s, at, &text) || utf8_find_invalid(text) != SIZE_MAX)
			return false;
		starts[at] = true;
		const unsigned char *end = (const unsigned char *)text.ptr + text.len;
		at = (uint32_t)(end - (s->bytes + s->sections[SECTION_TEXTS].offset));
	}
	return size > 0 && element_count(s, SECTION_BLOBS) > 0;
}

static bool check_sources(const struct portroll_snapshot *s, struct arena *a)
{
	uint32_t records = 0, people = 0;
	for (size_t i = 0; i < snapshot_source_count(s); i++) {
		struct source source;
		bool ok = snapshot_source(s, i, a, &source) && snapshot_header(s, i, a);
		const unsigned char *row = source_row(s, i);
		if (!ok || !row || load_u32(row + SOURCE_FIRST_RECORD) != records ||
		    load_u32(row + SOURCE_FIRST_PERSON) != people)
			return false;
		records += load_u32(row + SOURCE_RECORD_COUNT);
		people += load_u32(row + SOURCE_PERSON_COUNT);
	}
	return records == element_count(s, SECTION_RECORDS) &&
	       people == element_count(s, SECTION_PEOPLE);
}

static bool check_numbers(const struct portroll_snapshot *s, enum section section, uint32_t below)
{
	for (uint32_t i = 0; i < element_count(s, section); i++)
		if (list_number(s, section, i) >= below)
			return false;
	return true;
}

static bool check_answers(const struct portroll_snapshot *s)
{
	for (uint32_t i = 0; i < element_count(s, SECTION_PAGE_INDEX); i++) {
		const unsigned char *number = element_at(s, SECTION_PAGE_INDEX, i);
		if (!number || load_u16(number) >= element_count(s, SECTION_PAGES))
			return false;
	}
	for (uint32_t i = 0; i < element_count(s, SECTION_PAGES); i++) {
		const unsigned char *page = element_at(s, SECTION_PAGES, i);
		for (size_t at = 0; page && at < PAGE_PORTS; at++)
			if (load_u16(page + at * sizeof(uint16_t)) >=
			    element_count(s, SECTION_ANSWERS))
				return false;
	}
	struct answer answer;
	for (uint32_t i = 0; i < element_count(s, SECTION_ANSWERS); i++)
		if (!answer_row(s, i, &answer))
			return false;
	return true;
}

/* The binary search needs them in order, with the keys that belong to them. */
static bool check_names(const struct portroll_snapshot *s)
{
	struct portroll_str before = STR(""), name;
	for (uint32_t i = 0; i < element_count(s, SECTION_NAMES); i++) {
		const unsigned char *row = element_at(s, SECTION_NAMES, i);
		char key[NAME_KEY_LEN];
		if (!row || !text_at(s, load_u32(row + NAME_TEXT), &name) ||
		    !span_ok(s, SECTION_LISTS, load_u32(row + NAME_FIRST),
			     load_u32(row + NAME_COUNT)))
			return false;
		name_key(key, name);
		if (memcmp(key, row + NAME_KEY, sizeof(key)) != 0 ||
		    str_compare_fold(before, name) >= 0)
			return false;
		before = name;
	}
	return true;
}

static bool check_person_order(const struct portroll_snapshot *s, struct record_span people)
{
	struct portroll_str before = STR(""), id;
	for (uint32_t i = people.first; i < people.first + people.count; i++) {
		uint32_t person = list_number(s, SECTION_PERSON_ORDER, i);
		const unsigned char *row =
			person - people.first < people.count ? person_row(s, person) : NULL;
		if (!row || !text_at(s, load_u32(row + PERSON_ID), &id))
			return false;
		if (i > people.first && str_compare(before, id) >= 0)
			return false;
		before = id;
	}
	return true;
}

static bool check_people(const struct portroll_snapshot *s, struct arena *a)
{
	for (size_t i = 0; i < snapshot_source_count(s); i++)
		if (!check_person_order(s, snapshot_source_people(s, i)))
			return false;
	struct person person;
	for (uint32_t i = 0; i < element_count(s, SECTION_PEOPLE); i++)
		if (!snapshot_person(s, i, a, &person))
			return false;
	return true;
}

static bool check_record(const struct portroll_snapshot *s, uint32_t id, struct arena *a)
{
	struct portroll_record plain;
	struct record rich;
	struct portroll_str port;
	const unsigned char *row = record_row(s, id);
	return row && snapshot_plain(s, id, &plain) && snapshot_rich(s, id, a, &rich) &&
	       text_at(s, load_u32(row + RECORD_PORT_TEXT), &port) &&
	       span_ok(s, SECTION_PEOPLE_LISTS, load_u32(row + RECORD_PEOPLE_FIRST),
		       load_u32(row + RECORD_PEOPLE_COUNT));
}

static bool check_records(const struct portroll_snapshot *s, struct arena *a)
{
	for (uint32_t i = 0; i < snapshot_record_count(s); i++) {
		if (i % CHECK_STEP == 0)
			arena_done(a);
		if (!check_record(s, i, a))
			return false;
	}
	return true;
}

int check_everything(struct portroll_snapshot *s, const char *name, struct portroll_error *err)
{
	struct arena a = ARENA_INIT, map = ARENA_INIT;
	bool ok = all_blocks_ok(s);
	bool *starts = arena_array(&map, element_count(s, SECTION_TEXTS), sizeof(bool));
	ok = ok && starts && check_texts(s, starts);
	s->text_starts = starts;
	ok = ok && check_sources(s, &a) &&
	     check_numbers(s, SECTION_LISTS, element_count(s, SECTION_RECORDS)) &&
	     check_numbers(s, SECTION_PEOPLE_LISTS, element_count(s, SECTION_PEOPLE)) &&
	     check_answers(s) && check_names(s) && check_people(s, &a) && check_records(s, &a);
	s->text_starts = NULL;
	bool memory = !a.failed && !map.failed;
	arena_done(&a);
	arena_done(&map);
	if (!memory)
		return error_memory(err);
	if (ok && !snapshot_damaged(s))
		return PORTROLL_OK;
	return error_set(err, PORTROLL_ECORRUPT,
			 "%s: is damaged; put back a good copy or import the registry again", name);
}

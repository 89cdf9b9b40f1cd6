/* SPDX-License-Identifier: MIT */
#include "snapshot/check.h"

static bool check_sources(struct checker *k)
{
	const struct portroll_snapshot *s = k->snapshot;
	uint32_t records = 0, people = 0;
	for (uint32_t i = 0; i < element_count(s, SECTION_SOURCES); i++) {
		const unsigned char *row = source_row(s, i);
		if (!row || load_u32(row + SOURCE_FIRST_RECORD) != records ||
		    load_u32(row + SOURCE_FIRST_PERSON) != people ||
		    !is_text(k, load_u32(row + SOURCE_NAME)) ||
		    !check_copies(k, load_u32(row + SOURCE_COPIES),
				  load_u16(row + SOURCE_COPY_COUNT)) ||
		    !check_header(k, load_u32(row + SOURCE_HEADER)))
			return false;
		records += load_u32(row + SOURCE_RECORD_COUNT);
		people += load_u32(row + SOURCE_PERSON_COUNT);
	}
	return records == element_count(s, SECTION_RECORDS) &&
	       people == element_count(s, SECTION_PEOPLE);
}

static bool numbers_below(const struct portroll_snapshot *s, enum section section, uint32_t below)
{
	const unsigned char *numbers = section_bytes(s, section);
	size_t count = element_count(s, section);
	uint32_t most = 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t number = load_u32(numbers + i * sizeof(number));
		most = number > most ? number : most;
	}
	return count == 0 || most < below;
}

/* The same for numbers of 16 bits, of which an element may have several. */
static bool short_numbers_below(const struct portroll_snapshot *s, enum section section,
				uint32_t below)
{
	const unsigned char *numbers = section_bytes(s, section);
	size_t count =
		(size_t)element_count(s, section) * (section_elements[section] / sizeof(uint16_t));
	uint16_t most = 0;
	for (size_t i = 0; i < count; i++) {
		uint16_t number = load_u16(numbers + i * sizeof(number));
		most = number > most ? number : most;
	}
	return count == 0 || most < below;
}

static bool check_answers(const struct portroll_snapshot *s)
{
	struct answer answer;
	for (uint32_t i = 0; i < element_count(s, SECTION_KINDS); i++)
		if (!kind_row(s, i, &answer))
			return false;
	const unsigned char *places = section_bytes(s, SECTION_ANSWER_LISTS);
	const unsigned char *rows = section_bytes(s, SECTION_ANSWERS);
	uint32_t kinds = element_count(s, SECTION_KINDS);
	for (size_t i = 0; i < element_count(s, SECTION_ANSWERS); i++) {
		const unsigned char *row = rows + i * ANSWER_SIZE;
		struct record_list list = {load_u32(places + i * sizeof(uint32_t)),
					   load_u16(row + ANSWER_COUNT)};
		if (load_u16(row + ANSWER_KIND) >= kinds || !list_ok(s, list))
			return false;
	}
	return true;
}

/* Is the cell one row of [LABEL]s, from which its list is read? */
static bool check_labels(struct checker *k, uint32_t text)
{
	if (text == 0 || map_has(&k->texts, KNOWN_LABELS, text))
		return true;
	struct portroll_str rest, label;
	if (!text_at(k->snapshot, text, &rest))
		return false;
	while (cut_label(&rest, &label))
		;
	if (rest.len > 0)
		return false;
	map_set(&k->texts, KNOWN_LABELS, text);
	return true;
}

/* Lists that the blob of a record does not have are read from its cells. */
static bool check_lists(struct checker *k, const unsigned char *row, unsigned parts)
{
	bool has_assignee = load_u16(row + RECORD_FLAGS) & RECORD_BIT_ASSIGNEE;
	return ((parts & BLOB_CONTACTS) || check_labels(k, load_u32(row + RECORD_CONTACT))) &&
	       ((parts & BLOB_REFERENCES) || check_labels(k, load_u32(row + RECORD_REFERENCE))) &&
	       ((parts & BLOB_ASSIGNEE) || !has_assignee ||
		check_labels(k, load_u32(row + RECORD_ASSIGNEE)));
}

static bool check_record_numbers(const struct checker *k, const unsigned char *row, uint32_t source,
				 uint32_t copies)
{
	const struct portroll_snapshot *s = k->snapshot;
	uint32_t copy = load_u16(row + RECORD_COPY);
	return row[RECORD_SOURCE] == source && (copy == 0 || copy < copies) &&
	       row[RECORD_TRANSPORT] <= TRANSPORT_COUNT &&
	       (load_u16(row + RECORD_FLAGS) & ~(unsigned)RECORD_BITS) == 0 &&
	       load_u16(row + RECORD_PORT_FIRST) <= load_u16(row + RECORD_PORT_LAST) &&
	       span_ok(s, SECTION_PEOPLE_LISTS, load_u32(row + RECORD_PEOPLE_FIRST),
		       load_u16(row + RECORD_PEOPLE_COUNT));
}

static bool check_record(struct checker *k, const unsigned char *row)
{
	uint32_t blob = load_u32(row + RECORD_BLOB);
	unsigned parts = 0;
	if (blob) {
		struct portroll_str bytes;
		if (!check_record_blob(k, blob) || !blob_at(k->snapshot, blob, &bytes))
			return false;
		struct cursor c = cursor_init(bytes);
		parts = bytes.len ? cursor_varint(&c) : 0;
	}
	return is_text(k, load_u32(row + RECORD_NAME)) &&
	       is_text(k, load_u32(row + RECORD_DESCRIPTION)) &&
	       is_text(k, load_u32(row + RECORD_ASSIGNEE)) &&
	       is_text(k, load_u32(row + RECORD_CONTACT)) &&
	       is_text(k, load_u32(row + RECORD_REFERENCE)) &&
	       check_date_cell(k, load_u32(row + RECORD_REGISTERED)) && check_lists(k, row, parts);
}

/* Are all cells those of the record before, as they are for tcp and udp of one service? */
static bool is_as_before(const unsigned char *row, const unsigned char *begin)
{
	const unsigned char *before = row - RECORD_SIZE;
	return row != begin && memcmp(row, before, RECORD_PEOPLE_FIRST) == 0 &&
	       load_u16(row + RECORD_FLAGS) == load_u16(before + RECORD_FLAGS);
}

static bool check_records(struct checker *k)
{
	const struct portroll_snapshot *s = k->snapshot;
	const unsigned char *begin = section_bytes(s, SECTION_RECORDS), *row = begin;
	for (uint32_t i = 0; i < element_count(s, SECTION_SOURCES); i++) {
		const unsigned char *source = source_row(s, i);
		uint32_t left = source ? load_u32(source + SOURCE_RECORD_COUNT) : 0;
		uint32_t copies = source ? load_u16(source + SOURCE_COPY_COUNT) : 0;
		for (; left > 0; left--, row += RECORD_SIZE)
			if (!check_record_numbers(k, row, i, copies) ||
			    (!is_as_before(row, begin) && !check_record(k, row)))
				return false;
	}
	return true;
}

static bool check_person(struct checker *k, const unsigned char *row)
{
	return is_text(k, load_u32(row + PERSON_ID)) && is_text(k, load_u32(row + PERSON_NAME)) &&
	       is_text(k, load_u32(row + PERSON_ORG)) && is_text(k, load_u32(row + PERSON_URI)) &&
	       date_packed_ok(load_u32(row + PERSON_UPDATED)) &&
	       check_person_blob(k, load_u32(row + PERSON_BLOB));
}

/* The binary search needs the ids of a source in order, each once. */
static bool check_person_order(const struct portroll_snapshot *s, uint32_t first, uint32_t count)
{
	const unsigned char *order = section_bytes(s, SECTION_PERSON_ORDER);
	const unsigned char *people = section_bytes(s, SECTION_PEOPLE);
	struct portroll_str before = STR(""), id;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t person = load_u32(order + ((size_t)first + i) * sizeof(person));
		if (person - first >= count ||
		    !text_at(s, load_u32(people + (size_t)person * PERSON_SIZE + PERSON_ID), &id) ||
		    (i > 0 && str_compare(before, id) >= 0))
			return false;
		before = id;
	}
	return true;
}

static bool check_people(struct checker *k)
{
	const struct portroll_snapshot *s = k->snapshot;
	const unsigned char *row = section_bytes(s, SECTION_PEOPLE);
	for (uint32_t i = 0; i < element_count(s, SECTION_PEOPLE); i++)
		if (!check_person(k, row + (size_t)i * PERSON_SIZE))
			return false;
	for (uint32_t i = 0; i < element_count(s, SECTION_SOURCES); i++) {
		const unsigned char *source = source_row(s, i);
		if (!source || !check_person_order(s, load_u32(source + SOURCE_FIRST_PERSON),
						   load_u32(source + SOURCE_PERSON_COUNT)))
			return false;
	}
	return true;
}

bool check_rows(struct checker *k)
{
	const struct portroll_snapshot *s = k->snapshot;
	return check_sources(k) &&
	       short_numbers_below(s, SECTION_PAGE_INDEX, element_count(s, SECTION_PAGES)) &&
	       short_numbers_below(s, SECTION_PAGES, element_count(s, SECTION_ANSWERS)) &&
	       numbers_below(s, SECTION_LISTS, element_count(s, SECTION_RECORDS)) &&
	       numbers_below(s, SECTION_PEOPLE_LISTS, element_count(s, SECTION_PEOPLE)) &&
	       check_answers(s) && check_records(k) && check_people(k);
}

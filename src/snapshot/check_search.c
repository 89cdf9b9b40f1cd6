/* SPDX-License-Identifier: MIT */
#include "snapshot/check_search.h"

#include "snapshot/gram.h"

/* A record has one document, or none: so a search looks at each but once. */
static bool documents_ok(const struct portroll_snapshot *s)
{
	const unsigned char *rows = section_bytes(s, SECTION_DOCUMENTS);
	uint32_t records = element_count(s, SECTION_RECORDS);
	uint64_t listed = 0;
	for (uint32_t i = 0; i < element_count(s, SECTION_DOCUMENTS); i++) {
		const unsigned char *row = rows + (size_t)i * DOCUMENT_SIZE;
		struct record_list list = {load_u32(row + DOCUMENT_LIST),
					   load_u32(row + DOCUMENT_COUNT)};
		bool in_row = list.first < records && list.count <= records - list.first;
		if (list.count == 0 || !(in_row || list_ok(s, list)))
			return false;
		listed += list.count;
	}
	return listed <= records;
}

/* What the rows of a section lead to follows one another, and is so many. */
static bool gram_rows_ok(const struct portroll_snapshot *s, enum section section, uint32_t leads_to)
{
	const unsigned char *row = section_bytes(s, section);
	uint64_t next = 0;
	for (uint32_t i = 0; i < element_count(s, section); i++, row += GRAM_SIZE) {
		if (load_u32(row + GRAM_FIRST) != next)
			return false;
		next += gram_count_bits(load_u64(row + GRAM_NEXT));
	}
	return next == leads_to;
}

bool check_search(const struct portroll_snapshot *s)
{
	uint32_t count = element_count(s, SECTION_GRAM_PLACES), before = 0;
	const unsigned char *places = section_bytes(s, SECTION_GRAM_PLACES);
	bool ok = documents_ok(s) &&
		  gram_rows_ok(s, SECTION_GRAM_FIRSTS, element_count(s, SECTION_GRAM_PAIRS)) &&
		  gram_rows_ok(s, SECTION_GRAM_PAIRS, count - 1) && load_u32(places) == 0;
	for (uint32_t i = 1; i < count && ok; i++) {
		uint32_t place = load_u32(places + (size_t)i * sizeof(place));
		ok = before < place;
		before = place;
	}
	return ok && before == element_count(s, SECTION_POSTINGS);
}

/* SPDX-License-Identifier: MIT */
#include "snapshot/check_search.h"

#include "snapshot/gram.h"

static bool documents_ok(const struct portroll_snapshot *s)
{
	const unsigned char *rows = section_bytes(s, SECTION_DOCUMENTS);
	uint32_t records = element_count(s, SECTION_RECORDS);
	for (uint32_t i = 0; i < element_count(s, SECTION_DOCUMENTS); i++) {
		const unsigned char *row = rows + (size_t)i * DOCUMENT_SIZE;
		struct record_list list = {load_u32(row + DOCUMENT_LIST),
					   load_u32(row + DOCUMENT_COUNT)};
		bool in_row = list.first < records && list.count <= records - list.first;
		if (list.count == 0 || !(in_row || list_ok(s, list)))
			return false;
	}
	return true;
}

/* The grams of the pairs follow one another. */
static bool pairs_ok(const struct portroll_snapshot *s)
{
	const unsigned char *rows = section_bytes(s, SECTION_GRAM_PAIRS);
	uint32_t grams = 0;
	for (uint32_t i = 0; i < GRAM_PAIRS; i++) {
		const unsigned char *row = rows + i * PAIR_SIZE;
		if (load_u32(row + PAIR_FIRST) != grams)
			return false;
		grams += gram_count_bits(load_u64(row + PAIR_THIRDS));
	}
	return element_count(s, SECTION_GRAM_PLACES) == grams + 1;
}

bool check_search(const struct portroll_snapshot *s)
{
	uint32_t count = element_count(s, SECTION_GRAM_PLACES), before = 0;
	const unsigned char *places = section_bytes(s, SECTION_GRAM_PLACES);
	bool ok = documents_ok(s) && pairs_ok(s) && load_u32(places) == 0;
	for (uint32_t i = 1; i < count && ok; i++) {
		uint32_t place = load_u32(places + (size_t)i * sizeof(place));
		ok = before < place;
		before = place;
	}
	return ok && before == element_count(s, SECTION_POSTINGS);
}

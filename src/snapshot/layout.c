/* SPDX-License-Identifier: MIT */
#include "snapshot/layout.h"

#include "snapshot/name_key.h"

const uint32_t section_elements[SECTION_COUNT] = {
	[SECTION_SOURCES] = SOURCE_SIZE,
	[SECTION_PAGE_INDEX] = sizeof(uint16_t),
	[SECTION_PAGES] = PAGE_PORTS * sizeof(uint16_t),
	[SECTION_ANSWER_LISTS] = sizeof(uint32_t),
	[SECTION_LISTS] = sizeof(uint32_t),
	[SECTION_NAME_SEED] = sizeof(uint64_t),
	[SECTION_NAME_DISPLACEMENTS] = sizeof(uint16_t),
	[SECTION_NAME_KEYS] = NAME_KEY_SIZE,
	[SECTION_NAME_LISTS] = sizeof(uint32_t),
	[SECTION_NAME_COUNTS] = sizeof(uint32_t),
	[SECTION_ANSWERS] = ANSWER_SIZE,
	[SECTION_ANSWER_FREQUENCIES] = sizeof(uint32_t),
	[SECTION_KINDS] = KIND_SIZE,
	[SECTION_BLOBS] = 1,
	[SECTION_TEXTS] = 1,
	[SECTION_RECORDS] = RECORD_SIZE,
	[SECTION_PEOPLE] = PERSON_SIZE,
	[SECTION_PEOPLE_LISTS] = sizeof(uint32_t),
	[SECTION_PERSON_ORDER] = sizeof(uint32_t),
	[SECTION_DOCUMENTS] = DOCUMENT_SIZE,
	[SECTION_GRAM_FIRSTS] = GRAM_SIZE,
	[SECTION_GRAM_PAIRS] = GRAM_SIZE,
	[SECTION_GRAM_PLACES] = sizeof(uint32_t),
	[SECTION_POSTINGS] = 1,
};

bool cut_label(struct portroll_str *cell, struct portroll_str *ret)
{
	if (cell->len == 0 || cell->ptr[0] != '[')
		return false;
	size_t end = str_find_char(*cell, ']');
	if (end == SIZE_MAX)
		return false;
	*ret = str_part(*cell, 1, end);
	*cell = str_part(*cell, end + 1, cell->len);
	return true;
}

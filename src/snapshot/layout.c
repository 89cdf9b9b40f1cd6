/* SPDX-License-Identifier: MIT */
#include "snapshot/layout.h"

#include <stddef.h>

const uint32_t section_elements[SECTION_COUNT] = {
	[SECTION_SOURCES] = SOURCE_SIZE,
	[SECTION_PAGE_INDEX] = sizeof(uint16_t),
	[SECTION_PAGES] = PAGE_PORTS * sizeof(uint16_t),
	[SECTION_ANSWERS] = ANSWER_SIZE,
	[SECTION_LISTS] = sizeof(uint32_t),
	[SECTION_NAMES] = NAME_SIZE,
	[SECTION_RECORDS] = RECORD_SIZE,
	[SECTION_TEXTS] = 1,
	[SECTION_PEOPLE] = PERSON_SIZE,
	[SECTION_PEOPLE_LISTS] = sizeof(uint32_t),
	[SECTION_PERSON_ORDER] = sizeof(uint32_t),
	[SECTION_BLOBS] = 1,
};

void name_key(char ret_key[static NAME_KEY_LEN], struct portroll_str name)
{
	for (size_t i = 0; i < NAME_KEY_LEN; i++)
		ret_key[i] = i < name.len ? fold_char(name.ptr[i]) : '\0';
}

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

/* SPDX-License-Identifier: MIT */
/*
 * What lookups by port and by name read of a snapshot, by the table of its sections.
 *
 *     touched SNAPSHOT
 *
 * The first records of the answers and of the names are numbers of 4 bytes each, as the lists of
 * the file are, out of which opening makes them.
 */
#include <stdio.h>

#include "base/load.h"
#include "snapshot/layout.h"

enum {
	TABLE_END = HEADER_SIZE + SECTION_COUNT * SECTION_ROW_SIZE,
};

static const enum section read_by_lookups[] = {
	SECTION_PAGE_INDEX,         SECTION_PAGES,     SECTION_ANSWER_LISTS,
	SECTION_NAME_DISPLACEMENTS, SECTION_NAME_KEYS, SECTION_NAME_LISTS,
};

int main(int argc, char **argv)
{
	unsigned char head[TABLE_END];
	FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
	if (!file || fread(head, 1, sizeof(head), file) != sizeof(head)) {
		fprintf(stderr, "usage: touched SNAPSHOT\n");
		return 1;
	}
	fclose(file);
	uint32_t size = 0;
	for (size_t i = 0; i < sizeof(read_by_lookups) / sizeof(*read_by_lookups); i++)
		size += load_u32(head + HEADER_SIZE + read_by_lookups[i] * SECTION_ROW_SIZE +
				 SECTION_SIZE_AT);
	printf("%.1f\n", size / 1024.0);
	return 0;
}

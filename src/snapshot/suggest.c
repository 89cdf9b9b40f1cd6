/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include "registry/name.h"

#define EDITS_MAX       2U
#define SHORT_NAME_LEN  3U /* two edits make another of every two */
#define SHORT_EDITS_MAX 1U

size_t snapshot_suggest(const struct portroll_snapshot *s, struct portroll_str name,
			struct portroll_str *ret_names, size_t max)
{
	unsigned most = name.len <= SHORT_NAME_LEN ? SHORT_EDITS_MAX : EDITS_MAX;
	size_t count = 0;
	for (unsigned edits = 0; edits <= most; edits++) {
		for (uint32_t i = 0; i < element_count(s, SECTION_NAMES) && count < max; i++) {
			const unsigned char *row = element_at(s, SECTION_NAMES, i);
			struct portroll_str known;
			if (row && text_at(s, load_u32(row + NAME_TEXT), &known) &&
			    name_distance(known, name, edits) == edits)
				ret_names[count++] = known;
		}
	}
	return count;
}

/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include "registry/name.h"

#define EDITS_MAX       2U
#define SHORT_NAME_LEN  3U /* two edits make another of every two */
#define SHORT_EDITS_MAX 1U

/* The name in a slot, as its first record has it; false: the slot is empty. */
static bool name_in_slot(const struct portroll_snapshot *s, uint32_t slot, struct portroll_str *ret)
{
	struct record_list list = {list_number(s, SECTION_NAME_LISTS, slot), 1};
	if (list.first == LIST_EMPTY)
		return false;
	const unsigned char *row = record_row(s, snapshot_list_at(s, list, 0));
	return row && text_at(s, load_u32(row + RECORD_NAME), ret);
}

/* Puts the name among those from `from` on, which are in order, and lets the last one fall off when
 * there is no room. */
static size_t insert(struct portroll_str *names, size_t from, size_t count, size_t max,
		     struct portroll_str name)
{
	size_t at = count;
	while (at > from && str_compare_fold(names[at - 1], name) > 0)
		at--;
	if (at == max)
		return count;
	size_t kept = count < max ? count : max - 1;
	memmove(names + at + 1, names + at, (kept - at) * sizeof(*names));
	names[at] = name;
	return kept + 1;
}

size_t snapshot_suggest(const struct portroll_snapshot *s, struct portroll_str name,
			struct portroll_str *ret_names, size_t max)
{
	unsigned most = name.len <= SHORT_NAME_LEN ? SHORT_EDITS_MAX : EDITS_MAX;
	size_t count = 0;
	for (unsigned edits = 0; edits <= most && count < max; edits++) {
		size_t from = count;
		for (uint32_t i = 0; i < element_count(s, SECTION_NAME_KEYS); i++) {
			struct portroll_str known;
			if (name_in_slot(s, i, &known) &&
			    name_distance(known, name, edits) == edits)
				count = insert(ret_names, from, count, max, known);
		}
	}
	return count;
}

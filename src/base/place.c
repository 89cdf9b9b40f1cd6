/* SPDX-License-Identifier: MIT */
#include "base/place.h"

#include "base/str.h"

struct place place_of(struct portroll_str input, size_t offset)
{
	struct portroll_str before = str_part(input, 0, offset);
	struct place place = {1, 1};
	size_t line_feed;
	while ((line_feed = str_find_char(before, '\n')) != SIZE_MAX) {
		before = str_part(before, line_feed + 1, before.len);
		place.line++;
	}
	place.column = (uint32_t)before.len + 1;
	return place;
}

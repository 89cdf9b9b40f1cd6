/* SPDX-License-Identifier: MIT */
#include "registry/name.h"

#include "base/str.h"

#define DISTANCE_LEN_MAX 32

bool name_has_letter(struct portroll_str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (is_alpha(name.ptr[i]))
			return true;
	return false;
}

/* RFC 6335 section 5.1: no hyphen first or last, no two in a row. */
static bool hyphens_ok(struct portroll_str name)
{
	if (name.ptr[0] == '-' || name.ptr[name.len - 1] == '-')
		return false;
	return str_find(name, STR("--")) == SIZE_MAX;
}

bool name_is_well_formed(struct portroll_str name)
{
	if (name.len == 0 || name.len > NAME_MAX_LEN)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		if (!is_alpha(c) && !is_digit(c) && c != '-')
			return false;
	}
	return name_has_letter(name) && hyphens_ok(name);
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

typedef unsigned edit_table[3][DISTANCE_LEN_MAX + 1];

/* The edits from the first i letters of a to each beginning of b; the table keeps three rows. */
static void fill_row(edit_table rows, size_t i, struct portroll_str a, struct portroll_str b)
{
	unsigned *row = rows[i % 3];
	const unsigned *one = rows[(i + 2) % 3], *two = rows[(i + 1) % 3];
	row[0] = (unsigned)i;
	for (size_t j = 1; j <= b.len; j++) {
		char x = fold_char(a.ptr[i - 1]), y = fold_char(b.ptr[j - 1]);
		unsigned edits = one[j - 1] + (x == y ? 0U : 1U);
		edits = least(edits, least(one[j], row[j - 1]) + 1);
		bool swapped = i > 1 && j > 1 && x == fold_char(b.ptr[j - 2]) &&
			       y == fold_char(a.ptr[i - 2]);
		row[j] = swapped ? least(edits, two[j - 2] + 1) : edits;
	}
}

unsigned name_distance(struct portroll_str a, struct portroll_str b, unsigned most)
{
	edit_table rows;
	size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
	if (a.len > DISTANCE_LEN_MAX || b.len > DISTANCE_LEN_MAX || gap > most)
		return most + 1;
	for (unsigned j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++)
		fill_row(rows, i, a, b);
	return least(rows[a.len % 3][b.len], most + 1);
}

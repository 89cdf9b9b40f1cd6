/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A table as IANA's plain text has it (data.md section 3): each column as wide as its longest word,
 * cells wrapped at blanks and centred vertically in their row. A table that would be narrower than
 * the page gets wider columns, from the left, until its cells or the page are full: IANA's own
 * tables never are.
 */

#include "base/buf.h"

#define TEXT_PAGE_WIDTH 150
#define TEXT_COLUMN_MAX 12

/* Marks in the text of a cell; no text of a registry holds these. */
#define TEXT_BREAK '\v' /* a new line */
#define TEXT_BLOCK '\f' /* a new block: an empty line between */

struct text_column {
	const char *title;
	bool centred; /* in each line */
};

struct text_table {
	const struct text_column *columns;
	size_t column_count;
	size_t row_count;
	/* Appends the text of a cell, white space as it comes. */
	void (*put_cell)(struct buf *out, const void *context, size_t row, size_t column);
	const void *context;
};

void text_table_write(struct buf *out, const struct text_table *table);

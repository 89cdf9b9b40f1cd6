/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Aligned tables that fit the terminal: columns by their widest cell (wide characters count two,
 * combining none), the flexible column cut with an ellipsis where the terminal is narrow; without
 * a terminal nothing is cut. Rows are held in an arena until the table is written.
 */

#include "base/arena.h"
#include "terminal/out.h"

struct table_column {
	const char *title; /* NULL: no heading line */
	bool right;        /* numbers */
	bool flexible;     /* gives way when the line is too long */
	uint8_t colour;    /* enum colour of the cells */
};

struct table {
	struct arena *arena;
	const struct table_column *columns;
	size_t column_count;
	struct portroll_str *cells;
	size_t cell_count, cell_capacity;
	bool failed;
};

struct table table_init(struct arena *a, const struct table_column *columns, size_t count);

/* Adds the next cell, row by row; the text is copied. */
void table_cell(struct table *t, struct portroll_str text);

/* Writes all rows. Nothing when there are none. */
void table_write(const struct table *t, struct out *o);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Aligned tables that fit the terminal: columns by their widest cell (wide characters count two,
 * combining none). Where the terminal is narrow the flexible columns are cut with an ellipsis, the
 * widest first; where that is not enough optional columns are left out, the last first. Without a
 * terminal nothing is cut. Rows are held in an arena until the table is written.
 */

#include "base/arena.h"
#include "terminal/out.h"

struct table_column {
	const char *title; /* NULL: no heading line */
	bool right;        /* numbers */
	bool flexible;     /* gives way when the line is too long */
	bool optional;     /* left out when there is no room, or when no row has it */
	uint8_t colour;    /* enum colour of the cells */
	uint8_t least;     /* what a flexible column keeps; 0: 8 columns of the terminal */
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

/* Adds the next cell, row by row; the text is copied, line feeds as blanks. */
void table_cell(struct table *t, struct portroll_str text);

/* Writes all rows. Nothing when there are none. */
void table_write(const struct table *t, struct out *o);

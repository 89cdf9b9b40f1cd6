/* SPDX-License-Identifier: MIT */
#pragma once

/* Rows and cells of a CSV file by RFC 4180, strictly, with the place of each cell. */

#include "base/arena.h"
#include "base/error.h"
#include "registry/fields.h"

struct csv_cell {
	struct portroll_str
		text;  /* a view into the input, or into the arena when it was quoted so */
	size_t offset; /* in the input */
};

struct csv {
	struct portroll_str input;
	size_t at; /* offset of the next row */
	struct arena *arena;
	struct portroll_error *err;
};

/* Takes the next row, which must have exactly FIELD_COUNT cells and a line end. Line ends inside a
 * cell are LF in the result. Returns 1, 0 at the end of the input, or a negative code. */
PORTROLL_MUST_CHECK int csv_row(struct csv *csv, struct csv_cell ret_cells[static FIELD_COUNT]);

/* Sets the error at the beginning of a cell: COLUMN 'TEXT', then `expected`. Returns
 * PORTROLL_ESYNTAX. */
int csv_fail(struct csv *csv, const struct csv_cell *cell, enum field_id column,
	     const char *expected);

/* The same for a cell of the first row that is not the column's title. */
int csv_fail_title(struct csv *csv, const struct csv_cell *cell, enum field_id column);

/* SPDX-License-Identifier: MIT */
#include "formats/csv_cells.h"

#include "formats/cells.h"
#include "formats/characters.h"

static int fail_at(struct csv *csv, size_t offset, const char *sentence)
{
	struct place place = place_of(csv->input, offset);
	return error_at(csv->err, PORTROLL_ESYNTAX, place.line, place.column, "%s", sentence);
}

int csv_fail(struct csv *csv, const struct csv_cell *cell, enum field_id column,
	     const char *expected)
{
	struct place place = place_of(csv->input, cell->offset);
	return error_at(csv->err, PORTROLL_ESYNTAX, place.line, place.column,
			"%s '%.*s', expected %s", fields[column].title, SHOWN(cell->text),
			expected);
}

int csv_fail_title(struct csv *csv, const struct csv_cell *cell, enum field_id column)
{
	struct place place = place_of(csv->input, cell->offset);
	return error_at(csv->err, PORTROLL_ESYNTAX, place.line, place.column,
			"title '%.*s', expected '%s'", SHOWN(cell->text), fields[column].title);
}

/* The content of a quoted cell: doubled quotes count once, CR LF is LF. */
static int unquote(struct portroll_str *ret, struct portroll_str quoted, struct arena *a)
{
	bool as_written =
		str_find_char(quoted, '"') == SIZE_MAX && str_find_char(quoted, '\r') == SIZE_MAX;
	if (as_written) {
		*ret = quoted;
		return PORTROLL_OK;
	}
	char *text = arena_alloc(a, quoted.len);
	if (!text)
		return PORTROLL_ENOMEM;
	size_t len = 0;
	for (size_t i = 0; i < quoted.len; i++) {
		char c = quoted.ptr[i];
		char next = i + 1 < quoted.len ? quoted.ptr[i + 1] : '\0';
		if (c == '\r' && next == '\n')
			continue;
		text[len++] = c;
		if (c == '"')
			i++;
	}
	*ret = (struct portroll_str){text, len};
	return PORTROLL_OK;
}

/* Offset of the quote that closes the cell, or SIZE_MAX. `from` is behind the opening one. */
static size_t closing_quote(struct portroll_str input, size_t from)
{
	for (;;) {
		size_t quote = str_find_char(str_part(input, from, input.len), '"');
		if (quote == SIZE_MAX)
			return SIZE_MAX;
		quote += from;
		if (quote + 1 >= input.len || input.ptr[quote + 1] != '"')
			return quote;
		from = quote + 2;
	}
}

static int take_quoted(struct csv *csv, struct csv_cell *ret)
{
	size_t from = csv->at + 1;
	size_t to = closing_quote(csv->input, from);
	if (to == SIZE_MAX)
		return fail_at(csv, csv->at,
			       "the file ends inside the quoted cell that begins here");
	if (unquote(&ret->text, str_part(csv->input, from, to), csv->arena) < 0)
		return error_memory(csv->err);
	csv->at = to + 1;
	return PORTROLL_OK;
}

static int take_plain(struct csv *csv, struct csv_cell *ret)
{
	size_t from = csv->at, to = from;
	const char *bytes = csv->input.ptr;
	while (to < csv->input.len && bytes[to] != ',' && bytes[to] != '\n' && bytes[to] != '\r') {
		if (bytes[to] == '"')
			return fail_at(csv, to,
				       "a quote inside a cell that does not begin with one");
		to++;
	}
	ret->text = str_part(csv->input, from, to);
	csv->at = to;
	return PORTROLL_OK;
}

enum after_cell {
	AFTER_ERROR,
	AFTER_COMMA,
	AFTER_LINE_END
};

static enum after_cell take_separator(struct csv *csv)
{
	struct portroll_str rest = str_part(csv->input, csv->at, csv->input.len);
	if (str_starts(rest, STR(","))) {
		csv->at++;
		return AFTER_COMMA;
	}
	if (str_starts(rest, STR("\r\n")) || str_starts(rest, STR("\n"))) {
		csv->at += rest.ptr[0] == '\r' ? 2 : 1;
		return AFTER_LINE_END;
	}
	(void)fail_at(csv, csv->at,
		      rest.len ? "text after a quoted cell, expected a comma or the line end"
			       : "the file ends in the middle of a row, expected a line end");
	return AFTER_ERROR;
}

static int wrong_count(struct csv *csv, size_t row, size_t count)
{
	struct place place = place_of(csv->input, row);
	return error_at(csv->err, PORTROLL_ESYNTAX, place.line, 1,
			"a row of %s%zu cells, expected %d",
			count > FIELD_COUNT ? "more than " : "",
			count > FIELD_COUNT ? (size_t)FIELD_COUNT : count, FIELD_COUNT);
}

int csv_row(struct csv *csv, struct csv_cell ret_cells[static FIELD_COUNT])
{
	size_t row = csv->at, count = 0;
	if (row == csv->input.len)
		return 0;
	enum after_cell after = AFTER_COMMA;
	while (after == AFTER_COMMA) {
		if (count == FIELD_COUNT)
			return wrong_count(csv, row, count + 1);
		struct csv_cell *cell = &ret_cells[count++];
		cell->offset = csv->at;
		bool quoted = csv->at < csv->input.len && csv->input.ptr[csv->at] == '"';
		int r = quoted ? take_quoted(csv, cell) : take_plain(csv, cell);
		if (r < 0)
			return r;
		after = take_separator(csv);
		if (after == AFTER_ERROR)
			return PORTROLL_ESYNTAX;
	}
	return count == FIELD_COUNT ? 1 : wrong_count(csv, row, count);
}

/* SPDX-License-Identifier: MIT */
#include "formats/text_table.h"

#include "base/macros.h"
#include "base/utf8.h"

/* A longer word stands out of its column: it must not make every row of the table so long. */
#define COLUMN_WIDTH_MAX 1000

/* The wrapped lines of the cells of one row. */
struct row {
	struct buf cell;  /* the text of a cell before wrapping */
	struct buf lines; /* the lines of all cells, each cell's with line feeds between */
	size_t from[TEXT_COLUMN_MAX], len[TEXT_COLUMN_MAX], count[TEXT_COLUMN_MAX];
};

struct layout {
	struct buf *out;
	const struct text_table *table;
	size_t widths[TEXT_COLUMN_MAX];
	size_t wanted[TEXT_COLUMN_MAX]; /* without wrapping */
	struct row row;
};

/* A cell while it is wrapped. */
struct wrap {
	struct buf *lines;
	size_t width;
	size_t count; /* lines so far, those between included */
	size_t empty; /* empty lines to come before the next one */
	bool begins_block;
};

static size_t characters(struct portroll_str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
	return count;
}

static void begin_line(struct wrap *w)
{
	if (w->count == 0) {
		w->empty = 0;
	} else {
		if (w->begins_block)
			w->empty = 1;
		buf_fill(w->lines, '\n', w->empty + 1);
	}
	w->count += w->empty + 1;
	w->empty = 0;
	w->begins_block = false;
}

static void wrap_line(struct wrap *w, struct portroll_str text)
{
	struct portroll_str word;
	size_t used = 0;
	while (str_word(&text, &word)) {
		size_t len = characters(word);
		if (used && used + 1 + len <= w->width) {
			buf_putc(w->lines, ' ');
			used += 1 + len;
		} else {
			begin_line(w);
			used = len;
		}
		buf_put(w->lines, word);
	}
	if (used == 0)
		w->empty++;
}

static size_t wrap_cell(struct buf *lines, struct portroll_str text, size_t width)
{
	struct wrap w = {.lines = lines, .width = width};
	struct portroll_str block, line;
	while (str_cut(&text, TEXT_BLOCK, &block)) {
		w.begins_block = true;
		while (str_cut(&block, TEXT_BREAK, &line))
			wrap_line(&w, line);
	}
	return w.count;
}

/* The longest word, and the longest line when nothing is wrapped. */
static void measure(struct layout *l, size_t column, struct portroll_str text)
{
	struct portroll_str block, line, word;
	while (str_cut(&text, TEXT_BLOCK, &block)) {
		while (str_cut(&block, TEXT_BREAK, &line)) {
			size_t whole = 0;
			while (str_word(&line, &word)) {
				size_t len = characters(word);
				whole += len + (whole ? 1 : 0);
				if (len > l->widths[column])
					l->widths[column] = len;
			}
			if (whole > l->wanted[column])
				l->wanted[column] = whole;
		}
	}
}

static void find_widths(struct layout *l)
{
	const struct text_table *t = l->table;
	for (size_t c = 0; c < t->column_count; c++)
		measure(l, c, str_from(t->columns[c].title));
	for (size_t r = 0; r < t->row_count; r++) {
		for (size_t c = 0; c < t->column_count; c++) {
			buf_clear(&l->row.cell);
			t->put_cell(&l->row.cell, t->context, r, c);
			measure(l, c, buf_str(&l->row.cell));
		}
	}
	size_t sum = t->column_count - 1;
	for (size_t c = 0; c < t->column_count; c++) {
		if (l->widths[c] > COLUMN_WIDTH_MAX)
			l->widths[c] = COLUMN_WIDTH_MAX;
		sum += l->widths[c];
	}
	for (size_t c = 0; c < t->column_count && sum < TEXT_PAGE_WIDTH; c++) {
		size_t more = l->wanted[c] > l->widths[c] ? l->wanted[c] - l->widths[c] : 0;
		if (more > TEXT_PAGE_WIDTH - sum)
			more = TEXT_PAGE_WIDTH - sum;
		l->widths[c] += more;
		sum += more;
	}
}

/* Takes line `index` of the row off a cell, or nothing above and below its lines. */
static struct portroll_str take_line(struct row *row, size_t column, size_t index, size_t height)
{
	size_t above = (height - row->count[column]) / 2;
	if (index < above || index >= above + row->count[column])
		return STR("");
	struct portroll_str all = buf_str(&row->lines);
	struct portroll_str rest = str_part(all, row->from[column], row->len[column]), line;
	(void)str_cut(&rest, '\n', &line);
	row->from[column] += line.len + 1;
	return line;
}

static void write_line(struct layout *l, size_t index, size_t height, bool all_centred)
{
	const struct text_table *t = l->table;
	size_t blanks = 0;
	for (size_t c = 0; c < t->column_count; c++) {
		struct portroll_str line = take_line(&l->row, c, index, height);
		size_t width = l->widths[c], len = characters(line);
		size_t room = len < width ? width - len : 0;
		size_t left = all_centred || t->columns[c].centred ? room / 2 : 0;
		if (len) {
			buf_fill(l->out, ' ', blanks + left);
			buf_put(l->out, line);
			blanks = room - left;
		} else {
			blanks += width;
		}
		blanks++;
	}
	buf_putc(l->out, '\n');
}

/* Wraps the text in row.cell as the cell of a column. */
static void add_cell(struct layout *l, size_t column)
{
	struct row *row = &l->row;
	row->from[column] = row->lines.len;
	row->count[column] = wrap_cell(&row->lines, buf_str(&row->cell), l->widths[column]);
	row->len[column] = row->lines.len;
}

static void write_row(struct layout *l, bool all_centred)
{
	size_t height = 1;
	for (size_t c = 0; c < l->table->column_count; c++)
		if (l->row.count[c] > height)
			height = l->row.count[c];
	for (size_t i = 0; i < height; i++)
		write_line(l, i, height, all_centred);
	buf_clear(&l->row.lines);
}

static void write_titles(struct layout *l)
{
	for (size_t c = 0; c < l->table->column_count; c++) {
		buf_clear(&l->row.cell);
		buf_puts(&l->row.cell, l->table->columns[c].title);
		add_cell(l, c);
	}
	write_row(l, true);
}

void text_table_write(struct buf *out, const struct text_table *table)
{
	struct layout l = {
		.out = out,
		.table = table,
		.row = {.cell = BUF_INIT(SIZE_MAX), .lines = BUF_INIT(SIZE_MAX)},
	};
	find_widths(&l);
	write_titles(&l);
	for (size_t r = 0; r < table->row_count && !out->failed; r++) {
		for (size_t c = 0; c < table->column_count; c++) {
			buf_clear(&l.row.cell);
			table->put_cell(&l.row.cell, table->context, r, c);
			add_cell(&l, c);
		}
		write_row(&l, false);
	}
	int failed = l.row.cell.failed ? l.row.cell.failed : l.row.lines.failed;
	if (failed && !out->failed)
		out->failed = failed;
	buf_done(&l.row.cell);
	buf_done(&l.row.lines);
}

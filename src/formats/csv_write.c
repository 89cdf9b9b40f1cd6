/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include "formats/write.h"
#include "registry/fields.h"

/* IANA's CSV in the style since 2025, to the byte: data.md section 2. */

/* What a character asks of the cell that it stands in; bits. */
enum cell_need {
	NEEDS_QUOTES = 1 << 0,
	NEEDS_FOLD = 1 << 1,
};

static const uint8_t needs[256] = {
	[','] = NEEDS_QUOTES,
	['"'] = NEEDS_QUOTES,
	['\r'] = NEEDS_QUOTES,
	['\n'] = NEEDS_QUOTES | NEEDS_FOLD,
};

/* The needs of the cell, which is not empty. White space counts at its ends only. */
static unsigned needs_of(struct portroll_str cell)
{
	unsigned all = 0;
	for (size_t i = 0; i < cell.len; i++)
		all |= needs[(unsigned char)cell.ptr[i]];
	if (is_space(cell.ptr[0]) || is_space(cell.ptr[cell.len - 1]))
		all |= NEEDS_FOLD;
	return all;
}

/* Quotes the cell at the end of the row, from `from` on, if its content still asks for it. */
static void quote(struct buf *row, size_t from)
{
	size_t quotes = 0;
	bool asks = false;
	for (size_t i = from; i < row->len; i++) {
		asks |= needs[(unsigned char)row->ptr[i]] != 0;
		quotes += row->ptr[i] == '"';
	}
	if (!asks)
		return;
	size_t len = row->len - from;
	buf_fill(row, '"', quotes + 2);
	if (row->failed)
		return;
	char *start = row->ptr + from;
	char *to = row->ptr + row->len - 1;
	for (size_t i = len; i > 0; i--) {
		char c = start[i - 1];
		*--to = c;
		if (c == '"')
			*--to = '"';
	}
	start[0] = '"';
}

/* Most cells are empty or need neither folding nor quotes. */
static void put_cell(struct buf *row, enum field_id field, const struct record *r)
{
	size_t from = row->len;
	fields[field].put(row, r);
	if (row->len == from)
		return;
	unsigned need = needs_of(str_part(buf_str(row), from, row->len));
	if (need & NEEDS_FOLD)
		cell_fold(row, from);
	if (need & NEEDS_QUOTES)
		quote(row, from);
}

void csv_write(struct buf *out, const struct registry *reg, const struct write_options *o,
	       struct loss *loss)
{
	(void)o;
	CLEANUP(buf_done) struct buf row = BUF_INIT(SIZE_MAX);
	for (size_t f = 0; f < FIELD_COUNT; f++) {
		buf_puts(out, f ? "," : "");
		buf_puts(out, fields[f].title);
	}
	buf_puts(out, "\r\n");
	for (size_t i = 0; i < reg->record_count && !out->failed; i++) {
		buf_clear(&row);
		for (enum field_id f = 0; f < FIELD_COUNT; f++) {
			if (f)
				buf_putc(&row, ',');
			put_cell(&row, f, reg->records[i]);
		}
		buf_puts(&row, "\r\n");
		buf_put(out, buf_str(&row));
		if (row.failed)
			out->failed = row.failed;
		if (loss)
			loss_of_cells(loss, reg->records[i], &row);
	}
	if (loss) {
		loss_of_header(loss, reg, false);
		loss_of_people(loss, reg, false);
	}
}

/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include "formats/write.h"
#include "registry/fields.h"

/* IANA's CSV in the style since 2025, to the byte: data.md section 2. */

static const bool asks_for_quotes[256] = {[','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};

/* Quotes the cell at the end of the row, from `from` on, if its content asks for it. */
static void quote(struct buf *row, size_t from)
{
	bool asks = false;
	size_t quotes = 0;
	for (size_t i = from; i < row->len; i++)
		asks |= asks_for_quotes[(unsigned char)row->ptr[i]];
	if (!asks)
		return;
	for (size_t i = from; i < row->len; i++)
		quotes += row->ptr[i] == '"';
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
			size_t from = row.len;
			field_put(&row, f, reg->records[i]);
			quote(&row, from);
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

/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include "formats/write.h"
#include "registry/fields.h"

#include <string.h>

/* IANA's CSV in the style since 2025, to the byte: data.md section 2. */

/* Quotes the cell at the end of the row, from `from` on, if its content asks for it. */
static void quote(struct buf *row, size_t from)
{
	size_t special = 0, quotes = 0;
	for (size_t i = from; i < row->len; i++) {
		char c = row->ptr[i];
		special += c == ',' || c == '\n' || c == '\r';
		quotes += c == '"';
	}
	if (special + quotes == 0)
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

static bool persons_are_whole(struct xref_list list)
{
	for (size_t i = 0; i < list.count; i++) {
		const struct xref bare = {.type = XREF_PERSON, .data = list.items[i].data};
		if (!xref_equal(&list.items[i], &bare))
			return false;
	}
	return true;
}

/* Does the label give each reference back as it was? */
static bool references_are_whole(struct xref_list list, struct buf *scratch)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	for (size_t i = 0; i < list.count; i++) {
		buf_clear(scratch);
		xref_put_label(scratch, &list.items[i]);
		struct portroll_str label = buf_str(scratch);
		if (!label.len || label.ptr[label.len - 1] != ']')
			return false;
		struct xref back = xref_from_label(&a, str_part(label, 1, label.len - 1));
		if (!xref_equal(&back, &list.items[i]))
			return false;
	}
	return true;
}

static void find_text_loss(struct loss *loss, const struct record *r, struct buf *scratch)
{
	buf_clear(scratch);
	field_put(scratch, FIELD_DESCRIPTION, r);
	if (!write_text_is_whole(r->description, buf_str(scratch)))
		loss_of_record(loss, LOSS_TEXTS, r, "has references or white space in its text");
	buf_clear(scratch);
	field_put(scratch, FIELD_NOTES, r);
	if (!write_text_is_whole(r->note, buf_str(scratch)))
		loss_of_record(loss, LOSS_TEXTS, r, "has references or white space in its notes");
	buf_clear(scratch);
	field_put(scratch, FIELD_UNAUTHORIZED, r);
	if (!str_equal(r->unauthorized, buf_str(scratch)))
		loss_of_record(loss, LOSS_TEXTS, r, "has white space around unauthorized use");
}

static void find_loss(struct loss *loss, const struct record *r, struct buf *scratch)
{
	find_text_loss(loss, r, scratch);
	if (!references_are_whole(r->references, scratch))
		loss_of_record(loss, LOSS_TEXTS, r, "has references of a type the label hides");
	if (!persons_are_whole(r->contacts) || !persons_are_whole(r->assignee))
		loss_of_record(loss, LOSS_TEXTS, r, "has persons with more than an id");
	if (r->has_assignee && xref_list_equal(r->assignee, r->contacts))
		loss_of_record(loss, LOSS_COLUMNS, r, "states that assignee and contact are equal");
	loss_of_extras(loss, r, EXTRA_NUMBER);
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
			find_loss(loss, reg->records[i], &row);
	}
	if (loss) {
		loss_of_header(loss, reg);
		loss_of_people(loss, reg, false);
	}
}

/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

/* What a record is read from: its row, and its blob, whose parts stand before the cells. */
struct source_row {
	const struct portroll_snapshot *snapshot;
	const unsigned char *row;
	unsigned parts; /* enum blob_part */
	struct rare_cells rare;
	struct blob_reader blob;
};

static uint32_t cell(const struct source_row *from, size_t at)
{
	return load_u32(from->row + at);
}

static bool read_text_part(struct source_row *from, enum blob_part part, uint32_t cell_text,
			   struct richtext *ret)
{
	if (from->parts & part) {
		*ret = read_runs(&from->blob);
		return !from->blob.cursor.failed;
	}
	struct portroll_str text;
	if (!text_at(from->snapshot, cell_text, &text))
		return false;
	*ret = richtext_plain(from->blob.arena, text);
	return ret->count > 0 || text.len == 0;
}

/* The labels of a cell, back to what they were written from. */
static bool parse_cell(struct source_row *from, struct portroll_str text, bool people,
		       struct xref_list *ret)
{
	struct portroll_str rest = text, label;
	size_t count = 0;
	while (cut_label(&rest, &label))
		count++;
	if (rest.len)
		return mark_damaged(from->snapshot);
	*ret = (struct xref_list){NULL, 0};
	if (count == 0)
		return true;
	struct xref *items = arena_array(from->blob.arena, count, sizeof(*items));
	if (!items)
		return false;
	for (size_t i = 0; i < count; i++) {
		(void)cut_label(&text, &label);
		items[i] = people ? (struct xref){.type = XREF_PERSON, .data = label}
				  : xref_from_label(from->blob.arena, label);
	}
	*ret = (struct xref_list){items, count};
	return true;
}

static bool read_list_part(struct source_row *from, enum blob_part part, size_t at,
			   struct xref_list *ret)
{
	if (from->parts & part) {
		*ret = read_xrefs(&from->blob);
		return !from->blob.cursor.failed;
	}
	struct portroll_str text;
	return text_at(from->snapshot, cell(from, at), &text) &&
	       parse_cell(from, text, part != BLOB_REFERENCES, ret);
}

static bool read_unauthorized(struct source_row *from, struct portroll_str *ret)
{
	if (!(from->parts & BLOB_UNAUTHORIZED))
		return text_at(from->snapshot, from->rare.unauthorized, ret);
	*ret = read_text(&from->blob);
	return !from->blob.cursor.failed;
}

static bool read_assignee(struct source_row *from, bool stored, struct xref_list *ret)
{
	if (stored || (from->parts & BLOB_ASSIGNEE))
		return read_list_part(from, BLOB_ASSIGNEE, RECORD_ASSIGNEE, ret);
	return true;
}

static bool read_day(const struct source_row *from, uint32_t cell_text, struct date *ret)
{
	struct portroll_str text;
	if (!text_at(from->snapshot, cell_text, &text))
		return false;
	if (text.len && date_parse(ret, text) < 0)
		return mark_damaged(from->snapshot);
	return true;
}

static bool begin_blob(struct source_row *from, struct arena *a)
{
	struct portroll_str bytes;
	if (!blob_at(from->snapshot, load_u32(from->row + RECORD_BLOB), &bytes))
		return false;
	from->blob = (struct blob_reader){from->snapshot, cursor_init(bytes), a};
	if (bytes.len == 0)
		return true;
	return read_rare_cells(&from->blob.cursor, &from->parts, &from->rare) ||
	       mark_damaged(from->snapshot);
}

static bool read_parts(struct source_row *from, struct record *r)
{
	bool ok = text_at(from->snapshot, cell(from, RECORD_NAME), &r->name) &&
		  read_day(from, cell(from, RECORD_REGISTERED), &r->registered) &&
		  read_day(from, from->rare.modified, &r->modified) &&
		  read_text_part(from, BLOB_DESCRIPTION, cell(from, RECORD_DESCRIPTION),
				 &r->description) &&
		  read_text_part(from, BLOB_NOTE, from->rare.notes, &r->note) &&
		  read_unauthorized(from, &r->unauthorized) &&
		  read_list_part(from, BLOB_CONTACTS, RECORD_CONTACT, &r->contacts) &&
		  read_assignee(from, r->has_assignee, &r->assignee) &&
		  read_list_part(from, BLOB_REFERENCES, RECORD_REFERENCE, &r->references);
	if (ok && (from->parts & BLOB_EXTRAS))
		r->extras = read_extras(&from->blob);
	if (from->blob.arena->failed)
		return false;
	return read_ended(&from->blob) && ok;
}

bool snapshot_rich(const struct portroll_snapshot *s, uint32_t id, struct arena *a,
		   struct record *ret)
{
	if (id >= portroll_record_count(s))
		return false;
	const unsigned char *row = record_row(s, id);
	if (!row)
		return false;
	struct source_row from = {.snapshot = s, .row = row};
	if (!begin_blob(&from, a))
		return false;
	unsigned flags = load_u16(row + RECORD_FLAGS);
	struct record r = {
		.port = {load_u16(row + RECORD_PORT_FIRST), load_u16(row + RECORD_PORT_LAST)},
		.service_code = from.rare.service_code,
		.transport = row[RECORD_TRANSPORT],
		.has_port = (flags & RECORD_BIT_PORT) != 0,
		.has_service_code = (flags & RECORD_BIT_SERVICE_CODE) != 0,
		.has_assignee = (flags & RECORD_BIT_ASSIGNEE) != 0,
		.copy = load_u16(row + RECORD_COPY),
		.change = load_u32(row + RECORD_CHANGE),
	};
	if (!read_parts(&from, &r))
		return false;
	*ret = r;
	return true;
}

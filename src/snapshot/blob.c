/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

void *read_array(struct blob_reader *b, size_t *ret_count, size_t size)
{
	size_t count = cursor_varint(&b->cursor);
	*ret_count = 0;
	if (count > cursor_left(&b->cursor))
		b->cursor.failed = true;
	if (b->cursor.failed || count == 0)
		return NULL;
	void *items = arena_array(b->arena, count, size);
	if (items)
		*ret_count = count;
	else
		b->cursor.failed = true;
	return items;
}

struct portroll_str read_text(struct blob_reader *b)
{
	struct portroll_str text = STR("");
	uint32_t at = cursor_varint(&b->cursor);
	if (!b->cursor.failed && !text_at(b->snapshot, at, &text))
		b->cursor.failed = true;
	return text;
}

const struct portroll_str *read_texts(struct blob_reader *b, size_t *ret_count)
{
	struct portroll_str *texts = read_array(b, ret_count, sizeof(*texts));
	for (size_t i = 0; i < *ret_count; i++)
		texts[i] = read_text(b);
	return texts;
}

struct date read_date(struct blob_reader *b)
{
	uint32_t packed = cursor_varint(&b->cursor);
	if (!date_packed_ok(packed))
		b->cursor.failed = true;
	return date_unpack(packed);
}

struct extra_list read_extras(struct blob_reader *b)
{
	struct extra_list list;
	struct extra *items = read_array(b, &list.count, sizeof(*items));
	for (size_t i = 0; i < list.count; i++) {
		items[i].name = read_text(b);
		items[i].value = read_text(b);
		items[i].is_element = cursor_u8(&b->cursor) != 0;
	}
	list.items = items;
	return list;
}

static struct xref read_xref(struct blob_reader *b)
{
	struct xref x = {.type = cursor_u8(&b->cursor)};
	x.fragment_kind = cursor_u8(&b->cursor);
	x.data = read_text(b);
	x.text = read_text(b);
	x.fragment = read_text(b);
	x.last_updated = read_text(b);
	x.extras = read_extras(b);
	if (x.type >= XREF_TYPE_COUNT || x.fragment_kind >= FRAGMENT_COUNT)
		b->cursor.failed = true;
	return x;
}

struct xref_list read_xrefs(struct blob_reader *b)
{
	struct xref_list list;
	struct xref *items = read_array(b, &list.count, sizeof(*items));
	for (size_t i = 0; i < list.count && !b->cursor.failed; i++)
		items[i] = read_xref(b);
	list.items = items;
	return list;
}

static const struct xref *keep_xref(struct blob_reader *b)
{
	struct xref *x = arena_alloc(b->arena, sizeof(*x));
	if (x)
		*x = read_xref(b);
	else
		b->cursor.failed = true;
	return x;
}

struct richtext read_runs(struct blob_reader *b)
{
	struct richtext text;
	struct run *runs = read_array(b, &text.count, sizeof(*runs));
	for (size_t i = 0; i < text.count && !b->cursor.failed; i++) {
		runs[i].kind = cursor_u8(&b->cursor);
		if (runs[i].kind >= RUN_KIND_COUNT)
			b->cursor.failed = true;
		else if (runs[i].kind == RUN_TEXT)
			runs[i].text = read_text(b);
		else if (runs[i].kind == RUN_XREF)
			runs[i].xref = keep_xref(b);
	}
	text.runs = runs;
	return text;
}

bool read_rare_cells(struct cursor *blob, unsigned *ret_parts, struct rare_cells *ret)
{
	unsigned parts = cursor_varint(blob);
	*ret = (struct rare_cells){0};
	*ret_parts = parts;
	if (parts & BLOB_CELL_MODIFIED)
		ret->modified = cursor_varint(blob);
	if (parts & BLOB_CELL_NOTES)
		ret->notes = cursor_varint(blob);
	if (parts & BLOB_CELL_ALIAS_OF)
		ret->alias_of = cursor_varint(blob);
	if (parts & BLOB_CELL_UNAUTHORIZED)
		ret->unauthorized = cursor_varint(blob);
	if (parts & BLOB_SERVICE_CODE)
		ret->service_code = cursor_varint(blob);
	if (parts & ~(unsigned)BLOB_PARTS)
		blob->failed = true;
	return !blob->failed;
}

bool read_ended(struct blob_reader *b)
{
	if (b->arena->failed)
		return false;
	return (!b->cursor.failed && cursor_left(&b->cursor) == 0) || mark_damaged(b->snapshot);
}

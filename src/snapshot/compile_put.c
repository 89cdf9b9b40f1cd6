/* SPDX-License-Identifier: MIT */
#include "snapshot/compile.h"

#include "base/load.h"

#include <string.h>

void put_u32(struct buf *out, uint32_t value)
{
	char bytes[sizeof(value)];
	store_u32(bytes, value);
	buf_put(out, (struct portroll_str){bytes, sizeof(bytes)});
}

void put_varint(struct buf *out, uint32_t value)
{
	for (; value >= 0x80; value >>= 7)
		buf_putc(out, (char)(value | 0x80));
	buf_putc(out, (char)value);
}

uint32_t text_append(struct compiler *c, struct portroll_str text)
{
	if (text.len == 0)
		return 0;
	struct buf *out = &c->sections[SECTION_TEXTS];
	size_t from = out->len;
	if (text.len > UINT32_MAX)
		out->failed = PORTROLL_ELIMIT;
	put_varint(out, (uint32_t)text.len);
	buf_put(out, text);
	return (uint32_t)from;
}

uint32_t text_add(struct compiler *c, struct portroll_str text)
{
	uint32_t from = text_append(c, text);
	return from ? pool_keep(&c->texts, from) : 0;
}

struct record_list list_keep(struct compiler *c, size_t from)
{
	struct buf *out = &c->sections[SECTION_LISTS];
	if (out->failed || out->len == from)
		return (struct record_list){LIST_EMPTY, 0};
	const char *numbers = out->ptr + from;
	uint32_t count = (uint32_t)((out->len - from) / sizeof(uint32_t));
	uint32_t first = load_u32(numbers), row = 1;
	while (row < count && load_u32(numbers + row * sizeof(uint32_t)) == first + row)
		row++;
	if (row == count)
		out->len = from;
	else
		first = c->record_count + pool_keep(&c->lists, from) / (uint32_t)sizeof(uint32_t);
	return (struct record_list){first, count};
}

bool text_is(const struct compiler *c, uint32_t offset, struct portroll_str text)
{
	if (text.len == 0 || offset == 0)
		return text.len == 0 && offset == 0;
	const struct buf *out = &c->sections[SECTION_TEXTS];
	if (out->failed)
		return false;
	const char *at = out->ptr + offset;
	size_t len = 0;
	unsigned shift = 0;
	do {
		len |= (size_t)(*at & 0x7f) << shift;
		shift += 7;
	} while (*at++ & 0x80);
	return len == text.len && memcmp(at, text.ptr, len) == 0;
}

uint32_t blob_add(struct compiler *c)
{
	struct buf *out = &c->sections[SECTION_BLOBS];
	if (c->blob.failed)
		out->failed = c->blob.failed;
	if (c->blob.len == 0)
		return 0;
	size_t from = out->len;
	put_varint(out, (uint32_t)c->blob.len);
	buf_put(out, buf_str(&c->blob));
	buf_clear(&c->blob);
	return pool_keep(&c->blobs, from);
}

void blob_text(struct compiler *c, struct portroll_str text)
{
	put_varint(&c->blob, text_add(c, text));
}

void blob_texts(struct compiler *c, const struct portroll_str *texts, size_t count)
{
	put_varint(&c->blob, (uint32_t)count);
	for (size_t i = 0; i < count; i++)
		blob_text(c, texts[i]);
}

void blob_extras(struct compiler *c, struct extra_list list)
{
	put_varint(&c->blob, (uint32_t)list.count);
	for (size_t i = 0; i < list.count; i++) {
		blob_text(c, list.items[i].name);
		blob_text(c, list.items[i].value);
		buf_putc(&c->blob, (char)list.items[i].is_element);
	}
}

static void blob_xref(struct compiler *c, const struct xref *x)
{
	buf_putc(&c->blob, (char)x->type);
	buf_putc(&c->blob, (char)x->fragment_kind);
	blob_text(c, x->data);
	blob_text(c, x->text);
	blob_text(c, x->fragment);
	blob_text(c, x->last_updated);
	blob_extras(c, x->extras);
}

void blob_xrefs(struct compiler *c, struct xref_list list)
{
	put_varint(&c->blob, (uint32_t)list.count);
	for (size_t i = 0; i < list.count; i++)
		blob_xref(c, &list.items[i]);
}

void blob_runs(struct compiler *c, struct richtext text)
{
	put_varint(&c->blob, (uint32_t)text.count);
	for (size_t i = 0; i < text.count; i++) {
		const struct run *run = &text.runs[i];
		buf_putc(&c->blob, (char)run->kind);
		if (run->kind == RUN_TEXT)
			blob_text(c, run->text);
		else if (run->kind == RUN_XREF)
			blob_xref(c, run->xref);
	}
}

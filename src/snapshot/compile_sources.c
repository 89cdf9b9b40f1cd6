/* SPDX-License-Identifier: MIT */
#include "snapshot/compile.h"

#include "base/load.h"

static void put_copies(struct compiler *c, const struct source *source)
{
	put_varint(&c->blob, (uint32_t)source->copy_count);
	for (size_t i = 0; i < source->copy_count; i++) {
		const struct copy *copy = &source->copies[i];
		blob_text(c, copy->origin);
		blob_text(c, copy->format);
		blob_text(c, copy->etag);
		blob_text(c, copy->licence);
		put_varint(&c->blob, date_pack(copy->dated));
		buf_putc(&c->blob, (char)copy->partial);
		buf_put(&c->blob, (struct portroll_str){(const char *)copy->sha256, SHA256_SIZE});
		put_varint(&c->blob, copy->record_count);
	}
}

static void put_header(struct compiler *c, const struct registry *reg)
{
	const struct header *h = &reg->header;
	blob_text(c, h->id);
	blob_text(c, h->title);
	put_varint(&c->blob, date_pack(h->created));
	put_varint(&c->blob, date_pack(h->updated));
	blob_text(c, h->registration_rule);
	blob_text(c, h->expert);
	blob_runs(c, h->description);
	blob_texts(c, h->categories, h->category_count);
	put_varint(&c->blob, (uint32_t)h->note_count);
	for (size_t i = 0; i < h->note_count; i++) {
		blob_text(c, h->notes[i].title);
		blob_runs(c, h->notes[i].text);
	}
	blob_xrefs(c, h->references);
	blob_extras(c, h->extras);
	put_varint(&c->blob, (uint32_t)reg->footnote_count);
	for (size_t i = 0; i < reg->footnote_count; i++) {
		put_varint(&c->blob, reg->footnotes[i].anchor);
		blob_runs(c, reg->footnotes[i].text);
	}
}

static int check_source(struct compiler *c, const struct source *source)
{
	if (source->kind > SOURCE_MANAGED || source->coverage > COVERAGE_NAMES)
		return error_set(c->err, PORTROLL_EINVAL, "source '%.*s' is of no known kind",
				 PORTROLL_STR_ARG(source->name));
	if (source->copy_count > UINT16_MAX)
		return error_set(c->err, PORTROLL_ELIMIT, "source '%.*s' has too many copies",
				 PORTROLL_STR_ARG(source->name));
	return PORTROLL_OK;
}

int compile_sources(struct compiler *c)
{
	struct buf *out = &c->sections[SECTION_SOURCES];
	size_t records = 0, people = 0;
	for (size_t i = 0; i < c->roll->source_count; i++) {
		const struct source *source = &c->roll->sources[i];
		int r = check_source(c, source);
		if (r < 0)
			return r;
		const struct registry *reg = source->registry;
		char row[SOURCE_SIZE];
		store_u32(row + SOURCE_NAME, text_add(c, source->name));
		row[SOURCE_KIND] = (char)source->kind;
		row[SOURCE_COVERAGE] = (char)source->coverage;
		store_u16(row + SOURCE_COPY_COUNT, (uint16_t)source->copy_count);
		store_u32(row + SOURCE_FIRST_RECORD, (uint32_t)records);
		store_u32(row + SOURCE_RECORD_COUNT, (uint32_t)reg->record_count);
		store_u32(row + SOURCE_FIRST_PERSON, (uint32_t)people);
		store_u32(row + SOURCE_PERSON_COUNT, (uint32_t)reg->person_count);
		put_copies(c, source);
		store_u32(row + SOURCE_COPIES, blob_add(c));
		put_header(c, reg);
		store_u32(row + SOURCE_HEADER, blob_add(c));
		buf_put(out, (struct portroll_str){row, sizeof(row)});
		records += reg->record_count;
		people += reg->person_count;
	}
	if (records > UINT32_MAX / RECORD_SIZE || people > UINT32_MAX / PERSON_SIZE)
		return error_set(c->err, PORTROLL_ELIMIT, "the roll has too many records");
	c->record_count = (uint32_t)records;
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

uint64_t snapshot_ledger(const struct portroll_snapshot *s, uint8_t ret_root[static SHA256_SIZE])
{
	memcpy(ret_root, s->bytes + HEADER_LEDGER_ROOT, SHA256_SIZE);
	return load_u64(s->bytes + HEADER_LEDGER_SIZE);
}

struct portroll_str snapshot_source_name(const struct portroll_snapshot *s, size_t index)
{
	struct portroll_str name = STR("");
	const unsigned char *row = source_row(s, index);
	if (row)
		(void)text_at(s, load_u32(row + SOURCE_NAME), &name);
	return name;
}

void read_copy(struct blob_reader *b, struct copy *copy)
{
	copy->origin = read_text(b);
	copy->format = read_text(b);
	copy->etag = read_text(b);
	copy->licence = read_text(b);
	copy->dated = read_date(b);
	copy->partial = cursor_u8(&b->cursor) != 0;
	struct portroll_str sha256 = cursor_bytes(&b->cursor, SHA256_SIZE);
	if (sha256.len)
		memcpy(copy->sha256, sha256.ptr, SHA256_SIZE);
	copy->record_count = cursor_varint(&b->cursor);
}

bool snapshot_source(const struct portroll_snapshot *s, size_t index, struct arena *a,
		     struct source *ret)
{
	const unsigned char *row = source_row(s, index);
	struct portroll_str bytes;
	if (!row || !blob_at(s, load_u32(row + SOURCE_COPIES), &bytes))
		return false;
	struct source source = {
		.name = snapshot_source_name(s, index),
		.kind = row[SOURCE_KIND],
		.coverage = row[SOURCE_COVERAGE],
	};
	struct blob_reader b = {s, cursor_init(bytes), a};
	struct copy *copies = read_array(&b, &source.copy_count, sizeof(*copies));
	for (size_t i = 0; i < source.copy_count; i++)
		read_copy(&b, &copies[i]);
	source.copies = copies;
	if (!read_ended(&b))
		return false;
	if (source.copy_count != load_u16(row + SOURCE_COPY_COUNT))
		return mark_damaged(s);
	*ret = source;
	return true;
}

static void read_notes(struct blob_reader *b, struct header *h)
{
	struct note *notes = read_array(b, &h->note_count, sizeof(*notes));
	for (size_t i = 0; i < h->note_count; i++) {
		notes[i].title = read_text(b);
		notes[i].text = read_runs(b);
	}
	h->notes = notes;
}

static void read_footnotes(struct blob_reader *b, struct registry *reg)
{
	struct footnote *footnotes = read_array(b, &reg->footnote_count, sizeof(*footnotes));
	for (size_t i = 0; i < reg->footnote_count; i++) {
		footnotes[i].anchor = cursor_varint(&b->cursor);
		footnotes[i].text = read_runs(b);
	}
	reg->footnotes = footnotes;
}

struct registry *snapshot_header(const struct portroll_snapshot *s, size_t source, struct arena *a)
{
	const unsigned char *row = source_row(s, source);
	struct registry *reg = registry_new(a);
	struct portroll_str bytes;
	if (!row || !reg || !blob_at(s, load_u32(row + SOURCE_HEADER), &bytes))
		return NULL;
	struct blob_reader b = {s, cursor_init(bytes), a};
	struct header *h = &reg->header;
	h->id = read_text(&b);
	h->title = read_text(&b);
	h->created = read_date(&b);
	h->updated = read_date(&b);
	h->registration_rule = read_text(&b);
	h->expert = read_text(&b);
	h->description = read_runs(&b);
	h->categories = read_texts(&b, &h->category_count);
	read_notes(&b, h);
	h->references = read_xrefs(&b);
	h->extras = read_extras(&b);
	read_footnotes(&b, reg);
	return read_ended(&b) ? reg : NULL;
}

struct registry *snapshot_read(const struct portroll_snapshot *s, size_t source, struct arena *a)
{
	struct registry *reg = snapshot_header(s, source, a);
	if (!reg)
		return NULL;
	struct record_span records = snapshot_source_records(s, source);
	for (uint32_t i = 0; i < records.count; i++) {
		struct record r;
		if (!snapshot_rich(s, records.first + i, a, &r) || registry_add(reg, &r) < 0)
			return NULL;
	}
	struct record_span people = snapshot_source_people(s, source);
	for (uint32_t i = 0; i < people.count; i++) {
		struct person p;
		if (!snapshot_person(s, people.first + i, a, &p) ||
		    registry_add_person(reg, &p) < 0)
			return NULL;
	}
	return reg;
}

int snapshot_read_roll(struct roll **ret, const struct portroll_snapshot *s, struct arena *a,
		       struct portroll_error *err)
{
	struct roll *roll = roll_new(a);
	if (!roll)
		return error_memory(err);
	roll->ledger_size = snapshot_ledger(s, roll->ledger_root);
	for (size_t i = 0; i < portroll_source_count(s); i++) {
		struct source source;
		bool ok = snapshot_source(s, i, a, &source);
		source.registry = ok ? snapshot_read(s, i, a) : NULL;
		if (a->failed)
			return error_memory(err);
		if (!source.registry)
			return error_set(err, PORTROLL_ECORRUPT, "the snapshot is damaged");
		int r = roll_insert(roll, i, &source, err);
		if (r < 0)
			return r;
	}
	*ret = roll;
	return PORTROLL_OK;
}

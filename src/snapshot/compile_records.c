/* SPDX-License-Identifier: MIT */
#include "snapshot/compile.h"

#include "base/load.h"
#include "registry/alias.h"
#include "registry/fields.h"
#include "registry/idset.h"

/* What was put for a record. The next one often has the same cells (tcp and udp of one service),
 * which then need not be looked for. */
struct row {
	const struct record *record;
	uint32_t name, description, assignee, contact, registered, modified, reference;
	uint32_t unauthorized, notes, alias_of;
	uint32_t people_first, people_count;
	unsigned people_parts; /* of enum blob_part: the lists that the cells do not tell */
};

struct record_compiler {
	struct compiler *c;
	struct idset people; /* of the source: id to number */
	uint8_t source;
	uint16_t copy_count;
	struct row before;
};

static uint32_t add_cell(struct compiler *c, enum field_id field, const struct record *r)
{
	buf_clear(&c->cell);
	field_put(&c->cell, field, r);
	return c->cell.failed ? 0 : text_add(c, buf_str(&c->cell));
}

/* A text that cell_fold() leaves as it is. */
static bool is_folded(struct portroll_str text)
{
	return text.len == 0 || (!is_space(text.ptr[0]) && !is_space(text.ptr[text.len - 1]) &&
				 str_find_char(text, '\n') == SIZE_MAX);
}

static uint32_t add_rich_cell(struct compiler *c, enum field_id field, const struct record *r)
{
	struct portroll_str plain;
	if (richtext_is_plain(fields[field].rich(r), &plain) && is_folded(plain))
		return text_add(c, plain);
	return add_cell(c, field, r);
}

static void add_key_and_dates(struct compiler *c, struct row *row, const struct row *before)
{
	const struct record *r = row->record, *b = before->record;
	row->name = b && str_equal(b->name, r->name) ? before->name : text_add(c, r->name);
	bool registered = b && date_equal(b->registered, r->registered);
	row->registered = registered ? before->registered : add_cell(c, FIELD_REGISTERED, r);
	bool modified = b && date_equal(b->modified, r->modified);
	row->modified = modified ? before->modified : add_cell(c, FIELD_MODIFIED, r);
}

static void add_texts(struct compiler *c, struct row *row, const struct row *before)
{
	const struct record *r = row->record, *b = before->record;
	bool description = b && richtext_equal(b->description, r->description);
	row->description =
		description ? before->description : add_rich_cell(c, FIELD_DESCRIPTION, r);
	bool notes = b && richtext_equal(b->note, r->note);
	row->notes = notes ? before->notes : add_rich_cell(c, FIELD_NOTES, r);
	row->unauthorized = r->unauthorized.len ? add_cell(c, FIELD_UNAUTHORIZED, r) : 0;
	row->reference = r->references.count ? add_cell(c, FIELD_REFERENCE, r) : 0;
}

/* The people of a record, found by their ids; those that are not listed are left out. */
static void add_people_list(struct record_compiler *k, struct row *row)
{
	struct buf *out = &k->c->sections[SECTION_PEOPLE_LISTS];
	const struct xref_list lists[] = {row->record->contacts, row->record->assignee};
	size_t from = out->len;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		for (size_t at = 0; at < lists[i].count; at++) {
			const struct xref *x = &lists[i].items[at];
			uint32_t person = x->type == XREF_PERSON ? idset_find(&k->people, x->data)
								 : IDSET_NONE;
			if (person != IDSET_NONE)
				put_u32(out, person);
		}
	}
	row->people_count = (uint32_t)((out->len - from) / sizeof(uint32_t));
	row->people_first = 0;
	if (row->people_count)
		row->people_first = pool_keep(&k->c->people_lists, from) / sizeof(uint32_t);
}

/* Would the reader get this very list out of the cell? */
static bool list_in_cell(struct compiler *c, struct xref_list list, uint32_t cell, bool people)
{
	struct buf *labels = &c->cell;
	buf_clear(labels);
	for (size_t i = 0; i < list.count; i++) {
		const struct xref *x = &list.items[i];
		size_t from = labels->len;
		xref_put_label(labels, x);
		struct portroll_str label = str_part(buf_str(labels), from + 1, labels->len - 1);
		struct xref back = {.type = XREF_PERSON, .data = x->data};
		if (!people)
			back = xref_from_label(&c->scratch, label);
		if (labels->failed || str_find_char(label, ']') != SIZE_MAX ||
		    !xref_equal(x, &back))
			return false;
	}
	return text_is(c, cell, buf_str(labels));
}

static bool text_in_cell(struct compiler *c, struct richtext text, uint32_t cell)
{
	struct portroll_str plain;
	return richtext_is_plain(text, &plain) && text_is(c, cell, plain) &&
	       (plain.len > 0 || text.count == 0);
}

static unsigned people_parts(struct compiler *c, const struct row *row)
{
	const struct record *r = row->record;
	unsigned parts = 0;
	if (!list_in_cell(c, r->contacts, row->contact, true))
		parts |= BLOB_CONTACTS;
	if (r->has_assignee ? !list_in_cell(c, r->assignee, row->assignee, true)
			    : r->assignee.count > 0)
		parts |= BLOB_ASSIGNEE;
	return parts;
}

static void add_people(struct record_compiler *k, struct row *row)
{
	const struct record *r = row->record, *b = k->before.record;
	bool same = b && b->has_assignee == r->has_assignee &&
		    xref_list_equal(b->contacts, r->contacts) &&
		    xref_list_equal(b->assignee, r->assignee);
	if (same) {
		row->contact = k->before.contact;
		row->assignee = k->before.assignee;
		row->people_first = k->before.people_first;
		row->people_count = k->before.people_count;
		row->people_parts = k->before.people_parts;
		return;
	}
	row->contact = r->contacts.count ? add_cell(k->c, FIELD_CONTACT, r) : 0;
	row->assignee = r->has_assignee ? add_cell(k->c, FIELD_ASSIGNEE, r) : row->contact;
	row->people_parts = people_parts(k->c, row);
	add_people_list(k, row);
}

static unsigned blob_parts(struct compiler *c, const struct row *row)
{
	const struct record *r = row->record;
	unsigned parts = row->people_parts;
	if (!text_in_cell(c, r->description, row->description))
		parts |= BLOB_DESCRIPTION;
	if (!text_in_cell(c, r->note, row->notes))
		parts |= BLOB_NOTE;
	if (!text_is(c, row->unauthorized, r->unauthorized))
		parts |= BLOB_UNAUTHORIZED;
	if (!list_in_cell(c, r->references, row->reference, false))
		parts |= BLOB_REFERENCES;
	if (r->extras.count)
		parts |= BLOB_EXTRAS;
	return parts;
}

/* The rarer cells: a part of the blob each, where it is not empty. */
static void put_cells(struct compiler *c, const struct row *row, unsigned parts)
{
	const struct {
		unsigned part;
		uint32_t value;
	} cells[] = {
		{BLOB_CELL_MODIFIED, row->modified},
		{BLOB_CELL_NOTES, row->notes},
		{BLOB_CELL_ALIAS_OF, row->alias_of},
		{BLOB_CELL_UNAUTHORIZED, row->unauthorized},
		{BLOB_SERVICE_CODE, row->record->service_code},
	};
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		parts |= cells[i].value ? cells[i].part : 0;
	if (parts)
		put_varint(&c->blob, parts);
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		if (cells[i].value)
			put_varint(&c->blob, cells[i].value);
}

static uint32_t add_blob(struct compiler *c, const struct row *row)
{
	const struct record *r = row->record;
	unsigned parts = blob_parts(c, row);
	put_cells(c, row, parts);
	if (parts & BLOB_DESCRIPTION)
		blob_runs(c, r->description);
	if (parts & BLOB_NOTE)
		blob_runs(c, r->note);
	if (parts & BLOB_UNAUTHORIZED)
		blob_text(c, r->unauthorized);
	if (parts & BLOB_CONTACTS)
		blob_xrefs(c, r->contacts);
	if (parts & BLOB_ASSIGNEE)
		blob_xrefs(c, r->assignee);
	if (parts & BLOB_REFERENCES)
		blob_xrefs(c, r->references);
	if (parts & BLOB_EXTRAS)
		blob_extras(c, r->extras);
	return blob_add(c);
}

static uint16_t record_bits(const struct record *r, struct portroll_str *ret_alias_of)
{
	uint8_t flags = alias_flags(r, ret_alias_of);
	return (uint16_t)((flags & PORTROLL_RECORD_ALIAS ? RECORD_BIT_ALIAS : 0U) |
			  (flags & PORTROLL_RECORD_DUPLICATE ? RECORD_BIT_DUPLICATE : 0U) |
			  (r->has_port ? RECORD_BIT_PORT : 0U) |
			  (r->has_service_code ? RECORD_BIT_SERVICE_CODE : 0U) |
			  (r->has_assignee ? RECORD_BIT_ASSIGNEE : 0U));
}

static void put_row(struct record_compiler *k, struct row *from)
{
	struct compiler *c = k->c;
	const struct record *r = from->record;
	struct portroll_str alias_of = STR("");
	char row[RECORD_SIZE] = {0};
	store_u16(row + RECORD_FLAGS, record_bits(r, &alias_of));
	from->alias_of = text_add(c, alias_of);
	store_u32(row + RECORD_NAME, from->name);
	store_u32(row + RECORD_DESCRIPTION, from->description);
	store_u32(row + RECORD_ASSIGNEE, from->assignee);
	store_u32(row + RECORD_CONTACT, from->contact);
	store_u32(row + RECORD_REGISTERED, from->registered);
	store_u32(row + RECORD_REFERENCE, from->reference);
	store_u32(row + RECORD_BLOB, add_blob(c, from));
	store_u32(row + RECORD_PEOPLE_FIRST, from->people_first);
	store_u16(row + RECORD_PEOPLE_COUNT, (uint16_t)from->people_count);
	store_u16(row + RECORD_PORT_FIRST, r->port.first);
	store_u16(row + RECORD_PORT_LAST, r->port.last);
	store_u16(row + RECORD_COPY, r->copy);
	store_u32(row + RECORD_CHANGE, r->change);
	row[RECORD_TRANSPORT] = (char)r->transport;
	row[RECORD_SOURCE] = (char)k->source;
	buf_put(&c->sections[SECTION_RECORDS], (struct portroll_str){row, sizeof(row)});
}

static int check_record(struct record_compiler *k, const struct record *r, size_t index)
{
	bool ok = r->transport <= TRANSPORT_COUNT && r->port.first <= r->port.last &&
		  date_packed_ok(date_pack(r->registered)) &&
		  date_packed_ok(date_pack(r->modified)) &&
		  (r->copy == 0 || r->copy < k->copy_count);
	return ok ? PORTROLL_OK
		  : error_set(k->c->err, PORTROLL_EINVAL, "record %zu of source %u makes no sense",
			      index, k->source);
}

static int put_source(struct record_compiler *k, const struct registry *reg, uint32_t first_person)
{
	for (uint32_t i = 0; i < reg->person_count; i++)
		if (idset_add(&k->people, reg->people[i]->id, first_person + i) == IDSET_NONE)
			return error_memory(k->c->err);
	for (size_t i = 0; i < reg->record_count; i++) {
		int r = check_record(k, reg->records[i], i);
		if (r < 0)
			return r;
		struct row row = {.record = reg->records[i]};
		add_key_and_dates(k->c, &row, &k->before);
		add_texts(k->c, &row, &k->before);
		add_people(k, &row);
		if (row.people_count > RECORD_PEOPLE_MAX)
			return error_set(k->c->err, PORTROLL_ELIMIT,
					 "record %zu of source %u names more than %u people", i,
					 k->source, RECORD_PEOPLE_MAX);
		put_row(k, &row);
		k->before = row;
	}
	return PORTROLL_OK;
}

/* Texts grow to 90 bytes for each record of IANA's; what is not used is not touched. */
static void make_room(struct compiler *c, size_t records)
{
	buf_reserve(&c->sections[SECTION_RECORDS], records * RECORD_SIZE);
	buf_reserve(&c->sections[SECTION_TEXTS], records * 160);
}

int compile_records(struct compiler *c)
{
	uint32_t first_person = 0;
	for (size_t i = 0; i < c->roll->source_count; i++) {
		const struct source *source = &c->roll->sources[i];
		struct record_compiler k = {
			.c = c,
			.people = IDSET_INIT(&c->scratch),
			.source = (uint8_t)i,
			.copy_count = (uint16_t)source->copy_count,
		};
		make_room(c, source->registry->record_count);
		int r = put_source(&k, source->registry, first_person);
		if (r < 0)
			return r;
		first_person += (uint32_t)source->registry->person_count;
	}
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */
#include "ledger/line.h"

#include "ledger/line_take.h"

/* null is what is there and empty: a list of assignees without any, a header that says nothing. */

static int take_assignee(struct line_reader *x, json_t *value, void *place)
{
	struct record *r = place;
	r->has_assignee = true;
	return json_is_null(value) ? PORTROLL_OK : line_take_persons(x, value, &r->assignee);
}

static int take_copy(struct line_reader *x, json_t *value, void *place)
{
	int r = line_take_u16(x, value, place);
	if (r == PORTROLL_OK && *(uint16_t *)place == 0)
		return line_expected(x, "a number above 0, or no such member");
	return r;
}

static int take_service_code(struct line_reader *x, json_t *value, void *place)
{
	struct record *r = place;
	r->has_service_code = true;
	return line_take_u32(x, value, &r->service_code);
}

static int hex_value(char c)
{
	return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int take_digest(struct line_reader *x, json_t *value, void *place)
{
	struct portroll_str text = line_text_of(value);
	uint8_t *digest = place;
	bool holds = text.len == 2 * SHA256_SIZE;
	for (size_t i = 0; holds && i < SHA256_SIZE; i++) {
		int high = hex_value(text.ptr[2 * i]), low = hex_value(text.ptr[2 * i + 1]);
		holds = high >= 0 && low >= 0;
		digest[i] = holds ? (uint8_t)(high << 4 | low) : 0;
	}
	return holds ? PORTROLL_OK
		     : line_expected(x, "a SHA-256: 64 digits of lower-case hexadecimal");
}

static int take_note(struct line_reader *x, json_t *value, void *place)
{
	static const struct line_member members[] = {
		{STR_INIT("text"), line_take_rich, offsetof(struct note, text), false},
		{STR_INIT("title"), line_take_text, offsetof(struct note, title), false},
	};
	return line_take_object(x, value, (struct line_members){members, ARRAY_LEN(members)},
				place);
}

static int take_notes(struct line_reader *x, json_t *value, void *place)
{
	struct header *h = place;
	struct line_items items = {.take = take_note, .size = sizeof(struct note)};
	int r = line_take_items(x, value, &items);
	h->notes = items.items;
	h->note_count = items.count;
	return r;
}

static int take_categories(struct line_reader *x, json_t *value, void *place)
{
	struct header *h = place;
	struct line_texts texts = {0};
	int r = line_take_texts(x, value, &texts);
	h->categories = texts.items;
	h->category_count = texts.count;
	return r;
}

static int take_uris(struct line_reader *x, json_t *value, void *place)
{
	struct person *p = place;
	struct line_texts texts = {0};
	int r = line_take_texts(x, value, &texts);
	p->uris = texts.items;
	p->uri_count = texts.count;
	return r;
}

/* The out-parameters change only when all of it was read. */
static int read_object(json_t *value, struct line_members members, void *place, struct arena *a,
		       struct portroll_error *err)
{
	struct line_reader x = {.arena = a, .err = err};
	return line_take_object(&x, value, members, place);
}

int line_read_record(struct record *ret, json_t *value, struct arena *a, struct portroll_error *err)
{
	static const struct line_member members[] = {
		{STR_INIT("assignee"), take_assignee, 0, false},
		{STR_INIT("contacts"), line_take_persons, offsetof(struct record, contacts), false},
		{STR_INIT("copy"), take_copy, offsetof(struct record, copy), false},
		{STR_INIT("description"), line_take_rich, offsetof(struct record, description),
		 false},
		{STR_INIT("extras"), line_take_extras, offsetof(struct record, extras), false},
		{STR_INIT("modified"), line_take_date, offsetof(struct record, modified), false},
		{STR_INIT("name"), line_take_text, offsetof(struct record, name), false},
		{STR_INIT("note"), line_take_rich, offsetof(struct record, note), false},
		{STR_INIT("port"), line_take_port, 0, false},
		{STR_INIT("references"), line_take_xrefs, offsetof(struct record, references),
		 false},
		{STR_INIT("registered"), line_take_date, offsetof(struct record, registered),
		 false},
		{STR_INIT("service_code"), take_service_code, 0, false},
		{STR_INIT("transport"), line_take_transport, offsetof(struct record, transport),
		 false},
		{STR_INIT("unauthorized"), line_take_text, offsetof(struct record, unauthorized),
		 false},
	};
	struct record record = {0};
	int r = json_is_null(value)
			? PORTROLL_OK
			: read_object(value, (struct line_members){members, ARRAY_LEN(members)},
				      &record, a, err);
	if (r == PORTROLL_OK)
		*ret = record;
	return r;
}

int line_read_header(struct header *ret, json_t *value, struct arena *a, struct portroll_error *err)
{
	static const struct line_member members[] = {
		{STR_INIT("categories"), take_categories, 0, false},
		{STR_INIT("created"), line_take_date, offsetof(struct header, created), false},
		{STR_INIT("description"), line_take_rich, offsetof(struct header, description),
		 false},
		{STR_INIT("expert"), line_take_text, offsetof(struct header, expert), false},
		{STR_INIT("extras"), line_take_extras, offsetof(struct header, extras), false},
		{STR_INIT("id"), line_take_text, offsetof(struct header, id), false},
		{STR_INIT("notes"), take_notes, 0, false},
		{STR_INIT("references"), line_take_xrefs, offsetof(struct header, references),
		 false},
		{STR_INIT("registration_rule"), line_take_text,
		 offsetof(struct header, registration_rule), false},
		{STR_INIT("title"), line_take_text, offsetof(struct header, title), false},
		{STR_INIT("updated"), line_take_date, offsetof(struct header, updated), false},
	};
	struct header header = {0};
	int r = json_is_null(value)
			? PORTROLL_OK
			: read_object(value, (struct line_members){members, ARRAY_LEN(members)},
				      &header, a, err);
	if (r == PORTROLL_OK)
		*ret = header;
	return r;
}

int line_read_footnote(struct footnote *ret, json_t *value, struct arena *a,
		       struct portroll_error *err)
{
	static const struct line_member members[] = {
		{STR_INIT("anchor"), line_take_u32, offsetof(struct footnote, anchor), true},
		{STR_INIT("text"), line_take_rich, offsetof(struct footnote, text), false},
	};
	struct footnote note = {0};
	int r = read_object(value, (struct line_members){members, ARRAY_LEN(members)}, &note, a,
			    err);
	if (r == PORTROLL_OK)
		*ret = note;
	return r;
}

int line_read_person(struct portroll_str *ret_id, struct tree_hash *ret_commitment, json_t *value,
		     struct arena *a, struct portroll_error *err)
{
	struct entry_person {
		struct portroll_str id;
		struct tree_hash commitment;
	};
	static const struct line_member members[] = {
		{STR_INIT("commitment"), line_take_hash, offsetof(struct entry_person, commitment),
		 true},
		{STR_INIT("id"), line_take_id, offsetof(struct entry_person, id), true},
	};
	struct entry_person person = {0};
	int r = read_object(value, (struct line_members){members, ARRAY_LEN(members)}, &person, a,
			    err);
	if (r < 0)
		return r;
	*ret_id = person.id;
	*ret_commitment = person.commitment;
	return PORTROLL_OK;
}

int line_read_person_content(struct person *ret, json_t *value, struct arena *a,
			     struct portroll_error *err)
{
	static const struct line_member members[] = {
		{STR_INIT("extras"), line_take_extras, offsetof(struct person, extras), false},
		{STR_INIT("id"), line_take_id, offsetof(struct person, id), true},
		{STR_INIT("name"), line_take_text, offsetof(struct person, name), false},
		{STR_INIT("org"), line_take_text, offsetof(struct person, org), false},
		{STR_INIT("updated"), line_take_date, offsetof(struct person, updated), false},
		{STR_INIT("uris"), take_uris, 0, false},
	};
	struct person person = {0};
	int r = read_object(value, (struct line_members){members, ARRAY_LEN(members)}, &person, a,
			    err);
	if (r == PORTROLL_OK)
		*ret = person;
	return r;
}

int line_read_copy(struct copy *ret, json_t *value, struct arena *a, struct portroll_error *err)
{
	static const struct line_member members[] = {
		{STR_INIT("dated"), line_take_date, offsetof(struct copy, dated), false},
		{STR_INIT("digest"), take_digest, offsetof(struct copy, sha256), true},
		{STR_INIT("etag"), line_take_text, offsetof(struct copy, etag), false},
		{STR_INIT("format"), line_take_text, offsetof(struct copy, format), false},
		{STR_INIT("licence"), line_take_text, offsetof(struct copy, licence), false},
		{STR_INIT("origin"), line_take_text, offsetof(struct copy, origin), false},
		{STR_INIT("partial"), line_take_true, offsetof(struct copy, partial), false},
		{STR_INIT("records"), line_take_u32, offsetof(struct copy, record_count), true},
	};
	struct copy copy = {0};
	int r = read_object(value, (struct line_members){members, ARRAY_LEN(members)}, &copy, a,
			    err);
	if (r == PORTROLL_OK)
		*ret = copy;
	return r;
}

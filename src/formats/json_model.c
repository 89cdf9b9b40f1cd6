/* SPDX-License-Identifier: MIT */
#include "formats/json_reader.h"

#include "formats/cells.h"

/* The objects of the schema (doc/JSON.md), a table each. */

#define MEMBERS(rows) ((struct json_members){rows, ARRAY_LEN(rows)})

/* A text beside its runs: the runs alone count where they are given. */
struct text_pair {
	struct richtext plain, runs;
	bool has_runs;
};

static int take_pair_runs(struct json_reader *x, json_t *value, void *place)
{
	struct text_pair *pair = place;
	pair->has_runs = true;
	return json_take_runs(x, value, &pair->runs);
}

static struct richtext pair_text(const struct text_pair *pair)
{
	return pair->has_runs ? pair->runs : pair->plain;
}

/* The same for persons: ids beside whole references. */
struct person_pair {
	struct xref_list ids, xrefs;
	bool has_xrefs;
};

static int take_pair_xrefs(struct json_reader *x, json_t *value, void *place)
{
	struct person_pair *pair = place;
	pair->has_xrefs = true;
	return json_take_xrefs(x, value, &pair->xrefs);
}

struct record_object {
	struct record record;
	uint32_t port_first, port_last;
	bool has_first, has_last, assignee_own;
	struct text_pair description, notes, unauthorized;
	struct person_pair assignee, contact;
};

static int take_port(struct json_reader *x, json_t *value, uint32_t *ret_port, bool *ret_has)
{
	*ret_has = true;
	int r = json_take_number(x, value, ret_port);
	if (r == PORTROLL_OK && *ret_port > UINT16_MAX)
		return json_expected(x, value, "a port: at most 65535");
	return r;
}

static int take_port_first(struct json_reader *x, json_t *value, void *place)
{
	struct record_object *o = place;
	return take_port(x, value, &o->port_first, &o->has_first);
}

static int take_port_last(struct json_reader *x, json_t *value, void *place)
{
	struct record_object *o = place;
	return take_port(x, value, &o->port_last, &o->has_last);
}

static int take_transport(struct json_reader *x, json_t *value, void *place)
{
	struct portroll_str text = {json_string_value(value), json_string_length(value)};
	if (!json_is_string(value) || transport_cell(place, text) < 0)
		return json_expected(x, value, "tcp, udp, sctp or dccp");
	return PORTROLL_OK;
}

static int take_service_code(struct json_reader *x, json_t *value, void *place)
{
	struct record_object *o = place;
	o->record.has_service_code = true;
	return json_take_number(x, value, &o->record.service_code);
}

static int check_persons(struct json_reader *x, json_t *value, struct xref_list list)
{
	for (size_t i = 0; i < list.count; i++)
		if (list.items[i].type != XREF_PERSON)
			return json_expected(x, value, "persons as assignee and contact");
	return PORTROLL_OK;
}

/* What the members say together. */
static int finish_record(struct json_reader *x, json_t *value, const struct record_object *o,
			 struct record *ret)
{
	*ret = o->record;
	if (o->has_first != o->has_last || o->port_first > o->port_last)
		return json_expected(x, value, "port_first and port_last, the lower one first");
	ret->has_port = o->has_first;
	ret->port = (struct range){(uint16_t)o->port_first, (uint16_t)o->port_last};
	ret->description = pair_text(&o->description);
	ret->note = pair_text(&o->notes);
	if (!richtext_is_plain(pair_text(&o->unauthorized), &ret->unauthorized))
		return json_expected(x, value, "unauthorized use as plain text");
	ret->contacts = o->contact.has_xrefs ? o->contact.xrefs : o->contact.ids;
	ret->has_assignee = o->assignee_own;
	if (o->assignee_own)
		ret->assignee = o->assignee.has_xrefs ? o->assignee.xrefs : o->assignee.ids;
	int r = check_persons(x, value, ret->contacts);
	return r == PORTROLL_OK ? check_persons(x, value, ret->assignee) : r;
}

int json_take_record(struct json_reader *x, json_t *value, void *place)
{
#define AT(member) offsetof(struct record_object, member)
	static const struct json_member members[] = {
		{"port_first", take_port_first, 0},
		{"port_last", take_port_last, 0},
		{"transport", take_transport, AT(record.transport)},
		{"name", json_take_text, AT(record.name)},
		{"description", json_take_plain, AT(description.plain)},
		{"description_rich", take_pair_runs, AT(description)},
		{"assignee", json_take_persons, AT(assignee.ids)},
		{"assignee_rich", take_pair_xrefs, AT(assignee)},
		{"assignee_own", json_take_bool, AT(assignee_own)},
		{"contact", json_take_persons, AT(contact.ids)},
		{"contact_rich", take_pair_xrefs, AT(contact)},
		{"registered", json_take_date, AT(record.registered)},
		{"modified", json_take_date, AT(record.modified)},
		{"references", json_take_xrefs, AT(record.references)},
		{"service_code", take_service_code, 0},
		{"unauthorized", json_take_plain, AT(unauthorized.plain)},
		{"unauthorized_rich", take_pair_runs, AT(unauthorized)},
		{"notes", json_take_plain, AT(notes.plain)},
		{"notes_rich", take_pair_runs, AT(notes)},
		{"extras", json_take_extras, AT(record.extras)},
	};
#undef AT
	struct record_object object = {0};
	int r = json_take_object(x, value, MEMBERS(members), &object);
	return r == PORTROLL_OK ? finish_record(x, value, &object, place) : r;
}

static int take_uris(struct json_reader *x, json_t *value, void *place)
{
	struct person *person = place;
	struct list items = LIST_INIT(x->arena, struct portroll_str);
	int r = json_take_items(x, value, json_take_text, &items);
	person->uris = list_take(&items, &person->uri_count);
	return r;
}

int json_take_person(struct json_reader *x, json_t *value, void *place)
{
	static const struct json_member members[] = {
		{"id", json_take_text, offsetof(struct person, id)},
		{"name", json_take_text, offsetof(struct person, name)},
		{"org", json_take_text, offsetof(struct person, org)},
		{"uris", take_uris, 0},
		{"updated", json_take_date, offsetof(struct person, updated)},
		{"extras", json_take_extras, offsetof(struct person, extras)},
	};
	struct person *person = place;
	int r = json_take_object(x, value, MEMBERS(members), person);
	if (r == PORTROLL_OK && person->id.len == 0)
		return json_expected(x, value, "a member id");
	return r;
}

struct footnote_object {
	uint32_t anchor;
	struct text_pair text;
};

int json_take_footnote(struct json_reader *x, json_t *value, void *place)
{
	static const struct json_member members[] = {
		{"anchor", json_take_number, offsetof(struct footnote_object, anchor)},
		{"text", json_take_plain, offsetof(struct footnote_object, text.plain)},
		{"text_rich", take_pair_runs, offsetof(struct footnote_object, text)},
	};
	struct footnote_object object = {0};
	int r = json_take_object(x, value, MEMBERS(members), &object);
	if (r < 0)
		return r;
	if (object.anchor == 0)
		return json_expected(x, value, "a member anchor, a positive number");
	*(struct footnote *)place = (struct footnote){object.anchor, pair_text(&object.text)};
	return PORTROLL_OK;
}

struct note_object {
	struct portroll_str title;
	struct text_pair text;
};

static int take_note(struct json_reader *x, json_t *value, void *place)
{
	static const struct json_member members[] = {
		{"title", json_take_text, offsetof(struct note_object, title)},
		{"text", json_take_plain, offsetof(struct note_object, text.plain)},
		{"text_rich", take_pair_runs, offsetof(struct note_object, text)},
	};
	struct note_object object = {0};
	int r = json_take_object(x, value, MEMBERS(members), &object);
	*(struct note *)place = (struct note){object.title, pair_text(&object.text)};
	return r;
}

static int take_notes(struct json_reader *x, json_t *value, void *place)
{
	struct header *header = place;
	struct list items = LIST_INIT(x->arena, struct note);
	int r = json_take_items(x, value, take_note, &items);
	header->notes = list_take(&items, &header->note_count);
	return r;
}

static int take_categories(struct json_reader *x, json_t *value, void *place)
{
	struct header *header = place;
	struct list items = LIST_INIT(x->arena, struct portroll_str);
	int r = json_take_items(x, value, json_take_text, &items);
	header->categories = list_take(&items, &header->category_count);
	return r;
}

struct header_object {
	struct header header;
	struct text_pair description;
};

int json_take_header(struct json_reader *x, json_t *value, void *place)
{
#define AT(member) offsetof(struct header_object, member)
	static const struct json_member members[] = {
		{"id", json_take_text, AT(header.id)},
		{"title", json_take_text, AT(header.title)},
		{"created", json_take_date, AT(header.created)},
		{"updated", json_take_date, AT(header.updated)},
		{"registration_rule", json_take_text, AT(header.registration_rule)},
		{"expert", json_take_text, AT(header.expert)},
		{"description", json_take_plain, AT(description.plain)},
		{"description_rich", take_pair_runs, AT(description)},
		{"categories", take_categories, AT(header)},
		{"notes", take_notes, AT(header)},
		{"references", json_take_xrefs, AT(header.references)},
		{"extras", json_take_extras, AT(header.extras)},
	};
#undef AT
	struct header_object object = {0};
	int r = json_take_object(x, value, MEMBERS(members), &object);
	object.header.description = pair_text(&object.description);
	*(struct header *)place = object.header;
	return r;
}

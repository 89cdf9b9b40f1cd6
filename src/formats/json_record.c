/* SPDX-License-Identifier: MIT */
#include "formats/json_record.h"

#include "formats/write.h"
#include "registry/fields.h"

static void put_extras(struct json *j, struct extra_list list)
{
	if (list.count == 0)
		return;
	json_key(j, "extras");
	json_array(j);
	for (size_t i = 0; i < list.count; i++) {
		const struct extra *x = &list.items[i];
		json_object(j);
		json_key(j, "name");
		json_str(j, x->name);
		json_key(j, "value");
		json_str(j, x->value);
		if (x->is_element) {
			json_key(j, "element");
			json_bool(j, true);
		}
		json_object_end(j);
	}
	json_array_end(j);
}

void json_put_xref(struct json *j, const struct xref *x)
{
	json_object(j);
	json_member(j, "type", str_from(xref_type_names[x->type]));
	json_member(j, "data", x->data);
	json_member(j, "text", x->text);
	if (x->fragment_kind != FRAGMENT_NONE) {
		json_key(j, xref_fragment_names[x->fragment_kind]);
		json_str(j, x->fragment);
	}
	json_member(j, "last_updated", x->last_updated);
	put_extras(j, x->extras);
	json_object_end(j);
}

void json_put_rich(struct json *j, struct richtext text)
{
	static const char *const marks[RUN_KIND_COUNT] = {
		[RUN_BREAK] = "break",
		[RUN_PARAGRAPH_BEGIN] = "paragraph",
		[RUN_PARAGRAPH_END] = "paragraph_end",
	};
	json_array(j);
	for (size_t i = 0; i < text.count; i++) {
		const struct run *run = &text.runs[i];
		if (run->kind == RUN_TEXT) {
			json_str(j, run->text);
		} else if (run->kind == RUN_XREF) {
			json_put_xref(j, run->xref);
		} else {
			json_object(j);
			json_member(j, "type", str_from(marks[run->kind]));
			json_object_end(j);
		}
	}
	json_array_end(j);
}

void json_put_text(struct json *j, const char *key, const char *rich_key, struct richtext text,
		   struct buf *scratch)
{
	buf_clear(scratch);
	richtext_put_csv(scratch, text);
	cell_fold(scratch, 0);
	json_member(j, key, buf_str(scratch));
	if (!write_text_is_whole(text, buf_str(scratch))) {
		json_key(j, rich_key);
		json_put_rich(j, text);
	}
}

void json_put_xrefs(struct json *j, const char *key, struct xref_list list)
{
	if (list.count == 0)
		return;
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < list.count; i++)
		json_put_xref(j, &list.items[i]);
	json_array_end(j);
}

void json_put_header(struct json *j, const struct header *h, struct buf *scratch)
{
	char space[DATE_TEXT_MAX];
	json_object(j);
	json_member(j, "id", h->id);
	json_member(j, "title", h->title);
	json_member(j, "created", write_date(space, h->created));
	json_member(j, "updated", write_date(space, h->updated));
	json_member(j, "registration_rule", h->registration_rule);
	json_member(j, "expert", h->expert);
	json_put_text(j, "description", "description_rich", h->description, scratch);
	json_key(j, "categories");
	json_array(j);
	for (size_t i = 0; i < h->category_count; i++)
		json_str(j, h->categories[i]);
	json_array_end(j);
	json_key(j, "notes");
	json_array(j);
	for (size_t i = 0; i < h->note_count; i++) {
		json_object(j);
		json_member(j, "title", h->notes[i].title);
		json_put_text(j, "text", "text_rich", h->notes[i].text, scratch);
		json_object_end(j);
	}
	json_array_end(j);
	json_put_xrefs(j, "references", h->references);
	put_extras(j, h->extras);
	json_object_end(j);
}

void json_put_footnote(struct json *j, const struct footnote *note, struct buf *scratch)
{
	json_object(j);
	json_key(j, "anchor");
	json_num(j, note->anchor);
	json_put_text(j, "text", "text_rich", note->text, scratch);
	json_object_end(j);
}

void json_put_person(struct json *j, const struct person *p)
{
	char space[DATE_TEXT_MAX];
	json_object(j);
	json_key(j, "id");
	json_str(j, p->id);
	json_member(j, "name", p->name);
	json_member(j, "org", p->org);
	if (p->uri_count) {
		json_key(j, "uris");
		json_array(j);
		for (size_t i = 0; i < p->uri_count; i++)
			json_str(j, p->uris[i]);
		json_array_end(j);
	}
	json_member(j, "updated", write_date(space, p->updated));
	put_extras(j, p->extras);
	json_object_end(j);
}

/* An empty value is null in a lookup and no member elsewhere. */
static void put_member(struct json *j, const char *key, struct portroll_str value, bool nulls)
{
	if (value.len == 0 && nulls) {
		json_key(j, key);
		json_null(j);
		return;
	}
	json_member(j, key, value);
}

static void put_number(struct json *j, const char *key, bool has, uint64_t value, bool nulls)
{
	if (!has && !nulls)
		return;
	json_key(j, key);
	if (has)
		json_num(j, value);
	else
		json_null(j);
}

static void put_cell(struct json *j, enum field_id field, const struct record *r,
		     struct buf *scratch, bool nulls)
{
	buf_clear(scratch);
	field_put(scratch, field, r);
	put_member(j, fields[field].key, buf_str(scratch), nulls);
}

static bool is_bare_person(const struct xref *x)
{
	const struct xref bare = {.type = XREF_PERSON, .data = x->data};
	return xref_equal(x, &bare);
}

/* Ids of persons; the whole references beside them when these hold more. */
static void put_persons(struct json *j, const char *key, const char *rich_key,
			struct xref_list list)
{
	bool bare = true;
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < list.count; i++) {
		json_str(j, list.items[i].data);
		bare = bare && is_bare_person(&list.items[i]);
	}
	json_array_end(j);
	if (!bare)
		json_put_xrefs(j, rich_key, list);
}

/* The ids of labels: [ID][ID]. */
static void put_labels(struct json *j, struct portroll_str labels)
{
	struct portroll_str label;
	json_array(j);
	while (str_cut(&labels, ']', &label)) {
		size_t begin = str_find_char(label, '[');
		if (begin != SIZE_MAX)
			json_str(j, str_part(label, begin + 1, label.len));
	}
	json_array_end(j);
}

static void put_companions(struct json *j, const struct json_place *place)
{
	json_key(j, "companions");
	json_array(j);
	for (size_t i = 0; i < place->companion_count; i++) {
		const struct companion *c = &place->companions[i];
		json_object(j);
		json_member(j, "name", c->name);
		put_number(j, "port", true, c->port, false);
		json_member(j, "transport", transport_name(c->transport));
		json_key(j, "assignee");
		put_labels(j, c->assignee);
		json_object_end(j);
	}
	json_array_end(j);
}

static void put_place(struct json *j, const struct json_place *place, const struct record *r)
{
	char space[DATE_TEXT_MAX];
	put_member(j, "key", place->key, place->nulls);
	put_member(j, "source", place->source, false);
	put_member(j, "dated", write_date(space, place->dated), false);
	put_number(j, "change", r->change != 0, r->change, false);
	put_number(j, "port", place->has_port, place->port, place->nulls);
	put_member(j, "state", place->state, place->nulls);
	put_member(j, "reason", place->reason, place->nulls);
	put_member(j, "state_source", place->state_source, false);
	if (place->nulls)
		put_companions(j, place);
	if (place->frequency) {
		json_key(j, "frequency");
		json_millionths(j, place->frequency);
	}
}

static void put_texts(struct json *j, const struct record *r, struct buf *scratch, bool nulls)
{
	put_cell(j, FIELD_UNAUTHORIZED, r, scratch, nulls);
	if (!str_equal(buf_str(scratch), r->unauthorized)) {
		json_key(j, "unauthorized_rich");
		json_array(j);
		json_str(j, r->unauthorized);
		json_array_end(j);
	}
	put_cell(j, FIELD_NOTES, r, scratch, nulls);
	if (!write_text_is_whole(r->note, buf_str(scratch))) {
		json_key(j, "notes_rich");
		json_put_rich(j, r->note);
	}
	put_extras(j, r->extras);
}

void json_put_record_key(struct json *j, const struct record *r)
{
	json_member(j, "name", r->name);
	if (r->has_port) {
		json_key(j, "port_first");
		json_num(j, r->port.first);
		json_key(j, "port_last");
		json_num(j, r->port.last);
	}
	json_member(j, "transport", transport_name(r->transport));
}

void json_put_record(struct json *j, const struct record *r, const struct json_place *place,
		     struct buf *scratch)
{
	bool nulls = place && place->nulls;
	char space[DATE_TEXT_MAX];
	json_object(j);
	if (place)
		put_place(j, place, r);
	put_number(j, "port_first", r->has_port, r->port.first, nulls);
	put_number(j, "port_last", r->has_port, r->port.last, nulls);
	uint8_t transport = r->transport == PORTROLL_ANY && place ? place->transport : r->transport;
	put_member(j, "transport", transport_name(transport), nulls);
	put_member(j, "name", r->name, nulls);
	put_cell(j, FIELD_DESCRIPTION, r, scratch, nulls);
	if (!write_text_is_whole(r->description, buf_str(scratch))) {
		json_key(j, "description_rich");
		json_put_rich(j, r->description);
	}
	put_persons(j, "assignee", "assignee_rich", record_assignee(r));
	if (r->has_assignee) {
		json_key(j, "assignee_own");
		json_bool(j, true);
	}
	put_persons(j, "contact", "contact_rich", r->contacts);
	put_member(j, "registered", write_date(space, r->registered), nulls);
	put_member(j, "modified", write_date(space, r->modified), nulls);
	json_key(j, "references");
	json_array(j);
	for (size_t i = 0; i < r->references.count; i++)
		json_put_xref(j, &r->references.items[i]);
	json_array_end(j);
	put_number(j, "service_code", r->has_service_code, r->service_code, nulls);
	put_texts(j, r, scratch, nulls);
	json_object_end(j);
}

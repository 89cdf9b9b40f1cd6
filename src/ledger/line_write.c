/* SPDX-License-Identifier: MIT */
#include "ledger/line.h"

#include "base/num.h"
#include "ledger/base64.h"
#include "ledger/line_text.h"

/* Members in byte order of their names, as canonical JSON has them; doc/LEDGER.md says what each
 * is. What is stated but empty is null, for a member is never an empty list or object. */

static void refuse_unless(struct canonical *c, bool holds)
{
	if (!holds && !c->out->failed)
		c->out->failed = PORTROLL_EINVAL;
}

static void put_persons(struct canonical *c, struct portroll_str name, struct xref_list list)
{
	if (list.count == 0)
		return;
	canonical_name(c, name);
	canonical_array(c);
	for (size_t i = 0; i < list.count; i++) {
		if (xref_is_bare_person(&list.items[i]))
			canonical_text(c, list.items[i].data);
		else
			line_put_xref(c, &list.items[i]);
	}
	canonical_end(c);
}

static void put_assignee(struct canonical *c, const struct record *r)
{
	refuse_unless(c, r->has_assignee || r->assignee.count == 0);
	put_persons(c, STR("assignee"), r->assignee);
	if (r->has_assignee && r->assignee.count == 0) {
		canonical_name(c, STR("assignee"));
		canonical_null(c);
	}
}

static void put_port(struct canonical *c, const struct record *r)
{
	char text[RANGE_TEXT_MAX];
	refuse_unless(c, r->has_port ? r->port.first <= r->port.last
				     : r->port.first == 0 && r->port.last == 0);
	if (r->has_port)
		canonical_member(c, STR("port"),
				 (struct portroll_str){text, range_format(text, r->port)});
}

static void put_number(struct canonical *c, struct portroll_str name, uint32_t value)
{
	canonical_name(c, name);
	canonical_integer(c, value);
}

static void put_record_members(struct canonical *c, const struct record *r)
{
	put_assignee(c, r);
	put_persons(c, STR("contacts"), r->contacts);
	if (r->copy)
		put_number(c, STR("copy"), r->copy);
	line_put_rich(c, STR("description"), r->description);
	line_put_extras(c, r->extras);
	line_put_date(c, STR("modified"), r->modified);
	canonical_member(c, STR("name"), r->name);
	line_put_rich(c, STR("note"), r->note);
	put_port(c, r);
	line_put_xrefs(c, STR("references"), r->references);
	line_put_date(c, STR("registered"), r->registered);
	refuse_unless(c, r->has_service_code || r->service_code == 0);
	if (r->has_service_code)
		put_number(c, STR("service_code"), r->service_code);
	refuse_unless(c, r->transport <= TRANSPORT_COUNT);
	if (r->transport <= TRANSPORT_COUNT)
		canonical_member(c, STR("transport"), transport_name(r->transport));
	canonical_member(c, STR("unauthorized"), r->unauthorized);
}

static bool record_is_empty(const struct record *r)
{
	const struct record empty = {.name = STR("")};
	return r->name.len == 0 && r->copy == 0 && record_equal(r, &empty);
}

void line_put_record(struct canonical *c, const struct record *r)
{
	if (record_is_empty(r)) {
		canonical_null(c);
		return;
	}
	canonical_object(c);
	put_record_members(c, r);
	canonical_end(c);
}

static void put_notes(struct canonical *c, const struct header *h)
{
	if (h->note_count == 0)
		return;
	canonical_name(c, STR("notes"));
	canonical_array(c);
	for (size_t i = 0; i < h->note_count; i++) {
		canonical_object(c);
		line_put_rich(c, STR("text"), h->notes[i].text);
		canonical_member(c, STR("title"), h->notes[i].title);
		canonical_end(c);
	}
	canonical_end(c);
}

static bool header_is_empty(const struct header *h)
{
	return h->id.len == 0 && h->title.len == 0 && h->created.year == 0 &&
	       h->updated.year == 0 && h->registration_rule.len == 0 && h->expert.len == 0 &&
	       h->description.count == 0 && h->category_count == 0 && h->note_count == 0 &&
	       h->references.count == 0 && h->extras.count == 0;
}

void line_put_header(struct canonical *c, const struct header *h)
{
	if (header_is_empty(h)) {
		canonical_null(c);
		return;
	}
	canonical_object(c);
	line_put_texts(c, STR("categories"), h->categories, h->category_count);
	line_put_date(c, STR("created"), h->created);
	line_put_rich(c, STR("description"), h->description);
	canonical_member(c, STR("expert"), h->expert);
	line_put_extras(c, h->extras);
	canonical_member(c, STR("id"), h->id);
	put_notes(c, h);
	line_put_xrefs(c, STR("references"), h->references);
	canonical_member(c, STR("registration_rule"), h->registration_rule);
	canonical_member(c, STR("title"), h->title);
	line_put_date(c, STR("updated"), h->updated);
	canonical_end(c);
}

void line_put_footnote(struct canonical *c, const struct footnote *note)
{
	canonical_object(c);
	put_number(c, STR("anchor"), note->anchor);
	line_put_rich(c, STR("text"), note->text);
	canonical_end(c);
}

void line_put_person(struct canonical *c, struct portroll_str id,
		     const struct tree_hash *commitment)
{
	canonical_object(c);
	line_put_hash(c, STR("commitment"), commitment);
	canonical_name(c, STR("id"));
	canonical_text(c, id);
	canonical_end(c);
}

void line_put_person_content(struct canonical *c, const struct person *p)
{
	canonical_object(c);
	line_put_extras(c, p->extras);
	canonical_name(c, STR("id"));
	canonical_text(c, p->id);
	canonical_member(c, STR("name"), p->name);
	canonical_member(c, STR("org"), p->org);
	line_put_date(c, STR("updated"), p->updated);
	line_put_texts(c, STR("uris"), p->uris, p->uri_count);
	canonical_end(c);
}

static void put_digest(struct canonical *c, const uint8_t digest[static SHA256_SIZE])
{
	char text[2 * SHA256_SIZE];
	num_format_hex(text, digest, SHA256_SIZE);
	canonical_member(c, STR("digest"), (struct portroll_str){text, sizeof(text)});
}

void line_put_copy(struct canonical *c, const struct copy *copy)
{
	canonical_object(c);
	line_put_date(c, STR("dated"), copy->dated);
	put_digest(c, copy->sha256);
	canonical_member(c, STR("etag"), copy->etag);
	canonical_member(c, STR("format"), copy->format);
	canonical_member(c, STR("licence"), copy->licence);
	canonical_member(c, STR("origin"), copy->origin);
	if (copy->partial) {
		canonical_name(c, STR("partial"));
		canonical_bool(c, true);
	}
	put_number(c, STR("records"), copy->record_count);
	canonical_end(c);
}

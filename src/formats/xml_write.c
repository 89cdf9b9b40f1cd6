/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include "formats/write.h"
#include "formats/xml_extra.h"
#include "registry/fields.h"
#include "registry/refer.h"

/*
 * The registry as XML in IANA's vocabulary: data.md section 1. One canonical form: children of a
 * record in one order, two blanks of indentation, nothing added inside rich text.
 */

#define NAMESPACE "http://www.iana.org/assignments"

static const char *entity_of(char c, bool in_attribute)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '\r': /* a parser would make it a line feed */
		return "&#13;";
	case '"':
		return in_attribute ? "&quot;" : NULL;
	case '\n': /* a parser would make blanks of these two */
		return in_attribute ? "&#10;" : NULL;
	case '\t':
		return in_attribute ? "&#9;" : NULL;
	default:
		return NULL;
	}
}

static void put_escaped(struct buf *out, struct portroll_str text, bool in_attribute)
{
	size_t from = 0;
	for (size_t i = 0; i < text.len; i++) {
		const char *entity = entity_of(text.ptr[i], in_attribute);
		if (!entity)
			continue;
		buf_put(out, str_part(text, from, i));
		buf_puts(out, entity);
		from = i + 1;
	}
	buf_put(out, str_part(text, from, text.len));
}

static void put_any_attribute(struct buf *out, struct portroll_str name, struct portroll_str value)
{
	buf_putc(out, ' ');
	buf_put(out, name);
	buf_puts(out, "=\"");
	put_escaped(out, value, true);
	buf_putc(out, '"');
}

/* Nothing for an empty value: empty and absent are the same. */
static void put_attribute(struct buf *out, const char *name, struct portroll_str value)
{
	if (value.len)
		put_any_attribute(out, str_from(name), value);
}

static void put_tag(struct buf *out, unsigned indent, const char *name)
{
	buf_fill(out, ' ', indent);
	buf_putc(out, '<');
	buf_puts(out, name);
}

static void put_end_tag(struct buf *out, const char *name)
{
	buf_puts(out, "</");
	buf_puts(out, name);
	buf_puts(out, ">\n");
}

/* Nothing for an empty text. */
static void put_element(struct buf *out, unsigned indent, const char *name,
			struct portroll_str text)
{
	if (text.len == 0)
		return;
	put_tag(out, indent, name);
	buf_putc(out, '>');
	put_escaped(out, text, false);
	put_end_tag(out, name);
}

static void put_date(struct buf *out, unsigned indent, const char *name, struct date date)
{
	char space[DATE_TEXT_MAX];
	put_element(out, indent, name, write_date(space, date));
}

static void put_extra_attributes(struct buf *out, struct extra_list list, enum xml_holder holder)
{
	for (size_t i = 0; i < list.count; i++) {
		const struct extra *x = &list.items[i];
		if (x->is_element || !xml_extra_ok(list, i, holder))
			continue;
		put_any_attribute(out, x->name, x->value);
	}
}

static void put_extra_elements(struct buf *out, unsigned indent, struct extra_list list,
			       enum xml_holder holder)
{
	for (size_t i = 0; i < list.count; i++) {
		const struct extra *x = &list.items[i];
		if (!x->is_element || !xml_extra_ok(list, i, holder))
			continue;
		buf_fill(out, ' ', indent);
		buf_putc(out, '<');
		buf_put(out, x->name);
		buf_putc(out, '>');
		put_escaped(out, x->value, false);
		buf_puts(out, "</");
		buf_put(out, x->name);
		buf_puts(out, ">\n");
	}
}

/* How many extras stand before the number: reading it makes one, and extras keep their order. */
static size_t count_before_number(struct extra_list list)
{
	for (size_t i = 0; i < list.count; i++)
		if (str_equal(list.items[i].name, STR(EXTRA_NUMBER)))
			return i;
	return 0;
}

static void put_number(struct buf *out, const struct record *r)
{
	if (!r->has_port)
		return;
	put_tag(out, 4, "number");
	buf_putc(out, '>');
	fields[FIELD_PORT].put(out, r);
	put_end_tag(out, "number");
}

static void put_xref(struct buf *out, const struct xref *x)
{
	buf_puts(out, "<xref");
	put_attribute(out, "type", str_from(xref_type_names[x->type]));
	put_attribute(out, "data", x->data);
	if (x->fragment_kind != FRAGMENT_NONE)
		put_any_attribute(out, str_from(xref_fragment_names[x->fragment_kind]),
				  x->fragment);
	put_attribute(out, "lastupdated", x->last_updated);
	put_extra_attributes(out, x->extras, HOLDER_XREF);
	if (x->text.len == 0) {
		buf_puts(out, "/>");
		return;
	}
	buf_putc(out, '>');
	put_escaped(out, x->text, false);
	buf_puts(out, "</xref>");
}

static void put_xrefs(struct buf *out, unsigned indent, struct xref_list list)
{
	for (size_t i = 0; i < list.count; i++) {
		buf_fill(out, ' ', indent);
		put_xref(out, &list.items[i]);
		buf_putc(out, '\n');
	}
}

static void put_runs(struct buf *out, struct richtext text)
{
	static const char *const tags[RUN_KIND_COUNT] = {
		[RUN_BREAK] = "<br/>",
		[RUN_PARAGRAPH_BEGIN] = "<paragraph>",
		[RUN_PARAGRAPH_END] = "</paragraph>",
	};
	for (size_t i = 0; i < text.count; i++) {
		const struct run *run = &text.runs[i];
		if (run->kind == RUN_TEXT)
			put_escaped(out, run->text, false);
		else if (run->kind == RUN_XREF)
			put_xref(out, run->xref);
		else
			buf_puts(out, tags[run->kind]);
	}
}

static void put_rich(struct buf *out, unsigned indent, const char *name, struct richtext text)
{
	if (richtext_is_empty(text))
		return;
	put_tag(out, indent, name);
	buf_putc(out, '>');
	put_runs(out, text);
	put_end_tag(out, name);
}

static void put_assignee(struct buf *out, const struct record *r)
{
	if (!r->has_assignee)
		return;
	put_tag(out, 4, "assignee");
	buf_putc(out, '>');
	for (size_t i = 0; i < r->assignee.count; i++)
		put_xref(out, &r->assignee.items[i]);
	put_end_tag(out, "assignee");
}

static void put_record(struct buf *out, const struct record *r)
{
	char space[DATE_TEXT_MAX];
	put_tag(out, 2, "record");
	put_attribute(out, "date", write_date(space, r->registered));
	put_attribute(out, "updated", write_date(space, r->modified));
	put_extra_attributes(out, r->extras, HOLDER_RECORD);
	buf_puts(out, ">\n");
	put_element(out, 4, "name", r->name);
	put_element(out, 4, "protocol", transport_name(r->transport));
	put_assignee(out, r);
	if (richtext_is_empty(r->description))
		buf_puts(out, "    <description/>\n");
	put_rich(out, 4, "description", r->description);
	size_t before = count_before_number(r->extras);
	put_extra_elements(out, 4, (struct extra_list){r->extras.items, before}, HOLDER_RECORD);
	put_number(out, r);
	if (r->has_service_code) {
		buf_puts(out, "    <sc>");
		buf_put_num(out, r->service_code);
		put_end_tag(out, "sc");
	}
	put_xrefs(out, 4, r->contacts);
	put_xrefs(out, 4, r->references);
	put_element(out, 4, "unauthorized", r->unauthorized);
	put_rich(out, 4, "note", r->note);
	const struct extra *rest = before ? r->extras.items + before : r->extras.items;
	put_extra_elements(out, 4, (struct extra_list){rest, r->extras.count - before},
			   HOLDER_RECORD);
	buf_puts(out, "  </record>\n");
}

static void put_person(struct buf *out, const struct person *p)
{
	put_tag(out, 4, "person");
	put_attribute(out, "id", p->id);
	put_extra_attributes(out, p->extras, HOLDER_PERSON);
	buf_puts(out, ">\n");
	put_element(out, 6, "name", p->name);
	put_element(out, 6, "org", p->org);
	for (size_t i = 0; i < p->uri_count; i++)
		put_element(out, 6, "uri", p->uris[i]);
	put_date(out, 6, "updated", p->updated);
	put_extra_elements(out, 6, p->extras, HOLDER_PERSON);
	buf_puts(out, "    </person>\n");
}

/* A comment must not hold two hyphens in a row. */
static void put_comment(struct buf *out, struct portroll_str text)
{
	if (text.len == 0)
		return;
	buf_puts(out, "<!-- ");
	for (size_t i = 0; i < text.len; i++) {
		buf_putc(out, text.ptr[i]);
		if (text.ptr[i] == '-')
			buf_puts(out, i + 1 < text.len && text.ptr[i + 1] == '-' ? " " : "");
	}
	buf_puts(out, " -->\n");
}

static void put_header(struct buf *out, const struct registry *reg, const struct write_options *o)
{
	const struct header *h = &reg->header;
	buf_puts(out, "<?xml version='1.0' encoding='UTF-8'?>\n");
	put_comment(out, o->provenance);
	buf_puts(out, "<registry");
	put_attribute(out, "xmlns", STR(NAMESPACE));
	put_attribute(out, "id", h->id);
	put_extra_attributes(out, h->extras, HOLDER_REGISTRY);
	buf_puts(out, ">\n");
	put_element(out, 2, "title", write_title(reg, o));
	for (size_t i = 0; i < h->category_count; i++)
		put_element(out, 2, "category", h->categories[i]);
	put_date(out, 2, "created", h->created);
	put_date(out, 2, "updated", h->updated);
	put_element(out, 2, "registration_rule", h->registration_rule);
	put_xrefs(out, 2, h->references);
	put_element(out, 2, "expert", h->expert);
	put_rich(out, 2, "description", h->description);
	for (size_t i = 0; i < h->note_count; i++) {
		put_tag(out, 2, "note");
		put_attribute(out, "title", h->notes[i].title);
		buf_putc(out, '>');
		put_runs(out, h->notes[i].text);
		put_end_tag(out, "note");
	}
	put_extra_elements(out, 2, h->extras, HOLDER_REGISTRY);
}

static size_t count_refused(struct extra_list list, enum xml_holder holder)
{
	size_t count = 0;
	for (size_t i = 0; i < list.count; i++)
		count += !xml_extra_ok(list, i, holder) &&
			 !str_equal(list.items[i].name, STR(EXTRA_NUMBER));
	return count;
}

static int count_refused_of_xref(void *context, const struct xref *x)
{
	size_t *count = context;
	*count += count_refused(x->extras, HOLDER_XREF);
	return PORTROLL_OK;
}

static void find_loss(struct loss *loss, const struct registry *reg)
{
	size_t refused = count_refused(reg->header.extras, HOLDER_REGISTRY);
	(void)refer_each_of_header(&reg->header, count_refused_of_xref, &refused);
	for (; refused; refused--)
		loss_of(loss, LOSS_HEADER, STR("header"), "an extra with a name that XML refuses");
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		refused = count_refused(r->extras, HOLDER_RECORD);
		(void)refer_each_of_record(r, count_refused_of_xref, &refused);
		for (; refused; refused--)
			loss_of_record(loss, LOSS_COLUMNS, r,
				       "has an extra with a name that XML refuses");
	}
	for (size_t i = 0; i < reg->person_count; i++) {
		refused = count_refused(reg->people[i]->extras, HOLDER_PERSON);
		for (; refused; refused--)
			loss_of(loss, LOSS_PEOPLE, reg->people[i]->id,
				"has an extra with a name that XML refuses");
	}
}

void xml_write(struct buf *out, const struct registry *reg, const struct write_options *o,
	       struct loss *loss)
{
	if (loss)
		find_loss(loss, reg);
	put_header(out, reg, o);
	for (size_t i = 0; i < reg->record_count && !out->failed; i++)
		put_record(out, reg->records[i]);
	for (size_t i = 0; i < reg->footnote_count; i++) {
		buf_puts(out, "  <footnote anchor=\"");
		buf_put_num(out, reg->footnotes[i].anchor);
		buf_puts(out, "\">");
		put_runs(out, reg->footnotes[i].text);
		put_end_tag(out, "footnote");
	}
	if (reg->person_count)
		buf_puts(out, "  <people>\n");
	for (size_t i = 0; i < reg->person_count && !out->failed; i++)
		put_person(out, reg->people[i]);
	if (reg->person_count)
		buf_puts(out, "  </people>\n");
	put_end_tag(out, "registry");
}

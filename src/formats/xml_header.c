/* SPDX-License-Identifier: MIT */
#include "formats/xml_reader.h"

#include "formats/cells.h"

#include "base/num.h"

/* The header of the registry, its notes and footnotes. */

int xml_begin_registry(struct xml_reader *x, const char **attributes)
{
	struct portroll_str namespace = STR("");
	for (size_t i = 0; attributes[i]; i += 2) {
		struct portroll_str name = str_from(attributes[i]);
		int r = PORTROLL_OK;
		if (str_equal(name, STR("xmlns")))
		namespace = str_from(attributes[i + 1]);
		else if (str_equal(name, STR("id"))) r =
			xml_take_attribute(x, &x->reg->header.id, attributes[i + 1]);
		else r = xml_add_extra(x, &x->header_extras, attributes[i], attributes[i + 1]);
		if (r < 0)
			return r;
	}
	if (!str_equal(namespace, STR(XML_NAMESPACE)))
		return xml_fail(x, PORTROLL_ESYNTAX,
				"<registry> of namespace '%.*s', expected '%s'", SHOWN(namespace),
				XML_NAMESPACE);
	return PORTROLL_OK;
}

int xml_end_registry(struct xml_reader *x)
{
	struct header *h = &x->reg->header;
	h->categories = list_take(&x->categories, &h->category_count);
	h->notes = list_take(&x->notes, &h->note_count);
	h->references = xml_take_xrefs(&x->header_references);
	h->extras = xml_take_extras(&x->header_extras);
	x->reg->footnotes = list_take(&x->footnotes, &x->reg->footnote_count);
	return PORTROLL_OK;
}

int xml_begin_header_note(struct xml_reader *x, const char **attributes)
{
	x->note = (struct note){0};
	for (size_t i = 0; attributes[i]; i += 2) {
		if (!str_equal(str_from(attributes[i]), STR("title")))
			return xml_fail(x, PORTROLL_ESYNTAX, "unexpected attribute '%s' of <note>",
					attributes[i]);
		if (xml_take_attribute(x, &x->note.title, attributes[i + 1]) < 0)
			return x->code;
	}
	return PORTROLL_OK;
}

int xml_end_header_note(struct xml_reader *x)
{
	x->note.text = xml_take_runs(x);
	struct note *note = list_add(&x->notes);
	if (note)
		*note = x->note;
	return PORTROLL_OK;
}

int xml_begin_footnote(struct xml_reader *x, const char **attributes)
{
	x->footnote = (struct footnote){0};
	for (size_t i = 0; attributes[i]; i += 2) {
		uint64_t anchor;
		if (!str_equal(str_from(attributes[i]), STR("anchor")))
			return xml_fail(x, PORTROLL_ESYNTAX,
					"unexpected attribute '%s' of <footnote>", attributes[i]);
		if (num_parse(&anchor, str_from(attributes[i + 1]), UINT32_MAX) < 0)
			return xml_fail(x, PORTROLL_ESYNTAX, "anchor '%s', expected a number",
					attributes[i + 1]);
		x->footnote.anchor = (uint32_t)anchor;
	}
	if (x->footnote.anchor == 0)
		return xml_fail(x, PORTROLL_ESYNTAX, "a <footnote> without a positive anchor");
	return PORTROLL_OK;
}

int xml_end_footnote(struct xml_reader *x)
{
	x->footnote.text = xml_take_runs(x);
	struct footnote *footnote = list_add(&x->footnotes);
	if (footnote)
		*footnote = x->footnote;
	return PORTROLL_OK;
}

int xml_end_title(struct xml_reader *x)
{
	return xml_take_text(x, &x->reg->header.title);
}

int xml_end_created(struct xml_reader *x)
{
	return xml_take_date_text(x, &x->reg->header.created);
}

int xml_end_registry_updated(struct xml_reader *x)
{
	return xml_take_date_text(x, &x->reg->header.updated);
}

int xml_end_registration_rule(struct xml_reader *x)
{
	return xml_take_text(x, &x->reg->header.registration_rule);
}

int xml_end_expert(struct xml_reader *x)
{
	return xml_take_text(x, &x->reg->header.expert);
}

int xml_end_category(struct xml_reader *x)
{
	if (x->text.len == 0)
		return PORTROLL_OK;
	struct portroll_str *category = list_add(&x->categories);
	return category ? xml_take_text(x, category) : PORTROLL_OK;
}

int xml_end_header_description(struct xml_reader *x)
{
	x->reg->header.description = xml_take_runs(x);
	return PORTROLL_OK;
}

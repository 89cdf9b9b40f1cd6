/* SPDX-License-Identifier: MIT */
#include "formats/xml_reader.h"

#include "formats/cells.h"

/* References: their attributes, and where they go. */

/* Takes an attribute that names a part of the document; false when it is none. */
static bool is_fragment(uint8_t *ret_kind, struct portroll_str name)
{
	for (uint8_t i = FRAGMENT_NONE + 1; i < FRAGMENT_COUNT; i++) {
		if (str_equal(name, str_from(xref_fragment_names[i]))) {
			*ret_kind = i;
			return true;
		}
	}
	return false;
}

static int take_fragment(struct xml_reader *x, uint8_t kind, const char *value)
{
	if (x->xref.fragment_kind != FRAGMENT_NONE)
		return xml_fail(
			x, PORTROLL_ESYNTAX, "both '%s' and '%s' in <xref>, expected one of them",
			xref_fragment_names[x->xref.fragment_kind], xref_fragment_names[kind]);
	x->xref.fragment_kind = kind;
	return xml_take_attribute(x, &x->xref.fragment, value);
}

static int take_xref_attribute(struct xml_reader *x, const char *name_text, const char *value)
{
	struct portroll_str name = str_from(name_text);
	uint8_t kind;
	if (str_equal(name, STR("data")))
		return xml_take_attribute(x, &x->xref.data, value);
	if (str_equal(name, STR("lastupdated")))
		return xml_take_attribute(x, &x->xref.last_updated, value);
	if (is_fragment(&kind, name))
		return take_fragment(x, kind, value);
	return xml_add_extra(x, &x->xref_extras, name_text, value);
}

int xml_begin_xref(struct xml_reader *x, const char **attributes)
{
	x->xref = (struct xref){.type = XREF_TYPE_COUNT};
	for (size_t i = 0; attributes[i]; i += 2) {
		if (!str_equal(str_from(attributes[i]), STR("type"))) {
			if (take_xref_attribute(x, attributes[i], attributes[i + 1]) < 0)
				return x->code;
		} else if (xref_type_parse(&x->xref.type, str_from(attributes[i + 1])) < 0) {
			return xml_fail(x, PORTROLL_ESYNTAX,
					"<xref> of unknown type '%.*s', expected person, rfc, "
					"draft, uri, note, text or another of IANA's types",
					SHOWN(str_from(attributes[i + 1])));
		}
	}
	if (x->xref.type == XREF_TYPE_COUNT)
		return xml_fail(x, PORTROLL_ESYNTAX, "an <xref> without type");
	if (x->xref.data.len == 0 && x->xref.type != XREF_TEXT)
		return xml_fail(x, PORTROLL_ESYNTAX, "an <xref> of type %s without data",
				xref_type_names[x->xref.type]);
	return PORTROLL_OK;
}

/* The finished reference; its own text stands in the element. */
static int put_xref(struct xml_reader *x, struct xref *place)
{
	if (!place)
		return xml_fail(x, PORTROLL_ENOMEM, "out of memory");
	x->xref.extras = xml_take_extras(&x->xref_extras);
	*place = x->xref;
	return xml_take_text(x, &place->text);
}

int xml_end_record_xref(struct xml_reader *x)
{
	bool person = x->xref.type == XREF_PERSON;
	return put_xref(x, list_add(person ? &x->contacts : &x->references));
}

int xml_end_assignee_xref(struct xml_reader *x)
{
	if (x->xref.type != XREF_PERSON)
		return xml_fail(x, PORTROLL_ESYNTAX,
				"an <xref> of type %s in <assignee>, expected person",
				xref_type_names[x->xref.type]);
	return put_xref(x, list_add(&x->assignee));
}

int xml_end_header_xref(struct xml_reader *x)
{
	return put_xref(x, list_add(&x->header_references));
}

int xml_end_rich_xref(struct xml_reader *x)
{
	struct run *run = xml_add_run(x, RUN_XREF);
	struct xref *xref = arena_alloc(x->arena, sizeof(*xref));
	if (run)
		run->xref = xref;
	return put_xref(x, run ? xref : NULL);
}

/* SPDX-License-Identifier: MIT */
#include "ledger/line_take.h"

#include "ledger/line_text.h"

/* Texts with runs, and references: what has a short form is taken in no other. */

static int take_extra(struct line_reader *x, json_t *value, void *place)
{
	struct extra *extra = place;
	size_t count = json_array_size(value);
	if (!json_is_array(value) || count < 2 || count > 3)
		return line_expected(x, "a name and a value");
	if (count == 3 && !str_equal(line_text_of(json_array_get(value, 2)), STR("element")))
		return line_expected(x, "\"element\" behind name and value, or nothing");
	extra->is_element = count == 3;
	int r = line_take_text(x, json_array_get(value, 0), &extra->name);
	return r < 0 ? r : line_take_text(x, json_array_get(value, 1), &extra->value);
}

int line_take_extras(struct line_reader *x, json_t *value, void *place)
{
	struct extra_list *extras = place;
	struct line_items items = {.take = take_extra, .size = sizeof(struct extra)};
	int r = line_take_items(x, value, &items);
	*extras = (struct extra_list){items.items, items.count};
	return r;
}

static int take_type(struct line_reader *x, json_t *value, void *place)
{
	if (xref_type_parse(place, line_text_of(value)) < 0)
		return line_expected(x, "a type of reference");
	return PORTROLL_OK;
}

static int take_fragment(struct line_reader *x, json_t *value, void *place)
{
	struct xref *xref = place;
	struct portroll_str kind = line_text_of(json_array_get(value, 0));
	for (uint8_t i = FRAGMENT_NONE + 1; i < FRAGMENT_COUNT; i++)
		if (str_equal(kind, str_from(xref_fragment_names[i])))
			xref->fragment_kind = i;
	if (json_array_size(value) != 2 || xref->fragment_kind == FRAGMENT_NONE)
		return line_expected(x, "a kind of part and its number");
	return line_take_text(x, json_array_get(value, 1), &xref->fragment);
}

static int take_xref(struct line_reader *x, json_t *value, void *place)
{
	static const struct line_member members[] = {
		{STR_INIT("data"), line_take_text, offsetof(struct xref, data), false},
		{STR_INIT("extras"), line_take_extras, offsetof(struct xref, extras), false},
		{STR_INIT("fragment"), take_fragment, 0, false},
		{STR_INIT("last_updated"), line_take_text, offsetof(struct xref, last_updated),
		 false},
		{STR_INIT("text"), line_take_text, offsetof(struct xref, text), false},
		{STR_INIT("type"), take_type, offsetof(struct xref, type), true},
	};
	return line_take_object(x, value, (struct line_members){members, ARRAY_LEN(members)},
				place);
}

int line_take_xrefs(struct line_reader *x, json_t *value, void *place)
{
	struct xref_list *xrefs = place;
	struct line_items items = {.take = take_xref, .size = sizeof(struct xref)};
	int r = line_take_items(x, value, &items);
	*xrefs = (struct xref_list){items.items, items.count};
	return r;
}

static int take_person(struct line_reader *x, json_t *value, void *place)
{
	struct xref *xref = place;
	if (json_is_string(value)) {
		xref->type = XREF_PERSON;
		return line_take_text(x, value, &xref->data);
	}
	int r = take_xref(x, value, xref);
	if (r == PORTROLL_OK && xref_is_bare_person(xref))
		return line_expected(x, "the id of a person alone, as a text");
	return r;
}

int line_take_persons(struct line_reader *x, json_t *value, void *place)
{
	struct xref_list *xrefs = place;
	struct line_items items = {.take = take_person, .size = sizeof(struct xref)};
	int r = line_take_items(x, value, &items);
	*xrefs = (struct xref_list){items.items, items.count};
	return r;
}

/* The kind of a run that is an object: one of the marks, or a reference. */
static uint8_t kind_of(json_t *value)
{
	struct portroll_str type = line_text_of(json_object_get(value, "type"));
	for (uint8_t i = 0; i < RUN_KIND_COUNT; i++)
		if (line_run_types[i] && json_object_size(value) == 1 &&
		    str_equal(type, str_from(line_run_types[i])))
			return i;
	return RUN_XREF;
}

static int take_run(struct line_reader *x, json_t *value, void *place)
{
	struct run *run = place;
	run->kind = RUN_TEXT;
	if (json_is_string(value))
		return line_take_text(x, value, &run->text);
	run->kind = kind_of(value);
	if (run->kind != RUN_XREF)
		return PORTROLL_OK;
	struct xref *xref = arena_alloc(x->arena, sizeof(*xref));
	run->xref = xref;
	return xref ? take_xref(x, value, xref) : error_memory(x->err);
}

int line_take_rich(struct line_reader *x, json_t *value, void *place)
{
	struct richtext *rich = place;
	struct portroll_str plain;
	if (json_is_string(value)) {
		int r = line_take_text(x, value, &plain);
		*rich = richtext_plain(x->arena, plain);
		return r < 0 || rich->runs || plain.len == 0 ? r : error_memory(x->err);
	}
	struct line_items items = {.take = take_run, .size = sizeof(struct run)};
	int r = line_take_items(x, value, &items);
	if (r < 0)
		return r;
	*rich = (struct richtext){items.items, items.count};
	if (richtext_is_plain(*rich, &plain) && plain.len)
		return line_expected(x, "a text alone, not in a list");
	if (!richtext_paragraphs_ok(*rich))
		return line_expected(x, "paragraphs that begin and end in turn");
	return PORTROLL_OK;
}

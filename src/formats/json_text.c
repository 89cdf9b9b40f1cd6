/* SPDX-License-Identifier: MIT */
#include "formats/json_reader.h"

/* Texts with runs, and references (doc/JSON.md). */

static int take_type(struct json_reader *x, json_t *value, void *place)
{
	struct portroll_str text = {json_string_value(value), json_string_length(value)};
	if (!json_is_string(value) || xref_type_parse(place, text) < 0)
		return json_expected(x, value, "a type of reference");
	return PORTROLL_OK;
}

/* The member's name says which part of the document it is. */
static int take_fragment(struct json_reader *x, json_t *value, void *place)
{
	struct xref *xref = place;
	struct portroll_str key = str_from(x->path[x->depth - 1].key);
	if (xref->fragment_kind != FRAGMENT_NONE)
		return json_expected(x, value, "one part of the document only");
	for (uint8_t i = FRAGMENT_NONE + 1; i < FRAGMENT_COUNT; i++)
		if (str_equal(key, str_from(xref_fragment_names[i])))
			xref->fragment_kind = i;
	return json_take_text(x, value, &xref->fragment);
}

static int take_xref(struct json_reader *x, json_t *value, void *place)
{
	static const struct json_member members[] = {
		{"type", take_type, offsetof(struct xref, type)},
		{"data", json_take_text, offsetof(struct xref, data)},
		{"text", json_take_text, offsetof(struct xref, text)},
		{"last_updated", json_take_text, offsetof(struct xref, last_updated)},
		{"extras", json_take_extras, offsetof(struct xref, extras)},
		{"section", take_fragment, 0},
		{"page", take_fragment, 0},
		{"appendix", take_fragment, 0},
		{"table", take_fragment, 0},
		{"figure", take_fragment, 0},
		{"anchor", take_fragment, 0},
	};
	struct xref *xref = place;
	xref->type = XREF_TYPE_COUNT;
	int r = json_take_object(x, value, (struct json_members){members, ARRAY_LEN(members)},
				 xref);
	if (r < 0)
		return r;
	if (xref->type == XREF_TYPE_COUNT)
		return json_expected(x, value, "a member type");
	if (xref->data.len == 0 && xref->type != XREF_TEXT)
		return json_expected(x, value, "a member data");
	return PORTROLL_OK;
}

int json_take_xrefs(struct json_reader *x, json_t *value, void *place)
{
	struct xref_list *xrefs = place;
	struct list items = LIST_INIT(x->arena, struct xref);
	int r = json_take_items(x, value, take_xref, &items);
	xrefs->items = list_take(&items, &xrefs->count);
	return r;
}

static int take_person_id(struct json_reader *x, json_t *value, void *place)
{
	struct xref *xref = place;
	xref->type = XREF_PERSON;
	int r = json_take_text(x, value, &xref->data);
	if (r == PORTROLL_OK && xref->data.len == 0)
		return json_expected(x, value, "the id of a person");
	return r;
}

int json_take_persons(struct json_reader *x, json_t *value, void *place)
{
	struct xref_list *xrefs = place;
	struct list items = LIST_INIT(x->arena, struct xref);
	int r = json_take_items(x, value, take_person_id, &items);
	xrefs->items = list_take(&items, &xrefs->count);
	return r;
}

int json_take_plain(struct json_reader *x, json_t *value, void *place)
{
	struct richtext *rich = place;
	struct portroll_str text;
	int r = json_take_text(x, value, &text);
	if (r == PORTROLL_OK)
		*rich = richtext_plain(x->arena, text);
	return r;
}

static bool has_type(json_t *value, const char *type)
{
	const json_t *found = json_object_get(value, "type");
	struct portroll_str text = {json_string_value(found), json_string_length(found)};
	return json_object_size(value) == 1 && json_is_string(found) &&
	       str_equal(text, str_from(type));
}

static int take_run(struct json_reader *x, json_t *value, void *place)
{
	struct run *run = place;
	if (json_is_string(value)) {
		run->kind = RUN_TEXT;
		int r = json_take_text(x, value, &run->text);
		return r == PORTROLL_OK && run->text.len == 0
			       ? json_expected(x, value, "text that is not empty")
			       : r;
	}
	run->kind = has_type(value, "break")           ? RUN_BREAK
		    : has_type(value, "paragraph")     ? RUN_PARAGRAPH_BEGIN
		    : has_type(value, "paragraph_end") ? RUN_PARAGRAPH_END
						       : RUN_XREF;
	if (run->kind != RUN_XREF)
		return PORTROLL_OK;
	struct xref *xref = arena_alloc(x->arena, sizeof(*xref));
	run->xref = xref;
	return xref ? take_xref(x, value, xref) : error_memory(x->err);
}

/* Paragraphs do not nest and are closed; two texts in a row would be one elsewhere. */
static int check_runs(struct json_reader *x, json_t *value, const struct richtext *rich)
{
	bool inside = false;
	for (size_t i = 0; i < rich->count; i++) {
		uint8_t kind = rich->runs[i].kind;
		bool begins = kind == RUN_PARAGRAPH_BEGIN, ends = kind == RUN_PARAGRAPH_END;
		if ((begins && inside) || (ends && !inside))
			return json_expected(x, value, "paragraphs that begin and end in turn");
		inside = begins || (inside && !ends);
		if (i > 0 && kind == RUN_TEXT && rich->runs[i - 1].kind == RUN_TEXT)
			return json_expected(x, value, "one text where two follow each other");
	}
	return inside ? json_expected(x, value, "an end of the paragraph") : PORTROLL_OK;
}

int json_take_runs(struct json_reader *x, json_t *value, void *place)
{
	struct richtext *rich = place;
	struct list items = LIST_INIT(x->arena, struct run);
	int r = json_take_items(x, value, take_run, &items);
	rich->runs = list_take(&items, &rich->count);
	return r == PORTROLL_OK ? check_runs(x, value, rich) : r;
}

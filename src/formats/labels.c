/* SPDX-License-Identifier: MIT */
#include "formats/labels.h"

#include "base/num.h"
#include "registry/refer.h"

bool label_cut(struct portroll_str *rest, struct portroll_str *ret)
{
	size_t end = str_find_char(*rest, ']');
	if (!str_starts(*rest, STR("[")) || end == SIZE_MAX || end == 1)
		return false;
	*ret = str_part(*rest, 1, end);
	if (str_find_char(*ret, '[') != SIZE_MAX)
		return false;
	*rest = str_part(*rest, end + 1, rest->len);
	return true;
}

/* A label may be followed by the day the document was looked at: [uri] (2010-02-03). */
static struct portroll_str cut_last_updated(struct portroll_str *rest)
{
	size_t end = str_find_char(*rest, ')');
	if (!str_starts(*rest, STR(" (")) || end == SIZE_MAX)
		return STR("");
	struct portroll_str date = str_part(*rest, 2, end);
	*rest = str_part(*rest, end + 1, rest->len);
	return date;
}

int labels_parse(struct xref_list *ret, struct portroll_str cell, bool persons, struct list *xrefs)
{
	xrefs->count = 0;
	while (cell.len) {
		struct portroll_str label;
		if (!label_cut(&cell, &label))
			return PORTROLL_ESYNTAX;
		struct xref *x = list_add(xrefs);
		if (!x)
			return PORTROLL_ENOMEM;
		*x = persons ? (struct xref){.type = XREF_PERSON, .data = label}
			     : xref_from_label(xrefs->arena, label);
		if (!persons)
			x->last_updated = cut_last_updated(&cell);
	}
	ret->items = list_take(xrefs, &ret->count);
	return xrefs->arena->failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

static int add_anchor(void *context, const struct xref *x)
{
	struct list *footnotes = context;
	uint64_t anchor;
	if (x->type != XREF_NOTE || num_parse(&anchor, x->data, UINT32_MAX) < 0)
		return PORTROLL_OK;
	const struct footnote *known = footnotes->items;
	for (size_t i = 0; i < footnotes->count; i++)
		if (known[i].anchor == anchor)
			return PORTROLL_OK;
	struct footnote *footnote = list_add(footnotes);
	if (!footnote)
		return PORTROLL_ENOMEM;
	footnote->anchor = (uint32_t)anchor;
	return PORTROLL_OK;
}

int labels_add_missing(struct registry *reg)
{
	struct list footnotes = LIST_INIT(reg->arena, struct footnote);
	for (size_t i = 0; i < reg->record_count; i++)
		if (refer_each_of_record(reg->records[i], add_anchor, &footnotes) < 0)
			return PORTROLL_ENOMEM;
	reg->footnotes = list_take(&footnotes, &reg->footnote_count);
	return reg->arena->failed ? PORTROLL_ENOMEM : registry_add_missing_people(reg);
}

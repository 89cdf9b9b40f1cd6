/* SPDX-License-Identifier: MIT */
#include "formats/labels.h"

#include "base/num.h"
#include "registry/idset.h"
#include "registry/refer.h"

/* IANA's longest label has 55 characters; the bound keeps a row of "[[[[" from being slow. */
#define LABEL_MAX 1024

bool label_cut(struct portroll_str *rest, struct portroll_str *ret)
{
	size_t end = str_find_char(str_part(*rest, 0, LABEL_MAX), ']');
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

struct anchors {
	struct list footnotes;
	struct idset known; /* their anchors, as text */
};

static int add_anchor(struct anchors *anchors, struct portroll_str text, struct footnote footnote)
{
	uint32_t number = (uint32_t)anchors->footnotes.count;
	uint32_t at = idset_add(&anchors->known, text, number);
	if (at == IDSET_NONE)
		return PORTROLL_ENOMEM;
	if (at != number)
		return PORTROLL_OK;
	struct footnote *added = list_add(&anchors->footnotes);
	if (!added)
		return PORTROLL_ENOMEM;
	*added = footnote;
	return PORTROLL_OK;
}

static int add_missing_anchor(void *context, const struct xref *x)
{
	uint64_t anchor;
	if (x->type != XREF_NOTE || num_parse(&anchor, x->data, UINT32_MAX) < 0 || anchor == 0)
		return PORTROLL_OK;
	return add_anchor(context, x->data, (struct footnote){.anchor = (uint32_t)anchor});
}

static int add_known_anchor(struct anchors *anchors, const struct footnote *footnote)
{
	char digits[NUM_TEXT_MAX];
	struct portroll_str text = {digits, num_format(digits, footnote->anchor)};
	return add_anchor(anchors, arena_str(anchors->known.arena, text), *footnote);
}

int labels_add_missing(struct registry *reg)
{
	struct anchors anchors = {LIST_INIT(reg->arena, struct footnote), IDSET_INIT(reg->arena)};
	for (size_t i = 0; i < reg->footnote_count; i++)
		if (add_known_anchor(&anchors, &reg->footnotes[i]) < 0)
			return PORTROLL_ENOMEM;
	for (size_t i = 0; i < reg->record_count; i++)
		if (refer_each_of_record(reg->records[i], add_missing_anchor, &anchors) < 0)
			return PORTROLL_ENOMEM;
	reg->footnotes = list_take(&anchors.footnotes, &reg->footnote_count);
	return reg->arena->failed ? PORTROLL_ENOMEM : registry_add_missing_people(reg);
}

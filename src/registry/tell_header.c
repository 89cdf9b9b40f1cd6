/* SPDX-License-Identifier: MIT */

/* The header: its experts, its date, its texts, each told by itself. */

#include "registry/tell_work.h"

static bool same_notes(const struct header *a, const struct header *b)
{
	if (a->note_count != b->note_count)
		return false;
	for (size_t i = 0; i < a->note_count; i++)
		if (!str_equal(a->notes[i].title, b->notes[i].title) ||
		    !richtext_equal(a->notes[i].text, b->notes[i].text))
			return false;
	return true;
}

static bool same_categories(const struct header *a, const struct header *b)
{
	if (a->category_count != b->category_count)
		return false;
	for (size_t i = 0; i < a->category_count; i++)
		if (!str_equal(a->categories[i], b->categories[i]))
			return false;
	return true;
}

static bool same_title(const struct header *a, const struct header *b)
{
	return str_equal(a->title, b->title);
}

static bool same_references(const struct header *a, const struct header *b)
{
	return xref_list_equal(a->references, b->references);
}

static bool same_description(const struct header *a, const struct header *b)
{
	return richtext_equal(a->description, b->description);
}

static bool same_rule(const struct header *a, const struct header *b)
{
	return str_equal(a->registration_rule, b->registration_rule);
}

static bool same_other(const struct header *a, const struct header *b)
{
	return str_equal(a->id, b->id) && date_equal(a->created, b->created) &&
	       extra_list_equal(a->extras, b->extras);
}

static bool (*const same_parts[HEADER_PART_COUNT])(const struct header *a,
						   const struct header *b) = {
	[HEADER_TITLE] = same_title,           [HEADER_NOTES] = same_notes,
	[HEADER_REFERENCES] = same_references, [HEADER_DESCRIPTION] = same_description,
	[HEADER_CATEGORIES] = same_categories, [HEADER_RULE] = same_rule,
	[HEADER_OTHER] = same_other,
};

bool header_part_equal(enum header_part part, const struct header *a, const struct header *b)
{
	return same_parts[part](a, b);
}

static int add(struct tell_work *w, enum telling_kind kind, uint8_t part)
{
	uint32_t telling = tell_add(w, kind);
	if (telling == TELL_NONE)
		return PORTROLL_ENOMEM;
	w->drafts[telling].telling.header = part;
	w->drafts[telling].telling.count = 1;
	return PORTROLL_OK;
}

static bool is_none(const struct header *h)
{
	return h->title.len == 0 && h->id.len == 0 && h->expert.len == 0 && h->note_count == 0;
}

int tell_header(struct tell_work *w)
{
	const struct header *old = &w->old->header, *new = &w->new->header;
	int r = PORTROLL_OK;
	if (!w->change->header)
		return PORTROLL_OK;
	if (is_none(old) != is_none(new))
		return add(w, TELL_HEADER, HEADER_WHOLE);
	if (!str_equal(old->expert, new->expert))
		r = add(w, TELL_EXPERTS, 0);
	for (uint8_t part = HEADER_TITLE; part < HEADER_PART_COUNT && r == PORTROLL_OK; part++)
		if (!header_part_equal((enum header_part)part, old, new))
			r = add(w, TELL_HEADER, part);
	if (r == PORTROLL_OK && !date_equal(old->updated, new->updated))
		r = add(w, TELL_UPDATED, 0);
	return r;
}

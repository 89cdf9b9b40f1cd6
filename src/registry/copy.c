/* SPDX-License-Identifier: MIT */
#include "registry/copy.h"

static struct extra_list copy_extras(struct extra_list list, struct arena *a)
{
	struct extra *items = arena_grow(a, list.items, list.count, list.count, sizeof(*items));
	for (size_t i = 0; items && i < list.count; i++) {
		items[i].name = arena_str(a, items[i].name);
		items[i].value = arena_str(a, items[i].value);
	}
	return (struct extra_list){items, items ? list.count : 0};
}

static struct xref copy_xref(const struct xref *x, struct arena *a)
{
	struct xref copy = *x;
	copy.data = arena_str(a, x->data);
	copy.text = arena_str(a, x->text);
	copy.fragment = arena_str(a, x->fragment);
	copy.last_updated = arena_str(a, x->last_updated);
	copy.extras = copy_extras(x->extras, a);
	return copy;
}

static struct xref_list copy_xrefs(struct xref_list list, struct arena *a)
{
	struct xref *items = arena_array(a, list.count, sizeof(*items));
	for (size_t i = 0; items && i < list.count; i++)
		items[i] = copy_xref(&list.items[i], a);
	return (struct xref_list){items, items ? list.count : 0};
}

static struct richtext copy_rich(struct richtext text, struct arena *a)
{
	struct run *runs = arena_grow(a, text.runs, text.count, text.count, sizeof(*runs));
	for (size_t i = 0; runs && i < text.count; i++) {
		runs[i].text = arena_str(a, runs[i].text);
		if (!runs[i].xref)
			continue;
		struct xref *x = arena_alloc(a, sizeof(*x));
		if (x)
			*x = copy_xref(runs[i].xref, a);
		runs[i].xref = x;
	}
	return (struct richtext){runs, runs ? text.count : 0};
}

static const struct portroll_str *copy_texts(const struct portroll_str *texts, size_t count,
					     struct arena *a)
{
	struct portroll_str *copies = arena_array(a, count, sizeof(*copies));
	for (size_t i = 0; copies && i < count; i++)
		copies[i] = arena_str(a, texts[i]);
	return copies;
}

const struct record *record_copy(const struct record *r, struct arena *a)
{
	struct record *copy = arena_alloc(a, sizeof(*copy));
	if (!copy)
		return NULL;
	*copy = *r;
	copy->name = arena_str(a, r->name);
	copy->description = copy_rich(r->description, a);
	copy->note = copy_rich(r->note, a);
	copy->unauthorized = arena_str(a, r->unauthorized);
	copy->contacts = copy_xrefs(r->contacts, a);
	copy->assignee = copy_xrefs(r->assignee, a);
	copy->references = copy_xrefs(r->references, a);
	copy->extras = copy_extras(r->extras, a);
	return copy;
}

const struct person *person_copy(const struct person *p, struct arena *a)
{
	struct person *copy = arena_alloc(a, sizeof(*copy));
	if (!copy)
		return NULL;
	*copy = *p;
	copy->id = arena_str(a, p->id);
	copy->name = arena_str(a, p->name);
	copy->org = arena_str(a, p->org);
	copy->uris = copy_texts(p->uris, p->uri_count, a);
	copy->extras = copy_extras(p->extras, a);
	return copy;
}

struct footnote footnote_copy(const struct footnote *note, struct arena *a)
{
	return (struct footnote){.anchor = note->anchor, .text = copy_rich(note->text, a)};
}

struct header header_copy(const struct header *header, struct arena *a)
{
	struct header copy = *header;
	struct note *notes = arena_array(a, header->note_count, sizeof(*notes));
	for (size_t i = 0; notes && i < header->note_count; i++) {
		notes[i].title = arena_str(a, header->notes[i].title);
		notes[i].text = copy_rich(header->notes[i].text, a);
	}
	copy.notes = notes;
	copy.id = arena_str(a, header->id);
	copy.title = arena_str(a, header->title);
	copy.registration_rule = arena_str(a, header->registration_rule);
	copy.expert = arena_str(a, header->expert);
	copy.description = copy_rich(header->description, a);
	copy.categories = copy_texts(header->categories, header->category_count, a);
	copy.references = copy_xrefs(header->references, a);
	copy.extras = copy_extras(header->extras, a);
	return copy;
}

/* SPDX-License-Identifier: MIT */
#include "registry/registry.h"

#include "registry/change.h"
#include "registry/idset.h"

#include <string.h>

struct registry *registry_new(struct arena *a)
{
	struct registry *reg = arena_alloc(a, sizeof(*reg));
	if (reg)
		reg->arena = a;
	return reg;
}

/* Makes room for one more pointer. */
static bool reserve(struct arena *a, void *list, size_t count, size_t *capacity)
{
	void **items = list;
	if (count < *capacity)
		return true;
	size_t larger = *capacity ? *capacity * 2 : 256;
	void *grown = arena_grow(a, *items, count, larger, sizeof(void *));
	if (!grown)
		return false;
	*items = grown;
	*capacity = larger;
	return true;
}

int registry_add(struct registry *reg, const struct record *r)
{
	struct record *copy = arena_alloc(reg->arena, sizeof(*copy));
	if (!copy || !reserve(reg->arena, &reg->records, reg->record_count, &reg->record_capacity))
		return PORTROLL_ENOMEM;
	*copy = *r;
	reg->records[reg->record_count++] = copy;
	return PORTROLL_OK;
}

int registry_add_person(struct registry *reg, const struct person *p)
{
	struct person *copy = arena_alloc(reg->arena, sizeof(*copy));
	if (!copy || !reserve(reg->arena, &reg->people, reg->person_count, &reg->person_capacity))
		return PORTROLL_ENOMEM;
	*copy = *p;
	reg->people[reg->person_count++] = copy;
	return PORTROLL_OK;
}

/* Records lie in an arena, whatever the pointers to them promise to those who only read. */
void registry_set_change(struct registry *reg, size_t index, uint32_t change)
{
	struct record *r = (struct record *)(uintptr_t)reg->records[index];
	r->change = change;
}

struct date registry_newest_date(const struct registry *reg)
{
	struct date newest = {0};
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (date_compare(r->registered, newest) > 0)
			newest = r->registered;
		if (date_compare(r->modified, newest) > 0)
			newest = r->modified;
	}
	return newest;
}

bool header_equal(const struct header *a, const struct header *b)
{
	if (a->category_count != b->category_count || a->note_count != b->note_count)
		return false;
	for (size_t i = 0; i < a->category_count; i++)
		if (!str_equal(a->categories[i], b->categories[i]))
			return false;
	for (size_t i = 0; i < a->note_count; i++)
		if (!str_equal(a->notes[i].title, b->notes[i].title) ||
		    !richtext_equal(a->notes[i].text, b->notes[i].text))
			return false;
	return str_equal(a->id, b->id) && str_equal(a->title, b->title) &&
	       date_equal(a->created, b->created) && date_equal(a->updated, b->updated) &&
	       str_equal(a->registration_rule, b->registration_rule) &&
	       str_equal(a->expert, b->expert) && richtext_equal(a->description, b->description) &&
	       xref_list_equal(a->references, b->references) &&
	       extra_list_equal(a->extras, b->extras);
}

bool footnote_equal(const struct footnote *a, const struct footnote *b)
{
	return a->anchor == b->anchor && richtext_equal(a->text, b->text);
}

static bool footnotes_equal(const struct registry *a, const struct registry *b)
{
	if (a->footnote_count != b->footnote_count)
		return false;
	for (size_t i = 0; i < a->footnote_count; i++)
		if (!footnote_equal(&a->footnotes[i], &b->footnotes[i]))
			return false;
	return true;
}

static bool differ(const char **ret_what, size_t *ret_index, const char *what, size_t index)
{
	if (ret_what)
		*ret_what = what;
	if (ret_index)
		*ret_index = index;
	return false;
}

bool registry_equal(const struct registry *a, const struct registry *b, const char **ret_what,
		    size_t *ret_index)
{
	if (!header_equal(&a->header, &b->header))
		return differ(ret_what, ret_index, "header", 0);
	if (a->record_count != b->record_count)
		return differ(ret_what, ret_index, "number of records", 0);
	for (size_t i = 0; i < a->record_count; i++)
		if (!record_equal(a->records[i], b->records[i]))
			return differ(ret_what, ret_index, "record", i);
	if (!footnotes_equal(a, b))
		return differ(ret_what, ret_index, "footnotes", 0);
	if (a->person_count != b->person_count)
		return differ(ret_what, ret_index, "number of people", 0);
	for (size_t i = 0; i < a->person_count; i++)
		if (!person_equal(a->people[i], b->people[i]))
			return differ(ret_what, ret_index, "person", i);
	return true;
}

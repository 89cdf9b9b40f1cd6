/* SPDX-License-Identifier: MIT */
#include "registry/diff.h"

#include "registry/record_key.h"

#include <stdlib.h>

/* A record of the partial registry that takes no other's place. */
struct addition {
	uint32_t port;  /* PORT_COUNT: it has none and comes at the end */
	uint32_t index; /* in the partial registry */
};

struct overlay {
	const struct registry *base, *partial;
	uint32_t *replaced_by; /* by record of base: index in partial, or IDSET_NONE */
	struct addition *additions;
	size_t addition_count;
	uint32_t *after; /* by port: behind the last record of base that begins there or before */
	uint16_t copy;
};

static bool overlay_init(struct overlay *o, struct arena *scratch)
{
	o->replaced_by = arena_array(scratch, o->base->record_count, sizeof(uint32_t));
	o->additions = arena_array(scratch, o->partial->record_count, sizeof(struct addition));
	o->after = arena_array(scratch, PORT_COUNT, sizeof(uint32_t));
	if (!o->replaced_by || !o->additions || !o->after)
		return false;
	for (uint32_t i = 0; i < o->base->record_count; i++) {
		const struct record *r = o->base->records[i];
		o->replaced_by[i] = IDSET_NONE;
		if (r->has_port)
			o->after[r->port.first] = i + 1;
	}
	for (size_t port = 1; port < PORT_COUNT; port++)
		if (o->after[port] < o->after[port - 1])
			o->after[port] = o->after[port - 1];
	return true;
}

/* A name takes the place of a nameless record only when it is new there: so a second overlay of
 * the same registry changes nothing. */
static int find_place(uint32_t *ret, struct key_index *index, const struct record *r)
{
	bool known = key_index_knows(index, r);
	int result = key_index_take(ret, index, r);
	if (result == PORTROLL_OK && !known && r->has_port)
		result = key_index_take_nameless(ret, index, r);
	return result;
}

static int place_records(struct overlay *o, struct arena *scratch)
{
	struct key_index index;
	int result = key_index_build(&index, o->base, scratch);
	for (uint32_t i = 0; i < o->partial->record_count && result == PORTROLL_OK; i++) {
		const struct record *r = o->partial->records[i];
		uint32_t at = IDSET_NONE;
		result = find_place(&at, &index, r);
		if (at != IDSET_NONE)
			o->replaced_by[at] = i;
		else
			o->additions[o->addition_count++] =
				(struct addition){r->has_port ? r->port.first : PORT_COUNT, i};
	}
	key_index_done(&index);
	return result;
}

static int compare_additions(const void *a, const void *b)
{
	const struct addition *x = a, *y = b;
	if (x->port != y->port)
		return x->port < y->port ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static int add_of_partial(struct registry *reg, const struct overlay *o, uint32_t index)
{
	struct record r = *o->partial->records[index];
	r.copy = o->copy;
	return registry_add(reg, &r);
}

static bool comes_before(const struct overlay *o, const struct addition *addition, size_t at)
{
	if (at == o->base->record_count)
		return true;
	return addition->port < PORT_COUNT && o->after[addition->port] <= at;
}

static int merge_records(struct registry *reg, struct overlay *o)
{
	size_t next = 0;
	int r = PORTROLL_OK;
	for (size_t i = 0; i <= o->base->record_count && r == PORTROLL_OK; i++) {
		while (r == PORTROLL_OK && next < o->addition_count &&
		       comes_before(o, &o->additions[next], i))
			r = add_of_partial(reg, o, o->additions[next++].index);
		if (r < 0 || i == o->base->record_count)
			break;
		r = o->replaced_by[i] == IDSET_NONE ? registry_add(reg, o->base->records[i])
						    : add_of_partial(reg, o, o->replaced_by[i]);
	}
	return r;
}

static int overlay_records(struct registry *reg, struct overlay *o)
{
	struct arena scratch = ARENA_INIT;
	int r = overlay_init(o, &scratch) ? place_records(o, &scratch) : PORTROLL_ENOMEM;
	if (r == PORTROLL_OK) {
		if (o->addition_count)
			qsort(o->additions, o->addition_count, sizeof(struct addition),
			      compare_additions);
		r = merge_records(reg, o);
	}
	arena_done(&scratch);
	return r;
}

/* Keeps the date of base: a part never dates the whole. */
static struct header merged_header(const struct header *base, const struct header *partial)
{
	struct header h = *base;
	if (partial->id.len)
		h.id = partial->id;
	if (partial->title.len)
		h.title = partial->title;
	if (partial->created.year)
		h.created = partial->created;
	if (partial->registration_rule.len)
		h.registration_rule = partial->registration_rule;
	if (partial->expert.len)
		h.expert = partial->expert;
	if (partial->description.count)
		h.description = partial->description;
	if (partial->category_count) {
		h.categories = partial->categories;
		h.category_count = partial->category_count;
	}
	if (partial->note_count) {
		h.notes = partial->notes;
		h.note_count = partial->note_count;
	}
	if (partial->references.count)
		h.references = partial->references;
	if (partial->extras.count)
		h.extras = partial->extras;
	return h;
}

/* A person of whom the partial registry has nothing but the id was only referred to in it. */
static bool only_referred_to(const struct person *p)
{
	return person_equal(p, &(struct person){.id = p->id});
}

static int overlay_people(struct registry *reg, const struct overlay *o, struct idset *ids)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < o->base->person_count && r == PORTROLL_OK; i++) {
		if (idset_add(ids, o->base->people[i]->id, (uint32_t)i) == IDSET_NONE)
			return PORTROLL_ENOMEM;
		r = registry_add_person(reg, o->base->people[i]);
	}
	for (size_t i = 0; i < o->partial->person_count && r == PORTROLL_OK; i++) {
		const struct person *p = o->partial->people[i];
		uint32_t at = idset_add(ids, p->id, (uint32_t)reg->person_count);
		if (at == IDSET_NONE)
			return PORTROLL_ENOMEM;
		if (at == reg->person_count)
			r = registry_add_person(reg, p);
		else if (!only_referred_to(p))
			reg->people[at] = p;
	}
	return r;
}

static uint32_t number_of_anchor(struct idset *anchors, const uint32_t *anchor, uint32_t number)
{
	struct portroll_str key = {(const char *)anchor, sizeof(*anchor)};
	return idset_add(anchors, key, number);
}

static int overlay_footnotes(struct registry *reg, const struct overlay *o)
{
	struct idset anchors = IDSET_INIT(reg->arena);
	const struct registry *sources[] = {o->base, o->partial};
	size_t most = o->base->footnote_count + o->partial->footnote_count;
	struct footnote *notes = arena_array(reg->arena, most, sizeof(*notes));
	if (!notes)
		return PORTROLL_ENOMEM;
	for (size_t s = 0; s < ARRAY_LEN(sources); s++) {
		for (size_t i = 0; i < sources[s]->footnote_count; i++) {
			const struct footnote *note = &sources[s]->footnotes[i];
			uint32_t count = (uint32_t)reg->footnote_count;
			uint32_t at = number_of_anchor(&anchors, &note->anchor, count);
			if (at == IDSET_NONE)
				return PORTROLL_ENOMEM;
			notes[at] = *note;
			reg->footnote_count += at == count;
		}
	}
	reg->footnotes = notes;
	return PORTROLL_OK;
}

struct registry *registry_overlay(const struct registry *base, const struct registry *partial,
				  uint16_t copy, struct arena *a)
{
	struct overlay o = {.base = base, .partial = partial, .copy = copy};
	struct registry *reg = registry_new(a);
	struct idset ids = IDSET_INIT(a);
	if (!reg || overlay_records(reg, &o) < 0 || overlay_people(reg, &o, &ids) < 0 ||
	    overlay_footnotes(reg, &o) < 0)
		return NULL;
	reg->header = merged_header(&base->header, &partial->header);
	return reg;
}

/* SPDX-License-Identifier: MIT */
#include "keeper/revert.h"

#include "keeper/revert_list.h"
#include "registry/idset.h"
#include "registry/record_key.h"
#include "registry/refer.h"
#include "registry/tell.h"

struct work {
	struct revert *revert;
	struct registry_change change;
	struct registry *result;
	struct arena *arena;
};

static void begin_conflict(struct revert *r)
{
	if (r->conflict_count++ > 0)
		buf_putc(&r->conflicts, '\n');
}

static void record_conflict(void *context, const void *item)
{
	struct work *w = context;
	begin_conflict(w->revert);
	telling_put_record(&w->revert->conflicts, item);
}

static void person_conflict(void *context, const void *item)
{
	struct work *w = context;
	const struct person *p = item;
	begin_conflict(w->revert);
	buf_put(&w->revert->conflicts, p->id);
}

static void footnote_conflict(void *context, const void *item)
{
	struct work *w = context;
	const struct footnote *note = item;
	begin_conflict(w->revert);
	buf_printf(&w->revert->conflicts, "footnote %u", note->anchor);
}

static bool equal_records(const void *a, const void *b)
{
	return record_equal(a, b);
}

static bool same_record(const void *a, const void *b)
{
	const struct record *x = a, *y = b;
	return x->transport == y->transport && x->has_port == y->has_port &&
	       x->port.first == y->port.first && x->port.last == y->port.last &&
	       str_equal(x->name, y->name);
}

static bool equal_people(const void *a, const void *b)
{
	return person_equal(a, b);
}

static bool same_person(const void *a, const void *b)
{
	const struct person *x = a, *y = b;
	return str_equal(x->id, y->id);
}

static bool equal_footnotes(const void *a, const void *b)
{
	return footnote_equal(a, b);
}

static bool same_footnote(const void *a, const void *b)
{
	const struct footnote *x = a, *y = b;
	return x->anchor == y->anchor;
}

struct maps {
	uint32_t *present_of, *new_of;
};

static bool begin_maps(struct maps *maps, size_t after, size_t present, struct arena *a)
{
	maps->present_of = arena_array(a, after, sizeof(uint32_t));
	maps->new_of = arena_array(a, present, sizeof(uint32_t));
	if (!maps->present_of || !maps->new_of)
		return false;
	for (size_t i = 0; i < after; i++)
		maps->present_of[i] = REVERT_NONE;
	for (size_t i = 0; i < present; i++)
		maps->new_of[i] = REVERT_NONE;
	return true;
}

static void join(struct maps *maps, size_t after, uint32_t present)
{
	maps->present_of[after] = present;
	maps->new_of[present] = (uint32_t)after;
}

static int map_records(struct maps *maps, struct work *w)
{
	const struct registry *after = w->revert->after, *present = w->revert->present;
	struct key_index index;
	int r = key_index_build(&index, present, w->arena);
	if (!begin_maps(maps, after->record_count, present->record_count, w->arena))
		r = PORTROLL_ENOMEM;
	for (size_t i = 0; r == PORTROLL_OK && i < after->record_count; i++) {
		uint32_t at;
		r = key_index_take(&at, &index, after->records[i]);
		if (r == PORTROLL_OK && at != IDSET_NONE)
			join(maps, i, at);
	}
	key_index_done(&index);
	return r;
}

static int map_people(struct maps *maps, struct work *w)
{
	const struct registry *after = w->revert->after, *present = w->revert->present;
	struct idset ids = IDSET_INIT(w->arena);
	if (!begin_maps(maps, after->person_count, present->person_count, w->arena))
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < present->person_count; i++)
		if (idset_add(&ids, present->people[i]->id, (uint32_t)i) == IDSET_NONE)
			return PORTROLL_ENOMEM;
	for (size_t i = 0; i < after->person_count; i++) {
		uint32_t at = idset_find(&ids, after->people[i]->id);
		if (at != IDSET_NONE)
			join(maps, i, at);
	}
	return PORTROLL_OK;
}

static int map_footnotes(struct maps *maps, struct work *w)
{
	const struct registry *after = w->revert->after, *present = w->revert->present;
	if (!begin_maps(maps, after->footnote_count, present->footnote_count, w->arena))
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < after->footnote_count; i++)
		for (size_t k = 0; k < present->footnote_count; k++)
			if (after->footnotes[i].anchor == present->footnotes[k].anchor)
				join(maps, i, (uint32_t)k);
	return PORTROLL_OK;
}

static struct revert_items records_of(const struct registry *reg)
{
	return (struct revert_items){(const void *const *)reg->records, reg->record_count};
}

static struct revert_items people_of(const struct registry *reg)
{
	return (struct revert_items){(const void *const *)reg->people, reg->person_count};
}

static int revert_records(struct work *w)
{
	struct revert *r = w->revert;
	struct maps maps;
	const void **items;
	size_t count;
	if (map_records(&maps, w) < 0)
		return PORTROLL_ENOMEM;
	const struct revert_list list = {
		.before = records_of(r->before),
		.after = records_of(r->after),
		.present = records_of(r->present),
		.change = &w->change.records,
		.present_of = maps.present_of,
		.new_of = maps.new_of,
		.equal = equal_records,
		.same_key = same_record,
		.conflict = record_conflict,
		.context = w,
	};
	if (revert_list(&items, &count, &list, w->arena) < 0)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < count; i++) {
		struct record copy = *(const struct record *)items[i];
		if (copy.copy >= r->copy_count)
			copy.copy = r->copy_count ? (uint16_t)(r->copy_count - 1) : 0;
		if (registry_add(w->result, &copy) < 0)
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

static int revert_people(struct work *w)
{
	struct revert *r = w->revert;
	struct maps maps;
	const void **items;
	size_t count;
	if (map_people(&maps, w) < 0)
		return PORTROLL_ENOMEM;
	const struct revert_list list = {
		.before = people_of(r->before),
		.after = people_of(r->after),
		.present = people_of(r->present),
		.change = &w->change.people,
		.present_of = maps.present_of,
		.new_of = maps.new_of,
		.equal = equal_people,
		.same_key = same_person,
		.conflict = person_conflict,
		.context = w,
	};
	if (revert_list(&items, &count, &list, w->arena) < 0)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < count; i++)
		if (registry_add_person(w->result, items[i]) < 0)
			return PORTROLL_ENOMEM;
	return PORTROLL_OK;
}

static bool footnote_items(struct revert_items *ret, const struct registry *reg, struct arena *a)
{
	const void **items = arena_array(a, reg->footnote_count, sizeof(*items));
	for (size_t i = 0; items && i < reg->footnote_count; i++)
		items[i] = &reg->footnotes[i];
	*ret = (struct revert_items){items, reg->footnote_count};
	return items != NULL;
}

static int revert_footnotes(struct work *w)
{
	struct revert *r = w->revert;
	struct maps maps;
	struct revert_items before, after, present;
	const void **items;
	size_t count;
	if (!footnote_items(&before, r->before, w->arena) ||
	    !footnote_items(&after, r->after, w->arena) ||
	    !footnote_items(&present, r->present, w->arena) || map_footnotes(&maps, w) < 0)
		return PORTROLL_ENOMEM;
	const struct revert_list list = {
		.before = before,
		.after = after,
		.present = present,
		.change = &w->change.footnotes,
		.present_of = maps.present_of,
		.new_of = maps.new_of,
		.equal = equal_footnotes,
		.same_key = same_footnote,
		.conflict = footnote_conflict,
		.context = w,
	};
	if (revert_list(&items, &count, &list, w->arena) < 0)
		return PORTROLL_ENOMEM;
	struct footnote *notes = arena_array(w->arena, count, sizeof(*notes));
	if (!notes)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < count; i++)
		notes[i] = *(const struct footnote *)items[i];
	w->result->footnotes = notes;
	w->result->footnote_count = count;
	return PORTROLL_OK;
}

static void copy_part(struct header *to, const struct header *from, enum header_part part)
{
	switch (part) {
	case HEADER_TITLE:
		to->title = from->title;
		break;
	case HEADER_NOTES:
		to->notes = from->notes;
		to->note_count = from->note_count;
		break;
	case HEADER_REFERENCES:
		to->references = from->references;
		break;
	case HEADER_DESCRIPTION:
		to->description = from->description;
		break;
	case HEADER_CATEGORIES:
		to->categories = from->categories;
		to->category_count = from->category_count;
		break;
	case HEADER_RULE:
		to->registration_rule = from->registration_rule;
		break;
	case HEADER_OTHER:
		to->id = from->id;
		to->created = from->created;
		to->extras = from->extras;
		break;
	case HEADER_WHOLE:
	case HEADER_PART_COUNT:
		break;
	}
}

static void header_conflict(struct revert *r, const char *part)
{
	begin_conflict(r);
	buf_printf(&r->conflicts, "the header's %s", part);
}

/* The date of the last update goes back only where nothing was updated since. */
static void revert_header(struct work *w)
{
	struct revert *r = w->revert;
	const struct header *before = &r->before->header, *after = &r->after->header;
	const struct header *present = &r->present->header;
	struct header *to = &w->result->header;
	*to = *present;
	if (date_equal(present->updated, after->updated))
		to->updated = before->updated;
	if (str_equal(present->expert, after->expert))
		to->expert = before->expert;
	else if (!str_equal(before->expert, after->expert) &&
		 !str_equal(present->expert, before->expert))
		header_conflict(r, "experts");
	for (uint8_t part = HEADER_TITLE; part < HEADER_PART_COUNT; part++) {
		if (header_part_equal(part, before, after) ||
		    header_part_equal(part, present, before))
			continue;
		if (header_part_equal(part, present, after))
			copy_part(to, before, part);
		else
			header_conflict(r, header_part_names[part]);
	}
}

struct seek {
	struct work *work;
	struct idset known, left; /* people of the result; of the registries, who may be missed */
	const struct registry *from;
};

static int add_missed(void *context, const struct xref *x)
{
	struct seek *seek = context;
	struct registry *result = seek->work->result;
	if (x->type != XREF_PERSON || idset_find(&seek->known, x->data) != IDSET_NONE)
		return PORTROLL_OK;
	uint32_t at = idset_find(&seek->left, x->data);
	if (at == IDSET_NONE)
		return PORTROLL_OK;
	if (registry_add_person(result, seek->from->people[at]) < 0 ||
	    idset_add(&seek->known, x->data, 0) == IDSET_NONE)
		return PORTROLL_ENOMEM;
	return PORTROLL_OK;
}

static int index_people(struct idset *set, const struct registry *reg)
{
	for (size_t i = 0; i < reg->person_count; i++)
		if (idset_add(set, reg->people[i]->id, (uint32_t)i) == IDSET_NONE)
			return PORTROLL_ENOMEM;
	return PORTROLL_OK;
}

/* People whom the records refer to, who came with the change or went since, stay. */
static int keep_referred(struct work *w, const struct registry *from)
{
	struct seek seek = {.work = w,
			    .known = IDSET_INIT(w->arena),
			    .left = IDSET_INIT(w->arena),
			    .from = from};
	int r = index_people(&seek.known, w->result);
	if (r == PORTROLL_OK)
		r = index_people(&seek.left, from);
	for (size_t i = 0; r == PORTROLL_OK && i < w->result->record_count; i++)
		r = refer_each_of_record(w->result->records[i], add_missed, &seek);
	if (r == PORTROLL_OK)
		r = refer_each_of_header(&w->result->header, add_missed, &seek);
	return r;
}

int revert_registry(struct registry **ret, struct revert *revert, struct arena *a)
{
	struct work w = {.revert = revert, .result = registry_new(a), .arena = a};
	*ret = NULL;
	if (!w.result || registry_compare(&w.change, revert->before, revert->after, a) < 0 ||
	    revert_records(&w) < 0 || revert_people(&w) < 0 || revert_footnotes(&w) < 0)
		return PORTROLL_ENOMEM;
	revert_header(&w);
	if (keep_referred(&w, revert->present) < 0 || keep_referred(&w, revert->before) < 0 ||
	    registry_add_missing_people(w.result) < 0 || revert->conflicts.failed)
		return PORTROLL_ENOMEM;
	if (revert->conflict_count == 0)
		*ret = w.result;
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */

/* People: ids that were changed, with the records that refer to them, and all other changes. */

#include "registry/refer.h"
#include "registry/tell_work.h"

struct mapping {
	struct tell_work *work;
	struct idset ids;   /* old ids that were changed: the operation on the person */
	struct tell_op *op; /* the record at hand */
};

/* The operation that changed the id; NULL: none did. */
static const struct tell_op *find_changed(const struct mapping *m, const struct xref *x)
{
	if (x->type != XREF_PERSON)
		return NULL;
	uint32_t at = idset_find(&m->ids, x->data);
	return at == IDSET_NONE ? NULL : &m->work->people.items[at];
}

static int note_reference(void *context, const struct xref *x)
{
	const struct mapping *m = context;
	const struct tell_op *changed = find_changed(m, x);
	if (changed && m->op->refers == TELL_NONE)
		m->op->refers = changed->telling;
	return PORTROLL_OK;
}

static struct xref map_xref(const struct mapping *m, const struct xref *x)
{
	struct xref mapped = *x;
	const struct tell_op *changed = find_changed(m, x);
	if (changed)
		mapped.data = changed->part.new_person->id;
	return mapped;
}

static struct xref_list map_list(const struct mapping *m, struct xref_list list)
{
	struct xref *items = arena_array(m->work->arena, list.count, sizeof(*items));
	for (size_t i = 0; items && i < list.count; i++)
		items[i] = map_xref(m, &list.items[i]);
	return (struct xref_list){items, items ? list.count : 0};
}

static struct richtext map_text(const struct mapping *m, struct richtext text)
{
	struct run *runs = arena_array(m->work->arena, text.count, sizeof(*runs));
	for (size_t i = 0; runs && i < text.count; i++) {
		runs[i] = text.runs[i];
		struct xref *x = text.runs[i].kind == RUN_XREF
					 ? arena_alloc(m->work->arena, sizeof(*x))
					 : NULL;
		if (!x)
			continue;
		*x = map_xref(m, text.runs[i].xref);
		runs[i].xref = x;
	}
	return (struct richtext){runs, runs ? text.count : 0};
}

static int map_record(struct mapping *m)
{
	struct record *mapped = arena_alloc(m->work->arena, sizeof(*mapped));
	if (!mapped)
		return PORTROLL_ENOMEM;
	*mapped = *m->op->part.old;
	mapped->contacts = map_list(m, mapped->contacts);
	mapped->assignee = map_list(m, mapped->assignee);
	mapped->description = map_text(m, mapped->description);
	mapped->note = map_text(m, mapped->note);
	m->op->mapped = mapped;
	return m->work->arena->failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

static int map_records(struct mapping *m)
{
	for (size_t i = 0; i < m->work->records.count && m->ids.count; i++) {
		m->op = &m->work->records.items[i];
		if (!m->op->part.old || m->op->telling != TELL_NONE)
			continue;
		int r = refer_each_of_record(m->op->part.old, note_reference, m);
		if (r == PORTROLL_OK && m->op->refers != TELL_NONE)
			r = map_record(m);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

int tell_ids(struct tell_work *w)
{
	struct mapping m = {.work = w, .ids = IDSET_INIT(w->arena)};
	for (size_t i = 0; i < w->people.count; i++) {
		struct tell_op *op = &w->people.items[i];
		const struct person *old = op->part.old_person, *new = op->part.new_person;
		if (op->telling != TELL_NONE || !old || !new || str_equal(old->id, new->id))
			continue;
		if (tell_take(w, op, tell_add(w, TELL_PERSON_ID), ROLE_SUBJECT) < 0 ||
		    idset_add(&m.ids, old->id, (uint32_t)i) == IDSET_NONE)
			return PORTROLL_ENOMEM;
	}
	return map_records(&m);
}

/* A copy that lists no people, as IANA's CSV, knows nothing of all of them. */
static uint32_t telling_of(struct tell_work *w, const struct tell_op *op)
{
	const struct person *old = op->part.old_person, *new = op->part.new_person;
	if (!old)
		return tell_group(w, TELL_PEOPLE_ADDED, STR(""));
	if (!new)
		return tell_group(w, TELL_PEOPLE_REMOVED, STR(""));
	if (tell_is_bare(new))
		return tell_group(w, TELL_PERSON, STR("less"));
	if (tell_is_bare(old))
		return tell_group(w, TELL_PERSON, STR("more"));
	return tell_add(w, TELL_PERSON);
}

int tell_people(struct tell_work *w)
{
	for (size_t i = 0; i < w->people.count; i++) {
		struct tell_op *op = &w->people.items[i];
		if (op->telling != TELL_NONE)
			continue;
		if (tell_take(w, op, telling_of(w, op), ROLE_SUBJECT) < 0)
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

static const struct person *find_person(struct tell_work *w, size_t side, struct portroll_str id)
{
	const struct registry *reg = side == 0 ? w->old : w->new;
	struct idset *index = &w->person_index[side];
	if (!index->arena) {
		*index = IDSET_INIT(w->arena);
		for (size_t i = 0; i < reg->person_count; i++)
			if (idset_add(index, reg->people[i]->id, (uint32_t)i) == IDSET_NONE)
				return NULL;
	}
	uint32_t at = idset_find(index, id);
	return at == IDSET_NONE ? NULL : reg->people[at];
}

static struct portroll_str name_of(const struct person *p)
{
	if (!p)
		return STR("");
	return p->org.len ? p->org : p->name;
}

enum tell_names tell_compare_people(struct tell_work *w, struct portroll_str old,
				    struct portroll_str new)
{
	struct portroll_str was = name_of(find_person(w, 0, old));
	struct portroll_str is = name_of(find_person(w, 1, new));
	if (was.len == 0 || is.len == 0)
		return NAMES_UNKNOWN;
	return str_equal_squeezed(was, is) ? NAMES_SAME : NAMES_DIFFER;
}

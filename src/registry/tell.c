/* SPDX-License-Identifier: MIT */
#include "registry/tell.h"

#include <stdlib.h>

#include "registry/tell_work.h"

uint32_t tell_add(struct tell_work *w, enum telling_kind kind)
{
	if (w->draft_count == w->draft_capacity) {
		size_t capacity = w->draft_capacity ? w->draft_capacity * 2 : 64;
		struct tell_draft *grown =
			arena_grow(w->arena, w->drafts, w->draft_count, capacity, sizeof(*grown));
		if (!grown)
			return TELL_NONE;
		w->drafts = grown;
		w->draft_capacity = capacity;
	}
	uint32_t number = (uint32_t)w->draft_count++;
	w->drafts[number] = (struct tell_draft){
		.telling = {.kind = (uint8_t)kind}, .place = TELL_NONE, .number = number};
	return number;
}

uint32_t tell_group(struct tell_work *w, enum telling_kind kind, struct portroll_str key)
{
	buf_clear(&w->key);
	buf_putc(&w->key, (char)kind);
	buf_put(&w->key, key);
	if (w->key.failed)
		return TELL_NONE;
	uint32_t found = idset_find(&w->groups, buf_str(&w->key));
	if (found != IDSET_NONE)
		return found;
	uint32_t added = tell_add(w, kind);
	struct portroll_str kept = arena_str(w->arena, buf_str(&w->key));
	if (added == TELL_NONE || idset_add(&w->groups, kept, added) == IDSET_NONE)
		return TELL_NONE;
	return w->arena->failed ? TELL_NONE : added;
}

static const struct record *record_of(const struct tell_op *op)
{
	return op->part.new ? op->part.new : op->part.old;
}

/* Is it of the same service, or without a name of the same ports, as the subject before it? */
static bool is_same_thing(const struct tell_draft *draft, const struct tell_op *op)
{
	const struct record *r = record_of(op);
	const struct record *last = draft->last ? record_of(draft->last) : NULL;
	if (!r || !last)
		return false;
	bool same_ports = r->has_port == last->has_port && r->port.first == last->port.first &&
			  r->port.last == last->port.last;
	uint8_t kind = draft->telling.kind;
	if (kind == TELL_FORM || kind == TELL_MOVED)
		return false;
	if (r->name.len == 0 || kind == TELL_ASSIGN || kind == TELL_USE)
		return same_ports;
	return str_equal_fold(r->name, last->name);
}

int tell_take(struct tell_work *w, struct tell_op *op, uint32_t telling, enum telling_role role)
{
	if (telling == TELL_NONE)
		return PORTROLL_ENOMEM;
	struct tell_draft *draft = &w->drafts[telling];
	op->telling = telling;
	op->part.role = (uint8_t)role;
	draft->telling.part_count++;
	if (role != ROLE_SUBJECT)
		return PORTROLL_OK;
	if (op->place < draft->place)
		draft->place = op->place;
	if (!is_same_thing(draft, op))
		draft->telling.count++;
	draft->last = op;
	return PORTROLL_OK;
}

bool tell_is_unassigned(const struct record *r)
{
	return r->name.len == 0 && r->has_port && row_kind_of(r, NULL) == ROW_UNASSIGNED;
}

bool tell_is_reserved(const struct record *r)
{
	if (r->name.len || !r->has_port)
		return false;
	enum row_kind kind = row_kind_of(r, NULL);
	return kind == ROW_RESERVED_HELD || kind == ROW_RESERVED_RELEASED;
}

static bool is_same_place(const struct record *a, const struct record *b)
{
	return a->transport == b->transport && a->has_port && b->has_port &&
	       a->port.first == b->port.first && a->port.last == b->port.last;
}

/* May the new record be told as what became of the old one? */
static bool is_successor(const struct record *old, const struct record *new)
{
	if (old->name.len && str_equal_fold(old->name, new->name))
		return true;
	return is_same_place(old, new) ||
	       (old->name.len == 0 && new->name.len == 0 && !old->has_port && !new->has_port);
}

static void add_op(struct tell_ops *ops, struct telling_part part)
{
	ops->items[ops->count] =
		(struct tell_op){.part = part, .refers = TELL_NONE, .telling = TELL_NONE};
	ops->count++;
}

static bool begin_ops(struct tell_ops *ops, const struct change_list *list, struct arena *a)
{
	ops->items = arena_array(a, list->count, 2 * sizeof(*ops->items));
	return ops->items != NULL;
}

static int tell_moved(struct tell_work *w, struct tell_op *op)
{
	return tell_take(w, op, tell_group(w, TELL_MOVED, STR("")), ROLE_SUBJECT);
}

/* Where something stands otherwise because of its name, the name is told. */
static int gather_records(struct tell_work *w)
{
	const struct change_list *list = &w->change->records;
	if (!begin_ops(&w->records, list, w->arena))
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < list->count; i++) {
		const struct change *c = &list->items[i];
		const struct record *old = c->old == CHANGE_NONE ? NULL : w->old->records[c->old];
		const struct record *new = c->new == CHANGE_NONE ? NULL : w->new->records[c->new];
		bool moved = c->op == CHANGE_MOVE;
		bool renamed = old && new && !str_equal(old->name, new->name);
		if (old && new && (moved ? renamed : record_equal(old, new)))
			continue;
		if (old && new && !moved && !is_successor(old, new)) {
			add_op(&w->records, (struct telling_part){.old = old});
			old = NULL;
		}
		add_op(&w->records, (struct telling_part){.old = old, .new = new});
		if (moved && tell_moved(w, &w->records.items[w->records.count - 1]) < 0)
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

bool tell_is_bare(const struct person *p)
{
	return p->name.len == 0 && p->org.len == 0 && p->uri_count == 0;
}

/* Where an id is all that is known nothing tells that another id is the same; and the order is that
 * of the records then. */
static int gather_people(struct tell_work *w)
{
	const struct change_list *list = &w->change->people;
	if (!begin_ops(&w->people, list, w->arena))
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < list->count; i++) {
		const struct change *c = &list->items[i];
		const struct person *old = c->old == CHANGE_NONE ? NULL : w->old->people[c->old];
		const struct person *new = c->new == CHANGE_NONE ? NULL : w->new->people[c->new];
		bool moved = c->op == CHANGE_MOVE;
		bool renamed = old && new && !str_equal(old->id, new->id);
		if (moved && old && new && (renamed || tell_is_bare(old) || tell_is_bare(new)))
			continue;
		if (renamed && tell_is_bare(new)) {
			add_op(&w->people, (struct telling_part){.old_person = old});
			old = NULL;
		}
		add_op(&w->people, (struct telling_part){.old_person = old, .new_person = new});
		if (moved && tell_moved(w, &w->people.items[w->people.count - 1]) < 0)
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

static int gather_footnotes(struct tell_work *w)
{
	const struct change_list *list = &w->change->footnotes;
	if (!begin_ops(&w->footnotes, list, w->arena))
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < list->count; i++) {
		const struct change *c = &list->items[i];
		struct telling_part part = {0};
		if (c->old != CHANGE_NONE)
			part.old_footnote = &w->old->footnotes[c->old];
		if (c->new != CHANGE_NONE)
			part.new_footnote = &w->new->footnotes[c->new];
		add_op(&w->footnotes, part);
		struct tell_op *op = &w->footnotes.items[w->footnotes.count - 1];
		uint32_t telling = c->op == CHANGE_MOVE ? tell_group(w, TELL_MOVED, STR(""))
							: tell_add(w, TELL_FOOTNOTE);
		if (tell_take(w, op, telling, ROLE_SUBJECT) < 0)
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

static uint32_t port_of(const struct tell_op *op)
{
	const struct record *r = record_of(op);
	return r->has_port ? r->port.first : PORT_COUNT;
}

static int compare_ports(const void *a, const void *b)
{
	const struct tell_op *x = a, *y = b;
	uint32_t p = port_of(x), q = port_of(y);
	if (p != q)
		return p < q ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* Those that were moved are told already, and stay where they are told. */
static void sort_records(struct tell_ops *ops)
{
	for (size_t i = 0; i < ops->count; i++)
		ops->items[i].place = (uint32_t)i;
	qsort(ops->items, ops->count, sizeof(*ops->items), compare_ports);
	for (size_t i = 0; i < ops->count; i++)
		ops->items[i].place = (uint32_t)i;
}

static void place_parts(struct tell_work *w, struct telling_part **next, enum telling_role role)
{
	struct tell_ops *all[] = {&w->records, &w->people, &w->footnotes};
	for (size_t k = 0; k < ARRAY_LEN(all); k++)
		for (size_t i = 0; i < all[k]->count; i++) {
			const struct tell_op *op = &all[k]->items[i];
			if (op->telling != TELL_NONE && op->part.role == role)
				*next[op->telling]++ = op->part;
		}
}

static int compare_drafts(const void *a, const void *b)
{
	const struct tell_draft *x = a, *y = b;
	if (x->telling.kind != y->telling.kind)
		return (int)x->telling.kind - (int)y->telling.kind;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

static int finish(struct telling_list *ret, struct tell_work *w)
{
	struct telling_part **next = arena_array(w->arena, w->draft_count, sizeof(*next));
	struct telling *items = arena_array(w->arena, w->draft_count, sizeof(*items));
	if (!next || !items)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < w->draft_count; i++) {
		struct telling *t = &w->drafts[i].telling;
		next[i] = arena_array(w->arena, t->part_count, sizeof(**next));
		if (!next[i])
			return PORTROLL_ENOMEM;
		t->parts = next[i];
	}
	for (uint8_t role = 0; role < ROLE_COUNT; role++)
		place_parts(w, next, (enum telling_role)role);
	if (w->draft_count > 1)
		qsort(w->drafts, w->draft_count, sizeof(*w->drafts), compare_drafts);
	*ret = (struct telling_list){
		.old = w->old, .new = w->new, .items = items, .count = w->draft_count};
	for (size_t i = 0; i < w->draft_count; i++) {
		items[i] = w->drafts[i].telling;
		ret->counts[items[i].kind] += items[i].count;
	}
	return PORTROLL_OK;
}

static int tell(struct telling_list *ret, struct tell_work *w)
{
	static int (*const rooms[])(struct tell_work *) = {
		gather_records, gather_people, gather_footnotes, tell_ids,    tell_ports,
		tell_names,     tell_fields,   tell_ranges,      tell_people, tell_header,
	};
	for (size_t i = 0; i < ARRAY_LEN(rooms); i++) {
		if (rooms[i](w) < 0)
			return PORTROLL_ENOMEM;
		if (rooms[i] == gather_records)
			sort_records(&w->records);
	}
	return w->arena->failed ? PORTROLL_ENOMEM : finish(ret, w);
}

int tell_change(struct telling_list *ret, const struct registry *old, const struct registry *new,
		const struct registry_change *change, struct arena *a)
{
	struct tell_work w = {.arena = a,
			      .old = old,
			      .new = new,
			      .change = change,
			      .groups = IDSET_INIT(a),
			      .key = BUF_INIT(SIZE_MAX / 2)};
	int r = tell(ret, &w);
	buf_done(&w.key);
	return r;
}

/* SPDX-License-Identifier: MIT */
#include "registry/change.h"

#include "registry/change_order.h"
#include "registry/pair.h"

/* The operations as they are found, in the order of the document. */
struct operations {
	const struct pairing *pairing;
	pairing_same_fn *same;
	struct change *items;
	size_t count;
	size_t open;    /* those from here on stand before what stays next */
	uint32_t after; /* the old items from here on come after what stayed last */
};

static void put(struct operations *o, enum change_op op, uint32_t old, uint32_t new)
{
	o->items[o->count++] = (struct change){(uint8_t)op, old, new, CHANGE_NONE};
}

/* An old item stays, or the old list ends: what was before it and is not any more is removed. */
static void meet(struct operations *o, uint32_t old)
{
	for (; o->open < o->count; o->open++)
		if (o->items[o->open].op == CHANGE_ADD || o->items[o->open].op == CHANGE_MOVE)
			o->items[o->open].before = old < o->pairing->old_count ? old : CHANGE_NONE;
	for (; o->after < old; o->after++)
		if (o->pairing->new_of[o->after] == PAIRING_NONE)
			put(o, CHANGE_REMOVE, o->after, CHANGE_NONE);
	o->open = o->count;
}

static void walk(struct operations *o, const bool *stays)
{
	const struct pairing *p = o->pairing;
	for (uint32_t j = 0; j < p->new_count; j++) {
		uint32_t old = p->old_of[j];
		if (old == PAIRING_NONE) {
			put(o, CHANGE_ADD, CHANGE_NONE, j);
			continue;
		}
		if (stays[j])
			meet(o, old);
		if (!p->is_same[j] && !o->same(p->old, old, p->new, j))
			put(o, CHANGE_REPLACE, old, j);
		if (!stays[j])
			put(o, CHANGE_MOVE, old, j);
	}
	meet(o, (uint32_t)p->old_count);
}

/* At most so many. */
static size_t bound(const struct pairing *p, const bool *stays)
{
	size_t count = p->old_left + p->new_left;
	for (size_t j = 0; j < p->new_count; j++)
		if (p->old_of[j] != PAIRING_NONE)
			count += (size_t)!stays[j] + (size_t)!p->is_same[j];
	return count;
}

static int find_operations(struct change_list *ret, const struct pairing *p,
			   const struct pair_rules *rules, struct arena *a)
{
	bool *stays = arena_array(p->scratch, p->new_count, sizeof(*stays));
	if (!stays || change_order(stays, p) < 0)
		return PORTROLL_ENOMEM;
	struct change *room = arena_array(p->scratch, bound(p, stays), sizeof(*room));
	if (!room)
		return PORTROLL_ENOMEM;
	struct operations o = {.pairing = p, .same = rules->same, .items = room};
	walk(&o, stays);
	struct change *items = arena_grow(a, room, o.count, o.count, sizeof(*items));
	if (!items)
		return PORTROLL_ENOMEM;
	*ret = (struct change_list){items, o.count};
	return PORTROLL_OK;
}

static int compare(struct change_list *ret, struct pairing p, const struct pair_rules *rules,
		   struct arena *a)
{
	size_t prefix = pairing_prefix(&p, rules->same);
	if (prefix == p.old_count && prefix == p.new_count)
		return PORTROLL_OK;
	struct arena scratch = ARENA_INIT;
	p.scratch = &scratch;
	int r = pairing_begin(&p, prefix, rules->same);
	for (pair_fn *const *step = rules->steps; *step && r == PORTROLL_OK; step++)
		r = (*step)(&p);
	if (r == PORTROLL_OK)
		r = find_operations(ret, &p, rules, a);
	pairing_done(&p);
	arena_done(&scratch);
	return r;
}

int registry_compare(struct registry_change *ret, const struct registry *old,
		     const struct registry *new, struct arena *a)
{
	struct registry_change change = {.header = !header_equal(&old->header, &new->header)};
	struct pairing lists = {.old = old, .new = new};
	lists.old_count = old->record_count;
	lists.new_count = new->record_count;
	int r = compare(&change.records, lists, &pair_records, a);
	lists.old_count = old->person_count;
	lists.new_count = new->person_count;
	if (r == PORTROLL_OK)
		r = compare(&change.people, lists, &pair_people, a);
	lists.old_count = old->footnote_count;
	lists.new_count = new->footnote_count;
	if (r == PORTROLL_OK)
		r = compare(&change.footnotes, lists, &pair_footnotes, a);
	if (r == PORTROLL_OK)
		*ret = change;
	return r;
}

bool registry_change_is_empty(const struct registry_change *change)
{
	return !change->header && change->records.count == 0 && change->people.count == 0 &&
	       change->footnotes.count == 0;
}

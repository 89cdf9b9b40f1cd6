/* SPDX-License-Identifier: MIT */
#include "keeper/revert_list.h"

#include "base/macros.h"

/* What becomes of each present item, and what is put before it. */
struct work {
	const struct revert_list *list;
	uint32_t *after_of;    /* of each item of `before`: what became of it; REVERT_NONE: gone */
	const void **in_place; /* of each present item; NULL: it is taken out */
	const void **back;     /* of each item of `before`: what comes back; NULL: nothing */
	uint32_t *first;       /* of each present item and the end: what comes back before it */
	uint32_t *next;        /* of each item of `before`: what comes back after it */
	uint32_t *extras;      /* present items that `after` had not */
	size_t extra_count;
};

static bool prepare(struct work *w, struct arena *a)
{
	size_t before = w->list->before.count, present = w->list->present.count;
	w->after_of = arena_array(a, before, sizeof(uint32_t));
	w->in_place = arena_array(a, present, sizeof(*w->in_place));
	w->first = arena_array(a, present + 1, sizeof(uint32_t));
	w->next = arena_array(a, before, sizeof(uint32_t));
	w->extras = arena_array(a, present, sizeof(uint32_t));
	w->back = arena_array(a, before, sizeof(*w->back));
	if (a->failed)
		return false;
	for (size_t i = 0; i < present; i++) {
		w->in_place[i] = w->list->present.items[i];
		if (w->list->new_of[i] == REVERT_NONE)
			w->extras[w->extra_count++] = (uint32_t)i;
	}
	for (size_t i = 0; i <= present; i++)
		w->first[i] = REVERT_NONE;
	return true;
}

/* Those that were neither moved nor added nor removed stand in the same order in both. */
static int pair_before(struct work *w, struct arena *a)
{
	const struct revert_list *l = w->list;
	uint8_t *old_apart = arena_array(a, l->before.count, 1);
	uint8_t *new_apart = arena_array(a, l->after.count, 1);
	if (!old_apart || !new_apart)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < l->before.count; i++)
		w->after_of[i] = REVERT_NONE;
	for (size_t i = 0; i < l->change->count; i++) {
		const struct change *c = &l->change->items[i];
		if (c->op == CHANGE_REPLACE)
			continue;
		if (c->old != CHANGE_NONE)
			old_apart[c->old] = 1;
		if (c->new != CHANGE_NONE)
			new_apart[c->new] = 1;
		if (c->op == CHANGE_MOVE)
			w->after_of[c->old] = c->new;
	}
	size_t j = 0;
	for (size_t i = 0; i < l->before.count; i++) {
		if (old_apart[i])
			continue;
		while (j < l->after.count && new_apart[j])
			j++;
		if (j < l->after.count)
			w->after_of[i] = (uint32_t)j++;
	}
	return PORTROLL_OK;
}

static void refuse(struct work *w, const void *item)
{
	w->list->conflict(w->list->context, item);
}

static void undo_add(struct work *w, const struct change *c)
{
	const struct revert_list *l = w->list;
	const void *added = l->after.items[c->new];
	uint32_t at = l->present_of[c->new];
	if (at == REVERT_NONE)
		return;
	if (l->equal(l->present.items[at], added))
		w->in_place[at] = NULL;
	else
		refuse(w, l->present.items[at]);
}

/* A present item of that key that `after` had not. */
static uint32_t find_new(const struct work *w, const void *item)
{
	const struct revert_list *l = w->list;
	for (size_t i = 0; i < w->extra_count; i++)
		if (l->same_key(l->present.items[w->extras[i]], item))
			return w->extras[i];
	return REVERT_NONE;
}

static void undo_replace(struct work *w, const struct change *c)
{
	const struct revert_list *l = w->list;
	const void *old = l->before.items[c->old];
	uint32_t at = l->present_of[c->new];
	if (at == REVERT_NONE) {
		uint32_t found = find_new(w, old);
		if (found == REVERT_NONE || !l->equal(l->present.items[found], old))
			refuse(w, l->after.items[c->new]);
	} else if (l->equal(l->present.items[at], l->after.items[c->new])) {
		w->in_place[at] = old;
	} else if (!l->equal(l->present.items[at], old)) {
		refuse(w, l->present.items[at]);
	}
}

static void undo_remove(struct work *w, const struct change *c)
{
	const struct revert_list *l = w->list;
	const void *old = l->before.items[c->old];
	uint32_t found = find_new(w, old);
	if (found == REVERT_NONE)
		w->back[c->old] = old;
	else if (!l->equal(l->present.items[found], old))
		refuse(w, l->present.items[found]);
}

/* It goes back to its place as it is by now. */
static void undo_move(struct work *w, const struct change *c)
{
	uint32_t at = w->list->present_of[c->new];
	if (at == REVERT_NONE)
		return;
	w->back[c->old] = w->in_place[at];
	w->in_place[at] = NULL;
}

static void undo(struct work *w)
{
	static const struct {
		enum change_op op;
		void (*undo)(struct work *w, const struct change *c);
	} steps[] = {
		{CHANGE_ADD, undo_add},
		{CHANGE_REPLACE, undo_replace},
		{CHANGE_REMOVE, undo_remove},
		{CHANGE_MOVE, undo_move},
	};
	const struct change_list *change = w->list->change;
	for (size_t k = 0; k < ARRAY_LEN(steps); k++)
		for (size_t i = 0; i < change->count; i++)
			if (change->items[i].op == steps[k].op)
				steps[k].undo(w, &change->items[i]);
}

/* The present item that came of one of `before`. */
static uint32_t present_of(const struct work *w, size_t old)
{
	uint32_t new = w->after_of[old];
	return new == REVERT_NONE ? REVERT_NONE : w->list->present_of[new];
}

/* Each comes back before the next of `before` that stays where it is. */
static size_t hang(struct work *w)
{
	uint32_t anchor = (uint32_t)w->list->present.count;
	size_t count = 0;
	for (size_t i = w->list->before.count; i-- > 0;) {
		uint32_t at = present_of(w, i);
		if (!w->back[i]) {
			if (at != REVERT_NONE && w->in_place[at])
				anchor = at;
			continue;
		}
		w->next[i] = w->first[anchor];
		w->first[anchor] = (uint32_t)i;
		count++;
	}
	return count;
}

int revert_list(const void ***ret_items, size_t *ret_count, const struct revert_list *list,
		struct arena *a)
{
	struct work w = {.list = list};
	if (!prepare(&w, a) || pair_before(&w, a) < 0)
		return PORTROLL_ENOMEM;
	undo(&w);
	size_t back = hang(&w), count = 0;
	const void **items = arena_array(a, list->present.count + back, sizeof(*items));
	if (!items)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i <= list->present.count; i++) {
		for (uint32_t k = w.first[i]; k != REVERT_NONE; k = w.next[k])
			items[count++] = w.back[k];
		if (i < list->present.count && w.in_place[i])
			items[count++] = w.in_place[i];
	}
	*ret_items = items;
	*ret_count = count;
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */
#include "ledger/fold_check.h"

#include "ledger/fold_key.h"
#include "registry/refer.h"

/* A change of fewer items for each operation is not small. */
#define SMALL 16

/* The people that a small change refers to, which must be there, and those that it adds, which must
 * not be there twice: these are asked for with the count 1. */
struct asked {
	struct subject_key *keys;
	size_t count, capacity;
	struct arena *arena;
};

static int ask(struct asked *asked, struct portroll_str id, uint32_t ordinal)
{
	if (asked->count == asked->capacity) {
		asked->capacity = asked->capacity ? 2 * asked->capacity : 16;
		asked->keys = arena_grow(asked->arena, asked->keys, asked->count, asked->capacity,
					 sizeof(*asked->keys));
		if (!asked->keys)
			return PORTROLL_ENOMEM;
	}
	asked->keys[asked->count++] = (struct subject_key){.id = id, .ordinal = ordinal};
	return PORTROLL_OK;
}

/* Positive: a footnote is referred to. */
static int ask_reference(void *context, const struct xref *x)
{
	if (x->type == XREF_PERSON)
		return ask(context, x->data, 0);
	return x->type == XREF_NOTE;
}

/* 0: all is asked; positive: this does not do; PORTROLL_ENOMEM. */
static int ask_all(struct asked *asked, const struct registry *old, const struct registry *new,
		   const struct registry_change *change)
{
	size_t count = change->records.count + change->people.count;
	if (change->footnotes.count || count * SMALL > old->record_count + old->person_count)
		return 1;
	int r = change->header ? refer_each_of_header(&new->header, ask_reference, asked) : 0;
	for (size_t i = 0; i < change->records.count && r == 0; i++) {
		const struct change *c = &change->records.items[i];
		if (c->op == CHANGE_ADD || c->op == CHANGE_REPLACE)
			r = refer_each_of_record(new->records[c->new], ask_reference, asked);
	}
	for (size_t i = 0; i < change->people.count && r == 0; i++) {
		const struct change *c = &change->people.items[i];
		if (c->op == CHANGE_ADD)
			r = ask(asked, new->people[c->new]->id, 1);
		else if (c->op == CHANGE_REMOVE ||
			 (c->op == CHANGE_REPLACE &&
			  !str_equal(old->people[c->old]->id, new->people[c->new]->id)))
			r = 1;
	}
	return r;
}

/* Is each there as often as it must be? */
static int find_all(bool *ret_holds, const struct asked *asked, const struct registry *new)
{
	const struct item_list people = {new, SUBJECT_PERSON, new->person_count};
	struct key_reference *references =
		arena_array(asked->arena, asked->count, sizeof(*references));
	uint32_t *positions = arena_array(asked->arena, asked->count, sizeof(*positions));
	if (!references || !positions)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < asked->count; i++)
		references[i] = (struct key_reference){&asked->keys[i], &positions[i]};
	if (item_keys_find(&people, references, asked->count, asked->arena) < 0)
		return PORTROLL_ENOMEM;
	*ret_holds = true;
	for (size_t i = 0; i < asked->count; i++)
		if ((positions[i] == UINT32_MAX) != (asked->keys[i].ordinal == 1))
			*ret_holds = false;
	return PORTROLL_OK;
}

int fold_check(const struct registry *old, const struct registry *new,
	       const struct registry_change *change, struct arena *scratch,
	       struct portroll_error *err)
{
	struct asked asked = {.arena = scratch};
	struct portroll_str at_fault;
	bool holds = false;
	int r = ask_all(&asked, old, new, change);
	if (r == 0)
		r = find_all(&holds, &asked, new);
	if (r < 0)
		return error_memory(err);
	/* It has the words for what is wrong, too. */
	return holds ? PORTROLL_OK : registry_check(new, &at_fault, err);
}

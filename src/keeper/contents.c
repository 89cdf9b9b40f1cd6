/* SPDX-License-Identifier: MIT */
#include "keeper/contents.h"

#include <string.h>

#include "base/hash.h"

#define FIRST_SLOTS 1024

static size_t place_of_commitment(const struct tree_hash *commitment)
{
	uint64_t place;
	memcpy(&place, commitment->bytes, sizeof(place));
	return (size_t)place;
}

static size_t place_of_id(struct portroll_str source, struct portroll_str id)
{
	return (size_t)(hash_bytes(source) * 31 + hash_bytes(id));
}

static uint32_t *find_commitment(const struct contents *c, const struct tree_hash *commitment)
{
	size_t mask = c->slot_count - 1, at = place_of_commitment(commitment) & mask;
	for (uint32_t *slot; *(slot = &c->by_commitment[at]); at = (at + 1) & mask)
		if (tree_hash_equal(&c->items[*slot - 1].content.commitment, commitment))
			break;
	return &c->by_commitment[at];
}

static uint32_t *find_id(const struct contents *c, struct portroll_str source,
			 struct portroll_str id)
{
	size_t mask = c->slot_count - 1, at = place_of_id(source, id) & mask;
	for (uint32_t *slot; *(slot = &c->by_id[at]); at = (at + 1) & mask) {
		const struct stored_person *found = &c->items[*slot - 1];
		if (str_equal(found->id, id) && str_equal(found->source, source))
			break;
	}
	return &c->by_id[at];
}

static int make_slots(struct contents *c, size_t count)
{
	c->by_commitment = arena_array(c->arena, count, sizeof(*c->by_commitment));
	c->by_id = arena_array(c->arena, count, sizeof(*c->by_id));
	if (!c->by_commitment || !c->by_id)
		return PORTROLL_ENOMEM;
	c->slot_count = count;
	return PORTROLL_OK;
}

static void place_item(struct contents *c, size_t index)
{
	const struct stored_person *person = &c->items[index];
	*find_commitment(c, &person->content.commitment) = (uint32_t)index + 1;
	*find_id(c, person->source, person->id) = (uint32_t)index + 1;
}

static int grow(struct contents *c, size_t capacity)
{
	size_t larger = FIRST_SLOTS / 2;
	while (larger < capacity)
		larger *= 2;
	struct stored_person *items =
		arena_grow(c->arena, c->items, c->count, larger, sizeof(*items));
	if (!items || larger > UINT32_MAX / 2 || make_slots(c, larger * 2) < 0)
		return PORTROLL_ENOMEM;
	c->items = items;
	c->capacity = larger;
	for (size_t i = 0; i < c->count; i++)
		place_item(c, i);
	return PORTROLL_OK;
}

int contents_init(struct contents *ret, struct arena *a)
{
	*ret = (struct contents){.arena = a};
	return grow(ret, 0);
}

int contents_reserve(struct contents *c, size_t more)
{
	return c->count + more < c->capacity ? PORTROLL_OK : grow(c, c->count + more + 1);
}

int contents_add(struct contents *c, const struct stored_person *person)
{
	if (contents_reserve(c, 1) < 0)
		return PORTROLL_ENOMEM;
	c->items[c->count] = *person;
	place_item(c, c->count++);
	return PORTROLL_OK;
}

struct reading {
	struct contents *contents;
	bool with_bodies;
};

static int take(void *context, const struct stored_person *person, struct portroll_error *err)
{
	struct reading *r = context;
	struct arena *a = r->contents->arena;
	struct stored_person own = {
		.content =
			{
				.commitment = person->content.commitment,
				.salt = arena_str(a, person->content.salt),
			},
		.source = arena_str(a, person->source),
		.id = arena_str(a, person->id),
	};
	if (r->with_bodies)
		own.content.body = arena_str(a, person->content.body);
	return a->failed || contents_add(r->contents, &own) < 0 ? error_memory(err) : PORTROLL_OK;
}

int contents_read(struct contents *c, const struct store_ops *ops, struct store *store,
		  bool with_bodies, struct portroll_error *err)
{
	struct reading reading = {c, with_bodies};
	return ops->people(store, STR_NONE, take, &reading, err);
}

const struct stored_person *contents_last(const struct contents *c, struct portroll_str source,
					  struct portroll_str id)
{
	uint32_t found = *find_id(c, source, id);
	return found ? &c->items[found - 1] : NULL;
}

int contents_commitments(struct tree_hash **ret, const struct contents *c,
			 const struct source *source, struct arena *a)
{
	const struct registry *reg = source->registry;
	struct tree_hash *commitments = arena_array(a, reg->person_count, sizeof(*commitments));
	if (!commitments)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < reg->person_count; i++) {
		const struct stored_person *last =
			contents_last(c, source->name, reg->people[i]->id);
		if (!last)
			return PORTROLL_ECORRUPT;
		commitments[i] = last->content.commitment;
	}
	*ret = commitments;
	return PORTROLL_OK;
}

bool contents_is_erased(const struct stored_person *person)
{
	return person->content.salt.len == 0;
}

static const struct person_content *find(void *context, const struct tree_hash *commitment)
{
	const struct contents *c = context;
	uint32_t found = *find_commitment(c, commitment);
	return found ? &c->items[found - 1].content : NULL;
}

struct person_contents contents_finder(struct contents *c)
{
	return (struct person_contents){find, c};
}

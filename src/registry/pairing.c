/* SPDX-License-Identifier: MIT */
#include "registry/pairing.h"

#include "registry/idset.h"

/* How far is looked for an equal item before two are left to the keys. */
#define NEAR_BY 16

void pairing_add(struct pairing *p, size_t old, size_t new)
{
	p->new_of[old] = (uint32_t) new;
	p->old_of[new] = (uint32_t)old;
	p->old_left--;
	p->new_left--;
}

size_t pairing_prefix(const struct pairing *p, pairing_same_fn *same)
{
	size_t shorter = p->old_count < p->new_count ? p->old_count : p->new_count;
	size_t i = 0;
	while (i < shorter && same(p->old, i, p->new, i))
		i++;
	return i;
}

static void add_same(struct pairing *p, size_t old, size_t new)
{
	p->is_same[new] = true;
	pairing_add(p, old, new);
}

static uint32_t *new_numbers(struct arena *a, size_t count)
{
	uint32_t *numbers = arena_array(a, count, sizeof(*numbers));
	for (size_t i = 0; numbers && i < count; i++)
		numbers[i] = PAIRING_NONE;
	return numbers;
}

/* Where the two lists meet again: the fewest items that only one of them has between. */
static void pair_near_by(struct pairing *p, size_t i, size_t old_end, size_t new_end,
			 pairing_same_fn *same)
{
	for (size_t j = i; i < old_end && j < new_end; i++, j++) {
		size_t skip = 0;
		bool in_old = false, met = same(p->old, i, p->new, j);
		while (!met && ++skip <= NEAR_BY) {
			in_old = i + skip < old_end && same(p->old, i + skip, p->new, j);
			met = in_old || (j + skip < new_end && same(p->old, i, p->new, j + skip));
		}
		if (!met)
			continue;
		i += in_old ? skip : 0;
		j += in_old ? 0 : skip;
		add_same(p, i, j);
	}
}

int pairing_begin(struct pairing *p, size_t prefix, pairing_same_fn *same)
{
	size_t old_end = p->old_count, new_end = p->new_count;
	p->key = BUF_INIT(SIZE_MAX / 2);
	p->new_of = new_numbers(p->scratch, p->old_count);
	p->old_of = new_numbers(p->scratch, p->new_count);
	p->is_same = arena_array(p->scratch, p->new_count, sizeof(*p->is_same));
	if (!p->new_of || !p->old_of || !p->is_same)
		return PORTROLL_ENOMEM;
	p->old_left = p->old_count;
	p->new_left = p->new_count;
	for (size_t i = 0; i < prefix; i++)
		add_same(p, i, i);
	while (old_end > prefix && new_end > prefix &&
	       same(p->old, old_end - 1, p->new, new_end - 1))
		add_same(p, --old_end, --new_end);
	pair_near_by(p, prefix, old_end, new_end, same);
	return PORTROLL_OK;
}

/* The items of the old list that are left over, by their key: lists that begin with the first. */
struct left_over {
	struct idset keys; /* to a number for each key */
	uint32_t *heads;   /* by that number */
	uint32_t *next;    /* by item */
};

static bool collect(struct left_over *ret, struct pairing *p, pairing_key_fn *key)
{
	uint32_t key_count = 0;
	for (size_t i = p->old_count; i-- > 0;) {
		buf_clear(&p->key);
		if (p->new_of[i] != PAIRING_NONE || !key(&p->key, p->old, i))
			continue;
		uint32_t id = idset_find(&ret->keys, buf_str(&p->key));
		if (id == IDSET_NONE) {
			id = key_count++;
			ret->heads[id] = PAIRING_NONE;
			struct portroll_str kept = arena_str(p->scratch, buf_str(&p->key));
			if (idset_add(&ret->keys, kept, id) == IDSET_NONE)
				return false;
		}
		ret->next[i] = ret->heads[id];
		ret->heads[id] = (uint32_t)i;
	}
	return !p->key.failed && !p->scratch->failed;
}

int pairing_by_key(struct pairing *p, pairing_key_fn *key)
{
	if (p->old_left == 0 || p->new_left == 0)
		return PORTROLL_OK;
	struct left_over left = {
		.keys = IDSET_INIT(p->scratch),
		.heads = arena_array(p->scratch, p->old_count, sizeof(uint32_t)),
		.next = arena_array(p->scratch, p->old_count, sizeof(uint32_t)),
	};
	if (!left.heads || !left.next || !collect(&left, p, key))
		return PORTROLL_ENOMEM;
	for (size_t j = 0; j < p->new_count && p->old_left; j++) {
		buf_clear(&p->key);
		if (p->old_of[j] != PAIRING_NONE || !key(&p->key, p->new, j))
			continue;
		uint32_t id = idset_find(&left.keys, buf_str(&p->key));
		uint32_t i = id == IDSET_NONE ? PAIRING_NONE : left.heads[id];
		if (i == PAIRING_NONE)
			continue;
		left.heads[id] = left.next[i];
		pairing_add(p, i, j);
	}
	return p->key.failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

void pairing_done(struct pairing *p)
{
	buf_done(&p->key);
}

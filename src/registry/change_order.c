/* SPDX-License-Identifier: MIT */
#include "registry/change_order.h"

static bool is_ordered(bool *ret_stays, const struct pairing *p)
{
	uint32_t last = 0;
	for (size_t j = 0; j < p->new_count; j++) {
		uint32_t i = p->old_of[j];
		ret_stays[j] = i != PAIRING_NONE;
		if (ret_stays[j] && i < last)
			return false;
		last = ret_stays[j] ? i : last;
	}
	return true;
}

/* Chains of rising old positions, by where they end: of each length, the one that ends lowest. */
struct chains {
	const uint32_t *old_of;
	uint32_t *ends;     /* new positions, by length - 1 */
	uint32_t *previous; /* in its chain, by new position */
	size_t longest;
};

static void add(struct chains *c, uint32_t j)
{
	size_t low = 0, high = c->longest;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (c->old_of[c->ends[middle]] < c->old_of[j])
			low = middle + 1;
		else
			high = middle;
	}
	c->previous[j] = low ? c->ends[low - 1] : PAIRING_NONE;
	c->ends[low] = j;
	c->longest += low == c->longest;
}

int change_order(bool *ret_stays, const struct pairing *p)
{
	if (is_ordered(ret_stays, p))
		return PORTROLL_OK;
	struct chains c = {
		.old_of = p->old_of,
		.ends = arena_array(p->scratch, p->new_count, sizeof(uint32_t)),
		.previous = arena_array(p->scratch, p->new_count, sizeof(uint32_t)),
	};
	if (!c.ends || !c.previous)
		return PORTROLL_ENOMEM;
	for (size_t j = 0; j < p->new_count; j++) {
		ret_stays[j] = false;
		if (p->old_of[j] != PAIRING_NONE)
			add(&c, (uint32_t)j);
	}
	for (uint32_t j = c.ends[c.longest - 1]; j != PAIRING_NONE; j = c.previous[j])
		ret_stays[j] = true;
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */
#pragma once

/* Taking back what was done to one ordered list: records, people or footnotes. */

#include "base/arena.h"
#include "registry/change.h"

#define REVERT_NONE UINT32_MAX

/* Items of a list of a registry. */
struct revert_items {
	const void *const *items;
	size_t count;
};

struct revert_list {
	struct revert_items before, after, present;
	const struct change_list *change; /* what made `after` of `before` */
	const uint32_t *present_of;       /* of each item of `after`; REVERT_NONE: it is gone */
	const uint32_t *new_of; /* of each present item, of `after`; REVERT_NONE: it is new */
	bool (*equal)(const void *a, const void *b);
	bool (*same_key)(const void *a, const void *b);
	/* Tells that an item was changed since. */
	void (*conflict)(void *context, const void *item);
	void *context;
};

/* The items without the change, in the arena: *ret_items. PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int revert_list(const void ***ret_items, size_t *ret_count,
				    const struct revert_list *list, struct arena *a);

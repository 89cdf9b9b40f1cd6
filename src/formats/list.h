/* SPDX-License-Identifier: MIT */
#pragma once

/* A growing array for readers: filled item by item, then taken as an array of just that size. One
 * list serves for many arrays, one after the other. */

#include "base/arena.h"

struct list {
	struct arena *arena; /* borrowed */
	size_t item_size;
	void *items;
	size_t count, capacity;
};

#define LIST_INIT(a, type) ((struct list){.arena = (a), .item_size = sizeof(type)})

/* A new zeroed item at the end; NULL when there is no memory (the arena has failed then). */
void *list_add(struct list *l);

/* The items as an array in the arena; the list is empty afterwards. NULL for no items, and when
 * there is no memory (*ret_count is 0 then, and the arena has failed). */
void *list_take(struct list *l, size_t *ret_count);

/* SPDX-License-Identifier: MIT */
#include "formats/list.h"

#include <string.h>

void *list_add(struct list *l)
{
	if (l->count == l->capacity) {
		size_t larger = l->capacity ? l->capacity * 2 : 8;
		void *grown = arena_grow(l->arena, l->items, l->count, larger, l->item_size);
		if (!grown)
			return NULL;
		l->items = grown;
		l->capacity = larger;
	}
	void *item = (char *)l->items + l->count++ * l->item_size;
	return memset(item, 0, l->item_size);
}

void *list_take(struct list *l, size_t *ret_count)
{
	*ret_count = 0;
	if (l->count == 0)
		return NULL;
	void *taken = arena_grow(l->arena, l->items, l->count, l->count, l->item_size);
	if (taken)
		*ret_count = l->count;
	l->count = 0;
	return taken;
}

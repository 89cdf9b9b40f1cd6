/* SPDX-License-Identifier: MIT */
#include "formats/service_bars.h"

#include <stdlib.h>

static int compare_names(const void *a, const void *b)
{
	const struct port_entry *x = *(struct port_entry *const *)a;
	const struct port_entry *y = *(struct port_entry *const *)b;
	int order = str_compare(x->record->name, y->record->name);
	if (order)
		return order;
	return x->position < y->position ? -1 : x->position > y->position;
}

static void bar(struct port_entry *entry, uint16_t first_source[TRANSPORT_COUNT + 1])
{
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!port_entry_has(entry, t))
			continue;
		if (first_source[t] == UINT16_MAX)
			first_source[t] = entry->source;
		if (entry->source > first_source[t])
			entry->barred |= (uint8_t)(1U << t);
	}
}

int service_bars_find(struct port_lines *l)
{
	if (l->registry_count < 2)
		return PORTROLL_OK;
	uint16_t first_source[TRANSPORT_COUNT + 1];
	struct port_entry **by_name = arena_array(&l->arena, l->entry_count, sizeof(*by_name));
	if (!by_name)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < l->entry_count; i++)
		by_name[i] = &l->entries[i];
	qsort(by_name, l->entry_count, sizeof(*by_name), compare_names);
	for (size_t i = 0; i < l->entry_count; i++) {
		bool is_same =
			i > 0 && str_equal(by_name[i - 1]->record->name, by_name[i]->record->name);
		for (uint8_t t = 0; !is_same && t <= TRANSPORT_COUNT; t++)
			first_source[t] = UINT16_MAX;
		bar(by_name[i], first_source);
	}
	return PORTROLL_OK;
}

/* Has the source above the name at this port too? */
static bool is_written_here(const struct port_lines *l, const struct port_entry *barred, uint8_t t)
{
	for (size_t i = 0; i < l->active_count; i++) {
		const struct port_entry *other = l->active[i];
		if (port_entry_has(other, t) && !(other->barred & 1U << t) &&
		    str_equal(other->record->name, barred->record->name))
			return true;
	}
	return false;
}

void service_bars_mark(struct port_lines *l)
{
	for (size_t i = 0; i < l->active_count; i++) {
		struct port_entry *entry = l->active[i];
		for (uint8_t t = PORTROLL_TCP; entry->barred && t <= TRANSPORT_COUNT; t++)
			if (entry->barred & 1U << t && !is_written_here(l, entry, t))
				entry->marks |= ENTRY_ELSEWHERE;
	}
}

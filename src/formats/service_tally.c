/* SPDX-License-Identifier: MIT */
#include "formats/service_tally.h"

#include <stdlib.h>

#define HELD SERVICE_LEFT_COUNT

/* A name as one of the records has it. */
struct use {
	struct portroll_str name;
	uint8_t fate; /* enum service_left, or HELD */
	bool elsewhere;
};

static int compare_uses(const void *a, const void *b)
{
	const struct use *x = a, *y = b;
	return str_compare(x->name, y->name);
}

static uint8_t fate_of(const struct record *r, const struct port_entry *entry)
{
	if (entry)
		return entry->marks & ENTRY_LEFT_OUT ? SERVICE_LEFT_NO_ROOM : HELD;
	if (!r->has_port)
		return SERVICE_LEFT_NO_PORT;
	return r->name.len > SERVICE_NAME_MAX ? SERVICE_LEFT_LONG : SERVICE_LEFT_NO_WORD;
}

/* All uses of names, in no order. */
static size_t take_uses(struct use *uses, struct service_tally *tally, const struct port_lines *l)
{
	size_t count = 0, next = 0;
	uint32_t position = 0;
	for (size_t i = 0; i < l->registry_count; i++) {
		for (size_t at = 0; at < l->registries[i]->record_count; at++, position++) {
			const struct record *r = l->registries[i]->records[at];
			const struct port_entry *entry = NULL;
			if (next < l->entry_count && l->entries[next].position == position)
				entry = &l->entries[next++];
			if (r->name.len == 0)
				tally->nameless++;
			else
				uses[count++] = (struct use){
					.name = r->name,
					.fate = fate_of(r, entry),
					.elsewhere = entry && entry->marks & ENTRY_ELSEWHERE,
				};
		}
	}
	return count;
}

static void count_name(struct service_tally *tally, const struct use *uses, size_t count)
{
	uint8_t fate = 0;
	bool elsewhere = false;
	for (size_t i = 0; i < count; i++) {
		if (uses[i].fate > fate)
			fate = uses[i].fate;
		elsewhere |= uses[i].elsewhere;
	}
	tally->names++;
	tally->elsewhere += elsewhere;
	if (fate == HELD)
		tally->held++;
	else
		tally->left[fate]++;
}

int service_tally_names(struct service_tally *ret, struct port_lines *l)
{
	size_t total = 0, same;
	for (size_t i = 0; i < l->registry_count; i++)
		total += l->registries[i]->record_count;
	struct use *uses = arena_array(&l->arena, total, sizeof(*uses));
	if (!uses)
		return PORTROLL_ENOMEM;
	size_t count = take_uses(uses, ret, l);
	qsort(uses, count, sizeof(*uses), compare_uses);
	for (size_t i = 0; i < count; i += same) {
		same = 1;
		while (i + same < count && str_equal(uses[i + same].name, uses[i].name))
			same++;
		count_name(ret, &uses[i], same);
	}
	return PORTROLL_OK;
}

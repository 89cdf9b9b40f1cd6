/* SPDX-License-Identifier: MIT */
#include "keeper/past_names.h"

#include <stdlib.h>

#include "ledger/changeset.h"
#include "registry/change.h"

struct gathering {
	struct portroll_str source;
	struct arena *arena; /* of the names */
	struct arena work;   /* of one entry */
	struct portroll_str *items;
	size_t count, capacity;
};

static int add(struct gathering *g, struct portroll_str name)
{
	if (g->count == g->capacity) {
		size_t capacity = g->capacity ? 2 * g->capacity : 64;
		struct portroll_str *items =
			arena_grow(g->arena, g->items, g->count, capacity, sizeof(*items));
		if (!items)
			return PORTROLL_ENOMEM;
		g->items = items;
		g->capacity = capacity;
	}
	g->items[g->count++] = arena_str(g->arena, name);
	return g->arena->failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

/* Most entries of a first import have neither: they need not be read. */
static bool takes_away(struct portroll_str entry)
{
	return str_find(entry, STR("\"op\":\"re")) != SIZE_MAX;
}

static int gather(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct gathering *g = context;
	struct changeset about;
	struct operation_list operations = {0};
	if (!takes_away(entry->body))
		return PORTROLL_OK;
	arena_clear(&g->work);
	int r = changeset_read(&about, &operations, entry->body, &g->work, err);
	if (r < 0 || !str_equal(about.source, g->source))
		return r;
	for (size_t i = 0; i < operations.count && r == PORTROLL_OK; i++) {
		const struct operation *o = &operations.items[i];
		bool is_gone = o->op == CHANGE_REPLACE || o->op == CHANGE_REMOVE;
		if (o->subject == SUBJECT_RECORD && is_gone && o->key.record.name.len)
			r = add(g, o->key.record.name);
	}
	return r < 0 ? error_memory(err) : PORTROLL_OK;
}

static int compare(const void *a, const void *b)
{
	return str_compare_fold(*(const struct portroll_str *)a, *(const struct portroll_str *)b);
}

static bool is_among(const struct portroll_str *sorted, size_t count, struct portroll_str name)
{
	return count && bsearch(&name, sorted, count, sizeof(*sorted), compare);
}

/* Those that are left, each once. */
static size_t keep_gone(struct portroll_str *items, size_t count, const struct portroll_str *now,
			size_t now_count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		if (kept && str_equal_fold(items[kept - 1], items[i]))
			continue;
		if (!is_among(now, now_count, items[i]))
			items[kept++] = items[i];
	}
	return kept;
}

int past_names_read(struct past_names *ret, struct published *p, const struct source *source,
		    struct arena *a, struct portroll_error *err)
{
	struct gathering g = {.source = source->name, .arena = a};
	const struct registry *now = source->registry;
	uint64_t size = published_checkpoint(p)->head.size;
	int r = published_each(p, (struct entry_range){0, size}, gather, &g, err);
	arena_done(&g.work);
	if (r < 0)
		return r;
	struct portroll_str *names = arena_array(a, now->record_count, sizeof(*names));
	size_t count = 0;
	if (!names)
		return error_memory(err);
	for (size_t i = 0; i < now->record_count; i++)
		if (now->records[i]->name.len)
			names[count++] = now->records[i]->name;
	if (count)
		qsort(names, count, sizeof(*names), compare);
	if (g.count)
		qsort(g.items, g.count, sizeof(*g.items), compare);
	*ret = (struct past_names){g.items, keep_gone(g.items, g.count, names, count)};
	return PORTROLL_OK;
}

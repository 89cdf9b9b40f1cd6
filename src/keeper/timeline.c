/* SPDX-License-Identifier: MIT */
#include "keeper/timeline.h"

#include "ledger/changeset.h"

struct reading {
	struct timeline *timeline;
	struct arena scratch; /* for one entry */
};

static bool counts(const struct timeline *t, const struct changeset *about, uint64_t number)
{
	if (t->moment.day.year)
		return date_compare(about->effective, t->moment.day) <= 0;
	return number <= t->moment.number;
}

/* The source, added when it is new. NULL when there is no memory. */
static struct selected *find(struct timeline *t, struct portroll_str name)
{
	for (size_t i = 0; i < t->count; i++)
		if (str_equal(t->sources[i].name, name))
			return &t->sources[i];
	if (t->count == t->capacity) {
		size_t larger = t->capacity ? t->capacity * 2 : 8;
		struct selected *sources =
			arena_grow(t->arena, t->sources, t->count, larger, sizeof(*sources));
		if (!sources)
			return NULL;
		t->sources = sources;
		t->capacity = larger;
	}
	struct selected *added = &t->sources[t->count++];
	*added = (struct selected){.name = arena_str(t->arena, name)};
	return added;
}

static void take_order(struct timeline *t, const struct changeset *about)
{
	struct portroll_str *names = arena_array(t->arena, about->source_count, sizeof(*names));
	for (size_t i = 0; names && i < about->source_count; i++)
		names[i] = arena_str(t->arena, about->sources[i]);
	t->order = names;
	t->order_count = about->source_count;
}

static void take_source(struct timeline *t, const struct changeset *about, uint64_t number,
			bool counted)
{
	struct selected *source = find(t, about->source);
	if (!source)
		return;
	if (t->first_day.year == 0 || date_compare(about->effective, t->first_day) < 0)
		t->first_day = about->effective;
	if (t->first == 0)
		t->first = number;
	if (!counted) {
		source->later = source->later ? source->later : number;
		return;
	}
	source->number = number;
	source->later = 0;
	source->is_there = about->has_state;
}

static int take(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct reading *r = context;
	struct timeline *t = r->timeline;
	struct changeset about;
	int code = changeset_read_about(&about, entry->body, &r->scratch, err);
	if (code == PORTROLL_OK && about.part == about.part_count) {
		uint64_t number = entry->index + 1;
		bool counted = counts(t, &about, number);
		if (counted && about.has_sources)
			take_order(t, &about);
		if (about.source.len)
			take_source(t, &about, number, counted);
		if (counted && t->first)
			t->number = number;
	}
	arena_done(&r->scratch);
	if (code == PORTROLL_OK && t->arena->failed)
		code = error_memory(err);
	return code;
}

int timeline_read(struct timeline *ret, struct published *p, const struct moment *moment,
		  struct arena *a, struct portroll_error *err)
{
	*ret = (struct timeline){.arena = a, .moment = *moment};
	struct reading reading = {.timeline = ret, .scratch = ARENA_INIT};
	const struct entry_range all = {0, published_checkpoint(p)->head.size};
	int r = published_each(p, all, take, &reading, err);
	arena_done(&reading.scratch);
	return r;
}

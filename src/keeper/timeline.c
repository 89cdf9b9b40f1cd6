/* SPDX-License-Identifier: MIT */
#include "keeper/timeline.h"

#include "ledger/changeset.h"

struct reading {
	struct timeline *timeline;
	struct arena scratch; /* for one entry */
};

/* A change of a source. Two states that are called alike are the same. */
struct past {
	uint64_t number;
	size_t source;
	uint64_t before, after;    /* states of the source: the change that made them; 0: none */
	struct selected selected;  /* before it, as */
	struct stated_order order; /* the order was */
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

static void take_order(struct timeline *t, const struct changeset *about, uint64_t number,
		       bool counted)
{
	if (!counted) {
		t->order.later = t->order.later ? t->order.later : number;
		return;
	}
	struct portroll_str *names = arena_array(t->arena, about->source_count, sizeof(*names));
	for (size_t i = 0; names && i < about->source_count; i++)
		names[i] = arena_str(t->arena, about->sources[i]);
	t->order = (struct stated_order){names, about->source_count, number, 0};
}

static struct past *add_past(struct timeline *t, size_t source, uint64_t number)
{
	if (t->past_count == t->past_capacity) {
		size_t larger = t->past_capacity ? t->past_capacity * 2 : 64;
		struct past *pasts =
			arena_grow(t->arena, t->pasts, t->past_count, larger, sizeof(*pasts));
		if (!pasts)
			return NULL;
		t->pasts = pasts;
		t->past_capacity = larger;
	}
	struct past *past = &t->pasts[t->past_count++];
	*past = (struct past){.number = number,
			      .source = source,
			      .before = t->sources[source].state,
			      .after = number,
			      .selected = t->sources[source],
			      .order = t->order};
	return past;
}

/* The change that this one takes back, with nothing of the source between them that stands. */
static const struct past *find_taken_back(const struct timeline *t, const struct past *revert,
					  uint64_t number)
{
	size_t low = 0, high = t->past_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (t->pasts[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	const struct past *found = &t->pasts[low];
	bool fits = number && low < t->past_count && found->number == number && found != revert &&
		    found->source == revert->source && found->after == revert->before;
	return fits ? found : NULL;
}

/* As if neither of the two had been made. */
static void pass_over(struct timeline *t, struct selected *source, const struct past *back)
{
	if (source->number != back->selected.number)
		source->later = back->selected.later ? back->selected.later : back->number;
	source->number = back->selected.number;
	source->is_there = back->selected.is_there;
	if (t->order.number == back->number) {
		t->order = back->order;
		t->order.later = t->order.later ? t->order.later : back->number;
	}
}

static void take_source(struct timeline *t, const struct changeset *about, uint64_t number,
			bool counted)
{
	struct selected *source = find(t, about->source);
	struct past *past = source ? add_past(t, (size_t)(source - t->sources), number) : NULL;
	if (!past)
		return;
	const struct past *back = find_taken_back(t, past, about->reverts);
	past->after = back ? back->before : number;
	source->state = past->after;
	if (t->first_day.year == 0 || date_compare(about->effective, t->first_day) < 0)
		t->first_day = about->effective;
	if (t->first == 0)
		t->first = number;
	if (counted) {
		source->number = number;
		source->later = 0;
		source->is_there = about->has_state;
		return;
	}
	source->later = source->later ? source->later : number;
	if (back && t->moment.day.year)
		pass_over(t, source, back);
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
		if (about.source.len)
			take_source(t, &about, number, counted);
		else if (counted && t->first)
			t->roll_number = number;
		if (about.has_sources)
			take_order(t, &about, number, counted);
	}
	arena_done(&r->scratch);
	if (code == PORTROLL_OK && t->arena->failed)
		code = error_memory(err);
	return code;
}

static uint64_t last_number(const struct timeline *t)
{
	uint64_t last = t->roll_number > t->order.number ? t->roll_number : t->order.number;
	for (size_t i = 0; i < t->count; i++)
		if (t->sources[i].number > last)
			last = t->sources[i].number;
	return last;
}

int timeline_read(struct timeline *ret, struct published *p, const struct moment *moment,
		  struct arena *a, struct portroll_error *err)
{
	*ret = (struct timeline){.arena = a, .moment = *moment};
	struct reading reading = {.timeline = ret, .scratch = ARENA_INIT};
	const struct entry_range all = {0, published_checkpoint(p)->head.size};
	int r = published_each(p, all, take, &reading, err);
	ret->number = last_number(ret);
	arena_done(&reading.scratch);
	return r;
}

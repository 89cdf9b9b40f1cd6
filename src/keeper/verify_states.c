/* SPDX-License-Identifier: MIT */
#include "keeper/verify_states.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/num.h"
#include "base/path.h"
#include "keeper/replay.h"

#define STATES       "states"
#define SNAPSHOT_MAX ((size_t)1 << 30)

static int add(struct checked_states *s, struct checked_state state)
{
	if (s->count == s->capacity) {
		size_t wanted = s->capacity ? 2 * s->capacity : 16;
		struct checked_state *items =
			arena_grow(&s->k->arena, s->items, s->count, wanted, sizeof(*items));
		if (!items)
			return error_memory(&s->k->err);
		s->items = items;
		s->capacity = wanted;
	}
	s->items[s->count++] = state;
	return PORTROLL_OK;
}

struct listing {
	struct checked_states *states;
	const char *folder;
};

static int add_kept(void *context, const char *name, struct portroll_error *err)
{
	struct listing *l = context;
	struct keeper *k = l->states->k;
	struct checked_state state = {.path = path_join(l->folder, name, &k->arena)};
	if (!state.path)
		return error_memory(err);
	if (num_parse(&state.number, str_from(name), CANONICAL_INTEGER_MAX) == PORTROLL_OK)
		return add(l->states, state);
	struct portroll_str number = str_from(name), day = STR_NONE;
	if (!str_cut(&number, '@', &day) || date_parse(&state.day, day) < 0 ||
	    num_parse(&state.number, number, CANONICAL_INTEGER_MAX) < 0)
		return PORTROLL_OK;
	l->states->day_count++;
	return add(l->states, state);
}

static int read_number(uint64_t *ret, const char *path, struct portroll_error *err)
{
	struct portroll_snapshot *snapshot;
	uint8_t root[SHA256_SIZE];
	int r = portroll_open(&snapshot, path, err);
	if (r < 0)
		return r;
	*ret = snapshot_ledger(snapshot, root);
	portroll_close(snapshot);
	return PORTROLL_OK;
}

/* The checkpoint stands before the snapshot does: who has the lock has waited for both. */
static int add_snapshot(struct checked_states *s, const char *roll, uint64_t size)
{
	CLEANUP(file_close) int lock = -1;
	struct checked_state state = {.path = path_join(roll, ROLL_SNAPSHOT_NAME, &s->k->arena)};
	if (!state.path)
		return error_memory(&s->k->err);
	if (!file_exists(state.path))
		return PORTROLL_OK;
	int r = read_number(&state.number, state.path, &s->k->err);
	if (r == PORTROLL_OK && state.number < size &&
	    file_lock_wait(&lock, roll, NULL) == PORTROLL_OK)
		r = read_number(&state.number, state.path, &s->k->err);
	if (r < 0)
		return r;
	s->has_snapshot = true;
	s->snapshot_number = state.number;
	return add(s, state);
}

static int compare(const void *a, const void *b)
{
	const struct checked_state *one = a, *other = b;
	int days = date_compare(one->day, other->day);
	return days ? days : (one->number > other->number) - (one->number < other->number);
}

int checked_states_find(struct checked_states *ret, struct keeper *k,
			const struct ledger_place *place, uint64_t size)
{
	struct checked_states s = {.k = k};
	struct listing l = {&s, path_join(place->ledger, STATES, &k->arena)};
	if (!l.folder)
		return error_memory(&k->err);
	int r = place->roll ? add_snapshot(&s, place->roll, size) : PORTROLL_OK;
	if (r == PORTROLL_OK)
		r = file_each_name(l.folder, add_kept, &l, &k->err);
	if (r < 0)
		return r;
	if (s.count)
		qsort(s.items, s.count, sizeof(*s.items), compare);
	*ret = s;
	return PORTROLL_OK;
}

static int compare_file(struct keeper *k, const char *path, struct portroll_str compiled)
{
	struct file_bytes file;
	int r = file_map(&file, path, &k->err);
	if (r < 0)
		return r;
	if (!str_equal(file.bytes, compiled))
		r = error_set(&k->err, PORTROLL_ECORRUPT,
			      "%s: is not what the changes of the ledger make", path);
	file_release(&file);
	return r;
}

int checked_states_compare(struct checked_states *s, const struct roll *roll)
{
	CLEANUP(buf_done) struct buf compiled = BUF_INIT(SNAPSHOT_MAX);
	int r = PORTROLL_OK;
	while (r == PORTROLL_OK && s->next < s->count - s->day_count &&
	       s->items[s->next].number <= roll->ledger_size) {
		const struct checked_state *state = &s->items[s->next++];
		if (state->number < roll->ledger_size)
			return error_set(&s->k->err, PORTROLL_ECORRUPT,
					 "%s: there is no change @%llu that it could be of",
					 state->path, (unsigned long long)state->number);
		if (compiled.len == 0)
			r = snapshot_compile(&compiled, roll, &s->k->err);
		if (r == PORTROLL_OK)
			r = compare_file(s->k, state->path, buf_str(&compiled));
	}
	return r;
}

/* What is kept of a day when the ledger was shorter is used by nobody any more. */
static int compare_day(struct checked_states *s, const struct checked_state *state,
		       const struct ledger_place *place, struct published *p)
{
	struct keeper *k = s->k;
	struct timeline t;
	const struct moment moment = {.day = state->day};
	CLEANUP(buf_done) struct buf compiled = BUF_INIT(SNAPSHOT_MAX);
	if (state->number != published_checkpoint(p)->head.size)
		return PORTROLL_OK;
	int r = timeline_read(&t, p, &moment, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = replay(&compiled, place->roll ? place->roll : place->ledger, p, &t, &k->err);
	return r < 0 ? r : compare_file(k, state->path, buf_str(&compiled));
}

int checked_states_compare_days(struct checked_states *s, const struct ledger_place *place,
				struct published *p)
{
	int r = PORTROLL_OK;
	for (; r == PORTROLL_OK && s->next < s->count; s->next++)
		r = compare_day(s, &s->items[s->next], place, p);
	return r;
}

/* SPDX-License-Identifier: MIT */
#include "keeper/replay.h"

#include <string.h>

#include "keeper/states.h"
#include "ledger/fold.h"
#include "snapshot/snapshot.h"

#define SNAPSHOT_MAX ((size_t)1 << 30)

/*
 * All sources are folded together, from a kept state on, up to the last change that counts. A
 * source that has changed again before that is taken out where it is to be: its snapshot is made at
 * that point, and keeps its texts.
 */
struct taken {
	struct buf bytes;
	struct portroll_snapshot *snapshot;
	struct source source;
};

struct replay {
	const struct timeline *timeline;
	struct published *published;
	struct folding *folding;
	struct portroll_snapshot *begin; /* the kept state; NULL: none */
	uint64_t from;                   /* entries that it has */
	struct taken *taken;             /* for each source of the timeline; begun or not */
	struct arena arena;
	struct portroll_error *err;
};

/* Has the source changed again before the last change that counts? */
static bool is_taken_out(const struct timeline *t, size_t i)
{
	const struct selected *s = &t->sources[i];
	return s->is_there && s->later && s->later <= t->number;
}

/* The number after which a fold has gone too far. */
static uint64_t latest_begin(const struct timeline *t)
{
	uint64_t limit = t->number;
	for (size_t i = 0; i < t->count; i++)
		if (is_taken_out(t, i) && t->sources[i].number < limit)
			limit = t->sources[i].number;
	return limit;
}

static int begin_sources(struct replay *r)
{
	struct roll *roll;
	int code = snapshot_read_roll(&roll, r->begin, &r->arena, r->err);
	for (size_t i = 0; code == PORTROLL_OK && i < roll->source_count; i++)
		code = fold_begin_with(r->folding, &roll->sources[i], r->err);
	return code;
}

/* A state that is damaged, or is not what its name says, is passed over. */
static int begin(struct replay *r, const char *folder)
{
	char *path;
	uint8_t root[SHA256_SIZE];
	struct tree tree;
	const uint64_t limit = latest_begin(r->timeline);
	int code = states_best(&path, folder, limit, &r->arena, r->err);
	if (code < 0)
		return code;
	if (!path || portroll_open(&r->begin, path, NULL) < 0)
		return PORTROLL_OK;
	uint64_t own = snapshot_ledger(r->begin, root);
	if (own == 0 || own > limit || !states_agree(r->begin, r->published))
		return PORTROLL_OK;
	r->from = own;
	code = published_tree(&tree, r->published, r->from, r->err);
	if (code == PORTROLL_OK)
		code = begin_sources(r);
	if (code == PORTROLL_OK)
		fold_begin_at(r->folding, &tree);
	return code;
}

static int take_out(struct replay *r, size_t index)
{
	struct taken *taken = &r->taken[index];
	const struct roll *now = fold_roll(r->folding);
	size_t at = roll_find(now, r->timeline->sources[index].name);
	if (at == SIZE_MAX)
		return error_set(r->err, PORTROLL_ECORRUPT, "the ledger has lost source %.*s",
				 PORTROLL_STR_ARG(r->timeline->sources[index].name));
	struct roll only = {.sources = {now->sources[at]}, .source_count = 1};
	taken->bytes = BUF_INIT(SNAPSHOT_MAX);
	int code = snapshot_compile(&taken->bytes, &only, r->err);
	if (code == PORTROLL_OK)
		code = snapshot_open_touched(&taken->snapshot, buf_str(&taken->bytes), r->err);
	if (code < 0)
		return code;
	bool ok = snapshot_source(taken->snapshot, 0, &r->arena, &taken->source);
	taken->source.registry = ok ? snapshot_read(taken->snapshot, 0, &r->arena) : NULL;
	return taken->source.registry ? PORTROLL_OK : error_memory(r->err);
}

static int add(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct replay *r = context;
	int code = fold_add(r->folding, entry->body, err);
	for (size_t i = 0; code == PORTROLL_OK && i < r->timeline->count; i++)
		if (r->timeline->sources[i].number == entry->index + 1 &&
		    is_taken_out(r->timeline, i))
			code = take_out(r, i);
	return code;
}

/* Those that ended where the state begins. */
static int take_out_first(struct replay *r)
{
	int code = PORTROLL_OK;
	for (size_t i = 0; code == PORTROLL_OK && i < r->timeline->count; i++)
		if (r->timeline->sources[i].number <= r->from && is_taken_out(r->timeline, i))
			code = take_out(r, i);
	return code;
}

static int fold(struct replay *r, const char *folder)
{
	struct fold_options options = {.trusts_states = true};
	int code = published_people(&options.people, r->published, r->err);
	if (code < 0)
		return code;
	r->folding = fold_new(&options);
	if (!r->folding)
		return error_memory(r->err);
	code = begin(r, folder);
	if (code == PORTROLL_OK)
		code = take_out_first(r);
	if (code == PORTROLL_OK)
		if (code < 0)
			return code;
	const struct entry_range rest = {r->from, r->timeline->number};
	return published_each(r->published, rest, add, r, r->err);
}

static int put_source(struct roll *roll, const struct replay *r, const struct selected *selected)
{
	size_t index = (size_t)(selected - r->timeline->sources);
	const struct roll *last = fold_roll(r->folding);
	if (!selected->is_there || roll_find(roll, selected->name) != SIZE_MAX)
		return PORTROLL_OK;
	const struct source *source = &r->taken[index].source;
	if (!source->registry) {
		size_t at = roll_find(last, selected->name);
		if (at == SIZE_MAX)
			return error_set(r->err, PORTROLL_ECORRUPT,
					 "the ledger has lost source %.*s",
					 PORTROLL_STR_ARG(selected->name));
		source = &last->sources[at];
	}
	return roll_insert(roll, roll->source_count, source, r->err);
}

/* In the order that was stated last; others after them. */
static int put_together(struct roll *roll, const struct replay *r)
{
	const struct timeline *t = r->timeline;
	int code = PORTROLL_OK;
	for (size_t i = 0; i < t->order.count; i++)
		for (size_t k = 0; k < t->count && code == PORTROLL_OK; k++)
			if (str_equal(t->order.names[i], t->sources[k].name))
				code = put_source(roll, r, &t->sources[k]);
	for (size_t k = 0; k < t->count && code == PORTROLL_OK; k++)
		code = put_source(roll, r, &t->sources[k]);
	return code;
}

/* What is as the ledger was after some entry says so, and can be gone on from. */
static void set_head(struct roll *roll, const struct replay *r)
{
	const struct timeline *t = r->timeline;
	if (t->order.later && t->order.later <= t->number)
		return;
	for (size_t i = 0; i < t->count; i++)
		if (t->sources[i].later && t->sources[i].later <= t->number)
			return;
	const struct tree_head head = tree_head(fold_tree(r->folding));
	roll->ledger_size = head.size;
	memcpy(roll->ledger_root, head.root.bytes, SHA256_SIZE);
}

int replay(struct buf *out, const char *folder, struct published *p, const struct timeline *t,
	   struct portroll_error *err)
{
	struct replay r = {.timeline = t, .published = p, .arena = ARENA_INIT, .err = err};
	struct roll *roll = roll_new(&r.arena);
	r.taken = arena_array(&r.arena, t->count, sizeof(*r.taken));
	int code = roll && r.taken ? fold(&r, folder) : error_memory(err);
	if (code == PORTROLL_OK)
		code = put_together(roll, &r);
	if (code == PORTROLL_OK) {
		set_head(roll, &r);
		code = snapshot_compile(out, roll, err);
	}
	for (size_t i = 0; r.taken && i < t->count; i++) {
		portroll_close(r.taken[i].snapshot);
		buf_done(&r.taken[i].bytes);
	}
	fold_free(r.folding);
	portroll_close(r.begin);
	arena_done(&r.arena);
	return code;
}

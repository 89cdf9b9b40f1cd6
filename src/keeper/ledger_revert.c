/* SPDX-License-Identifier: MIT */

/* ledger revert: a new change that takes an earlier one back. Nothing is erased. */

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "keeper/held_roll.h"
#include "keeper/ledger_action.h"
#include "keeper/log_history.h"
#include "keeper/place.h"
#include "keeper/revert.h"
#include "keeper/state_at.h"

/* The change that is to be taken back. */
struct reverted {
	struct keeper *k;
	uint64_t number, first; /* its last entry and the one before its first, from 1 */
	uint64_t taken_back_by; /* 0: no change did that */
	struct portroll_str kind, source;
	struct state_at before, after;
};

static int find_subject(void *context, const struct fold_event *e)
{
	struct reverted *s = context;
	if (s->kind.len || e->number < s->number)
		return PORTROLL_OK;
	s->number = e->number;
	s->first = e->first;
	s->kind = arena_str(&s->k->arena, e->about->kind);
	s->source = arena_str(&s->k->arena, e->about->source);
	return s->k->arena.failed ? error_memory(&s->k->err) : PORTROLL_OK;
}

static int read_number(uint64_t *ret, struct keeper *k, const struct log_history *h)
{
	struct portroll_str word = str_from(k->args.operands[0]);
	struct portroll_str digits =
		str_starts(word, STR("@")) ? str_part(word, 1, word.len) : word;
	if (num_parse(ret, digits, UINT64_MAX) < 0 || *ret == 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "'%.40s': a change is called by its number, @45",
				 k->args.operands[0]);
	if (*ret > h->size)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "there is no change @%llu: the last is @%llu",
				 (unsigned long long)*ret, (unsigned long long)h->size);
	return PORTROLL_OK;
}

/* The reverts after the change. */
struct reverts {
	struct arena *arena, scratch;
	struct past_revert {
		uint64_t number, of;
		bool is_taken_back;
	} * items;
	size_t count, capacity;
};

static int take_revert(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct reverts *all = context;
	struct changeset about;
	int r = changeset_read_about(&about, entry->body, &all->scratch, err);
	arena_done(&all->scratch);
	if (r < 0 || about.reverts == 0 || about.part != about.part_count)
		return r;
	if (all->count == all->capacity) {
		size_t larger = all->capacity ? all->capacity * 2 : 16;
		struct past_revert *items =
			arena_grow(all->arena, all->items, all->count, larger, sizeof(*items));
		if (!items)
			return error_memory(err);
		all->items = items;
		all->capacity = larger;
	}
	all->items[all->count++] =
		(struct past_revert){.number = entry->index + 1, .of = about.reverts};
	return PORTROLL_OK;
}

static int compare_number(const void *number, const void *item)
{
	uint64_t wanted = *(const uint64_t *)number;
	const struct past_revert *revert = item;
	return (wanted > revert->number) - (wanted < revert->number);
}

/* The last one that takes the change back and was not taken back itself; 0: none. */
static uint64_t find_revert(struct reverts *all, uint64_t number)
{
	uint64_t found = 0;
	for (size_t i = all->count; i-- > 0;) {
		const struct past_revert *revert = &all->items[i];
		if (revert->is_taken_back)
			continue;
		if (revert->of == number && !found)
			found = revert->number;
		struct past_revert *undone =
			i ? bsearch(&revert->of, all->items, i, sizeof(*undone), compare_number)
			  : NULL;
		if (undone)
			undone->is_taken_back = true;
	}
	return found;
}

static int read_reverts(struct reverted *s, struct log_history *h)
{
	struct reverts all = {.arena = &s->k->arena, .scratch = ARENA_INIT};
	const struct entry_range later = {s->number, h->size};
	int r = published_each(h->published, later, take_revert, &all, &s->k->err);
	arena_done(&all.scratch);
	s->taken_back_by = find_revert(&all, s->number);
	return r;
}

static int read_subject(struct reverted *s)
{
	struct log_history h = {0};
	int r = log_history_open(&h, s->k);
	if (r == PORTROLL_OK)
		r = read_number(&s->number, s->k, &h);
	if (r == PORTROLL_OK)
		r = log_history_each(&h, s->k, s->number, find_subject, s);
	if (r == PORTROLL_OK)
		r = read_reverts(s, &h);
	log_history_close(&h);
	if (r < 0)
		return r;
	if (s->source.len == 0 && !str_equal(s->kind, STR("order")))
		return error_set(&s->k->err, PORTROLL_EINVAL,
				 "@%llu is a change of kind %.*s, which changes no source: it "
				 "cannot be taken back",
				 (unsigned long long)s->number, PORTROLL_STR_ARG(s->kind));
	r = state_at_number(&s->before, s->k, s->first);
	return r == PORTROLL_OK ? state_at_number(&s->after, s->k, s->number) : r;
}

static const struct source *find_source(const struct roll *roll, struct portroll_str name)
{
	size_t at = roll_find(roll, name);
	return at == SIZE_MAX ? NULL : &roll->sources[at];
}

static int fail_with_conflicts(struct reverted *s, const struct revert *r)
{
	struct out *o = &s->k->out;
	out_message(o, "@%llu cannot be taken back: %zu of what it changed was changed since:",
		    (unsigned long long)s->number, r->conflict_count);
	struct portroll_str rest = buf_str(&r->conflicts), line;
	while (rest.len && str_cut(&rest, '\n', &line))
		out_message(o, "  %.*s", PORTROLL_STR_ARG(line));
	return EXIT_ERROR;
}

static bool same_copies(const struct source *a, const struct source *b)
{
	if (a->copy_count != b->copy_count)
		return false;
	for (size_t i = 0; i < a->copy_count; i++)
		if (memcmp(a->copies[i].sha256, b->copies[i].sha256, SHA256_SIZE) != 0)
			return false;
	return true;
}

/* Takes back what was done to a source that was there before and after it. */
static int revert_source(struct reverted *s, struct source *present, const struct source *before,
			 const struct source *after)
{
	struct keeper *k = s->k;
	bool whole = same_copies(present, after);
	struct registry *result;
	struct revert r = {.before = before->registry,
			   .after = after->registry,
			   .present = present->registry,
			   .copy_count = (uint16_t)(whole ? before : present)->copy_count,
			   .conflicts = BUF_INIT(1U << 20)};
	int code = revert_registry(&result, &r, &k->arena);
	if (code < 0)
		(void)error_memory(&k->err);
	else if (!result)
		code = fail_with_conflicts(s, &r);
	buf_done(&r.conflicts);
	if (code != PORTROLL_OK)
		return code;
	present->registry = result;
	if (present->coverage == after->coverage)
		present->coverage = before->coverage;
	if (whole) {
		present->copies = before->copies;
		present->copy_count = before->copy_count;
	}
	return PORTROLL_OK;
}

static int fail_changed_since(struct reverted *s)
{
	return error_set(&s->k->err, PORTROLL_ECONFLICT,
			 "@%llu cannot be taken back: the source %.*s was changed since",
			 (unsigned long long)s->number, PORTROLL_STR_ARG(s->source));
}

/* Takes away a source that the change brought. */
static int revert_new(struct reverted *s, struct roll *roll, const struct source *after)
{
	size_t at = roll_find(roll, s->source);
	if (at == SIZE_MAX)
		return PORTROLL_OK;
	if (!registry_equal(roll->sources[at].registry, after->registry, NULL, NULL))
		return fail_changed_since(s);
	roll_remove(roll, at);
	return PORTROLL_OK;
}

/* Puts a source back that the change took away: where it stood, as far as that can be told. */
static int revert_gone(struct reverted *s, struct roll *roll, const struct source *before)
{
	size_t at = (size_t)(before - s->before.roll->sources);
	if (roll_find(roll, s->source) != SIZE_MAX)
		return fail_changed_since(s);
	return roll_insert(roll, at < roll->source_count ? at : roll->source_count, before,
			   &s->k->err);
}

static bool same_order(const struct roll *a, const struct roll *b)
{
	if (a->source_count != b->source_count)
		return false;
	for (size_t i = 0; i < a->source_count; i++)
		if (!str_equal(a->sources[i].name, b->sources[i].name))
			return false;
	return true;
}

/* An order that was changed, and not again since. */
static int revert_order(struct reverted *s, struct roll *roll)
{
	const struct roll *before = s->before.roll, *after = s->after.roll;
	if (before->source_count != after->source_count || same_order(before, after))
		return PORTROLL_OK;
	if (!same_order(roll, after))
		return error_set(&s->k->err, PORTROLL_ECONFLICT,
				 "@%llu cannot be taken back: the order of the sources was changed "
				 "since",
				 (unsigned long long)s->number);
	for (size_t i = 0; i < before->source_count; i++)
		roll_move(roll, roll_find(roll, before->sources[i].name), i);
	return PORTROLL_OK;
}

static int revert_in(struct reverted *s, struct roll *roll)
{
	const struct source *before = find_source(s->before.roll, s->source);
	const struct source *after = find_source(s->after.roll, s->source);
	size_t at = roll_find(roll, s->source);
	if (!before && !after)
		return revert_order(s, roll);
	if (!before)
		return revert_new(s, roll, after);
	if (!after)
		return revert_gone(s, roll, before);
	if (at == SIZE_MAX)
		return fail_changed_since(s);
	int r = revert_source(s, &roll->sources[at], before, after);
	return r == PORTROLL_OK ? revert_order(s, roll) : r;
}

static void tell(struct reverted *s, const struct roll *roll, bool was_changed)
{
	struct out *o = &s->k->out;
	size_t at = roll_find(roll, s->source);
	if (s->k->out.quiet)
		return;
	if (!was_changed) {
		out_message(o, "@%llu is taken back already: nothing of it is left",
			    (unsigned long long)s->number);
		return;
	}
	buf_printf(&o->buf, "@%llu, %.*s", (unsigned long long)s->number,
		   PORTROLL_STR_ARG(s->kind));
	buf_puts(&o->buf, s->source.len ? " of " : "");
	out_text(o, s->source, false);
	buf_puts(&o->buf, ", is taken back by a new change; portroll log --count 1 tells what that "
			  "means\n");
	if (at != SIZE_MAX && roll->sources[at].kind == SOURCE_MIRRORED)
		out_message(o,
			    "%.*s is a mirror: the next copy of it that is imported brings back "
			    "what it still has",
			    PORTROLL_STR_ARG(s->source));
}

static int say_taken_back(const struct reverted *s)
{
	if (!s->k->out.quiet)
		out_message(&s->k->out, "@%llu is taken back already by @%llu",
			    (unsigned long long)s->number, (unsigned long long)s->taken_back_by);
	return EXIT_NO;
}

static int commit(struct reverted *s, struct held_roll *held)
{
	struct keeper *k = s->k;
	struct roll *roll;
	if (s->taken_back_by)
		return say_taken_back(s);
	int r = held_roll_read(&roll, held, s->source, &k->arena);
	if (r == PORTROLL_OK)
		r = revert_in(s, roll);
	if (r != PORTROLL_OK)
		return r;
	struct changeset about = keeper_change(k, STR("revert"));
	about.reverts = s->number;
	r = held_roll_commit(held, roll, &about);
	if (r >= 0)
		tell(s, roll, r > 0);
	return r < 0 ? r : r > 0 ? EXIT_YES : EXIT_NO;
}

int action_revert(struct keeper *k)
{
	struct reverted s = {.k = k};
	struct held_roll held = HELD_ROLL_INIT;
	if (!keeper_has(k, OPTION_REASON))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "ledger revert needs --reason TEXT: it stays in the ledger");
	int r = held_roll_open(&held, k);
	if (r == PORTROLL_OK)
		r = read_subject(&s);
	if (r == PORTROLL_OK)
		r = commit(&s, &held);
	held_roll_close(&held);
	state_at_close(&s.before);
	state_at_close(&s.after);
	return r;
}

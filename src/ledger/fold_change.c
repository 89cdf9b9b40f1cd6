/* SPDX-License-Identifier: MIT */
#include "ledger/folding.h"

#include <inttypes.h>

#include "ledger/fold_registry.h"

/* A source before and after the change. */
struct step {
	struct held *held; /* NULL: a change of the roll */
	bool is_new, is_gone;
	struct source before, after;
	struct source_state state;
	struct registry_change change;
};

static size_t operation_count(const struct folding *f)
{
	size_t count = 0;
	for (size_t i = 0; i < f->part_count; i++)
		count += f->parts[i].count;
	return count;
}

static bool names(const struct changeset *about, struct portroll_str name)
{
	size_t i = 0;
	while (i < about->source_count && !str_equal(about->sources[i], name))
		i++;
	return i < about->source_count;
}

/* Puts the sources in the order that the change states: all that are there, each once, but for the
 * one that it removes, and with the one that it brings. */
static int arrange(struct held **ret_order, const struct folding *f, const struct step *step,
		   struct portroll_error *err)
{
	const struct changeset *about = &f->about;
	size_t expected = f->roll.source_count + step->is_new - step->is_gone;
	bool holds = about->source_count == expected && expected <= ROLL_SOURCE_MAX;
	for (size_t i = 0; holds && i < about->source_count; i++) {
		struct portroll_str name = about->sources[i];
		size_t at = roll_find(&f->roll, name);
		bool is_new = step->is_new && str_equal(name, about->source);
		ret_order[i] = is_new ? step->held : at == SIZE_MAX ? NULL : f->order[at];
		for (size_t k = 0; k < i; k++)
			holds = holds && ret_order[k] != ret_order[i];
		holds = holds && ret_order[i];
	}
	if (!holds)
		return error_set(err, PORTROLL_ECORRUPT,
				 "the sources that it names are not those that are there");
	return PORTROLL_OK;
}

/* Which source it is, and whether it comes, stays or goes. */
static int find_source(struct step *ret, struct folding *f, struct portroll_error *err)
{
	const struct changeset *about = &f->about;
	const char *wrong = NULL;
	size_t at = roll_find(&f->roll, about->source);
	if (about->source.len == 0)
		return PORTROLL_OK;
	ret->is_new = at == SIZE_MAX;
	ret->is_gone = about->has_sources && !names(about, about->source);
	ret->held = ret->is_new ? folding_free(f) : f->order[at];
	if (ret->is_new && !source_name_ok(about->source))
		wrong = "which is no name of a source";
	else if (ret->is_new && ret->is_gone)
		wrong = "which is not there";
	else if (ret->is_new && (!about->has_sources || !about->has_kind || !about->has_coverage))
		wrong = "which is new, without its place among the sources, kind and coverage";
	else if (ret->is_new && !ret->held)
		wrong = "which is one more than a roll may have";
	else if (ret->is_gone && (operation_count(f) || about->has_state || about->has_kind ||
				  about->has_coverage || about->has_copies))
		wrong = "which it removes, and changes it too";
	else if (!ret->is_gone && !about->has_state && (ret->is_new || operation_count(f)))
		wrong = "and does not say what state it makes of it";
	if (wrong)
		return error_set(err, PORTROLL_ECORRUPT, "it is of the source %.*s, %s",
				 PORTROLL_STR_ARG(about->source), wrong);
	return PORTROLL_OK;
}

static struct source source_after(const struct step *step, const struct changeset *about)
{
	struct source after = step->before;
	if (step->is_new)
		after.name = about->source;
	if (about->has_kind)
		after.kind = about->source_kind;
	if (about->has_coverage)
		after.coverage = about->coverage;
	if (about->has_copies) {
		after.copies = about->copies;
		after.copy_count = about->copy_count;
	}
	return after;
}

/* Does each record name a copy that is there? Those that were there before still do, unless the
 * copies are others. */
static int check_copies(const struct step *step, bool are_others, struct portroll_error *err)
{
	const struct registry *reg = step->after.registry;
	const struct change_list *changes = &step->change.records;
	size_t count = are_others ? reg->record_count : changes->count;
	size_t copy_count = step->after.copy_count ? step->after.copy_count : 1;
	for (size_t i = 0; i < count; i++) {
		size_t at = are_others ? i : changes->items[i].new;
		if (at != CHANGE_NONE && reg->records[at]->copy >= copy_count)
			return error_set(err, PORTROLL_ECORRUPT,
					 "a record is from copy %u, and there are %zu",
					 reg->records[at]->copy, step->after.copy_count);
	}
	return PORTROLL_OK;
}

static int check_state(struct step *step, const struct folding *f, const struct tree_hash *people,
		       struct portroll_error *err)
{
	struct arena *lists = &step->held->lists[!step->held->current];
	const struct registry *reg = step->after.registry;
	const struct source_step after = {reg, people, &step->change};
	int r = step->is_new
			? source_state_of(&step->state, reg, people, lists, err)
			: source_state_after(&step->state, &step->held->state, &after, lists, err);
	if (r == PORTROLL_OK && f->about.has_state &&
	    !tree_hash_equal(&step->state.root, &f->about.state))
		return error_set(err, PORTROLL_ECORRUPT,
				 "the source %.*s is not in the state that it says after it",
				 PORTROLL_STR_ARG(f->about.source));
	return r == PORTROLL_EINVAL ? PORTROLL_ECORRUPT : r;
}

static int change_source(struct step *step, struct folding *f, struct portroll_error *err)
{
	static const struct registry nothing = {0};
	static const struct tree_hash nobody = {0};
	struct arena *lists = &step->held->lists[!step->held->current];
	bool trusts = f->options.trusts_states;
	uint64_t number = f->tree.size;
	struct fold_registry work = {
		.old = step->is_new ? &nothing : step->before.registry,
		.old_people = trusts         ? NULL
			      : step->is_new ? &nobody
					     : step->held->state.people,
		.parts = f->parts,
		.part_count = f->part_count,
		.contents = f->options.people,
		.trusts_contents = trusts,
		.number = number <= UINT32_MAX ? (uint32_t)number : 0,
		.texts = &f->texts,
		.lists = lists,
		.scratch = &f->scratch,
	};
	arena_clear(lists);
	int r = fold_registry_apply(&work, err);
	if (r < 0)
		return r;
	step->after = source_after(step, &f->about);
	step->after.registry = work.new;
	step->change = work.change;
	r = check_copies(step, f->about.has_copies, err);
	if (r == PORTROLL_OK && !trusts)
		r = check_state(step, f, work.new_people, err);
	return r;
}

static int check_about(const struct folding *f, struct portroll_error *err)
{
	const struct changeset *about = &f->about;
	if (about->reverts > f->first)
		return error_set(err, PORTROLL_ECORRUPT,
				 "it reverts @%" PRIu64 ", which is not before it", about->reverts);
	if (str_equal(about->kind, STR("key")) && about->vkey.len == 0)
		return error_set(err, PORTROLL_ECORRUPT, "it is of the key, and names none");
	return PORTROLL_OK;
}

/* The sources as they are now, and whoever watches is told. */
static int finish(struct folding *f, const struct step *step, struct held *const *order)
{
	static const struct registry_change nothing = {0};
	size_t source_count = f->roll.source_count;
	if (f->about.has_sources) {
		source_count = f->about.source_count;
		for (size_t i = 0; i < source_count; i++)
			f->order[i] = order[i];
	}
	if (step->held && !step->is_gone) {
		step->held->source = step->after;
		step->held->state = step->state;
		step->held->current = !step->held->current;
	}
	folding_show(f, source_count);
	if (!f->options.watch)
		return PORTROLL_OK;
	bool has_before = step->held && !step->is_new, has_after = step->held && !step->is_gone;
	const struct fold_event event = {
		.about = &f->about,
		.first = f->first,
		.number = f->tree.size,
		.before = has_before ? &step->before : NULL,
		.after = has_after ? &step->after : NULL,
		.change = has_before && has_after ? &step->change : &nothing,
	};
	return f->options.watch(f->options.context, &event);
}

int folding_apply(struct folding *f, struct portroll_error *err)
{
	struct held *order[ROLL_SOURCE_MAX];
	struct step step = {0};
	int r = check_about(f, err);
	if (r == PORTROLL_OK)
		r = find_source(&step, f, err);
	if (r == PORTROLL_OK && f->about.has_sources)
		r = arrange(order, f, &step, err);
	if (r < 0)
		return r;
	if (step.held)
		step.before = step.held->source;
	if (step.held && !step.is_gone)
		r = change_source(&step, f, err);
	if (r == PORTROLL_OK)
		r = finish(f, &step, order);
	if (step.is_gone) {
		arena_done(&step.held->lists[0]);
		arena_done(&step.held->lists[1]);
		*step.held = (struct held){0};
	}
	return r;
}

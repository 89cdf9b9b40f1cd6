/* SPDX-License-Identifier: MIT */
#include "keeper/merge.h"

#include <string.h>

#include "keeper/guard.h"

/* Copies are numbered in 16 bits (struct record). */
#define COPY_MAX UINT16_MAX

static int count(struct diff_counts *ret, const struct registry *old, const struct registry *new,
		 struct portroll_error *err)
{
	CLEANUP(arena_done) struct arena scratch = ARENA_INIT;
	int r = registry_count_changes(ret, old, new, &scratch);
	return r < 0 ? error_memory(err) : PORTROLL_OK;
}

/* A list of copies with one more. */
static int add_copy(struct source *source, const struct copy *copy, struct arena *a,
		    struct portroll_error *err)
{
	if (source->copy_count == COPY_MAX)
		return error_set(err, PORTROLL_ELIMIT, "source %.*s is made of %d copies already",
				 PORTROLL_STR_ARG(source->name), COPY_MAX);
	struct copy *copies = arena_grow(a, source->copies, source->copy_count,
					 source->copy_count + 1, sizeof(*copies));
	if (!copies)
		return error_memory(err);
	copies[source->copy_count] = *copy;
	source->copies = copies;
	source->copy_count++;
	return PORTROLL_OK;
}

static int make(struct roll *roll, const struct merge *merge, struct portroll_error *err)
{
	if (!source_name_ok(merge->source))
		return error_set(err, PORTROLL_EINVAL,
				 "'%.*s' cannot be the name of a source: letters, digits and "
				 "hyphens, at most 32",
				 PORTROLL_STR_ARG(merge->source));
	struct source source = {
		.name = merge->source,
		.kind = SOURCE_MIRRORED,
		.coverage = merge->coverage,
		.registry = merge->registry,
	};
	int r = add_copy(&source, &merge->copy, roll->arena, err);
	return r < 0 ? r : roll_insert(roll, merge->at, &source, err);
}

/* The newest record of a part says nothing of the day the part was taken. */
static int check_overlay(const struct source *source, const struct merge *merge,
			 struct portroll_error *err)
{
	if (merge->force || !merge->date_is_told)
		return PORTROLL_OK;
	return guard_check_partial(source, &merge->copy, err);
}

/* A complete copy that takes the place of a page or of a list of names is no loss. */
static bool is_guarded(const struct source *source, const struct merge *merge)
{
	return !merge->force &&
	       (source->coverage == COVERAGE_COMPLETE || source->coverage == merge->coverage);
}

static size_t find_whole(const struct source *source)
{
	size_t at = 0;
	while (at < source->copy_count && source->copies[at].partial)
		at++;
	return at;
}

/* Is it the file over which the parts of the source were laid? */
static bool is_below_parts(const struct source *source, const struct merge *merge)
{
	size_t at = find_whole(source);
	return !merge->force && source->copy_count > 1 && at < source->copy_count &&
	       source->coverage == merge->coverage &&
	       memcmp(source->copies[at].sha256, merge->copy.sha256, SHA256_SIZE) == 0;
}

static bool is_unchanged(const struct diff_counts *changes)
{
	return !changes->added && !changes->altered && !changes->removed;
}

/* The copy, with the date that is known of the same records when it states none itself. */
static struct copy dated_copy(const struct source *source, const struct merge *merge)
{
	struct copy copy = merge->copy;
	size_t at = find_whole(source);
	if (!merge->date_is_told && at < source->copy_count && source->copies[at].dated.year)
		copy.dated = source->copies[at].dated;
	return copy;
}

/* Is the file there already, with its date? Where it was found now may be another place. */
static bool is_same_copy(const struct copy *present, const struct copy *copy)
{
	return memcmp(present->sha256, copy->sha256, SHA256_SIZE) == 0 &&
	       date_equal(present->dated, copy->dated) && present->partial == copy->partial;
}

/* What was laid over the file stays. */
static int keep_parts(struct source *source, struct diff_counts *ret_changes,
		      const struct merge *merge, struct arena *a, struct portroll_error *err)
{
	const struct copy copy = dated_copy(source, merge);
	*ret_changes = (struct diff_counts){.unchanged = source->registry->record_count};
	if (is_same_copy(&source->copies[find_whole(source)], &copy))
		return PORTROLL_OK;
	struct copy *copies = arena_array(a, source->copy_count, sizeof(*copies));
	if (!copies)
		return error_memory(err);
	memcpy(copies, source->copies, source->copy_count * sizeof(*copies));
	copies[find_whole(source)] = copy;
	source->copies = copies;
	return PORTROLL_OK;
}

static int replace(struct source *source, struct diff_counts *ret_changes,
		   const struct merge *merge, struct arena *a, struct portroll_error *err)
{
	if (is_below_parts(source, merge))
		return keep_parts(source, ret_changes, merge, a, err);
	int r = count(ret_changes, source->registry, merge->registry, err);
	if (r < 0)
		return r;
	struct copy copy = is_unchanged(ret_changes) ? dated_copy(source, merge) : merge->copy;
	if (!merge->force)
		r = guard_check_laid_over(source, &copy, merge->registry, err);
	struct copy judged = copy;
	if (!merge->date_is_told)
		judged.dated = (struct date){0};
	if (r == PORTROLL_OK && is_guarded(source, merge))
		r = guard_check(source, &judged, ret_changes, err);
	if (r < 0)
		return r;
	source->registry = merge->registry;
	source->coverage = merge->coverage;
	if (source->copy_count == 1 && is_same_copy(&source->copies[0], &copy))
		return PORTROLL_OK;
	source->copies = NULL;
	source->copy_count = 0;
	return add_copy(source, &copy, a, err);
}

static int overlay(struct source *source, struct diff_counts *ret_changes,
		   const struct merge *merge, struct arena *a, struct portroll_error *err)
{
	uint16_t number = (uint16_t)source->copy_count;
	int r = check_overlay(source, merge, err);
	if (r == PORTROLL_OK)
		r = add_copy(source, &merge->copy, a, err);
	if (r < 0)
		return r;
	struct registry *whole = registry_overlay(source->registry, merge->registry, number, a);
	if (!whole)
		return error_memory(err);
	r = count(ret_changes, source->registry, whole, err);
	source->registry = whole;
	return r;
}

int merge_into_roll(struct diff_counts *ret_changes, struct roll *roll, const struct merge *merge,
		    struct portroll_error *err)
{
	struct merge m = *merge;
	m.copy.partial = merge->partial;
	size_t at = roll_find(roll, merge->source);
	if (at == SIZE_MAX) {
		*ret_changes = (struct diff_counts){.added = merge->registry->record_count};
		return make(roll, &m, err);
	}
	struct source *source = &roll->sources[at];
	if (source->kind == SOURCE_MANAGED)
		return error_set(err, PORTROLL_ERULE,
				 "source %.*s is changed by decisions only, not by import",
				 PORTROLL_STR_ARG(source->name));
	return merge->partial ? overlay(source, ret_changes, &m, roll->arena, err)
			      : replace(source, ret_changes, &m, roll->arena, err);
}

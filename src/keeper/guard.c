/* SPDX-License-Identifier: MIT */
#include "keeper/guard.h"

#define FEWER_PERCENT   3
#define ALTERED_PERCENT 5

#define HOW_TO_FORCE "; --force imports it all the same"

static bool reaches(size_t part, size_t whole, size_t percent)
{
	return part > 0 && (uint64_t)part * 100 >= (uint64_t)whole * percent;
}

static size_t percent_of(size_t part, size_t whole)
{
	return whole ? (size_t)((uint64_t)part * 100 / whole) : 0;
}

static int check_date(const struct source *present, const struct copy *copy,
		      struct portroll_error *err)
{
	struct date old = source_date(present);
	if (old.year == 0 || copy->dated.year == 0 || date_compare(copy->dated, old) >= 0)
		return PORTROLL_OK;
	char old_text[DATE_TEXT_MAX], new_text[DATE_TEXT_MAX];
	(void)date_format(old_text, old);
	(void)date_format(new_text, copy->dated);
	return error_set(err, PORTROLL_ERULE,
			 "dated %s, before the copy of %s in source %.*s" HOW_TO_FORCE, new_text,
			 old_text, PORTROLL_STR_ARG(present->name));
}

int guard_check(const struct source *present, const struct copy *copy,
		const struct diff_counts *changes, struct portroll_error *err)
{
	size_t old = present->registry->record_count;
	size_t fewer = old > copy->record_count ? old - copy->record_count : 0;
	if (reaches(fewer, old, FEWER_PERCENT))
		return error_set(err, PORTROLL_ERULE,
				 "%u records where source %.*s has %zu (%zu %% fewer): "
				 "perhaps it was cut" HOW_TO_FORCE,
				 copy->record_count, PORTROLL_STR_ARG(present->name), old,
				 percent_of(fewer, old));
	if (reaches(changes->altered, old, ALTERED_PERCENT))
		return error_set(err, PORTROLL_ERULE,
				 "%zu of the %zu records in source %.*s are altered (%zu %%): "
				 "perhaps it is another registry" HOW_TO_FORCE,
				 changes->altered, old, PORTROLL_STR_ARG(present->name),
				 percent_of(changes->altered, old));
	return check_date(present, copy, err);
}

int guard_check_partial(const struct source *present, const struct copy *copy,
			struct portroll_error *err)
{
	for (size_t i = 0; i < present->copy_count; i++)
		if (!present->copies[i].partial)
			return check_date(present, copy, err);
	return PORTROLL_OK;
}

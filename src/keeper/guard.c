/* SPDX-License-Identifier: MIT */
#include "keeper/guard.h"

#define FEWER_PERCENT   3
#define ALTERED_PERCENT 5
#define RECORDS_MIN     20 /* of a small list a few records are many percent */

#define HOW_TO_FORCE "; --force imports it all the same"

static bool reaches(size_t part, size_t whole, size_t percent)
{
	return part >= RECORDS_MIN && (uint64_t)part * 100 >= (uint64_t)whole * percent;
}

static size_t percent_of(size_t part, size_t whole)
{
	return whole ? (size_t)((uint64_t)part * 100 / whole) : 0;
}

int guard_check_date(const struct source *present, const struct copy *copy,
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
	return guard_check_date(present, copy, err);
}

static void put_part(struct buf *out, bool is_there, bool stays, const char *what)
{
	if (!is_there || stays)
		return;
	buf_puts(out, ", ");
	buf_puts(out, what);
}

/* The newest part, and what of the header came with the parts. */
static void put_laid_over(struct buf *out, const struct source *present, const struct copy *newest,
			  const struct registry *reg)
{
	const struct header *old = &present->registry->header, *new = &reg->header;
	char dated[DATE_TEXT_MAX];
	(void)date_format(dated, newest->dated);
	buf_printf(out, "the copy of %s that lies over source ", dated);
	buf_put(out, present->name);
	buf_puts(out, " (");
	buf_put_grouped(out, newest->record_count);
	buf_puts(out, newest->record_count == 1 ? " record" : " records");
	put_part(out, old->title.len, new->title.len, "title");
	put_part(out, old->expert.len, new->expert.len, "experts");
	put_part(out, old->note_count, new->note_count, "notes");
	buf_putc(out, ')');
}

int guard_check_laid_over(const struct source *present, const struct copy *copy,
			  const struct registry *reg, struct portroll_error *err)
{
	const struct copy *newest = NULL;
	for (size_t i = 0; i < present->copy_count; i++) {
		const struct copy *part = &present->copies[i];
		if (part->partial && date_compare(part->dated, copy->dated) > 0 &&
		    (!newest || date_compare(part->dated, newest->dated) > 0))
			newest = part;
	}
	if (!newest)
		return PORTROLL_OK;
	CLEANUP(buf_done) struct buf what = BUF_INIT(512);
	char dated[DATE_TEXT_MAX];
	put_laid_over(&what, present, newest, reg);
	if (what.failed)
		return error_memory(err);
	bool is_dated = date_format(dated, copy->dated) > 0;
	return error_set(err, PORTROLL_ERULE, "%s%s: it would take away %.*s" HOW_TO_FORCE,
			 is_dated ? "dated " : "", is_dated ? dated : "of no known date",
			 PORTROLL_STR_ARG(buf_str(&what)));
}

int guard_check_partial(const struct source *present, const struct copy *copy,
			struct portroll_error *err)
{
	for (size_t i = 0; i < present->copy_count; i++)
		if (!present->copies[i].partial)
			return guard_check_date(present, copy, err);
	return PORTROLL_OK;
}

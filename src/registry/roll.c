/* SPDX-License-Identifier: MIT */
#include "registry/roll.h"

#include <string.h>

#define SOURCE_NAME_MAX 32

const char *const coverage_names[] = {
	[COVERAGE_COMPLETE] = "complete",
	[COVERAGE_PARTIAL] = "partial",
	[COVERAGE_NAMES] = "names only",
};

bool copy_equal(const struct copy *a, const struct copy *b)
{
	return str_equal(a->origin, b->origin) && str_equal(a->format, b->format) &&
	       str_equal(a->etag, b->etag) && str_equal(a->licence, b->licence) &&
	       date_equal(a->dated, b->dated) && a->partial == b->partial &&
	       memcmp(a->sha256, b->sha256, SHA256_SIZE) == 0 && a->record_count == b->record_count;
}

struct roll *roll_new(struct arena *a)
{
	struct roll *roll = arena_alloc(a, sizeof(*roll));
	if (roll)
		roll->arena = a;
	return roll;
}

size_t roll_find(const struct roll *roll, struct portroll_str name)
{
	for (size_t i = 0; i < roll->source_count; i++)
		if (str_equal(roll->sources[i].name, name))
			return i;
	return SIZE_MAX;
}

static void open_gap(struct roll *roll, size_t at)
{
	memmove(&roll->sources[at + 1], &roll->sources[at],
		(roll->source_count - at) * sizeof(roll->sources[0]));
	roll->source_count++;
}

int roll_insert(struct roll *roll, size_t at, const struct source *source,
		struct portroll_error *err)
{
	if (roll_find(roll, source->name) != SIZE_MAX)
		return error_set(err, PORTROLL_ECONFLICT, "there is a source '%.*s' already",
				 PORTROLL_STR_ARG(source->name));
	if (roll->source_count == ROLL_SOURCE_MAX)
		return error_set(err, PORTROLL_ELIMIT, "a roll has at most %d sources",
				 ROLL_SOURCE_MAX);
	open_gap(roll, at);
	roll->sources[at] = *source;
	return PORTROLL_OK;
}

void roll_remove(struct roll *roll, size_t at)
{
	roll->source_count--;
	memmove(&roll->sources[at], &roll->sources[at + 1],
		(roll->source_count - at) * sizeof(roll->sources[0]));
}

void roll_move(struct roll *roll, size_t from, size_t to)
{
	struct source moved = roll->sources[from];
	roll_remove(roll, from);
	open_gap(roll, to > from ? to - 1 : to);
	roll->sources[to > from ? to - 1 : to] = moved;
}

bool source_name_ok(struct portroll_str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!is_alpha(name.ptr[i]) && !is_digit(name.ptr[i]) && name.ptr[i] != '-')
			return false;
	return name.len >= 1 && name.len <= SOURCE_NAME_MAX && name.ptr[0] != '-';
}

bool source_is_unaltered_iana(const struct source *source)
{
	return str_equal(source->name, STR("iana")) && source->kind == SOURCE_MIRRORED &&
	       source->coverage == COVERAGE_COMPLETE && source->copy_count == 1 &&
	       !source->copies[0].partial && str_equal(source->copies[0].format, STR("xml"));
}

bool source_has_nmap(const struct source *source)
{
	for (size_t i = 0; i < source->copy_count; i++)
		if (str_equal(source->copies[i].format, STR("nmap")) ||
		    str_find(source->copies[i].licence, STR("NPSL")) != SIZE_MAX)
			return true;
	return false;
}

struct portroll_str copy_origin_shown(const struct copy *copy)
{
	struct portroll_str origin = copy->origin;
	if (str_find(origin, STR("://")) != SIZE_MAX && !str_starts(origin, STR("file:")))
		return origin;
	size_t begin = origin.len;
	while (begin > 0 && origin.ptr[begin - 1] != '/')
		begin--;
	return str_part(origin, begin, origin.len);
}

void source_put_provenance(struct buf *out, const struct source *source)
{
	char dated[DATE_TEXT_MAX];
	buf_puts(out, "source ");
	buf_put(out, source->name);
	for (size_t i = 0; i < source->copy_count; i++) {
		const struct copy *copy = &source->copies[i];
		buf_puts(out, i ? ", " : ": ");
		buf_put(out, copy_origin_shown(copy));
		if (date_format(dated, copy->dated)) {
			buf_puts(out, " of ");
			buf_puts(out, dated);
		}
		if (copy->partial)
			buf_puts(out, " (in part)");
		if (copy->licence.len) {
			buf_puts(out, ", licence: ");
			buf_put(out, copy->licence);
		}
	}
}

/* What is laid over the first copy: how many, their records, the newest of their dates. */
static struct copy sum_of_parts(const struct source *source)
{
	struct copy sum = {0};
	for (size_t i = 1; i < source->copy_count; i++) {
		const struct copy *copy = &source->copies[i];
		sum.record_count += copy->record_count;
		if (date_compare(copy->dated, sum.dated) > 0)
			sum.dated = copy->dated;
	}
	return sum;
}

void source_put_dates(struct buf *out, const struct source *source)
{
	char base[DATE_TEXT_MAX], newest[DATE_TEXT_MAX];
	const struct copy parts = sum_of_parts(source);
	bool base_dated = source->copy_count && date_format(base, source->copies[0].dated);
	bool parts_dated = date_format(newest, parts.dated);
	if (!base_dated && !parts_dated)
		return;
	buf_puts(out, base_dated ? base : "an undated copy");
	if (source->copy_count < 2)
		return;
	buf_puts(out, ", with ");
	buf_put_grouped(out, parts.record_count);
	buf_puts(out, parts.record_count == 1 ? " record of " : " records of ");
	if (source->copy_count == 2) {
		buf_puts(out, parts_dated ? "a copy of " : "an undated copy");
	} else {
		buf_put_grouped(out, source->copy_count - 1);
		buf_puts(out, parts_dated ? " copies up to " : " undated copies");
	}
	buf_puts(out, parts_dated ? newest : "");
	buf_puts(out, " on top");
}

struct date source_date(const struct source *source)
{
	struct date newest = {0};
	for (size_t i = 0; i < source->copy_count; i++) {
		if (!source->copies[i].partial)
			return source->copies[i].dated;
		if (date_compare(source->copies[i].dated, newest) > 0)
			newest = source->copies[i].dated;
	}
	return newest;
}

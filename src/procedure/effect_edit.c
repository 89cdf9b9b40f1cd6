/* SPDX-License-Identifier: MIT */
#include "procedure/effect_edit.h"

#include <string.h>

#include "procedure/effect_people.h"
#include "procedure/effect_place.h"
#include "procedure/effect_text.h"

#define SUMMARY_LEN 2000 /* bytes; what is done beyond is counted */
#define NAME_LEN    80   /* bytes of a name in messages */

/* A list with room for twice as many as an effect ever adds at first. */
static void *list_copy(struct arena *a, const void *items, size_t count, size_t *ret_capacity)
{
	*ret_capacity = count + 64;
	return arena_grow(a, items, count, *ret_capacity, sizeof(void *));
}

int edit_begin(struct editing *ret, const struct effect *e, struct arena *a,
	       struct portroll_error *err)
{
	struct registry *reg = registry_new(a);
	if (!reg)
		return error_memory(err);
	*reg = *e->registry;
	reg->arena = a;
	reg->records = list_copy(a, e->registry->records, reg->record_count, &reg->record_capacity);
	reg->people = list_copy(a, e->registry->people, reg->person_count, &reg->person_capacity);
	if (!reg->records || !reg->people)
		return error_memory(err);
	*ret = (struct editing){
		.effect = e,
		.request = e->request,
		.arena = a,
		.registry = reg,
		.summary = BUF_INIT(EFFECT_TEXT_MAX),
		.err = err,
	};
	return PORTROLL_OK;
}

int edit_end(struct effect_result *ret, struct editing *ed)
{
	ed->registry->header.updated = ed->effect->today;
	people_let_go(ed);
	if (ed->unsaid)
		buf_printf(&ed->summary, "; and %zu more", ed->unsaid);
	struct portroll_str summary = text_keep(&ed->summary, ed->arena);
	if (ed->arena->failed)
		return error_memory(ed->err);
	ret->registry = ed->registry;
	ret->summary = summary;
	return PORTROLL_OK;
}

/* Opens a gap in a list of pointers; false without memory. */
static bool open_gap(struct arena *a, void *list, size_t *count, size_t *capacity, size_t index)
{
	const void ***items = list;
	if (*count == *capacity) {
		size_t larger = *capacity * 2;
		void *grown = arena_grow(a, *items, *count, larger, sizeof(void *));
		if (!grown)
			return false;
		*items = grown;
		*capacity = larger;
	}
	memmove(*items + index + 1, *items + index, (*count - index) * sizeof(void *));
	(*count)++;
	return true;
}

static const struct record *keep_record(struct editing *ed, const struct record *r)
{
	struct record *copy = arena_alloc(ed->arena, sizeof(*copy));
	if (copy) {
		*copy = *r;
		copy->change = 0;
	}
	return copy;
}

void edit_replace(struct editing *ed, size_t index, const struct record *r)
{
	const struct record *copy = keep_record(ed, r);
	if (copy)
		ed->registry->records[index] = copy;
}

void edit_insert(struct editing *ed, size_t index, const struct record *r)
{
	struct registry *reg = ed->registry;
	const struct record *copy = keep_record(ed, r);
	if (copy &&
	    open_gap(ed->arena, &reg->records, &reg->record_count, &reg->record_capacity, index))
		reg->records[index] = copy;
}

void edit_remove(struct editing *ed, size_t index)
{
	struct registry *reg = ed->registry;
	reg->record_count--;
	memmove(reg->records + index, reg->records + index + 1,
		(reg->record_count - index) * sizeof(void *));
}

size_t edit_add(struct editing *ed, const struct record *r)
{
	size_t index = place_of_record(ed->registry, r);
	edit_insert(ed, index, r);
	return index;
}

static const struct person *keep_person(struct editing *ed, const struct person *p)
{
	struct person *copy = arena_alloc(ed->arena, sizeof(*copy));
	if (copy)
		*copy = *p;
	return copy;
}

void edit_replace_person(struct editing *ed, size_t index, const struct person *p)
{
	const struct person *copy = keep_person(ed, p);
	if (copy)
		ed->registry->people[index] = copy;
}

void edit_add_person(struct editing *ed, const struct person *p)
{
	struct registry *reg = ed->registry;
	size_t index = place_of_person(reg, p);
	const struct person *copy = keep_person(ed, p);
	if (copy &&
	    open_gap(ed->arena, &reg->people, &reg->person_count, &reg->person_capacity, index))
		reg->people[index] = copy;
}

static void put_words(struct buf *out, const struct record *r)
{
	const char *gap = "";
	if (r->name.len) {
		buf_put(out, str_part(r->name, 0, NAME_LEN));
		gap = " ";
	}
	if (r->has_port) {
		char digits[RANGE_TEXT_MAX];
		range_format(digits, r->port);
		buf_puts(out, gap);
		buf_puts(out, digits);
		gap = "";
	}
	if (r->transport != PORTROLL_ANY) {
		buf_puts(out, r->has_port ? "/" : gap);
		buf_put(out, transport_name(r->transport));
	}
}

/* The verb of one more part; false where it is only counted. */
static bool begin_part(struct editing *ed, const char *verb)
{
	if (ed->summary.len > SUMMARY_LEN) {
		ed->unsaid++;
		return false;
	}
	if (ed->summary.len)
		buf_puts(&ed->summary, "; ");
	buf_puts(&ed->summary, verb);
	buf_putc(&ed->summary, ' ');
	return true;
}

void edit_say(struct editing *ed, const char *verb, const struct record *r)
{
	if (begin_part(ed, verb))
		put_words(&ed->summary, r);
}

void edit_say_to(struct editing *ed, struct portroll_str what)
{
	if (ed->unsaid == 0)
		buf_printf(&ed->summary, " to %.*s", PORTROLL_STR_ARG(str_part(what, 0, NAME_LEN)));
}

void edit_say_person(struct editing *ed, const char *verb, const struct person *p)
{
	if (begin_part(ed, verb))
		buf_put(&ed->summary, str_part(p->id, 0, NAME_LEN));
}

struct portroll_str edit_words(struct editing *ed, const struct record *r)
{
	struct buf words = BUF_INIT(EFFECT_TEXT_MAX);
	put_words(&words, r);
	struct portroll_str kept = text_keep(&words, ed->arena);
	return kept;
}

int edit_conflict(struct editing *ed, const struct record *r, const char *why)
{
	return error_set(ed->err, PORTROLL_ECONFLICT, "%.*s %s",
			 PORTROLL_STR_ARG(edit_words(ed, r)), why);
}

struct portroll_str edit_field(const struct editing *ed, enum document_field field)
{
	const struct document *d = ed->request->document;
	return d ? str_trim(d->values[field]) : STR("");
}

int edit_subject(struct record_set *ret, struct editing *ed)
{
	size_t count = effect_subject(ed->registry, ed->request, NULL, 0);
	if (count == 0)
		return error_set(ed->err, PORTROLL_ECONFLICT,
				 "no record of '%.*s' is as the request has it",
				 PORTROLL_STR_ARG(ed->request->name));
	ret->indexes = arena_array(ed->arena, count, sizeof(*ret->indexes));
	if (!ret->indexes)
		return error_memory(ed->err);
	ret->count = effect_subject(ed->registry, ed->request, ret->indexes, count);
	return PORTROLL_OK;
}

int edit_records(struct record_list *ret, struct editing *ed, const struct record_set *set)
{
	ret->items = arena_array(ed->arena, set->count, sizeof(*ret->items));
	if (!ret->items)
		return error_memory(ed->err);
	ret->count = set->count;
	for (size_t i = 0; i < set->count; i++)
		ret->items[i] = ed->registry->records[set->indexes[i]];
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */
#include "cli/reader.h"

#include "cli/records.h"
#include "cli/words.h"
#include "terminal/fold.h"

#define LABEL_COLUMN       15
#define SUGGESTION_MAX     5
#define SUGGESTION_LETTERS 3

static void put_line(struct out *o, const char *label, struct portroll_str text)
{
	if (text.len == 0)
		return;
	size_t len = str_from(label).len;
	buf_puts(&o->buf, "  ");
	out_colour(o, COLOUR_FAINT);
	buf_puts(&o->buf, label);
	out_colour(o, COLOUR_NONE);
	buf_fill(&o->buf, ' ', LABEL_COLUMN - 2 - len);
	out_folded(o, text, (struct fold){.column = LABEL_COLUMN, .indent = LABEL_COLUMN});
}

/* As IANA writes it, & for @: so that no harvester reads it as an address. */
static struct portroll_str without_scheme(struct portroll_str uri)
{
	struct portroll_str scheme = STR("mailto:");
	return str_starts(uri, scheme) ? str_part(uri, scheme.len, uri.len) : uri;
}

static void put_card(const struct reader *r, uint32_t index, size_t source)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct out *o = r->out;
	struct person person;
	char updated[DATE_TEXT_MAX];
	if (!snapshot_person(r->snapshot, index, &arena, &person))
		return;
	out_colour(o, COLOUR_NAME);
	out_text(o, person.id, false);
	out_colour(o, COLOUR_NONE);
	buf_puts(&o->buf, " in ");
	put_source(&o->buf, r, source, COPY_NONE);
	buf_putc(&o->buf, '\n');
	put_line(o, "name", person.name);
	put_line(o, "organization", person.org);
	for (size_t i = 0; i < person.uri_count; i++)
		put_line(o, "contact", without_scheme(person.uris[i]));
	put_line(o, "updated",
		 (struct portroll_str){updated, date_format(updated, person.updated)});
	buf_putc(&o->buf, '\n');
}

/* The label [ID] or the id. */
static struct portroll_str bare_id(struct portroll_str text)
{
	bool in_brackets = text.len > 2 && text.ptr[0] == '[' && text.ptr[text.len - 1] == ']';
	return in_brackets ? str_part(text, 1, text.len - 1) : text;
}

static uint32_t find_person(const struct reader *r, struct portroll_str id, size_t *source)
{
	for (size_t i = 0; i < r->source_count; i++) {
		if (*source != SOURCE_ANY && *source != i)
			continue;
		uint32_t found = snapshot_find_person(r->snapshot, i, id);
		if (found == UINT32_MAX)
			continue;
		*source = i;
		return found;
	}
	return UINT32_MAX;
}

/* Is the text a part of the id or of the name? */
static bool is_like(const struct person *person, struct portroll_str text)
{
	return str_find_fold(person->id, text) != SIZE_MAX ||
	       str_find_fold(person->name, text) != SIZE_MAX;
}

/* A few ids, never a list of people: the id in another case, else those that are like it. */
static void put_suggestions(struct buf *ret, const struct reader *r, struct portroll_str id)
{
	size_t count = 0;
	for (size_t pass = 0; pass < 2 && id.len >= SUGGESTION_LETTERS; pass++) {
		for (size_t i = 0; i < r->source_count; i++) {
			struct record_span span = snapshot_source_people(r->snapshot, i);
			for (uint32_t k = 0; k < span.count && count < SUGGESTION_MAX; k++) {
				CLEANUP(arena_done) struct arena arena = ARENA_INIT;
				struct person person;
				if (!snapshot_person(r->snapshot, span.first + k, &arena, &person))
					continue;
				bool same = str_equal_fold(person.id, id);
				if (pass == 0 ? !same : same || !is_like(&person, id))
					continue;
				buf_puts(ret, count++ == 0 ? "; did you mean " : ", ");
				buf_put(ret, person.id);
			}
		}
	}
	buf_puts(ret, count > 0 ? "?" : "");
}

static int say_missing(const struct reader *r, struct portroll_str id)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64U << 10);
	buf_printf(&text, "no person or organisation has the id '%.*s'", PORTROLL_STR_ARG(id));
	put_suggestions(&text, r, id);
	out_message(r->out, "%.*s", PORTROLL_STR_ARG(buf_str(&text)));
	return EXIT_NO;
}

int cmd_person(struct reader *r)
{
	struct portroll_error err = {0};
	struct portroll_str id = bare_id(str_from(r->args->operands[0]));
	size_t source;
	if (reader_source(&source, r, &err) < 0)
		return reader_fail(r, &err);
	uint32_t person = find_person(r, id, &source);
	if (person == UINT32_MAX)
		return say_missing(r, id);
	struct id_array ids;
	int code = snapshot_by_person(&ids, r->snapshot, source, id, r->arena);
	if (code < 0)
		return reader_fail_code(r, code);
	if (!r->args->values[OPTION_JSON])
		put_card(r, person, source);
	struct record_ids records = {ids.ids, ids.count};
	code = records_put(r, "portroll-person/1", person, records, SIZE_MAX);
	return code < 0 ? reader_fail_code(r, code) : (int)EXIT_YES;
}

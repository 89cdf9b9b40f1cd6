/* SPDX-License-Identifier: MIT */
#include "formats/read.h"

#include "base/num.h"
#include "formats/cells.h"
#include "formats/characters.h"
#include "formats/page_reader.h"

#include <stdarg.h>
#include <stdio.h>

/*
 * IANA's page, copied as text: cells stand side by side with a blank between, empty ones are gone.
 * What stands in which column follows from the shape of the cells and from the list of people below
 * the table (data.md section 5). It cannot always be told, so this is the form of last resort.
 */

bool page_probe(struct portroll_str head)
{
	struct portroll_str line, before = STR("");
	while (str_cut(&head, '\n', &line)) {
		if (str_equal(before, STR("Last Updated")))
			return line.len > 0 && is_digit(line.ptr[0]);
		before = str_ends(line, STR("\r")) ? str_part(line, 0, line.len - 1) : line;
	}
	return false;
}

bool page_line(struct page *p, struct portroll_str *ret)
{
	if (p->rest.len == 0 || !str_cut(&p->rest, '\n', ret))
		return false;
	if (str_ends(*ret, STR("\r")))
		ret->len--;
	return true;
}

struct portroll_str page_lines(struct page *p, struct portroll_str lines)
{
	if (str_find_char(lines, '\r') == SIZE_MAX)
		return lines;
	char *text = arena_alloc(p->arena, lines.len);
	size_t len = 0;
	for (size_t i = 0; text && i < lines.len; i++)
		if (lines.ptr[i] != '\r')
			text[len++] = lines.ptr[i];
	return text ? (struct portroll_str){text, len} : STR("");
}

int page_fail(struct page *p, struct portroll_str part, const char *format, ...)
{
	char sentence[sizeof(p->err->text)];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	struct place place = place_of(p->input, (size_t)(part.ptr - p->input.ptr));
	return error_at(p->err, PORTROLL_ESYNTAX, place.line, place.column, "%s", sentence);
}

static void add_text(struct page *p, struct portroll_str text)
{
	struct run *run = text.len ? list_add(&p->runs) : NULL;
	if (run)
		*run = (struct run){.kind = RUN_TEXT, .text = text};
}

struct richtext page_text(struct page *p, struct portroll_str text)
{
	struct portroll_str plain = text;
	struct richtext rich;
	size_t bracket;
	while ((bracket = str_find_char(text, '[')) != SIZE_MAX) {
		text = str_part(text, bracket, text.len);
		struct portroll_str before = str_part(plain, 0, (size_t)(text.ptr - plain.ptr)),
				    label;
		if (!label_cut(&text, &label)) {
			text = str_part(text, 1, text.len);
			continue;
		}
		struct xref x = xref_from_label(p->arena, label);
		if (x.type == XREF_TEXT || x.type == XREF_NOTE)
			continue;
		add_text(p, before);
		struct run *run = list_add(&p->runs);
		struct xref *kept = arena_alloc(p->arena, sizeof(*kept));
		if (run && kept) {
			*kept = x;
			*run = (struct run){.kind = RUN_XREF, .xref = kept};
		}
		plain = text;
	}
	add_text(p, plain);
	rich.runs = list_take(&p->runs, &rich.count);
	return rich;
}

/* Takes lines up to an empty one or the end; the part of the input that they are. */
static struct portroll_str take_block(struct page *p)
{
	struct portroll_str block = {p->rest.ptr, 0}, line;
	while (page_line(p, &line) && str_trim(line).len)
		block.len = (size_t)(line.ptr + line.len - block.ptr);
	return block;
}

static bool skip_empty(struct page *p, struct portroll_str *ret_line)
{
	while (page_line(p, ret_line))
		if (str_trim(*ret_line).len)
			return true;
	return false;
}

/* Takes the id at the beginning of a row of Contact Information. */
static int take_ids(struct page *p, struct portroll_str people)
{
	struct page lines = *p;
	struct portroll_str line, id;
	uint32_t count = 0;
	for (lines.rest = people; page_line(&lines, &line); count++) {
		if (!label_cut(&line, &id))
			return page_fail(p, line,
					 "a row of Contact Information, expected [ID] first");
		uint32_t number = idset_add(&p->people, id, count);
		if (number == IDSET_NONE)
			return error_memory(p->err);
		if (number != count)
			return page_fail(p, id, "person '%.*s' is listed twice", SHOWN(id));
	}
	p->is_contact = arena_array(p->arena, (size_t)count + 1, sizeof(bool));
	return p->is_contact ? PORTROLL_OK : error_memory(p->err);
}

/* The table of people, if there is one; *ret_people are its rows. */
static int find_people(struct page *p, struct portroll_str *ret_people)
{
	struct portroll_str line, before = p->rest;
	*ret_people = STR("");
	if (!skip_empty(p, &line))
		return PORTROLL_OK;
	if (!str_equal(line, STR("Contact Information")) && !str_equal(line, STR("People"))) {
		p->rest = before;
		return PORTROLL_OK;
	}
	if (!skip_empty(p, &line) || !str_starts(line, STR("ID Name ")))
		return page_fail(p, line, "'%.*s', expected ID Name Organization Contact URI ...",
				 SHOWN(line));
	*ret_people = take_block(p);
	return PORTROLL_OK;
}

static int take_footnote(struct page *p, struct portroll_str line, struct list *footnotes)
{
	struct portroll_str label, rest = line;
	uint64_t anchor;
	if (!label_cut(&rest, &label) || num_parse(&anchor, label, UINT32_MAX) < 0 || anchor == 0)
		return page_fail(p, line, "'%.*s', expected a footnote: [N] and its text",
				 SHOWN(line));
	struct portroll_str end = take_block(p);
	size_t len = end.len ? (size_t)(end.ptr + end.len - rest.ptr) : rest.len;
	struct footnote *footnote = list_add(footnotes);
	if (!footnote)
		return error_memory(p->err);
	footnote->anchor = (uint32_t)anchor;
	footnote->text =
		page_text(p, page_lines(p, str_trim((struct portroll_str){rest.ptr, len})));
	return PORTROLL_OK;
}

static int take_footnotes(struct page *p)
{
	struct list footnotes = LIST_INIT(p->arena, struct footnote);
	struct portroll_str line;
	bool any = skip_empty(p, &line) && str_starts(line, STR("Footnote"));
	while (any && skip_empty(p, &line) && str_starts(line, STR("["))) {
		int r = take_footnote(p, line, &footnotes);
		if (r < 0)
			return r;
	}
	p->reg->footnotes = list_take(&footnotes, &p->reg->footnote_count);
	return PORTROLL_OK;
}

static int each_line(struct page *p, struct portroll_str block, bool people)
{
	struct page lines = {.rest = block};
	struct portroll_str line;
	int r = PORTROLL_OK;
	for (uint32_t i = 0; r == PORTROLL_OK && page_line(&lines, &line); i++)
		r = people ? page_person(p, line, i) : page_row(p, line);
	return r;
}

static int take_tables(struct page *p)
{
	struct portroll_str rows = take_block(p), people;
	int r = find_people(p, &people);
	if (r == PORTROLL_OK)
		r = take_ids(p, people);
	if (r == PORTROLL_OK)
		r = each_line(p, rows, false);
	if (r == PORTROLL_OK)
		r = each_line(p, people, true);
	return r == PORTROLL_OK ? take_footnotes(p) : r;
}

int page_read(struct registry *ret, struct portroll_str input, struct portroll_error *err)
{
	struct arena *a = ret->arena;
	struct page p = {
		.input = input,
		.rest = input,
		.reg = ret,
		.arena = a,
		.err = err,
		.people = IDSET_INIT(a),
		.xrefs = LIST_INIT(a, struct xref),
		.runs = LIST_INIT(a, struct run),
		.uris = LIST_INIT(a, struct portroll_str),
	};
	int r = page_header(&p);
	if (r == PORTROLL_OK)
		r = take_tables(&p);
	if (r < 0)
		return r;
	return a->failed || labels_add_missing(ret) < 0 ? error_memory(err) : PORTROLL_OK;
}

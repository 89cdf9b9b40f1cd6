/* SPDX-License-Identifier: MIT */
#include "formats/page_reader.h"

#include "formats/cells.h"
#include "registry/fields.h"

#include <string.h>

/* The list above the table: a line with a title, then what it says, up to the next title. */

enum section {
	SECTION_CREATED,
	SECTION_UPDATED,
	SECTION_PROCEDURES,
	SECTION_EXPERTS,
	SECTION_DESCRIPTION,
	SECTION_REFERENCE,
	SECTION_NOTE,
	SECTION_FORMATS,
};

/* A note has its own title or "Note"; IANA's registry has had no other than these. */
static const struct section_title {
	const char *title;
	enum section section;
} section_titles[] = {
	{"Created", SECTION_CREATED},
	{"Last Updated", SECTION_UPDATED},
	{"Registration Procedure(s)", SECTION_PROCEDURES},
	{"Expert(s)", SECTION_EXPERTS},
	{"Description", SECTION_DESCRIPTION},
	{"Reference", SECTION_REFERENCE},
	{"Note", SECTION_NOTE},
	{"Request an Assignment", SECTION_NOTE},
	{"Available Formats", SECTION_FORMATS},
};

static const struct section_title *find_title(struct portroll_str line)
{
	for (size_t i = 0; i < ARRAY_LEN(section_titles); i++)
		if (str_equal(line, str_from(section_titles[i].title)))
			return &section_titles[i];
	return NULL;
}

/* The titles of the twelve columns, on one line. */
static bool is_column_row(struct portroll_str line)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		struct portroll_str title = str_from(fields[i].title);
		struct portroll_str older = str_from(fields[i].title_2018);
		if (!str_starts(line, title) && older.len && str_starts(line, older))
			title = older;
		if (!str_starts(line, title))
			return false;
		line = str_part(line, title.len, line.len);
		if (i + 1 < FIELD_COUNT && !str_starts(line, STR(" ")))
			return false;
		line = str_part(line, 1, line.len);
	}
	return line.len == 0;
}

/* The lines up to the next title or the table, as they stand in the input. */
static struct portroll_str take_content(struct page *p)
{
	struct portroll_str content = {p->rest.ptr, 0}, line;
	for (;;) {
		struct portroll_str before = p->rest;
		if (!page_line(p, &line))
			return content;
		if (find_title(line) || is_column_row(line)) {
			p->rest = before;
			return content;
		}
		content.len = (size_t)(p->rest.ptr ? p->rest.ptr - content.ptr
						   : line.ptr + line.len - content.ptr);
	}
}

static int take_date(struct page *p, struct date *ret, struct portroll_str content)
{
	struct portroll_str text = str_trim(content);
	if (date_cell(ret, text) < 0)
		return page_fail(p, content, DATE_EXPECTED, SHOWN(text));
	return PORTROLL_OK;
}

/* The lines of a section without the end of the last. */
static struct portroll_str section_text(struct page *p, struct portroll_str content)
{
	struct portroll_str text = page_lines(p, content);
	return str_ends(text, STR("\n")) ? str_part(text, 0, text.len - 1) : text;
}

/* IANA's notes begin with a line feed, which the page's <pre> element swallows. */
static void add_note(struct page *p, struct list *notes, struct portroll_str title,
		     struct portroll_str content)
{
	struct portroll_str lines = page_lines(p, content);
	struct note *note = list_add(notes);
	char *text = arena_alloc(p->arena, lines.len + 1);
	if (!note || !text)
		return;
	text[0] = '\n';
	if (lines.len)
		memcpy(text + 1, lines.ptr, lines.len);
	note->title = str_equal(title, STR("Note")) ? STR("") : title;
	note->text = page_text(p, (struct portroll_str){text, lines.len + 1});
}

static int take_references(struct page *p, struct portroll_str content)
{
	struct portroll_str labels = str_trim(page_lines(p, content));
	int r = labels_parse(&p->reg->header.references, labels, false, &p->xrefs);
	if (r == PORTROLL_ENOMEM)
		return error_memory(p->err);
	if (r < 0)
		return page_fail(p, content, "'%.*s', expected references: [A][B]", SHOWN(labels));
	return PORTROLL_OK;
}

static int take_section(struct page *p, const struct section_title *title, struct list *notes)
{
	struct header *h = &p->reg->header;
	struct portroll_str content = take_content(p);
	switch (title->section) {
	case SECTION_CREATED:
		return take_date(p, &h->created, content);
	case SECTION_UPDATED:
		return take_date(p, &h->updated, content);
	case SECTION_PROCEDURES:
		h->registration_rule = section_text(p, content);
		break;
	case SECTION_EXPERTS:
		h->expert = section_text(p, content);
		break;
	case SECTION_DESCRIPTION:
		h->description = page_text(p, section_text(p, content));
		break;
	case SECTION_REFERENCE:
		return take_references(p, content);
	case SECTION_NOTE:
		add_note(p, notes, str_from(title->title), content);
		break;
	case SECTION_FORMATS:
		break;
	}
	return PORTROLL_OK;
}

int page_header(struct page *p)
{
	struct list notes = LIST_INIT(p->arena, struct note);
	struct header *h = &p->reg->header;
	struct portroll_str line;
	while (page_line(p, &line)) {
		const struct section_title *title = find_title(line);
		if (is_column_row(line)) {
			h->notes = list_take(&notes, &h->note_count);
			return PORTROLL_OK;
		}
		int r = title ? take_section(p, title, &notes) : PORTROLL_OK;
		if (r < 0)
			return r;
		if (!title && h->title.len == 0)
			h->title = str_trim(line);
	}
	return page_fail(
		p, str_part(p->input, p->input.len, p->input.len),
		"the file ends before the titles of the columns: Service Name Port Number ...");
}

/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include "base/num.h"
#include "base/utf8.h"
#include "formats/text_table.h"
#include "formats/write.h"
#include "registry/fields.h"

/*
 * IANA's plain text, which is the dump of its page by a text browser: data.md section 3. Without
 * IANA's masthead the menu, the list of formats and the licence are not there, and the provenance
 * stands below the title.
 */

struct text_style {
	unsigned margin;     /* of everything but tables, titles and preformatted text */
	unsigned definition; /* indentation of what stands below a term */
	bool line_after_logo;
};

static const struct text_style style_2025 = {3, 3, true}, style_2026 = {0, 8, false};

struct text_writer {
	struct buf *out;
	const struct registry *reg;
	const struct text_style *style;
	struct buf scratch;
};

static void put_line(struct text_writer *w, unsigned indent, struct portroll_str text)
{
	size_t len = text.len;
	while (len && is_space(text.ptr[len - 1]))
		len--;
	if (len)
		buf_fill(w->out, ' ', indent);
	buf_put(w->out, str_part(text, 0, len));
	buf_putc(w->out, '\n');
}

static void put_centred(struct text_writer *w, struct portroll_str text)
{
	buf_clear(&w->scratch);
	buf_put(&w->scratch, text);
	write_squeeze(&w->scratch);
	size_t len = utf8_count(buf_str(&w->scratch));
	unsigned left = len < TEXT_PAGE_WIDTH ? (unsigned)(TEXT_PAGE_WIDTH - len) / 2 : 0;
	put_line(w, left, buf_str(&w->scratch));
}

static void put_term(struct text_writer *w, const char *term)
{
	put_line(w, w->style->margin, str_from(term));
}

/* A term with one line below it; nothing for an empty text. */
static void put_definition(struct text_writer *w, const char *term, struct portroll_str text)
{
	if (text.len == 0)
		return;
	put_term(w, term);
	put_line(w, w->style->definition, text);
	buf_putc(w->out, '\n');
}

static void put_date(struct text_writer *w, const char *term, struct date date)
{
	char space[DATE_TEXT_MAX];
	put_definition(w, term, write_date(space, date));
}

/* Preformatted text, as written, into `scratch`. */
static struct portroll_str preformatted(struct buf *scratch, struct richtext text)
{
	buf_clear(scratch);
	for (size_t i = 0; i < text.count; i++) {
		const struct run *run = &text.runs[i];
		if (run->kind == RUN_TEXT)
			buf_put(scratch, run->text);
		else if (run->kind == RUN_XREF)
			xref_put_label(scratch, run->xref);
		else
			buf_putc(scratch, '\n');
	}
	struct portroll_str lines = buf_str(scratch);
	if (str_starts(lines, STR("\n")))
		lines = str_part(lines, 1, lines.len);
	if (str_ends(lines, STR("\n")))
		lines.len--;
	return lines;
}

static void put_lines(struct text_writer *w, struct portroll_str lines)
{
	struct portroll_str line;
	while (str_cut(&lines, '\n', &line))
		put_line(w, 1, line);
}

static void put_preformatted(struct text_writer *w, struct portroll_str term, struct richtext text)
{
	put_line(w, w->style->margin, term);
	buf_putc(w->out, '\n');
	put_lines(w, preformatted(&w->scratch, text));
	buf_putc(w->out, '\n');
}

static void put_masthead(struct text_writer *w)
{
	static const char *const menu[] = {"Domains", "Protocols", "Numbers", "About"};
	put_line(w, w->style->margin, STR("Internet Assigned Numbers Authority"));
	buf_puts(w->out, w->style->line_after_logo ? "\n" : "");
	for (size_t i = 0; i < ARRAY_LEN(menu); i++) {
		buf_fill(w->out, ' ', w->style->margin + 2);
		buf_puts(w->out, "\u2022\u00a0");
		put_line(w, 0, str_from(menu[i]));
	}
	buf_putc(w->out, '\n');
}

static void put_formats(struct text_writer *w)
{
	static const char *const lines[] = {"[IMG]", "CSV [IMG]", "XML [IMG]", "HTML [IMG]",
					    "Plain text"};
	put_term(w, "Available Formats");
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		put_line(w, w->style->definition, str_from(lines[i]));
	buf_putc(w->out, '\n');
}

static void put_header(struct text_writer *w, const struct write_options *o)
{
	const struct header *h = &w->reg->header;
	if (o->masthead)
		put_masthead(w);
	put_centred(w, write_title(w->reg, o));
	buf_putc(w->out, '\n');
	put_definition(w, "Copy", o->masthead ? STR("") : o->provenance);
	put_date(w, "Created", h->created);
	put_date(w, "Last Updated", h->updated);
	put_definition(w, "Registration Procedure(s)", h->registration_rule);
	if (h->expert.len) {
		const struct run run = {.kind = RUN_TEXT, .text = h->expert};
		put_preformatted(w, STR("Expert(s)"), (struct richtext){&run, 1});
	}
	if (h->description.count)
		put_preformatted(w, STR("Description"), h->description);
	buf_clear(&w->scratch);
	xref_put_labels(&w->scratch, h->references);
	put_definition(w, "Reference", buf_str(&w->scratch));
	for (size_t i = 0; i < h->note_count; i++) {
		const struct note *note = &h->notes[i];
		put_preformatted(w, note->title.len ? note->title : STR("Note"), note->text);
	}
	if (o->masthead)
		put_formats(w);
}

/* The text of a cell with the marks of text_table.h. */
static void put_rich_cell(struct buf *out, struct richtext text)
{
	for (size_t i = 0; i < text.count; i++) {
		const struct run *run = &text.runs[i];
		if (run->kind == RUN_TEXT)
			buf_put(out, run->text);
		else if (run->kind == RUN_XREF)
			xref_put_label(out, run->xref);
		else
			buf_putc(out, run->kind == RUN_BREAK ? TEXT_BREAK : TEXT_BLOCK);
	}
}

static void put_record_cell(struct buf *out, const void *context, size_t row, size_t column)
{
	const struct registry *reg = context;
	const struct record *r = reg->records[row];
	if (fields[column].rich)
		put_rich_cell(out, fields[column].rich(r));
	else
		fields[column].put(out, r);
}

static void put_records(struct text_writer *w)
{
	struct text_column columns[FIELD_COUNT];
	for (size_t i = 0; i < FIELD_COUNT; i++)
		columns[i] = (struct text_column){fields[i].title, fields[i].centred};
	text_table_write(w->out, &(struct text_table){
					 .columns = columns,
					 .column_count = FIELD_COUNT,
					 .row_count = w->reg->record_count,
					 .put_cell = put_record_cell,
					 .context = w->reg,
				 });
	buf_putc(w->out, '\n');
}

enum person_column {
	PERSON_ID,
	PERSON_NAME,
	PERSON_ORG,
	PERSON_URI,
	PERSON_UPDATED,
	PERSON_COLUMN_COUNT
};

/* Which columns the table of people has: that of organisations only where there is one. */
struct people {
	const struct registry *reg;
	uint8_t columns[PERSON_COLUMN_COUNT];
};

static void put_person_cell(struct buf *out, const void *context, size_t row, size_t column)
{
	const struct people *people = context;
	const struct person *p = people->reg->people[row];
	char space[DATE_TEXT_MAX];
	switch ((enum person_column)people->columns[column]) {
	case PERSON_ID:
		buf_putc(out, '[');
		buf_put(out, p->id);
		buf_putc(out, ']');
		return;
	case PERSON_NAME:
		buf_put(out, p->name);
		return;
	case PERSON_ORG:
		buf_put(out, p->org);
		return;
	case PERSON_URI:
		for (size_t i = 0; i < p->uri_count; i++) {
			if (i)
				buf_putc(out, TEXT_BREAK);
			buf_put(out, p->uris[i]);
		}
		return;
	case PERSON_UPDATED:
		buf_put(out, write_date(space, p->updated));
		return;
	case PERSON_COLUMN_COUNT:
		return;
	}
}

static void put_people(struct text_writer *w)
{
	static const char *const titles[PERSON_COLUMN_COUNT] = {
		"ID", "Name", "Organization", "Contact URI", "Last Updated",
	};
	struct people people = {.reg = w->reg};
	struct text_column columns[PERSON_COLUMN_COUNT];
	size_t count = 0;
	if (w->reg->person_count == 0)
		return;
	for (uint8_t i = 0; i < PERSON_COLUMN_COUNT; i++) {
		if (i == PERSON_ORG && !write_has_org(w->reg))
			continue;
		people.columns[count] = i;
		columns[count++] = (struct text_column){titles[i], false};
	}
	put_centred(w, STR("Contact Information"));
	buf_putc(w->out, '\n');
	text_table_write(w->out, &(struct text_table){
					 .columns = columns,
					 .column_count = count,
					 .row_count = w->reg->person_count,
					 .put_cell = put_person_cell,
					 .context = &people,
				 });
	buf_putc(w->out, '\n');
}

static void put_footnotes(struct text_writer *w)
{
	if (w->reg->footnote_count == 0)
		return;
	put_centred(w, w->reg->footnote_count == 1 ? STR("Footnote") : STR("Footnotes"));
	buf_putc(w->out, '\n');
	for (size_t i = 0; i < w->reg->footnote_count; i++) {
		const struct footnote *note = &w->reg->footnotes[i];
		char digits[NUM_TEXT_MAX];
		struct portroll_str anchor = {digits, num_format(digits, note->anchor)};
		struct portroll_str lines = preformatted(&w->scratch, note->text), line;
		bool more = str_cut(&lines, '\n', &line);
		buf_fill(w->out, ' ', w->style->margin);
		buf_putc(w->out, '[');
		buf_put(w->out, anchor);
		buf_puts(w->out, more && line.len ? "] " : "]");
		put_line(w, 0, more ? line : STR(""));
		while (str_cut(&lines, '\n', &line))
			put_line(w, w->style->margin + (unsigned)anchor.len + 3, line);
	}
	buf_putc(w->out, '\n');
}

void text_write(struct buf *out, const struct registry *reg, const struct write_options *o,
		struct loss *loss)
{
	struct text_writer w = {
		.out = out,
		.reg = reg,
		.style = o->style == 2025 ? &style_2025 : &style_2026,
		.scratch = BUF_INIT(SIZE_MAX),
	};
	put_header(&w, o);
	put_records(&w);
	put_people(&w);
	put_footnotes(&w);
	if (o->masthead)
		put_term(&w, "Licensing Terms");
	for (size_t i = 0; loss && i < reg->record_count; i++)
		loss_of_cells(loss, reg->records[i], &w.scratch);
	loss_of_header(loss, reg, true);
	if (w.scratch.failed && !out->failed)
		out->failed = w.scratch.failed;
	buf_done(&w.scratch);
}

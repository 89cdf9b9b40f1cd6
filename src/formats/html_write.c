/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include "formats/html_put.h"
#include "formats/html_style.h"
#include "formats/write.h"
#include "registry/fields.h"

/*
 * IANA's page (data.md section 4) in one file: structure, labels and links are IANA's, the style
 * is inside, and what IANA does with images and scripts is left out. Without IANA's masthead the
 * menu, the list of formats and the licence are not there, and the provenance stands in the head.
 */

struct html_writer {
	struct buf *out;
	const struct registry *reg;
	const struct write_options *options;
	struct buf scratch;
};

static void put_term(struct html_writer *w, struct portroll_str term)
{
	html_put_element(w->out, "dt", term);
}

static void put_definition(struct html_writer *w, struct portroll_str term,
			   struct portroll_str text)
{
	if (text.len == 0)
		return;
	put_term(w, term);
	html_put_element(w->out, "dd", text);
}

static void put_preformatted(struct html_writer *w, struct portroll_str term, struct richtext text)
{
	put_term(w, term);
	buf_puts(w->out, "<dd><pre>");
	html_put_rich(w->out, text, true, &w->scratch);
	buf_puts(w->out, "</pre></dd>\n");
}

static void put_masthead(struct html_writer *w)
{
	static const struct {
		const char *title, *url;
	} menu[] = {
		{"Domains", "https://www.iana.org/domains"},
		{"Protocols", "https://www.iana.org/protocols"},
		{"Numbers", "https://www.iana.org/numbers"},
		{"About", "https://www.iana.org/about"},
	};
	buf_puts(w->out, "<header>\n");
	html_put_link(w->out, STR("https://www.iana.org/"),
		      STR("Internet Assigned Numbers Authority"));
	buf_puts(w->out, "\n<ul>\n");
	for (size_t i = 0; i < ARRAY_LEN(menu); i++) {
		buf_puts(w->out, "<li>");
		html_put_link(w->out, str_from(menu[i].url), str_from(menu[i].title));
		buf_puts(w->out, "</li>\n");
	}
	buf_puts(w->out, "</ul>\n</header>\n");
}

static void put_formats(struct html_writer *w)
{
	static const struct {
		const char *title, *ending;
	} files[] = {{"CSV", ".csv"}, {"XML", ".xml"}, {"HTML", ".xhtml"}, {"Plain text", ".txt"}};
	struct portroll_str id = w->reg->header.id;
	put_term(w, STR("Available Formats"));
	buf_puts(w->out, "<dd>\n");
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		buf_clear(&w->scratch);
		buf_puts(&w->scratch, "https://www.iana.org/assignments/");
		buf_put(&w->scratch, id);
		buf_putc(&w->scratch, '/');
		buf_put(&w->scratch, id);
		buf_puts(&w->scratch, files[i].ending);
		html_put_link(w->out, buf_str(&w->scratch), str_from(files[i].title));
		buf_puts(w->out, "<br>\n");
	}
	buf_puts(w->out, "</dd>\n");
}

static void put_head(struct html_writer *w)
{
	buf_puts(w->out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
			 "<meta name=\"viewport\" content=\"width=device-width\">\n"
			 "<meta name=\"robots\" content=\"noindex\">\n");
	html_put_element(w->out, "title", write_title(w->reg, w->options));
	buf_puts(w->out, "<style>\n");
	buf_puts(w->out, html_style);
	buf_puts(w->out, "</style>\n</head>\n<body>\n");
	if (w->options->masthead)
		put_masthead(w);
}

static void put_definitions(struct html_writer *w)
{
	const struct header *h = &w->reg->header;
	char space[DATE_TEXT_MAX];
	buf_puts(w->out, "<dl>\n");
	if (!w->options->masthead)
		put_definition(w, STR("Copy"), w->options->provenance);
	put_definition(w, STR("Created"), write_date(space, h->created));
	put_definition(w, STR("Last Updated"), write_date(space, h->updated));
	put_definition(w, STR("Registration Procedure(s)"), h->registration_rule);
	if (h->expert.len) {
		const struct run run = {.kind = RUN_TEXT, .text = h->expert};
		put_preformatted(w, STR("Expert(s)"), (struct richtext){&run, 1});
	}
	if (h->description.count) {
		put_term(w, STR("Description"));
		buf_puts(w->out, "<dd>");
		html_put_rich(w->out, h->description, false, &w->scratch);
		buf_puts(w->out, "</dd>\n");
	}
	if (h->references.count) {
		put_term(w, STR("Reference"));
		buf_puts(w->out, "<dd>");
		html_put_xrefs(w->out, h->references, &w->scratch);
		buf_puts(w->out, "</dd>\n");
	}
	for (size_t i = 0; i < h->note_count; i++) {
		const struct note *note = &h->notes[i];
		put_preformatted(w, note->title.len ? note->title : STR("Note"), note->text);
	}
	if (w->options->masthead)
		put_formats(w);
	buf_puts(w->out, "</dl>\n");
}

static void put_search(struct html_writer *w, const struct listing *listing)
{
	if (listing->page_count < 2 && listing->search.len == 0)
		return;
	buf_puts(w->out, "<form method=\"get\"><input name=\"search\" aria-label=\"Search\" "
			 "value=\"");
	html_put_text(w->out, listing->search);
	buf_puts(w->out, "\"> ");
	if (listing->source.len) {
		buf_puts(w->out, "<input type=\"hidden\" name=\"source\" value=\"");
		html_put_text(w->out, listing->source);
		buf_puts(w->out, "\">");
	}
	buf_puts(w->out, "<button>Search</button></form>\n");
}

static void put_page_link(struct html_writer *w, const struct listing *listing, size_t page)
{
	buf_puts(w->out, " <a href=\"?");
	if (listing->search.len) {
		buf_puts(w->out, "search=");
		html_put_query(w->out, listing->search);
		buf_puts(w->out, "&amp;");
	}
	if (listing->source.len) {
		buf_puts(w->out, "source=");
		html_put_query(w->out, listing->source);
		buf_puts(w->out, "&amp;");
	}
	buf_puts(w->out, "page=");
	buf_put_num(w->out, page);
	buf_puts(w->out, "\">");
	buf_put_num(w->out, page);
	buf_puts(w->out, "</a>");
}

/* IANA's bar: the first page, five pages on either side, the last one. */
static void put_bar(struct html_writer *w, const struct listing *listing)
{
	size_t page = listing->page, last = listing->page_count;
	if (last < 2)
		return;
	buf_puts(w->out, "<p class=\"pages\">");
	if (page != 1)
		put_page_link(w, listing, 1);
	if (page > 5)
		buf_puts(w->out, " ...");
	for (size_t i = page > 5 ? page - 5 : 2; i < page; i++)
		put_page_link(w, listing, i);
	buf_putc(w->out, ' ');
	buf_put_num(w->out, page);
	bool more = page + 5 < last;
	for (size_t i = page + 1; i < last && i <= page + 5; i++)
		put_page_link(w, listing, i);
	buf_puts(w->out, more ? " ..." : "");
	if (page != last)
		put_page_link(w, listing, last);
	buf_puts(w->out, "</p>\n");
}

static void put_cell(struct html_writer *w, enum field_id field, const struct record *r)
{
	buf_puts(w->out, "<td>");
	if (field == FIELD_ASSIGNEE) {
		html_put_xrefs(w->out, record_assignee(r), &w->scratch);
	} else if (field == FIELD_CONTACT) {
		html_put_xrefs(w->out, r->contacts, &w->scratch);
	} else if (field == FIELD_REFERENCE) {
		html_put_xrefs(w->out, r->references, &w->scratch);
	} else if (fields[field].rich) {
		html_put_rich(w->out, fields[field].rich(r), false, &w->scratch);
	} else {
		buf_clear(&w->scratch);
		fields[field].put(&w->scratch, r);
		html_put_text(w->out, buf_str(&w->scratch));
	}
	buf_puts(w->out, "</td>\n");
}

static void put_records(struct html_writer *w)
{
	buf_puts(w->out, "<div class=\"wide\"><table id=\"table-");
	html_put_text(w->out, w->reg->header.id);
	buf_puts(w->out, w->options->listing ? "\" class=\"sortable_srv\">\n<thead>\n<tr>\n"
					     : "\" class=\"sortable\">\n<thead>\n<tr>\n");
	for (size_t f = 0; f < FIELD_COUNT; f++)
		html_put_element(w->out, "th", str_from(fields[f].title));
	buf_puts(w->out, "</tr>\n</thead>\n<tbody>\n");
	for (size_t i = 0; i < w->reg->record_count && !w->out->failed; i++) {
		buf_puts(w->out, "<tr>\n");
		for (enum field_id f = 0; f < FIELD_COUNT; f++)
			put_cell(w, f, w->reg->records[i]);
		buf_puts(w->out, "</tr>\n");
	}
	buf_puts(w->out, "</tbody>\n</table></div>\n");
}

static void put_person(struct html_writer *w, const struct person *p, bool has_org)
{
	char space[DATE_TEXT_MAX];
	buf_puts(w->out, "<tr>\n<td id=\"");
	html_put_text(w->out, p->id);
	buf_puts(w->out, "\">[");
	html_put_text(w->out, p->id);
	buf_puts(w->out, "]</td>\n");
	html_put_element(w->out, "td", p->name);
	if (has_org)
		html_put_element(w->out, "td", p->org);
	buf_puts(w->out, "<td>");
	for (size_t i = 0; i < p->uri_count; i++) {
		buf_puts(w->out, i ? "<br>\n" : "");
		html_put_link(w->out, p->uris[i], p->uris[i]);
	}
	buf_puts(w->out, "</td>\n");
	html_put_element(w->out, "td", write_date(space, p->updated));
	buf_puts(w->out, "</tr>\n");
}

static void put_people(struct html_writer *w)
{
	bool has_org = write_has_org(w->reg);
	if (w->reg->person_count == 0)
		return;
	buf_puts(w->out, "<h1 class=\"people\">Contact Information</h1>\n"
			 "<div class=\"wide\"><table class=\"sortable\">\n<thead>\n<tr>\n"
			 "<th>ID</th>\n<th>Name</th>\n");
	buf_puts(w->out, has_org ? "<th>Organization</th>\n" : "");
	buf_puts(w->out, "<th>Contact URI</th>\n<th>Last Updated</th>\n</tr>\n</thead>\n<tbody>\n");
	for (size_t i = 0; i < w->reg->person_count && !w->out->failed; i++)
		put_person(w, w->reg->people[i], has_org);
	buf_puts(w->out, "</tbody>\n</table></div>\n");
}

static void put_footnotes(struct html_writer *w)
{
	size_t count = w->reg->footnote_count;
	if (count == 0)
		return;
	html_put_element(w->out, "h1", count == 1 ? STR("Footnote") : STR("Footnotes"));
	buf_puts(w->out, "<table class=\"fn\">\n");
	for (size_t i = 0; i < count; i++) {
		const struct footnote *note = &w->reg->footnotes[i];
		buf_puts(w->out, "<tr>\n<td id=\"note");
		buf_put_num(w->out, note->anchor);
		buf_puts(w->out, "\">[");
		buf_put_num(w->out, note->anchor);
		buf_puts(w->out, "]</td>\n<td><pre>");
		html_put_rich(w->out, note->text, true, &w->scratch);
		buf_puts(w->out, "</pre></td>\n</tr>\n");
	}
	buf_puts(w->out, "</table>\n");
}

static void put_footer(struct html_writer *w)
{
	if (w->options->masthead) {
		buf_puts(w->out, "<footer>");
		html_put_link(w->out, STR("https://www.iana.org/help/licensing-terms"),
			      STR("Licensing Terms"));
		buf_puts(w->out, "</footer>\n");
	}
	buf_puts(w->out, "</body>\n</html>\n");
}

/* The page shows all but the equality of assignee and contact, and the extras. */
static void find_loss(struct loss *loss, const struct registry *reg)
{
	for (size_t i = 0; loss && i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (r->has_assignee && xref_list_equal(r->assignee, r->contacts))
			loss_of_record(loss, LOSS_COLUMNS, r,
				       "states that assignee and contact are equal");
		loss_of_extras(loss, r, EXTRA_NUMBER);
	}
	loss_of_header(loss, reg, true);
}

void html_write(struct buf *out, const struct registry *reg, const struct write_options *o,
		struct loss *loss)
{
	struct html_writer w = {
		.out = out, .reg = reg, .options = o, .scratch = BUF_INIT(SIZE_MAX)};
	put_head(&w);
	buf_puts(out, "<article>\n");
	html_put_element(out, "h1", write_title(reg, o));
	put_definitions(&w);
	if (o->listing) {
		put_search(&w, o->listing);
		put_bar(&w, o->listing);
	}
	put_records(&w);
	if (o->listing)
		put_bar(&w, o->listing);
	put_people(&w);
	put_footnotes(&w);
	buf_puts(out, "</article>\n");
	put_footer(&w);
	find_loss(loss, reg);
	if (w.scratch.failed && !out->failed)
		out->failed = w.scratch.failed;
	buf_done(&w.scratch);
}

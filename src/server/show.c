/* SPDX-License-Identifier: MIT */
#include "server/show.h"

#include "registry/frequency.h"
#include "registry/state.h"
#include "snapshot/companion.h"

#define NAMES_COMPARED_MAX 16U
#define SUGGESTION_MAX     5U

void show_search_field(struct buf *out, struct portroll_str text, bool has_focus)
{
	HTML(out, "<form class=\"search\" role=\"search\" action=\"/search\" method=\"get\">"
		  "<label for=\"q\">Port, name or words</label>"
		  "<div><input type=\"search\" id=\"q\" name=\"q\" autocomplete=\"off\" "
		  "autocapitalize=\"off\" spellcheck=\"false\" maxlength=\"200\" value=\"");
	html_text(out, text);
	HTML(out, "\"");
	if (has_focus)
		HTML(out, " autofocus");
	HTML(out, "><button type=\"submit\">Look up</button></div></form>\n");
}

void show_suggestions(const struct call *call, struct buf *out, struct portroll_str name)
{
	struct portroll_str names[SUGGESTION_MAX];
	size_t count = snapshot_suggest(site_snapshot(call->site), name, names, SUGGESTION_MAX);
	for (size_t i = 0; i < count; i++) {
		if (i == 0)
			HTML(out, "<p>Did you mean ");
		else
			HTML(out, ", ");
		html_local_link(out, "/names/", names[i], names[i]);
	}
	if (count > 0)
		HTML(out, "?</p>\n");
}

void show_begin(const struct call *call, struct response *res, const struct page_head *head)
{
	struct buf *out = &res->body;
	res->media_type = "text/html; charset=utf-8";
	res->is_private = head->is_private;
	HTML(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		  "<meta name=\"color-scheme\" content=\"light dark\">\n");
	if (head->is_private)
		HTML(out, "<meta name=\"robots\" content=\"noindex, nofollow\">\n");
	HTML(out, "<title>");
	html_text(out, head->title);
	HTML(out, "</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n"
		  "<link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">\n</head>\n<body>\n"
		  "<a class=\"skip\" href=\"#content\">Skip to the content</a>\n<header>\n"
		  "<a class=\"brand\" href=\"/\"><img src=\"/icon.svg\" alt=\"\" width=\"28\" "
		  "height=\"28\">portroll</a>\n");
	if (!head->is_home)
		show_search_field(out, request_argument(call->req, STR("q")), false);
	HTML(out, "<nav aria-label=\"Site\"><a href=\"/search?q=&amp;how=text\">All records</a>"
		  "<a href=\"/about\">About this copy</a></nav>\n</header>\n"
		  "<main id=\"content\">\n");
}

void show_end(const struct call *call, struct response *res)
{
	struct buf *out = &res->body;
	HTML(out, "</main>\n<footer>\n<p><strong>An independent copy, not IANA.</strong> ");
	for (size_t i = 0; i < site_source_count(call->site); i++) {
		show_dates(call, out, i);
		html_text(out, i + 1 < site_source_count(call->site) ? STR("; ") : STR("."));
	}
	HTML(out,
	     "</p>\n<p>A registered port is no proof of what the traffic on it is. Request an "
	     "assignment at IANA: <a rel=\"noopener\" "
	     "href=\"https://www.iana.org/protocols/apply\">iana.org/protocols/apply</a>.</p>\n"
	     "</footer>\n</body>\n</html>\n");
}

void show_redirect(const struct call *call, struct response *res, unsigned status,
		   struct portroll_str page)
{
	res->status = status;
	response_add(res, "Location", page, call->arena);
	res->media_type = "text/html; charset=utf-8";
	HTML(&res->body, "<!DOCTYPE html>\n<title>Elsewhere</title>\n<p><a href=\"");
	html_text(&res->body, page);
	HTML(&res->body, "\">");
	html_text(&res->body, page);
	HTML(&res->body, "</a></p>\n");
}

static void put_dated(struct buf *out, const struct source *s, struct date date)
{
	if (s->kind == SOURCE_MANAGED) {
		HTML(out, ", managed");
		return;
	}
	if (date.year == 0) {
		HTML(out, ", undated copy");
		return;
	}
	HTML(out, ", copy of ");
	html_date(out, date);
}

void show_source(const struct call *call, struct buf *out, size_t source)
{
	const struct source *s = site_source(call->site, source);
	if (!s)
		return;
	html_text(out, s->name);
	put_dated(out, s, source_date(s));
}

void show_dates(const struct call *call, struct buf *out, size_t source)
{
	const struct source *s = site_source(call->site, source);
	if (!s)
		return;
	struct buf dates = BUF_INIT(1024);
	html_text(out, s->name);
	if (s->kind == SOURCE_MANAGED) {
		HTML(out, ", managed");
		return;
	}
	source_put_dates(&dates, s);
	if (dates.len > 0)
		HTML(out, ", copy of ");
	else
		HTML(out, ", undated copy");
	html_text(out, buf_str(&dates));
	html_scratch_done(out, &dates);
}

void show_copy(const struct call *call, struct buf *out, const struct portroll_record *record)
{
	const struct source *s = site_source(call->site, record->source);
	if (!s)
		return;
	html_text(out, s->name);
	put_dated(out, s,
		  record->copy < s->copy_count ? s->copies[record->copy].dated : source_date(s));
}

static void put_port(struct buf *out, uint16_t port, uint8_t transport)
{
	buf_put_num(out, port);
	HTML(out, "/");
	html_text(out, transport_name(transport));
}

/* Is the name there already, by a source of higher precedence? */
static bool is_repeated(const struct call *call, struct record_list list, uint32_t at,
			const struct portroll_record *record)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	for (uint32_t i = 0; i < at && i < NAMES_COMPARED_MAX; i++) {
		struct portroll_record other;
		if (portroll_get(s, snapshot_list_at(s, list, i), &other) &&
		    other.source != record->source && str_equal_fold(other.name, record->name))
			return true;
	}
	return false;
}

/* The names of the answer: its source's first, aliases marked, others with their source. */
static void put_names(const struct call *call, struct buf *out, const struct answer *answer)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	HTML(out, "<ul class=\"names\">");
	for (uint32_t i = 0; i < answer->records.count; i++) {
		struct portroll_record record;
		if (!portroll_get(s, snapshot_list_at(s, answer->records, i), &record))
			break;
		if (is_repeated(call, answer->records, i, &record))
			continue;
		HTML(out, "<li>");
		if (record.name.len > 0)
			html_local_link(out, "/names/", record.name, record.name);
		HTML(out, " <span class=\"description\">");
		html_text(out, record.description);
		HTML(out, "</span>");
		if (record.flags & PORTROLL_RECORD_ALIAS)
			HTML(out, " <em>historic alias</em>");
		else if (record.flags & PORTROLL_RECORD_DUPLICATE)
			HTML(out, " <em>duplicate</em>");
		if (record.source != answer->source) {
			HTML(out, " <em>in ");
			show_copy(call, out, &record);
			HTML(out, "</em>");
		}
		HTML(out, "</li>");
	}
	HTML(out, "</ul>\n");
}

/* The persons of labels: [ID][ID]. */
static void put_people(struct buf *out, struct portroll_str labels)
{
	struct portroll_str label;
	while (str_cut(&labels, ']', &label)) {
		size_t begin = str_find_char(label, '[');
		if (begin == SIZE_MAX)
			continue;
		label = str_part(label, begin + 1, label.len);
		HTML(out, " [");
		html_local_link(out, "/people/", label, label);
		HTML(out, "]");
	}
}

/* Who has the port on the other transports: ": NAME (4502/tcp) [ID]". */
static void put_companions(const struct call *call, struct buf *out, uint16_t port,
			   const struct answer *answer)
{
	struct companion companions[TRANSPORT_COUNT];
	size_t count = snapshot_companions(companions, site_snapshot(call->site), port, *answer);
	for (size_t i = 0; i < count; i++) {
		html_text(out, i == 0 ? STR(": ") : STR(", "));
		html_local_link(out, "/names/", companions[i].name, companions[i].name);
		HTML(out, " (<a href=\"/ports/");
		put_port(out, port, companions[i].transport);
		HTML(out, "\">");
		put_port(out, port, companions[i].transport);
		HTML(out, "</a>)");
		put_people(out, companions[i].assignee);
	}
}

/* Whose scans they were, as far as a source tells. */
static void put_frequency(const struct call *call, struct buf *out, uint32_t frequency)
{
	struct buf text = BUF_INIT(64);
	size_t count = site_source_count(call->site), survey = 0;
	while (survey < count && !source_has_nmap(site_source(call->site, survey)))
		survey++;
	frequency_put(&text, frequency);
	HTML(out, "<div><dt>Found open</dt><dd>on ");
	html_text(out, buf_str(&text));
	html_scratch_done(out, &text);
	HTML(out, " of the hosts ");
	html_text(out, survey < count ? STR("that nmap scanned: ") : STR("scanned"));
	if (survey < count)
		show_source(call, out, survey);
	HTML(out, "</dd></div>");
}

static void put_reason(const struct call *call, struct buf *out, uint16_t port,
		       const struct answer *answer)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	const struct reason_words *words = reason_words_of(answer->reason);
	struct portroll_record record;
	HTML(out, "<dl class=\"why\"><div><dt>Why</dt><dd>");
	html_text(out, str_from(words->sentence));
	put_companions(call, out, port, answer);
	if (words->section && words->section[0] != '\0') {
		HTML(out, " <span class=\"section\">(");
		html_text(out, str_from(words->section));
		HTML(out, ")</span>");
	}
	HTML(out, "</dd></div><div><dt>Source</dt><dd>");
	bool has_record = answer->records.count > 0 &&
			  portroll_get(s, snapshot_list_at(s, answer->records, 0), &record);
	if (has_record && record.source == answer->source)
		show_copy(call, out, &record);
	else if (answer->source != UINT8_MAX)
		show_source(call, out, answer->source);
	else
		HTML(out, "no complete copy of the registry is loaded");
	HTML(out, "</dd></div>");
	if (answer->frequency)
		put_frequency(call, out, answer->frequency);
	HTML(out, "</dl>\n");
}

void show_answer(const struct call *call, struct buf *out, uint16_t port, uint8_t transport)
{
	static const char *const classes[] = {"unknown", "assigned", "reserved", "unassigned",
					      "dynamic"};
	struct answer answer = snapshot_answer(site_snapshot(call->site), port, transport);
	uint8_t state = answer.state <= PORTROLL_DYNAMIC ? answer.state : PORTROLL_UNKNOWN;
	HTML(out, "<section class=\"answer ");
	html_text(out, str_from(classes[state]));
	HTML(out, "\" aria-labelledby=\"");
	html_text(out, transport_name(transport));
	HTML(out, "\">\n<h2 id=\"");
	html_text(out, transport_name(transport));
	HTML(out, "\"><a href=\"/ports/");
	put_port(out, port, transport);
	HTML(out, "\">");
	put_port(out, port, transport);
	HTML(out, "</a> <span class=\"state\">");
	html_text(out, state == PORTROLL_UNKNOWN ? STR("Not listed in this copy")
						 : str_from(portroll_state_name(state)));
	HTML(out, "</span></h2>\n");
	if (answer.records.count > 0)
		put_names(call, out, &answer);
	put_reason(call, out, port, &answer);
	HTML(out, "</section>\n");
}

/* SPDX-License-Identifier: MIT */
#include "server/api.h"
#include "server/pages.h"
#include "server/percent.h"
#include "server/show.h"

#define RECORDS_SHOWN_MAX 100U

/* A person of one source; ids mean nothing across sources. */
struct entry {
	size_t source;
	struct person person;
	struct id_array records;
};

/* Fills entries (room for all sources), returns how many of the sources asked for know the id. */
static size_t find_entries(const struct call *call, struct entry *ret, struct response *res)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct portroll_str asked = request_argument(call->req, STR("source"));
	size_t count = 0;
	for (size_t source = 0; source < site_source_count(call->site); source++) {
		struct entry *entry = &ret[count];
		if (asked.len > 0 && !str_equal(asked, site_source(call->site, source)->name))
			continue;
		uint32_t id = snapshot_find_person(s, source, call->params[0]);
		if (id == UINT32_MAX || !snapshot_person(s, id, call->arena, &entry->person))
			continue;
		entry->source = source;
		if (snapshot_by_person(&entry->records, s, source, call->params[0], call->arena) <
		    0)
			refuse_request(res, 500, "the records could not be searched");
		count++;
	}
	return count;
}

/* Ids mean nothing across sources: JSON is of one, the first that has it or the one asked for. */
static void put_json(const struct call *call, struct response *res, const struct entry *entry)
{
	struct json j = api_begin(call, res, "portroll-person/1");
	res->is_private = true;
	json_member(&j, "source", site_source(call->site, entry->source)->name);
	json_key(&j, "person");
	json_put_person(&j, &entry->person);
	api_put_records(call, &j, &entry->records);
	api_end(&j);
}

static void put_row(struct buf *out, struct portroll_str title, struct portroll_str text)
{
	if (text.len == 0)
		return;
	HTML(out, "<div><dt>");
	html_text(out, title);
	HTML(out, "</dt><dd>");
	html_text(out, text);
	HTML(out, "</dd></div>");
}

static void put_person(const struct call *call, struct buf *out, const struct entry *entry)
{
	const struct person *person = &entry->person;
	HTML(out, "<dl class=\"record\">");
	put_row(out, STR("Name"), person->name);
	put_row(out, STR("Organization"), person->org);
	if (person->uri_count > 0)
		HTML(out, "<div><dt>Contact URI</dt><dd>");
	for (size_t i = 0; i < person->uri_count; i++) {
		if (i > 0)
			HTML(out, "<br>");
		html_link(out, person->uris[i], person->uris[i]);
	}
	if (person->uri_count > 0)
		HTML(out, "</dd></div>");
	if (person->updated.year != 0) {
		HTML(out, "<div><dt>Last Updated</dt><dd>");
		html_date(out, person->updated);
		HTML(out, "</dd></div>");
	}
	HTML(out, "<div><dt>Source</dt><dd>");
	show_source(call, out, entry->source);
	HTML(out, "</dd></div></dl>\n");
}

/* The first ones; who asks for all gets the pages of a search. */
static void put_records(const struct call *call, struct buf *out, const struct id_array *records)
{
	struct id_array shown = *records;
	if (shown.count > RECORDS_SHOWN_MAX) {
		shown.count = RECORDS_SHOWN_MAX;
		HTML(out, "<p>The first ");
		html_number(out, shown.count);
		HTML(out, " of ");
		html_number(out, records->count);
		HTML(out, " records; <a href=\"/search?how=text&amp;q=");
		percent_put(out, call->params[0]);
		HTML(out, "\">all of them</a>.</p>\n");
	}
	show_table(call, out, "Records that refer to this contact", &shown, NULL);
}

static void put_html(const struct call *call, struct response *res, const struct entry *entries,
		     size_t count)
{
	struct buf *out = &res->body;
	show_begin(call, res, &(struct page_head){.title = call->params[0], .is_private = true});
	HTML(out, "<h1>[");
	html_text(out, call->params[0]);
	HTML(out, "]</h1>\n");
	for (size_t i = 0; i < count; i++) {
		put_person(call, out, &entries[i]);
		put_records(call, out, &entries[i].records);
	}
	show_end(call, res);
}

void page_person(const struct call *call, struct response *res)
{
	struct entry *entries =
		arena_array(call->arena, site_source_count(call->site), sizeof(*entries));
	size_t count = entries ? find_entries(call, entries, res) : 0;
	if (res->status >= 400)
		return;
	if (count == 0)
		refuse_request(res, 404, "no source of the roll has a contact of that id");
	else if (call->json)
		put_json(call, res, entries);
	else
		put_html(call, res, entries, count);
}

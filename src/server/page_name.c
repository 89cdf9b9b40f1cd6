/* SPDX-License-Identifier: MIT */
#include "registry/name.h"
#include "server/api.h"
#include "server/pages.h"
#include "server/percent.h"
#include "server/show.h"

static struct id_array collect(const struct call *call, struct record_list list)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct id_array ids = {arena_array(call->arena, list.count, sizeof(*ids.ids)), 0};
	for (uint32_t i = 0; ids.ids && i < list.count; i++)
		ids.ids[ids.count++] = snapshot_list_at(s, list, i);
	return ids;
}

static void put_search_link(struct buf *out, struct portroll_str name)
{
	HTML(out, "<p><a href=\"/search?how=words&amp;q=");
	percent_put(out, name);
	HTML(out, "\">Search for it in all records</a></p>\n");
}

/* Not listed, but names that are spelled nearly so may be. */
static void put_missing(const struct call *call, struct response *res)
{
	struct buf *out = &res->body;
	struct portroll_str name = call->params[0];
	res->status = 404;
	show_begin(call, res, &(struct page_head){.title = name});
	HTML(out, "<h1>");
	html_text(out, name);
	HTML(out, "</h1>\n<p>No record has this name.</p>\n");
	show_suggestions(call, out, name);
	put_search_link(out, name);
	show_end(call, res);
}

static void put_json(const struct call *call, struct response *res, const struct id_array *ids)
{
	struct json j = api_begin(call, res, "portroll-lookup/1");
	json_key(&j, "answers");
	json_array(&j);
	api_put_name(call, &j, call->params[0], ids);
	json_array_end(&j);
	api_end(&j);
}

/* Has a complete source the name? If not, *ret is the first one. */
static bool is_foreign(size_t *ret, const struct call *call, const struct id_array *ids)
{
	struct portroll_record record;
	for (size_t i = 0; i < ids->count; i++) {
		if (!portroll_get(site_snapshot(call->site), ids->ids[i], &record))
			continue;
		const struct source *source = site_source(call->site, record.source);
		if (source && source->coverage == COVERAGE_COMPLETE)
			return false;
	}
	for (*ret = 0; *ret < site_source_count(call->site); (*ret)++)
		if (site_source(call->site, *ret)->coverage == COVERAGE_COMPLETE)
			return true;
	return false;
}

/* Not in iana, copy of 2026-02-13; from debian, nmap. */
static void put_foreign(const struct call *call, struct buf *out, const struct id_array *ids)
{
	struct portroll_record record;
	size_t complete, last = SIZE_MAX;
	if (!is_foreign(&complete, call, ids))
		return;
	HTML(out, "<p class=\"class\">Not in ");
	show_source(call, out, complete);
	for (size_t i = 0; i < ids->count; i++) {
		if (!portroll_get(site_snapshot(call->site), ids->ids[i], &record) ||
		    record.source == last)
			continue;
		html_text(out, last == SIZE_MAX ? STR("; from ") : STR("; "));
		show_source(call, out, record.source);
		last = record.source;
	}
	HTML(out, ".</p>\n");
}

static void put_html(const struct call *call, struct response *res, const struct id_array *ids)
{
	struct buf *out = &res->body;
	struct portroll_str name = call->params[0];
	show_begin(call, res, &(struct page_head){.title = name});
	HTML(out, "<h1>");
	html_text(out, name);
	HTML(out, "</h1>\n");
	if (!name_is_well_formed(name))
		HTML(out, "<p class=\"class\">Not a well-formed service name: RFC 6335 section 5.1 "
			  "asks for 1 to 15 letters, digits and single hyphens.</p>\n");
	put_foreign(call, out, ids);
	show_records(call, out, ids);
	put_search_link(out, name);
	show_end(call, res);
}

void page_name(const struct call *call, struct response *res)
{
	struct record_list list = snapshot_by_name(site_snapshot(call->site), call->params[0]);
	struct id_array ids = collect(call, list);
	if (ids.count == 0 && call->json)
		refuse_request(res, 404, "no record has that name");
	else if (ids.count == 0)
		put_missing(call, res);
	else if (call->json)
		put_json(call, res, &ids);
	else
		put_html(call, res, &ids);
}

/* Names with a slash (914c/g) are one segment of an address, 914c%2Fg; who writes the slash as it
 * is is sent there. */
void page_name_in_two(const struct call *call, struct response *res)
{
	struct buf name = BUF_INIT(REQUEST_TARGET_MAX), page = BUF_INIT(REQUEST_TARGET_MAX * 4);
	buf_put(&name, call->params[0]);
	buf_putc(&name, '/');
	buf_put(&name, call->params[1]);
	buf_puts(&page, "/names/");
	percent_put(&page, buf_str(&name));
	if (call->json)
		buf_puts(&page, ".json");
	if (snapshot_by_name(site_snapshot(call->site), buf_str(&name)).count > 0)
		show_redirect(call, res, 301, buf_str(&page));
	else
		refuse_request(res, 404, "no record has that name");
	html_scratch_done(&res->body, &name);
	html_scratch_done(&res->body, &page);
}

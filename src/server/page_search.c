/* SPDX-License-Identifier: MIT */
#include "server/api.h"
#include "server/pages.h"
#include "server/percent.h"
#include "server/search.h"
#include "server/show.h"

#define PAGES_AROUND 3U /* page numbers shown before and after the current one */

struct result {
	struct search search;
	const struct call *call;
	struct id_array all, shown;
	uint64_t page_count; /* at least 1 */
};

static void put_choice(struct buf *out, const struct search *search, enum search_how how)
{
	HTML(out, "<label><input type=\"radio\" name=\"how\" value=\"");
	html_text(out, how == SEARCH_TEXT ? STR("text") : STR("words"));
	HTML(out, "\"");
	if ((search->how == SEARCH_TEXT) == (how == SEARCH_TEXT))
		HTML(out, " checked");
	HTML(out, "> ");
	html_text(out,
		  how == SEARCH_TEXT
			  ? STR("this text, in any column but the dates, in the registry's order")
			  : STR("all of these words, best match first, in all sources"));
	HTML(out, "</label>");
}

static void put_form(struct buf *out, const struct search *search)
{
	HTML(out, "<form class=\"refine\" action=\"/search\" method=\"get\">"
		  "<label for=\"refine\">Search the records</label>"
		  "<div><input type=\"search\" id=\"refine\" name=\"q\" maxlength=\"200\" "
		  "value=\"");
	html_text(out, search->text);
	HTML(out, "\"><button type=\"submit\">Search</button></div>\n"
		  "<fieldset><legend>Find</legend>");
	put_choice(out, search, SEARCH_WORDS);
	put_choice(out, search, SEARCH_TEXT);
	HTML(out, "</fieldset></form>\n");
}

static void put_page_link(struct buf *out, const struct result *result, uint64_t page,
			  bool is_current)
{
	struct search search = result->search;
	search.page = page;
	HTML(out, "<a href=\"");
	search_put_link(out, &search, result->call);
	HTML(out, "\"");
	if (is_current)
		HTML(out, " aria-current=\"page\"");
	HTML(out, ">");
	buf_put_num(out, page);
	HTML(out, "</a> ");
}

/* First, last, the current one and some around it. */
static void put_pages(struct buf *out, const struct result *result)
{
	uint64_t current = result->search.page, last = result->page_count;
	if (last < 2)
		return;
	HTML(out, "<nav class=\"pages\" aria-label=\"Pages of the result\">");
	bool gap = false;
	for (uint64_t page = 1; page <= last; page++) {
		bool near = page + PAGES_AROUND >= current && page <= current + PAGES_AROUND;
		if (near || page == 1 || page == last) {
			put_page_link(out, result, page, page == current);
			gap = false;
		} else if (!gap) {
			HTML(out, "<span>&#8230;</span> ");
			gap = true;
		}
	}
	HTML(out, "</nav>\n");
}

static void put_sort_link(struct buf *out, const void *context, enum field_id field,
			  bool descending)
{
	const struct result *result = context;
	struct search search = result->search;
	search.page = 1;
	search.sorted_by = (int)field;
	search.descending = descending;
	search_put_link(out, &search, result->call);
}

static void put_hits(struct buf *out, const struct result *result)
{
	struct portroll_str page = search_own_page(result->call, result->search.text);
	HTML(out, "<p class=\"hits\" role=\"status\">");
	html_number(out, result->all.count);
	html_text(out, result->all.count == 1 ? STR(" record") : STR(" records"));
	if (result->page_count > 1) {
		HTML(out, ", page ");
		html_number(out, result->search.page);
		HTML(out, " of ");
		html_number(out, result->page_count);
	}
	if (page.len > 0) {
		HTML(out, ". See also <a href=\"");
		html_text(out, page);
		HTML(out, "\">");
		html_text(out, result->search.text);
		HTML(out, "</a>");
	}
	HTML(out, "</p>\n");
}

static void put_html(const struct result *result, struct response *res)
{
	struct buf *out = &res->body;
	const struct table_links links = {.put_link = put_sort_link,
					  .context = result,
					  .sorted_by = result->search.sorted_by,
					  .descending = result->search.descending};
	show_begin(result->call, res, &(struct page_head){.title = STR("Search"), .is_home = true});
	HTML(out, "<h1>Records</h1>\n");
	put_form(out, &result->search);
	put_hits(out, result);
	if (result->all.count > 0) {
		put_pages(out, result);
		show_table(result->call, out, "Records found", &result->shown, &links);
		put_pages(out, result);
	} else {
		show_suggestions(result->call, out, result->search.text);
	}
	show_end(result->call, res);
}

static void put_json(const struct result *result, struct response *res)
{
	struct json j = api_begin(result->call, res, "portroll-search/1");
	json_key(&j, "query");
	json_str(&j, result->search.text);
	json_member(&j, "how", result->search.how == SEARCH_TEXT ? STR("text") : STR("words"));
	json_key(&j, "hit_count");
	json_num(&j, result->all.count);
	json_key(&j, "page");
	json_num(&j, result->search.page);
	json_key(&j, "page_count");
	json_num(&j, result->page_count);
	api_put_records(result->call, &j, &result->shown);
	api_end(&j);
}

void page_search(const struct call *call, struct response *res)
{
	struct result result = {.call = call};
	if (!search_read(&result.search, call, res))
		return;
	struct portroll_str own_page = STR_NONE;
	if (result.search.how == SEARCH_AUTO && !call->json)
		own_page = search_own_page(call, result.search.text);
	if (own_page.len > 0) {
		show_redirect(call, res, 303, own_page);
		return;
	}
	if (result.search.text.len == 0)
		result.search.how = SEARCH_TEXT;
	int found = search_run(&result.all, &result.search, call);
	if (found == PORTROLL_ELIMIT) {
		refuse_request(res, 400, "a search has at most 32 words");
		return;
	}
	if (found < 0) {
		refuse_request(res, 500, "the records could not be searched");
		return;
	}
	result.page_count = (result.all.count + SEARCH_PAGE_SIZE - 1) / SEARCH_PAGE_SIZE;
	if (result.page_count == 0)
		result.page_count = 1;
	if (result.search.page > result.page_count) {
		refuse_request(res, 404, "the result has no such page");
		return;
	}
	size_t first = (size_t)(result.search.page - 1) * SEARCH_PAGE_SIZE;
	size_t left = result.all.count - first;
	result.shown.ids = left > 0 ? result.all.ids + first : NULL;
	result.shown.count = left < SEARCH_PAGE_SIZE ? left : SEARCH_PAGE_SIZE;
	if (call->json)
		put_json(&result, res);
	else
		put_html(&result, res);
}

/* SPDX-License-Identifier: MIT */
#include "base/num.h"
#include "registry/state.h"
#include "server/show.h"

static bool first_named(struct portroll_record *ret, const struct portroll_snapshot *s,
			struct record_list records)
{
	for (uint32_t i = 0; i < records.count; i++)
		if (portroll_get(s, snapshot_list_at(s, records, i), ret) && ret->name.len > 0)
			return true;
	return false;
}

static void put_state(const struct call *call, struct buf *out, uint16_t port, uint8_t transport)
{
	static const char *const classes[] = {"unknown", "assigned", "reserved", "unassigned",
					      "dynamic"};
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct answer answer = snapshot_answer(s, port, transport);
	struct portroll_record record;
	uint8_t state = answer.state <= PORTROLL_DYNAMIC ? answer.state : PORTROLL_UNKNOWN;
	HTML(out, "<td class=\"");
	html_text(out, str_from(classes[state]));
	HTML(out, "\"><a href=\"/ports/");
	buf_put_num(out, port);
	HTML(out, "/");
	html_text(out, transport_name(transport));
	HTML(out, "\">");
	bool has_name = first_named(&record, s, answer.records);
	bool is_assigned = state == PORTROLL_ASSIGNED || state == PORTROLL_UNKNOWN;
	if (has_name && is_assigned)
		html_text(out, record.name);
	else if (state == PORTROLL_UNKNOWN)
		HTML(out, "not listed");
	else
		html_text(out, str_from(portroll_state_name(state)));
	if (has_name && !is_assigned) {
		HTML(out, "; ");
		html_text(out, record.name);
		HTML(out, " in ");
		html_text(out, snapshot_source_name(s, record.source));
	}
	HTML(out, "</a></td>");
}

static void put_pages(struct buf *out, struct range range, struct range page)
{
	char text[RANGE_TEXT_MAX];
	(void)range_format(text, range);
	if (page.first == range.first && page.last == range.last)
		return;
	HTML(out, "<nav class=\"pages\" aria-label=\"Pages\">");
	if (page.first > range.first) {
		HTML(out, "<a rel=\"prev\" href=\"/ports/");
		html_text(out, str_from(text));
		HTML(out, "?page=");
		buf_put_num(out, (page.first - range.first) / RANGE_PAGE_MAX);
		HTML(out, "\">&#8592; Lower ports</a> ");
	}
	if (page.last < range.last) {
		HTML(out, "<a rel=\"next\" href=\"/ports/");
		html_text(out, str_from(text));
		HTML(out, "?page=");
		buf_put_num(out, (page.first - range.first) / RANGE_PAGE_MAX + 2);
		HTML(out, "\">Higher ports &#8594;</a>");
	}
	HTML(out, "</nav>\n");
}

static void put_rows(const struct call *call, struct buf *out, struct range page)
{
	HTML(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"States\">"
		  "<table class=\"states\"><thead><tr><th scope=\"col\">Port</th>");
	for (uint8_t transport = 1; transport <= TRANSPORT_COUNT; transport++) {
		HTML(out, "<th scope=\"col\">");
		html_text(out, transport_name(transport));
		HTML(out, "</th>");
	}
	HTML(out, "</tr></thead>\n<tbody>\n");
	for (uint32_t port = page.first; port <= page.last; port++) {
		HTML(out, "<tr><th scope=\"row\"><a href=\"/ports/");
		buf_put_num(out, port);
		HTML(out, "\">");
		buf_put_num(out, port);
		HTML(out, "</a></th>");
		for (uint8_t transport = 1; transport <= TRANSPORT_COUNT; transport++)
			put_state(call, out, (uint16_t)port, transport);
		HTML(out, "</tr>\n");
	}
	HTML(out, "</tbody></table></div>\n");
}

bool range_page_read(struct range_page *ret, const struct call *call, struct response *res,
		     struct range range)
{
	struct portroll_str asked = request_argument(call->req, STR("page"));
	uint64_t number = 1, pages = ((uint32_t)range.last - range.first) / RANGE_PAGE_MAX + 1;
	if (asked.len > 0 && (num_parse(&number, asked, pages) < 0 || number == 0)) {
		refuse_request(res, 404, "the range has no such page");
		return false;
	}
	uint32_t first = range.first + (uint32_t)(number - 1) * RANGE_PAGE_MAX;
	uint32_t last = first + RANGE_PAGE_MAX - 1;
	*ret = (struct range_page){
		.ports = {(uint16_t)first, (uint16_t)(last < range.last ? last : range.last)},
		.number = number,
		.count = pages,
	};
	return true;
}

void show_range(const struct call *call, struct response *res, struct range range)
{
	struct range_page page;
	if (!range_page_read(&page, call, res, range))
		return;
	char text[RANGE_TEXT_MAX + 6] = "Ports ";
	size_t len = range_format(text + 6, range) + 6;
	struct buf *out = &res->body;
	show_begin(call, res, &(struct page_head){.title = {text, len}});
	HTML(out, "<h1>");
	html_text(out, (struct portroll_str){text, len});
	HTML(out, "</h1>\n");
	put_pages(out, range, page.ports);
	put_rows(call, out, page.ports);
	put_pages(out, range, page.ports);
	show_end(call, res);
}

/* SPDX-License-Identifier: MIT */
#include "server/api.h"
#include "server/pages.h"
#include "server/show.h"

static void put_class(struct buf *out, uint16_t port)
{
	const struct port_class *class = port_class_of(port);
	HTML(out, "<p class=\"class\"><a href=\"/about#ranges\">");
	html_text(out, str_from(class->name));
	HTML(out, "</a> (");
	buf_put_num(out, class->range.first);
	HTML(out, "&#8211;");
	buf_put_num(out, class->range.last);
	HTML(out, "): ");
	html_text(out, str_from(class->policy));
	HTML(out, "; decided by ");
	html_text(out, str_from(class->decides));
	HTML(out, " <span class=\"section\">(");
	html_text(out, str_from(class->section));
	HTML(out, ")</span></p>\n");
}

static void put_neighbours(struct buf *out, uint16_t port)
{
	HTML(out, "<nav class=\"pages\" aria-label=\"Neighbouring ports\">");
	if (port > 0) {
		HTML(out, "<a rel=\"prev\" href=\"/ports/");
		buf_put_num(out, port - 1U);
		HTML(out, "\">&#8592; ");
		buf_put_num(out, port - 1U);
		HTML(out, "</a> ");
	}
	HTML(out, "<a href=\"/search?how=text&amp;q=");
	buf_put_num(out, port);
	HTML(out, "\">Records with &#8220;");
	buf_put_num(out, port);
	HTML(out, "&#8221; in any column</a>");
	if (port < UINT16_MAX) {
		HTML(out, " <a rel=\"next\" href=\"/ports/");
		buf_put_num(out, port + 1U);
		HTML(out, "\">");
		buf_put_num(out, port + 1U);
		HTML(out, " &#8594;</a>");
	}
	HTML(out, "</nav>\n");
}

/* The records of the answers for some transports, each once: one that states no transport stands in
 * all of them. */
static struct id_array collect_records(const struct call *call, uint16_t port, uint8_t first,
				       uint8_t last)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct id_array all = {0};
	for (uint8_t transport = first; transport <= last; transport++) {
		struct record_list list = snapshot_answer(s, port, transport).records;
		uint32_t *ids = arena_grow(call->arena, all.ids, all.count, all.count + list.count,
					   sizeof(*ids));
		if (!ids)
			return all;
		all.ids = ids;
		for (uint32_t i = 0; i < list.count; i++) {
			struct portroll_record record;
			uint32_t id = snapshot_list_at(s, list, i);
			bool known = portroll_get(s, id, &record);
			if (known && (transport == first || record.transport != PORTROLL_ANY))
				all.ids[all.count++] = id;
		}
	}
	return all;
}

/* One port, for all transports (first 1, last 4) or for one. */
static void show_port(const struct call *call, struct response *res, uint16_t port,
		      uint8_t only_transport)
{
	struct buf *out = &res->body;
	uint8_t first = only_transport ? only_transport : 1;
	uint8_t last = only_transport ? only_transport : TRANSPORT_COUNT;
	struct buf title = BUF_INIT(128);
	buf_puts(&title, "Port ");
	buf_put_num(&title, port);
	if (only_transport)
		buf_putc(&title, '/');
	buf_put(&title, transport_name(only_transport));
	show_begin(call, res, &(struct page_head){.title = buf_str(&title)});
	HTML(out, "<h1>");
	html_text(out, buf_str(&title));
	HTML(out, "</h1>\n");
	html_scratch_done(out, &title);
	put_class(out, port);
	HTML(out, "<div class=\"answers\">\n");
	for (uint8_t transport = first; transport <= last; transport++)
		show_answer(call, out, port, transport);
	HTML(out, "</div>\n");
	struct id_array ids = collect_records(call, port, first, last);
	if (ids.count > 0)
		HTML(out, "<h2>Records</h2>\n");
	show_records(call, out, &ids);
	put_neighbours(out, port);
	show_end(call, res);
}

/* The page of a range, of one transport or all. */
static void put_json(const struct call *call, struct response *res, struct range range,
		     uint8_t only_transport)
{
	struct range_page page;
	if (!range_page_read(&page, call, res, range))
		return;
	char key[RANGE_TEXT_MAX + sizeof("/sctp")];
	size_t len = range_format(key, range);
	struct portroll_str transport = transport_name(only_transport);
	if (transport.len > 0)
		key[len++] = '/';
	for (size_t i = 0; i < transport.len; i++)
		key[len++] = transport.ptr[i];
	struct json j = api_begin(call, res, "portroll-lookup/1");
	json_key(&j, "page");
	json_num(&j, page.number);
	json_key(&j, "page_count");
	json_num(&j, page.count);
	json_key(&j, "answers");
	json_array(&j);
	for (uint32_t port = page.ports.first; port <= page.ports.last; port++) {
		for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
			if (!only_transport || t == only_transport)
				api_put_answer(call, &j, (struct portroll_str){key, len},
					       (uint16_t)port, t);
		}
	}
	json_array_end(&j);
	api_end(&j);
}

void page_ports(const struct call *call, struct response *res)
{
	struct range range;
	int r = range_parse(&range, call->params[0]);
	if (r < 0)
		refuse_request(res, r == PORTROLL_ESYNTAX ? 404 : 400, range_error_text(r));
	else if (call->json)
		put_json(call, res, range, PORTROLL_ANY);
	else if (range.first == range.last)
		show_port(call, res, range.first, PORTROLL_ANY);
	else
		show_range(call, res, range);
}

void page_port_transport(const struct call *call, struct response *res)
{
	struct range range;
	uint8_t transport;
	int r = range_parse(&range, call->params[0]);
	if (r < 0)
		refuse_request(res, r == PORTROLL_ESYNTAX ? 404 : 400, range_error_text(r));
	else if (range.first != range.last)
		refuse_request(res, 404, "a range is shown for all transports at once");
	else if (transport_parse(&transport, call->params[1]) < 0)
		refuse_request(res, 404, "the transports are tcp, udp, sctp and dccp");
	else if (call->json)
		put_json(call, res, range, transport);
	else
		show_port(call, res, range.first, transport);
}

/* SPDX-License-Identifier: MIT */
#include "server/routes.h"

#include "server/pages.h"

const struct route routes[] = {
	{"/", page_home, ROUTE_JSON},
	{"/index", page_home, ROUTE_JSON},
	{"/search", page_search, ROUTE_JSON},
	{"/about", page_about, ROUTE_JSON},
	{"/ports/{}", page_ports, ROUTE_JSON},
	{"/ports/{}/{}", page_port_transport, ROUTE_JSON},
	{"/names/{}", page_name, ROUTE_JSON},
	{"/names/{}/{}", page_name_in_two, ROUTE_JSON},
	{"/people/{}", page_person, ROUTE_JSON},
	{"/registry.{}", page_download, 0},
	{"/ledger/checkpoint", page_ledger, 0},
	{"/ledger/key", page_ledger, 0},
	{"/ledger/people", page_ledger, 0},
	{"/ledger/tile/{...}", page_tile, 0},
	{"/map.svg", page_map, 0},
	{"/style.css", page_asset, 0},
	{"/icon.svg", page_asset, 0},
	{"/robots.txt", page_asset, 0},
	{0},
};

const char *status_words(unsigned status)
{
	switch (status) {
	case 400:
		return "Bad Request";
	case 404:
		return "Not Found";
	case 405:
		return "Method Not Allowed";
	case 413:
		return "Content Too Large";
	case 414:
		return "URI Too Long";
	case 431:
		return "Request Header Fields Too Large";
	case 501:
		return "Not Implemented";
	default:
		return "Internal Server Error";
	}
}

void refuse_request(struct response *res, unsigned status, const char *why)
{
	res->status = status;
	res->why = why;
}

/* Does the segment fit "literal" or "literal{}"? */
static bool segment_fits(struct portroll_str pattern, struct portroll_str segment,
			 struct portroll_str **param)
{
	if (!str_ends(pattern, STR("{}")))
		return str_equal(pattern, segment);
	struct portroll_str prefix = str_part(pattern, 0, pattern.len - 2);
	if (!str_starts(segment, prefix) || segment.len == prefix.len)
		return false;
	*(*param)++ = str_part(segment, prefix.len, segment.len);
	return true;
}

static bool route_fits(const struct route *route, const struct request *req, bool *ret_json,
		       struct portroll_str params[static 2])
{
	static const struct portroll_str suffix = {".json", 5};
	struct portroll_str rest = str_part(str_from(route->pattern), 1, SIZE_MAX), pattern;
	struct portroll_str *param = params;
	size_t at = 0;
	bool json = false;
	for (; rest.len > 0 && str_cut(&rest, '/', &pattern); at++) {
		if (at == req->segment_count)
			return false;
		if (str_equal(pattern, STR("{...}")))
			return true;
		struct portroll_str segment = req->segments[at];
		bool is_last = at + 1 == req->segment_count;
		if (is_last && (route->flags & ROUTE_JSON) && str_ends(segment, suffix)) {
			json = true;
			segment = str_part(segment, 0, segment.len - suffix.len);
		}
		if (!segment_fits(pattern, segment, &param))
			return false;
	}
	*ret_json = json;
	return at == req->segment_count;
}

static const struct route *find_route(struct call *call)
{
	for (const struct route *route = routes; route->pattern; route++) {
		if (!route_fits(route, call->req, &call->json, call->params))
			continue;
		if (route->flags & ROUTE_JSON)
			call->json = call->json || request_wants_json(call->req);
		return route;
	}
	call->json = request_wants_json(call->req);
	return NULL;
}

static void refuse_method(struct response *res, struct arena *a)
{
	response_add(res, "Allow", STR("GET, HEAD, OPTIONS"), a);
	refuse_request(res, 405, "this page is read with GET or HEAD");
}

static void run_route(const struct route *route, const struct call *call, struct response *res)
{
	if (!route) {
		refuse_request(res, 404, "there is no such page");
	} else if (call->req->method == METHOD_OTHER) {
		res->close = call->req->has_body;
		refuse_method(res, call->arena);
	} else if (call->req->has_body) {
		res->close = true;
		refuse_request(res, 400, "a request for a page has no body");
	} else if (call->req->method == METHOD_OPTIONS) {
		res->status = 204;
		response_add(res, "Allow", STR("GET, HEAD, OPTIONS"), call->arena);
	} else {
		route->handle(call, res);
	}
	if (portroll_damaged(site_snapshot(call->site)))
		refuse_request(res, 500, "the snapshot is damaged");
	else if (call->arena->failed || res->body.failed)
		refuse_request(res, 500, "there is no memory left for this page");
}

void answer_request(struct site *site, const struct wire *wire, struct arena *a,
		    struct response *ret)
{
	struct request req;
	struct call call = {.site = site, .req = &req, .arena = a};
	*ret = RESPONSE_INIT;
	const char *why = NULL;
	unsigned status = request_read(&req, wire, a, &why);
	if (status == 0) {
		const struct route *route = find_route(&call);
		run_route(route, &call, ret);
	} else {
		call.json = request_wants_json(&req);
		ret->close = true;
		refuse_request(ret, status, why);
	}
	if (ret->status >= 400 && ret->why)
		page_error(&call, ret);
	response_finish(ret, &req, portroll_digest(site_snapshot(site)), a);
}

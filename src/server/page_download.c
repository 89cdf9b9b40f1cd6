/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/num.h"
#include "server/html.h"
#include "server/pages.h"
#include "server/selection.h"

static size_t find_kind(struct portroll_str suffix)
{
	for (size_t i = 0; i < DOWNLOAD_KIND_COUNT; i++) {
		if (str_equal(suffix, str_from(download_kinds[i].suffix)))
			return i;
	}
	return SIZE_MAX;
}

/* The source asked for, or the main one; SIZE_MAX after a refusal. */
static size_t choose_source(const struct call *call, struct response *res)
{
	struct portroll_str name = request_argument(call->req, STR("source"));
	size_t source =
		name.len > 0 ? site_find_source(call->site, name) : site_main_source(call->site);
	if (source == SIZE_MAX) {
		refuse_request(res, 404, "the roll has no such source");
	} else if (!site_may_download(call->site, source)) {
		refuse_request(res, 404, "the licence of this source's data forbids handing it on");
		source = SIZE_MAX;
	}
	return source;
}

static void add_disposition(const struct call *call, struct response *res, size_t source)
{
	struct buf value = BUF_INIT(256);
	buf_puts(&value, "attachment; filename=\"portroll-");
	buf_put(&value, site_source(call->site, source)->name);
	buf_putc(&value, '.');
	buf_put(&value, call->params[0]);
	buf_putc(&value, '"');
	response_add(res, "Content-Disposition", buf_str(&value), call->arena);
	html_scratch_done(&res->body, &value);
}

/* Reads match= (IANA's own name for it is search=) and page=. False after a refusal. */
static bool read_selection(struct selection *ret, const struct call *call, struct response *res)
{
	struct portroll_str page = request_argument(call->req, STR("page"));
	struct portroll_str match = request_argument(call->req, STR("match"));
	uint64_t number = 0;
	ret->match = match.len > 0 ? match : request_argument(call->req, STR("search"));
	ret->linked = request_argument(call->req, STR("source"));
	if (page.len > 0 && strcmp(download_kinds[ret->kind].format, "html") != 0)
		refuse_request(res, 400, "only /registry.html comes in pages");
	else if (page.len > 0 && (num_parse(&number, page, UINT32_MAX) < 0 || number == 0))
		refuse_request(res, 400, "a page is a number from 1");
	ret->page = (size_t)number;
	return res->status < 400;
}

static void send_selection(const struct call *call, struct response *res,
			   struct selection *selection)
{
	struct buf loss = BUF_INIT(4096);
	selection->loss = &loss;
	res->media_type = download_kinds[selection->kind].media_type;
	res->is_private = true;
	int r = selection_write(&res->body, selection, call);
	res->has_style = r == PORTROLL_OK;
	if (r == PORTROLL_EINVAL)
		refuse_request(res, 404, "the listing has no such page");
	else if (r < 0)
		refuse_request(res, 500, "the registry could not be written in that form");
	else if (selection->page == 0)
		add_disposition(call, res, selection->source);
	if (loss.len > 0)
		response_add(res, "Portroll-Loss", buf_str(&loss), call->arena);
	html_scratch_done(&res->body, &loss);
}

static void send_whole(const struct call *call, struct response *res, size_t source, size_t kind)
{
	const struct download *download;
	if (site_download(&download, call->site, source, kind) < 0) {
		refuse_request(res, 500, "the registry could not be written in that form");
		return;
	}
	res->media_type = download_kinds[kind].media_type;
	res->is_private = true;
	res->fixed = download->bytes;
	res->content_tag = download->tag;
	if (download->gzip.len > 0 && request_accepts_gzip(call->req)) {
		res->fixed = download->gzip;
		res->content_tag = download->tag + 1;
		response_add(res, "Content-Encoding", STR("gzip"), call->arena);
	}
	if (download->loss.len > 0)
		response_add(res, "Portroll-Loss", download->loss, call->arena);
	add_disposition(call, res, source);
}

void page_download(const struct call *call, struct response *res)
{
	struct selection selection = {.kind = find_kind(call->params[0])};
	if (selection.kind == SIZE_MAX) {
		refuse_request(res, 404, "the registry is not offered in that form");
		return;
	}
	selection.source = choose_source(call, res);
	if (selection.source == SIZE_MAX || !read_selection(&selection, call, res))
		return;
	if (selection.page > 0 || selection.match.len > 0)
		send_selection(call, res, &selection);
	else
		send_whole(call, res, selection.source, selection.kind);
}

/* SPDX-License-Identifier: MIT */
#include "server/html.h"
#include "server/pages.h"

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

void page_download(const struct call *call, struct response *res)
{
	size_t kind = find_kind(call->params[0]);
	if (kind == SIZE_MAX) {
		refuse_request(res, 404, "the registry is not offered in that form");
		return;
	}
	size_t source = choose_source(call, res);
	if (source == SIZE_MAX)
		return;
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

/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "server/pages.h"
#include "server/show.h"

static void put_problem(struct response *res)
{
	struct json j = json_init(&res->body, true);
	res->media_type = "application/problem+json";
	json_object(&j);
	json_member(&j, "title", str_from(status_words(res->status)));
	json_key(&j, "status");
	json_num(&j, res->status);
	json_member(&j, "detail", str_from(res->why));
	json_object_end(&j);
	buf_putc(&res->body, '\n');
}

void page_error(const struct call *call, struct response *res)
{
	buf_done(&res->body);
	res->body = BUF_INIT(RESPONSE_BODY_MAX);
	res->fixed = STR_NONE;
	if (call->json) {
		put_problem(res);
		return;
	}
	struct buf *out = &res->body;
	show_begin(call, res, &(struct page_head){.title = str_from(status_words(res->status))});
	HTML(out, "<h1>");
	html_text(out, str_from(status_words(res->status)));
	HTML(out, "</h1>\n<p>");
	buf_put_num(out, res->status);
	HTML(out, ": ");
	html_text(out, str_from(res->why));
	HTML(out, ".</p>\n<p><a href=\"/\">To the start page</a></p>\n");
	show_end(call, res);
}

/* SPDX-License-Identifier: MIT */
#include "server/response.h"

#include "base/hash.h"
#include "base/macros.h"

void response_add(struct response *res, const char *name, struct portroll_str value,
		  struct arena *a)
{
	const char *text = arena_cstr(a, value);
	if (text && res->header_count < RESPONSE_HEADER_MAX)
		res->headers[res->header_count++] = (struct response_header){name, text};
}

struct portroll_str response_bytes(const struct response *res)
{
	return res->fixed.ptr ? res->fixed : buf_str(&res->body);
}

static void add_security(struct response *res)
{
	/* No script at all, nothing from elsewhere, no frame around us. */
	static const struct response_header every[] = {
		{"Content-Security-Policy",
		 "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
		 "base-uri 'none'; frame-ancestors 'none'"},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "no-referrer"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Permissions-Policy", "geolocation=(), camera=(), microphone=()"},
		{"X-Frame-Options", "DENY"},
		{"Vary", "Accept, Accept-Encoding"},
	};
	for (size_t i = 0; i < ARRAY_LEN(every); i++) {
		if (res->header_count < RESPONSE_HEADER_MAX)
			res->headers[res->header_count++] = every[i];
	}
}

/* The tag tells content from content, also of one snapshot by two versions of the pages. */
static void add_tag(struct response *res, const struct request *req, uint64_t digest,
		    struct arena *a)
{
	struct portroll_str bytes = response_bytes(res);
	uint64_t content = res->content_tag != 0 ? res->content_tag : hash_bytes(bytes);
	struct buf tag = BUF_INIT(64);
	buf_printf(&tag, "\"%016llx-%016llx\"", (unsigned long long)digest,
		   (unsigned long long)content);
	response_add(res, "ETag", buf_str(&tag), a);
	bool known = str_find(req->if_none_match, buf_str(&tag)) != SIZE_MAX ||
		     str_equal(str_trim(req->if_none_match), STR("*"));
	buf_done(&tag);
	if (known) {
		res->status = 304;
		res->fixed = STR("");
	}
}

void response_finish(struct response *res, const struct request *req, uint64_t digest,
		     struct arena *a)
{
	add_security(res);
	if (res->is_private)
		response_add(res, "X-Robots-Tag", STR("noindex, nofollow"), a);
	if (res->status == 200) {
		response_add(res, "Cache-Control", STR("no-cache"), a);
		add_tag(res, req, digest, a);
	} else {
		response_add(res, "Cache-Control", STR("no-store"), a);
	}
	if (res->media_type && res->status != 304)
		response_add(res, "Content-Type", str_from(res->media_type), a);
}

void response_done(struct response *res)
{
	buf_done(&res->body);
}

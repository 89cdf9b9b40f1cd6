/* SPDX-License-Identifier: MIT */
#include "server/response.h"

#include "base/hash.h"
#include "base/macros.h"

#define HEX_LEN   16U                                   /* of 64 bits */
#define TAG_LEN   (2 * HEX_LEN + 3U)                    /* with quotes and a hyphen */
#define IMMUTABLE "public, max-age=31536000, immutable" /* RFC 8246 */

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
	static const struct response_header policies[] = {
		{"Content-Security-Policy",
		 "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
		 "base-uri 'none'; frame-ancestors 'none'"},
		{"Content-Security-Policy",
		 "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
		 "base-uri 'none'; frame-ancestors 'none'"},
	};
	static const struct response_header every[] = {
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "no-referrer"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Permissions-Policy", "geolocation=(), camera=(), microphone=()"},
		{"X-Frame-Options", "DENY"},
		{"Vary", "Accept, Accept-Encoding"},
	};
	if (res->header_count < RESPONSE_HEADER_MAX)
		res->headers[res->header_count++] = policies[res->has_style ? 1 : 0];
	for (size_t i = 0; i < ARRAY_LEN(every); i++) {
		if (res->header_count < RESPONSE_HEADER_MAX)
			res->headers[res->header_count++] = every[i];
	}
}

static void put_hex(char ret_text[static HEX_LEN], uint64_t value)
{
	for (size_t i = HEX_LEN; i > 0; i--, value >>= 4)
		ret_text[i - 1] = "0123456789abcdef"[value & 15];
}

/* The tag tells content from content, also of one snapshot by two versions of the pages. */
static void add_tag(struct response *res, const struct request *req, uint64_t digest,
		    struct arena *a)
{
	struct portroll_str bytes = response_bytes(res);
	uint64_t content = res->content_tag != 0 ? res->content_tag : hash_bytes(bytes);
	char text[TAG_LEN];
	put_hex(text + 1, digest);
	put_hex(text + 2 + HEX_LEN, content);
	text[0] = text[TAG_LEN - 1] = '"';
	text[1 + HEX_LEN] = '-';
	struct portroll_str tag = {text, TAG_LEN};
	response_add(res, "ETag", tag, a);
	if (str_find(req->if_none_match, tag) != SIZE_MAX ||
	    str_equal(str_trim(req->if_none_match), STR("*"))) {
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
		response_add(res, "Cache-Control",
			     res->is_immutable ? STR(IMMUTABLE) : STR("no-cache"), a);
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
	file_release(&res->file);
}

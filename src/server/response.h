/* SPDX-License-Identifier: MIT */
#pragma once

/* An answer as the pages make it; the edge sends it. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "server/request.h"

#define RESPONSE_HEADER_MAX 24
#define RESPONSE_BODY_MAX   (16U << 20) /* bytes of a page; downloads are kept apart */

struct response_header {
	const char *name, *value; /* static or in the arena of the answer */
};

struct response {
	unsigned status;
	const char *media_type;    /* static */
	struct buf body;           /* owned; response_done() */
	struct portroll_str fixed; /* instead of the body: bytes of program, site, or `file` */
	struct file_bytes file;    /* released by response_done() */
	struct response_header headers[RESPONSE_HEADER_MAX];
	size_t header_count;
	bool close;           /* the connection, after this answer */
	bool is_private;      /* of people: robots shall not index it */
	bool has_style;       /* of its own, in the page */
	bool is_immutable;    /* what has this address will never be other bytes */
	const char *why;      /* of a refusal without a page of its own, one sentence; static */
	uint64_t content_tag; /* of `fixed`, where it is known already; else 0 */
};

#define RESPONSE_INIT ((struct response){.status = 200, .body = BUF_INIT(RESPONSE_BODY_MAX)})

/* Adds a header field; the value is copied into the arena. Too many are dropped. */
void response_add(struct response *res, const char *name, struct portroll_str value,
		  struct arena *a);

/* The bytes of the answer. */
struct portroll_str response_bytes(const struct response *res);

/* Adds what every answer has: media type, the security headers, caching with an ETag of `digest`
 * and the content (304 when the request has it already). */
void response_finish(struct response *res, const struct request *req, uint64_t digest,
		     struct arena *a);

void response_done(struct response *res);

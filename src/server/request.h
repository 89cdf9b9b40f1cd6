/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A request as the pages see it, and the guard that makes it from what came over the wire. The
 * guard refuses what HTTP libraries let through: smuggling pairs, repeated fields and arguments,
 * odd paths (RFC 9110, RFC 9112). It knows nothing of sockets.
 */

#include "base/arena.h"
#include "base/str.h"

#define REQUEST_TARGET_MAX   8192U         /* bytes of path and query */
#define REQUEST_FIELDS_SIZE  (16U << 10)   /* bytes of all header fields */
#define REQUEST_FIELD_MAX    64U           /* header fields */
#define REQUEST_BODY_MAX     (64ULL << 10) /* bytes of a body, above it is too large at once */
#define REQUEST_SEGMENT_MAX  12U           /* parts of a path; no route has more */
#define REQUEST_ARGUMENT_MAX 16U           /* of a query */

struct header_field {
	struct portroll_str name, value;
};

/* What came, as it came; all borrowed. */
struct wire {
	struct portroll_str method, target, version;
	const struct header_field *fields;
	size_t field_count;
};

enum method {
	METHOD_GET,
	METHOD_HEAD,
	METHOD_OPTIONS,
	METHOD_OTHER, /* one that HTTP knows and no route takes */
};

struct argument {
	struct portroll_str name, value; /* decoded */
};

struct request {
	uint8_t method;                                    /* enum method */
	bool has_body;                                     /* it announces one */
	struct portroll_str path;                          /* as written, without the query */
	struct portroll_str segments[REQUEST_SEGMENT_MAX]; /* decoded; none for "/" */
	size_t segment_count;
	struct argument arguments[REQUEST_ARGUMENT_MAX];
	size_t argument_count;
	struct portroll_str accept, accept_encoding, if_none_match;
};

/* Passes the request through the guard. Returns 0, or the HTTP status to refuse it with and a
 * sentence in *ret_why (static); the connection is to be closed then. *ret is written in any case
 * as far as it was read, so that the refusal can be given in the form asked for. */
unsigned request_read(struct request *ret, const struct wire *wire, struct arena *a,
		      const char **ret_why);

/* An argument of the query; the empty view when it was not given. */
struct portroll_str request_argument(const struct request *req, struct portroll_str name);

/* Does the Accept field prefer JSON to HTML (RFC 9110 section 12.5.1)? */
bool request_wants_json(const struct request *req);

bool request_accepts_gzip(const struct request *req);

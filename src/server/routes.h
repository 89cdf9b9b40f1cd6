/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * From a request to an answer: one table of routes. A handler fills the response and sees neither
 * socket nor clock; HEAD, OPTIONS, 405, error pages, tags and headers are derived here.
 */

#include "server/response.h"
#include "server/site.h"

/* One request on its way through a page. */
struct call {
	struct site *site;
	const struct request *req;
	struct arena *arena;
	struct portroll_str params[2]; /* what the {} of the pattern stand for */
	bool json;                     /* JSON is wanted, not HTML */
};

typedef void handler_fn(const struct call *call, struct response *res);

enum route_flags {
	ROUTE_JSON = 1 << 0, /* has a JSON form: by Accept, or .json after the path */
};

struct route {
	const char *pattern; /* segments; {} is any text of one, {...} one or more */
	handler_fn *handle;
	unsigned flags; /* enum route_flags */
};

/* NULL pattern at the end; the first that fits. */
extern const struct route routes[];

/* The whole way, guard included. Everything of the answer lives in the arena, the site, or the
 * response itself. */
void answer_request(struct site *site, const struct wire *wire, struct arena *a,
		    struct response *ret);

/* Marks the answer as a refusal; `why` is one sentence without a full stop, static. */
void refuse_request(struct response *res, unsigned status, const char *why);

/* The words of a status this server gives: Not Found. */
const char *status_words(unsigned status);

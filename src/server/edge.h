/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The edge: the one place with sockets. libmicrohttpd reads and writes behind the guard of
 * request.h; our own listening socket gives clear errors, and a reaper cuts clients that are too
 * slow, since the library's time-out counts idleness only and a byte a second would live for ever.
 */

#include "base/error.h"
#include "server/current.h"

struct edge;

struct edge_options {
	const char *listen; /* ADDRESS:PORT, [ADDRESS]:PORT, or PORT on 127.0.0.1; port 0: any */
	struct current *current;   /* the site of the moment; outlives the edge */
	int64_t (*now_ms)(void);   /* a clock that never goes back, in milliseconds */
	unsigned request_ms;       /* a request must be there in this time; 0: 10 s */
	unsigned answer_ms;        /* and its answer be taken in this; 0: 30 s */
	unsigned connection_limit; /* 0: 1,000 */
	unsigned address_limit;    /* connections from one address; 0: 64 */
};

/* Listens and serves with threads of its own until edge_stop(). A port that is taken is
 * PORTROLL_ESYSTEM with a sentence that names it. */
PORTROLL_MUST_CHECK int edge_start(struct edge **ret, const struct edge_options *options,
				   struct portroll_error *err);

/* The port it listens on. */
uint16_t edge_port(const struct edge *edge);

/* http://127.0.0.1:8080/, NUL-terminated. */
const char *edge_url(const struct edge *edge);

/* Finishes the answers under way, ends the threads and frees all. NULL is fine. */
void edge_stop(struct edge *edge);

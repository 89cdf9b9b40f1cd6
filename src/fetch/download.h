/* SPDX-License-Identifier: MIT */
#pragma once

/* Files over HTTPS, each whole or not at all. The only door to the network as a client. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "terminal/progress.h"

struct download_request {
	const char *url;           /* https; http only where the host is this machine */
	struct portroll_str etag;  /* of the copy that is there; empty: none */
	size_t size_max;           /* bytes */
	uint32_t timeout;          /* seconds for all of it */
	bool may_be_missing;       /* that the server has no such file is no error */
	const char *hint;          /* what is said when no server is reached; NULL: nothing */
	struct progress *progress; /* NULL: nobody is told */
};

struct download {
	struct buf bytes;         /* the caller frees it */
	struct portroll_str etag; /* in the arena; empty: the server gave none */
	bool unchanged;           /* the server says that the copy is the newest */
	bool missing;             /* it has no such file */
};

/* Keeps connections from one file to the next. */
struct downloader {
	void *curl;
};

PORTROLL_MUST_CHECK int downloader_init(struct downloader *ret, struct portroll_error *err);
void downloader_done(struct downloader *d); /* one that is zeroed is fine */

/* Redirects lead to https only. Errors never show the user part of a URL. Free ret->bytes also
 * after a failure. */
PORTROLL_MUST_CHECK int download(struct download *ret, struct downloader *d,
				 const struct download_request *request, struct arena *a,
				 struct portroll_error *err);

/* May this URL be asked? */
bool download_url_ok(struct portroll_str url);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The site of the moment. A new snapshot under the same name is noticed by its place in the file
 * system, looked at no more than once a second; requests under way keep the site they began with.
 */

#include "server/site.h"

struct current;

/* Called for what an operator should know: a new snapshot, or one that cannot be used. */
typedef void notice_fn(void *context, const char *sentence);

/* Opens the snapshot, all of it checked. `path` and what `notice` needs must outlive the handle.
 * PORTROLL_ESYSTEM when there is none. */
PORTROLL_MUST_CHECK int current_open(struct current **ret, const char *path, notice_fn *notice,
				     void *notice_context, struct portroll_error *err);
void current_close(struct current *current);

/* The site to answer from, with a reference for the caller (site_release). A snapshot that cannot
 * be opened leaves the old one in its place. Any number of threads. */
struct site *current_site(struct current *current, int64_t now_ms);

/* SPDX-License-Identifier: MIT */
#pragma once

/* One line of progress on standard error, only when that is a terminal and not -q. */

#include "terminal/out.h"

struct progress {
	const struct out *out;
	bool shown;
};

struct progress progress_begin(const struct out *o);

/* Replaces the line: "reading iana.xml". `total` 0: unknown; else a percentage of done is shown. */
void progress_step(struct progress *p, const char *what, uint64_t done, uint64_t total);

/* Wipes the line. */
void progress_end(struct progress *p);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The difference of two texts in lines, in the form of diff -u. */

#include "base/arena.h"
#include "terminal/out.h"

struct difference {
	struct portroll_str before, after;
	const char *before_name, *after_name;
	bool whole; /* else long runs of lines are cut, and said to be */
};

/* Writes nothing when the texts are equal. PORTROLL_ENOMEM, or 0. */
PORTROLL_MUST_CHECK int difference_put(struct out *o, const struct difference *d, struct arena *a);

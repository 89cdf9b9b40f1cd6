/* SPDX-License-Identifier: MIT */
#pragma once

/* What the files of desk.h share. */

#include "desk/desk.h"

/* A paper as it was found; version 0: there is none. */
struct desk_paper {
	struct arena *arena;
	uint64_t version;
	struct portroll_str body; /* in the arena of the desk */
};

PORTROLL_MUST_CHECK int desk_paper(struct desk_paper *ret, const struct desk *d,
				   struct paper_name name, struct portroll_error *err);

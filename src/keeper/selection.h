/* SPDX-License-Identifier: MIT */
#pragma once

/* The records that --match and --page ask for. */

#include "formats/format.h"
#include "snapshot/snapshot.h"

struct selection_request {
	struct portroll_str match; /* empty: all records */
	size_t page;               /* 0: all hits */
};

/* What is selected from: a snapshot's source, and its registry as read from there. */
struct selection_source {
	const struct portroll_snapshot *snapshot;
	size_t index;
	const struct registry *registry;
	struct arena *arena;
};

/* The registry of the selected records, in the arena; ret_listing is filled with a page.
 * PORTROLL_EINVAL: there is no such page. */
PORTROLL_MUST_CHECK int selection_make(struct registry **ret, struct listing *ret_listing,
				       const struct selection_request *request,
				       const struct selection_source *from,
				       struct portroll_error *err);

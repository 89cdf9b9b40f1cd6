/* SPDX-License-Identifier: MIT */
#pragma once

/* Taking one change of a registry back, in a registry that may have changed since: what the change
 * did is undone and nothing else. Where a later change touched the same there is a conflict. */

#include "registry/change.h"

struct revert {
	const struct registry *before, *after; /* the change */
	const struct registry *present;
	uint16_t copy_count; /* of the source: records that come back are of one of them */
	struct buf
		conflicts; /* names of what was changed since, a line each; the caller's to free */
	size_t conflict_count;
};

/* The registry without the change, in the arena; it shares the memory of the three. PORTROLL_OK
 * also with conflicts, *ret is NULL then; PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int revert_registry(struct registry **ret, struct revert *revert,
					struct arena *a);

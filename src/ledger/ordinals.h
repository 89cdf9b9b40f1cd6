/* SPDX-License-Identifier: MIT */
#pragma once

/* The count among equals of the records that operations name. */

#include "registry/change.h"

/* For each record of the old registry that one of the changes names, how many with the same
 * transport, port and name stand before it; for the others nothing. NULL where there are no such.
 * Memory from the arena. PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int record_ordinals(const uint32_t **ret, const struct registry *old,
					struct change_list changes, struct arena *a);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The change of one source: its operations, the states before and after, and its people. */

#include "keeper/proposals.h"

/* Sets `old`, `new` and `change` of the proposal that is to be the next of `p`, adds the people
 * that are new, and sets the `change` of the records of `new`. `old` is NULL when there was no such
 * source. Codes as proposals_add(). */
PORTROLL_MUST_CHECK int derive_change(struct proposal *proposal, struct proposals *p,
				      const struct source *old, const struct source *new,
				      struct portroll_error *err);

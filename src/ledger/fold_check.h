/* SPDX-License-Identifier: MIT */
#pragma once

/* Whether anything dangles after a change. */

#include "ledger/changeset.h"

/* What registry_check() checks, of a registry that was made of another by the change, and where
 * that other one passed it: what a small change cannot have broken is not looked at. The codes of
 * registry_check(). */
PORTROLL_MUST_CHECK int fold_check(const struct registry *old, const struct registry *new,
				   const struct registry_change *change, struct arena *scratch,
				   struct portroll_error *err);

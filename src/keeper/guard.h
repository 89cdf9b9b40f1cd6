/* SPDX-License-Identifier: MIT */
#pragma once

/* A file that was cut, or is another registry, must not replace what the roll has. */

#include "registry/diff.h"
#include "registry/roll.h"

/* May `copy`, read whole, replace the source's registry, with these differences? PORTROLL_ERULE,
 * with the figures, when it has 3 % fewer records or 5 % altered, or is dated before it. */
PORTROLL_MUST_CHECK int guard_check(const struct source *present, const struct copy *copy,
				    const struct diff_counts *changes, struct portroll_error *err);

/* SPDX-License-Identifier: MIT */
#pragma once

/* A file that was cut, or is another registry, must not replace what the roll has. */

#include "registry/diff.h"
#include "registry/roll.h"

/* May `copy`, read whole, replace the source's registry, with these differences? PORTROLL_ERULE,
 * with the figures, when it has 3 % fewer records or 5 % altered, 20 or more of them, or is dated
 * before it. */
PORTROLL_MUST_CHECK int guard_check(const struct source *present, const struct copy *copy,
				    const struct diff_counts *changes, struct portroll_error *err);

/* PORTROLL_ERULE when the copy is dated before the source. */
PORTROLL_MUST_CHECK int guard_check_date(const struct source *present, const struct copy *copy,
					 struct portroll_error *err);

/* May `copy`, read whole with the header of `reg`, take away what lies over the source's complete
 * copy? PORTROLL_ERULE, with what would go, when a part of that is newer or `copy` has no date. */
PORTROLL_MUST_CHECK int guard_check_laid_over(const struct source *present, const struct copy *copy,
					      const struct registry *reg,
					      struct portroll_error *err);

/* May `copy` be laid over the source's registry? PORTROLL_ERULE when it is dated before the
 * complete copy there. */
PORTROLL_MUST_CHECK int guard_check_partial(const struct source *present, const struct copy *copy,
					    struct portroll_error *err);

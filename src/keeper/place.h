/* SPDX-License-Identifier: MIT */
#pragma once

/* Where a source stands among the others. */

#include "registry/roll.h"

/* The index before which a new source stands if nobody says where: lists of names last, others
 * above the lists of names that stand at the end. */
size_t place_usual(const struct roll *roll, uint8_t coverage);

/* The index before which a source is to stand, by --above or --below another; the one not given is
 * empty. PORTROLL_EINVAL for both, and for a source that is not there, with those that are. */
PORTROLL_MUST_CHECK int place_find(size_t *ret, const struct roll *roll, struct portroll_str above,
				   struct portroll_str below, struct portroll_error *err);

/* PORTROLL_EINVAL when the source is to stand above or below itself. */
PORTROLL_MUST_CHECK int place_check_other(struct portroll_str name, struct portroll_str above,
					  struct portroll_str below, struct portroll_error *err);

/* The index of a source that must be there. */
PORTROLL_MUST_CHECK int place_existing(size_t *ret, const struct roll *roll,
				       struct portroll_str name, struct portroll_error *err);

/* SPDX-License-Identifier: MIT */
#pragma once

/* Where a source stands among the others. */

#include "registry/roll.h"

/* The index before which a source is to stand, by --above or --below another (empty: not given;
 * neither: last). PORTROLL_EINVAL for both, and for a source that is not there. */
PORTROLL_MUST_CHECK int place_find(size_t *ret, const struct roll *roll, struct portroll_str above,
				   struct portroll_str below, struct portroll_error *err);

/* PORTROLL_EINVAL when the source is to stand above or below itself. */
PORTROLL_MUST_CHECK int place_check_other(struct portroll_str name, struct portroll_str above,
					  struct portroll_str below, struct portroll_error *err);

/* The index of a source that must be there. */
PORTROLL_MUST_CHECK int place_existing(size_t *ret, const struct roll *roll,
				       struct portroll_str name, struct portroll_error *err);

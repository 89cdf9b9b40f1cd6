/* SPDX-License-Identifier: MIT */
#pragma once

/* What requests are tested against: one source of the roll with its policy, what open requests
 * hold, and the names that it had once. */

#include "keeper/keeper.h"
#include "keeper/past_names.h"
#include "procedure/rule.h"

struct world {
	const struct roll *roll;
	const struct source *source;
	struct port_index index;
	struct policy policy;
	struct past_names past;
	struct rule_world rules; /* all of it */
};

/* The source that requests are about: the one that is named, else the one managed source of the
 * roll, else iana, else the first of complete coverage. PORTROLL_EINVAL with what is to be said. */
PORTROLL_MUST_CHECK int world_find_source(size_t *ret, const struct roll *roll,
					  struct portroll_str name, struct portroll_error *err);

/* Of a source of a roll that the caller has; by RFC 6335, with no holds: set `policy`,
 * `rules.holds` and `rules.hold_count` where there are others. All memory is the keeper's arena. */
PORTROLL_MUST_CHECK int world_build(struct world *ret, struct keeper *k, const struct roll *roll,
				    size_t source);

/* SPDX-License-Identifier: MIT */
#pragma once

/* What the files of a policy have in common. */

#include "procedure/rule.h"

/* The RFCs' figures, and days where they have none (policy.h). */
#define DEADLINES_USUAL                                                                            \
	{                                                                                          \
		.answer = 60, .confirm = 30, .expert = 7, .reminders = 2, .call = 28, .appeal = 2, \
		.temporary = 365                                                                   \
	}
#define DESCRIPTION_MAX_USUAL   40  /* of IANA's form */
#define DESCRIPTION_LIMIT_USUAL 400 /* above all that the registry has */

bool pool_covers(const struct pool *pool, uint16_t port);
bool pool_holds_back(const struct pool *pool, uint16_t port);

/* Does the source come of a policy with pools? Then it names itself as its registry, and what it
 * lists is what it was given: any row of it, Unassigned too, is its own. */
bool source_has_pools(const struct source *source);

/* The state of a port by another source: PORTROLL_UNKNOWN where that says nothing of it. Ports in a
 * pool of the source are Reserved for it. */
uint8_t source_port_state(const struct source *source, const struct port_index *index,
			  uint16_t port, uint8_t transport);

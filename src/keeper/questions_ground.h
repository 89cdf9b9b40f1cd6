/* SPDX-License-Identifier: MIT */
#pragma once

/* What the answers to the questions of a request are checked against: the registry that is asked
 * with its policy and open requests, as far as they can be read here; else the rules alone. */

#include "keeper/at_desk.h"

struct ground {
	struct keeper *k;
	struct at_desk desk;
	const struct source *source; /* NULL: no registry, `world` has an empty one */
	struct port_index empty;     /* of that */
	struct rule_world world;
};

/* Where there is no roll, or none of its sources can be told from the others, that is no error. */
PORTROLL_MUST_CHECK int ground_open(struct ground *ret, struct keeper *k);
void ground_close(struct ground *g);

/* The source of that name is asked from now on (the empty name: as world_find_source() has it).
 * PORTROLL_EINVAL, with the error of the keeper: there is none. */
PORTROLL_MUST_CHECK int ground_turn(struct ground *g, struct portroll_str name);

/* May any word be the name of a pool, since the policy cannot be read? */
bool ground_lacks_policy(const struct ground *g);

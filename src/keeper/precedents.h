/* SPDX-License-Identifier: MIT */
#pragma once

/* What there is already that a request is like: similar names, near ports, what the same assignee
 * has, what was there before. */

#include "procedure/rule.h"
#include "snapshot/snapshot.h"
#include "terminal/out.h"

/* A line each, under their headings; nothing where there is none. */
void precedents_put(struct out *o, const struct rule_world *world, const struct request *q,
		    const struct portroll_snapshot *s);

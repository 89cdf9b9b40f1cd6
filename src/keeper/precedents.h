/* SPDX-License-Identifier: MIT */
#pragma once

/* What there is already that a request is like: similar names, near ports, what the same assignee
 * has, what was there before. */

#include "procedure/rule.h"
#include "snapshot/snapshot.h"
#include "terminal/out.h"

/* The name that is wanted: the new one of a rename. */
struct portroll_str precedents_name(const struct request *q);

/* A line each, under their headings; nothing where there is none. */
void precedents_put(struct out *o, const struct rule_world *world, const struct request *q,
		    const struct portroll_snapshot *s);

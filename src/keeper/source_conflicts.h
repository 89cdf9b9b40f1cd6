/* SPDX-License-Identifier: MIT */
#pragma once

/* What a managed source and others of the roll both have (procedure/policy_overlap.h). */

#include "base/json.h"
#include "keeper/held_roll.h"
#include "procedure/policy_overlap.h"

struct conflict_question {
	const struct roll *roll;
	struct portroll_str name;    /* of the managed source, which may not be there yet */
	const struct policy *policy; /* that it has, or is to have */
	const struct policy *before; /* what was in its pools is left out; NULL */
	struct portroll_str other;   /* this other source only; empty: all */
	const struct roll *was;      /* what the other had then, too, is left out; NULL */
	struct json *json;           /* takes an object for each in place of lines; NULL */
};

/* Writes a line for each, at most `max`, and counts them all in *ret. PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int conflicts_put(struct buf *out, size_t *ret,
				      const struct conflict_question *q, size_t max,
				      struct arena *a);

/* Tells lines as messages, and how many more there are. */
void conflicts_say(const struct out *o, struct portroll_str lines, size_t count);
#define CONFLICTS_SAID 20

/* After an import: what of the source is now Assigned or Reserved that a managed source of the roll
 * has Assigned or in a pool. */
PORTROLL_MUST_CHECK int conflicts_of_import(struct keeper *k, struct held_roll *held,
					    const struct roll *roll, struct portroll_str source);

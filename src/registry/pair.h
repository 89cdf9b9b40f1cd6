/* SPDX-License-Identifier: MIT */
#pragma once

/* How the items of two registries are paired (change.h): one row for each of their lists. */

#include "registry/pairing.h"

/* One step after the equal ones were paired. */
typedef int pair_fn(struct pairing *p);

struct pair_rules {
	pairing_same_fn *same;
	pair_fn *const *steps; /* in their order, NULL at the end */
};

extern const struct pair_rules pair_records, pair_people, pair_footnotes;

/* SPDX-License-Identifier: MIT */
#pragma once

/* Ports that a managed source has and another source of the roll has, too. */

#include "procedure/policy.h"

struct overlap {
	struct range ports;
	transport_set transports;
	const struct pool *pool;  /* of the managed source; NULL: outside its pools */
	struct portroll_str own;  /* the name that it has there; empty: none yet */
	uint8_t state;            /* by the other: PORTROLL_ASSIGNED or PORTROLL_RESERVED */
	bool is_in_pool;          /* Reserved, since it is in a pool of the other */
	struct portroll_str name; /* that the other has there; empty: none */
};

struct overlap_list {
	const struct overlap *items;
	size_t count;
};

struct overlap_question {
	const struct policy *policy;
	const struct port_index *own; /* of the managed source; NULL: it is not there yet */
	const struct source *other;
	const struct port_index *index;  /* of the other */
	const struct port_index *before; /* ... as it was: what was so already is left out; NULL */
};

/* What the other has Assigned or Reserved and the managed source has in a pool, or Assigned to
 * another name; ascending. PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int overlaps_find(struct overlap_list *ret, const struct overlap_question *q,
				      struct arena *a);

/* One line: example has foo at 20002/tcp (pool web), iana has it Assigned to bar. */
void overlap_put(struct buf *out, const struct overlap *o, const struct overlap_question *q);

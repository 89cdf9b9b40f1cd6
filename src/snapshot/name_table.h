/* SPDX-License-Identifier: MIT */
#pragma once

/* Building a perfect hash: hash and displace, the fullest buckets first. */

#include "base/arena.h"
#include "snapshot/name_key.h"

struct name_table {
	uint64_t seed;
	uint16_t *displacements; /* by bucket */
	uint32_t *slots;         /* number of the key + 1; 0: empty */
	uint32_t bucket_count, slot_count;
};

/* A slot of its own for each of the keys, which are all different. What *ret points to lives in the
 * arena. PORTROLL_ENOMEM, or PORTROLL_ELIMIT when the seed and those after it do not do. */
PORTROLL_MUST_CHECK int name_table_build(struct name_table *ret, const struct name_key *keys,
					 uint32_t count, uint64_t seed, struct arena *a);

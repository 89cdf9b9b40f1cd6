/* SPDX-License-Identifier: MIT */
#pragma once

/* Finding the record of another registry that is the same one: by transport, port, name, and the
 * count among equals (data.md section 10: dates and person ids are not stable). */

#include "base/buf.h"
#include "registry/idset.h"
#include "registry/registry.h"

struct key_index {
	struct idset keys; /* to a number for each key */
	uint32_t *heads;   /* by that number: the first record not yet taken, IDSET_NONE: none */
	uint32_t *next;    /* by record: the next one with the same key */
	struct buf key;    /* scratch */
};

/* Memory comes from the arena, but for the scratch that key_index_done() frees. PORTROLL_OK or
 * PORTROLL_ENOMEM; to be done in both cases. */
PORTROLL_MUST_CHECK int key_index_build(struct key_index *ret, const struct registry *reg,
					struct arena *a);

/* Did the registry have any record with the key of `r`, taken since or not? False also when there
 * is no memory, which the next take reports. */
bool key_index_knows(struct key_index *index, const struct record *r);

/* The first record with the key of `r` that was not taken before, or IDSET_NONE. */
PORTROLL_MUST_CHECK int key_index_take(uint32_t *ret, struct key_index *index,
				       const struct record *r);

/* The same for a record without name on the port and transport of `r`. */
PORTROLL_MUST_CHECK int key_index_take_nameless(uint32_t *ret, struct key_index *index,
						const struct record *r);

void key_index_done(struct key_index *index);

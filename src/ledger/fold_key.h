/* SPDX-License-Identifier: MIT */
#pragma once

/* Keys of operations: which of the items of a registry they name. */

#include "base/buf.h"
#include "ledger/changeset.h"

/* For messages: tcp 80 http. */
void item_key_put(struct buf *out, enum subject subject, const struct subject_key *key);

/* The items that keys are looked for among. */
struct item_list {
	const struct registry *registry;
	enum subject subject;
	size_t count;
};

/* A key that an operation names, and where its item was found. */
struct key_reference {
	const struct subject_key *key;
	uint32_t *ret_position; /* UINT32_MAX: it is not there */
};

/* Finds all of them in one walk over the items, counting equals: what it costs beside the walk
 * grows with the keys that are asked for, not with the items. PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int item_keys_find(const struct item_list *list,
				       const struct key_reference *references, size_t count,
				       struct arena *scratch);

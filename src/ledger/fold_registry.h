/* SPDX-License-Identifier: MIT */
#pragma once

/* The operations of a change on one registry. */

#include "ledger/changeset.h"

struct fold_registry {
	const struct registry *old;         /* an empty one for a source that is new */
	const struct tree_hash *old_people; /* their commitments; NULL: not kept */
	const struct operation_list *parts; /* the operations of each entry, in their order */
	size_t part_count;
	struct person_contents contents;
	bool trusts_contents;  /* they are not hashed */
	uint32_t number;       /* of the change: what it makes of records is marked with it */
	struct arena *texts;   /* for what must live as long as an item of the registry does */
	struct arena *lists;   /* as long as the registry that is made */
	struct arena *scratch; /* and its change */
	/* What comes of it. */
	struct registry *new;
	struct tree_hash *new_people; /* NULL: not kept */
	struct registry_change change;
};

/* PORTROLL_ECORRUPT with what is wrong; PORTROLL_ENOMEM. `err` is not NULL. */
PORTROLL_MUST_CHECK int fold_registry_apply(struct fold_registry *f, struct portroll_error *err);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The operations of a change on one list of a registry: its records, people or footnotes. */

#include "ledger/changeset.h"

#define FOLD_NONE UINT32_MAX

/* An item of the list as it is after the change. */
struct fold_item {
	uint32_t old; /* the one that it was before; FOLD_NONE: it is added */
	uint32_t op;  /* what brings what it is; FOLD_NONE: it is as it was */
};

struct fold_list {
	const struct registry *old;
	enum subject subject;
	size_t old_count;
	const struct operation **ops; /* of this subject, in their order */
	size_t op_count;
	/* What comes of them. */
	struct fold_item *items;
	size_t count;
	struct change *changes; /* one for each operation */
};

/* Places the items. PORTROLL_ECORRUPT with what is wrong: "removes tcp 8080 http-alt, which is not
 * there"; PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int fold_list_apply(struct fold_list *list, struct arena *scratch,
					struct portroll_error *err);

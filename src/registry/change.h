/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What makes one registry of another of the same source: the least operations on its records,
 * people and footnotes, each an ordered list. What a change means (a rename, a transfer) is told
 * from what it replaces, and is not part of it.
 */

#include "registry/registry.h"

#define CHANGE_NONE UINT32_MAX

enum change_op {
	CHANGE_ADD,
	CHANGE_REPLACE, /* in its place; the key may be another: a rename, a range that is split */
	CHANGE_MOVE,    /* unaltered, or replaced by another operation */
	CHANGE_REMOVE,
	CHANGE_OP_COUNT
};

/* Positions are those in the old and in the new list; CHANGE_NONE where there is none. */
struct change {
	uint8_t op;      /* enum change_op */
	uint32_t old;    /* what is replaced, moved or removed */
	uint32_t new;    /* what is added, moved or put in the place of the old */
	uint32_t before; /* ADD, MOVE: stands before this old one, which is neither moved nor
			  * removed; CHANGE_NONE: at the end */
};

/* Those that stand before the same one are in their order. */
struct change_list {
	const struct change *items;
	size_t count;
};

struct registry_change {
	bool header; /* it is another */
	struct change_list records, people, footnotes;
};

/* Records are the same by transport, port, name and the count among equals (record_key.h); what is
 * left over is paired by port and transport, then by name and transport, so that a rename, a range
 * that is cut and a de-assignment are replacements (data.md section 6). People are the same by id;
 * what is left over, by equal content: a changed id is a replacement. Footnotes by their anchor.
 * What replaces is unequal by record_equal(), person_equal(); records may also differ in the copy
 * they came from. Only what does not stand in the old order is moved: the fewest. Memory from the
 * arena. PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int registry_compare(struct registry_change *ret, const struct registry *old,
					 const struct registry *new, struct arena *a);

bool registry_change_is_empty(const struct registry_change *change);

bool header_equal(const struct header *a, const struct header *b);
bool footnote_equal(const struct footnote *a, const struct footnote *b);

/* SPDX-License-Identifier: MIT */
#pragma once

/* How far two registries of one source are apart, and laying a partial one over a complete one.
 * Records are identified by transport, port, name and the count among equals (ordinal). */

#include "registry/registry.h"

struct diff_counts {
	size_t added, removed, altered, unchanged;
};

/* Counts over the records. Texts are compared with white space squeezed, because the older styles
 * of IANA's CSV fold it differently; whether the assignee is stored apart does not count. */
PORTROLL_MUST_CHECK int registry_count_changes(struct diff_counts *ret, const struct registry *old,
					       const struct registry *new, struct arena *scratch);

/* A new registry in the arena: `base` with the records of `partial` in place of those with the same
 * key, and of nameless ones of the same port and transport; the others added in the order of ports
 * (those without a port at the end). Nothing is removed. Header fields, people and footnotes of
 * `partial` win where it has them, but for the date of the last update, which stays that of `base`
 * or none: a part never dates the whole. Records of `partial` get the given copy number. Shares
 * memory with both. NULL when there is no memory. */
struct registry *registry_overlay(const struct registry *base, const struct registry *partial,
				  uint16_t copy, struct arena *a);

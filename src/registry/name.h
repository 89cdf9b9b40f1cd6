/* SPDX-License-Identifier: MIT */
#pragma once

/* Service names: the rules of RFC 6335 and RFC 7605. */

#include "portroll.h"

#define NAME_MAX_LEN 15 /* by rule; other sources and old data have longer ones */

/* At least one letter: a text without is a port or a range, never a name. */
bool name_has_letter(struct portroll_str name);

/* 1 to 15 letters, digits, single inner hyphens, with at least one letter. */
bool name_is_well_formed(struct portroll_str name);

/* The rules for a name that is asked for; `taken` is the record that has the name, ASCII case
 * ignored, or NULL. Writes the first `max` findings in order of the rules and returns how many
 * there are. Import never asks: the real registry breaks some of them. */
size_t name_check(struct portroll_str name, const struct portroll_record *taken,
		  struct portroll_finding *ret, size_t max);

/* How many single edits (insert, delete, replace, swap of neighbours) lead from a to b, ASCII case
 * ignored; `most` + 1 when more. For "did you mean". Texts longer than 32 bytes count as far. */
unsigned name_distance(struct portroll_str a, struct portroll_str b, unsigned most);

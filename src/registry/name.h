/* SPDX-License-Identifier: MIT */
#pragma once

/* Service names: the syntax of RFC 6335 section 5.1. */

#include "portroll.h"

#define NAME_MAX_LEN 15 /* by rule; other sources and old data have longer ones */

/* At least one letter: a text without is a port or a range, never a name. */
bool name_has_letter(struct portroll_str name);

/* 1 to 15 letters, digits, single inner hyphens, with at least one letter. */
bool name_is_well_formed(struct portroll_str name);

/* How many single edits (insert, delete, replace, swap of neighbours) lead from a to b, ASCII case
 * ignored; `most` + 1 when more. For "did you mean". Texts longer than 32 bytes count as far. */
unsigned name_distance(struct portroll_str a, struct portroll_str b, unsigned most);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The keys of a TXT record (RFC 6763 section 6.4) as people list them: separated by commas or a
 * line each, with a meaning behind = or a colon, or none. What reads like prose is passed over. */

#include "base/str.h"

#define TXT_KEY_MAX 9 /* bytes that a key should have at most */

struct key_walk {
	struct portroll_str lines, pieces; /* what is left of the text and of its present line */
	bool is_marked;                    /* the keys of this line have a meaning behind them */
};

struct key_walk key_walk_begin(struct portroll_str text);

/* The next key; empty where there is nothing before the =. False at the end. */
bool key_walk_next(struct key_walk *walk, struct portroll_str *ret);

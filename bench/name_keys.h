/* SPDX-License-Identifier: MIT */
#pragma once

#include "peers/name_peer.h"

/* The names of a snapshot, and kinds of questions for them, the same in each run. */

enum {
	NAME_KEYS = 65536,
};

struct names {
	struct name_entry *entries; /* each name once, in lower case, ordered by bytes */
	size_t count;
};

/* All names of at most NAME_LEN_MAX bytes with the number of their first record, from 1. */
struct names names_of(const struct portroll_snapshot *s);

/* Fills NAME_KEYS keys of that kind and returns true, or false where there is no such kind: "hit",
 * names; "miss", names with two bytes altered; "mixed", names with letters of both cases. */
bool name_keys_fill(struct portroll_str *ret, const char *kind, const struct names *names);

/* SPDX-License-Identifier: MIT */
#pragma once

#include "portroll.h"

/* What a module for name_lookup exports: a structure from names to numbers, and the loop that asks
 * it, so that the compiler may put the lookup into the loop. */

#ifdef __cplusplus
extern "C" {
#endif

enum {
	NAME_LEN_MAX = 16,
};

/* A name in lower case of at most NAME_LEN_MAX bytes, with a NUL behind; 16 bytes may be read from
 * its begin. The number is above 0. */
struct name_entry {
	struct portroll_str name;
	uint32_t number;
};

/* The structure, which lives to the end, or NULL: it cannot be made. */
PORTROLL_API void *name_peer_build(const struct name_entry *entries, size_t count);

/* Looks all keys up, each as in name_entry, and returns the sum of the numbers, 0 for a miss. */
PORTROLL_API uint64_t name_peer_loop(const void *peer, const struct portroll_str *keys,
				     size_t count);

#ifdef __cplusplus
}
#endif

/* SPDX-License-Identifier: MIT */
#pragma once

/* Putting one file that was read into a roll, in memory. */

#include "registry/diff.h"
#include "registry/roll.h"

struct merge {
	struct portroll_str source;
	uint8_t coverage;          /* enum coverage of the source when it is new or replaced */
	bool partial;              /* lay it over what is there */
	bool force;                /* do not ask the guard */
	bool date_is_told;         /* the copy's, by the file or the caller; else a guess */
	size_t at;                 /* where a new source is put */
	struct registry *registry; /* of the file, in the roll's arena */
	struct copy copy;          /* the file; `partial` is set by the merge */
};

/* Replaces the source's registry, or lays the file over it; makes the source when there is none.
 * The complete file that lies under the parts of the source already takes none of them away, and a
 * file that states no date keeps the one that is known of the same records. A file that is there
 * already, with its date, keeps what is said of where it came from.
 * *ret_changes is against what the source had. Memory is the roll's. */
PORTROLL_MUST_CHECK int merge_into_roll(struct diff_counts *ret_changes, struct roll *roll,
					const struct merge *merge, struct portroll_error *err);

/* SPDX-License-Identifier: MIT */
#pragma once

/* Where a ledger is published: in a roll, or in a folder of its own, as a mirror is. */

#include "keeper/keeper.h"
#include "ledger/published.h"

struct ledger_place {
	const char *ledger; /* the folder that has checkpoint, key and tile/ */
	const char *roll;   /* the folder that has the snapshot; NULL: there is none */
};

/* Of a folder of either kind; NULL: of the roll that is read. In the arena. PORTROLL_EINVAL when
 * there is none. */
PORTROLL_MUST_CHECK int ledger_place_find(struct ledger_place *ret, struct keeper *k,
					  const char *folder);

/* The folder of the roll that is read, of its ledger, and its checkpoint, whether they are there or
 * not; in the arena. */
struct ledger_files {
	const char *roll, *ledger, *checkpoint;
};
PORTROLL_MUST_CHECK int ledger_place_files(struct ledger_files *ret, struct keeper *k);

/* Opens what the roll that is read has published. */
PORTROLL_MUST_CHECK int ledger_place_open(struct published **ret, struct keeper *k);

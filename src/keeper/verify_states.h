/* SPDX-License-Identifier: MIT */
#pragma once

/* Compares snapshots with what the ledger makes: that of the roll, and those kept of changes. */

#include "keeper/ledger_place.h"

/* A snapshot and the number of the change that it is of; with a day, as of that day, when the
 * ledger had so many entries. */
struct checked_state {
	uint64_t number;
	struct date day;
	const char *path;
};

struct checked_states {
	struct keeper *k;
	struct checked_state *items;
	size_t count, capacity;
	size_t next;      /* the first that is not compared yet; they are sorted, days last */
	size_t day_count; /* those of days */
	bool has_snapshot;
	uint64_t snapshot_number;
};

/* Finds them; a writer that is about to put the snapshot of `size` entries there is waited for. */
PORTROLL_MUST_CHECK int checked_states_find(struct checked_states *ret, struct keeper *k,
					    const struct ledger_place *place, uint64_t size);

/* Compares those of days, after all others. PORTROLL_ECORRUPT names the file. */
PORTROLL_MUST_CHECK int checked_states_compare_days(struct checked_states *s,
						    const struct ledger_place *place,
						    struct published *p);

/* Compares those of the roll's number. PORTROLL_ECORRUPT names the file. */
PORTROLL_MUST_CHECK int checked_states_compare(struct checked_states *s, const struct roll *roll);

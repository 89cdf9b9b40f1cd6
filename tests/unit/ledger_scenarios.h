/* SPDX-License-Identifier: MIT */
#pragma once

/* What is done to a ledger while everything goes wrong, and what must hold afterwards. */

#include "ledger_folder.h"

/* What the scenario was told is done. */
struct promises {
	uint64_t size;     /* of the ledger, at least */
	bool is_forgotten; /* the person */
	bool is_backed_up;
};

struct scenario {
	const char *name;
	unsigned entries; /* of the ledger before; 0: there is none */
	/* Returns the code of what it does; what it was told is in the promises. */
	int (*run)(const struct ledger_folder *f, struct promises *promises);
};

extern const struct scenario scenarios[];
extern const size_t scenario_count;

/* Makes the folder as it is before the scenario. */
void prepare_scenario(const struct ledger_folder *f, const struct scenario *scenario);

/* The head that the checkpoint in the folder tells to everybody; size 0: none. */
struct tree_head seen_head(const struct ledger_folder *f);

/* After a crash: opens the ledger, which finishes or takes back what was half done, and fails the
 * test unless all that was promised and all that was seen is there, and can be gone on with. */
void check_recovery(const struct ledger_folder *f, const struct promises *promises,
		    const struct tree_head *seen);

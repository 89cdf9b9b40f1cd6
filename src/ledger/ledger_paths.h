/* SPDX-License-Identifier: MIT */
#pragma once

/* Where things lie in the folder of a roll; ledger.h draws it. */

#include "base/arena.h"

struct ledger_paths {
	const char *folder;
	const char *database; /* FOLDER/ledger.db */
	const char *store;    /* FOLDER/store: the URL of another store */
	const char *key, *next_key;
	const char *published; /* FOLDER/ledger, and what is in it: */
	const char *checkpoint, *keys, *people, *tiles, *states, *former;
	const char *temporary; /* files of a batch are named after it */
};

/* All of them in the arena. PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int ledger_paths_of(struct ledger_paths *ret, const char *folder,
					struct arena *a);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The states of a roll that are kept beside its ledger (verbs/moment.h). */

#include "base/arena.h"
#include "base/error.h"
#include "ledger/published.h"

/* Keeps the snapshot that the folder has, of a ledger that grew from `before` to `size` entries,
 * where one is due; forgets what was kept of days. That it cannot is no failure: what is not kept
 * is made again when it is asked for. */
void states_keep(const char *folder, uint64_t before, uint64_t size);

/* The path of the largest one that is kept of at most `limit` entries; NULL: none is. */
PORTROLL_MUST_CHECK int states_best(char **ret, const char *folder, uint64_t limit, struct arena *a,
				    struct portroll_error *err);

/* Does what the state says of itself, so many entries with this root, agree with the ledger? That
 * it says nothing does. */
bool states_agree(struct portroll_snapshot *state, struct published *p);

/* Keeps the bytes under that path, where this user may, and forgets those of days when there are
 * many. No link that lies there is followed: who asks need not trust who keeps the roll. */
void states_write(const char *folder, const char *path, struct portroll_str bytes);

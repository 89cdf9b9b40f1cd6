/* SPDX-License-Identifier: MIT */
#pragma once

/* Which roll: where its folder is, for those who write it and those who read it. The environment is
 * handed in by the main functions. */

#include "base/arena.h"
#include "base/error.h"

/* All may be NULL or empty: not set. */
struct roll_environment {
	const char *folder;     /* PORTROLL_DIR */
	const char *data_home;  /* XDG_DATA_HOME */
	const char *home;       /* HOME */
	bool is_root;           /* the effective user */
	const char *state;      /* PORTROLL_STATE */
	const char *state_home; /* XDG_STATE_HOME */
};

/* The roll of the whole system. */
#define ROLL_SYSTEM_FOLDER "/var/lib/portroll"

/* What the system's rolls have signed. */
#define ROLL_SYSTEM_STATE "/var/lib/portroll-state"

/* The file in the folder that is the roll. */
#define ROLL_SNAPSHOT_NAME "snapshot"

/* The folder to write to: PORTROLL_DIR, else the system's for root, else portroll in the user's
 * data (XDG base directories). *ret lives in the arena. PORTROLL_EINVAL when a user has neither
 * HOME nor XDG_DATA_HOME. */
PORTROLL_MUST_CHECK int roll_folder_to_write(char **ret, const struct roll_environment *e,
					     struct arena *a, struct portroll_error *err);

/* The snapshot to read: the same folder's, and where the user has none there, the system's. It
 * need not exist. */
PORTROLL_MUST_CHECK int roll_snapshot_to_read(char **ret, const struct roll_environment *e,
					      struct arena *a, struct portroll_error *err);

/* The folder of the roll that is read, found as its snapshot. */
PORTROLL_MUST_CHECK int roll_folder_to_read(char **ret, const struct roll_environment *e,
					    struct arena *a, struct portroll_error *err);

/* The folder that remembers what the rolls of this user have signed, apart from them: a roll that
 * is put back does not bring it. PORTROLL_STATE, else the system's for root, else portroll in the
 * user's state (XDG base directories). PORTROLL_EINVAL when a user has neither. */
PORTROLL_MUST_CHECK int roll_state_folder(char **ret, const struct roll_environment *e,
					  struct arena *a, struct portroll_error *err);

/* Has the folder of that snapshot a ledger, from which the snapshot can be made again? */
bool roll_has_ledger(const char *snapshot, struct arena *a);

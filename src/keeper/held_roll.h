/* SPDX-License-Identifier: MIT */
#pragma once

/* The roll's folder, held by its one writer: locked, read, changed. A change is committed to the
 * ledger, and the snapshot made again from it; what the ledger does not have is not so. */

#include "keeper/contents.h"
#include "keeper/keeper.h"
#include "ledger/fold.h"
#include "registry/roll.h"

struct held_roll {
	struct keeper *keeper;
	char *folder, *path; /* in the arena of the keeper */
	char *services;      /* the file beside the snapshot that publish makes; there too */
	int lock;
	struct ledger_options options;
	struct ledger *ledger; /* NULL: there is none yet */

	/* What the roll may have views into. */
	struct portroll_snapshot *snapshot;
	struct folding *folding;

	struct roll before;   /* as the ledger has it, or as a snapshot without one had it */
	bool is_without;      /* `before` is of a snapshot that no ledger was kept with */
	bool must_fold;       /* whatever the snapshot is */
	bool is_stale;        /* the snapshot is not that of the ledger */
	struct arena work;    /* for the rest */
	struct arena *memory; /* of the roll */
	struct contents contents;
	struct portroll_str subject; /* the source that is to be changed, and its state */
	struct source_state state;

	/* Set by the caller before held_roll_commit(): put in the transaction of the change. */
	const struct stored_paper *papers;
	size_t paper_count;
};

#define HELD_ROLL_INIT ((struct held_roll){.lock = -1})

/* Makes the roll's folder if it is missing, locks it, and opens its ledger if it has one. With
 * --wait after the other writer, else PORTROLL_ECONFLICT with a sentence that names the other.
 * Sweeps up what killed writers left. Errors are in the keeper's. */
PORTROLL_MUST_CHECK int held_roll_open(struct held_roll *ret, struct keeper *k);

/* The present roll, checked whole, for the caller to change; an empty one when there is none. It is
 * the snapshot's where that is of this ledger, and its source `subject` (STR_NONE: none), which is
 * to be changed, in the state that the ledger says; else it is folded from the ledger. It lives
 * until held_roll_drop(). */
PORTROLL_MUST_CHECK int held_roll_read(struct roll **ret, struct held_roll *h,
				       struct portroll_str subject, struct arena *a);

/* An empty roll in the place of one that cannot be read and has no ledger. */
PORTROLL_MUST_CHECK int held_roll_begin(struct roll **ret, struct held_roll *h, struct arena *a);

/* Commits what the roll is now, as it was read and changed, to the ledger, which is made if there
 * is none; then replaces the snapshot and renews the services file beside it where there is one. 1
 * when there was a change; 0 when the roll is as before. A change with a dossier is one of its
 * source even where nothing else of that is another. PORTROLL_ECONFLICT also of the papers. */
PORTROLL_MUST_CHECK int held_roll_commit(struct held_roll *h, struct roll *roll,
					 const struct changeset *about);

/* Makes the snapshot again from what the ledger has: for those who commit by themselves. */
PORTROLL_MUST_CHECK int held_roll_renew(struct held_roll *h);

/* Forgets the roll that was read; another may be read then. */
void held_roll_drop(struct held_roll *h);

void held_roll_close(struct held_roll *h);

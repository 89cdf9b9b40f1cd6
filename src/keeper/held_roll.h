/* SPDX-License-Identifier: MIT */
#pragma once

/* The roll's folder, held by its one writer: locked, read, changed, and replaced by one rename. */

#include "base/file.h"
#include "registry/roll.h"
#include "snapshot/snapshot.h"

struct held_roll {
	char *folder, *path; /* in the arena */
	char *services;      /* the file beside the snapshot that publish makes; in the arena */
	int lock;
	struct portroll_snapshot *snapshot; /* what the roll may have views into */
	struct arena apart;                 /* the registry of one source, see held_roll_read() */
};

#define HELD_ROLL_INIT ((struct held_roll){.lock = -1})

/* Makes the folder if it is missing and locks it; with `wait` after the other writer, else
 * PORTROLL_ECONFLICT with a sentence that names the other. Sweeps up what killed writers left. */
PORTROLL_MUST_CHECK int held_roll_open(struct held_roll *ret, const char *folder, bool wait,
				       struct arena *a, struct portroll_error *err);

/* Is there a snapshot already? */
bool held_roll_exists(const struct held_roll *s);

/* The present roll, checked whole; an empty one when there is none. It lives until
 * held_roll_close(), but the registry of the source called `apart` only until held_roll_forget().
 */
PORTROLL_MUST_CHECK int held_roll_read(struct roll **ret, struct held_roll *s,
				       struct portroll_str apart, struct arena *a,
				       struct portroll_error *err);

/* Frees the registry that was read apart: another took its place, and nothing of it is used. */
void held_roll_forget(struct held_roll *s);

/* Compiles the roll and replaces the snapshot durably, then renews the services file beside it
 * where there is one. */
PORTROLL_MUST_CHECK int held_roll_write(const struct held_roll *s, const struct roll *roll,
					struct portroll_error *err);

void held_roll_close(struct held_roll *s);

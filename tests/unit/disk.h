/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A disk in memory that SQLite writes to, and that fails on demand: an operation, all from one on,
 * or the power. What was written and not synced then is kept, lost, or in part there. Names of
 * files are as durable as their folder, which is synced with a journal and where SQLite asks for
 * it. One process, several connections.
 */

#include "random.h"

enum disk_fault {
	DISK_WORKS,
	DISK_FAILS_ONCE,  /* the operation; what a failed sync should have written is forgotten */
	DISK_FAILS,       /* that operation and all after it */
	DISK_IS_FULL,     /* all writes from there on */
	DISK_LOSES_POWER, /* there, in the midst of the operation; nothing works any more */
};

/* What becomes of each thing that was not synced. */
enum disk_survival {
	DISK_KEEPS,
	DISK_LOSES,
	DISK_KEEPS_SOME, /* whole writes */
	DISK_TEARS       /* at 512 bytes */
};

/* Makes it SQLite's disk; call it once. */
void disk_install(void);

/* Empties it; nothing may be open. */
void disk_clear(void);

/* From now on operations are counted from 1, and the n-th meets the fault. */
void disk_plan(size_t n, enum disk_fault fault);

/* How many there were since the plan was made. */
size_t disk_operations(void);

/* Nothing survives but what was synced, and of the rest what `how` and the dice say. All must be
 * closed. It works again then. */
void disk_power_comes_back(enum disk_survival how, struct random *dice);

/* Is the text in any file? */
bool disk_holds(struct portroll_str text);

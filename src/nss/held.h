/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The snapshots that this process holds: the current one, and older ones that calls still use.
 *
 * There is no lock, for a fork could leave it taken. Snapshots stand in slots of static memory with
 * a count of their users; a user counts itself first and then sees whether the slot still is what
 * it took it for. A process that forks while other threads look up leaves their counts to the
 * child: there that slot is lost with its snapshot, and the others go on.
 */

#include "nss/load.h"

#define HELD_SLOTS 8

/* The slot of the current snapshot with a hold, or HELD_SLOTS: there is none. */
unsigned held_take(void);

/* Counts one more user of a slot. It may be any slot, even an empty one: until the caller has seen
 * that somebody else has a hold on it too, only held_give() is allowed. */
void held_pin(unsigned slot);
void held_give(unsigned slot);

/* Of a slot that the caller has a hold on. */
const struct portroll_snapshot *held_snapshot(unsigned slot);

/* For one thread at a time: makes the snapshot the current one. False, and it stays the caller's,
 * when all slots are in use. */
bool held_replace(struct loaded *loaded);

/* For one thread at a time: releases what is neither current nor in use. */
void held_sweep(void);

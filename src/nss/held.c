/* SPDX-License-Identifier: MIT */
#include "nss/held.h"

#include <assert.h>
#include <stdatomic.h>

static_assert(ATOMIC_INT_LOCK_FREE == 2, "a lock inside an atomic could stay taken in a fork");

#define FILLING (1U << 31) /* in `users`: nobody may use it but who fills or empties it */

struct slot {
	atomic_uint users;
	struct loaded loaded;
};

static struct slot slots[HELD_SLOTS];
static atomic_uint current; /* number of the slot + 1; 0: nothing was ever read */

unsigned held_take(void)
{
	unsigned number = atomic_load(&current);
	while (number) {
		held_pin(number - 1);
		unsigned now = atomic_load(&current);
		if (now == number)
			return number - 1;
		held_give(number - 1);
		number = now;
	}
	return HELD_SLOTS;
}

void held_pin(unsigned slot)
{
	atomic_fetch_add(&slots[slot].users, 1);
}

void held_give(unsigned slot)
{
	atomic_fetch_sub(&slots[slot].users, 1);
}

const struct portroll_snapshot *held_snapshot(unsigned slot)
{
	return slots[slot].loaded.snapshot;
}

/* A thread that came too late to a slot may count itself for a moment while it is claimed: it sees
 * that the slot is not current, and leaves. */
static bool claim(unsigned slot)
{
	unsigned none = 0;
	return slot + 1 != atomic_load(&current) &&
	       atomic_compare_exchange_strong(&slots[slot].users, &none, FILLING);
}

static void unclaim(unsigned slot)
{
	atomic_fetch_sub(&slots[slot].users, FILLING);
}

bool held_replace(struct loaded *loaded)
{
	for (unsigned i = 0; i < HELD_SLOTS; i++) {
		if (!claim(i))
			continue;
		load_release(&slots[i].loaded);
		slots[i].loaded = *loaded;
		unclaim(i);
		atomic_store(&current, i + 1);
		return true;
	}
	return false;
}

void held_sweep(void)
{
	for (unsigned i = 0; i < HELD_SLOTS; i++) {
		if (!claim(i))
			continue;
		load_release(&slots[i].loaded);
		unclaim(i);
	}
}

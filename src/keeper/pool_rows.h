/* SPDX-License-Identifier: MIT */
#pragma once

/* The registry of a source that has pools: its records, and between them what is Unassigned. */

#include "procedure/policy.h"

/* The registry with one row, Unassigned, without transport, for each run of ports of a pool's range
 * that no other record covers; rows that say so of other ports are gone. `old` NULL: a new one,
 * called as its source, made on that day, with a note that a port is no proof. All is in the arena;
 * NULL when there is no memory. */
struct registry *pool_rows(const struct registry *old, const struct policy *p, struct date today,
			   struct arena *a);

/* Writes a line for each record that is Assigned outside the pools, at most `max`: foo 20005/tcp.
 * Returns how many there are; 0 where the policy has no pools. */
size_t pool_put_outside(struct buf *out, const struct registry *reg, const struct policy *p,
			size_t max);

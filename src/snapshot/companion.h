/* SPDX-License-Identifier: MIT */
#pragma once

#include "registry/companion.h"
#include "snapshot/snapshot.h"

/* Who holds the port on the other transports, where the answer is that it is kept for them
 * (PORTROLL_REASON_COMPANION): the first service of each transport that has one, by the source that
 * decided. Returns how many; 0 for every other answer. Views into the snapshot. */
size_t snapshot_companions(struct companion ret[static TRANSPORT_COUNT],
			   const struct portroll_snapshot *s, uint16_t port, struct answer answer);

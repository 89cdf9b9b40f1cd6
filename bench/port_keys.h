/* SPDX-License-Identifier: MIT */
#pragma once

#include "portroll.h"

/* Kinds of questions for ports, the same in each run. */

enum {
	PORT_KEYS = 65536,
};

struct port_key {
	uint16_t port, transport;
};

/* Fills PORT_KEYS keys of that kind and returns true, or false where there is no such kind:
 * "random", any port of the four transports; "hit", "miss", those with and without a record;
 * "realistic", 70 of 100 among the 50 ports that are asked for most, 20 with a record, 10 dynamic,
 * tcp and udp. */
bool port_keys_fill(struct port_key *ret, const char *kind, const struct portroll_snapshot *s);

/* SPDX-License-Identifier: MIT */
#pragma once

/* Which ports are Unassigned on every transport asked for, and why the others are not. */

#include "cli/block.h"

struct free_ports {
	struct range range;
	unsigned transports;
	uint16_t *ports; /* in the arena, ascending, or nearest first after free_ports_near() */
	size_t count;
	/* Ports that are not free, by the reason that weighs most on one of the transports. */
	uint32_t others[PORTROLL_REASON_COUNT];
};

/* PORTROLL_OK or PORTROLL_ENOMEM; range and transports are set by the caller. */
PORTROLL_MUST_CHECK int free_ports_find(struct free_ports *f, const struct reader *r);

/* The next name that a port has on one of the transports although it is Unassigned there: sources
 * of names know it. `walk` begins zeroed; false at the end. */
struct name_walk_of_port {
	uint8_t transport;
	uint32_t at;
};
bool free_ports_next_name(struct portroll_record *ret, struct name_walk_of_port *walk,
			  const struct free_ports *f, const struct reader *r, uint16_t port);

/* Nearest to `port` first, the lower one of two equally near. */
void free_ports_near(struct free_ports *f, uint16_t port);

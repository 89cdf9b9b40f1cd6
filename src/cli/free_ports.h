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

/* Nearest to `port` first, the lower one of two equally near. */
void free_ports_near(struct free_ports *f, uint16_t port);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The experts of the header, parsed per transport. */

#include "registry/registry.h"

struct expert_group {
	struct portroll_str label; /* TCP/UDP, as written */
	uint8_t transports[TRANSPORT_COUNT];
	size_t transport_count;
	const struct portroll_str *names;
	size_t name_count;
};

/* Splits "TCP/UDP: A; B, C and D\nSCTP: E" into groups. A text of another shape gives one group
 * with an empty label and no transports, and that text as its only name. Returns the count;
 * *ret lives in the arena. PORTROLL_ENOMEM when there is no memory. */
PORTROLL_MUST_CHECK int experts_parse(const struct expert_group **ret, size_t *ret_count,
				      struct portroll_str expert, struct arena *a);

/* SPDX-License-Identifier: MIT */
#pragma once

#include "portroll.h"

/* A service that holds a port on one transport, and so keeps the port on the others for its
 * assignee (RFC 6335 section 8.1). */
struct companion {
	struct portroll_str name;
	uint16_t port;
	uint8_t transport;
	struct portroll_str assignee; /* labels as in IANA's CSV: [ID][ID]; empty: none stated */
};

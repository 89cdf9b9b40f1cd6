/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A line of services(5) as an answer: all names of one (port, transport), the canonical one first.
 * The same lines as `portroll export --format services --expand-ranges` writes, but of all sources
 * and with all their names, however long; but a name is at the ports only of the first source that
 * has it on the transport.
 */

#include "portroll.h"

#include <netdb.h>
#include <nss.h>

/* The caller's memory for the texts of an answer. */
struct line_room {
	char *start;
	size_t size;
};

struct line_place {
	uint16_t port;
	uint8_t transport; /* PORTROLL_TCP to PORTROLL_DCCP */
};

/* Fills *ret. NSS_STATUS_NOTFOUND: there is no such line; NSS_STATUS_TRYAGAIN: the room is too
 * small; in both *ret is untouched. */
enum nss_status line_put(struct servent *ret, struct line_room room,
			 const struct portroll_snapshot *s, struct line_place place);

/* The first line that has the name, exactly so spelled, on the transport or, with PORTROLL_ANY, on
 * any: of the first source that has it, that with the lowest port. False: there is none. */
bool line_find(struct line_place *ret, const struct portroll_snapshot *s, struct portroll_str name,
	       uint8_t transport);

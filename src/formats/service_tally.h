/* SPDX-License-Identifier: MIT */
#pragma once

/* What of the names of a roll stands in its services file: each name counts once, however many
 * ports, transports and sources have it. */

#include "formats/format.h"
#include "formats/port_lines.h"

#define SERVICE_NAME_MAX 31 /* of musl */

/* Why no line holds a name. */
enum service_left {
	SERVICE_LEFT_NO_PORT,
	SERVICE_LEFT_LONG,
	SERVICE_LEFT_NO_WORD, /* a blank or '#' in it, or no letter */
	SERVICE_LEFT_NO_ROOM,
	SERVICE_LEFT_COUNT
};

struct service_tally {
	size_t lines;
	size_t names, held;
	size_t left[SERVICE_LEFT_COUNT];
	size_t elsewhere; /* names not written at ports that only a source below gives them */
	size_t several;   /* names for which some readers find another port */
	size_t nameless;  /* records without any name */
};

/* Counts the names, when all lines were made. PORTROLL_ENOMEM, or 0. */
PORTROLL_MUST_CHECK int service_tally_names(struct service_tally *ret, struct port_lines *l);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The lines of services(5) and of nmap-services: NAME PORT/PROTOCOL WORDS... # COMMENT. */

#include "formats/list.h"
#include "registry/registry.h"

struct service_line {
	struct portroll_str name, port, words; /* `words`: what follows up to the comment */
	struct portroll_str comment;           /* trimmed, without # */
};

struct service_lines {
	struct portroll_str rest; /* lines not taken yet */
	struct portroll_str line; /* the line at hand */
	uint32_t number;          /* of that line, from 1 */
	struct portroll_error *err;
};

#define SERVICE_LINES_INIT(input, error) ((struct service_lines){.rest = (input), .err = (error)})

/* Takes the next line that is not empty and not a comment. Returns 1, 0 at the end, or
 * PORTROLL_ESYNTAX for a line without a second word. */
PORTROLL_MUST_CHECK int service_line_next(struct service_lines *lines, struct service_line *ret);

/* Takes the port before the first slash of line->port; *ret_protocols is what follows the slash. */
PORTROLL_MUST_CHECK int service_port(struct range *ret, struct portroll_str *ret_protocols,
				     struct service_lines *lines, const struct service_line *line);

/* Sets the error at a word of the line at hand: "WHAT 'WORD', expected EXPECTED". Returns
 * PORTROLL_ESYNTAX. */
int service_fail(struct service_lines *lines, struct portroll_str word, const char *what,
		 const char *expected);

/* The first line of a file, as far as it goes; false when it does not look like one. For probes. */
bool service_line_first(struct portroll_str head, struct service_line *ret);

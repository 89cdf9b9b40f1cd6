/* SPDX-License-Identifier: MIT */
#pragma once

/* Port numbers, ranges of them, and the three ranges of RFC 6335 section 6 with who decides. */

#include "portroll.h"

#define PORT_COUNT 65536U

struct range {
	uint16_t first, last; /* both included; equal for one port */
};

/* Reads "3306" or "3300-3310" (blanks around the hyphen as IANA's schema allows). Returns
 * PORTROLL_OK, PORTROLL_ESYNTAX, PORTROLL_ELIMIT for a port above 65535, or PORTROLL_ERULE when
 * the first is above the last. */
PORTROLL_MUST_CHECK int range_parse(struct range *ret, struct portroll_str text);

/* The sentence for a code of range_parse(). */
const char *range_error_text(int code);

/* The same for messages that end with what was "expected": no sentence. */
const char *range_expected_text(int code);

#define RANGE_TEXT_MAX sizeof("65535-65535")

/* Writes "3306" or "3300-3310", NUL-terminated, and returns the length. */
size_t range_format(char ret_text[static RANGE_TEXT_MAX], struct range range);

bool range_covers(struct range range, uint16_t port);

/* One of the ranges of RFC 6335 section 6. */
struct port_class {
	struct range range;
	const char *name;    /* System Ports */
	const char *also;    /* Well Known Ports */
	const char *policy;  /* the procedures, in words */
	const char *decides; /* who decides */
	const char *section; /* where it is written */
};

#define PORT_CLASS_COUNT 3
extern const struct port_class port_classes[PORT_CLASS_COUNT];

const struct port_class *port_class_of(uint16_t port);

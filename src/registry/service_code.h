/* SPDX-License-Identifier: MIT */
#pragma once

/* Service codes of DCCP, as numbers and as letters. */

#include "portroll.h"

/* The form of a service code (RFC 4340 section 8.1.2): decimal, SC=, SC=x, SC:text, or the four
 * characters alone. PORTROLL_ESYNTAX, PORTROLL_ELIMIT above 4294967294 (D03). */
PORTROLL_MUST_CHECK int service_code_parse(uint32_t *ret, struct portroll_str text);
/* "fdpz" into the space, or nothing where it has no such form; returns the length. */
size_t service_code_text(char ret_text[static 5], uint32_t code);

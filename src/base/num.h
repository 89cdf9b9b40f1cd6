/* SPDX-License-Identifier: MIT */
#pragma once

/* Decimal numbers in and out, with a bound and without a locale; bytes as hexadecimal digits. */

#include "portroll.h"

/* Reads a decimal number of at most `max`: digits only, at least one, no sign, no blank. Returns
 * PORTROLL_OK, PORTROLL_ESYNTAX for other characters, PORTROLL_ELIMIT above max. */
PORTROLL_MUST_CHECK int num_parse(uint64_t *ret, struct portroll_str text, uint64_t max);

#define NUM_TEXT_MAX 20 /* digits of UINT64_MAX */

/* Writes the decimal digits and returns their count; no NUL is added. */
size_t num_format(char ret_text[static NUM_TEXT_MAX], uint64_t value);

/* Writes the last `count` decimal digits, zeros in front where there are not so many, and returns
 * the count; no NUL is added. */
size_t num_format_padded(char *ret_text, uint64_t value, size_t count);

/* Writes two hexadecimal digits, lower case, for each of the bytes; no NUL is added. */
void num_format_hex(char *ret_text, const uint8_t *bytes, size_t count);

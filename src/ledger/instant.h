/* SPDX-License-Identifier: MIT */
#pragma once

/* Moments of time in UTC, to the second, as RFC 3339 has them: 2026-11-23T07:20:00Z. */

#include "base/date.h"

#define INSTANT_TEXT_MAX sizeof("YYYY-MM-DDTHH:MM:SSZ")
#define INSTANT_MAX      INT64_C(253402300799) /* the last second of 9999 */

/* Writes seconds since 1970, from 0 to INSTANT_MAX, NUL-terminated, and returns the length. */
size_t instant_format(char ret_text[static INSTANT_TEXT_MAX], int64_t time);

/* Reads exactly that form; years from 1970 on. PORTROLL_OK or PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int instant_parse(int64_t *ret, struct portroll_str text);

/* The day of the moment. */
struct date instant_date(int64_t time);

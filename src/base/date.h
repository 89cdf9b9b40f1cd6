/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Dates with the precision they were written in: YYYY-MM-DD, YYYY-MM (as IANA's records have
 * both), YYYY (as some copies of the registry are dated), or none at all.
 */

#include "portroll.h"

struct date {
	uint16_t year; /* 0: no date */
	uint8_t month; /* 0: the year alone */
	uint8_t day;   /* 0: the month alone */
};

/* Reads YYYY-MM-DD, YYYY-MM or YYYY; years 1900 to 9999, days as the calendar has them. Returns
 * PORTROLL_OK or PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int date_parse(struct date *ret, struct portroll_str text);

#define DATE_TEXT_MAX sizeof("YYYY-MM-DD")

/* Writes the date in the precision it has, NUL-terminated, and returns the length; 0 for none. */
size_t date_format(char ret_text[static DATE_TEXT_MAX], struct date date);

bool date_equal(struct date a, struct date b);

/* Negative, 0, positive. A missing day or month sorts before the first one, no date before all. */
int date_compare(struct date a, struct date b);

/* The day, in UTC, of a time in seconds since 1970; none outside the years 1900 to 9999. */
struct date date_of_time(int64_t seconds);

/* One number that keeps the order of date_compare(); 0 for none. And back. */
uint32_t date_pack(struct date date);
struct date date_unpack(uint32_t packed);

/* As a decimal number for those outside: year x 10000 + month x 100 + day; 0 for none. */
uint32_t date_number(struct date date);

/* Is the packed number one that date_pack() makes? For files that are not trusted. */
bool date_packed_ok(uint32_t packed);

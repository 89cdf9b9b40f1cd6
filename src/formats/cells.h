/* SPDX-License-Identifier: MIT */
#pragma once

/* What readers of several forms share: the cells that hold a number, a transport, a date. */

#include "registry/record.h"

/* Reads the port or range of an XML or CSV file: decimal, or 0x and hexadecimal digits as IANA's
 * schema allows. Codes as range_parse(). */
PORTROLL_MUST_CHECK int range_cell(struct range *ret, struct portroll_str text);

/* IANA writes some ports as a range of themselves (4502-4502): an extra keeps that. PORTROLL_OK or
 * PORTROLL_ENOMEM. The record has no extras yet. */
PORTROLL_MUST_CHECK int range_keep_spelling(struct record *r, struct portroll_str text,
					    struct arena *a);

/* Reads one of the four transports, any case. udplite is none of them: a registry has no such
 * records (RFC 6335 section 8.1.1). PORTROLL_OK or PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int transport_cell(uint8_t *ret, struct portroll_str text);

/* Reads YYYY-MM-DD or YYYY-MM, as records and people are dated. PORTROLL_OK or PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int date_cell(struct date *ret, struct portroll_str text);

/* The sentences for a cell that is wrong; the text found is their argument (%.*s). */
#define TRANSPORT_EXPECTED    "transport '%.*s', expected tcp, udp, sctp or dccp"
#define DATE_EXPECTED         "date '%.*s', expected YYYY-MM-DD or YYYY-MM"
#define SERVICE_CODE_EXPECTED "service code '%.*s', expected a number of 32 bits"

/* The beginning of a text, as much as a message shows: whole characters. */
struct portroll_str cell_shown(struct portroll_str text);

#define SHOWN(text) PORTROLL_STR_ARG(cell_shown(text))

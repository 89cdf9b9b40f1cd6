/* SPDX-License-Identifier: MIT */
#pragma once

/* The four transport protocols of the registry (RFC 6335 section 8.1.1), as one table. */

#include "portroll.h"

#define TRANSPORT_COUNT 4 /* tcp, udp, sctp, dccp; their numbers are 1 to 4 */

struct transport {
	const char *name;        /* as in the registry: lower case */
	const char *title;       /* as in prose: TCP */
	uint8_t number;          /* enum portroll_transport */
	uint8_t protocol_number; /* in the IP header */
};

/* By number: [PORTROLL_ANY] has the empty name. */
extern const struct transport transports[TRANSPORT_COUNT + 1];

/* Reads tcp, udp, sctp, dccp (any case; udplite counts as udp, RFC 6335 section 1) into the number.
 * Returns PORTROLL_OK or PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int transport_parse(uint8_t *ret, struct portroll_str text);

/* The transport of a protocol number in the IP header; 136, UDP-Lite, is that of udp. Returns
 * PORTROLL_OK or PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int transport_of_protocol(uint8_t *ret, uint8_t protocol_number);

/* The name, or the empty view for PORTROLL_ANY. */
struct portroll_str transport_name(uint8_t number);

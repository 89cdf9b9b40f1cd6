/* SPDX-License-Identifier: MIT */
#include "registry/transport.h"

#include "base/str.h"

/* clang-format off */
const struct transport transports[TRANSPORT_COUNT + 1] = {
	[PORTROLL_ANY]  = {"",     "",     PORTROLL_ANY,  0},
	[PORTROLL_TCP]  = {"tcp",  "TCP",  PORTROLL_TCP,  6},
	[PORTROLL_UDP]  = {"udp",  "UDP",  PORTROLL_UDP,  17},
	[PORTROLL_SCTP] = {"sctp", "SCTP", PORTROLL_SCTP, 132},
	[PORTROLL_DCCP] = {"dccp", "DCCP", PORTROLL_DCCP, 33},
};
/* clang-format on */

int transport_parse(uint8_t *ret, struct portroll_str text)
{
	for (uint8_t i = PORTROLL_TCP; i <= TRANSPORT_COUNT; i++) {
		if (str_equal_fold(text, str_from(transports[i].name))) {
			*ret = i;
			return PORTROLL_OK;
		}
	}
	if (str_equal_fold(text, STR("udplite"))) {
		*ret = PORTROLL_UDP;
		return PORTROLL_OK;
	}
	return PORTROLL_ESYNTAX;
}

int transport_of_protocol(uint8_t *ret, uint8_t protocol_number)
{
	enum {
		UDP_LITE = 136 /* RFC 3828 section 7 */
	};
	for (uint8_t i = PORTROLL_TCP; i <= TRANSPORT_COUNT; i++) {
		if (transports[i].protocol_number == protocol_number) {
			*ret = i;
			return PORTROLL_OK;
		}
	}
	if (protocol_number != UDP_LITE)
		return PORTROLL_ESYNTAX;
	*ret = PORTROLL_UDP;
	return PORTROLL_OK;
}

struct portroll_str transport_name(uint8_t number)
{
	return number <= TRANSPORT_COUNT ? str_from(transports[number].name) : STR("");
}

const char *portroll_transport_name(uint32_t transport)
{
	return transport <= TRANSPORT_COUNT ? transports[transport].name : "";
}

uint32_t portroll_transport(struct portroll_str name)
{
	uint8_t number;
	return transport_parse(&number, name) == PORTROLL_OK ? number : (uint32_t)PORTROLL_ANY;
}

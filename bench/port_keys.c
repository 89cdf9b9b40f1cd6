/* SPDX-License-Identifier: MIT */
#include "port_keys.h"

#include <string.h>

#include "bench.h"

static const uint16_t common_ports[] = {
	443,   80,   53,   22,   123,  25,   3389, 445,  8080, 8443, 993,  995,  587,
	110,   143,  21,   23,   161,  162,  389,  636,  3306, 5432, 6379, 1433, 1521,
	27017, 5060, 5061, 1883, 8883, 9100, 631,  5353, 1900, 137,  138,  139,  67,
	68,    514,  500,  4500, 1194, 179,  111,  2049, 5900, 5985, 9200,
};

static bool has_record(const struct portroll_snapshot *s, struct port_key key)
{
	return portroll_find_port(s, key.port, key.transport) != PORTROLL_NONE;
}

static struct port_key any_key(uint64_t *random, unsigned transports)
{
	uint32_t r = bench_random(random);
	return (struct port_key){(uint16_t)(r >> 16),
				 (uint16_t)(PORTROLL_TCP + (r & 0xffff) % transports)};
}

static struct port_key key_with(const struct portroll_snapshot *s, bool record, uint64_t *random)
{
	struct port_key key;
	do
		key = any_key(random, PORTROLL_DCCP);
	while (has_record(s, key) != record);
	return key;
}

static struct port_key realistic_key(const struct portroll_snapshot *s, uint64_t *random)
{
	struct port_key key = any_key(random, PORTROLL_UDP);
	uint32_t r = bench_random(random);
	if (r % 10 < 7) {
		key.port = common_ports[(r >> 8) % (sizeof(common_ports) / sizeof(*common_ports))];
	} else if (r % 10 < 9) {
		while (!has_record(s, key))
			key = any_key(random, PORTROLL_UDP);
	} else {
		key.port |= 0xc000;
	}
	return key;
}

bool port_keys_fill(struct port_key *ret, const char *kind, const struct portroll_snapshot *s)
{
	uint64_t random = 88172645463325252;
	for (unsigned i = 0; i < PORT_KEYS; i++)
		if (strcmp(kind, "random") == 0)
			ret[i] = any_key(&random, PORTROLL_DCCP);
		else if (strcmp(kind, "hit") == 0 || strcmp(kind, "miss") == 0)
			ret[i] = key_with(s, kind[0] == 'h', &random);
		else if (strcmp(kind, "realistic") == 0)
			ret[i] = realistic_key(s, &random);
		else
			return false;
	return true;
}

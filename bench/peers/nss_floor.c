/* SPDX-License-Identifier: MIT */
/*
 * The cheapest module that glibc allows: the services are in the code, ports by a plain table,
 * names by a hash; a line a service, no aliases. services_floor.h holds SERVICE(name, port,
 * transport) for each, transports 0 to 3.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <nss.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum {
	TRANSPORTS = 4,
	HASH_SIZE = 32768,
};

#define EXPORT __attribute__((visibility("default")))

static const struct service {
	char name[20];
	uint16_t port;
	uint8_t transport;
} services[] = {
	{"", 0, 0},
#define SERVICE(name, port, transport) {name, port, transport},
#include "services_floor.h"
};

static const char *const transports[TRANSPORTS] = {"tcp", "udp", "sctp", "dccp"};

static uint16_t by_port[TRANSPORTS][65536], by_name[HASH_SIZE];

static uint32_t hash_of(const char *name)
{
	uint32_t hash = 2166136261;
	for (; *name; name++)
		hash = (hash ^ (uint8_t)*name) * 16777619;
	return hash ^ hash >> 15;
}

static uint32_t place_of(uint32_t hash, uint32_t transport)
{
	return (hash + transport * 7919) % HASH_SIZE;
}

__attribute__((constructor)) static void tables_fill(void)
{
	for (uint16_t i = 1; i < sizeof(services) / sizeof(*services); i++) {
		const struct service *s = &services[i];
		if (!by_port[s->transport][s->port])
			by_port[s->transport][s->port] = i;
		uint32_t at = place_of(hash_of(s->name), s->transport);
		while (by_name[at])
			at = (at + 1) % HASH_SIZE;
		by_name[at] = i;
	}
}

static uint32_t transport_of(const char *name)
{
	uint32_t t = 0;
	while (t < TRANSPORTS && strcmp(name, transports[t]) != 0)
		t++;
	return t;
}

static enum nss_status fill(uint16_t number, struct servent *ret, char *room, size_t size)
{
	const struct service *s = &services[number];
	size_t name_size = strlen(s->name) + 1;
	size_t skip = -(uintptr_t)room % alignof(char *);
	if (size < skip + sizeof(char *) + name_size + sizeof("sctp"))
		return NSS_STATUS_TRYAGAIN;
	char **aliases = (char **)(void *)(room + skip);
	char *name = (char *)(aliases + 1);
	*aliases = NULL;
	memcpy(name, s->name, name_size);
	strcpy(name + name_size, transports[s->transport]);
	*ret = (struct servent){name, aliases, htons(s->port), name + name_size};
	return NSS_STATUS_SUCCESS;
}

static enum nss_status answer(uint16_t number, struct servent *ret, char *room, size_t size,
			      int *error)
{
	enum nss_status status = number ? fill(number, ret, room, size) : NSS_STATUS_NOTFOUND;
	if (status != NSS_STATUS_SUCCESS)
		*error = status == NSS_STATUS_TRYAGAIN ? ERANGE : ENOENT;
	return status;
}

EXPORT enum nss_status _nss_floor_getservbyport_r(int port, const char *protocol,
						  struct servent *ret, char *room, size_t size,
						  int *error)
{
	uint16_t number = 0, host = ntohs((uint16_t)port);
	uint32_t t = protocol ? transport_of(protocol) : 0;
	if (protocol && t < TRANSPORTS)
		number = by_port[t][host];
	for (; !protocol && !number && t < TRANSPORTS; t++)
		number = by_port[t][host];
	return answer(number, ret, room, size, error);
}

static uint16_t find(const char *name, uint32_t hash, uint32_t transport)
{
	uint32_t at = place_of(hash, transport);
	for (; by_name[at]; at = (at + 1) % HASH_SIZE) {
		const struct service *s = &services[by_name[at]];
		if (s->transport == transport && strcmp(s->name, name) == 0)
			break;
	}
	return by_name[at];
}

EXPORT enum nss_status _nss_floor_getservbyname_r(const char *name, const char *protocol,
						  struct servent *ret, char *room, size_t size,
						  int *error)
{
	uint32_t hash = hash_of(name), t = protocol ? transport_of(protocol) : 0;
	uint16_t number = 0;
	if (protocol && t < TRANSPORTS)
		number = find(name, hash, t);
	for (; !protocol && !number && t < TRANSPORTS; t++)
		number = find(name, hash, t);
	return answer(number, ret, room, size, error);
}

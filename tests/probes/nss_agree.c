/* SPDX-License-Identifier: MIT */

/*
 * Prints what glibc answers through one of its name services: nss_agree SERVICE [NAME...]. Asked
 * are the names, each with many protocols, every port, and numbers that are no port. Two services
 * that agree print the same.
 */

#include <arpa/inet.h>
#include <netdb.h>
#include <nss.h>
#include <stdio.h>

static const char *const protocols[] = {NULL,  "tcp", "udp",  "sctp",    "dccp",
					"TCP", "",    "tcp ", "udplite", "icmp"};

#define PROTOCOL_COUNT (sizeof(protocols) / sizeof(protocols[0]))

static char room[1 << 16];

static void say(const char *key, const char *protocol, int r, const struct servent *got)
{
	printf("%s %s: ", key, protocol ? protocol : "NULL");
	if (got) {
		printf("%s %d/%s", got->s_name, ntohs((unsigned short)got->s_port), got->s_proto);
		for (char **alias = got->s_aliases; *alias; alias++)
			printf(" %s", *alias);
	}
	printf(" (%d)\n", r);
}

static void ask_port(int port, const char *protocol)
{
	struct servent space, *got;
	char key[16];
	int r = getservbyport_r(port, protocol, &space, room, sizeof(room), &got);
	(void)snprintf(key, sizeof(key), "%#x", (unsigned)port);
	if (got || port < 0 || port > 0xffff)
		say(key, protocol, r, got);
}

static void ask_name(const char *name)
{
	for (size_t i = 0; i < PROTOCOL_COUNT; i++) {
		struct servent space, *got;
		int r = getservbyname_r(name, protocols[i], &space, room, sizeof(room), &got);
		say(name, protocols[i], r, got);
	}
}

int main(int argc, char **argv)
{
	static const int no_ports[] = {-1, -0xb000, 0x15000, 0x10000, 0x7fff5000, (int)0x80005000};
	if (argc < 2 || __nss_configure_lookup("services", argv[1]) != 0)
		return 2;
	for (int i = 2; i < argc; i++)
		ask_name(argv[i]);
	for (int port = 0; port < 0x10000; port++)
		ask_port(port, NULL);
	for (size_t i = 1; i < PROTOCOL_COUNT; i++)
		for (int port = 0; port < 8192; port++)
			ask_port(htons((unsigned short)port), protocols[i]);
	for (size_t i = 0; i < sizeof(no_ports) / sizeof(no_ports[0]); i++)
		ask_port(no_ports[i], NULL);
	return 0;
}

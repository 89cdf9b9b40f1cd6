/* SPDX-License-Identifier: MIT */
/* The program of portroll(3): cc port_names.c $(pkg-config --cflags --libs portroll) */

#include <portroll.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: %s SNAPSHOT PORT\n", argv[0]);
		return 1;
	}
	char *end;
	unsigned long port = strtoul(argv[2], &end, 10);
	if (argv[2][0] < '0' || argv[2][0] > '9' || *end || port > UINT16_MAX) {
		fprintf(stderr, "%s: not a port from 0 to 65535\n", argv[2]);
		return 1;
	}
	struct portroll_snapshot *s;
	struct portroll_error err = {0};
	if (portroll_open(&s, argv[1], &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	struct portroll_answer a = portroll_state(s, (uint16_t)port, PORTROLL_TCP);
	printf("%lu/tcp: %s, %s\n", port, portroll_state_name(a.state),
	       portroll_reason_text(a.reason));
	struct portroll_iter it = portroll_by_port(s, (uint16_t)port, PORTROLL_TCP);
	for (struct portroll_record r; portroll_next(&it, &r);)
		printf("  %.*s: %.*s\n", PORTROLL_STR_ARG(r.name), PORTROLL_STR_ARG(r.description));
	portroll_close(s);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * Asks glibc for services as programs do, by getservbyport_r and getservbyname_r.
 *
 *     nss_lookup SERVICES CALLS worker    answers the harness; each time so many calls
 *     nss_lookup SERVICES CALLS once      makes so many calls and ends
 *
 * A quarter each: ports and names that stand in the file SERVICES, ports and names that do not.
 * nss_room.sh says who answers.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "pairs.h"

enum {
	QUESTIONS = 16384,
	ANSWER_MAX = 1024,
	LINE_LEN_MAX = 1024,
};

struct service {
	char name[64], protocol[16];
	uint16_t port;
};

struct question {
	const char *name; /* NULL: by port */
	const char *protocol;
	uint16_t port;
};

struct services {
	struct service *service;
	size_t count;
};

static struct services services_read(const char *path)
{
	char line[LINE_LEN_MAX];
	size_t lines = 0;
	FILE *file = fopen(path, "r");
	if (!file)
		bench_fail(path, "cannot be opened");
	while (fgets(line, sizeof(line), file))
		lines++;
	rewind(file);
	struct services s = {.service = bench_memory(lines, sizeof(*s.service))};
	while (s.count < lines && fgets(line, sizeof(line), file)) {
		struct service *to = &s.service[s.count];
		unsigned port;
		line[strcspn(line, "#")] = '\0';
		if (sscanf(line, "%63s %u/%15s", to->name, &port, to->protocol) == 3) {
			to->port = (uint16_t)port;
			s.count++;
		}
	}
	fclose(file);
	return s;
}

/* No service of IANA's stands at a dynamic port, and no name of theirs is "nosuch" and a number. */
static struct question *questions_new(const struct services *s)
{
	enum {
		NAME_MAX_BYTES = 16,
		DYNAMIC_FIRST = 49152,
	};
	uint64_t random = 88172645463325252;
	struct question *questions = bench_memory(QUESTIONS, sizeof(*questions));
	for (size_t i = 0; i < QUESTIONS; i++) {
		const struct service *service = &s->service[bench_random(&random) % s->count];
		struct question *q = &questions[i];
		*q = (struct question){.protocol = service->protocol};
		uint32_t kind = bench_random(&random) % 4, r = bench_random(&random);
		if (kind == 0) {
			q->port = service->port;
		} else if (kind == 1) {
			q->port = (uint16_t)(DYNAMIC_FIRST + r % (UINT16_MAX - DYNAMIC_FIRST));
		} else if (kind == 2) {
			q->name = service->name;
		} else {
			char *name = bench_memory(NAME_MAX_BYTES, 1);
			snprintf(name, NAME_MAX_BYTES, "nosuch%u", r % 100000);
			q->name = name;
		}
	}
	return questions;
}

static size_t ask(const struct question *q)
{
	char room[ANSWER_MAX];
	struct servent service, *found = NULL;
	if (q->name)
		(void)getservbyname_r(q->name, q->protocol, &service, room, sizeof(room), &found);
	else
		(void)getservbyport_r(htons(q->port), q->protocol, &service, room, sizeof(room),
				      &found);
	return found != NULL;
}

int main(int argc, char **argv)
{
	if (argc != 4)
		bench_fail("usage", "nss_lookup SERVICES CALLS worker|once");
	struct services services = services_read(argv[1]);
	if (services.count == 0)
		bench_fail(argv[1], "holds no services");
	const struct question *questions = questions_new(&services);
	size_t calls = strtoul(argv[2], NULL, 10), next = 0, found = 0;
	bool is_worker = strcmp(argv[3], "worker") == 0;
	char line[8];
	setlinebuf(stdout);
	do {
		if (is_worker && !fgets(line, sizeof(line), stdin))
			break;
		double start = pairs_now();
		for (size_t i = 0; i < calls; i++)
			found += ask(&questions[next++ % QUESTIONS]);
		if (is_worker)
			printf("%.6g\n", (pairs_now() - start) * 1e9 / (double)calls);
	} while (is_worker);
	if (calls > 100 && found < next / 4)
		bench_fail("nss_lookup", "too few were found: does the module answer?");
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * From a port to its first record, against a plain table of 16-bit numbers.
 *
 *     port_lookup SNAPSHOT KEYS inline    the table is read in the loop
 *     port_lookup SNAPSHOT KEYS call      a function of a shared object reads it
 *     port_lookup SNAPSHOT KEYS once      asks portroll once for each key, and prints their count
 *     port_lookup SNAPSHOT KEYS keys      prints the keys
 *     port_lookup SNAPSHOT KEYS worker    answers the harness
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "pairs.h"
#include "peers/port_table.h"
#include "port_keys.h"

/* Passes over the keys in one measurement: what the other side left in the caches counts little. */
enum {
	PASSES = 4,
};

struct ports {
	const struct portroll_snapshot *snapshot;
	struct port_table *table;
	struct port_key *keys;
	uint64_t sum; /* of what was found, so that nothing is left out */
};

__attribute__((noinline)) static void loop_portroll(struct ports *p)
{
	uint64_t sum = 0;
	for (unsigned i = 0; i < PORT_KEYS; i++)
		sum += (uint32_t)(portroll_find_port(p->snapshot, p->keys[i].port,
						     p->keys[i].transport) +
				  1);
	p->sum = sum;
}

static void loop_table_inline(struct ports *p)
{
	uint64_t sum = 0;
	for (unsigned i = 0; i < PORT_KEYS; i++)
		sum += p->table->number[p->keys[i].transport - PORTROLL_TCP][p->keys[i].port];
	p->sum = sum;
}

static void loop_table_call(struct ports *p)
{
	uint64_t sum = 0;
	for (unsigned i = 0; i < PORT_KEYS; i++)
		sum += port_table_find(p->table, p->keys[i].port, p->keys[i].transport);
	p->sum = sum;
}

static double time_loop(struct ports *p, void (*loop)(struct ports *))
{
	double start = pairs_now();
	for (int i = 0; i < PASSES; i++)
		loop(p);
	return pairs_now() - start;
}

static double time_portroll(void *context)
{
	return time_loop(context, loop_portroll);
}

static double time_table_inline(void *context)
{
	return time_loop(context, loop_table_inline);
}

static double time_table_call(void *context)
{
	return time_loop(context, loop_table_call);
}

/* Record ids of a registry of IANA's size fit 16 bits. */
static void table_fill(struct port_table *table, const struct portroll_snapshot *s)
{
	for (uint32_t transport = PORTROLL_TCP; transport <= PORTROLL_DCCP; transport++)
		for (uint32_t port = 0; port <= UINT16_MAX; port++) {
			uint32_t number = portroll_find_port(s, (uint16_t)port, transport) + 1;
			if (number > UINT16_MAX)
				bench_fail("port_lookup",
					   "too many records for a table of 16 bits");
			table->number[transport - PORTROLL_TCP][port] = (uint16_t)number;
		}
}

static int compare(struct ports *p, measure_fn *theirs)
{
	(void)time_portroll(p);
	uint64_t sum = p->sum;
	(void)theirs(p);
	if (p->sum != sum)
		bench_fail("port_lookup", "the table answers otherwise");
	struct pairs pairs = pairs_measure((struct way){time_portroll, p}, (struct way){theirs, p});
	pairs_print(&pairs, "ns", 1e9 / (PORT_KEYS * PASSES));
	return 0;
}

static int print_keys(const struct ports *p)
{
	for (unsigned i = 0; i < PORT_KEYS; i++)
		printf("%u/%s\n", p->keys[i].port, portroll_transport_name(p->keys[i].transport));
	return 0;
}

static int work(struct ports *p)
{
	char line[8];
	setlinebuf(stdout);
	while (fgets(line, sizeof(line), stdin))
		printf("%.6g\n", time_portroll(p) * 1e9 / (PORT_KEYS * PASSES));
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 4)
		bench_fail("usage", "port_lookup SNAPSHOT KEYS inline|call|once|keys|worker");
	struct portroll_snapshot *s = bench_open(argv[1]);
	struct ports p = {.snapshot = s, .keys = bench_memory(PORT_KEYS, sizeof(*p.keys))};
	if (!port_keys_fill(p.keys, argv[2], s))
		bench_fail(argv[2], "no such keys");
	if (strcmp(argv[3], "keys") == 0)
		return print_keys(&p);
	if (strcmp(argv[3], "worker") == 0)
		return work(&p);
	if (strcmp(argv[3], "once") == 0) {
		loop_portroll(&p);
		printf("%d %llu\n", PORT_KEYS, (unsigned long long)p.sum);
		return 0;
	}
	pairs_stay_on_one_processor();
	p.table = bench_memory(1, sizeof(*p.table));
	table_fill(p.table, s);
	return compare(&p, strcmp(argv[3], "call") == 0 ? time_table_call : time_table_inline);
}

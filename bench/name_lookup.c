/* SPDX-License-Identifier: MIT */
/*
 * From a name to its first record, against structures that are built from the same names.
 *
 *     name_lookup SNAPSHOT KEYS MODULE    against the module (peers/name_peer.h)
 *     name_lookup SNAPSHOT KEYS once      asks portroll once for each key, and prints their count
 *     name_lookup SNAPSHOT gperf list     prints the names as gperf reads them
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "name_keys.h"
#include "pairs.h"

/* Passes over the keys in one measurement: what the other side left in the caches counts little. */
enum {
	PASSES = 4,
};

typedef void *build_fn(const struct name_entry *entries, size_t count);
typedef uint64_t loop_fn(const void *peer, const struct portroll_str *keys, size_t count);

struct lookups {
	const struct portroll_snapshot *snapshot;
	struct portroll_str *keys;
	loop_fn *loop;
	void *peer;
	uint64_t sum; /* of what was found, so that nothing is left out */
};

__attribute__((noinline)) static uint64_t
loop_portroll(const struct portroll_snapshot *s, const struct portroll_str *keys, size_t count)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += (uint32_t)(portroll_find_name(s, keys[i]) + 1);
	return sum;
}

static double time_portroll(void *context)
{
	struct lookups *l = context;
	double start = pairs_now();
	for (int i = 0; i < PASSES; i++)
		l->sum = loop_portroll(l->snapshot, l->keys, NAME_KEYS);
	return pairs_now() - start;
}

static double time_peer(void *context)
{
	struct lookups *l = context;
	double start = pairs_now();
	for (int i = 0; i < PASSES; i++)
		l->sum = l->loop(l->peer, l->keys, NAME_KEYS);
	return pairs_now() - start;
}

static void compare(struct lookups *l, const char *module, const struct names *names)
{
	build_fn *build = (build_fn *)bench_symbol(module, "name_peer_build");
	l->loop = (loop_fn *)bench_symbol(module, "name_peer_loop");
	l->peer = build(names->entries, names->count);
	if (!l->peer)
		bench_fail(module, "cannot be built from these names");
	(void)time_portroll(l);
	uint64_t sum = l->sum;
	(void)time_peer(l);
	if (l->sum != sum)
		bench_fail(module, "answers otherwise");
	struct pairs pairs =
		pairs_measure((struct way){time_portroll, l}, (struct way){time_peer, l});
	pairs_print(&pairs, "ns", 1e9 / (NAME_KEYS * PASSES));
}

static void print_for_gperf(const struct names *names)
{
	puts("%struct-type\nstruct entry {\n\tconst char *name;\n\tunsigned number;\n};\n%%");
	for (size_t i = 0; i < names->count; i++)
		printf("\"%s\", %u\n", names->entries[i].name.ptr, names->entries[i].number);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		bench_fail("usage", "name_lookup SNAPSHOT KEYS MODULE|once|list");
	struct portroll_snapshot *s = bench_open(argv[1]);
	struct names names = names_of(s);
	if (strcmp(argv[3], "list") == 0) {
		print_for_gperf(&names);
		return 0;
	}
	struct lookups l = {.snapshot = s, .keys = bench_memory(NAME_KEYS, sizeof(*l.keys))};
	if (!name_keys_fill(l.keys, argv[2], &names))
		bench_fail(argv[2], "no such keys");
	if (strcmp(argv[3], "once") == 0) {
		uint64_t sum = loop_portroll(s, l.keys, NAME_KEYS);
		printf("%d %llu\n", NAME_KEYS, (unsigned long long)sum);
		return 0;
	}
	pairs_stay_on_one_processor();
	compare(&l, argv[3], &names);
	return 0;
}

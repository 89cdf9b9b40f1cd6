/* SPDX-License-Identifier: MIT */
#include "name_keys.h"

#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum {
	ROOM = NAME_LEN_MAX + 8, /* for each name, so that 16 bytes may be read */
};

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct name_entry *)a)->name.ptr,
		      ((const struct name_entry *)b)->name.ptr);
}

struct names names_of(const struct portroll_snapshot *s)
{
	uint32_t records = portroll_record_count(s);
	struct names names = {.entries = bench_memory(records, sizeof(*names.entries))};
	struct name_entry *all = names.entries;
	char *room = bench_memory(records, ROOM);
	size_t count = 0;
	struct portroll_iter it = portroll_all(s);
	for (struct portroll_record r; portroll_next(&it, &r);) {
		if (r.name.len == 0 || r.name.len > NAME_LEN_MAX)
			continue;
		for (size_t i = 0; i < r.name.len; i++)
			room[i] = bench_fold(r.name.ptr[i]);
		all[count++] =
			(struct name_entry){{room, r.name.len}, portroll_find_name(s, r.name) + 1};
		room += ROOM;
	}
	qsort(all, count, sizeof(*all), compare);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || compare(&all[i], &all[i - 1]) != 0)
			names.entries[names.count++] = all[i];
	return names;
}

/* Names hold no underscore. */
static void alter(char *name, size_t len, uint64_t *random)
{
	name[bench_random(random) % len] = (char)('a' + bench_random(random) % 26);
	name[bench_random(random) % len] = '_';
}

static void mix_case(char *name, size_t len, uint64_t *random)
{
	for (size_t i = 0; i < len; i++)
		if (name[i] >= 'a' && name[i] <= 'z' && bench_random(random) % 2)
			name[i] = (char)(name[i] - ('a' - 'A'));
}

bool name_keys_fill(struct portroll_str *ret, const char *kind, const struct names *names)
{
	uint64_t random = 88172645463325252;
	char *room = bench_memory(NAME_KEYS, ROOM);
	for (size_t i = 0; i < NAME_KEYS; i++, room += ROOM) {
		struct portroll_str name =
			names->entries[bench_random(&random) % names->count].name;
		memcpy(room, name.ptr, name.len);
		ret[i] = (struct portroll_str){room, name.len};
		if (strcmp(kind, "miss") == 0)
			alter(room, name.len, &random);
		else if (strcmp(kind, "mixed") == 0)
			mix_case(room, name.len, &random);
		else if (strcmp(kind, "hit") != 0)
			return false;
	}
	return true;
}

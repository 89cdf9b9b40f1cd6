/* SPDX-License-Identifier: MIT */
/*
 * Opening a snapshot.
 *
 *     open SNAPSHOT fresh     all checked : the file copied from its mapping into fresh memory,
 * which is the least that whoever reads it into memory must do open SNAPSHOT warm      all checked
 * : a copy between two places that are in memory already open SNAPSHOT touched   mapped, with one
 * answer : the same file mapped, two pages of it read
 */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "pairs.h"

struct opening {
	const char *path;
	void *from, *to; /* `size` bytes each, in memory */
	size_t size;
	uint64_t seen; /* of what was read, so that nothing is left out */
};

static const void *map(struct opening *o)
{
	struct stat file;
	int fd = open(o->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &file) != 0)
		bench_fail(o->path, "cannot be opened");
	o->size = (size_t)file.st_size;
	const void *bytes = mmap(NULL, o->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		bench_fail(o->path, "cannot be mapped");
	close(fd);
	return bytes;
}

static void unmap(const void *bytes, size_t size)
{
	munmap((void *)(uintptr_t)bytes, size);
}

static double time_full(void *context)
{
	struct opening *o = context;
	double start = pairs_now();
	struct portroll_snapshot *s = bench_open(o->path);
	o->seen += portroll_digest(s);
	portroll_close(s);
	return pairs_now() - start;
}

static double time_touched(void *context)
{
	struct opening *o = context;
	struct portroll_snapshot *s;
	struct portroll_error error;
	struct portroll_record record;
	double start = pairs_now();
	if (portroll_open_touched(&s, o->path, &error) < 0)
		bench_fail(o->path, error.text);
	struct portroll_iter it = portroll_by_port(s, 3306, PORTROLL_TCP);
	if (portroll_next(&it, &record))
		o->seen += record.name.len;
	portroll_close(s);
	return pairs_now() - start;
}

static double time_fresh_copy(void *context)
{
	struct opening *o = context;
	double start = pairs_now();
	const void *bytes = map(o);
	void *copy =
		mmap(NULL, o->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (copy == MAP_FAILED)
		bench_fail(o->path, "out of memory");
	memcpy(copy, bytes, o->size);
	o->seen += *(const unsigned char *)copy;
	munmap(copy, o->size);
	unmap(bytes, o->size);
	return pairs_now() - start;
}

static double time_warm_copy(void *context)
{
	struct opening *o = context;
	double start = pairs_now();
	memcpy(o->to, o->from, o->size);
	o->seen += *(const unsigned char *)o->to;
	return pairs_now() - start;
}

static double time_two_pages(void *context)
{
	struct opening *o = context;
	double start = pairs_now();
	const unsigned char *bytes = map(o);
	o->seen += bytes[0] + bytes[o->size / 2];
	unmap(bytes, o->size);
	return pairs_now() - start;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name, *unit;
		double scale;
		measure_fn *ours, *theirs;
	} kinds[] = {
		{"fresh", "ms", 1e3, time_full, time_fresh_copy},
		{"warm", "ms", 1e3, time_full, time_warm_copy},
		{"touched", "us", 1e6, time_touched, time_two_pages},
	};
	if (argc != 3)
		bench_fail("usage", "open SNAPSHOT fresh|warm|touched");
	struct opening o = {.path = argv[1]};
	const void *bytes = map(&o);
	o.from = bench_memory(o.size, 1);
	o.to = bench_memory(o.size, 1);
	memcpy(o.from, bytes, o.size);
	memset(o.to, 1, o.size);
	unmap(bytes, o.size);
	pairs_stay_on_one_processor();
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(argv[2], kinds[i].name) == 0) {
			struct pairs p = pairs_measure((struct way){kinds[i].ours, &o},
						       (struct way){kinds[i].theirs, &o});
			pairs_print(&p, kinds[i].unit, kinds[i].scale);
			return 0;
		}
	bench_fail(argv[2], "no such kind");
}

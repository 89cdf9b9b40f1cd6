/* SPDX-License-Identifier: MIT */
/*
 * Runs pairs of commands A B A B ... and prints how their times relate: the median
 * of the ratios of all pairs, with quartiles, beside the bound. Absolute times say little on a
 * shared machine; two commands that alternate meet the same weather.
 *
 *     harness [--json FILE] ROWS
 *
 * A row is a line of fields with tabs between: name, kind, bound (- for none), command A, peer, and
 * optionally a file to remove before each run of A. Kind "time": the peer is a command, and both
 * stay on one processor. Kind "machine": the same, but each may use all processors. Kind "memory":
 * the peer is a file, and the ratio is A's peak of resident memory to its size. The words of a
 * command stand between blanks; its output is thrown away.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	PAIRS_MIN = 30,
	PAIRS_MAX = 400,
	WORDS_MAX = 32,
	ROW_MAX = 4096,
};

/* Pairs go on until so much time went by, for commands of less than a millisecond. */
static const double seconds_min = 1.0;

extern char **environ;

struct row {
	char *name, *kind, *bound, *command, *peer, *fresh;
};

struct result {
	double ours, theirs;      /* medians: milliseconds, or KiB */
	double low, middle, high; /* quartiles of the ratios */
	unsigned runs;
};

static int fail(const char *what)
{
	fprintf(stderr, "harness: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Other processes may be moved about; these stay, on the last one of `all`. Where that is forbidden
 * it goes without. */
static void stay_on_one_processor(const cpu_set_t *all)
{
	cpu_set_t one;
	CPU_ZERO(&one);
	for (size_t cpu = CPU_SETSIZE; cpu-- > 0;)
		if (CPU_ISSET(cpu, all)) {
			CPU_SET(cpu, &one);
			(void)sched_setaffinity(0, sizeof(one), &one);
			return;
		}
}

/* Seconds that the command took; its peak of resident memory in KiB. A command that fails ends the
 * measurement: its time would mean nothing. */
static double run(const char *command, long *ret_memory)
{
	char words[ROW_MAX], *argv[WORDS_MAX + 1], *rest = words;
	int count = 0, status;
	snprintf(words, sizeof(words), "%s", command);
	for (char *word; count < WORDS_MAX && (word = strsep(&rest, " "));)
		if (*word)
			argv[count++] = word;
	argv[count] = NULL;

	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	pid_t child;
	struct rusage usage;
	double start = now();
	errno = posix_spawnp(&child, argv[0], &actions, NULL, argv, environ);
	if (errno)
		fail(argv[0]);
	if (wait4(child, &status, 0, &usage) < 0)
		fail("wait4");
	double took = now() - start;
	posix_spawn_file_actions_destroy(&actions);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "harness: failed: %s\n", command);
		exit(1);
	}
	*ret_memory = usage.ru_maxrss;
	return took;
}

static double run_ours(const struct row *row, long *ret_memory)
{
	if (row->fresh)
		(void)unlink(row->fresh);
	return run(row->command, ret_memory);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The value below which that part of them lies; sorts them. */
static double quantile(double *values, unsigned count, double part)
{
	qsort(values, count, sizeof(*values), compare);
	return values[(unsigned)((double)(count - 1) * part + 0.5)];
}

static struct result measure_time(const struct row *row)
{
	static double ours[PAIRS_MAX], theirs[PAIRS_MAX], ratio[PAIRS_MAX];
	unsigned n = 0;
	long memory;
	(void)run_ours(row, &memory);
	(void)run(row->peer, &memory);
	for (double start = now(); n < PAIRS_MIN || (n < PAIRS_MAX && now() - start < seconds_min);
	     n++) {
		ours[n] = run_ours(row, &memory);
		theirs[n] = run(row->peer, &memory);
		ratio[n] = ours[n] / theirs[n];
	}
	return (struct result){
		.ours = quantile(ours, n, 0.5) * 1e3,
		.theirs = quantile(theirs, n, 0.5) * 1e3,
		.low = quantile(ratio, n, 0.25),
		.middle = quantile(ratio, n, 0.5),
		.high = quantile(ratio, n, 0.75),
		.runs = n,
	};
}

static struct result measure_memory(const struct row *row)
{
	enum {
		RUNS = 5
	};
	double peak[RUNS];
	struct stat file;
	if (stat(row->peer, &file) != 0)
		fail(row->peer);
	double size = (double)file.st_size / 1024;
	for (unsigned i = 0; i < RUNS; i++) {
		long memory;
		(void)run_ours(row, &memory);
		peak[i] = (double)memory;
	}
	double middle = quantile(peak, RUNS, 0.5);
	return (struct result){
		.ours = middle,
		.theirs = size,
		.low = peak[0] / size,
		.middle = middle / size,
		.high = peak[RUNS - 1] / size,
		.runs = RUNS,
	};
}

static bool row_parse(struct row *ret, char *line)
{
	line[strcspn(line, "\n")] = '\0';
	*ret = (struct row){
		.name = strsep(&line, "\t"),
		.kind = strsep(&line, "\t"),
		.bound = strsep(&line, "\t"),
		.command = strsep(&line, "\t"),
		.peer = strsep(&line, "\t"),
		.fresh = strsep(&line, "\t"),
	};
	return ret->peer != NULL;
}

/* Returns whether the bound, if any, is met. */
static bool report(const struct row *row, struct result r, FILE *json, bool first)
{
	bool memory = strcmp(row->kind, "memory") == 0, bounded = strcmp(row->bound, "-") != 0;
	bool met = !bounded || r.middle <= strtod(row->bound, NULL);
	const char *verdict = !bounded ? "" : met ? "met" : "NOT MET";
	printf("%-40s %10.3f %10.3f %s  %7.3f  (%.3f to %.3f)  %5s  %s\n", row->name, r.ours,
	       r.theirs, memory ? "KiB" : "ms ", r.middle, r.low, r.high, row->bound, verdict);
	fflush(stdout);
	if (json)
		fprintf(json,
			"%s\n {\"name\": \"%s\", \"kind\": \"%s\", \"ours\": %.4f, \"peer\": %.4f, "
			"\"ratio\": %.4f, \"quartiles\": [%.4f, %.4f], \"runs\": %u, \"bound\": "
			"%s, "
			"\"met\": %s}",
			first ? "[" : ",", row->name, row->kind, r.ours, r.theirs, r.middle, r.low,
			r.high, r.runs, bounded ? row->bound : "null",
			bounded ? (met ? "true" : "false") : "null");
	return met;
}

int main(int argc, char **argv)
{
	FILE *json = NULL;
	if (argc == 4 && strcmp(argv[1], "--json") == 0) {
		json = fopen(argv[2], "w");
		if (!json)
			fail(argv[2]);
	} else if (argc != 2) {
		fprintf(stderr, "usage: harness [--json FILE] ROWS\n");
		return 1;
	}
	FILE *rows = fopen(argv[argc - 1], "r");
	if (!rows)
		fail(argv[argc - 1]);
	cpu_set_t all;
	bool is_known = sched_getaffinity(0, sizeof(all), &all) == 0;
	printf("%-40s %10s %10s %4s %7s  %-18s %6s\n", "", "ours", "peer", "", "ratio",
	       "(quartiles)", "bound");
	bool all_met = true, first = true;
	char line[ROW_MAX];
	for (struct row row; fgets(line, sizeof(line), rows); first = false) {
		if (!row_parse(&row, line)) {
			fprintf(stderr, "harness: a row has too few fields\n");
			return 1;
		}
		if (is_known && strcmp(row.kind, "machine") == 0)
			(void)sched_setaffinity(0, sizeof(all), &all);
		else if (is_known)
			stay_on_one_processor(&all);
		struct result r =
			strcmp(row.kind, "memory") == 0 ? measure_memory(&row) : measure_time(&row);
		all_met &= report(&row, r, json, first);
	}
	fclose(rows);
	if (json) {
		fprintf(json, "\n]\n");
		if (fclose(json) != 0)
			fail(argv[2]);
	}
	return all_met ? 0 : 2;
}

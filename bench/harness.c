/* SPDX-License-Identifier: MIT */
/*
 * Measures two commands in turn and prints one line for the table (pairs.h).
 *
 *     harness KIND COMMAND PEER [FRESH [FRESH-OF-PEER]]
 *
 * time      wall time of both, on one processor
 * machine   the same, but each may use all processors
 * memory    peak of resident memory of the command : size of the file PEER
 * peaks     peak of resident memory of both
 * size      size of the file COMMAND : size of the file PEER
 * workers   both run until their input ends; for each line they are given they do a part of their
 *           work and answer with its time in nanoseconds
 *
 * The words of a command stand between blanks; its output is thrown away. FRESH is a file or a
 * folder to remove before each run of COMMAND.
 */
#include "pairs.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	WORDS_MAX = 32,
	COMMAND_MAX = 4096,
};

extern char **environ;

struct command {
	const char *line;
	const char *fresh; /* a file or folder to remove before, or NULL */
};

struct worker {
	const char *line;
	FILE *ask, *answer;
	pid_t child;
};

static int fail(const char *what)
{
	fprintf(stderr, "harness: %s: %s\n", what, strerror(errno));
	exit(1);
}

static pid_t spawn(const char *line, int in, int out)
{
	char text[COMMAND_MAX], *argv[WORDS_MAX + 1], *rest = text;
	int count = 0;
	snprintf(text, sizeof(text), "%s", line);
	for (char *word; count < WORDS_MAX && (word = strsep(&rest, " "));)
		if (*word)
			argv[count++] = word;
	argv[count] = NULL;

	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	pid_t child;
	errno = posix_spawnp(&child, argv[0], &actions, NULL, argv, environ);
	if (errno)
		fail(argv[0]);
	posix_spawn_file_actions_destroy(&actions);
	return child;
}

/* A command that fails ends the measurement: its time would mean nothing. */
static struct rusage wait_for(pid_t child, const char *line)
{
	int status;
	struct rusage usage;
	if (wait4(child, &status, 0, &usage) < 0)
		fail("wait4");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "harness: failed: %s\n", line);
		exit(1);
	}
	return usage;
}

static int remove_one(const char *path, const struct stat *file, int kind, struct FTW *place)
{
	(void)file;
	(void)kind;
	(void)place;
	return remove(path);
}

static struct rusage run(const struct command *command)
{
	static int nothing = -1;
	if (nothing < 0)
		nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (command->fresh)
		(void)nftw(command->fresh, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return wait_for(spawn(command->line, nothing, nothing), command->line);
}

static double run_seconds(void *context)
{
	double start = pairs_now();
	(void)run(context);
	return pairs_now() - start;
}

static double run_peak(void *context)
{
	return (double)run(context).ru_maxrss;
}

static double file_kib(void *context)
{
	const struct command *command = context;
	struct stat file;
	if (stat(command->line, &file) != 0)
		fail(command->line);
	return (double)file.st_size / 1024;
}

static double ask(void *context)
{
	struct worker *w = context;
	char answer[64];
	if (fputc('\n', w->ask) == EOF || fflush(w->ask) != 0 ||
	    !fgets(answer, sizeof(answer), w->answer)) {
		fprintf(stderr, "harness: no answer: %s\n", w->line);
		exit(1);
	}
	return strtod(answer, NULL);
}

static void worker_start(struct worker *w, const char *line)
{
	int in[2], out[2];
	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
		fail("pipe");
	*w = (struct worker){
		.line = line, .ask = fdopen(in[1], "w"), .answer = fdopen(out[0], "r")};
	w->child = spawn(line, in[0], out[1]);
	close(in[0]);
	close(out[1]);
}

static void worker_end(struct worker *w)
{
	fclose(w->ask);
	(void)wait_for(w->child, w->line);
	fclose(w->answer);
}

static void measure_workers(const char *ours, const char *theirs)
{
	struct worker a, b;
	worker_start(&a, ours);
	worker_start(&b, theirs);
	struct pairs p = pairs_measure((struct way){ask, &a}, (struct way){ask, &b});
	worker_end(&a);
	worker_end(&b);
	pairs_print(&p, "ns", 1);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name, *unit;
		double scale;
		measure_fn *ours, *theirs;
	} kinds[] = {
		{"time", "ms", 1e3, run_seconds, run_seconds},
		{"machine", "ms", 1e3, run_seconds, run_seconds},
		{"memory", "KiB", 1, run_peak, file_kib},
		{"peaks", "KiB", 1, run_peak, run_peak},
		{"size", "KiB", 1, file_kib, file_kib},
	};
	if (argc < 4 || argc > 6) {
		fprintf(stderr, "usage: harness KIND COMMAND PEER [FRESH [FRESH-OF-PEER]]\n");
		return 1;
	}
	if (strcmp(argv[1], "machine") != 0)
		pairs_stay_on_one_processor();
	if (strcmp(argv[1], "workers") == 0) {
		measure_workers(argv[2], argv[3]);
		return 0;
	}
	struct command ours = {argv[2], argv[4]}, theirs = {argv[3], argv[4] ? argv[5] : NULL};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(argv[1], kinds[i].name) == 0) {
			struct pairs p = pairs_measure((struct way){kinds[i].ours, &ours},
						       (struct way){kinds[i].theirs, &theirs});
			pairs_print(&p, kinds[i].unit, kinds[i].scale);
			return 0;
		}
	fprintf(stderr, "harness: no kind %s\n", argv[1]);
	return 1;
}

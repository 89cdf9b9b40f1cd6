/* SPDX-License-Identifier: MIT */

/*
 * What a program may do while it has libnss_portroll.so.2 loaded: nss_probe MODULE VERB [ARGUMENT].
 * $PORTROLL_DIR is a folder with two rolls, the files `a` and `b`; the one that is there as
 * `snapshot` names 1000/tcp only-a or only-b. Prints nothing and exits with 0 when all is well.
 */

#include <arpa/inet.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <nss.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define THREADS 64

typedef enum nss_status by_port_fn(int, const char *, struct servent *, char *, size_t, int *);
typedef enum nss_status by_name_fn(const char *, const char *, struct servent *, char *, size_t,
				   int *);
typedef enum nss_status next_fn(struct servent *, char *, size_t, int *);
typedef enum nss_status set_fn(int);
typedef enum nss_status end_fn(void);

static by_port_fn *by_port;
static by_name_fn *by_name;
static next_fn *next_line;
static set_fn *set_walk;
static end_fn *end_walk;
static const char *module_path, *argument;

static void fail(const char *what)
{
	fprintf(stderr, "nss_probe: %s (errno %d)\n", what, errno);
	_exit(1);
}

static void expect(bool is_so, const char *what)
{
	if (!is_so)
		fail(what);
}

/* dlsym() gives an object where we need a function; POSIX says how. */
static void *load(void)
{
	void *module = dlopen(module_path, RTLD_NOW | RTLD_LOCAL);
	expect(module, "dlopen");
	*(void **)&by_port = dlsym(module, "_nss_portroll_getservbyport_r");
	*(void **)&by_name = dlsym(module, "_nss_portroll_getservbyname_r");
	*(void **)&next_line = dlsym(module, "_nss_portroll_getservent_r");
	*(void **)&set_walk = dlsym(module, "_nss_portroll_setservent");
	*(void **)&end_walk = dlsym(module, "_nss_portroll_endservent");
	expect(by_port && by_name && next_line && set_walk && end_walk, "dlsym");
	return module;
}

/* 'a' or 'b'; '-' without a snapshot. Anything else is a failure. */
static char ask(void)
{
	struct servent got;
	char room[256];
	int err = 0;
	errno = 4242;
	enum nss_status status = by_port(htons(1000), "tcp", &got, room, sizeof(room), &err);
	expect(errno == 4242, "errno was touched");
	if (status == NSS_STATUS_UNAVAIL) {
		expect(err == ENOENT, "errno of unavailable");
		return '-';
	}
	expect(status == NSS_STATUS_SUCCESS && err == 0, "status");
	expect(strcmp(got.s_proto, "tcp") == 0 && got.s_port == htons(1000) && !got.s_aliases[0],
	       "answer");
	expect(!strcmp(got.s_name, "only-a") || !strcmp(got.s_name, "only-b"), "name");
	char found = got.s_name[5];
	status = by_name("in-both", NULL, &got, room, sizeof(room), &err);
	expect(status == NSS_STATUS_SUCCESS && !strcmp(got.s_name, "in-both"), "by name");
	return found;
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Asks until the answer comes; a second is promised, a busy machine gets more. */
static void await(char wanted)
{
	double begin = seconds();
	while (ask() != wanted) {
		expect(seconds() - begin < 10, "the new snapshot is not noticed");
		sched_yield();
	}
}

/* The answer stays what it is over more than one look. */
static void stays(char wanted)
{
	for (double begin = seconds(); seconds() - begin < 1.3; sched_yield())
		expect(ask() == wanted, "the answer changed");
}

static void install(const char *name)
{
	char bytes[65536];
	FILE *from = fopen(name, "rb"), *to = fopen("temporary", "wb");
	expect(from && to, "copy");
	for (size_t count; (count = fread(bytes, 1, sizeof(bytes), from)) > 0;)
		expect(fwrite(bytes, 1, count, to) == count, "write");
	expect(fclose(to) == 0 && fclose(from) == 0, "close");
	expect(chmod("temporary", 0644) == 0 && rename("temporary", "snapshot") == 0, "rename");
}

static atomic_bool stop;

static void *ask_on(void *unused)
{
	while (!atomic_load(&stop)) {
		expect(ask() != '-', "unavailable while a snapshot is held");
		sched_yield();
	}
	return unused;
}

static void start(pthread_t *threads, size_t count, void *(*run)(void *))
{
	for (size_t i = 0; i < count; i++)
		expect(pthread_create(&threads[i], NULL, run, NULL) == 0, "thread");
}

static void join(const pthread_t *threads, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect(pthread_join(threads[i], NULL) == 0, "join");
}

/* ---- verbs ---- */

static void one_answer(void)
{
	char found = ask();
	expect(found == argument[0], "another answer");
}

static void all_threads_get_their_first_answer(void)
{
	pthread_t threads[THREADS];
	start(threads, THREADS, ask_on);
	await('a');
	atomic_store(&stop, true);
	join(threads, THREADS);
}

static void write_garbage(void)
{
	int fd = open("snapshot", O_WRONLY);
	expect(fd >= 0 && pwrite(fd, "garbage", 7, 20) == 7 && close(fd) == 0, "garbage");
}

/* Threads ask while the file is replaced, cut short, overwritten, opened to all and removed. */
static void the_file_changes(void)
{
	pthread_t threads[THREADS];
	await('a');
	start(threads, THREADS, ask_on);
	install("b");
	await('b');
	expect(truncate("snapshot", 1000) == 0, "truncate");
	stays('b');
	expect(truncate("snapshot", 0) == 0, "truncate");
	stays('b');
	install("a");
	await('a');
	write_garbage();
	stays('a');
	install("b");
	expect(chmod("snapshot", 0666) == 0, "chmod");
	stays('a');
	expect(unlink("snapshot") == 0, "unlink");
	stays('a');
	install("b");
	await('b');
	atomic_store(&stop, true);
	join(threads, THREADS);
}

static void it_comes_late(void)
{
	expect(ask() == '-', "an answer without a snapshot");
	expect(set_walk(0) == NSS_STATUS_UNAVAIL, "a walk without a snapshot");
	install("a");
	await('a');
	expect(set_walk(0) == NSS_STATUS_SUCCESS, "no walk");
}

static size_t walk_on(void)
{
	struct servent got;
	char room[256];
	int err;
	size_t count = 0;
	while (next_line(&got, room, sizeof(room), &err) == NSS_STATUS_SUCCESS)
		count++;
	return count;
}

static void the_walk_keeps_to_one_snapshot(void)
{
	struct servent got;
	char room[256];
	int err;
	expect(set_walk(0) == NSS_STATUS_SUCCESS, "setservent");
	size_t all = walk_on();
	expect(all > 2 && set_walk(0) == NSS_STATUS_SUCCESS, "setservent");
	expect(next_line(&got, room, sizeof(room), &err) == NSS_STATUS_SUCCESS, "first line");
	install("b");
	await('b');
	expect(next_line(&got, room, sizeof(room), &err) == NSS_STATUS_SUCCESS, "second line");
	expect(!strcmp(got.s_name, "only-a"), "the second line is of another snapshot");
	pid_t child = fork();
	expect(walk_on() == all - 2, "the rest of the lines");
	if (child == 0)
		_exit(0);
	int status;
	expect(waitpid(child, &status, 0) == child && status == 0, "the walk of the child");
	expect(end_walk() == NSS_STATUS_SUCCESS, "endservent");
	expect(next_line(&got, room, sizeof(room), &err) == NSS_STATUS_SUCCESS &&
		       next_line(&got, room, sizeof(room), &err) == NSS_STATUS_SUCCESS &&
		       !strcmp(got.s_name, "only-b"),
	       "a new walk");
}

static void await_child(pid_t child)
{
	int status;
	expect(child > 0 && waitpid(child, &status, 0) == child, "fork");
	expect(status == 0, WIFSIGNALED(status) ? "a child hung or crashed" : "a child failed");
}

/* Forks at many moments of the first look of another thread. */
static void fork_while_it_opens(void)
{
	for (long moment = 0; moment < 60; moment++) {
		pid_t process = fork();
		if (process == 0) {
			pthread_t thread;
			start(&thread, 1, ask_on);
			for (double begin = seconds(); (seconds() - begin) * 1e5 < (double)moment;)
				;
			pid_t child = fork();
			alarm(20);
			expect(ask() == 'a', "no answer after the fork");
			if (child)
				await_child(child);
			_exit(0);
		}
		await_child(process);
	}
}

static void fork_while_threads_ask(void)
{
	pthread_t threads[8];
	await('a');
	start(threads, 8, ask_on);
	for (int i = 0; i < 50; i++) {
		pid_t child = fork();
		if (child == 0) {
			alarm(20);
			expect(ask() == 'a' && walk_on() > 2, "no answer in the child");
			_exit(0);
		}
		await_child(child);
	}
	pid_t child = fork();
	if (child == 0) {
		alarm(60);
		install("b");
		await('b');
		install("a");
		await('a');
		_exit(0);
	}
	await_child(child);
	atomic_store(&stop, true);
	join(threads, 8);
}

static void go_into_another_root(void)
{
	expect(ask() == 'a', "no answer before chroot");
	expect(mkdir("empty", 0755) == 0 && chroot("empty") == 0, "chroot");
	stays('a');
}

static size_t count_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	size_t count = 0;
	expect(folder, "/proc/self/fd");
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

static size_t count_mappings(void)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	size_t count = 0;
	expect(maps, "/proc/self/maps");
	for (int c; (c = getc(maps)) != EOF;)
		count += c == '\n';
	fclose(maps);
	return count;
}

static void load_again_and_again(void)
{
	size_t descriptors = count_descriptors(), mappings = 0;
	for (int i = 0; i < 500; i++) {
		void *module = load();
		expect(ask() == 'a', "no answer");
		expect(dlclose(module) == 0, "dlclose");
		if (i == 5)
			mappings = count_mappings();
	}
	expect(count_mappings() == mappings, "memory leaks");
	expect(count_descriptors() == descriptors, "descriptors leak");
}

/* strace counts what lies between the two calls of getppid(). */
static void ask_many_times(void)
{
	struct servent got;
	char room[256];
	int err;
	(void)ask();
	(void)getppid();
	for (int i = 0; i < 20000; i++) {
		(void)by_port(htons(1000), NULL, &got, room, sizeof(room), &err);
		(void)by_port(htons(1001), "udp", &got, room, sizeof(room), &err);
		(void)by_name("in-both", "tcp", &got, room, sizeof(room), &err);
		(void)by_name("in-none", NULL, &got, room, sizeof(room), &err);
	}
	(void)getppid();
}

static const struct verb {
	const char *name;
	void (*run)(void);
} verbs[] = {
	{"answer", one_answer},
	{"first", all_threads_get_their_first_answer},
	{"change", the_file_changes},
	{"late", it_comes_late},
	{"walk", the_walk_keeps_to_one_snapshot},
	{"fork-opening", fork_while_it_opens},
	{"fork-asking", fork_while_threads_ask},
	{"chroot", go_into_another_root},
	{"reload", load_again_and_again},
	{"many", ask_many_times},
};

int main(int argc, char **argv)
{
	module_path = argc > 2 ? argv[1] : "";
	argument = argc > 3 ? argv[3] : "a";
	for (size_t i = 0; argc > 2 && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(verbs[i].name, argv[2]) != 0)
			continue;
		expect(chdir(getenv("PORTROLL_DIR")) == 0, "PORTROLL_DIR");
		(void)load();
		verbs[i].run();
		return 0;
	}
	return 2;
}

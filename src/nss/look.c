/* SPDX-License-Identifier: MIT */
#include "nss/look.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "nss/held.h"

#define LOOK_EVERY      1000U /* ms */
#define FIRST_LOOK_WAIT 500   /* ms */

static atomic_uint next_look; /* ms of the clock below, modulo 2^32 */
static atomic_bool looked;    /* a first look is over, whatever it found */
static atomic_int looker;     /* the process that has a thread looking, or 0 */

/* What only the looker touches. */
static struct {
	struct load_mark seen; /* of the last file that was opened or refused */
	char path[PATH_MAX];   /* empty: not known yet */
} looking;

static unsigned clock_ms(void)
{
	struct timespec now = {0};
	(void)clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (unsigned)now.tv_sec * 1000U + (unsigned)(now.tv_nsec / 1000000);
}

/* The environment is asked once: a program may change it while other threads are here. A fork in
 * the middle leaves the path whole or not known. */
static const char *find_path(void)
{
	static const char file[] = "/snapshot", system[] = PORTROLL_SYSTEM_SNAPSHOT;
	if (looking.path[0])
		return looking.path;
	const char *folder = secure_getenv("PORTROLL_DIR");
	const char *begin = folder && folder[0] ? folder : system;
	const char *rest = begin == system ? "" : file;
	size_t len = strlen(begin), rest_size = strlen(rest) + 1;
	if (len > sizeof(looking.path) - rest_size)
		return "";
	memcpy(looking.path + 1, begin + 1, len - 1);
	memcpy(looking.path + len, rest, rest_size);
	atomic_signal_fence(memory_order_release);
	looking.path[0] = begin[0];
	return looking.path;
}

static void look(void)
{
	struct stat file;
	const char *path = find_path();
	if (stat(path, &file) < 0 || !S_ISREG(file.st_mode))
		return;
	struct load_mark mark = load_mark_of(&file);
	if (load_mark_equal(&mark, &looking.seen))
		return;
	struct loaded loaded;
	enum load_result result = load_snapshot(&loaded, &mark, path);
	if (result == LOAD_DONE && !held_replace(&loaded)) {
		load_release(&loaded);
		return;
	}
	if (result != LOAD_LATER)
		looking.seen = mark;
}

/* False: another thread of this process is looking. A look that a fork interrupted has left the
 * parent's number. */
static bool try_look(void)
{
	int self = (int)getpid(), other = atomic_load(&looker), state;
	if (other == self || !atomic_compare_exchange_strong(&looker, &other, self))
		return false;
	atomic_store(&next_look, clock_ms() + LOOK_EVERY);
	(void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	look();
	held_sweep();
	(void)pthread_setcancelstate(state, NULL);
	atomic_store(&looked, true);
	atomic_store(&looker, 0);
	return true;
}

static void nap(void)
{
	const struct timespec moment = {.tv_nsec = 1000000};
	int state;
	(void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	(void)nanosleep(&moment, NULL);
	(void)pthread_setcancelstate(state, NULL);
}

/* Threads that ask at once when a program starts all get an answer. */
static void look_first(void)
{
	for (int i = 0; i < FIRST_LOOK_WAIT && !atomic_load(&looked); i++)
		if (!try_look())
			nap();
	atomic_store(&looked, true);
}

/* True for one of the threads that ask. The difference counts modulo 2^32, so that a process may
 * sleep for longer than the clock's numbers last. */
static bool is_due(void)
{
	unsigned now = clock_ms(), next = atomic_load(&next_look);
	if (next - now - 1 < LOOK_EVERY)
		return false;
	return atomic_compare_exchange_strong(&next_look, &next, now + LOOK_EVERY);
}

void look_if_due(void)
{
	if (!atomic_load(&looked))
		look_first();
	else if (is_due())
		(void)try_look();
}

/* SPDX-License-Identifier: MIT */
#include "server/reaper.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROUND_MS 100 /* between two looks at the deadlines */

struct reaper_slot {
	int socket; /* -1: free */
	bool busy;
	int64_t deadline_ms;
};

struct reaper {
	pthread_t thread;
	int end; /* an eventfd; readable: end the thread */
	int64_t (*now_ms)(void);
	pthread_mutex_t lock; /* of the slots */
	size_t limit, used;
	struct reaper_slot *slots;
};

static void cut(struct reaper *reaper, bool idle_ones)
{
	int64_t now = reaper->now_ms();
	(void)pthread_mutex_lock(&reaper->lock);
	for (size_t i = 0; i < reaper->limit; i++) {
		struct reaper_slot *slot = &reaper->slots[i];
		bool is_due = slot->deadline_ms <= now || (idle_ones && !slot->busy);
		if (slot->socket >= 0 && is_due)
			(void)shutdown(slot->socket, SHUT_RDWR);
	}
	(void)pthread_mutex_unlock(&reaper->lock);
}

static void *run(void *context)
{
	struct reaper *reaper = context;
	struct pollfd end = {.fd = reaper->end, .events = POLLIN};
	for (;;) {
		int r = poll(&end, 1, ROUND_MS);
		if (r > 0 || (r < 0 && errno != EINTR))
			return NULL;
		cut(reaper, false);
	}
}

static void free_reaper(struct reaper *reaper)
{
	if (reaper->end >= 0)
		(void)close(reaper->end);
	(void)pthread_mutex_destroy(&reaper->lock);
	free(reaper->slots);
	free(reaper);
}

int reaper_start(struct reaper **ret, size_t limit, int64_t (*now_ms)(void),
		 struct portroll_error *err)
{
	struct reaper *reaper = calloc(1, sizeof(*reaper));
	if (!reaper)
		return error_memory(err);
	reaper->now_ms = now_ms;
	reaper->limit = limit;
	(void)pthread_mutex_init(&reaper->lock, NULL);
	reaper->slots = calloc(limit, sizeof(*reaper->slots));
	reaper->end = eventfd(0, EFD_CLOEXEC);
	for (size_t i = 0; reaper->slots && i < limit; i++)
		reaper->slots[i].socket = -1;
	bool ready = reaper->slots && reaper->end >= 0;
	if (!ready || pthread_create(&reaper->thread, NULL, run, reaper) != 0) {
		free_reaper(reaper);
		return error_set(err, PORTROLL_ENOMEM, "a thread for slow clients cannot be made");
	}
	*ret = reaper;
	return PORTROLL_OK;
}

void reaper_stop(struct reaper *reaper)
{
	if (!reaper)
		return;
	uint64_t one = 1;
	while (write(reaper->end, &one, sizeof(one)) < 0 && errno == EINTR)
		continue;
	(void)pthread_join(reaper->thread, NULL);
	free_reaper(reaper);
}

struct reaper_slot *reaper_watch(struct reaper *reaper, int socket, unsigned allowed_ms)
{
	struct reaper_slot *found = NULL;
	int64_t deadline = reaper->now_ms() + allowed_ms;
	(void)pthread_mutex_lock(&reaper->lock);
	for (size_t i = 0; i < reaper->limit && !found; i++) {
		if (reaper->slots[i].socket < 0)
			found = &reaper->slots[i];
	}
	if (found) {
		*found = (struct reaper_slot){.socket = socket, .deadline_ms = deadline};
		reaper->used++;
	} else {
		(void)shutdown(socket, SHUT_RDWR);
	}
	(void)pthread_mutex_unlock(&reaper->lock);
	return found;
}

void reaper_forget(struct reaper *reaper, struct reaper_slot *slot)
{
	if (!slot)
		return;
	(void)pthread_mutex_lock(&reaper->lock);
	slot->socket = -1;
	reaper->used--;
	(void)pthread_mutex_unlock(&reaper->lock);
}

void reaper_allow(struct reaper *reaper, struct reaper_slot *slot, unsigned allowed_ms, bool busy)
{
	if (!slot)
		return;
	int64_t deadline = reaper->now_ms() + allowed_ms;
	(void)pthread_mutex_lock(&reaper->lock);
	slot->deadline_ms = deadline;
	slot->busy = busy;
	(void)pthread_mutex_unlock(&reaper->lock);
}

static size_t count_used(struct reaper *reaper)
{
	(void)pthread_mutex_lock(&reaper->lock);
	size_t used = reaper->used;
	(void)pthread_mutex_unlock(&reaper->lock);
	return used;
}

void reaper_drain(struct reaper *reaper, unsigned ms)
{
	int64_t end = reaper->now_ms() + ms;
	struct pollfd nothing = {.fd = -1};
	while (count_used(reaper) > 0 && reaper->now_ms() < end) {
		cut(reaper, true);
		(void)poll(&nothing, 1, ROUND_MS / 10);
	}
}

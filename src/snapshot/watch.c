/* SPDX-License-Identifier: MIT */
#include "portroll.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

struct portroll_watch {
	pthread_mutex_t lock; /* of `snapshot` and `looking` */
	struct portroll_snapshot *snapshot;
	bool looking;          /* a thread is at it, to which `mark` belongs */
	struct file_mark mark; /* of the file that was opened or can never be */
	char path[];
};

static struct portroll_watch *new_watch(const char *path)
{
	size_t size = str_from(path).len + 1;
	struct portroll_watch *w = calloc(1, sizeof(*w) + size);
	if (!w)
		return NULL;
	memcpy(w->path, path, size);
	(void)pthread_mutex_init(&w->lock, NULL);
	return w;
}

/* Of a file that cannot be examined none has: opening it says why. */
static struct file_mark mark_of(const char *path)
{
	struct file_mark mark;
	return file_mark(&mark, path, NULL) < 0 ? (struct file_mark){0} : mark;
}

int portroll_watch_open(struct portroll_watch **ret, const char *path, struct portroll_error *err)
{
	struct portroll_watch *w = new_watch(path);
	if (!w)
		return error_memory(err);
	w->mark = mark_of(path);
	int r = portroll_open(&w->snapshot, path, err);
	if (r < 0) {
		portroll_watch_close(w);
		return r;
	}
	*ret = w;
	return PORTROLL_OK;
}

void portroll_watch_close(struct portroll_watch *w)
{
	if (!w)
		return;
	portroll_close(w->snapshot);
	(void)pthread_mutex_destroy(&w->lock);
	free(w);
}

struct portroll_snapshot *portroll_watch_snapshot(struct portroll_watch *w)
{
	(void)pthread_mutex_lock(&w->lock);
	struct portroll_snapshot *s = portroll_hold(w->snapshot);
	(void)pthread_mutex_unlock(&w->lock);
	return s;
}

/* What is wrong with the bytes stays so until there is another file; anything else may pass. */
static bool is_final(int code)
{
	return code != PORTROLL_ENOMEM && code != PORTROLL_ESYSTEM;
}

static int look(struct portroll_watch *w, struct portroll_snapshot **ret,
		struct portroll_error *err)
{
	struct file_mark mark = mark_of(w->path);
	if (file_mark_equal(mark, w->mark))
		return PORTROLL_OK;
	int r = portroll_open(ret, w->path, err);
	if (r == PORTROLL_OK || is_final(r))
		w->mark = mark;
	return r;
}

int portroll_watch_look(struct portroll_watch *w, struct portroll_error *err)
{
	(void)pthread_mutex_lock(&w->lock);
	bool busy = w->looking;
	w->looking = true;
	(void)pthread_mutex_unlock(&w->lock);
	if (busy)
		return 0;
	struct portroll_snapshot *next = NULL, *old = NULL;
	int r = look(w, &next, err);
	(void)pthread_mutex_lock(&w->lock);
	w->looking = false;
	if (next) {
		old = w->snapshot;
		w->snapshot = next;
	}
	(void)pthread_mutex_unlock(&w->lock);
	portroll_close(old);
	return next ? 1 : r;
}

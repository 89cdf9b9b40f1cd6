/* SPDX-License-Identifier: MIT */
#include "server/current.h"

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

#define LOOK_MS       1000 /* between two looks at the file */
#define LEDGER_FOLDER "ledger"

struct current {
	notice_fn *notice;
	void *notice_context;
	struct portroll_watch *watch;
	struct buf ledger;          /* the folder beside the snapshot, with a NUL */
	struct portroll_error told; /* what is wrong with the file that is there, if anything */
	pthread_mutex_t lock;       /* of all below */
	struct site *site;
	int64_t looked_ms;
	bool looking; /* a thread is at it; the others answer from what there is */
};

/* The folder of the ledger stands beside the snapshot. */
static int name_ledger(struct buf *ret, struct portroll_str path, struct portroll_error *err)
{
	size_t folder = path.len;
	while (folder > 0 && path.ptr[folder - 1] != '/')
		folder--;
	buf_put(ret, str_part(path, 0, folder));
	buf_puts(ret, LEDGER_FOLDER);
	buf_putc(ret, '\0');
	return ret->failed ? error_memory(err) : PORTROLL_OK;
}

int current_open(struct current **ret, const char *path, notice_fn *notice, void *notice_context,
		 struct portroll_error *err)
{
	struct portroll_watch *watch;
	struct buf ledger = BUF_INIT(PATH_MAX);
	struct site *site;
	int r = portroll_watch_open(&watch, path, err);
	if (r < 0)
		return r;
	struct current *current = calloc(1, sizeof(*current));
	r = current ? name_ledger(&ledger, str_from(path), err) : error_memory(err);
	if (r == PORTROLL_OK)
		r = site_new(&site, portroll_watch_snapshot(watch), ledger.ptr, err);
	if (r < 0) {
		buf_done(&ledger);
		free(current);
		portroll_watch_close(watch);
		return r;
	}
	*current = (struct current){.notice = notice,
				    .notice_context = notice_context,
				    .watch = watch,
				    .ledger = ledger,
				    .site = site};
	(void)pthread_mutex_init(&current->lock, NULL);
	*ret = current;
	return PORTROLL_OK;
}

void current_close(struct current *current)
{
	if (!current)
		return;
	site_release(current->site);
	portroll_watch_close(current->watch);
	buf_done(&current->ledger);
	(void)pthread_mutex_destroy(&current->lock);
	free(current);
}

/* Only the thread that set `looking` comes here. The new site in *ret, or NULL where the old one
 * stays. What stays wrong is told once. */
static void look(struct current *current, struct site **ret)
{
	struct portroll_error err = {0};
	*ret = NULL;
	int r = portroll_watch_look(current->watch, &err);
	if (r == 1)
		r = site_new(ret, portroll_watch_snapshot(current->watch), current->ledger.ptr,
			     &err);
	if (r < 0)
		*ret = NULL;
	if (r < 0 && !str_equal(str_from(err.text), str_from(current->told.text)))
		current->notice(current->notice_context, err.text);
	if (*ret)
		current->notice(current->notice_context, "the roll has changed");
	current->told = err;
}

struct site *current_site(struct current *current, int64_t now_ms)
{
	(void)pthread_mutex_lock(&current->lock);
	bool due = !current->looking && now_ms - current->looked_ms >= LOOK_MS;
	if (due) {
		current->looking = true;
		current->looked_ms = now_ms;
		(void)pthread_mutex_unlock(&current->lock);
		struct site *next, *old = NULL;
		look(current, &next);
		(void)pthread_mutex_lock(&current->lock);
		current->looking = false;
		if (next) {
			old = current->site;
			current->site = next;
		}
		site_release(old);
	}
	struct site *site = site_hold(current->site);
	(void)pthread_mutex_unlock(&current->lock);
	return site;
}

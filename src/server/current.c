/* SPDX-License-Identifier: MIT */
#include "server/current.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/file.h"

#define LOOK_MS 1000 /* between two looks at the file */

struct current {
	const char *path;
	notice_fn *notice;
	void *notice_context;
	pthread_mutex_t lock; /* of all below */
	struct site *site;
	struct file_mark mark; /* of the file that was opened or could not be */
	int64_t looked_ms;
	bool looking; /* a thread is at it; the others answer from what there is */
};

static int open_site(struct site **ret, const char *path, struct portroll_error *err)
{
	struct portroll_snapshot *snapshot;
	int r = snapshot_open_file(&snapshot, path, SNAPSHOT_FULL, err);
	return r < 0 ? r : site_new(ret, snapshot, err);
}

int current_open(struct current **ret, const char *path, notice_fn *notice, void *notice_context,
		 struct portroll_error *err)
{
	struct file_mark mark;
	struct site *site;
	int r = file_mark(&mark, path, err);
	if (r == PORTROLL_OK)
		r = open_site(&site, path, err);
	if (r < 0)
		return r;
	struct current *current = calloc(1, sizeof(*current));
	if (!current) {
		site_release(site);
		return error_memory(err);
	}
	*current = (struct current){.path = path,
				    .notice = notice,
				    .notice_context = notice_context,
				    .site = site,
				    .mark = mark};
	(void)pthread_mutex_init(&current->lock, NULL);
	*ret = current;
	return PORTROLL_OK;
}

void current_close(struct current *current)
{
	if (!current)
		return;
	site_release(current->site);
	(void)pthread_mutex_destroy(&current->lock);
	free(current);
}

/* Only the thread that set `looking` comes here, so that the mark is its own to read. The new site
 * in *ret, or NULL where the old one stays. */
static void look(struct current *current, struct site **ret)
{
	struct file_mark mark;
	struct portroll_error err = {0};
	*ret = NULL;
	if (file_mark(&mark, current->path, NULL) < 0 || file_mark_equal(mark, current->mark))
		return;
	current->mark = mark;
	if (open_site(ret, current->path, &err) < 0) {
		*ret = NULL;
		current->notice(current->notice_context, err.text);
	} else {
		current->notice(current->notice_context, "the roll has changed");
	}
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

/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Removes what was not renamed. */
static void forget_waiting(struct file_batch *b)
{
	for (size_t i = 0; i < b->waiting_count; i++)
		if (b->waiting[i].temporary)
			file_writer_abort(&b->waiting[i]);
	b->waiting_count = b->synced_count = 0;
}

/* How much of the path is its folder. */
static size_t folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash && slash != path ? (size_t)(slash - path) : 0;
}

static int sync_one(const char *folder, struct portroll_error *err)
{
	CLEANUP(file_close) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) < 0)
		return error_sys(err, errno, "%s: the folder cannot be synced", folder);
	return PORTROLL_OK;
}

static int sync_all(struct file_batch *b, struct portroll_error *err)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < b->count; i++) {
		if (r == PORTROLL_OK)
			r = sync_one(b->folders[i], err);
		free(b->folders[i]);
	}
	b->count = 0;
	return r;
}

/* Takes the folder, of which a copy was made for it. */
static int remember(struct file_batch *b, char *folder, struct portroll_error *err)
{
	for (size_t i = b->count; i-- > 0;)
		if (strcmp(b->folders[i], folder) == 0) {
			free(folder);
			return PORTROLL_OK;
		}
	int r = b->count == FILE_BATCH_MAX ? sync_all(b, err) : PORTROLL_OK;
	if (r < 0)
		free(folder);
	else
		b->folders[b->count++] = folder;
	return r;
}

static int remember_folder_of(struct file_batch *b, const char *path, struct portroll_error *err)
{
	size_t len = folder_len(path);
	char *folder = len ? strndup(path, len) : strdup(path[0] == '/' ? "/" : ".");
	return folder ? remember(b, folder, err) : error_memory(err);
}

/* Makes the folder, and remembers where an entry for it was made. */
static int make_one(struct file_batch *b, const char *folder, struct portroll_error *err)
{
	bool is_new = mkdir(folder, 0755) == 0;
	if (!is_new && errno != EEXIST)
		return error_sys(err, errno, "%s: the folder cannot be made", folder);
	return is_new || b->is_thorough ? remember_folder_of(b, folder, err) : PORTROLL_OK;
}

int file_batch_folder(struct file_batch *b, const char *folder, struct portroll_error *err)
{
	if (!b->is_thorough && file_exists(folder))
		return PORTROLL_OK;
	char *part = strdup(folder);
	if (!part)
		return error_memory(err);
	int r = PORTROLL_OK;
	size_t above = b->top ? strlen(b->top) : 0;
	char *slash = strlen(folder) > above ? strchr(part + above + 1, '/') : NULL;
	for (; slash && r == PORTROLL_OK; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		r = make_one(b, part, err);
		*slash = '/';
	}
	if (r == PORTROLL_OK)
		r = make_one(b, part, err);
	free(part);
	return r;
}

static int make_folder_of(struct file_batch *b, const char *path, struct portroll_error *err)
{
	size_t len = folder_len(path);
	if (len == 0)
		return PORTROLL_OK;
	char *folder = strndup(path, len);
	if (!folder)
		return error_memory(err);
	int r = file_batch_folder(b, folder, err);
	free(folder);
	return r;
}

int file_batch_begin(struct file_writer *ret, struct file_batch *b, const char *path, unsigned mode,
		     struct portroll_error *err)
{
	struct file_writer w;
	int r = make_folder_of(b, path, err);
	if (r == PORTROLL_OK)
		r = file_writer_begin(&w, b->temporary, mode, err);
	if (r < 0)
		return r;
	w.path = path;
	w.target = strdup(path);
	if (!w.target) {
		file_writer_abort(&w);
		return error_memory(err);
	}
	*ret = w;
	return PORTROLL_OK;
}

/* The disk may begin with it; it is waited for when all of the batch is written. */
int file_batch_end(struct file_batch *b, struct file_writer *w, struct portroll_error *err)
{
	int r = b->waiting_count == FILE_BATCH_MAX ? file_batch_rename(b, err) : PORTROLL_OK;
	if (r < 0) {
		file_writer_abort(w);
		return r;
	}
	(void)!sync_file_range(w->descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
	b->waiting[b->waiting_count++] = *w;
	*w = (struct file_writer){.descriptor = -1};
	return PORTROLL_OK;
}

int file_batch_put(struct file_batch *b, const char *path, struct portroll_str bytes, unsigned mode,
		   struct portroll_error *err)
{
	struct file_writer w;
	int r = file_batch_begin(&w, b, path, mode, err);
	if (r < 0)
		return r;
	if (file_writer_drain(&w, bytes) < 0) {
		int saved = errno;
		file_writer_abort(&w);
		return error_sys(err, saved, "%s: cannot be written", path);
	}
	return file_batch_end(b, &w, err);
}

int file_batch_sync(struct file_batch *b, struct portroll_error *err)
{
	for (; b->synced_count < b->waiting_count; b->synced_count++)
		if (fsync(b->waiting[b->synced_count].descriptor) < 0)
			return error_sys(err, errno, "%s: cannot be written",
					 b->waiting[b->synced_count].target);
	return PORTROLL_OK;
}

int file_batch_rename(struct file_batch *b, struct portroll_error *err)
{
	int r = file_batch_sync(b, err);
	for (size_t i = 0; i < b->waiting_count && r == PORTROLL_OK; i++) {
		struct file_writer *w = &b->waiting[i];
		if (rename(w->temporary, w->target) < 0) {
			r = error_sys(err, errno, "%s: cannot be written", w->target);
			break;
		}
		r = remember_folder_of(b, w->target, err);
		(void)close(w->descriptor);
		free(w->temporary);
		free(w->target);
		*w = (struct file_writer){.descriptor = -1};
	}
	forget_waiting(b);
	return r;
}

int file_batch_commit(struct file_batch *b, struct portroll_error *err)
{
	int r = file_batch_rename(b, err);
	return r == PORTROLL_OK ? sync_all(b, err) : r;
}

void file_batch_done(struct file_batch *b)
{
	forget_waiting(b);
	for (size_t i = 0; i < b->count; i++)
		free(b->folders[i]);
	b->count = 0;
}

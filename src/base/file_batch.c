/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_sync.h"

/* Removes what was not renamed. */
static void forget_waiting(struct file_batch *b)
{
	for (size_t i = 0; i < b->waiting_count; i++)
		if (b->waiting[i].temporary)
			file_writer_abort(&b->waiting[i]);
	b->waiting_count = 0;
}

static void forget_folders(struct file_batch *b)
{
	for (size_t i = 0; i < b->count; i++)
		free(b->folders[i]);
	for (size_t i = 0; i < b->overwritten_count; i++)
		file_close(&b->overwritten[i].descriptor);
	b->count = b->overwritten_count = 0;
}

/* How much of the path is its folder. */
static size_t folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash && slash != path ? (size_t)(slash - path) : 0;
}

static int sync_opened(const struct file_batch *b, const int *descriptors, size_t opened,
		       struct portroll_error *err)
{
	int all[FILE_BATCH_MAX + FILE_BATCH_OVERWRITTEN];
	size_t failed, count = opened;
	memcpy(all, descriptors, opened * sizeof(*all));
	for (size_t i = 0; i < b->overwritten_count; i++)
		all[count++] = b->overwritten[i].descriptor;
	int code = file_sync_all(&failed, all, count);
	if (code == 0)
		return PORTROLL_OK;
	if (failed >= opened)
		return error_sys(err, code, "%s: cannot be written",
				 b->overwritten[failed - opened].path);
	return error_sys(err, code, "%s: the folder cannot be synced", b->folders[failed]);
}

/* The folders, and what was overwritten. */
static int sync_folders(struct file_batch *b, struct portroll_error *err)
{
	int descriptors[FILE_BATCH_MAX], r = PORTROLL_OK;
	size_t opened = 0;
	for (; opened < b->count; opened++) {
		const char *folder = b->folders[opened];
		descriptors[opened] = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (descriptors[opened] >= 0)
			continue;
		r = error_sys(err, errno, "%s: the folder cannot be synced", folder);
		break;
	}
	if (r == PORTROLL_OK)
		r = sync_opened(b, descriptors, opened, err);
	while (opened > 0)
		(void)close(descriptors[--opened]);
	forget_folders(b);
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
	int r = b->count == FILE_BATCH_MAX ? sync_folders(b, err) : PORTROLL_OK;
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
static void begin_sync(int descriptor)
{
	(void)!sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}

int file_batch_end(struct file_batch *b, struct file_writer *w, struct portroll_error *err)
{
	int r = b->waiting_count == FILE_BATCH_MAX ? file_batch_rename(b, err) : PORTROLL_OK;
	if (r < 0) {
		file_writer_abort(w);
		return r;
	}
	begin_sync(w->descriptor);
	b->waiting[b->waiting_count++] = *w;
	*w = (struct file_writer){.descriptor = -1};
	return PORTROLL_OK;
}

static int write_whole(struct file_writer *w, struct portroll_str bytes, struct portroll_error *err)
{
	if (file_writer_drain(w, bytes) == PORTROLL_OK)
		return PORTROLL_OK;
	int r = error_sys(err, errno, "%s: cannot be written", w->target);
	file_writer_abort(w);
	return r;
}

int file_batch_put(struct file_batch *b, const char *path, struct portroll_str bytes, unsigned mode,
		   struct portroll_error *err)
{
	struct file_writer w;
	int r = file_batch_begin(&w, b, path, mode, err);
	if (r == PORTROLL_OK)
		r = write_whole(&w, bytes, err);
	return r == PORTROLL_OK ? file_batch_end(b, &w, err) : r;
}

int file_batch_put_last(struct file_batch *b, const char *path, struct portroll_str bytes,
			unsigned mode, struct portroll_error *err)
{
	int r = file_batch_begin(&b->last, b, path, mode, err);
	if (r == PORTROLL_OK)
		r = write_whole(&b->last, bytes, err);
	if (r == PORTROLL_OK)
		begin_sync(b->last.descriptor);
	return r;
}

int file_batch_overwrite(struct file_batch *b, const char *path, struct portroll_str bytes,
			 unsigned mode, struct portroll_error *err)
{
	struct stat st;
	bool is_new = lstat(path, &st) < 0;
	int r = b->overwritten_count == FILE_BATCH_OVERWRITTEN ? sync_folders(b, err) : PORTROLL_OK;
	if (r < 0)
		return r;
	CLEANUP(file_close)
	int fd = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, (mode_t)mode);
	if (fd < 0 || file_drain(&fd, bytes) < 0 || ftruncate(fd, (off_t)bytes.len) < 0)
		return error_sys(err, errno, "%s: cannot be written", path);
	begin_sync(fd);
	r = is_new ? remember_folder_of(b, path, err) : PORTROLL_OK;
	if (r < 0)
		return r;
	b->overwritten[b->overwritten_count++] = (struct file_overwritten){fd, path};
	fd = -1;
	return PORTROLL_OK;
}

/* The one that is renamed later has its bytes on the disk with the others. */
static int sync_waiting(struct file_batch *b, struct portroll_error *err)
{
	int descriptors[FILE_BATCH_MAX + 1];
	size_t failed, count = b->waiting_count;
	for (size_t i = 0; i < count; i++)
		descriptors[i] = b->waiting[i].descriptor;
	if (b->last.temporary && !b->last_is_synced)
		descriptors[count++] = b->last.descriptor;
	int code = file_sync_all(&failed, descriptors, count);
	if (code)
		return error_sys(err, code, "%s: cannot be written",
				 failed < b->waiting_count ? b->waiting[failed].target
							   : b->last.target);
	b->last_is_synced = b->last.temporary != NULL;
	return PORTROLL_OK;
}

static int rename_one(struct file_batch *b, struct file_writer *w, struct portroll_error *err)
{
	if (rename(w->temporary, w->target) < 0)
		return error_sys(err, errno, "%s: cannot be written", w->target);
	int r = remember_folder_of(b, w->target, err);
	(void)close(w->descriptor);
	free(w->temporary);
	free(w->target);
	*w = (struct file_writer){.descriptor = -1};
	return r;
}

int file_batch_rename(struct file_batch *b, struct portroll_error *err)
{
	int r = sync_waiting(b, err);
	for (size_t i = 0; i < b->waiting_count && r == PORTROLL_OK; i++)
		r = rename_one(b, &b->waiting[i], err);
	forget_waiting(b);
	return r;
}

int file_batch_stand(struct file_batch *b, struct portroll_error *err)
{
	int r = file_batch_rename(b, err);
	return r == PORTROLL_OK ? sync_folders(b, err) : r;
}

int file_batch_commit(struct file_batch *b, struct portroll_error *err)
{
	int r = file_batch_stand(b, err);
	if (r == PORTROLL_OK && b->last.temporary)
		r = rename_one(b, &b->last, err);
	return r == PORTROLL_OK ? sync_folders(b, err) : r;
}

void file_batch_done(struct file_batch *b)
{
	forget_waiting(b);
	forget_folders(b);
	if (b->last.temporary)
		file_writer_abort(&b->last);
}

/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int file_drain(void *context, struct portroll_str bytes)
{
	const int *fd = context;
	while (bytes.len) {
		ssize_t put = write(*fd, bytes.ptr, bytes.len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return PORTROLL_ESYSTEM;
		bytes = str_part(bytes, (size_t)put, bytes.len);
	}
	return PORTROLL_OK;
}

int file_writer_drain(void *context, struct portroll_str bytes)
{
	struct file_writer *w = context;
	return file_drain(&w->descriptor, bytes);
}

#define TEMPORARY_SUFFIX ".portroll-XXXXXX"

/* The name is a template for mkostemp: hidden, in the same folder, so that rename() is atomic, and
 * like no other program's. */
static char *temporary_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	int folder_len = slash ? (int)(slash - path + 1) : 0;
	struct buf name = BUF_INIT(64U << 10);
	buf_printf(&name, "%.*s.%s" TEMPORARY_SUFFIX, folder_len, path, path + folder_len);
	buf_putc(&name, '\0');
	if (name.failed) {
		buf_done(&name);
		return NULL;
	}
	return name.ptr;
}

/* rename() would put a file in the place of the device. */
static int begin_in_place(struct file_writer *ret, const char *path, struct portroll_error *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return error_sys(err, errno, "%s: cannot be written", path);
	*ret = (struct file_writer){.descriptor = fd, .path = path};
	return PORTROLL_OK;
}

/* /dev/stdout and its like: what the program was given to write to is not replaced either. */
static int begin_as_standard_output(struct file_writer *ret, const char *path,
				    struct portroll_error *err)
{
	int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
	if (fd < 0)
		return error_sys(err, errno, "%s: cannot be written", path);
	*ret = (struct file_writer){.descriptor = fd, .path = path};
	return PORTROLL_OK;
}

static bool is_standard_output(const struct stat *st)
{
	struct stat own;
	return fstat(STDOUT_FILENO, &own) == 0 && own.st_dev == st->st_dev &&
	       own.st_ino == st->st_ino;
}

/* The target is taken. */
static int begin_beside(struct file_writer *ret, const char *path, char *target, unsigned mode,
			struct portroll_error *err)
{
	char *temporary = temporary_name(target ? target : path);
	if (!temporary) {
		free(target);
		return error_memory(err);
	}
	int fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0) {
		int saved = errno;
		free(temporary);
		free(target);
		return error_sys(err, saved, "%s: cannot be written", path);
	}
	(void)flock(fd, LOCK_EX | LOCK_NB); /* tells file_remove_stale() that the writer lives */
	*ret = (struct file_writer){
		.descriptor = fd, .temporary = temporary, .target = target, .path = path};
	if (fchmod(fd, (mode_t)mode) < 0) {
		int saved = errno;
		file_writer_abort(ret);
		return error_sys(err, saved, "%s: cannot be written", path);
	}
	return PORTROLL_OK;
}

int file_writer_begin(struct file_writer *ret, const char *path, unsigned mode,
		      struct portroll_error *err)
{
	struct stat st;
	bool exists = stat(path, &st) == 0;
	if (exists && S_ISDIR(st.st_mode))
		return error_set(err, PORTROLL_EINVAL, "%s: is a folder, not a file", path);
	if (exists && is_standard_output(&st))
		return begin_as_standard_output(ret, path, err);
	if (exists && !S_ISREG(st.st_mode))
		return begin_in_place(ret, path, err);
	char *target;
	int r = file_link_target(&target, path, err);
	return r < 0 ? r : begin_beside(ret, path, target, mode, err);
}

void file_writer_abort(struct file_writer *w)
{
	file_close(&w->descriptor);
	if (w->temporary) {
		(void)unlink(w->temporary);
		free(w->temporary);
		free(w->target);
	}
	*w = (struct file_writer){.descriptor = -1};
}

/* A rename is durable only when its folder is. The name of the temporary file, which is gone now,
 * becomes that of its folder: nothing may fail for want of memory after the rename. */
static int sync_folder_of(char *temporary)
{
	char *slash = strrchr(temporary, '/');
	if (slash)
		slash[1] = '\0';
	CLEANUP(file_close)
	int fd = open(slash ? temporary : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 || fsync(fd) < 0 ? errno : 0;
}

static int put_in_place(struct file_writer *w, bool sync_folder, struct portroll_error *err)
{
	const char *path = w->path;
	if (!w->temporary) {
		file_writer_abort(w);
		return PORTROLL_OK;
	}
	if (fsync(w->descriptor) < 0 || rename(w->temporary, w->target ? w->target : path) < 0) {
		int failed = errno;
		file_writer_abort(w);
		return error_sys(err, failed, "%s: cannot be written", path);
	}
	(void)close(w->descriptor);
	int failed = sync_folder ? sync_folder_of(w->temporary) : 0;
	free(w->temporary);
	free(w->target);
	*w = (struct file_writer){.descriptor = -1};
	if (failed)
		return error_sys(err, failed, "%s: its folder cannot be synced", path);
	return PORTROLL_OK;
}

int file_writer_rename(struct file_writer *w, struct portroll_error *err)
{
	return put_in_place(w, false, err);
}

int file_writer_commit(struct file_writer *w, struct portroll_error *err)
{
	return put_in_place(w, true, err);
}

static int write_whole(struct file_writer *w, struct portroll_str bytes, struct portroll_error *err)
{
	const char *path = w->path;
	if (file_writer_drain(w, bytes) < 0) {
		int saved = errno;
		file_writer_abort(w);
		return error_sys(err, saved, "%s: cannot be written", path);
	}
	return file_writer_commit(w, err);
}

int file_replace(const char *path, struct portroll_str bytes, unsigned mode,
		 struct portroll_error *err)
{
	struct file_writer w;
	int r = file_writer_begin(&w, path, mode, err);
	return r < 0 ? r : write_whole(&w, bytes, err);
}

int file_replace_name(const char *path, struct portroll_str bytes, unsigned mode,
		      struct portroll_error *err)
{
	struct file_writer w;
	int r = begin_beside(&w, path, NULL, mode, err);
	return r < 0 ? r : write_whole(&w, bytes, err);
}

/* 0 or errno; a folder that is there already is fine, a file in its place is not. */
static int make_one_folder(const char *path)
{
	struct stat st;
	if (mkdir(path, 0755) == 0)
		return 0;
	if (errno != EEXIST)
		return errno;
	if (stat(path, &st) < 0)
		return errno;
	return S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
}

int file_anonymous(int *ret_descriptor, struct portroll_str bytes, struct portroll_error *err)
{
	int fd = memfd_create("portroll", MFD_CLOEXEC);
	if (fd < 0)
		return error_sys(err, errno, "no memory for a file");
	if (file_drain(&fd, bytes) < 0 || lseek(fd, 0, SEEK_SET) < 0) {
		int saved = errno;
		(void)close(fd);
		return error_sys(err, saved, "no memory for a file");
	}
	*ret_descriptor = fd;
	return PORTROLL_OK;
}

int file_make_folder(const char *path, struct portroll_error *err)
{
	char *part = strdup(path);
	if (!part)
		return error_memory(err);
	int failed = 0;
	char *slash = part[0] ? strchr(part + 1, '/') : NULL;
	for (; slash && !failed; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		failed = make_one_folder(part);
		*slash = '/';
	}
	if (!failed)
		failed = make_one_folder(part);
	free(part);
	if (failed)
		return error_sys(err, failed, "%s: the folder cannot be made", path);
	return PORTROLL_OK;
}

/* The names that temporary_name() makes. */
static bool is_temporary(struct portroll_str entry, struct portroll_str name)
{
	static const struct portroll_str suffix = {TEMPORARY_SUFFIX, sizeof(TEMPORARY_SUFFIX) - 1};
	struct portroll_str fixed = str_part(suffix, 0, suffix.len - 6);
	return entry.len == 1 + name.len + suffix.len && entry.ptr[0] == '.' &&
	       str_starts(str_part(entry, 1, entry.len), name) &&
	       str_starts(str_part(entry, 1 + name.len, entry.len), fixed);
}

static bool is_abandoned(int folder, const char *name)
{
	CLEANUP(file_close)
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	return fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	       flock(fd, LOCK_EX | LOCK_NB) == 0;
}

void file_remove_stale(const char *folder, const char *name)
{
	DIR *entries = opendir(folder);
	if (!entries)
		return;
	const struct dirent *entry;
	while ((entry = readdir(entries)))
		if (is_temporary(str_from(entry->d_name), str_from(name)) &&
		    is_abandoned(dirfd(entries), entry->d_name))
			(void)unlinkat(dirfd(entries), entry->d_name, 0);
	(void)closedir(entries);
}

void file_remove_stale_beside(const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash) {
		file_remove_stale(".", path);
		return;
	}
	char *folder = strndup(path, (size_t)(slash - path) + 1);
	if (folder)
		file_remove_stale(folder, slash + 1);
	free(folder);
}

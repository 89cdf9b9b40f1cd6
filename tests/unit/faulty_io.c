/* SPDX-License-Identifier: MIT */
#include "faulty_io.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define VISIBLE  __attribute__((visibility("default")))
#define PATH_LEN 512

/* What the linker calls has no argument to carry this. */
static struct io_plan *plan;
static bool is_busy; /* the watcher is at work */

void io_begin(struct io_plan *begun)
{
	begun->count = 0;
	is_busy = false;
	plan = begun;
}

void io_end(void)
{
	plan = NULL;
}

static bool is_watched(const char *path)
{
	return plan && !is_busy && plan->folder &&
	       strncmp(path, plan->folder, strlen(plan->folder)) == 0;
}

/* Where the kernel says an open file is; false: not below the folder, or removed. */
static bool path_of(char path[static PATH_LEN], int fd)
{
	char link[64];
	if (!plan || is_busy)
		return false;
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	long len = syscall(SYS_readlink, link, path, PATH_LEN - 1);
	if (len <= 0)
		return false;
	path[len] = '\0';
	return is_watched(path) && !strstr(path, " (deleted)");
}

/* Counts one; true: it fails. */
static bool fails(const struct io *io)
{
	plan->count++;
	bool is_hit = plan->fail_at && (plan->count == plan->fail_at ||
					(plan->and_all_after && plan->count > plan->fail_at));
	if (is_hit) {
		errno = plan->failure;
		return true;
	}
	if (plan->watch && io->kind != IO_READ) {
		int saved = errno;
		is_busy = true;
		plan->watch(plan->context, io);
		is_busy = false;
		errno = saved;
	}
	return false;
}

static int watched_open(int folder, const char *path, int flags, mode_t mode)
{
	char full[PATH_LEN];
	(void)snprintf(full, sizeof(full), "%s", path);
	if (folder != AT_FDCWD && path[0] != '/') {
		char above[PATH_LEN];
		if (!path_of(above, folder))
			return (int)syscall(SYS_openat, folder, path, flags, mode);
		(void)snprintf(full, sizeof(full), "%.250s/%.250s", above, path);
	}
	struct stat st;
	bool is_new = flags & O_CREAT && stat(full, &st) < 0;
	struct io io = {.kind = is_new ? IO_CREATE : IO_READ, .path = full};
	if (!is_new && flags & O_TRUNC)
		io.kind = IO_TRUNCATE;
	if (is_watched(full) && fails(&io))
		return -1;
	return (int)syscall(SYS_openat, folder, path, flags, mode);
}

static mode_t mode_of(int flags, va_list args)
{
	return flags & O_CREAT ? (mode_t)va_arg(args, unsigned) : 0;
}

VISIBLE int open64(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = mode_of(flags, args);
	va_end(args);
	return watched_open(AT_FDCWD, path, flags, mode);
}

VISIBLE int openat64(int folder, const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = mode_of(flags, args);
	va_end(args);
	return watched_open(folder, path, flags, mode);
}

/* A name that counts: runs are alike. */
VISIBLE int mkostemp64(char *name, int flags)
{
	static unsigned next;
	size_t len = strlen(name);
	for (;;) {
		(void)snprintf(name + len - 6, 7, "%06x", next++ & 0xffffff);
		int fd = watched_open(AT_FDCWD, name, flags | O_RDWR | O_CREAT | O_EXCL, 0600);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
}

VISIBLE ssize_t read(int fd, void *bytes, size_t len)
{
	char path[PATH_LEN];
	struct io io = {.kind = IO_READ, .path = path};
	if (path_of(path, fd) && fails(&io))
		return -1;
	return syscall(SYS_read, fd, bytes, len);
}

VISIBLE ssize_t pread64(int fd, void *bytes, size_t len, off64_t at)
{
	char path[PATH_LEN];
	struct io io = {.kind = IO_READ, .path = path};
	if (path_of(path, fd) && fails(&io))
		return -1;
	return syscall(SYS_pread64, fd, bytes, len, at);
}

VISIBLE ssize_t write(int fd, const void *bytes, size_t len)
{
	char path[PATH_LEN];
	if (path_of(path, fd)) {
		struct io io = {.kind = IO_WRITE,
				.path = path,
				.bytes = bytes,
				.len = len,
				.at = (off_t)syscall(SYS_lseek, fd, 0, SEEK_CUR)};
		if (fails(&io))
			return -1;
	}
	return syscall(SYS_write, fd, bytes, len);
}

VISIBLE ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	char path[PATH_LEN];
	struct io io = {.kind = IO_WRITE, .path = path, .bytes = bytes, .len = len, .at = at};
	if (path_of(path, fd) && fails(&io))
		return -1;
	return syscall(SYS_pwrite64, fd, bytes, len, at);
}

static int sync_it(int fd)
{
	char path[PATH_LEN];
	struct io io = {.kind = IO_SYNC, .path = path};
	return path_of(path, fd) && fails(&io) ? -1 : 0;
}

VISIBLE int fsync(int fd)
{
	return sync_it(fd);
}

VISIBLE int fdatasync(int fd)
{
	return sync_it(fd);
}

VISIBLE int ftruncate64(int fd, off64_t size)
{
	char path[PATH_LEN];
	struct io io = {.kind = IO_TRUNCATE, .path = path, .at = size};
	if (path_of(path, fd) && fails(&io))
		return -1;
	return (int)syscall(SYS_ftruncate, fd, size);
}

/* There are none, so that all is done one after the other and runs are alike. */
VISIBLE int pthread_create(pthread_t *ret, const pthread_attr_t *attributes, void *(*start)(void *),
			   void *argument)
{
	(void)ret;
	(void)attributes;
	(void)start;
	(void)argument;
	return EAGAIN;
}

VISIBLE int rename(const char *from, const char *to)
{
	struct io io = {.kind = IO_RENAME, .path = from, .target = to};
	if (is_watched(to) && fails(&io))
		return -1;
	return (int)syscall(SYS_rename, from, to);
}

static int remove_it(int folder, const char *path, int flags)
{
	char full[PATH_LEN];
	(void)snprintf(full, sizeof(full), "%s", path);
	if (folder != AT_FDCWD && path[0] != '/') {
		char above[PATH_LEN];
		if (!path_of(above, folder))
			return (int)syscall(SYS_unlinkat, folder, path, flags);
		(void)snprintf(full, sizeof(full), "%.250s/%.250s", above, path);
	}
	/* What the kernel refuses is no operation: a folder is tried as a file first. */
	struct stat st;
	bool is_folder = lstat(full, &st) == 0 && S_ISDIR(st.st_mode);
	struct io io = {.kind = IO_REMOVE, .path = full};
	if (is_folder == !!(flags & AT_REMOVEDIR) && is_watched(full) && fails(&io))
		return -1;
	return (int)syscall(SYS_unlinkat, folder, path, flags);
}

VISIBLE int unlink(const char *path)
{
	return remove_it(AT_FDCWD, path, 0);
}

VISIBLE int rmdir(const char *path)
{
	return remove_it(AT_FDCWD, path, AT_REMOVEDIR);
}

VISIBLE int unlinkat(int folder, const char *path, int flags)
{
	return remove_it(folder, path, flags);
}

VISIBLE int mkdir(const char *path, mode_t mode)
{
	struct stat st;
	bool is_new = lstat(path, &st) < 0;
	struct io io = {.kind = IO_FOLDER, .path = path};
	if (is_new && is_watched(path) && fails(&io))
		return -1;
	return (int)syscall(SYS_mkdir, path, mode);
}

/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the new file is to have in common with another; `times` where its times are to be kept. */
static int take_after(int descriptor, const struct stat *other, bool times)
{
	struct stat own;
	if (fstat(descriptor, &own) < 0)
		return errno;
	bool same_owner = own.st_uid == other->st_uid && own.st_gid == other->st_gid;
	if (!same_owner && fchown(descriptor, other->st_uid, other->st_gid) < 0)
		return errno;
	/* A change of the owner takes bits of the mode away. */
	if (fchmod(descriptor, other->st_mode & 07777) < 0)
		return errno;
	const struct timespec kept[2] = {other->st_atim, other->st_mtim};
	return times && futimens(descriptor, kept) < 0 ? errno : 0;
}

static int write_like(const char *path, struct portroll_str bytes, const struct stat *other,
		      bool times, struct portroll_error *err)
{
	struct file_writer w;
	int r = file_writer_begin(&w, path, 0600, err);
	if (r < 0)
		return r;
	int failed = 0;
	if (file_writer_drain(&w, bytes) < 0)
		failed = errno;
	if (!failed)
		failed = take_after(w.descriptor, other, times);
	if (failed) {
		file_writer_abort(&w);
		return error_sys(err, failed, "%s: cannot be written", path);
	}
	return file_writer_commit(&w, err);
}

int file_replace_like(const char *path, struct portroll_str bytes, unsigned mode,
		      struct portroll_error *err)
{
	struct stat st;
	if (stat(path, &st) < 0)
		return file_replace(path, bytes, mode, err);
	if (!S_ISREG(st.st_mode))
		return error_set(err, PORTROLL_EINVAL, "%s: is not a regular file", path);
	return write_like(path, bytes, &st, false, err);
}

int file_keep(const char *copy, const char *path, struct portroll_str bytes,
	      struct portroll_error *err)
{
	struct stat st;
	if (lstat(copy, &st) == 0)
		return 0;
	if (stat(path, &st) < 0)
		return error_sys(err, errno, "%s: cannot be examined", path);
	int r = write_like(copy, bytes, &st, true, err);
	return r < 0 ? r : 1;
}

static int sync_folder(const char *path, struct portroll_error *err)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	if (!folder)
		return error_memory(err);
	CLEANUP(file_close) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = fd < 0 || fsync(fd) < 0 ? errno : 0;
	free(folder);
	return failed ? error_sys(err, failed, "%s: its folder cannot be synced", path)
		      : PORTROLL_OK;
}

int file_put_back(const char *path, const char *copy, struct portroll_error *err)
{
	struct stat st;
	if (lstat(copy, &st) == 0 && !S_ISREG(st.st_mode))
		return error_set(err, PORTROLL_EINVAL, "%s: is not a regular file", copy);
	if (rename(copy, path) < 0)
		return error_sys(err, errno, "%s: cannot be put back from %s", path, copy);
	return sync_folder(path, err);
}

int file_make_private(const char *path, struct portroll_error *err)
{
	CLEANUP(file_close) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		return 1;
	return errno == EEXIST ? 0 : error_sys(err, errno, "%s: cannot be made", path);
}

int file_remove(const char *path, struct portroll_error *err)
{
	if (unlink(path) < 0)
		return error_sys(err, errno, "%s: cannot be removed", path);
	return sync_folder(path, err);
}

int file_link_target(char **ret, const char *path, struct portroll_error *err)
{
	struct stat st;
	bool is_link = lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
	*ret = is_link ? realpath(path, NULL) : NULL;
	if (is_link && !*ret)
		return error_sys(err, errno, "%s: cannot be written", path);
	return PORTROLL_OK;
}

int file_link(const char *name, const char *path, struct portroll_error *err)
{
	if (link(path, name) < 0)
		return error_sys(err, errno, "%s: cannot be made a link to %s", name, path);
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

#define DEPTH_MAX 32

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

int file_each_name(const char *folder, file_name_fn *fn, void *context, struct portroll_error *err)
{
	DIR *entries = opendir(folder);
	if (!entries && errno == ENOENT)
		return PORTROLL_OK;
	if (!entries)
		return error_sys(err, errno, "%s: cannot be opened", folder);
	int r = PORTROLL_OK;
	const struct dirent *entry;
	while (r == PORTROLL_OK && (entry = readdir(entries)))
		if (!is_dots(entry->d_name))
			r = fn(context, entry->d_name, err);
	(void)closedir(entries);
	return r;
}

/* 0 or errno. Links are removed, and not followed. */
static int remove_entries(int folder, unsigned depth);

static int remove_entry(int folder, const char *name, unsigned depth)
{
	if (unlinkat(folder, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return errno;
	int failed = depth < DEPTH_MAX ? 0 : ELOOP;
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (!failed && fd < 0)
		failed = errno;
	if (!failed)
		failed = remove_entries(fd, depth + 1); /* which closes it */
	else
		file_close(&fd);
	if (!failed && unlinkat(folder, name, AT_REMOVEDIR) < 0)
		failed = errno;
	return failed;
}

static int remove_entries(int folder, unsigned depth)
{
	DIR *entries = fdopendir(folder);
	if (!entries) {
		int failed = errno;
		(void)close(folder);
		return failed;
	}
	int failed = 0;
	const struct dirent *entry;
	while (!failed && (entry = readdir(entries)))
		if (!is_dots(entry->d_name))
			failed = remove_entry(dirfd(entries), entry->d_name, depth);
	(void)closedir(entries);
	return failed;
}

int file_remove_tree(const char *path, struct portroll_error *err)
{
	int failed = remove_entry(AT_FDCWD, path, 0);
	return failed ? error_sys(err, failed, "%s: cannot be removed", path) : PORTROLL_OK;
}

int file_make_temporary_folder(char **ret, const char *below, struct portroll_error *err)
{
	struct buf path = BUF_INIT(64U << 10);
	buf_puts(&path, below);
	buf_puts(&path, "/portroll-XXXXXX");
	buf_putc(&path, '\0');
	char *name = path.failed ? NULL : strdup(path.ptr);
	buf_done(&path);
	if (!name)
		return error_memory(err);
	if (!mkdtemp(name)) {
		int failed = errno;
		free(name);
		return error_sys(err, failed, "%s: no folder can be made there", below);
	}
	*ret = name;
	return PORTROLL_OK;
}

int file_make_link(const char *path, const char *target, struct portroll_error *err)
{
	if (symlink(target, path) < 0)
		return error_sys(err, errno, "%s: cannot be made", path);
	return PORTROLL_OK;
}

int file_load_private(struct file_bytes *ret, const char *path, size_t max,
		      struct portroll_error *err)
{
	struct stat st;
	if (stat(path, &st) < 0)
		return error_sys(err, errno, "%s: cannot be examined", path);
	if (st.st_mode & (S_IRWXG | S_IRWXO))
		return error_set(err, PORTROLL_EINVAL,
				 "%s: others may read or write it: chmod 600 it, and replace "
				 "what is secret in it if they did",
				 path);
	return file_load(ret, path, max, err);
}

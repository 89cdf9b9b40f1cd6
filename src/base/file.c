/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_FIRST (64U << 10)

void file_close(const int *descriptor)
{
	if (*descriptor >= 0)
		(void)close(*descriptor);
}

int file_map_descriptor(struct file_bytes *ret, int descriptor, const char *path,
			struct portroll_error *err)
{
	struct stat st;
	if (fstat(descriptor, &st) < 0)
		return error_sys(err, errno, "%s: cannot be examined", path);
	if (S_ISDIR(st.st_mode))
		return error_set(err, PORTROLL_EINVAL, "%s: is a folder, not a file", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, PORTROLL_EINVAL, "%s: is not a regular file", path);
	if (st.st_size == 0) {
		*ret = (struct file_bytes){.bytes = STR("")};
		return PORTROLL_OK;
	}
	size_t size = (size_t)st.st_size;
	void *map = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
	if (map == MAP_FAILED)
		return error_sys(err, errno, "%s: cannot be mapped", path);
	*ret = (struct file_bytes){.bytes = {map, size}, .map = map};
	return PORTROLL_OK;
}

int file_map(struct file_bytes *ret, const char *path, struct portroll_error *err)
{
	CLEANUP(file_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return error_sys(err, errno, "%s: cannot be opened", path);
	return file_map_descriptor(ret, fd, path, err);
}

/* One more byte than `max` is asked for, so that a file of exactly that size is not refused. */
static int read_all(struct file_bytes *ret, int fd, const char *path, size_t max,
		    struct portroll_error *err)
{
	size_t len = 0, capacity = 0;
	char *memory = NULL;
	for (;;) {
		if (len == capacity) {
			size_t wanted = capacity ? capacity * 2 : READ_FIRST;
			if (wanted > max)
				wanted = max + 1;
			char *grown = realloc(memory, wanted);
			if (!grown) {
				free(memory);
				return error_memory(err);
			}
			memory = grown;
			capacity = wanted;
		}
		ssize_t got = read(fd, memory + len, capacity - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			free(memory);
			return error_sys(err, errno, "%s: cannot be read", path);
		}
		if (got == 0)
			break;
		len += (size_t)got;
		if (len > max) {
			free(memory);
			return error_set(err, PORTROLL_ELIMIT, "%s: is larger than %zu MiB", path,
					 max >> 20);
		}
	}
	*ret = (struct file_bytes){.bytes = {memory, len}, .memory = memory};
	return PORTROLL_OK;
}

int file_read(struct file_bytes *ret, const char *path, size_t max, struct portroll_error *err)
{
	if (strcmp(path, "-") == 0)
		return read_all(ret, STDIN_FILENO, "standard input", max, err);
	CLEANUP(file_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_sys(err, errno, "%s: cannot be opened", path);
	struct stat st;
	if (fstat(fd, &st) < 0)
		return error_sys(err, errno, "%s: cannot be examined", path);
	if (S_ISDIR(st.st_mode))
		return error_set(err, PORTROLL_EINVAL, "%s: is a folder, not a file", path);
	return read_all(ret, fd, path, max, err);
}

void file_release(struct file_bytes *file)
{
	if (file->map)
		(void)munmap(file->map, file->bytes.len);
	free(file->memory);
	*file = (struct file_bytes){0};
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

int file_mark(struct file_mark *ret, const char *path, struct portroll_error *err)
{
	struct stat st;
	if (stat(path, &st) < 0)
		return error_sys(err, errno, "%s: cannot be examined", path);
	*ret = (struct file_mark){.device = st.st_dev,
				  .inode = st.st_ino,
				  .size = (uint64_t)st.st_size,
				  .modified_s = st.st_mtim.tv_sec,
				  .modified_ns = st.st_mtim.tv_nsec};
	return PORTROLL_OK;
}

bool file_mark_equal(struct file_mark a, struct file_mark b)
{
	return a.device == b.device && a.inode == b.inode && a.size == b.size &&
	       a.modified_s == b.modified_s && a.modified_ns == b.modified_ns;
}

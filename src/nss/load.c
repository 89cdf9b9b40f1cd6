/* SPDX-License-Identifier: MIT */
#include "nss/load.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define SIZE_LIMIT ((off_t)256 << 20)
#define LARGE_PAGE ((size_t)2 << 20)

struct load_mark load_mark_of(const struct stat *file)
{
	return (struct load_mark){
		.device = file->st_dev,
		.inode = file->st_ino,
		.size = file->st_size,
		.modified = file->st_mtim,
		.changed = file->st_ctim,
	};
}

static bool same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool load_mark_equal(const struct load_mark *a, const struct load_mark *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       same_time(&a->modified, &b->modified) && same_time(&a->changed, &b->changed);
}

static bool is_trusted(const struct stat *file)
{
	return S_ISREG(file->st_mode) && (file->st_uid == 0 || file->st_uid == geteuid()) &&
	       (file->st_mode & (S_IWGRP | S_IWOTH)) == 0 && file->st_size > 0 &&
	       file->st_size <= SIZE_LIMIT;
}

static bool read_whole(int fd, char *bytes, size_t size)
{
	for (size_t at = 0; at < size;) {
		ssize_t count = read(fd, bytes + at, size - at);
		if (count == 0 || (count < 0 && errno != EINTR))
			return false;
		if (count > 0)
			at += (size_t)count;
	}
	return true;
}

/* Room for the bytes, on large pages as far as they fill them: a fault for each small page would
 * take longer than to read the file. What is mapped and not touched costs nothing. */
static char *map_room(struct loaded *ret, size_t size)
{
	size_t map_size = size < LARGE_PAGE ? size : size + LARGE_PAGE;
	char *map =
		mmap(NULL, map_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED)
		return NULL;
	*ret = (struct loaded){.map = map, .map_size = map_size};
	if (size < LARGE_PAGE)
		return map;
	char *bytes = map + (LARGE_PAGE - (uintptr_t)map % LARGE_PAGE) % LARGE_PAGE;
	(void)madvise(bytes, size - size % LARGE_PAGE, MADV_HUGEPAGE);
	return bytes;
}

static bool is_still(int fd, const struct load_mark *mark)
{
	struct stat file;
	if (fstat(fd, &file) < 0)
		return false;
	struct load_mark now = load_mark_of(&file);
	return load_mark_equal(mark, &now);
}

/* The memory is read-only from then on: no stray write of the program changes an answer. */
static enum load_result load_bytes(struct loaded *ret, int fd, const struct load_mark *mark)
{
	size_t size = (size_t)mark->size;
	char *bytes = map_room(ret, size);
	if (!bytes || !read_whole(fd, bytes, size) || !is_still(fd, mark) ||
	    mprotect(ret->map, ret->map_size, PROT_READ) < 0)
		return LOAD_LATER;
	int r = portroll_open_bytes(&ret->snapshot, bytes, size, NULL);
	if (r < 0)
		return r == PORTROLL_ENOMEM ? LOAD_LATER : LOAD_REFUSED;
	return LOAD_DONE;
}

static enum load_result load_open(struct loaded *ret, struct load_mark *ret_mark, int fd)
{
	struct stat file;
	if (fstat(fd, &file) < 0)
		return LOAD_LATER;
	struct load_mark mark = load_mark_of(&file);
	*ret_mark = mark;
	if (!is_trusted(&file))
		return LOAD_REFUSED;
	struct loaded loaded = {0};
	enum load_result result = load_bytes(&loaded, fd, &mark);
	if (result == LOAD_DONE)
		*ret = loaded;
	else
		load_release(&loaded);
	return result;
}

enum load_result load_snapshot(struct loaded *ret, struct load_mark *ret_mark, const char *path)
{
	/* Non-blocking: what was a file a moment ago may be a pipe that nobody writes to. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return LOAD_LATER;
	enum load_result result = load_open(ret, ret_mark, fd);
	(void)close(fd);
	return result;
}

void load_release(struct loaded *loaded)
{
	portroll_close(loaded->snapshot);
	if (loaded->map)
		(void)munmap(loaded->map, loaded->map_size);
	*loaded = (struct loaded){0};
}

/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#define READ_FIRST (64U << 10)

void file_close(const int *descriptor)
{
	if (*descriptor >= 0)
		(void)close(*descriptor);
}

static int check_regular(const struct stat *st, const char *path, struct portroll_error *err)
{
	if (S_ISDIR(st->st_mode))
		return error_set(err, PORTROLL_EINVAL, "%s: is a folder, not a file", path);
	if (!S_ISREG(st->st_mode))
		return error_set(err, PORTROLL_EINVAL, "%s: is not a regular file", path);
	return PORTROLL_OK;
}

/* What has no name any more is in nobody else's reach. */
static bool everybody_writes(const struct stat *st)
{
	return (st->st_mode & S_IWOTH) && st->st_nlink > 0;
}

int file_map_descriptor(struct file_bytes *ret, int descriptor, const char *path,
			struct portroll_error *err)
{
	struct stat st;
	if (fstat(descriptor, &st) < 0)
		return error_sys(err, errno, "%s: cannot be examined", path);
	int r = check_regular(&st, path, err);
	if (r < 0)
		return r;
	if (st.st_size == 0) {
		*ret = (struct file_bytes){.bytes = STR("")};
		return PORTROLL_OK;
	}
	size_t size = (size_t)st.st_size;
	void *map = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
	if (map == MAP_FAILED)
		return error_sys(err, errno, "%s: cannot be mapped", path);
	*ret = (struct file_bytes){
		.bytes = {map, size}, .map = map, .everybody_writes = everybody_writes(&st)};
	return PORTROLL_OK;
}

int file_map(struct file_bytes *ret, const char *path, struct portroll_error *err)
{
	CLEANUP(file_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return error_sys(err, errno, "%s: cannot be opened", path);
	return file_map_descriptor(ret, fd, path, err);
}

static int make_room(struct file_bytes *file, size_t len, size_t max, struct portroll_error *err)
{
	size_t wanted = file->memory_size > max / 2 ? max + 1 : file->memory_size * 2;
	void *grown = memory_grow(file->memory, file->memory_size, len, wanted);
	if (!grown)
		return error_memory(err);
	file->memory = grown;
	file->memory_size = wanted;
	return PORTROLL_OK;
}

static int fail_large(const char *path, size_t max, struct portroll_error *err)
{
	bool is_small = max < (size_t)1 << 20;
	return error_set(err, PORTROLL_ELIMIT, "%s: is larger than %zu %s", path,
			 is_small ? max >> 10 : max >> 20, is_small ? "KiB" : "MiB");
}

/* One more byte than `max` is asked for, so that a file of exactly that size is not refused. */
static int read_all(struct file_bytes *ret, int fd, const char *path, size_t max,
		    struct portroll_error *err)
{
	struct stat st;
	bool is_known = fstat(fd, &st) == 0 && st.st_size > 0 && (uintmax_t)st.st_size <= max;
	size_t len = 0;
	struct file_bytes read_in = {.memory_size = is_known ? (size_t)st.st_size + 1 : READ_FIRST};
	read_in.memory = memory_new(read_in.memory_size);
	int r = read_in.memory ? PORTROLL_OK : error_memory(err);
	for (ssize_t got = 1; r == PORTROLL_OK && got != 0;) {
		if (len == read_in.memory_size)
			r = make_room(&read_in, len, max, err);
		if (r < 0)
			break;
		got = read(fd, (char *)read_in.memory + len, read_in.memory_size - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			r = error_sys(err, errno, "%s: cannot be read", path);
		else if ((len += (size_t)got) > max)
			r = fail_large(path, max, err);
	}
	if (r < 0) {
		memory_free(read_in.memory, read_in.memory_size);
		return r;
	}
	read_in.bytes = (struct portroll_str){read_in.memory, len};
	*ret = read_in;
	return PORTROLL_OK;
}

int file_load(struct file_bytes *ret, const char *path, size_t max, struct portroll_error *err)
{
	struct stat st;
	CLEANUP(file_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return error_sys(err, errno, "%s: cannot be opened", path);
	if (fstat(fd, &st) < 0)
		return error_sys(err, errno, "%s: cannot be examined", path);
	int r = check_regular(&st, path, err);
	if (r == PORTROLL_OK)
		r = read_all(ret, fd, path, max, err);
	if (r == PORTROLL_OK)
		ret->everybody_writes = everybody_writes(&st);
	return r;
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
	memory_free(file->memory, file->memory_size);
	*file = (struct file_bytes){0};
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool file_may_read(const char *path)
{
	return faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0;
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

/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include "base/buf.h"
#include "base/num.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

static int open_lock(int *ret, const char *folder, struct portroll_error *err)
{
	struct buf path = BUF_INIT(64U << 10);
	buf_printf(&path, "%s/" FILE_LOCK_NAME, folder);
	buf_putc(&path, '\0');
	if (path.failed) {
		buf_done(&path);
		return error_memory(err);
	}
	/* Who can read it can lock it, and so keep the owner from writing; and what a link leads to
	 * is not ours to write a number into. */
	int fd = open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	int saved = errno;
	buf_done(&path);
	if (fd < 0)
		return error_sys(err, saved, "%s: cannot be written", folder);
	*ret = fd;
	return PORTROLL_OK;
}

/* The holder's process id is a courtesy for messages; the lock itself is the flock. */
static void write_holder(int fd)
{
	char digits[NUM_TEXT_MAX];
	size_t len = num_format(digits, (uint64_t)getpid());
	if (ftruncate(fd, 0) == 0)
		(void)!pwrite(fd, digits, len, 0);
}

static uint64_t read_holder(int fd)
{
	char digits[NUM_TEXT_MAX];
	uint64_t holder = 0;
	ssize_t len = pread(fd, digits, sizeof(digits), 0);
	if (len <= 0 ||
	    num_parse(&holder, (struct portroll_str){digits, (size_t)len}, INT32_MAX) < 0)
		return 0;
	return holder;
}

static int lock(int *ret, const char *folder, int operation, struct portroll_error *err)
{
	int fd = -1;
	int r = open_lock(&fd, folder, err);
	if (r < 0)
		return r;
	do
		r = flock(fd, operation);
	while (r < 0 && errno == EINTR);
	if (r < 0) {
		int saved = errno;
		*ret = fd;
		return saved == EWOULDBLOCK ? PORTROLL_ECONFLICT
					    : error_sys(err, saved, "%s: cannot be locked", folder);
	}
	write_holder(fd);
	*ret = fd;
	return PORTROLL_OK;
}

int file_lock(int *ret_descriptor, const char *folder, uint64_t *ret_holder,
	      struct portroll_error *err)
{
	int fd = -1;
	int r = lock(&fd, folder, LOCK_EX | LOCK_NB, err);
	if (r == PORTROLL_OK) {
		*ret_descriptor = fd;
		return PORTROLL_OK;
	}
	if (r == PORTROLL_ECONFLICT) {
		*ret_holder = read_holder(fd);
		(void)error_set(err, r, "%s: another process changes this roll", folder);
	}
	file_close(&fd);
	return r;
}

int file_lock_wait(int *ret_descriptor, const char *folder, struct portroll_error *err)
{
	int fd = -1;
	int r = lock(&fd, folder, LOCK_EX, err);
	if (r < 0) {
		file_close(&fd);
		return r;
	}
	*ret_descriptor = fd;
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A program that is linked with faulty_io.c reaches the file system through it, SQLite too: what it
 * does below one folder is counted, can be made to fail, and is told before it is done. Nothing is
 * synced for real.
 */

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum io_kind {
	IO_READ, /* open without making anything, read */
	IO_CREATE,
	IO_FOLDER,
	IO_WRITE,
	IO_TRUNCATE,
	IO_SYNC,
	IO_RENAME,
	IO_REMOVE
};

/* What is about to be done. */
struct io {
	enum io_kind kind;
	const char *path;
	const char *target; /* RENAME */
	const void *bytes;  /* WRITE */
	size_t len;
	off_t at; /* WRITE; TRUNCATE: the new size */
};

typedef void io_watch_fn(void *context, const struct io *io);

struct io_plan {
	const char *folder; /* an absolute path; NULL: nothing is watched */
	size_t fail_at;     /* 0: none fails */
	bool and_all_after;
	int failure;        /* errno */
	io_watch_fn *watch; /* told of each but reads; may do what it likes itself */
	void *context;
	size_t count; /* of what was done below the folder */
};

/* From now on; NULL: as it is. The plan is borrowed. */
void io_begin(struct io_plan *plan);
void io_end(void);

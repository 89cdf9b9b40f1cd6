/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A snapshot file read into private memory and checked whole. It is not mapped: somebody may cut it
 * short, and a signal would end the program that only asked for a name.
 */

#include "portroll.h"

#include <sys/stat.h>

/* Tells one state of a file from another: a file replaced, rewritten or given away has other marks.
 */
struct load_mark {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec modified, changed;
};

struct loaded {
	struct portroll_snapshot *snapshot;
	void *map; /* its bytes lie in there */
	size_t map_size;
};

enum load_result {
	LOAD_DONE,
	LOAD_REFUSED, /* this file never answers as it is: damaged, foreign, or others may write it
		       */
	LOAD_LATER,   /* it changes while it is read, or memory or descriptors are short */
};

struct load_mark load_mark_of(const struct stat *file);
bool load_mark_equal(const struct load_mark *a, const struct load_mark *b);

/* Opens the file that `found` was told of. A regular file of at most 256 MiB that belongs to root
 * or to the effective user, and that neither group nor others may write, is read. On LOAD_DONE
 * *ret is yours; it holds no descriptor. *ret_mark is set but with LOAD_LATER. */
enum load_result load_snapshot(struct loaded *ret, struct load_mark *ret_mark, const char *path);

/* Gives the memory back. All zero is fine. */
void load_release(struct loaded *loaded);

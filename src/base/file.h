/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The door to the file system. Every open() of the project but the terminal's and the server's
 * sockets is here. Errors name the path; nothing half-written is ever left under a final name.
 */

#include "base/error.h"
#include "base/str.h"

/* Bytes of a file, mapped read-only or read into memory. */
struct file_bytes {
	struct portroll_str bytes;
	void *map;    /* munmap(map, bytes.len) */
	void *memory; /* of memory_size bytes from memory_new() */
	size_t memory_size;
	bool everybody_writes; /* the mode of the file lets others write to it */
};

/* Maps a regular file read-only. For files that only rename() replaces (snapshots). */
PORTROLL_MUST_CHECK int file_map(struct file_bytes *ret, const char *path,
				 struct portroll_error *err);

/* Maps a file that is already open; the descriptor stays the caller's. `path` is for messages. */
PORTROLL_MUST_CHECK int file_map_descriptor(struct file_bytes *ret, int descriptor,
					    const char *path, struct portroll_error *err);

/* Reads a whole regular file into memory, at most `max` bytes (PORTROLL_ELIMIT above): what happens
 * to the file later does not matter then, where a map would change or end with it. */
PORTROLL_MUST_CHECK int file_load(struct file_bytes *ret, const char *path, size_t max,
				  struct portroll_error *err);

/* Reads a whole file, pipe or FIFO into memory, at most `max` bytes (PORTROLL_ELIMIT above).
 * "-" is standard input. A folder is refused with that word. */
PORTROLL_MUST_CHECK int file_read(struct file_bytes *ret, const char *path, size_t max,
				  struct portroll_error *err);

/* Unmaps or frees; a zeroed struct is fine. */
void file_release(struct file_bytes *file);

/* Replaces `path` by the bytes so that a crash leaves the old or the new file, never a part:
 * temporary file in the same folder, fsync, rename, fsync of the folder. `mode` as open(2).
 * On failure the temporary file is gone and the old file untouched. */
PORTROLL_MUST_CHECK int file_replace(const char *path, struct portroll_str bytes, unsigned mode,
				     struct portroll_error *err);

/* The same, but nothing is followed or written to: a link, a device or a FIFO of that name is gone
 * then. For who must not trust those that may write to the folder. */
PORTROLL_MUST_CHECK int file_replace_name(const char *path, struct portroll_str bytes,
					  unsigned mode, struct portroll_error *err);

/* As file_replace(); a file that is there keeps its owner and its mode, a new one has `mode`. */
PORTROLL_MUST_CHECK int file_replace_like(const char *path, struct portroll_str bytes,
					  unsigned mode, struct portroll_error *err);

/* Makes `copy` a file of those bytes with the owner, the mode and the times of `path`, where the
 * bytes were read, and returns 1; 0 when there is something under that name already. */
PORTROLL_MUST_CHECK int file_keep(const char *copy, const char *path, struct portroll_str bytes,
				  struct portroll_error *err);

/* Gives the file another name, which nothing may have yet. */
PORTROLL_MUST_CHECK int file_link(const char *name, const char *path, struct portroll_error *err);

/* Renames the copy, which must not be a link, to `path`, durably. */
PORTROLL_MUST_CHECK int file_put_back(const char *path, const char *copy,
				      struct portroll_error *err);

/* Makes an empty file that only its owner may read and write, and returns 1; 0 when there is
 * something under that name already. */
PORTROLL_MUST_CHECK int file_make_private(const char *path, struct portroll_error *err);

/* Removes the file, durably. */
PORTROLL_MUST_CHECK int file_remove(const char *path, struct portroll_error *err);

/* Where a link leads in the end, to be freed; NULL when the path is no link. PORTROLL_ESYSTEM when
 * it leads nowhere. */
PORTROLL_MUST_CHECK int file_link_target(char **ret, const char *path, struct portroll_error *err);

/* A file that is written piece by piece and appears under its name only when finished. A device, a
 * FIFO and the standard output are not replaced but written to; of a link, what it leads to is
 * replaced. */
struct file_writer {
	int descriptor;
	char *temporary;  /* owned; NULL: not a regular file, written in place */
	char *target;     /* owned; where a link of that name leads; NULL: no link */
	const char *path; /* borrowed */
};

PORTROLL_MUST_CHECK int file_writer_begin(struct file_writer *ret, const char *path, unsigned mode,
					  struct portroll_error *err);
/* A drain_fn for struct buf; `context` is the struct file_writer. Code PORTROLL_ESYSTEM with errno
 * left as the system set it. */
int file_writer_drain(void *context, struct portroll_str bytes);
/* fsync and rename: after a loss of power the old file or the new one is there. On failure the
 * temporary file is removed. */
PORTROLL_MUST_CHECK int file_writer_rename(struct file_writer *w, struct portroll_error *err);
/* The same and fsync of the folder: after a loss of power it is the new one. On failure the
 * temporary file is removed. */
PORTROLL_MUST_CHECK int file_writer_commit(struct file_writer *w, struct portroll_error *err);
/* Removes the temporary file; harmless after a commit. */
void file_writer_abort(struct file_writer *w);

/* Writes all bytes to an open descriptor (a drain_fn; `context` points to the int). */
int file_drain(void *context, struct portroll_str bytes);

/* Removes the temporary files for `name` that writers which were killed left in the folder; those
 * of writers that live stay. */
void file_remove_stale(const char *folder, const char *name);

/* The same for the file at `path`. */
void file_remove_stale_beside(const char *path);

/* A file that is written over in place. */
struct file_overwritten {
	int descriptor;
	const char *path; /* borrowed */
};

/* Files that become durable together: all are written under temporary names, then synced side by
 * side, then renamed, then their folders are synced side by side; each step is the disk's work once
 * where the steps of one file after the other would be its work many times. Begin with
 * {.temporary = ..., .top = ...}; file_batch_done() removes what was not renamed. */
#define FILE_BATCH_MAX         16 /* more are renamed meanwhile */
#define FILE_BATCH_OVERWRITTEN 16 /* more are synced meanwhile */
struct file_batch {
	const char
		*temporary; /* temporary files are named after it (file_remove_stale); borrowed */
	const char *top;    /* a folder that is there and durable; borrowed */
	bool is_thorough;   /* folders that are there may not be durable yet */
	char *folders[FILE_BATCH_MAX]; /* owned; to be synced */
	size_t count;
	struct file_overwritten overwritten[FILE_BATCH_OVERWRITTEN]; /* to be synced with them */
	size_t overwritten_count;
	struct file_writer waiting[FILE_BATCH_MAX]; /* written, and not renamed */
	size_t waiting_count;
	struct file_writer last; /* the same; renamed when all others stand */
	bool last_is_synced;
};

/* Makes a folder below the top, and its missing parents. */
PORTROLL_MUST_CHECK int file_batch_folder(struct file_batch *b, const char *folder,
					  struct portroll_error *err);
/* A file of the batch in pieces, by file_writer_drain(), or at once; missing folders below the top
 * are made. */
PORTROLL_MUST_CHECK int file_batch_begin(struct file_writer *ret, struct file_batch *b,
					 const char *path, unsigned mode,
					 struct portroll_error *err);
PORTROLL_MUST_CHECK int file_batch_end(struct file_batch *b, struct file_writer *w,
				       struct portroll_error *err);
PORTROLL_MUST_CHECK int file_batch_put(struct file_batch *b, const char *path,
				       struct portroll_str bytes, unsigned mode,
				       struct portroll_error *err);
/* The one file that has its name only when all others of the batch are durable; once. */
PORTROLL_MUST_CHECK int file_batch_put_last(struct file_batch *b, const char *path,
					    struct portroll_str bytes, unsigned mode,
					    struct portroll_error *err);
/* Writes the bytes over those of a file at once, and makes it durable with the folders; one that
 * is not there is made with `mode`. A crash may leave any part of old and new: for files of which
 * another one has the bytes before. */
PORTROLL_MUST_CHECK int file_batch_overwrite(struct file_batch *b, const char *path,
					     struct portroll_str bytes, unsigned mode,
					     struct portroll_error *err);
/* The steps; each does those before it. After a failure only file_batch_done(). All but the last
 * file have their names; all but the last file are durable; all is. */
PORTROLL_MUST_CHECK int file_batch_rename(struct file_batch *b, struct portroll_error *err);
PORTROLL_MUST_CHECK int file_batch_stand(struct file_batch *b, struct portroll_error *err);
PORTROLL_MUST_CHECK int file_batch_commit(struct file_batch *b, struct portroll_error *err);
void file_batch_done(struct file_batch *b);

/* Each name in a folder, in no order; none when there is no such folder. The function returns 0, or
 * a negative code that ends the walk; it may remove what it is told of. */
typedef int file_name_fn(void *context, const char *name, struct portroll_error *err);
PORTROLL_MUST_CHECK int file_each_name(const char *folder, file_name_fn *fn, void *context,
				       struct portroll_error *err);

/* Removes a file, or a folder with all that is in it; no link is followed. There may be none. Not
 * durable by itself. */
PORTROLL_MUST_CHECK int file_remove_tree(const char *path, struct portroll_error *err);

/* A new folder that only its owner may read and write, below another one; to be freed. */
PORTROLL_MUST_CHECK int file_make_temporary_folder(char **ret, const char *below,
						   struct portroll_error *err);

/* Makes a symbolic link at `path`. */
PORTROLL_MUST_CHECK int file_make_link(const char *path, const char *target,
				       struct portroll_error *err);

/* As file_load(), of a file that only its owner may read; else PORTROLL_EINVAL. */
PORTROLL_MUST_CHECK int file_load_private(struct file_bytes *ret, const char *path, size_t max,
					  struct portroll_error *err);

/* A file without a name that holds the bytes and is read from its beginning. */
PORTROLL_MUST_CHECK int file_anonymous(int *ret_descriptor, struct portroll_str bytes,
				       struct portroll_error *err);

/* Makes a folder and its missing parents, mode 0755; it may exist already. */
PORTROLL_MUST_CHECK int file_make_folder(const char *path, struct portroll_error *err);

#define FILE_LOCK_NAME "lock"

/* Takes the writers' lock of a folder (flock on its file FILE_LOCK_NAME) without waiting:
 * PORTROLL_ECONFLICT when another holds it, *ret_holder then its process id or 0. The descriptor is
 * the lock; closing it (or the end of the process) gives it back. */
PORTROLL_MUST_CHECK int file_lock(int *ret_descriptor, const char *folder, uint64_t *ret_holder,
				  struct portroll_error *err);

/* The same, but waits for the other. */
PORTROLL_MUST_CHECK int file_lock_wait(int *ret_descriptor, const char *folder,
				       struct portroll_error *err);

bool file_exists(const char *path);

/* Is it there, and does its mode let this process read it? */
bool file_may_read(const char *path);

/* What tells a file from its successor under the same name. */
struct file_mark {
	uint64_t device, inode, size;
	int64_t modified_s, modified_ns;
};

PORTROLL_MUST_CHECK int file_mark(struct file_mark *ret, const char *path,
				  struct portroll_error *err);
bool file_mark_equal(struct file_mark a, struct file_mark b);

/* For CLEANUP(): closes when not negative. */
void file_close(const int *descriptor);

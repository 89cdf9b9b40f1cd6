/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What a disk may hold after the power was lost: of each file the bytes that were synced, and of
 * those that were not any sectors of 512 bytes; of each folder the names that were synced, and of
 * those that were not any.
 */

#include "faulty_io.h"

#include <stdint.h>

struct disk;

/* What is below the folder now, all of it durable. */
struct disk *disk_new(const char *folder);
void disk_free(struct disk *d);

/* Takes note of what is about to be done. */
void disk_note(struct disk *d, const struct io *io);

enum disk_loss {
	DISK_LOSES_NONE, /* as when the process is killed */
	DISK_LOSES_ALL,  /* that was not synced */
	DISK_LOSES_SOME  /* a sector here, a name there */
};

/* Writes what it may hold below another folder, which is emptied before. */
void disk_put(const struct disk *d, const char *folder, enum disk_loss loss, uint64_t seed);

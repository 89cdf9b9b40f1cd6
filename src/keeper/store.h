/* SPDX-License-Identifier: MIT */
#pragma once

/* The roll's folder, held by its one writer: locked, read, changed, and replaced by one rename. */

#include "base/file.h"
#include "registry/roll.h"
#include "snapshot/snapshot.h"

struct store {
	char *folder, *path; /* in the arena */
	char *services;      /* the file beside the snapshot that publish makes; in the arena */
	int lock;
	struct portroll_snapshot *snapshot; /* what the roll may have views into */
	struct arena apart;                 /* the registry of one source, see store_read() */
};

#define STORE_INIT ((struct store){.lock = -1})

/* Makes the folder if it is missing and locks it; with `wait` after the other writer, else
 * PORTROLL_ECONFLICT with a sentence that names the other. Sweeps up what killed writers left. */
PORTROLL_MUST_CHECK int store_open(struct store *ret, const char *folder, bool wait,
				   struct arena *a, struct portroll_error *err);

/* Is there a snapshot already? */
bool store_exists(const struct store *s);

/* The present roll, checked whole; an empty one when there is none. It lives until store_close(),
 * but the registry of the source called `apart` only until store_forget(). */
PORTROLL_MUST_CHECK int store_read(struct roll **ret, struct store *s, struct portroll_str apart,
				   struct arena *a, struct portroll_error *err);

/* Frees the registry that was read apart: another took its place, and nothing of it is used. */
void store_forget(struct store *s);

/* Compiles the roll and replaces the snapshot durably, then renews the services file beside it
 * where there is one. */
PORTROLL_MUST_CHECK int store_write(const struct store *s, const struct roll *roll,
				    struct portroll_error *err);

void store_close(struct store *s);

/* SPDX-License-Identifier: MIT */
#pragma once

/* What the files behind published.h share. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "ledger/published.h"
#include "ledger/tile.h"

/* A tile whose hashes the checkpoint proves. */
struct proved_tile {
	bool is_there;
	struct tile tile;
	struct tree_hash hashes[TILE_WIDTH];
};

struct known_people;

struct published {
	struct arena arena; /* this as well lies in it */
	const char *folder;
	struct file_bytes note;
	struct checkpoint checkpoint;
	struct note_keys keys;
	struct tree tree; /* of the checkpoint, once the edges are read */
	bool has_edges;
	struct proved_tile *edges; /* the tile at the right edge of each level */
	struct proved_tile *last;  /* the one of each level that was read last */
	struct buf path;           /* of the file that is read */
	struct known_people *people;
};

/* Reads the tiles at the right edges, which must make the root; once. */
PORTROLL_MUST_CHECK int published_edges(struct published *p, struct portroll_error *err);

/* A tile of hashes, proved by the ones above it up to the root. Valid until the next one of its
 * level. */
PORTROLL_MUST_CHECK int published_tile(const struct proved_tile **ret, struct published *p,
				       unsigned level, uint64_t index, struct portroll_error *err);

/* Loads the file of a tile, or a wider one of the same tile where that one was removed since; its
 * width then. */
PORTROLL_MUST_CHECK int published_load(struct file_bytes *ret, struct tile *tile,
				       struct published *p, struct portroll_error *err);

/* The path of the file, in p->path. PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int published_path(struct published *p, struct tile tile,
				       struct portroll_error *err);

/* Each line of the people's file is a content that was committed to. */
PORTROLL_MUST_CHECK int published_check_people(struct published *p, struct portroll_error *err);

/* Frees what published_people() took. */
void published_forget_people(struct published *p);

/* Every entry of a bundle is what the tree has; `fn` (if there is one) is told of those in the
 * range. The bytes are those of the bundle, which may have more entries. */
struct bundle_walk {
	struct tile tile;
	struct portroll_str bytes;
	struct entry_range range;
	store_entry_fn *fn;
	void *context;
};
PORTROLL_MUST_CHECK int published_bundle(struct published *p, const struct bundle_walk *walk,
					 struct portroll_error *err);

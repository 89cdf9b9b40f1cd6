/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Tiles (c2sp.org/tlog-tiles): the tree as static files. Tile N of level L holds the hashes of the
 * perfect subtrees of level 8L from 256N on, full with 256 of them, or as many as there were when a
 * checkpoint was published; beside them bundles hold the entries themselves (bundle.h).
 */

#include "base/buf.h"
#include "ledger/proof.h"

#define TILE_WIDTH     256 /* hashes or entries of a full tile */
#define TILE_HEIGHT    8   /* levels of the tree that a tile spans */
#define TILE_LEVELS    8   /* those that a tree of TREE_SIZE_MAX has */
#define TILE_INDEX_MAX (TREE_SIZE_MAX >> TILE_HEIGHT)
#define TILE_PATH_MAX  80

struct tile {
	bool is_bundle; /* of entries; level is 0 then */
	uint8_t level;
	uint16_t width; /* 1 to TILE_WIDTH */
	uint64_t index;
};

/* Writes the path, "tile/0/x001/234.p/5", without NUL, and returns its length. */
size_t tile_path(char ret_path[static TILE_PATH_MAX], struct tile tile);

/* Reads what tile_path() writes, and nothing else: PORTROLL_ESYNTAX. A level that no tree reaches
 * is refused too. */
PORTROLL_MUST_CHECK int tile_parse(struct tile *ret, struct portroll_str path);

/* What must be published between the checkpoints of two sizes. Begin with tile_growth(from, to). */
struct tile_growth {
	uint64_t from, to;
	struct tile next;
};

struct tile_growth tile_growth(uint64_t from, uint64_t to);

/* Bundles first, then the levels upwards: full tiles that were not full at `from`, and the partial
 * one at the edge of `to` if it grew. False after the last. */
bool tile_growth_next(struct tile *ret, struct tile_growth *g);

/* Writes the hashes of a tile that is no bundle. The codes of the reader. */
PORTROLL_MUST_CHECK int tile_put(struct buf *out, struct tile tile, struct tree_reader tree,
				 struct portroll_error *err);

/* The tile that has the hash of a perfect subtree, or the hashes it is made of, in a tree of that
 * size that has the subtree. */
struct tile tile_holding(struct tree_place at, uint64_t size);

/* The hash of that subtree out of the bytes of the tile. PORTROLL_ECORRUPT: they are not as many as
 * the tile has. */
PORTROLL_MUST_CHECK int tile_take(struct tree_hash *ret, struct tile tile,
				  struct portroll_str bytes, struct tree_place at);

/* SPDX-License-Identifier: MIT */
#include "ledger/published_parts.h"

#include <string.h>

#include "ledger/bundle.h"

#define TILE_SIZE       (TILE_WIDTH * TREE_HASH_SIZE)
#define BUNDLE_SIZE_MAX ((size_t)TILE_WIDTH * (2 + ENTRY_SIZE_MAX))

static unsigned shift_of(unsigned level)
{
	return level * TILE_HEIGHT;
}

int published_path(struct published *p, struct tile tile, struct portroll_error *err)
{
	char path[TILE_PATH_MAX];
	size_t len = tile_path(path, tile);
	buf_clear(&p->path);
	buf_printf(&p->path, "%s/%.*s", p->folder, (int)len, path);
	buf_putc(&p->path, '\0');
	return p->path.failed ? error_memory(err) : PORTROLL_OK;
}

/* A writer removes bundles that are not the last ones, and partial tiles that are full by now; what
 * is wider begins with them. */
static int find_wider(struct tile *tile, struct published *p, struct portroll_error *err)
{
	struct tile wider = *tile;
	for (; wider.width <= TILE_WIDTH; wider.width++) {
		int r = published_path(p, wider, err);
		if (r < 0)
			return r;
		if (!file_exists(p->path.ptr))
			continue;
		*tile = wider;
		return PORTROLL_OK;
	}
	return published_path(p, *tile, err);
}

int published_load(struct file_bytes *ret, struct tile *tile, struct published *p,
		   struct portroll_error *err)
{
	int r = find_wider(tile, p, err);
	size_t max = tile->is_bundle ? BUNDLE_SIZE_MAX : TILE_SIZE;
	return r == PORTROLL_OK ? file_load(ret, p->path.ptr, max, err) : r;
}

static int load_hashes(struct proved_tile *ret, struct tile tile, struct published *p,
		       struct portroll_error *err)
{
	struct file_bytes file;
	struct tile wide = tile;
	int r = published_load(&file, &wide, p, err);
	if (r < 0)
		return r;
	size_t size = (size_t)tile.width * TREE_HASH_SIZE;
	if (file.bytes.len != (size_t)wide.width * TREE_HASH_SIZE)
		r = error_set(err, PORTROLL_ECORRUPT, "%s: has %zu bytes, expected %zu",
			      p->path.ptr, file.bytes.len, (size_t)wide.width * TREE_HASH_SIZE);
	else
		memcpy(ret->hashes, file.bytes.ptr, size);
	file_release(&file);
	ret->tile = tile;
	return r;
}

/* Each bit of the count is a perfect subtree, which the tree keeps as its edge. */
static void add_edges(struct tree *tree, const struct proved_tile *edge)
{
	struct tree t = {0};
	for (size_t i = 0; i < edge->tile.width; i++)
		(void)!tree_append(&t, &edge->hashes[i]);
	for (unsigned bit = 0; bit < TILE_HEIGHT; bit++)
		if (edge->tile.width >> bit & 1)
			tree->edge[shift_of(edge->tile.level) + bit] = t.edge[bit];
}

int published_edges(struct published *p, struct portroll_error *err)
{
	if (p->has_edges)
		return PORTROLL_OK;
	struct tree tree = {.size = p->checkpoint.head.size};
	for (unsigned level = 0; level < TILE_LEVELS; level++) {
		uint64_t count = tree.size >> shift_of(level);
		struct proved_tile *edge = &p->edges[level];
		struct tile tile = {.level = (uint8_t)level,
				    .width = (uint16_t)(count % TILE_WIDTH),
				    .index = count / TILE_WIDTH};
		int r = tile.width ? load_hashes(edge, tile, p, err) : PORTROLL_OK;
		if (r < 0)
			return r;
		if (tile.width)
			add_edges(&tree, edge);
		edge->is_there = tile.width > 0;
	}
	struct tree_head head = tree_head(&tree);
	if (!tree_hash_equal(&head.root, &p->checkpoint.head.root))
		return error_set(err, PORTROLL_ECORRUPT,
				 "%s/tile: the tiles at the edge do not make the root that the "
				 "checkpoint has",
				 p->folder);
	p->tree = tree;
	p->has_edges = true;
	return PORTROLL_OK;
}

/* What is proved of a tile is kept of each level for the next question. */
static const struct proved_tile *find_kept(const struct published *p, unsigned level,
					   uint64_t index)
{
	const struct proved_tile *kept[] = {&p->edges[level], &p->last[level]};
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (kept[i]->is_there && kept[i]->tile.index == index)
			return kept[i];
	return NULL;
}

static int prove(struct proved_tile *tile, const struct proved_tile *above, struct published *p,
		 struct portroll_error *err)
{
	struct tree_hash hash;
	int r = tree_read_leaves(&hash, tile->hashes, (struct tree_place){TILE_HEIGHT, 0}, err);
	if (r < 0)
		return r;
	tile->is_there = tree_hash_equal(&hash, &above->hashes[tile->tile.index % TILE_WIDTH]);
	if (tile->is_there)
		return PORTROLL_OK;
	return error_set(err, PORTROLL_ECORRUPT, "%s: is not what the checkpoint proves",
			 p->path.ptr);
}

/* Not at an edge, so that it is full; the tile above has its hash. From the first level that is
 * proved down to the one that is asked for. */
int published_tile(const struct proved_tile **ret, struct published *p, unsigned level,
		   uint64_t index, struct portroll_error *err)
{
	int r = published_edges(p, err);
	unsigned top = level;
	const struct proved_tile *proved = NULL;
	while (r == PORTROLL_OK && top < TILE_LEVELS &&
	       !(proved = find_kept(p, top, index >> shift_of(top - level))))
		top++;
	if (r == PORTROLL_OK && !proved)
		r = error_set(err, PORTROLL_EINVAL, "the ledger has no tile %llu of level %u",
			      (unsigned long long)index, level);
	while (r == PORTROLL_OK && top > level) {
		struct proved_tile *next = &p->last[--top];
		next->is_there = false;
		struct tile tile = {.level = (uint8_t)top,
				    .width = TILE_WIDTH,
				    .index = index >> shift_of(top - level)};
		r = load_hashes(next, tile, p, err);
		if (r == PORTROLL_OK)
			r = prove(next, proved, p, err);
		proved = next;
	}
	if (r == PORTROLL_OK)
		*ret = proved;
	return r;
}

static int read_hash(struct tree_hash *ret, void *context, struct tree_place at,
		     struct portroll_error *err)
{
	struct published *p = context;
	const struct proved_tile *proved;
	struct tile tile = tile_holding(at, p->checkpoint.head.size);
	int r = published_tile(&proved, p, tile.level, tile.index, err);
	if (r < 0)
		return r;
	struct portroll_str bytes = {(const char *)proved->hashes,
				     (size_t)proved->tile.width * TREE_HASH_SIZE};
	r = tile_take(ret, proved->tile, bytes, at);
	return r < 0 ? error_set(err, r, "the tree has no such place") : r;
}

struct tree_reader published_reader(struct published *p)
{
	return (struct tree_reader){read_hash, p, p->checkpoint.head.size};
}

int published_tree(struct tree *ret, struct published *p, uint64_t size, struct portroll_error *err)
{
	int r = published_edges(p, err);
	if (r == PORTROLL_OK && size > p->tree.size)
		r = error_set(err, PORTROLL_EINVAL, "the ledger has %llu entries, not %llu",
			      (unsigned long long)p->tree.size, (unsigned long long)size);
	if (r < 0)
		return r;
	struct tree tree = {.size = size};
	uint64_t end = size;
	for (unsigned level = 0; level < TREE_LEVELS && r == PORTROLL_OK; level++) {
		if (!(size >> level & 1))
			continue;
		end -= (uint64_t)1 << level;
		r = read_hash(&tree.edge[level], p, (struct tree_place){level, end >> level}, err);
	}
	if (r == PORTROLL_OK)
		*ret = tree;
	return r;
}

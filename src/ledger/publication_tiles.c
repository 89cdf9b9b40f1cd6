/* SPDX-License-Identifier: MIT */
#include "ledger/publication.h"

#include <errno.h>

#include "base/memory.h"
#include "ledger/bundle.h"
#include "ledger/tile.h"

#define WAY_BACK "bring back the last backup (portroll ledger restore)"

/* The hashes of a level's tile at the right edge, not written yet. */
struct edge {
	size_t count;
	struct tree_hash hashes[TILE_WIDTH];
};

struct writing {
	const struct ledger_paths *paths;
	struct file_batch *batch;
	struct tree from, to;
	uint64_t next;      /* index of the entry that comes next */
	struct edge *edges; /* of each level */
	struct buf path, bundle_path;
	struct buf entries; /* drained into the bundle */
	struct file_writer bundle;
	bool is_open;
};

static unsigned shift_of(size_t level)
{
	return (unsigned)level * TILE_HEIGHT;
}

/* Where a tile lies; false when there is no memory. */
static bool put_path(struct buf *out, const struct ledger_paths *paths, struct tile tile)
{
	char path[TILE_PATH_MAX];
	size_t len = tile_path(path, tile);
	buf_clear(out);
	buf_printf(out, "%s/%.*s", paths->published, (int)len, path);
	buf_putc(out, '\0');
	return !out->failed;
}

/* The hashes at the edge make those of the tree. */
static bool edge_agrees(const struct edge *edge, size_t level, const struct tree *tree)
{
	struct tree t = {0};
	for (size_t i = 0; i < edge->count; i++)
		if (tree_append(&t, &edge->hashes[i]) < 0)
			return false;
	for (unsigned bit = 0; bit < TILE_HEIGHT; bit++)
		if (edge->count >> bit & 1 &&
		    !tree_hash_equal(&t.edge[bit], &tree->edge[shift_of(level) + bit]))
			return false;
	return true;
}

static int load_edge(struct edge *ret, struct writing *w, struct tile tile)
{
	struct file_bytes file;
	struct portroll_error ignored = {0};
	if (!put_path(&w->path, w->paths, tile))
		return PORTROLL_ENOMEM;
	int r = file_load(&file, w->path.ptr, sizeof(ret->hashes), &ignored);
	if (r < 0)
		return r;
	struct cursor c = cursor_init(file.bytes);
	for (ret->count = 0; ret->count < tile.width; ret->count++) {
		struct portroll_str hash = cursor_bytes(&c, TREE_HASH_SIZE);
		for (size_t i = 0; i < hash.len; i++)
			ret->hashes[ret->count].bytes[i] = (uint8_t)hash.ptr[i];
	}
	r = c.failed || cursor_left(&c) ? PORTROLL_ECORRUPT : PORTROLL_OK;
	file_release(&file);
	return r;
}

/* Of the levels above the entries the hashes at the edge are read, and believed when the tree
 * proves them. */
static int begin_at_edge(struct writing *w)
{
	w->next = w->from.size - w->from.size % TILE_WIDTH;
	for (size_t level = 1; level < TILE_LEVELS; level++) {
		uint64_t count = w->next >> shift_of(level);
		struct edge *edge = &w->edges[level];
		struct tile tile = {.level = (uint8_t)level,
				    .width = (uint16_t)(count % TILE_WIDTH),
				    .index = count / TILE_WIDTH};
		int r = tile.width ? load_edge(edge, w, tile) : PORTROLL_OK;
		if (r < 0)
			return r;
		if (!edge_agrees(edge, level, &w->from))
			return PORTROLL_ECORRUPT;
	}
	return PORTROLL_OK;
}

static void begin_anew(struct writing *w)
{
	w->next = 0;
	w->from = (struct tree){0};
	for (size_t level = 0; level < TILE_LEVELS; level++)
		w->edges[level].count = 0;
}

static int put_tile(struct writing *w, size_t level, struct portroll_error *err)
{
	const struct edge *edge = &w->edges[level];
	uint64_t last = (w->next >> shift_of(level)) - 1;
	struct tile tile = {.level = (uint8_t)level,
			    .width = (uint16_t)edge->count,
			    .index = last / TILE_WIDTH};
	struct portroll_str bytes = {(const char *)edge->hashes, edge->count * TREE_HASH_SIZE};
	if (!put_path(&w->path, w->paths, tile))
		return error_memory(err);
	return file_batch_put(w->batch, w->path.ptr, bytes, 0644, err);
}

/* A tile that is full is written, and its hash goes to the level above. */
static int add_hash(struct writing *w, struct tree_hash hash, struct portroll_error *err)
{
	for (size_t level = 0; level < TILE_LEVELS; level++) {
		struct edge *edge = &w->edges[level];
		edge->hashes[edge->count++] = hash;
		if (edge->count < TILE_WIDTH)
			return PORTROLL_OK;
		int r = put_tile(w, level, err);
		if (r == PORTROLL_OK)
			r = tree_read_leaves(&hash, edge->hashes,
					     (struct tree_place){TILE_HEIGHT, 0}, err);
		if (r < 0)
			return r;
		edge->count = 0;
	}
	return PORTROLL_OK;
}

static int begin_bundle(struct writing *w, struct portroll_error *err)
{
	uint64_t left = w->to.size - w->next;
	struct tile tile = {.is_bundle = true,
			    .width = (uint16_t)(left < TILE_WIDTH ? left : TILE_WIDTH),
			    .index = w->next / TILE_WIDTH};
	if (!put_path(&w->bundle_path, w->paths, tile))
		return error_memory(err);
	int r = file_batch_begin(&w->bundle, w->batch, w->bundle_path.ptr, 0644, err);
	w->is_open = r == PORTROLL_OK;
	return r;
}

static int end_bundle(struct writing *w, struct portroll_error *err)
{
	int r = buf_flush(&w->entries);
	if (r < 0)
		return error_sys(err, errno, "%s: cannot be written", w->bundle_path.ptr);
	w->is_open = false;
	return file_batch_end(w->batch, &w->bundle, err);
}

static int put_entry(struct writing *w, const struct stored_entry *entry,
		     struct portroll_error *err)
{
	int r = bundle_put(&w->entries, entry->body);
	if (r < 0)
		return error_set(err, PORTROLL_ECORRUPT, "entry @%llu of the store is too long",
				 (unsigned long long)w->next + 1);
	if (w->entries.failed == PORTROLL_ENOMEM)
		return error_memory(err);
	return w->entries.failed
		       ? error_sys(err, errno, "%s: cannot be written", w->bundle_path.ptr)
		       : PORTROLL_OK;
}

static int add_entry(struct writing *w, const struct stored_entry *entry,
		     struct portroll_error *err)
{
	if (entry->index != w->next)
		return error_set(err, PORTROLL_ECORRUPT, "the store has no entry @%llu",
				 (unsigned long long)w->next + 1);
	int r = w->next % TILE_WIDTH == 0 ? begin_bundle(w, err) : PORTROLL_OK;
	if (r == PORTROLL_OK)
		r = put_entry(w, entry, err);
	if (r < 0)
		return r;
	w->next++;
	r = add_hash(w, entry->leaf, err);
	if (r == PORTROLL_OK && (w->next % TILE_WIDTH == 0 || w->next == w->to.size))
		r = end_bundle(w, err);
	return r;
}

/* All of it is hashed here: nothing is signed, or shown, that the store only says. */
static int add_stored(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct writing *w = context;
	const struct tree_hash leaf = tree_hash_leaf(entry->body);
	if (!tree_hash_equal(&leaf, &entry->leaf))
		return error_set(err, PORTROLL_ECORRUPT,
				 "entry @%llu in the store is not what was signed: it was "
				 "altered, or is damaged; " WAY_BACK,
				 (unsigned long long)w->next + 1);
	return add_entry(w, entry, err);
}

/* Those from the store, up to those that are at hand, which we have hashed. */
static int add_entries(struct writing *w, struct ledger *l, const struct edition *edition,
		       struct portroll_error *err)
{
	uint64_t first = w->to.size - edition->count;
	int r = PORTROLL_OK;
	if (w->next < first)
		r = l->ops->each(l->store, (struct entry_range){w->next, first}, add_stored, w,
				 err);
	for (size_t i = 0; i < edition->count && r == PORTROLL_OK; i++)
		r = add_entry(w, &edition->entries[i], err);
	return r;
}

static int put_edges(struct writing *w, struct portroll_error *err)
{
	for (size_t level = 0; level < TILE_LEVELS; level++)
		if (!edge_agrees(&w->edges[level], level, &w->to) || w->next != w->to.size)
			return error_set(err, PORTROLL_ECORRUPT,
					 "the entries of the store do not make the tree that it "
					 "has: it was altered, or is damaged; " WAY_BACK);
	int r = PORTROLL_OK;
	for (size_t level = 0; level < TILE_LEVELS && r == PORTROLL_OK; level++) {
		bool grew = w->from.size >> shift_of(level) < w->to.size >> shift_of(level);
		if (grew && w->edges[level].count)
			r = put_tile(w, level, err);
	}
	return r;
}

static int write_all(struct writing *w, struct ledger *l, const struct edition *edition,
		     struct portroll_error *err)
{
	w->edges = memory_new(TILE_LEVELS * sizeof(*w->edges));
	if (!w->edges)
		return error_memory(err);
	for (size_t level = 0; level < TILE_LEVELS; level++)
		w->edges[level].count = 0;
	int r = begin_at_edge(w);
	if (r == PORTROLL_ENOMEM)
		return error_memory(err);
	if (r < 0)
		begin_anew(w);
	r = add_entries(w, l, edition, err);
	return r < 0 ? r : put_edges(w, err);
}

int publication_tiles(struct ledger *l, struct file_batch *batch, const struct edition *edition,
		      struct portroll_error *err)
{
	if (l->published.size == edition->tree.size)
		return PORTROLL_OK;
	struct writing w = {.paths = &l->paths,
			    .batch = batch,
			    .from = l->published,
			    .to = edition->tree,
			    .path = BUF_INIT(64U << 10),
			    .bundle_path = BUF_INIT(64U << 10)};
	w.entries = BUF_DRAIN(file_writer_drain, &w.bundle);
	int r = write_all(&w, l, edition, err);
	if (w.is_open)
		file_writer_abort(&w.bundle);
	memory_free(w.edges, TILE_LEVELS * sizeof(*w.edges));
	buf_done(&w.path);
	buf_done(&w.bundle_path);
	buf_done(&w.entries);
	return r;
}

int publication_is_whole(bool *ret, struct ledger *l, uint64_t size, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf path = BUF_INIT(64U << 10);
	struct tile_growth g = tile_growth(0, size);
	struct tile tile;
	*ret = true;
	while (*ret && tile_growth_next(&tile, &g)) {
		if (!put_path(&path, &l->paths, tile))
			return error_memory(err);
		*ret = file_exists(path.ptr);
	}
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */
#include "ledger/published_parts.h"

#include "base/num.h"

/* A file is proved hash by hash, or entry by entry; one that lies there from an earlier checkpoint
 * as well. */
static int check_bytes(struct published *p, struct tile tile, struct portroll_str bytes,
		       struct portroll_error *err)
{
	const struct proved_tile *proved;
	if (tile.is_bundle) {
		struct bundle_walk walk = {.tile = tile, .bytes = bytes, .range = {0, UINT64_MAX}};
		return published_bundle(p, &walk, err);
	}
	int r = published_tile(&proved, p, tile.level, tile.index, err);
	if (r < 0)
		return r;
	struct portroll_str expected = {(const char *)proved->hashes,
					(size_t)tile.width * TREE_HASH_SIZE};
	if (str_equal(bytes, expected))
		return PORTROLL_OK;
	r = published_path(p, tile, err);
	return r < 0 ? r
		     : error_set(err, PORTROLL_ECORRUPT, "%s: is not what the checkpoint proves",
				 p->path.ptr);
}

/* What proves a tile of hashes has read its file, to the last byte. */
static int check_hashes(struct published *p, struct tile tile, struct portroll_error *err)
{
	const struct proved_tile *proved;
	return published_tile(&proved, p, tile.level, tile.index, err);
}

static int check_file(struct published *p, struct tile tile, struct portroll_error *err)
{
	struct file_bytes file;
	int r = published_load(&file, &tile, p, err);
	if (r < 0)
		return r;
	/* A wider one has entries that are not in this checkpoint yet. */
	uint64_t size = p->checkpoint.head.size >> (tile.level * TILE_HEIGHT);
	if (tile.index * TILE_WIDTH + tile.width <= size)
		r = check_bytes(p, tile, file.bytes, err);
	file_release(&file);
	return r;
}

/* Partial ones of a tile that were published before. */
struct partials {
	struct published *p;
	struct tile tile;
};

static int check_partial(void *context, const char *name, struct portroll_error *err)
{
	struct partials *partials = context;
	struct tile tile = partials->tile;
	uint64_t width;
	if (num_parse(&width, str_from(name), TILE_WIDTH - 1) < 0 || width == 0 ||
	    width >= tile.width)
		return PORTROLL_OK;
	tile.width = (uint16_t)width;
	return check_file(partials->p, tile, err);
}

static int check_partials(struct published *p, struct tile tile, struct portroll_error *err)
{
	struct partials partials = {p, tile};
	CLEANUP(buf_done) struct buf folder = BUF_INIT(64U << 10);
	tile.width = TILE_WIDTH;
	int r = published_path(p, tile, err);
	if (r < 0)
		return r;
	buf_puts(&folder, p->path.ptr);
	buf_puts(&folder, ".p");
	buf_putc(&folder, '\0');
	return folder.failed ? error_memory(err)
			     : file_each_name(folder.ptr, check_partial, &partials, err);
}

/* Signed by each key that is published, so that no byte of the note is without a check. */
static int check_note(struct published *p, struct portroll_error *err)
{
	for (size_t i = 0; i < p->keys.count; i++) {
		struct checkpoint checkpoint;
		struct note_keys one = {&p->keys.items[i], 1};
		struct portroll_error own = {0};
		int r = checkpoint_open(&checkpoint, p->note.bytes, one, &own);
		if (r < 0)
			return error_set(err, r, "%s/checkpoint: %s", p->folder, own.text);
	}
	return PORTROLL_OK;
}

static int check_tile(struct published *p, struct tile tile, struct portroll_error *err)
{
	int r = tile.is_bundle ? check_file(p, tile, err) : check_hashes(p, tile, err);
	return r == PORTROLL_OK ? check_partials(p, tile, err) : r;
}

/* A tile of the entries' hashes is checked with its bundle, while what was proved of it is kept. */
int published_check(struct published *p, struct portroll_error *err)
{
	struct tile_growth g = tile_growth(0, p->checkpoint.head.size);
	struct tile tile;
	int r = check_note(p, err);
	if (r == PORTROLL_OK)
		r = published_edges(p, err);
	while (r == PORTROLL_OK && tile_growth_next(&tile, &g)) {
		if (!tile.is_bundle && tile.level == 0)
			continue;
		r = check_tile(p, tile, err);
		if (r < 0 || !tile.is_bundle)
			continue;
		tile.is_bundle = false;
		r = check_tile(p, tile, err);
	}
	return r == PORTROLL_OK ? published_check_people(p, err) : r;
}

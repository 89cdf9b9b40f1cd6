/* SPDX-License-Identifier: MIT */
#include "ledger/published.h"

#include "base/path.h"
#include "ledger/bundle.h"
#include "ledger/key_file.h"
#include "ledger/ledger_paths.h"
#include "ledger/published_parts.h"

static int load_keys(struct published *p, struct portroll_error *err)
{
	struct file_bytes file;
	struct portroll_error own = {0};
	const char *path = path_join(p->folder, "key", &p->arena);
	int r = path ? file_load(&file, path, NOTE_SIZE_MAX, err) : error_memory(err);
	if (r < 0)
		return r;
	r = key_list_read(&p->keys, file.bytes, &p->arena, &own);
	file_release(&file);
	return r < 0 ? error_set(err, r, "%s: %s", path, own.text) : r;
}

static int load_note(struct published *p, struct portroll_error *err)
{
	struct portroll_error own = {0};
	const char *path = path_join(p->folder, "checkpoint", &p->arena);
	int r = path ? file_load(&p->note, path, NOTE_SIZE_MAX, err) : error_memory(err);
	if (r < 0)
		return r;
	r = checkpoint_open(&p->checkpoint, p->note.bytes, p->keys, &own);
	return r < 0 ? error_set(err, r, "%s: %s", path, own.text) : r;
}

static struct published *make(const char *folder)
{
	struct arena arena = ARENA_INIT;
	struct published *p = arena_alloc(&arena, sizeof(*p));
	if (!p)
		return NULL;
	p->arena = arena;
	p->path = BUF_INIT(64U << 10);
	p->folder = arena_cstr(&p->arena, str_from(folder));
	p->edges = arena_array(&p->arena, TILE_LEVELS, sizeof(*p->edges));
	p->last = arena_array(&p->arena, TILE_LEVELS, sizeof(*p->last));
	if (!p->arena.failed)
		return p;
	published_close(p);
	return NULL;
}

int published_open(struct published **ret, const char *folder, struct portroll_error *err)
{
	struct published *p = make(folder);
	int r = p ? load_keys(p, err) : error_memory(err);
	if (r == PORTROLL_OK)
		r = load_note(p, err);
	if (r == PORTROLL_OK)
		*ret = p;
	else
		published_close(p);
	return r;
}

void published_close(struct published *p)
{
	if (!p)
		return;
	file_release(&p->note);
	published_forget_people(p);
	buf_done(&p->path);
	struct arena arena = p->arena;
	arena_done(&arena);
}

const struct checkpoint *published_checkpoint(const struct published *p)
{
	return &p->checkpoint;
}

struct portroll_str published_note(const struct published *p)
{
	return p->note.bytes;
}

struct note_keys published_keys(const struct published *p)
{
	return p->keys;
}

/* Where the bundle's file is damaged. */
static int damaged(struct published *p, struct tile tile, uint64_t index,
		   struct portroll_error *err)
{
	int r = published_path(p, tile, err);
	return r < 0 ? r
		     : error_set(err, PORTROLL_ECORRUPT,
				 "%s: entry @%llu is not what the checkpoint proves", p->path.ptr,
				 (unsigned long long)index + 1);
}

int published_bundle(struct published *p, const struct bundle_walk *walk,
		     struct portroll_error *err)
{
	const struct proved_tile *proved;
	struct cursor c = cursor_init(walk->bytes);
	uint64_t first = walk->tile.index * TILE_WIDTH;
	for (uint64_t i = 0; i < walk->tile.width && first + i < walk->range.to; i++) {
		struct stored_entry entry = {.index = first + i, .topic = STR("")};
		if (!bundle_next(&entry.body, &c))
			return damaged(p, walk->tile, entry.index, err);
		if (entry.index < walk->range.from)
			continue;
		/* The tile is kept; but `fn` may have asked for others of its level. */
		int r = published_tile(&proved, p, 0, walk->tile.index, err);
		if (r < 0)
			return r;
		entry.leaf = tree_hash_leaf(entry.body);
		if (!tree_hash_equal(&entry.leaf, &proved->hashes[i]))
			return damaged(p, walk->tile, entry.index, err);
		r = walk->fn ? walk->fn(walk->context, &entry, err) : PORTROLL_OK;
		if (r < 0)
			return r;
	}
	if (first + walk->tile.width <= walk->range.to && cursor_left(&c))
		return damaged(p, walk->tile, first + walk->tile.width, err);
	return PORTROLL_OK;
}

int published_each(struct published *p, struct entry_range range, store_entry_fn *fn, void *context,
		   struct portroll_error *err)
{
	uint64_t size = p->checkpoint.head.size;
	int r = published_edges(p, err);
	if (r == PORTROLL_OK && range.to > size)
		r = error_set(err, PORTROLL_EINVAL, "the ledger has %llu entries, not %llu",
			      (unsigned long long)size, (unsigned long long)range.to);
	for (uint64_t next = range.from; r == PORTROLL_OK && next < range.to;) {
		uint64_t first = next - next % TILE_WIDTH, left = size - first;
		struct bundle_walk walk = {.range = range, .fn = fn, .context = context};
		struct file_bytes file;
		walk.tile =
			(struct tile){.is_bundle = true,
				      .width = (uint16_t)(left < TILE_WIDTH ? left : TILE_WIDTH),
				      .index = next / TILE_WIDTH};
		r = published_load(&file, &walk.tile, p, err);
		if (r < 0)
			break;
		walk.bytes = file.bytes;
		r = published_bundle(p, &walk, err);
		file_release(&file);
		next = first + TILE_WIDTH;
	}
	return r;
}

/* SPDX-License-Identifier: MIT */

/*
 * What the ledger of the roll publishes, as files for those who verify or mirror it
 * (c2sp.org/tlog-tiles). Addresses are parsed and written anew: none leads to another file.
 */

#include <limits.h>

#include "ledger/bundle.h"
#include "ledger/checkpoint.h"
#include "ledger/tile.h"
#include "server/pages.h"

#define PREFIX    "/ledger/"
#define NOT_THERE "this roll publishes no such part of a ledger"

static const struct {
	const char *name, *media_type;
} documents[] = {
	{"checkpoint", "text/plain; charset=utf-8"},
	{"key", "text/plain; charset=utf-8"},
	{"people", "application/x-ndjson"},
};

static bool map(struct file_bytes *ret, const struct call *call, struct portroll_str name)
{
	if (!site_ledger(call->site))
		return false;
	CLEANUP(buf_done) struct buf path = BUF_INIT(PATH_MAX);
	buf_puts(&path, site_ledger(call->site));
	buf_putc(&path, '/');
	buf_put(&path, name);
	buf_putc(&path, '\0');
	return !path.failed && file_map(ret, path.ptr, NULL) == PORTROLL_OK;
}

static bool map_tile(struct file_bytes *ret, const struct call *call, struct tile tile)
{
	char path[TILE_PATH_MAX];
	return map(ret, call, (struct portroll_str){path, tile_path(path, tile)});
}

/* 0 where there is no checkpoint. Whoever asks verifies it, so we do not. */
static uint64_t published_size(const struct call *call)
{
	struct file_bytes note = {0};
	struct signed_note parsed;
	struct checkpoint checkpoint;
	uint64_t size = 0;
	if (!map(&note, call, STR("checkpoint")))
		return 0;
	if (note_parse(&parsed, note.bytes, NULL) == PORTROLL_OK &&
	    checkpoint_parse(&checkpoint, parsed.text, NULL) == PORTROLL_OK)
		size = checkpoint.head.size;
	file_release(&note);
	return size;
}

/* How wide the tile is by now, which is wider than a partial one that was asked for and is gone. */
static uint16_t width_now(struct tile tile, uint64_t size)
{
	uint64_t count = size >> (tile.level * TILE_HEIGHT), first = tile.index * TILE_WIDTH;
	if (count <= first)
		return 0;
	return (uint16_t)(count - first < TILE_WIDTH ? count - first : TILE_WIDTH);
}

/* The bytes of the first `width`; a view without bytes when there are not so many. */
static struct portroll_str cut(struct portroll_str bytes, struct tile tile)
{
	size_t len = (size_t)tile.width * TREE_HASH_SIZE;
	if (tile.is_bundle) {
		struct cursor c = cursor_init(bytes);
		struct portroll_str entry;
		for (uint16_t i = 0; i < tile.width; i++)
			if (!bundle_next(&entry, &c))
				return STR_NONE;
		len = bytes.len - cursor_left(&c);
	}
	return len <= bytes.len ? str_part(bytes, 0, len) : STR_NONE;
}

static bool find_tile(struct response *res, const struct call *call, struct tile tile)
{
	struct tile wider = tile;
	if (map_tile(&res->file, call, tile)) {
		res->fixed = res->file.bytes;
		return true;
	}
	wider.width = width_now(tile, published_size(call));
	if (wider.width <= tile.width || !map_tile(&res->file, call, wider))
		return false;
	res->fixed = cut(res->file.bytes, tile);
	return res->fixed.ptr;
}

void page_tile(const struct call *call, struct response *res)
{
	struct tile tile;
	struct portroll_str path = str_part(call->req->path, sizeof(PREFIX) - 1, SIZE_MAX);
	if (tile_parse(&tile, path) < 0 || !find_tile(res, call, tile)) {
		res->fixed = STR_NONE;
		refuse_request(res, 404, NOT_THERE);
		return;
	}
	res->media_type = "application/octet-stream";
	res->is_immutable = true;
	res->is_private = true;
}

void page_ledger(const struct call *call, struct response *res)
{
	struct portroll_str name = call->req->segments[1];
	for (size_t i = 0; i < ARRAY_LEN(documents); i++) {
		if (!str_equal(name, str_from(documents[i].name)))
			continue;
		if (!map(&res->file, call, name)) {
			refuse_request(res, 404, NOT_THERE);
			return;
		}
		res->media_type = documents[i].media_type;
		res->fixed = res->file.bytes;
		res->is_private = true;
	}
}

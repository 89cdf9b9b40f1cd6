/* SPDX-License-Identifier: MIT */
#include "ledger/tile.h"

#include <assert.h>
#include <string.h>

#include "base/num.h"

#define FOLDER       "tile/"
#define ENTRIES      "entries"
#define PARTIAL      ".p/"
#define GROUP_DIGITS 3 /* an index is written in groups of so many digits */
#define GROUP        1000

static_assert(1 << TILE_HEIGHT == TILE_WIDTH, "a tile is a perfect subtree");

struct path {
	char *text;
	size_t len;
};

static void put(struct path *p, struct portroll_str text)
{
	memcpy(p->text + p->len, text.ptr, text.len);
	p->len += text.len;
}

static void put_num(struct path *p, uint64_t value)
{
	p->len += num_format(p->text + p->len, value);
}

/* All groups but the last begin with x. */
static void put_index(struct path *p, uint64_t index)
{
	uint64_t unit = 1;
	while (index / unit >= GROUP)
		unit *= GROUP;
	for (; unit; unit /= GROUP) {
		put(p, unit > 1 ? STR("x") : STR(""));
		p->len += num_format_padded(p->text + p->len, index / unit, GROUP_DIGITS);
		put(p, unit > 1 ? STR("/") : STR(""));
	}
}

/* The longest: "tile/entries/", seven groups, ".p/255". */
static_assert(sizeof(FOLDER ENTRIES "/") + 7 * sizeof("x000") + sizeof(PARTIAL) + NUM_TEXT_MAX <=
		      TILE_PATH_MAX,
	      "a path has room");

size_t tile_path(char ret_path[static TILE_PATH_MAX], struct tile tile)
{
	struct path p = {ret_path, 0};
	put(&p, STR(FOLDER));
	if (tile.is_bundle)
		put(&p, STR(ENTRIES));
	else
		put_num(&p, tile.level);
	put(&p, STR("/"));
	put_index(&p, tile.index);
	if (tile.width < TILE_WIDTH) {
		put(&p, STR(PARTIAL));
		put_num(&p, tile.width);
	}
	return p.len;
}

/* The digits of all groups as one number; what is not well-formed shows when the path is written
 * again. */
static bool take_index(uint64_t *ret, struct portroll_str groups)
{
	struct portroll_str group;
	uint64_t index = 0, value;
	while (str_cut(&groups, '/', &group)) {
		if (str_starts(group, STR("x")))
			group = str_part(group, 1, group.len);
		if (num_parse(&value, group, GROUP - 1) < 0 ||
		    index > (TILE_INDEX_MAX - value) / GROUP)
			return false;
		index = index * GROUP + value;
	}
	*ret = index;
	return true;
}

static bool take_width(uint16_t *ret, struct portroll_str *rest)
{
	uint64_t width = TILE_WIDTH;
	size_t partial = str_find(*rest, STR(PARTIAL));
	if (partial != SIZE_MAX) {
		struct portroll_str digits =
			str_part(*rest, partial + sizeof(PARTIAL) - 1, rest->len);
		if (num_parse(&width, digits, TILE_WIDTH - 1) < 0 || width == 0)
			return false;
		*rest = str_part(*rest, 0, partial);
	}
	*ret = (uint16_t)width;
	return true;
}

static bool take_level(struct tile *ret, struct portroll_str *rest)
{
	struct portroll_str level;
	uint64_t value = 0;
	if (!str_cut(rest, '/', &level))
		return false;
	ret->is_bundle = str_equal(level, STR(ENTRIES));
	if (!ret->is_bundle && num_parse(&value, level, TILE_LEVELS - 1) < 0)
		return false;
	ret->level = (uint8_t)value;
	return true;
}

int tile_parse(struct tile *ret, struct portroll_str path)
{
	struct tile tile = {0};
	struct portroll_str rest = str_part(path, sizeof(FOLDER) - 1, path.len);
	char again[TILE_PATH_MAX];
	if (!str_starts(path, STR(FOLDER)) || !take_level(&tile, &rest) ||
	    !take_width(&tile.width, &rest) || !take_index(&tile.index, rest))
		return PORTROLL_ESYNTAX;
	size_t len = tile_path(again, tile);
	if (!str_equal(path, (struct portroll_str){again, len}))
		return PORTROLL_ESYNTAX;
	*ret = tile;
	return PORTROLL_OK;
}

static unsigned shift_of(const struct tile *tile)
{
	return (unsigned)tile->level * TILE_HEIGHT;
}

struct tile_growth tile_growth(uint64_t from, uint64_t to)
{
	return (struct tile_growth){from, to, {.is_bundle = true, .index = from / TILE_WIDTH}};
}

/* To where the next level begins to grow. */
static void go_up(struct tile_growth *g)
{
	if (!g->next.is_bundle)
		g->next.level++;
	g->next.is_bundle = false;
	if (g->next.level < TILE_LEVELS)
		g->next.index = (g->from >> shift_of(&g->next)) / TILE_WIDTH;
}

bool tile_growth_next(struct tile *ret, struct tile_growth *g)
{
	for (; g->next.level < TILE_LEVELS; go_up(g)) {
		uint64_t before = g->from >> shift_of(&g->next), now = g->to >> shift_of(&g->next);
		uint64_t first = g->next.index * TILE_WIDTH;
		if (before < now && first < now) {
			uint64_t left = now - first;
			*ret = g->next;
			ret->width = (uint16_t)(left < TILE_WIDTH ? left : TILE_WIDTH);
			g->next.index++;
			return true;
		}
	}
	return false;
}

int tile_put(struct buf *out, struct tile tile, struct tree_reader tree, struct portroll_error *err)
{
	assert(!tile.is_bundle);
	for (uint64_t i = 0; i < tile.width; i++) {
		struct tree_place at = {shift_of(&tile), tile.index * TILE_WIDTH + i};
		struct tree_hash hash;
		int r = tree.read(&hash, tree.context, at, err);
		if (r < 0)
			return r;
		buf_put(out, (struct portroll_str){(const char *)hash.bytes, TREE_HASH_SIZE});
	}
	return PORTROLL_OK;
}

struct tile tile_holding(struct tree_place at, uint64_t size)
{
	struct tile tile = {.level = (uint8_t)(at.level / TILE_HEIGHT)};
	uint64_t first = at.index << (at.level % TILE_HEIGHT);
	tile.index = first / TILE_WIDTH;
	uint64_t left = (size >> shift_of(&tile)) - tile.index * TILE_WIDTH;
	tile.width = (uint16_t)(left < TILE_WIDTH ? left : TILE_WIDTH);
	return tile;
}

int tile_take(struct tree_hash *ret, struct tile tile, struct portroll_str bytes,
	      struct tree_place at)
{
	unsigned level = at.level % TILE_HEIGHT;
	size_t count = (size_t)1 << level, first = (size_t)(at.index << level) % TILE_WIDTH;
	struct tree_hash hashes[TILE_WIDTH];
	if (bytes.len != (size_t)tile.width * TREE_HASH_SIZE || first + count > tile.width)
		return PORTROLL_ECORRUPT;
	memcpy(hashes, bytes.ptr + first * TREE_HASH_SIZE, count * TREE_HASH_SIZE);
	return tree_read_leaves(ret, hashes, (struct tree_place){level, 0}, NULL);
}

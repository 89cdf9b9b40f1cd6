/* SPDX-License-Identifier: MIT */
#include "ledger/tile.h"

#include "ledger/bundle.h"
#include "ledger_case.h"

#define SIZE_MOST 70000 /* past 256 full tiles, so that there is one of the third level */

static struct tree_hash *leaves;

static int make_leaves(void **state)
{
	(void)state;
	leaves = malloc(SIZE_MOST * sizeof(*leaves));
	if (!leaves)
		return 1;
	for (size_t i = 0; i < SIZE_MOST; i++)
		leaves[i] = changeset_leaf(i + 1);
	return 0;
}

static int free_leaves(void **state)
{
	(void)state;
	free(leaves);
	return 0;
}

static void paths_are_written_and_read_as_known(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		struct tile tile;
	} cases[] = {
		{"tile/0/000", {.width = 256}},
		{"tile/0/000.p/5", {.width = 5}},
		{"tile/0/059.p/239", {.index = 59, .width = 239}},
		{"tile/1/000.p/59", {.level = 1, .width = 59}},
		{"tile/entries/000.p/5", {.is_bundle = true, .width = 5}},
		{"tile/entries/x001/x234/067", {.is_bundle = true, .index = 1234067, .width = 256}},
		{"tile/2/x001/000.p/255", {.level = 2, .index = 1000, .width = 255}},
		{"tile/0/999", {.index = 999, .width = 256}},
		{"tile/0/x036/x028/x797/x018/x963/967.p/1",
		 {.index = 36028797018963967, .width = 1}},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct tile tile = {0};
		char path[TILE_PATH_MAX];
		int r = tile_parse(&tile, str_from(cases[i].path));
		assert_int_equal(r, PORTROLL_OK);
		assert_int_equal(tile.is_bundle, cases[i].tile.is_bundle);
		assert_int_equal(tile.level, cases[i].tile.level);
		assert_int_equal(tile.index, cases[i].tile.index);
		assert_int_equal(tile.width, cases[i].tile.width);
		size_t len = tile_path(path, tile);
		assert_text(((struct portroll_str){path, len}), cases[i].path);
	}
}

static void other_paths_are_refused(void **state)
{
	(void)state;
	static const char *const paths[] = {
		"",
		"tile",
		"tile/",
		"tile/0",
		"tile/0/",
		"/tile/0/000",
		"tile//000",
		"tile/00/000",
		"tile/8/000",
		"tile/64/000",
		"tile/-1/000",
		"tile/0/0",
		"tile/0/0000",
		"tile/0/x000",
		"tile/0/x000/001",
		"tile/0/001/002",
		"tile/0/x001/x002",
		"tile/0/x001/002/",
		"tile/0/x001//002",
		"tile/0/X001/002",
		"tile/0/000.p",
		"tile/0/000.p/",
		"tile/0/000.p/0",
		"tile/0/000.p/00",
		"tile/0/000.p/01",
		"tile/0/000.p/256",
		"tile/0/000.p/1.p/1",
		"tile/0/000.q/1",
		"tile/0/x036/x028/x797/x018/x963/968",
		"tile/0/x999/x999/x999/x999/x999/x999/x999/999",
		"tile/7/x036/x028/x797/x018/963/967.p/1",
		"tile/data/000",
		"tile/entries/000 ",
		"tile/entries/../../checkpoint",
		"tile/8/0/000",
	};
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct tile tile;
		if (tile_parse(&tile, str_from(paths[i])) != PORTROLL_ESYNTAX)
			fail_msg("'%s'", paths[i]);
	}
}

static void the_tiles_of_five_entries_are_known(void **state)
{
	(void)state;
	struct tile_growth growth = tile_growth(0, 5);
	struct tile tile;
	struct tree_reader reader = {tree_read_leaves, leaves, 5};
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(1000);
	assert_true(tile_growth_next(&tile, &growth));
	assert_true(tile.is_bundle && tile.index == 0 && tile.width == 5);
	assert_true(tile_growth_next(&tile, &growth));
	assert_true(!tile.is_bundle && tile.level == 0 && tile.index == 0 && tile.width == 5);
	assert_int_equal(tile_put(&bytes, tile, reader, NULL), PORTROLL_OK);
	assert_int_equal(bytes.len, 160);
	assert_memory_equal(bytes.ptr, leaves, 160);
	assert_false(tile_growth_next(&tile, &growth));
	assert_false(tile_growth_next(&tile, &growth));
}

static void the_bundle_of_five_entries_is_known(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(1000), entry = BUF_INIT(64);
	for (size_t i = 1; i <= 5; i++) {
		buf_clear(&entry);
		put_changeset(&entry, i);
		assert_int_equal(bundle_put(&bytes, buf_str(&entry)), PORTROLL_OK);
	}
	assert_int_equal(bytes.len, 65);
	assert_memory_equal(bytes.ptr,
			    "\x00\x0b"
			    "changeset 1",
			    13);
	struct cursor c = cursor_init(buf_str(&bytes));
	struct portroll_str got;
	for (size_t i = 1; i <= 5; i++) {
		buf_clear(&entry);
		put_changeset(&entry, i);
		assert_true(bundle_next(&got, &c));
		assert_true(str_equal(got, buf_str(&entry)));
	}
	assert_false(bundle_next(&got, &c));
	assert_false(c.failed);
	for (size_t len = 1; len < 13; len++) {
		c = cursor_init(str_part(buf_str(&bytes), 0, len));
		assert_false(bundle_next(&got, &c));
		assert_true(c.failed);
	}
}

static void an_entry_has_at_most_65535_bytes(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf entry = BUF_INIT(1U << 20), bytes = BUF_INIT(1U << 20);
	buf_fill(&entry, 'a', ENTRY_SIZE_MAX);
	assert_int_equal(bundle_put(&bytes, buf_str(&entry)), PORTROLL_OK);
	struct cursor c = cursor_init(buf_str(&bytes));
	struct portroll_str got;
	assert_true(bundle_next(&got, &c));
	assert_int_equal(got.len, ENTRY_SIZE_MAX);
	buf_putc(&entry, 'a');
	assert_int_equal(bundle_put(&bytes, buf_str(&entry)), PORTROLL_ELIMIT);
	assert_int_equal(bytes.len, ENTRY_SIZE_MAX + 2);
}

/* What the specification says of one size, counted level by level. */
static size_t count_tiles(uint64_t size)
{
	size_t count = size / TILE_WIDTH + (size % TILE_WIDTH > 0);
	for (uint64_t level = size; level; level /= TILE_WIDTH)
		count += level / TILE_WIDTH + (level % TILE_WIDTH > 0);
	return count;
}

static void the_tiles_of_the_registry_of_2025_are_known(void **state)
{
	(void)state;
	struct tile_growth growth = tile_growth(0, 15343);
	struct tile tile;
	size_t bundles = 0, full = 0, partial = 0;
	while (tile_growth_next(&tile, &growth)) {
		bundles += tile.is_bundle;
		full += !tile.is_bundle && tile.width == TILE_WIDTH;
		partial += !tile.is_bundle && tile.width < TILE_WIDTH;
	}
	assert_int_equal(bundles, 60);
	assert_int_equal(full, 59);
	assert_int_equal(partial, 2); /* 059.p/239 of level 0, 000.p/59 of level 1 */
}

/* However a tree grew: the tiles published on the way hold each hash of a full tile once, and at
 * the end those of the edge. */
static void growth_in_steps_publishes_what_growth_at_once_does(void **state)
{
	(void)state;
	static const uint64_t steps[] = {1, 7, 255, 256, 257, 1000, 65535, 65536, 65537};
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		size_t full = 0, wanted_full = 0;
		struct tile tile;
		struct tile_growth at_once = tile_growth(0, SIZE_MOST);
		while (tile_growth_next(&tile, &at_once))
			wanted_full += tile.width == TILE_WIDTH;
		for (uint64_t from = 0, to; from < SIZE_MOST; from = to) {
			to = from + steps[i] < SIZE_MOST ? from + steps[i] : SIZE_MOST;
			struct tile_growth growth = tile_growth(from, to);
			while (tile_growth_next(&tile, &growth)) {
				unsigned shift = 8U * tile.level;
				uint64_t end = tile.index * TILE_WIDTH + tile.width;
				full += tile.width == TILE_WIDTH;
				assert_true(end <= to >> shift && end > from >> shift);
				assert_true(tile.width == TILE_WIDTH || end == to >> shift);
			}
		}
		assert_int_equal(full, wanted_full);
	}
}

static void growth_from_nothing_has_every_tile(void **state)
{
	(void)state;
	static const uint64_t sizes[] = {0,
					 1,
					 255,
					 256,
					 257,
					 511,
					 512,
					 65535,
					 65536,
					 65537,
					 (uint64_t)1 << 24,
					 ((uint64_t)1 << 24) + 1};
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		size_t count = 0;
		struct tile tile;
		struct tile_growth growth = tile_growth(0, sizes[i]);
		while (tile_growth_next(&tile, &growth))
			count++;
		assert_int_equal(count, count_tiles(sizes[i]));
	}
	struct tile tile;
	struct tile_growth none = tile_growth(300, 300);
	assert_false(tile_growth_next(&tile, &none));
	struct tile_growth last = tile_growth(TREE_SIZE_MAX - 1, TREE_SIZE_MAX);
	size_t count = 0;
	while (tile_growth_next(&tile, &last))
		count++;
	assert_int_equal(count, 2); /* one bundle, one tile: 255 entries each */
}

/* The published files and nothing else: a tree_read_fn over tiles that are made when asked for. */
static int read_tile(struct tree_hash *ret, void *context, struct tree_place at,
		     struct portroll_error *err)
{
	const struct tree_reader *tree = context;
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(TILE_WIDTH * TREE_HASH_SIZE);
	struct tile tile = tile_holding(at, tree->size);
	int r = tile_put(&bytes, tile, *tree, err);
	return r < 0 ? r : bytes.failed ? bytes.failed : tile_take(ret, tile, buf_str(&bytes), at);
}

static void tiles_are_enough_for_roots_and_proofs(void **state)
{
	(void)state;
	static const uint64_t sizes[] = {1, 2, 5, 255, 256, 257, 700, 4097};
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		uint64_t n = sizes[i];
		struct tree_reader direct = {tree_read_leaves, leaves, n};
		struct tree_reader tiled = {read_tile, &direct, n};
		struct tree_hash a, b;
		struct proof p, q;
		assert_int_equal(tree_root(&a, direct, n, NULL), PORTROLL_OK);
		assert_int_equal(tree_root(&b, tiled, n, NULL), PORTROLL_OK);
		assert_true(tree_hash_equal(&a, &b));
		for (uint64_t k = 0; k < n; k += 1 + n / 9) {
			assert_int_equal(proof_of_inclusion(&p, direct, k, n, NULL), PORTROLL_OK);
			assert_int_equal(proof_of_inclusion(&q, tiled, k, n, NULL), PORTROLL_OK);
			assert_int_equal(p.count, q.count);
			assert_memory_equal(p.hashes, q.hashes, p.count * sizeof(*p.hashes));
			assert_int_equal(proof_of_consistency(&p, direct, k, n, NULL), PORTROLL_OK);
			assert_int_equal(proof_of_consistency(&q, tiled, k, n, NULL), PORTROLL_OK);
			assert_int_equal(p.count, q.count);
			assert_memory_equal(p.hashes, q.hashes, p.count * sizeof(*p.hashes));
		}
	}
}

static void a_tile_of_another_length_is_refused(void **state)
{
	(void)state;
	struct tile tile = {.width = 5};
	struct tree_hash hash;
	struct portroll_str bytes = {(const char *)leaves, 160};
	assert_int_equal(tile_take(&hash, tile, bytes, (struct tree_place){0, 4}), PORTROLL_OK);
	assert_true(tree_hash_equal(&hash, &leaves[4]));
	assert_int_equal(tile_take(&hash, tile, bytes, (struct tree_place){0, 5}),
			 PORTROLL_ECORRUPT);
	assert_int_equal(tile_take(&hash, tile, bytes, (struct tree_place){3, 0}),
			 PORTROLL_ECORRUPT);
	bytes.len--;
	assert_int_equal(tile_take(&hash, tile, bytes, (struct tree_place){0, 0}),
			 PORTROLL_ECORRUPT);
}

static int put_five(void *context)
{
	(void)context;
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(1000);
	int r = tile_put(&bytes, (struct tile){.width = 5},
			 (struct tree_reader){tree_read_leaves, leaves, 5}, NULL);
	return r < 0 ? r : bytes.failed;
}

static void writing_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(put_five, NULL) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_are_written_and_read_as_known),
		cmocka_unit_test(other_paths_are_refused),
		cmocka_unit_test(the_tiles_of_five_entries_are_known),
		cmocka_unit_test(the_bundle_of_five_entries_is_known),
		cmocka_unit_test(an_entry_has_at_most_65535_bytes),
		cmocka_unit_test(the_tiles_of_the_registry_of_2025_are_known),
		cmocka_unit_test(growth_in_steps_publishes_what_growth_at_once_does),
		cmocka_unit_test(growth_from_nothing_has_every_tile),
		cmocka_unit_test(tiles_are_enough_for_roots_and_proofs),
		cmocka_unit_test(a_tile_of_another_length_is_refused),
		cmocka_unit_test(writing_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, make_leaves, free_leaves);
}

/* SPDX-License-Identifier: MIT */
/*
 * Verifying what a ledger publishes.
 *
 *     verify_leaves LINES FOLDER    the tree of a ledger with the lines of a file for entries,
 * every byte of its files : hashing the same entries and nodes in memory
 */
#include <sodium.h>
#include <stdio.h>

#include "base/file.h"
#include "bench.h"
#include "ledger/bundle.h"
#include "ledger/published.h"
#include "ledger/tile.h"
#include "pairs.h"

enum {
	LEAVES_MAX = 15000,
	PATH_SIZE = 4096,
};

struct leaves {
	const char *folder;
	struct portroll_str entries[LEAVES_MAX];
	struct tree_hash hashes[LEAVES_MAX];
	size_t count;
	uint64_t seen;
};

static void must(int r, const char *what)
{
	if (r < 0)
		bench_fail(what, error_text(r));
}

static void write_file(const struct leaves *l, struct portroll_str name, struct portroll_str bytes)
{
	char path[PATH_SIZE];
	int len = snprintf(path, sizeof(path), "%s/%.*s", l->folder, (int)name.len, name.ptr);
	char *slash = path + len;
	while (*slash != '/')
		slash--;
	*slash = '\0';
	must(file_make_folder(path, NULL), path);
	*slash = '/';
	must(file_replace(path, bytes, 0644, NULL), path);
}

static void publish_tiles(struct leaves *l, struct tree_reader tree)
{
	struct tile_growth g = tile_growth(0, l->count);
	for (struct tile tile; tile_growth_next(&tile, &g);) {
		struct buf bytes = BUF_INIT(SIZE_MAX);
		char path[TILE_PATH_MAX];
		if (!tile.is_bundle)
			must(tile_put(&bytes, tile, tree, NULL), "tile");
		for (size_t i = 0; tile.is_bundle && i < tile.width; i++)
			must(bundle_put(&bytes, l->entries[tile.index * TILE_WIDTH + i]), "entry");
		write_file(l, (struct portroll_str){path, tile_path(path, tile)}, buf_str(&bytes));
		buf_done(&bytes);
	}
}

static void publish(struct leaves *l)
{
	static const uint8_t seed[NOTE_SEED_SIZE] = {1};
	struct checkpoint checkpoint = {.origin = STR("registry.example/ports")};
	struct note_signer signer;
	struct tree tree = {0};
	struct buf note = BUF_INIT(SIZE_MAX), key = BUF_INIT(SIZE_MAX);
	for (size_t i = 0; i < l->count; i++) {
		l->hashes[i] = tree_hash_leaf(l->entries[i]);
		must(tree_append(&tree, &l->hashes[i]), "tree");
	}
	checkpoint.head = tree_head(&tree);
	must(note_signer_from_seed(&signer, checkpoint.origin, seed, NULL), "key");
	must(checkpoint_sign(&note, &checkpoint, &signer, 1, NULL), "checkpoint");
	note_key_put(&key, &signer.key);
	buf_putc(&key, '\n');
	publish_tiles(l, (struct tree_reader){tree_read_leaves, l->hashes, l->count});
	write_file(l, STR("key"), buf_str(&key));
	write_file(l, STR("checkpoint"), buf_str(&note));
	buf_done(&note);
	buf_done(&key);
}

static double time_verify(void *context)
{
	struct leaves *l = context;
	struct published *p;
	struct portroll_error err = {0};
	double start = pairs_now();
	if (published_open(&p, l->folder, &err) < 0 || published_check(p, &err) < 0)
		bench_fail(l->folder, err.text);
	l->seen += published_checkpoint(p)->head.size;
	published_close(p);
	return pairs_now() - start;
}

static double time_hash(void *context)
{
	struct leaves *l = context;
	struct tree tree = {0};
	double start = pairs_now();
	for (size_t i = 0; i < l->count; i++) {
		struct tree_hash leaf = tree_hash_leaf(l->entries[i]);
		must(tree_append(&tree, &leaf), "tree");
	}
	struct tree_head head = tree_head(&tree);
	l->seen += head.root.bytes[0];
	return pairs_now() - start;
}

int main(int argc, char **argv)
{
	struct file_bytes lines;
	static struct leaves l;
	if (argc != 3 || sodium_init() < 0)
		bench_fail("usage", "verify_leaves LINES FOLDER");
	l.folder = argv[2];
	must(file_read(&lines, argv[1], SIZE_MAX / 2, NULL), argv[1]);
	struct portroll_str rest = lines.bytes;
	while (l.count < LEAVES_MAX && str_cut(&rest, '\n', &l.entries[l.count]))
		l.count++;
	publish(&l);
	pairs_stay_on_one_processor();
	struct pairs p = pairs_measure((struct way){time_verify, &l}, (struct way){time_hash, &l});
	pairs_print(&p, "ms", 1e3);
	return 0;
}

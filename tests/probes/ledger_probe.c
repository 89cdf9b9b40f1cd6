/* SPDX-License-Identifier: MIT */
#include "ledger/canonical_read.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/num.h"
#include "ledger/bundle.h"
#include "ledger/receipt.h"
#include "ledger/tile.h"

/*
 * What programs that know nothing of ours are to check:
 *
 *	ledger_probe publish SIZE   the files of a ledger of "changeset 1", "changeset 2" ... in
 *this folder, from size to size as it grew: checkpoint, tile/..., key ledger_probe receipt SIZE the
 *same, and a receipt for each entry: 0.tlog-proof ... ledger_probe canonical      for each line of
 *the standard input: is it canonical JSON?
 */

#define ORIGIN "registry.example/ports"

static void die(const char *what)
{
	(void)fprintf(stderr, "ledger_probe: %s\n", what);
	exit(EXIT_FAILURE);
}

static void must(bool holds, const char *what)
{
	if (!holds)
		die(what);
}

static void write_file(struct portroll_str name, struct portroll_str bytes)
{
	char path[TILE_PATH_MAX + 1] = {0};
	must(name.len < sizeof(path), "a long name");
	memcpy(path, name.ptr, name.len);
	for (char *at = path; (at = strchr(at, '/')); *at++ = '/') {
		*at = '\0';
		(void)mkdir(path, 0777);
	}
	FILE *file = fopen(path, "wb");
	must(file && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len && fclose(file) == 0, path);
}

static struct note_signer make_signer(void)
{
	struct note_signer signer;
	uint8_t seed[NOTE_SEED_SIZE];
	for (uint8_t i = 0; i < sizeof(seed); i++)
		seed[i] = i;
	must(note_signer_from_seed(&signer, STR(ORIGIN), seed, NULL) == PORTROLL_OK, "no key");
	return signer;
}

static void put_entry(struct buf *out, uint64_t index)
{
	buf_puts(out, "changeset ");
	buf_put_num(out, index + 1);
}

static void put_bundle(struct buf *out, struct tile tile)
{
	CLEANUP(buf_done) struct buf entry = BUF_INIT(64);
	for (uint64_t i = 0; i < tile.width; i++) {
		buf_clear(&entry);
		put_entry(&entry, tile.index * TILE_WIDTH + i);
		must(bundle_put(out, buf_str(&entry)) == PORTROLL_OK, "no bundle");
	}
}

static void publish_growth(struct tree_reader tree, uint64_t from, uint64_t to)
{
	struct tile_growth growth = tile_growth(from, to);
	struct tile tile;
	while (tile_growth_next(&tile, &growth)) {
		CLEANUP(buf_done) struct buf bytes = BUF_INIT(1U << 20);
		char path[TILE_PATH_MAX];
		if (tile.is_bundle)
			put_bundle(&bytes, tile);
		else
			must(tile_put(&bytes, tile, tree, NULL) == PORTROLL_OK, "no tile");
		write_file((struct portroll_str){path, tile_path(path, tile)}, buf_str(&bytes));
	}
}

static void publish_key(const struct note_signer *signer)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(1000);
	note_key_put(&text, &signer->key);
	buf_putc(&text, '\n');
	write_file(STR("key"), buf_str(&text));
}

static void publish_receipts(struct tree_reader tree, struct portroll_str checkpoint)
{
	for (uint64_t i = 0; i < tree.size; i++) {
		CLEANUP(buf_done) struct buf text = BUF_INIT(10000), name = BUF_INIT(64);
		struct receipt r = {.index = i, .checkpoint = checkpoint};
		must(proof_of_inclusion(&r.proof, tree, i, tree.size, NULL) == PORTROLL_OK,
		     "no proof");
		receipt_put(&text, &r);
		buf_put_num(&name, i);
		buf_puts(&name, ".tlog-proof");
		write_file(buf_str(&name), buf_str(&text));
	}
}

static void publish(uint64_t size, bool with_receipts)
{
	CLEANUP(buf_done) struct buf note = BUF_INIT(10000), entry = BUF_INIT(64);
	struct note_signer signer = make_signer();
	struct tree_hash *leaves = calloc(size + 1, sizeof(*leaves));
	must(leaves, "out of memory");
	struct tree_reader tree = {tree_read_leaves, leaves, size};
	struct tree t = {0};
	for (uint64_t i = 0; i < size; i++) {
		buf_clear(&entry);
		put_entry(&entry, i);
		leaves[i] = tree_hash_leaf(buf_str(&entry));
		must(tree_append(&t, &leaves[i]) == PORTROLL_OK, "full");
	}
	publish_growth(tree, 0, size / 3);
	publish_growth(tree, size / 3, size);
	struct checkpoint checkpoint = {STR(ORIGIN), tree_head(&t)};
	must(checkpoint_sign(&note, &checkpoint, &signer, 1, NULL) == PORTROLL_OK, "no signature");
	write_file(STR("checkpoint"), buf_str(&note));
	publish_key(&signer);
	if (with_receipts)
		publish_receipts(tree, buf_str(&note));
	free(leaves);
}

static void judge_lines(void)
{
	char *line = NULL;
	size_t capacity = 0;
	for (ssize_t len; (len = getline(&line, &capacity, stdin)) > 0;) {
		struct portroll_error err = {0};
		json_t *value = NULL;
		int r = canonical_read(&value, (struct portroll_str){line, (size_t)len - 1}, &err);
		(void)puts(r == PORTROLL_OK ? "canonical" : err.text);
		json_decref(value);
	}
	free(line);
}

int main(int argc, char **argv)
{
	struct portroll_str verb = str_from(argc > 1 ? argv[1] : "");
	uint64_t size = 0;
	must(sodium_init() >= 0, "no libsodium");
	if (argc == 2 && str_equal(verb, STR("canonical"))) {
		judge_lines();
		return EXIT_SUCCESS;
	}
	must(argc == 3 && num_parse(&size, str_from(argv[2]), 1000000) == PORTROLL_OK,
	     "usage: publish SIZE, receipt SIZE, canonical");
	publish(size, str_equal(verb, STR("receipt")));
	return EXIT_SUCCESS;
}

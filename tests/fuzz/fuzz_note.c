/* SPDX-License-Identifier: MIT */
#include "ledger/receipt.h"
#include "ledger/tile.h"

#include <stdlib.h>

/* The texts that a ledger publishes: what is read is written again the same, what is refused says
 * why. The proof of a receipt leads where it leads; it must only stay within its bounds. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void read_key(struct portroll_str input)
{
	CLEANUP(buf_done) struct buf again = BUF_INIT(SIZE_MAX);
	struct note_key key;
	struct note_signer signer;
	struct portroll_error err = {0};
	if (note_key_parse(&key, input, &err) == PORTROLL_OK)
		note_key_put(&again, &key);
	else if (note_signer_parse(&signer, input, NULL) == PORTROLL_OK)
		note_signer_put(&again, &signer);
	must(err.code == PORTROLL_OK || err.code == PORTROLL_ESYNTAX);
	must(again.len == 0 || str_equal(buf_str(&again), input));
}

static void read_path(struct portroll_str input)
{
	struct tile tile;
	char again[TILE_PATH_MAX];
	if (tile_parse(&tile, input) < 0)
		return;
	size_t len = tile_path(again, tile);
	must(len < TILE_PATH_MAX && str_equal(input, (struct portroll_str){again, len}));
}

static bool read_checkpoint(struct checkpoint *ret, struct portroll_str text)
{
	CLEANUP(buf_done) struct buf again = BUF_INIT(SIZE_MAX);
	struct portroll_error err = {0};
	if (checkpoint_parse(ret, text, &err) < 0) {
		must(err.line > 0);
		return false;
	}
	checkpoint_put(&again, ret);
	must(str_equal(buf_str(&again), text));
	return true;
}

static bool read_note(struct checkpoint *ret, struct portroll_str input)
{
	static struct signed_note note;
	struct portroll_error err = {0};
	if (note_parse(&note, input, &err) < 0) {
		must(err.code < 0 && (err.line > 0 || err.code == PORTROLL_ELIMIT));
		return false;
	}
	const struct note_signature *last = &note.signatures[note.count - 1];
	struct note_key key = {.name = last->name, .id = last->key_id};
	must(note_claims(&note, &key));
	must(note_verify(&note, (struct note_keys){&key, 1}, NULL) != PORTROLL_OK);
	return read_checkpoint(ret, note.text);
}

static void read_receipt(struct portroll_str input)
{
	static struct receipt receipt;
	struct portroll_error err = {0};
	struct checkpoint checkpoint;
	if (receipt_parse(&receipt, input, &err) < 0) {
		must(err.line > 0 || err.code == PORTROLL_ELIMIT);
		return;
	}
	CLEANUP(buf_done) struct buf again = BUF_INIT(SIZE_MAX);
	receipt_put(&again, &receipt);
	must(str_equal(buf_str(&again), input));
	if (!read_note(&checkpoint, receipt.checkpoint))
		return;
	struct tree_hash leaf = tree_hash_leaf(STR("changeset 4"));
	struct tree_head old = {receipt.index, leaf};
	(void)proof_includes(&receipt.proof, &checkpoint.head, receipt.index, &leaf);
	(void)proof_continues(&receipt.proof, &old, &checkpoint.head);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct portroll_str input = {(const char *)bytes, size};
	struct checkpoint checkpoint;
	read_key(input);
	read_path(input);
	read_receipt(input);
	(void)read_checkpoint(&checkpoint, input);
	(void)read_note(&checkpoint, input);
	return 0;
}

/* SPDX-License-Identifier: MIT */
#include "keeper/verify_receipt.h"

#include "base/file.h"
#include "base/path.h"
#include "keeper/ledger_place.h"
#include "ledger/base64.h"
#include "ledger/key_file.h"
#include "ledger/receipt.h"

/* The key that was given, or those that the ledger publishes; in the arena. */
static int find_keys(struct note_keys *ret, struct keeper *k, const char *folder)
{
	struct portroll_error own = {0};
	struct file_bytes file;
	if (keeper_has(k, OPTION_KEY))
		return keeper_told_key(ret, k);
	struct ledger_place place;
	int r = ledger_place_find(&place, k, folder);
	if (r < 0)
		return r;
	const char *path = path_join(place.ledger, "key", &k->arena);
	if (!path)
		return error_memory(&k->err);
	r = file_load(&file, path, NOTE_SIZE_MAX, &k->err);
	if (r < 0)
		return r;
	r = key_list_read(ret, file.bytes, &k->arena, &own);
	file_release(&file);
	return r < 0 ? error_set(&k->err, r, "%s: %s", path, own.text) : PORTROLL_OK;
}

static int take_entry(struct portroll_str *ret, struct keeper *k, const struct receipt *receipt)
{
	size_t size = base64_size(receipt->extra);
	if (receipt->extra.len == 0 || size > ENTRY_SIZE_MAX)
		return error_set(&k->err, PORTROLL_ESYNTAX,
				 "the receipt does not bring the entry that it is of");
	char *bytes = arena_alloc(&k->arena, size);
	if (!bytes)
		return error_memory(&k->err);
	base64_take(bytes, size, receipt->extra);
	*ret = (struct portroll_str){bytes, size};
	return PORTROLL_OK;
}

static void tell(struct keeper *k, const struct checkpoint *checkpoint,
		 const struct receipt *receipt, struct portroll_str entry)
{
	struct buf *out = &k->out.buf;
	if (k->out.quiet)
		return;
	buf_puts(out, "proved: this is entry @");
	buf_put_num(out, receipt->index + 1);
	buf_puts(out, " of the ledger of ");
	buf_put_grouped(out, checkpoint->head.size);
	buf_puts(out, checkpoint->head.size == 1 ? " entry that " : " entries that ");
	out_text(&k->out, checkpoint->origin, false);
	buf_puts(out, " signed\n");
	out_text(&k->out, entry, false);
	buf_putc(out, '\n');
}

static int check(struct keeper *k, struct portroll_str bytes, struct note_keys keys)
{
	struct receipt receipt;
	struct checkpoint checkpoint;
	struct portroll_str entry;
	int r = receipt_parse(&receipt, bytes, &k->err);
	if (r == PORTROLL_OK)
		r = take_entry(&entry, k, &receipt);
	if (r < 0)
		return r;
	struct tree_hash leaf = tree_hash_leaf(entry);
	r = receipt_verify(&checkpoint, &receipt, &leaf, keys, &k->err);
	if (r == PORTROLL_OK)
		tell(k, &checkpoint, &receipt, entry);
	return r < 0 ? r : EXIT_YES;
}

int verify_receipt(struct keeper *k, const char *folder)
{
	const char *path = k->args.values[OPTION_RECEIPT];
	struct note_keys keys;
	struct file_bytes file;
	int r = find_keys(&keys, k, folder);
	if (r == PORTROLL_OK)
		r = file_read(&file, path, RECEIPT_SIZE_MAX, &k->err);
	if (r < 0)
		return r;
	r = check(k, file.bytes, keys);
	if (r < 0)
		k->err_file = path;
	file_release(&file);
	return r;
}

/* SPDX-License-Identifier: MIT */
#include "ledger/receipt.h"

#include "ledger/base64.h"
#include "ledger/lines.h"

#define HEADING "c2sp.org/tlog-proof@v1"
#define EXTRA   "extra "
#define INDEX   "index "

void receipt_put(struct buf *out, const struct receipt *receipt)
{
	buf_puts(out, HEADING "\n");
	if (receipt->extra.len) {
		buf_puts(out, EXTRA);
		buf_put(out, receipt->extra);
		buf_putc(out, '\n');
	}
	buf_puts(out, INDEX);
	buf_put_num(out, receipt->index);
	buf_putc(out, '\n');
	for (size_t i = 0; i < receipt->proof.count; i++) {
		base64_put(out, receipt->proof.hashes[i].bytes, TREE_HASH_SIZE);
		buf_putc(out, '\n');
	}
	buf_putc(out, '\n');
	buf_put(out, receipt->checkpoint);
}

static void take_proof(struct proof *ret, struct lines *l)
{
	for (ret->count = 0; l->failed == 0; ret->count++) {
		struct portroll_str line = lines_next(l, "a hash, or a blank line");
		if (line.len == 0)
			return;
		if (ret->count == PROOF_MAX) {
			(void)lines_expected(l, line, "a blank line after 64 hashes");
			return;
		}
		ret->hashes[ret->count] = lines_hash(l, line);
	}
}

int receipt_parse(struct receipt *ret, struct portroll_str bytes, struct portroll_error *err)
{
	static const char index[] = "'" INDEX "' and a number";
	if (bytes.len > RECEIPT_SIZE_MAX)
		return error_set(err, PORTROLL_ELIMIT,
				 "%zu bytes, expected a receipt of at most %d", bytes.len,
				 RECEIPT_SIZE_MAX);
	struct receipt receipt = {0};
	struct lines l = lines_init(bytes, 0, err);
	struct portroll_str line = lines_next(&l, "'" HEADING "'");
	if (l.failed == 0 && !str_equal(line, STR(HEADING)))
		return lines_expected(&l, line, "'" HEADING "'");
	line = lines_next(&l, index);
	if (str_starts(line, STR(EXTRA))) {
		receipt.extra = str_part(line, sizeof(EXTRA) - 1, line.len);
		if (receipt.extra.len == 0 || base64_size(receipt.extra) == SIZE_MAX)
			return lines_expected(&l, line, "the base64 of something after 'extra '");
		line = lines_next(&l, index);
	}
	if (l.failed == 0 && !str_starts(line, STR(INDEX)))
		return lines_expected(&l, line, index);
	receipt.index = lines_number(&l, str_part(line, sizeof(INDEX) - 1, line.len), index);
	take_proof(&receipt.proof, &l);
	receipt.checkpoint = l.rest;
	if (l.failed == 0)
		*ret = receipt;
	return l.failed;
}

int receipt_verify(struct checkpoint *ret, const struct receipt *receipt,
		   const struct tree_hash *leaf, struct note_keys keys, struct portroll_error *err)
{
	struct checkpoint checkpoint;
	int r = checkpoint_open(&checkpoint, receipt->checkpoint, keys, err);
	if (r < 0)
		return r;
	if (!proof_includes(&receipt->proof, &checkpoint.head, receipt->index, leaf))
		return error_set(err, PORTROLL_ECORRUPT,
				 "the receipt does not prove this entry at index %llu of size %llu",
				 (unsigned long long)receipt->index,
				 (unsigned long long)checkpoint.head.size);
	*ret = checkpoint;
	return PORTROLL_OK;
}

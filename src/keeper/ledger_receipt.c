/* SPDX-License-Identifier: MIT */
#include "keeper/ledger_action.h"

#include "base/num.h"
#include "keeper/ledger_place.h"
#include "ledger/base64.h"
#include "ledger/receipt.h"

int ledger_checkpoint(struct keeper *k)
{
	struct published *p;
	int r = ledger_place_open(&p, k);
	if (r < 0)
		return r;
	buf_put(&k->out.buf, published_note(p));
	published_close(p);
	return EXIT_YES;
}

/* The entry goes into the receipt as what C2SP calls extra: whoever has that one file and the key
 * needs nothing else. */
static int take_entry(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct buf *base64 = context;
	base64_put(base64, entry->body.ptr, entry->body.len);
	return base64->failed ? error_memory(err) : PORTROLL_OK;
}

static int put_receipt(struct keeper *k, struct published *p, uint64_t number)
{
	struct receipt receipt = {.index = number - 1, .checkpoint = published_note(p)};
	struct tree_reader tree = published_reader(p);
	CLEANUP(buf_done) struct buf entry = BUF_INIT(RECEIPT_SIZE_MAX);
	int r = published_each(p, (struct entry_range){number - 1, number}, take_entry, &entry,
			       &k->err);
	if (r == PORTROLL_OK)
		r = proof_of_inclusion(&receipt.proof, tree, number - 1, tree.size, &k->err);
	if (r < 0)
		return r;
	receipt.extra = buf_str(&entry);
	receipt_put(&k->out.buf, &receipt);
	return EXIT_YES;
}

/* A change of several parts has as many receipts. */
static int tell_parts(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct keeper *k = context;
	struct changeset about;
	uint64_t number = entry->index + 1;
	int r = changeset_read_about(&about, entry->body, &k->arena, err);
	if (r < 0 || about.part_count == 1 || k->out.quiet)
		return r;
	out_message(&k->out,
		    "entry @%llu is part %u of %u of a change; those of all parts are "
		    "receipt @%llu to @%llu",
		    (unsigned long long)number, about.part, about.part_count,
		    (unsigned long long)(number - about.part + 1),
		    (unsigned long long)(number - about.part + about.part_count));
	return PORTROLL_OK;
}

int ledger_receipt(struct keeper *k)
{
	struct portroll_str text = str_from(k->args.operands[0]);
	struct published *p;
	uint64_t number = 0;
	int r = ledger_place_open(&p, k);
	if (r < 0)
		return r;
	uint64_t size = published_checkpoint(p)->head.size;
	struct portroll_str digits =
		str_starts(text, STR("@")) ? str_part(text, 1, text.len) : text;
	if (num_parse(&number, digits, size) < 0 || number == 0)
		r = error_set(&k->err, PORTROLL_EINVAL,
			      "'%.*s' is no entry of this ledger, which has @1 to @%llu",
			      PORTROLL_STR_ARG(str_part(text, 0, 40)), (unsigned long long)size);
	if (r == PORTROLL_OK)
		r = published_each(p, (struct entry_range){number - 1, number}, tell_parts, k,
				   &k->err);
	if (r == PORTROLL_OK)
		r = put_receipt(k, p, number);
	published_close(p);
	return r;
}

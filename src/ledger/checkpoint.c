/* SPDX-License-Identifier: MIT */
#include "ledger/checkpoint.h"

#include "ledger/base64.h"
#include "ledger/lines.h"

void checkpoint_put(struct buf *out, const struct checkpoint *checkpoint)
{
	buf_put(out, checkpoint->origin);
	buf_putc(out, '\n');
	buf_put_num(out, checkpoint->head.size);
	buf_putc(out, '\n');
	base64_put(out, checkpoint->head.root.bytes, TREE_HASH_SIZE);
	buf_putc(out, '\n');
}

int checkpoint_parse(struct checkpoint *ret, struct portroll_str text, struct portroll_error *err)
{
	static const char size[] = "the size of the tree";
	struct lines l = lines_init(text, 0, err);
	struct checkpoint c = {.origin = lines_next(&l, "the origin of a ledger")};
	if (l.failed == 0 && !note_name_ok(c.origin))
		return lines_expected(&l, c.origin, "an origin without blanks and '+'");
	c.head.size = lines_number(&l, lines_next(&l, size), size);
	c.head.root = lines_hash(&l, lines_next(&l, "the root of the tree"));
	struct tree_hash empty = tree_hash_empty();
	if (l.failed == 0 && c.head.size == 0 && !tree_hash_equal(&c.head.root, &empty))
		return error_at(err, PORTROLL_ESYNTAX, l.number, 1,
				"a root of something, expected that of the empty tree for size 0");
	if (lines_end(&l) < 0)
		return l.failed;
	*ret = c;
	return PORTROLL_OK;
}

int checkpoint_sign(struct buf *out, const struct checkpoint *checkpoint,
		    const struct note_signer *signers, size_t count, struct portroll_error *err)
{
	bool any = false;
	for (size_t i = 0; i < count; i++)
		any = any || str_equal(signers[i].key.name, checkpoint->origin);
	if (!any)
		return error_set(err, PORTROLL_EINVAL, "no key of the origin '%.*s' to sign with",
				 PORTROLL_STR_ARG(checkpoint->origin));
	CLEANUP(buf_done) struct buf text = BUF_INIT(NOTE_SIZE_MAX);
	checkpoint_put(&text, checkpoint);
	if (text.failed)
		return error_set(err, text.failed, "%s", error_text(text.failed));
	return note_sign(out, buf_str(&text), signers, count, err);
}

int checkpoint_open(struct checkpoint *ret, struct portroll_str bytes, struct note_keys keys,
		    struct portroll_error *err)
{
	struct signed_note note;
	struct checkpoint checkpoint;
	int r = note_parse(&note, bytes, err);
	if (r == PORTROLL_OK)
		r = checkpoint_parse(&checkpoint, note.text, err);
	if (r == PORTROLL_OK)
		r = note_verify(&note, keys, err);
	if (r < 0)
		return r;
	for (size_t i = 0; i < keys.count; i++) {
		if (!str_equal(keys.items[i].name, checkpoint.origin) ||
		    !note_claims(&note, &keys.items[i]))
			continue;
		*ret = checkpoint;
		return PORTROLL_OK;
	}
	return error_set(err, PORTROLL_ECORRUPT, "not signed by a key of its origin '%.*s'",
			 PORTROLL_STR_ARG(checkpoint.origin));
}

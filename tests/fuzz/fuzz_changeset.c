/* SPDX-License-Identifier: MIT */
#include "ledger/changeset.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/canonical.h"

/* What is read as an entry whole is read alike where the operations are passed over; and what the
 * operations bring is written again the same, byte for byte. What is refused says why. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_refusal(int r, const struct portroll_error *err)
{
	must(r == PORTROLL_ESYNTAX || r == PORTROLL_ELIMIT || r == PORTROLL_EVERSION);
	must(err->code == r && err->text[0]);
}

static void check_same(const struct changeset *a, const struct changeset *b)
{
	must(str_equal(a->author, b->author) && str_equal(a->kind, b->kind));
	must(str_equal(a->reason, b->reason) && str_equal(a->source, b->source));
	must(str_equal(a->mirrored_by, b->mirrored_by) && str_equal(a->vkey, b->vkey));
	must(a->time == b->time && date_equal(a->effective, b->effective));
	must(a->base.size == b->base.size && tree_hash_equal(&a->base.root, &b->base.root));
	must(a->part == b->part && a->part_count == b->part_count && a->reverts == b->reverts);
	must(a->has_dossier == b->has_dossier && tree_hash_equal(&a->dossier, &b->dossier));
	must(a->has_kind == b->has_kind && a->source_kind == b->source_kind);
	must(a->has_coverage == b->has_coverage && a->coverage == b->coverage);
	must(a->has_copies == b->has_copies && a->copy_count == b->copy_count);
	must(a->has_sources == b->has_sources && a->source_count == b->source_count);
	must(a->has_state == b->has_state && tree_hash_equal(&a->state, &b->state));
}

static void check_content(const struct operation *op, struct portroll_str entry)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(ENTRY_SIZE_MAX);
	struct canonical c = canonical_init(&out);
	if (op->op != CHANGE_ADD && op->op != CHANGE_REPLACE)
		return;
	if (op->subject == SUBJECT_RECORD)
		line_put_record(&c, op->record);
	else if (op->subject == SUBJECT_HEADER)
		line_put_header(&c, op->header);
	else if (op->subject == SUBJECT_FOOTNOTE)
		line_put_footnote(&c, op->footnote);
	else
		line_put_person(&c, op->id, &op->commitment);
	must(!out.failed && str_find(entry, buf_str(&out)) != SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct portroll_str entry = {(const char *)bytes, size};
	struct arena a = ARENA_INIT;
	struct changeset all, about;
	struct operation_list operations;
	struct portroll_error err = {0}, again = {0};
	int r = changeset_read(&all, &operations, entry, &a, &err);
	int passed = changeset_read_about(&about, entry, &a, &again);
	if (passed < 0)
		check_refusal(passed, &again);
	if (r < 0)
		check_refusal(r, &err);
	must(r < 0 || passed == PORTROLL_OK);
	if (r == PORTROLL_OK)
		check_same(&all, &about);
	for (size_t i = 0; r == PORTROLL_OK && i < operations.count; i++)
		check_content(&operations.items[i], entry);
	arena_done(&a);
	return 0;
}

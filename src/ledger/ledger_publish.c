/* SPDX-License-Identifier: MIT */
#include "ledger/publication.h"
#include "ledger/witness.h"

static int put_files(struct ledger *l, const struct edition *edition, struct portroll_error *err)
{
	struct file_batch batch = {.temporary = l->paths.temporary,
				   .top = l->paths.folder,
				   .is_thorough = edition->is_recovery};
	int r = file_batch_folder(&batch, l->paths.published, err);
	if (r == PORTROLL_OK)
		r = publication_tiles(l, &batch, &edition->tree, err);
	if (r == PORTROLL_OK && l->has_new_people)
		r = publication_people(l, &batch, err);
	if (r == PORTROLL_OK)
		r = publication_keys(l, &batch, err);
	if (r == PORTROLL_OK)
		r = file_batch_commit(&batch, err);
	file_batch_done(&batch);
	return r;
}

/* Of a note that others signed the witness of a key is kept if that key did. */
static bool is_by(const struct edition *edition, const struct note_key *key)
{
	struct checkpoint checkpoint;
	return !edition->note.len ||
	       checkpoint_open(&checkpoint, edition->note, (struct note_keys){key, 1}, NULL) == 0;
}

static int keep_witness(struct ledger *l, const struct edition *edition, struct portroll_str note,
			struct portroll_error *err)
{
	struct arena a = ARENA_INIT;
	struct file_batch folder = {0};
	struct checkpoint checkpoint = {.origin = l->origin, .head = tree_head(&edition->tree)};
	int r = file_batch_folder(&folder, l->witness, err);
	if (r == PORTROLL_OK)
		r = file_batch_commit(&folder, err);
	file_batch_done(&folder);
	for (size_t i = 0; i < l->keys.count && r == PORTROLL_OK; i++) {
		const struct note_key *key = &l->keys.items[i];
		if (!is_by(edition, key))
			continue;
		const char *path = witness_path(l->witness, key, &a);
		r = path ? witness_keep(path, key, &checkpoint, note, err) : error_memory(err);
	}
	arena_done(&a);
	return r;
}

static int sign(struct buf *out, struct ledger *l, const struct edition *edition,
		struct portroll_error *err)
{
	struct checkpoint checkpoint = {.origin = l->origin, .head = tree_head(&edition->tree)};
	int r = PORTROLL_OK;
	if (edition->note.len)
		buf_put(out, edition->note);
	else
		r = checkpoint_sign(out, &checkpoint, l->signers.items, l->signers.count, err);
	if (r == PORTROLL_OK && out->failed)
		r = error_set(err, out->failed, "%s", error_text(out->failed));
	return r;
}

int ledger_publish(struct ledger *l, const struct edition *edition, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf note = BUF_INIT(NOTE_SIZE_MAX);
	int r = put_files(l, edition, err);
	if (r == PORTROLL_OK)
		r = sign(&note, l, edition, err);
	if (r == PORTROLL_OK)
		r = keep_witness(l, edition, buf_str(&note), err);
	if (r == PORTROLL_OK)
		r = file_replace(l->paths.checkpoint, buf_str(&note), 0644, err);
	if (r < 0)
		return r;
	uint64_t from = l->published.size;
	l->published = edition->tree;
	l->has_new_people = false;
	r = l->ops->keep_note(l->store, edition->tree.size, buf_str(&note), err);
	return r == PORTROLL_OK ? publication_prune(l, from, edition->tree.size, err) : r;
}

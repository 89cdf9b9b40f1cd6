/* SPDX-License-Identifier: MIT */
#include "ledger/publication.h"

/* What is published next, on its way to the disk. */
struct publishing {
	struct ledger *l;
	const struct edition *edition;
	struct checkpoint checkpoint;
	struct buf note; /* the same, signed */
	struct file_batch files;
	bool is_witness[KEYS_MAX]; /* of each key: it gets the note */
};

static int put_files(struct publishing *p, struct portroll_error *err)
{
	struct ledger *l = p->l;
	int r = file_batch_folder(&p->files, l->paths.published, err);
	if (r == PORTROLL_OK)
		r = publication_tiles(l, &p->files, p->edition, err);
	if (r == PORTROLL_OK && l->has_new_people)
		r = publication_people(l, &p->files, err);
	return r == PORTROLL_OK ? publication_keys(l, &p->files, err) : r;
}

static int sign(struct publishing *p, struct portroll_error *err)
{
	const struct signers *signers = &p->l->signers;
	int r = PORTROLL_OK;
	if (p->edition->note.len)
		buf_put(&p->note, p->edition->note);
	else
		r = checkpoint_sign(&p->note, &p->checkpoint, signers->items, signers->count, err);
	if (r == PORTROLL_OK && p->note.failed)
		r = error_set(err, p->note.failed, "%s", error_text(p->note.failed));
	return r;
}

/* Who shares the store may have the witness' folder in common, too. */
static int look_at_witnesses(struct ledger *l, struct portroll_error *err)
{
	struct file_batch folder = {0};
	int r = file_batch_folder(&folder, l->witness, err);
	if (r == PORTROLL_OK)
		r = file_batch_commit(&folder, err);
	file_batch_done(&folder);
	if (r == PORTROLL_OK && (l->is_shared || !l->has_witnesses))
		r = ledger_read_witnesses(l, err);
	return r;
}

/* Of a note that others signed the witness of a key is kept if that key did. */
static bool is_by(const struct edition *edition, const struct note_key *key)
{
	struct checkpoint checkpoint;
	return !edition->note.len ||
	       checkpoint_open(&checkpoint, edition->note, (struct note_keys){key, 1}, NULL) == 0;
}

static int write_witnesses(struct publishing *p, struct portroll_error *err)
{
	struct ledger *l = p->l;
	int r = PORTROLL_OK;
	for (size_t i = 0; i < l->keys.count && r == PORTROLL_OK; i++) {
		struct witness *w = &l->witnesses[i];
		if (is_by(p->edition, &l->keys.items[i]))
			r = witness_allows(&p->is_witness[i], w, &p->checkpoint.head, err);
		if (r == PORTROLL_OK && p->is_witness[i])
			r = witness_write(w, &p->files, buf_str(&p->note), err);
	}
	return r;
}

/* All bytes are on the disk before any name is; then the tiles and the witness stand before the
 * checkpoint has its name. What is signed is seen by nobody before that. */
static int put_in_place(struct publishing *p, struct portroll_error *err)
{
	struct ledger *l = p->l;
	int r = file_batch_stand(&p->files, err);
	for (size_t i = 0; i < l->keys.count && r == PORTROLL_OK; i++)
		if (p->is_witness[i])
			witness_stands(&l->witnesses[i], &p->checkpoint);
	return r == PORTROLL_OK ? file_batch_commit(&p->files, err) : r;
}

static int publish(struct publishing *p, struct portroll_error *err)
{
	int r = look_at_witnesses(p->l, err);
	if (r == PORTROLL_OK)
		r = put_files(p, err);
	if (r == PORTROLL_OK)
		r = sign(p, err);
	if (r == PORTROLL_OK)
		r = file_batch_put_last(&p->files, p->l->paths.checkpoint, buf_str(&p->note), 0644,
					err);
	if (r == PORTROLL_OK)
		r = write_witnesses(p, err);
	return r == PORTROLL_OK ? put_in_place(p, err) : r;
}

/* A store in the folder needs no note: the checkpoint lies beside it. */
static int finish(struct publishing *p, struct portroll_error *err)
{
	struct ledger *l = p->l;
	uint64_t from = l->published.size, to = p->edition->tree.size;
	l->published = p->edition->tree;
	l->has_new_people = false;
	int r = l->is_shared ? l->ops->keep_note(l->store, to, buf_str(&p->note), err)
			     : PORTROLL_OK;
	return r == PORTROLL_OK ? publication_prune(l, from, to, err) : r;
}

int ledger_publish(struct ledger *l, const struct edition *edition, struct portroll_error *err)
{
	const struct ledger_paths *paths = &l->paths;
	struct publishing p = {.l = l,
			       .edition = edition,
			       .checkpoint = {l->origin, tree_head(&edition->tree)},
			       .note = BUF_INIT(NOTE_SIZE_MAX),
			       .files = {.temporary = paths->temporary,
					 .top = paths->folder,
					 .is_thorough = edition->is_recovery}};
	int r = publish(&p, err);
	if (r == PORTROLL_OK)
		r = finish(&p, err);
	file_batch_done(&p.files);
	buf_done(&p.note);
	return r;
}

/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include "ledger/ledger_keys.h"
#include "ledger/publication.h"

#define WAY_ON "or begin a new origin with portroll ledger fork --i-know --reason TEXT"

/* Temporary files that writers left which were killed; the lock is ours, so that none of this
 * folder lives. */
static void sweep(const struct ledger *l)
{
	static const char *const own[] = {"key", "key.next", "store"};
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		file_remove_stale(l->paths.folder, own[i]);
	file_remove_stale(l->paths.published, "new");
}

int ledger_check_continues(struct ledger *l, const struct tree_head *head,
			   struct portroll_error *err)
{
	struct tree tree;
	if (head->size > l->tree.size)
		return error_set(err, PORTROLL_ECORRUPT,
				 "the ledger was rolled back: it has %llu entries where %llu were "
				 "signed; put the missing part back, " WAY_ON,
				 (unsigned long long)l->tree.size, (unsigned long long)head->size);
	int r = ledger_tree_at(&tree, l, head->size, err);
	if (r < 0)
		return r;
	struct tree_head own = tree_head(&tree);
	if (!tree_hash_equal(&own.root, &head->root))
		return error_set(err, PORTROLL_ECORRUPT,
				 "the ledger was rewritten: its first %llu entries are not those "
				 "that were signed; put those back, " WAY_ON,
				 (unsigned long long)head->size);
	return PORTROLL_OK;
}

static int check_witnesses(struct ledger *l, struct portroll_error *err)
{
	int r = ledger_read_witnesses(l, err);
	for (size_t i = 0; i < l->keys.count && r == PORTROLL_OK; i++)
		if (l->witnesses[i].checkpoint.origin.len)
			r = ledger_check_continues(l, &l->witnesses[i].checkpoint.head, err);
	return r;
}

/* What the checkpoint in the folder says, which must be ours; the ledger continues it. */
static int check_published(struct portroll_str *ret_note, struct ledger *l,
			   struct portroll_error *err)
{
	struct file_bytes file;
	struct portroll_error own = {0};
	struct checkpoint checkpoint;
	int r = file_load(&file, l->paths.checkpoint, NOTE_SIZE_MAX, err);
	if (r < 0)
		return r;
	r = checkpoint_open(&checkpoint, file.bytes, l->keys, &own);
	*ret_note = arena_str(&l->arena, file.bytes);
	file_release(&file);
	if (l->arena.failed)
		return error_memory(err);
	if (r < 0)
		return error_set(err, PORTROLL_ECORRUPT,
				 "%s: %s. If the ledger is right, remove the file: it is signed "
				 "again",
				 l->paths.checkpoint, own.text);
	r = ledger_check_continues(l, &checkpoint.head, err);
	return r == PORTROLL_OK ? ledger_tree_at(&l->published, l, checkpoint.head.size, err) : r;
}

/* The last checkpoint that is known to be signed, of a ledger that is only read. */
struct last_note {
	struct ledger *l;
	struct portroll_str note;
	struct tree_head head;
};

static int take_note(void *context, const struct stored_entry *note, struct portroll_error *err)
{
	struct last_note *last = context;
	struct checkpoint checkpoint;
	if (checkpoint_open(&checkpoint, note->body, last->l->keys, NULL) < 0 ||
	    (last->note.len && checkpoint.head.size <= last->head.size))
		return PORTROLL_OK;
	last->head = checkpoint.head;
	last->note = arena_str(&last->l->arena, note->body);
	return last->l->arena.failed ? error_memory(err) : PORTROLL_OK;
}

static int last_edition(struct edition *edition, struct ledger *l, struct portroll_error *err)
{
	struct last_note last = {.l = l, .note = edition->note, .head = tree_head(&l->published)};
	int r = l->ops->notes(l->store, l->tree.size, take_note, &last, err);
	if (r == PORTROLL_OK && last.note.len == 0)
		r = error_set(err, PORTROLL_ECORRUPT,
			      "the store has no checkpoint that a key of the ledger signed");
	if (r == PORTROLL_OK)
		r = ledger_check_continues(l, &last.head, err);
	if (r == PORTROLL_OK)
		r = ledger_tree_at(&edition->tree, l, last.head.size, err);
	edition->note = last.note;
	return r;
}

/* What the store knows to be signed of the ledger as it is. */
struct signed_notes {
	struct note_keys keys;
	struct tree_head head;
};

static int compare_note(void *context, const struct stored_entry *note, struct portroll_error *err)
{
	const struct signed_notes *signed_notes = context;
	const struct tree_head *head = &signed_notes->head;
	struct checkpoint checkpoint;
	if (checkpoint_open(&checkpoint, note->body, signed_notes->keys, NULL) < 0 ||
	    checkpoint.head.size != head->size ||
	    tree_hash_equal(&checkpoint.head.root, &head->root))
		return PORTROLL_OK;
	return error_set(err, PORTROLL_ECORRUPT,
			 "another ledger of %llu entries was signed with this key: the store has "
			 "the note, which proves it",
			 (unsigned long long)head->size);
}

/* Two that contradict each other are both kept, and nothing more is signed with that key. */
static int check_notes(struct ledger *l, struct portroll_error *err)
{
	struct signed_notes signed_notes = {l->keys, tree_head(&l->tree)};
	return l->ops->notes(l->store, l->tree.size, compare_note, &signed_notes, err);
}

/* Is everything there, of the ledger as it is? */
static int is_up_to_date(bool *ret, struct ledger *l, const struct edition *edition,
			 struct portroll_error *err)
{
	bool is_whole;
	int r = publication_is_whole(&is_whole, l, l->published.size, err);
	if (r < 0)
		return r;
	if (!is_whole)
		l->published = (struct tree){0};
	*ret = is_whole && l->published.size == edition->tree.size &&
	       file_exists(l->paths.checkpoint) && file_exists(l->paths.people) &&
	       file_exists(l->paths.keys) && !l->is_shared;
	return PORTROLL_OK;
}

/* What a crash left half done is finished, and what is missing is made again from the store. */
static int bring_up_to_date(struct ledger *l, struct portroll_str note, struct portroll_error *err)
{
	struct edition edition = {.tree = l->tree, .is_recovery = true};
	bool is_done = false;
	if (l->signers.count == 0)
		edition.note = note;
	int r = l->signers.count ? ledger_keep_keys(l, err) : last_edition(&edition, l, err);
	if (r == PORTROLL_OK)
		r = is_up_to_date(&is_done, l, &edition, err);
	if (r < 0 || is_done)
		return r;
	l->has_new_people = true;
	r = l->signers.count ? l->ops->settle(l->store, err) : PORTROLL_OK;
	return r == PORTROLL_OK ? ledger_publish(l, &edition, err) : r;
}

int ledger_take_up(struct ledger *l, struct portroll_error *err)
{
	int r = next_key_finish(l, err);
	if (r == PORTROLL_OK)
		r = ledger_load_keys(l, err);
	if (r == PORTROLL_OK)
		r = check_witnesses(l, err);
	return r == PORTROLL_OK ? check_notes(l, err) : r;
}

static int open_all(struct ledger *l, struct portroll_error *err)
{
	struct portroll_str note = STR("");
	sweep(l);
	int r = ledger_open_store(l, false, err);
	if (r == PORTROLL_OK)
		r = ledger_take_up(l, err);
	if (r == PORTROLL_OK && file_exists(l->paths.checkpoint))
		r = check_published(&note, l, err);
	return r == PORTROLL_OK ? bring_up_to_date(l, note, err) : r;
}

int ledger_open(struct ledger **ret, const struct ledger_options *options,
		struct portroll_error *err)
{
	struct ledger *l = ledger_new(options);
	if (!l)
		return error_memory(err);
	int r = open_all(l, err);
	if (r == PORTROLL_OK)
		*ret = l;
	else
		ledger_close(l);
	return r;
}

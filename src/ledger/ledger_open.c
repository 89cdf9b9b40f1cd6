/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include "ledger/ledger_keys.h"
#include "ledger/publication.h"
#include "ledger/witness.h"

#define WAY_ON "put the missing part back, or begin a new origin with portroll ledger fork --i-know"

/* Temporary files that writers left which were killed; the lock is ours, so that none of this
 * folder lives. */
static void sweep(const struct ledger *l)
{
	static const char *const own[] = {"key", "key.next", "store"};
	static const char *const published[] = {"new", "checkpoint"};
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		file_remove_stale(l->paths.folder, own[i]);
	for (size_t i = 0; i < ARRAY_LEN(published); i++)
		file_remove_stale(l->paths.published, published[i]);
}

int ledger_check_continues(struct ledger *l, const struct tree_head *head,
			   struct portroll_error *err)
{
	struct tree tree;
	if (head->size > l->tree.size)
		return error_set(err, PORTROLL_ECORRUPT,
				 "the ledger was rolled back: it has %llu entries where %llu were "
				 "signed; " WAY_ON,
				 (unsigned long long)l->tree.size, (unsigned long long)head->size);
	int r = ledger_tree_at(&tree, l, head->size, err);
	if (r < 0)
		return r;
	struct tree_head own = tree_head(&tree);
	if (!tree_hash_equal(&own.root, &head->root))
		return error_set(err, PORTROLL_ECORRUPT,
				 "the ledger was rewritten: its first %llu entries are not those "
				 "that were signed; " WAY_ON,
				 (unsigned long long)head->size);
	return PORTROLL_OK;
}

static int check_witnesses(struct ledger *l, struct portroll_error *err)
{
	struct arena a = ARENA_INIT;
	int r = PORTROLL_OK;
	for (size_t i = 0; i < l->keys.count && r == PORTROLL_OK; i++) {
		struct checkpoint checkpoint;
		const char *path = witness_path(l->witness, &l->keys.items[i], &a);
		if (!path) {
			r = error_memory(err);
			break;
		}
		file_remove_stale_beside(path);
		r = witness_read(&checkpoint, path, &l->keys.items[i], &a, err);
		if (r == PORTROLL_OK && checkpoint.origin.len)
			r = ledger_check_continues(l, &checkpoint.head, err);
	}
	arena_done(&a);
	return r;
}

/* What the checkpoint in the folder says, which must be ours; the ledger continues it. */
static int check_published(struct ledger *l, struct portroll_error *err)
{
	struct file_bytes file;
	struct portroll_error own = {0};
	struct checkpoint checkpoint;
	int r = file_load(&file, l->paths.checkpoint, NOTE_SIZE_MAX, err);
	if (r < 0)
		return r;
	r = checkpoint_open(&checkpoint, file.bytes, l->keys, &own);
	file_release(&file);
	if (r < 0)
		return error_set(err, PORTROLL_ECORRUPT,
				 "%s: %s. If the ledger is right, remove the file: it is signed "
				 "again",
				 l->paths.checkpoint, own.text);
	r = ledger_check_continues(l, &checkpoint.head, err);
	return r == PORTROLL_OK ? ledger_tree_at(&l->published, l, checkpoint.head.size, err) : r;
}

/* The last note that the store has, for a ledger that is only read. */
struct last_note {
	struct ledger *l;
	struct portroll_str note;
	struct tree_head head;
};

static int take_note(void *context, const struct stored_entry *note, struct portroll_error *err)
{
	struct last_note *last = context;
	struct checkpoint checkpoint;
	if (checkpoint_open(&checkpoint, note->body, last->l->keys, NULL) < 0)
		return PORTROLL_OK;
	last->head = checkpoint.head;
	last->note = arena_str(&last->l->arena, note->body);
	return last->l->arena.failed ? error_memory(err) : PORTROLL_OK;
}

static int last_edition(struct edition *ret, struct ledger *l, struct portroll_error *err)
{
	struct last_note last = {.l = l};
	int r = l->ops->notes(l->store, l->tree.size, take_note, &last, err);
	if (r == PORTROLL_OK && last.note.len == 0)
		r = error_set(err, PORTROLL_ECORRUPT,
			      "the store has no checkpoint that a key of the ledger signed");
	if (r == PORTROLL_OK)
		r = ledger_check_continues(l, &last.head, err);
	if (r == PORTROLL_OK)
		r = ledger_tree_at(&ret->tree, l, last.head.size, err);
	ret->note = last.note;
	return r;
}

struct note_search {
	uint64_t size;
	bool is_found;
};

static int find_note(void *context, const struct stored_entry *note, struct portroll_error *err)
{
	(void)err;
	struct note_search *search = context;
	search->is_found = search->is_found || note->index == search->size;
	return PORTROLL_OK;
}

/* Is everything there, of the ledger as it is? */
static int is_up_to_date(bool *ret, struct ledger *l, const struct edition *edition,
			 struct portroll_error *err)
{
	struct note_search search = {.size = edition->tree.size};
	bool is_whole;
	int r = publication_is_whole(&is_whole, l, l->published.size, err);
	if (r == PORTROLL_OK)
		r = l->ops->notes(l->store, search.size, find_note, &search, err);
	if (r < 0)
		return r;
	if (!is_whole)
		l->published = (struct tree){0};
	*ret = is_whole && search.is_found && l->published.size == edition->tree.size &&
	       file_exists(l->paths.checkpoint) && file_exists(l->paths.people) &&
	       file_exists(l->paths.keys) && !l->is_shared;
	return PORTROLL_OK;
}

/* What a crash left half done is finished, and what is missing is made again from the store. */
static int bring_up_to_date(struct ledger *l, struct portroll_error *err)
{
	struct edition edition = {.tree = l->tree, .is_recovery = true};
	bool is_done = false;
	int r = l->signers.count ? ledger_keep_keys(l, err) : last_edition(&edition, l, err);
	if (r == PORTROLL_OK)
		r = is_up_to_date(&is_done, l, &edition, err);
	if (r < 0 || is_done)
		return r;
	l->has_new_people = true;
	r = l->signers.count ? l->ops->settle(l->store, err) : PORTROLL_OK;
	return r == PORTROLL_OK ? ledger_publish(l, &edition, err) : r;
}

static int open_all(struct ledger *l, struct portroll_error *err)
{
	sweep(l);
	int r = ledger_open_store(l, false, err);
	if (r == PORTROLL_OK)
		r = next_key_finish(l, err);
	if (r == PORTROLL_OK)
		r = ledger_load_keys(l, err);
	if (r == PORTROLL_OK)
		r = check_witnesses(l, err);
	if (r == PORTROLL_OK && file_exists(l->paths.checkpoint))
		r = check_published(l, err);
	return r == PORTROLL_OK ? bring_up_to_date(l, err) : r;
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

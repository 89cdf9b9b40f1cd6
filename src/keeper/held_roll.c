/* SPDX-License-Identifier: MIT */
#include "keeper/held_roll.h"

#include <string.h>

#include "base/path.h"
#include "keeper/services_file.h"

#define PUBLISHED_PEOPLE "ledger/people"

static int take_lock(struct held_roll *h)
{
	struct keeper *k = h->keeper;
	if (keeper_has(k, OPTION_WAIT))
		return file_lock_wait(&h->lock, h->folder, &k->err);
	uint64_t holder = 0;
	struct portroll_error reason = {0};
	int r = file_lock(&h->lock, h->folder, &holder, &reason);
	if (r == PORTROLL_ECONFLICT && holder)
		return error_set(&k->err, r,
				 "%s: process %llu is changing this roll; --wait waits for it",
				 h->folder, (unsigned long long)holder);
	if (r == PORTROLL_ECONFLICT)
		return error_set(&k->err, r,
				 "%s: another process is changing this roll; --wait waits for it",
				 h->folder);
	if (r < 0)
		k->err = reason;
	return r;
}

int held_roll_open(struct held_roll *ret, struct keeper *k)
{
	ret->keeper = k;
	int r = roll_folder_to_write(&ret->folder, &k->environment, &k->arena, &k->err);
	if (r < 0)
		return r;
	ret->path = path_join(ret->folder, ROLL_SNAPSHOT_NAME, &k->arena);
	ret->services = path_join(ret->folder, SERVICES_FILE_NAME, &k->arena);
	if (!ret->path || !ret->services)
		return error_memory(&k->err);
	r = keeper_ledger_options(&ret->options, k, ret->folder);
	if (r == PORTROLL_OK)
		r = file_make_folder(ret->folder, &k->err);
	if (r == PORTROLL_OK)
		r = take_lock(ret);
	if (r < 0)
		return r;
	file_remove_stale(ret->folder, ROLL_SNAPSHOT_NAME);
	file_remove_stale(ret->folder, SERVICES_FILE_NAME);
	if (!ledger_exists(ret->folder))
		return PORTROLL_OK;
	/* They are missing while somebody is erased; the snapshot may have who is. */
	char *people = path_join(ret->folder, PUBLISHED_PEOPLE, &k->arena);
	if (!people)
		return error_memory(&k->err);
	ret->must_fold = !file_exists(people);
	return ledger_open(&ret->ledger, &ret->options, &k->err);
}

static struct tree_head head_of(const struct held_roll *h)
{
	return h->ledger ? tree_head(ledger_tree(h->ledger)) : (struct tree_head){0};
}

/* Reads the snapshot as it is. PORTROLL_ECORRUPT, PORTROLL_EVERSION, PORTROLL_ESYSTEM. */
static int read_snapshot(struct held_roll *h, struct portroll_error *err)
{
	struct roll *roll;
	int r = portroll_open(&h->snapshot, h->path, err);
	if (r == PORTROLL_OK)
		r = snapshot_read_roll(&roll, h->snapshot, h->memory, err);
	if (r == PORTROLL_OK)
		h->before = *roll;
	return r;
}

static bool is_of_ledger(const struct held_roll *h)
{
	struct tree_head head = head_of(h);
	return h->before.ledger_size == head.size &&
	       memcmp(h->before.ledger_root, head.root.bytes, SHA256_SIZE) == 0;
}

struct last_change {
	struct arena *arena;
	struct changeset about;
};

static int read_last(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct last_change *last = context;
	return changeset_read_about(&last->about, entry->body, last->arena, err);
}

/* Is the source that is to be changed in the state that its last change left it in? */
static int check_subject(struct held_roll *h, struct portroll_error *err)
{
	struct store *store;
	const struct store_ops *ops = ledger_store(&store, h->ledger);
	struct last_change last = {.arena = &h->work};
	uint64_t index = 0;
	int r = ops->last(&index, store, h->subject, err);
	if (r == PORTROLL_OK && index != UINT64_MAX)
		r = ops->each(store, (struct entry_range){index, index + 1}, read_last, &last, err);
	if (r < 0)
		return r;
	size_t at = roll_find(&h->before, h->subject);
	if (at == SIZE_MAX)
		return last.about.has_state ? PORTROLL_ECORRUPT : PORTROLL_OK;
	struct tree_hash *people;
	const struct source *source = &h->before.sources[at];
	r = contents_commitments(&people, &h->contents, source, &h->work);
	if (r == PORTROLL_OK)
		r = source_state_of(&h->state, source->registry, people, &h->work, err);
	if (r == PORTROLL_OK &&
	    (!last.about.has_state || !tree_hash_equal(&last.about.state, &h->state.root)))
		r = PORTROLL_ECORRUPT;
	return r;
}

static int add_entry(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	return fold_add(context, entry->body, err);
}

static int fold_ledger(struct held_roll *h)
{
	struct portroll_error *err = &h->keeper->err;
	struct store *store;
	const struct store_ops *ops = ledger_store(&store, h->ledger);
	int r = contents_init(&h->contents, &h->work);
	if (r < 0)
		return error_memory(err);
	r = contents_read(&h->contents, ops, store, true, err);
	if (r < 0)
		return r;
	h->folding = fold_new(&(struct fold_options){.people = contents_finder(&h->contents)});
	if (!h->folding)
		return error_memory(err);
	r = ledger_each(h->ledger, 0, add_entry, h->folding, err);
	if (r < 0)
		return r;
	struct tree_head head = head_of(h);
	h->before = *fold_roll(h->folding);
	h->before.arena = h->memory;
	h->before.ledger_size = head.size;
	memcpy(h->before.ledger_root, head.root.bytes, SHA256_SIZE);
	h->is_stale = true;
	return PORTROLL_OK;
}

static bool is_only_damage(int code)
{
	return code == PORTROLL_ECORRUPT || code == PORTROLL_EVERSION;
}

static int read_with_ledger(struct held_roll *h)
{
	struct portroll_error reason = {0};
	struct store *store;
	const struct store_ops *ops = ledger_store(&store, h->ledger);
	int r = contents_init(&h->contents, &h->work);
	if (r < 0)
		return error_memory(&h->keeper->err);
	if (file_exists(h->path) && !h->must_fold) {
		r = read_snapshot(h, &reason);
		if (r == PORTROLL_OK && !is_of_ledger(h))
			r = PORTROLL_ECORRUPT;
		if (r == PORTROLL_OK)
			r = contents_read(&h->contents, ops, store, false, &h->keeper->err);
		if (r == PORTROLL_OK && h->subject.ptr)
			r = check_subject(h, &reason);
		if (r == PORTROLL_OK)
			return r;
		if (!is_only_damage(r)) {
			h->keeper->err = reason;
			return r;
		}
	}
	held_roll_drop(h);
	return fold_ledger(h);
}

/* What a ledger has is given away; the folders of this machine are not. */
static int hide_folders(struct roll *roll)
{
	for (size_t i = 0; i < roll->source_count; i++) {
		struct source *source = &roll->sources[i];
		struct copy *copies = arena_array(roll->arena, source->copy_count, sizeof(*copies));
		if (!copies)
			return PORTROLL_ENOMEM;
		for (size_t k = 0; k < source->copy_count; k++) {
			copies[k] = source->copies[k];
			copies[k].origin = copy_origin_shown(&copies[k]);
		}
		source->copies = copies;
	}
	return PORTROLL_OK;
}

/* A snapshot that was made when no ledger was kept. */
static int read_without_ledger(struct held_roll *h)
{
	if (contents_init(&h->contents, &h->work) < 0)
		return error_memory(&h->keeper->err);
	if (!file_exists(h->path))
		return PORTROLL_OK;
	struct portroll_error *err = &h->keeper->err;
	int r = read_snapshot(h, err);
	if (r < 0)
		return r;
	h->is_without = true;
	if (hide_folders(&h->before) < 0)
		return error_memory(err);
	if (h->before.ledger_size == 0 || keeper_has(h->keeper, OPTION_FORCE))
		return PORTROLL_OK;
	return error_set(err, PORTROLL_ECONFLICT,
			 "%s: the ledger of this roll is missing, the snapshot tells of %llu "
			 "entries; put it back, or begin another with import --force",
			 h->folder, (unsigned long long)h->before.ledger_size);
}

/* For the caller to change. */
static int copy_roll(struct roll **ret, struct held_roll *h)
{
	struct roll *roll = roll_new(h->memory);
	if (!roll)
		return error_memory(&h->keeper->err);
	*roll = h->before;
	*ret = roll;
	return PORTROLL_OK;
}

int held_roll_read(struct roll **ret, struct held_roll *h, struct portroll_str subject,
		   struct arena *a)
{
	h->memory = a;
	h->before = (struct roll){.arena = a};
	h->subject = subject;
	int r = head_of(h).size ? read_with_ledger(h) : read_without_ledger(h);
	return r < 0 ? r : copy_roll(ret, h);
}

int held_roll_begin(struct roll **ret, struct held_roll *h, struct arena *a)
{
	h->memory = a;
	h->before = (struct roll){.arena = a};
	if (contents_init(&h->contents, &h->work) < 0)
		return error_memory(&h->keeper->err);
	return copy_roll(ret, h);
}

void held_roll_drop(struct held_roll *h)
{
	fold_free(h->folding);
	portroll_close(h->snapshot);
	arena_done(&h->work);
	h->folding = NULL;
	h->snapshot = NULL;
	h->before = (struct roll){.arena = h->memory};
	h->state = (struct source_state){0};
	h->is_without = h->is_stale = false;
}

void held_roll_close(struct held_roll *h)
{
	held_roll_drop(h);
	ledger_close(h->ledger);
	file_close(&h->lock);
	*h = HELD_ROLL_INIT;
}

/* SPDX-License-Identifier: MIT */
#include "ledger/ledger_keys.h"

struct key_search {
	struct ledger *l;
	struct note_keys keys;
};

/* What else is kept for that size are signed notes; they are no lists of keys. */
static int take_keys(void *context, const struct stored_entry *note, struct portroll_error *err)
{
	struct key_search *search = context;
	struct note_keys keys;
	if (note->index > 0)
		return PORTROLL_OK;
	int r = key_list_read(&keys, note->body, &search->l->arena, NULL);
	if (r == PORTROLL_OK)
		search->keys = keys;
	return r == PORTROLL_ENOMEM ? error_memory(err) : PORTROLL_OK;
}

int ledger_kept_keys(struct note_keys *ret, struct ledger *l, struct portroll_error *err)
{
	struct key_search search = {.l = l};
	int r = l->ops->notes(l->store, 0, take_keys, &search, err);
	if (r == PORTROLL_OK)
		*ret = search.keys;
	return r;
}

static bool keys_equal(struct note_keys a, struct note_keys b)
{
	bool equal = a.count == b.count;
	for (size_t i = 0; equal && i < a.count; i++)
		equal = a.items[i].id == b.items[i].id &&
			str_equal(a.items[i].name, b.items[i].name);
	return equal;
}

int ledger_keep_keys(struct ledger *l, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf lines = BUF_INIT(NOTE_SIZE_MAX);
	struct note_keys kept = {0};
	int r = ledger_kept_keys(&kept, l, err);
	if (r < 0 || keys_equal(kept, l->keys))
		return r;
	key_list_put(&lines, l->keys);
	if (lines.failed)
		return error_set(err, lines.failed, "%s", error_text(lines.failed));
	return l->ops->keep_note(l->store, 0, buf_str(&lines), err);
}

struct portroll_str key_text(const struct note_key *key, struct arena *a)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(NOTE_SIZE_MAX);
	note_key_put(&text, key);
	return text.failed ? STR("") : arena_str(a, buf_str(&text));
}

/* The last change that names a key. */
struct key_change {
	struct arena *arena;
	struct portroll_str vkey;
	uint64_t number;
	bool is_fork;
};

static int take_change(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct key_change *change = context;
	struct changeset about;
	struct arena a = ARENA_INIT;
	int r = changeset_read_about(&about, entry->body, &a, err);
	if (r == PORTROLL_OK) {
		change->vkey = arena_str(change->arena, about.vkey);
		change->is_fork = str_equal(about.kind, STR("fork"));
		change->number = entry->index + 1;
		r = change->arena->failed ? error_memory(err) : r;
	}
	arena_done(&a);
	return r;
}

static int find_change(struct key_change *ret, struct ledger *l, struct portroll_error *err)
{
	uint64_t index;
	*ret = (struct key_change){.arena = &l->arena};
	int r = l->ops->last(&index, l->store, STR(""), err);
	if (r < 0 || index == UINT64_MAX)
		return r;
	return l->ops->each(l->store, (struct entry_range){index, index + 1}, take_change, ret,
			    err);
}

static int check_key(struct ledger *l, struct portroll_error *err)
{
	struct key_change change;
	int r = find_change(&change, l, err);
	if (r < 0 || change.vkey.len == 0)
		return r;
	struct portroll_str own = key_text(&l->keys.items[0], &l->arena);
	if (own.len == 0)
		return error_memory(err);
	if (!str_equal(own, change.vkey))
		return error_set(err, PORTROLL_EINVAL,
				 "%s is not the key that the ledger names since @%llu: put that "
				 "one there",
				 l->paths.key, (unsigned long long)change.number);
	return PORTROLL_OK;
}

static int load_signers(struct ledger *l, struct portroll_error *err)
{
	int r = key_file_read(&l->signers, l->paths.key, &l->arena, err);
	if (r == PORTROLL_OK && signers_keys(&l->keys, &l->signers, &l->arena) < 0)
		r = error_memory(err);
	return r == PORTROLL_OK ? check_key(l, err) : r;
}

static int load_names(struct ledger *l, struct portroll_error *err)
{
	int r = ledger_kept_keys(&l->keys, l, err);
	if (r == PORTROLL_OK && l->keys.count == 0)
		r = error_set(err, PORTROLL_EINVAL,
			      "%s is missing, and the ledger does not say whose it is: put the "
			      "key back",
			      l->paths.key);
	return r;
}

int ledger_load_keys(struct ledger *l, struct portroll_error *err)
{
	int r = file_exists(l->paths.key) ? load_signers(l, err) : load_names(l, err);
	l->has_witnesses = false;
	if (r == PORTROLL_OK)
		l->origin = l->keys.items[0].name;
	return r;
}

int next_key_make(struct signers *ret, struct ledger *l, struct portroll_str origin,
		  struct portroll_error *err)
{
	CLEANUP(signers_wipe) struct signers signers = {.count = 1};
	uint8_t seed[NOTE_SEED_SIZE];
	l->random(seed, sizeof(seed));
	int r = note_signer_from_seed(&signers.items[0], origin, seed, err);
	note_wipe(seed, sizeof(seed));
	if (r == PORTROLL_OK)
		r = key_file_write(l->paths.next_key, &signers, err);
	if (r == PORTROLL_OK)
		*ret = signers;
	return r;
}

/* The new key, and those that signed until now, so that whoever knows any of them can go on; of too
 * many the oldest goes. Those alone where the new one is there. */
static int join_signers(struct signers *next, struct ledger *l, struct portroll_error *err)
{
	CLEANUP(signers_wipe) struct signers present = {0};
	int r = key_file_read(&present, l->paths.key, &l->arena, err);
	if (r < 0)
		return r;
	if (present.items[0].key.id == next->items[0].key.id)
		*next = present;
	else
		for (size_t i = 0; i < present.count && next->count < KEYS_MAX; i++)
			next->items[next->count++] = present.items[i];
	return PORTROLL_OK;
}

static int remove_published(struct ledger *l, struct portroll_error *err)
{
	int r = file_exists(l->paths.checkpoint) ? file_remove(l->paths.checkpoint, err)
						 : PORTROLL_OK;
	return r == PORTROLL_OK ? file_remove_tree(l->paths.tiles, err) : r;
}

static int finish(struct ledger *l, struct signers *next, struct portroll_error *err)
{
	struct key_change change;
	int r = find_change(&change, l, err);
	if (r < 0)
		return r;
	struct portroll_str name = key_text(&next->items[0].key, &l->arena);
	if (name.len == 0)
		return error_memory(err);
	if (!str_equal(name, change.vkey))
		return PORTROLL_OK;
	r = change.is_fork ? remove_published(l, err) : join_signers(next, l, err);
	return r == PORTROLL_OK ? key_file_write(l->paths.key, next, err) : r;
}

int next_key_finish(struct ledger *l, struct portroll_error *err)
{
	CLEANUP(signers_wipe) struct signers next = {0};
	if (!file_exists(l->paths.next_key))
		return PORTROLL_OK;
	int r = key_file_read(&next, l->paths.next_key, &l->arena, err);
	if (r == PORTROLL_OK)
		r = finish(l, &next, err);
	return r == PORTROLL_OK ? file_remove(l->paths.next_key, err) : r;
}

/* SPDX-License-Identifier: MIT */
#include "keeper/remembered.h"

#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "ledger/key_file.h"
#include "ledger/witness.h"

#define FOLDER      "verified"
#define NAME_DIGITS 32
#define PATH_SIZE   4096U

/* In the arena; NULL when there is no memory. An origin may have any characters, its hash has not.
 */
static const char *file_of(const struct remembered *h, const char *suffix)
{
	struct portroll_str origin = published_checkpoint(h->published)->origin;
	struct tree_hash hash = tree_hash_leaf(origin);
	CLEANUP(buf_done) struct buf path = BUF_INIT(PATH_SIZE);
	buf_puts(&path, h->folder);
	buf_putc(&path, '/');
	for (size_t i = 0; i < NAME_DIGITS / 2; i++)
		buf_printf(&path, "%02x", hash.bytes[i]);
	buf_puts(&path, suffix);
	return path.failed ? NULL : arena_cstr(&h->k->arena, buf_str(&path));
}

static int read_keys(struct remembered *h)
{
	struct keeper *k = h->k;
	struct file_bytes file;
	struct portroll_error own = {0};
	if (!file_exists(h->keys_file))
		return PORTROLL_OK;
	int r = file_load(&file, h->keys_file, NOTE_SIZE_MAX, &k->err);
	if (r < 0)
		return r;
	r = key_list_read(&h->keys, file.bytes, &k->arena, &own);
	file_release(&file);
	return r < 0 ? error_set(&k->err, r, "%s: %s", h->keys_file, own.text) : PORTROLL_OK;
}

static int check_signature(struct remembered *h)
{
	struct checkpoint checkpoint;
	if (h->keys.count == 0 || checkpoint_open(&checkpoint, published_note(h->published),
						  h->keys, NULL) == PORTROLL_OK)
		return PORTROLL_OK;
	return error_set(&h->k->err, PORTROLL_ECORRUPT,
			 "%.*s is not signed by a key that it was verified with before; if its "
			 "keeper says that it has another one now, remove %s",
			 PORTROLL_STR_ARG(published_checkpoint(h->published)->origin),
			 h->keys_file);
}

int remembered_open(struct remembered *ret, struct keeper *k, struct published *p,
		    const struct ledger_place *place)
{
	struct remembered h = {.k = k, .published = p, .place = place};
	char *state;
	if (roll_state_folder(&state, &k->environment, &k->arena, NULL) == PORTROLL_OK) {
		h.folder = path_join(state, FOLDER, &k->arena);
		h.checkpoint_file = h.folder ? file_of(&h, ".checkpoint") : NULL;
		h.keys_file = h.folder ? file_of(&h, ".key") : NULL;
		if (!h.checkpoint_file || !h.keys_file)
			return error_memory(&k->err);
	}
	int r = h.folder ? read_keys(&h) : PORTROLL_OK;
	if (r == PORTROLL_OK)
		r = check_signature(&h);
	if (r == PORTROLL_OK)
		*ret = h;
	return r;
}

static bool is_known(struct note_keys keys, const struct note_key *key)
{
	for (size_t i = 0; i < keys.count; i++)
		if (keys.items[i].id == key->id && str_equal(keys.items[i].name, key->name) &&
		    memcmp(keys.items[i].public_key, key->public_key, NOTE_PUBLIC_SIZE) == 0)
			return true;
	return false;
}

static int root_at(struct tree_hash *ret, const struct remembered *h, uint64_t size)
{
	const struct checkpoint *now = published_checkpoint(h->published);
	struct tree tree;
	int r = size == now->head.size ? PORTROLL_OK
				       : published_tree(&tree, h->published, size, &h->k->err);
	if (r == PORTROLL_OK)
		*ret = size == now->head.size ? now->head.root : tree_head(&tree).root;
	return r;
}

/* Of a ledger that is shorter only what we have of a longer one tells. */
static bool copy_contradicts(const struct remembered *h)
{
	const struct tree_head *now = &published_checkpoint(h->published)->head;
	struct tree tree;
	if (!h->copy || published_tree(&tree, h->copy, now->size, NULL) < 0)
		return false;
	struct tree_head then = tree_head(&tree);
	return !tree_hash_equal(&then.root, &now->root);
}

/* `where` says whose word the old one is. */
static int compare(struct remembered *h, const struct checkpoint *old, struct portroll_str note,
		   const char *where)
{
	struct portroll_error *err = &h->k->err;
	const struct checkpoint *now = published_checkpoint(h->published);
	if (!str_equal(old->origin, now->origin))
		return error_set(err, PORTROLL_EINVAL, "%s: is of %.*s, but this is %.*s", where,
				 PORTROLL_STR_ARG(str_part(old->origin, 0, 40)),
				 PORTROLL_STR_ARG(str_part(now->origin, 0, 40)));
	if (old->head.size > now->head.size && copy_contradicts(h)) {
		h->contradicted = arena_str(&h->k->arena, published_note(h->copy));
		return error_set(err, PORTROLL_ECORRUPT,
				 "history was rewritten: its %llu entries are not the first of the "
				 "%llu that were signed, as %s shows",
				 (unsigned long long)now->head.size,
				 (unsigned long long)old->head.size, where);
	}
	if (old->head.size > now->head.size)
		return error_set(
			err, PORTROLL_ECORRUPT,
			"the ledger went back: it has %llu entries where %llu were signed, "
			"as %s shows",
			(unsigned long long)now->head.size, (unsigned long long)old->head.size,
			where);
	struct tree_hash then;
	int r = root_at(&then, h, old->head.size);
	if (r < 0 || tree_hash_equal(&then, &old->head.root))
		return r;
	h->contradicted = arena_str(&h->k->arena, note);
	return error_set(err, PORTROLL_ECORRUPT,
			 "history was rewritten: its first %llu entries are not those that were "
			 "signed, as %s shows",
			 (unsigned long long)old->head.size, where);
}

/* Keys that were known and keys that are published; in the arena. */
static int all_keys(struct note_keys *ret, const struct remembered *h)
{
	struct note_keys published = published_keys(h->published);
	struct note_key *items =
		arena_array(&h->k->arena, published.count + h->keys.count, sizeof(*items));
	if (!items)
		return error_memory(&h->k->err);
	*ret = (struct note_keys){items, 0};
	for (size_t i = 0; i < published.count; i++)
		items[ret->count++] = published.items[i];
	for (size_t i = 0; i < h->keys.count; i++)
		if (!is_known(*ret, &h->keys.items[i]))
			items[ret->count++] = h->keys.items[i];
	return PORTROLL_OK;
}

int remembered_take_copy(struct remembered *h, struct published *p)
{
	struct checkpoint checkpoint;
	struct note_keys keys;
	int r = all_keys(&keys, h);
	if (r == PORTROLL_OK &&
	    str_equal(published_checkpoint(p)->origin,
		      published_checkpoint(h->published)->origin) &&
	    checkpoint_open(&checkpoint, published_note(p), keys, NULL) == PORTROLL_OK)
		h->copy = p;
	return r;
}

/* The fork that ended an origin. */
struct forking {
	struct portroll_str origin;
	uint64_t number;    /* 0: there is none */
	struct arena arena; /* of one entry */
};

static int look_for_fork(void *context, const struct stored_entry *entry,
			 struct portroll_error *err)
{
	struct forking *f = context;
	struct changeset about;
	arena_clear(&f->arena);
	int r = changeset_read_about(&about, entry->body, &f->arena, err);
	if (r < 0 || f->number || !str_equal(about.kind, STR("fork")))
		return r;
	struct portroll_str rest = about.reason, line;
	while (str_cut(&rest, '\n', &line))
		if (str_equal(line, f->origin))
			f->number = entry->index + 1;
	return r;
}

/* Of a note that no key of this ledger signed: was it of the one that this is a fork of? */
static int fail_unsigned(struct remembered *h, struct portroll_str bytes, const char *where,
			 const struct portroll_error *why)
{
	const struct checkpoint *now = published_checkpoint(h->published);
	struct portroll_error *err = &h->k->err;
	struct forking f = {.arena = ARENA_INIT};
	struct signed_note note;
	struct checkpoint old;
	if (note_parse(&note, bytes, NULL) < 0 || checkpoint_parse(&old, note.text, NULL) < 0 ||
	    str_equal(old.origin, now->origin))
		return error_set(err, why->code, "%s: %s", where, why->text);
	f.origin = old.origin;
	int r = published_each(h->published, (struct entry_range){0, now->head.size}, look_for_fork,
			       &f, err);
	arena_done(&f.arena);
	if (r < 0 || f.number == 0)
		return r < 0 ? r : error_set(err, why->code, "%s: %s", where, why->text);
	return error_set(err, why->code,
			 "%s: is of %.*s, which ended: this is %.*s, a fork of it, as change @%llu "
			 "says",
			 where, PORTROLL_STR_ARG(str_part(old.origin, 0, 255)),
			 PORTROLL_STR_ARG(str_part(now->origin, 0, 255)),
			 (unsigned long long)f.number);
}

/* What a key signed that only the user names proves nothing against the ledger's own. */
int remembered_check_note(struct remembered *h, struct portroll_str note, const char *where)
{
	struct portroll_error own = {0};
	struct checkpoint old;
	struct note_keys keys;
	int r = all_keys(&keys, h);
	if (r < 0)
		return r;
	r = checkpoint_open(&old, note, keys, &own);
	bool is_told = r < 0 && checkpoint_open(&old, note, h->told, NULL) == PORTROLL_OK;
	if (r < 0 && !is_told)
		return fail_unsigned(h, note, where, &own);
	r = compare(h, &old, note, where);
	if (is_told)
		h->contradicted = STR_NONE;
	if (r == PORTROLL_OK && old.head.size > h->seen)
		h->seen = old.head.size;
	return r;
}

int remembered_check_file(struct remembered *h, const char *path)
{
	struct file_bytes file;
	int r = file_read(&file, path, NOTE_SIZE_MAX, &h->k->err);
	if (r < 0)
		return r;
	r = remembered_check_note(h, file.bytes, path);
	file_release(&file);
	return r;
}

/* A writer that is at it has signed what it has not published yet. Who has the lock has waited for
 * it. */
static bool is_published_now(const struct remembered *h, uint64_t size)
{
	CLEANUP(file_close) int lock = -1;
	struct published *now;
	if (!h->place || !h->place->roll || file_lock_wait(&lock, h->place->roll, NULL) < 0 ||
	    published_open(&now, h->place->ledger, NULL) < 0)
		return false;
	bool is_there = published_checkpoint(now)->head.size >= size;
	published_close(now);
	return is_there;
}

/* What this machine has signed with a key, if it has it. */
static int check_witness(struct remembered *h, const struct note_key *key)
{
	struct arena *a = &h->k->arena;
	struct witness w;
	char *state;
	if (roll_state_folder(&state, &h->k->environment, a, NULL) < 0)
		return PORTROLL_OK;
	if (witness_of(&w, state, key, a) < 0)
		return error_memory(&h->k->err);
	int r = witness_read(&w, key, a, &h->k->err);
	uint64_t signed_size = w.checkpoint.head.size;
	if (r < 0 || w.checkpoint.origin.len == 0)
		return r;
	if (signed_size > published_checkpoint(h->published)->head.size &&
	    is_published_now(h, signed_size))
		return PORTROLL_OK;
	return remembered_check_file(h, w.paths[!w.next]);
}

int remembered_check(struct remembered *h)
{
	struct note_keys keys = published_keys(h->published);
	int r = PORTROLL_OK;
	if (h->folder && file_exists(h->checkpoint_file))
		r = remembered_check_file(h, h->checkpoint_file);
	for (size_t i = 0; r == PORTROLL_OK && i < keys.count; i++)
		r = check_witness(h, &keys.items[i]);
	return r;
}

/* Which keys changes have named. */
struct naming {
	struct note_keys published;
	bool is_named[KEYS_MAX];
	struct arena arena; /* of one entry */
};

static int look_for_key(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct naming *n = context;
	struct changeset about;
	struct note_key key;
	arena_clear(&n->arena);
	int r = changeset_read_about(&about, entry->body, &n->arena, err);
	if (r < 0 || about.vkey.len == 0 || note_key_parse(&key, about.vkey, NULL) < 0)
		return r;
	for (size_t i = 0; i < n->published.count; i++)
		n->is_named[i] |= is_known((struct note_keys){&key, 1}, &n->published.items[i]);
	return PORTROLL_OK;
}

int remembered_check_keys(struct remembered *h)
{
	struct naming n = {.published = published_keys(h->published), .arena = ARENA_INIT};
	const struct checkpoint *now = published_checkpoint(h->published);
	size_t unknown = 0;
	for (size_t i = 0; i < n.published.count; i++) {
		n.is_named[i] = is_known(h->keys, &n.published.items[i]);
		unknown += !n.is_named[i];
	}
	if (h->keys.count == 0 || unknown == 0)
		return PORTROLL_OK;
	int r = published_each(h->published, (struct entry_range){0, now->head.size}, look_for_key,
			       &n, &h->k->err);
	arena_done(&n.arena);
	for (size_t i = 0; r == PORTROLL_OK && i < n.published.count; i++)
		if (!n.is_named[i])
			r = error_set(&h->k->err, PORTROLL_ECORRUPT,
				      "there is a key of %.*s that no change names",
				      PORTROLL_STR_ARG(now->origin));
	return r;
}

/* Another run may have remembered a later one. */
static bool is_later_known(const struct remembered *h)
{
	struct file_bytes file;
	struct checkpoint kept;
	struct note_keys keys;
	if (!file_exists(h->checkpoint_file) || all_keys(&keys, h) < 0 ||
	    file_load(&file, h->checkpoint_file, NOTE_SIZE_MAX, NULL) < 0)
		return false;
	bool later = checkpoint_open(&kept, file.bytes, keys, NULL) == PORTROLL_OK &&
		     kept.head.size > published_checkpoint(h->published)->head.size;
	file_release(&file);
	return later;
}

int remembered_keep(const struct remembered *h)
{
	struct portroll_error *err = &h->k->err;
	CLEANUP(file_close) int lock = -1;
	CLEANUP(buf_done) struct buf keys = BUF_INIT(NOTE_SIZE_MAX);
	if (!h->folder)
		return PORTROLL_OK;
	key_list_put(&keys, published_keys(h->published));
	int r = keys.failed ? error_memory(err) : file_make_folder(h->folder, err);
	if (r == PORTROLL_OK)
		r = file_lock_wait(&lock, h->folder, err);
	if (r < 0 || is_later_known(h))
		return r;
	r = file_replace(h->checkpoint_file, published_note(h->published), 0600, err);
	return r < 0 ? r : file_replace(h->keys_file, buf_str(&keys), 0600, err);
}

/* The bytes at the end of the folder's name for the origin. */
static int keep_note(const struct remembered *h, struct buf *out, struct portroll_str note,
		     const char *suffix)
{
	CLEANUP(buf_done) struct buf name = BUF_INIT(256);
	buf_printf(&name, "-%llu-%s.checkpoint",
		   (unsigned long long)published_checkpoint(h->published)->head.size, suffix);
	buf_putc(&name, '\0');
	const char *path = name.failed ? NULL : file_of(h, name.ptr);
	if (!path)
		return error_memory(&h->k->err);
	buf_puts(out, "kept in ");
	buf_puts(out, path);
	buf_putc(out, '\n');
	int r = file_make_folder(h->folder, &h->k->err);
	return r < 0 ? r : file_replace(path, note, 0600, &h->k->err);
}

int remembered_tell(const struct remembered *h, struct buf *out)
{
	struct portroll_str now = published_note(h->published);
	buf_puts(out,
		 "proof of misbehaviour: one key signed both of these, and neither ledger is the "
		 "beginning of the other\n\n");
	buf_put(out, h->contradicted);
	buf_putc(out, '\n');
	buf_put(out, now);
	buf_putc(out, '\n');
	if (!h->folder)
		return PORTROLL_OK;
	int r = keep_note(h, out, h->contradicted, "first");
	return r < 0 ? r : keep_note(h, out, now, "second");
}

/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "ledger/ledger.h"

#include "ledger/ledger_keys.h"
#include "ledger/store_sqlite.h"

#define WORK ".portroll-backup" /* a folder for a database that is not whole yet */

/* A database that is being made, in a folder of its own beside the place that it is meant for:
 * SQLite puts its journal beside it. */
struct making {
	struct arena arena;
	const char *folder, *path;
	struct portroll_str url;
};

static int begin_making(struct making *m, const char *target, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64U << 10);
	*m = (struct making){.arena = ARENA_INIT};
	buf_printf(&text, "%s" WORK, target);
	m->folder = arena_cstr(&m->arena, buf_str(&text));
	m->path = m->folder ? path_join(m->folder, "ledger.db", &m->arena) : NULL;
	buf_clear(&text);
	buf_printf(&text, "%s:%s", store_sqlite.scheme, m->path ? m->path : "");
	m->url = arena_str(&m->arena, buf_str(&text));
	if (text.failed || m->arena.failed)
		return error_memory(err);
	/* What one that was killed left behind. */
	int r = file_remove_tree(m->folder, err);
	return r == PORTROLL_OK ? file_make_folder(m->folder, err) : r;
}

static void end_making(struct making *m)
{
	if (m->folder)
		(void)!file_remove_tree(m->folder, NULL);
	arena_done(&m->arena);
}

static int copy_store(const struct making *m, const struct store_ops *ops, struct store *from,
		      struct portroll_error *err)
{
	struct store *to;
	int r = store_sqlite.open(&to, m->url, true, err);
	if (r < 0)
		return r;
	r = store_copy(ops, from, &store_sqlite, to, err);
	store_sqlite.close(to);
	return r;
}

/* The signed head goes with the entries. */
static int keep_note(struct ledger *l, struct portroll_error *err)
{
	struct file_bytes note;
	int r = file_load(&note, l->paths.checkpoint, NOTE_SIZE_MAX, err);
	if (r < 0)
		return r;
	r = l->ops->keep_note(l->store, l->published.size, note.bytes, err);
	file_release(&note);
	return r;
}

int ledger_backup(struct ledger *l, const char *path, struct portroll_error *err)
{
	struct making m;
	int r = keep_note(l, err);
	if (r < 0)
		return r;
	r = begin_making(&m, path, err);
	if (r == PORTROLL_OK)
		r = copy_store(&m, l->ops, l->store, err);
	if (r == PORTROLL_OK)
		r = file_put_back(path, m.path, err);
	end_making(&m);
	return r;
}

/* What may lie in a folder that counts as empty: the lock of the caller, and what a restore that
 * was killed left. */
static int check_name(void *context, const char *name, struct portroll_error *err)
{
	const char *folder = context;
	struct portroll_str found = str_from(name);
	if (str_equal(found, STR("lock")) || str_equal(found, STR("ledger.db" WORK)))
		return PORTROLL_OK;
	return error_set(err, PORTROLL_ECONFLICT,
			 "%s is not empty (%s): a backup is restored into an empty folder only",
			 folder, name);
}

/* The backup must continue whatever its keys are known to have signed. */
static int check_witnesses(struct ledger *l, struct portroll_error *err)
{
	int r = ledger_read_witnesses(l, err);
	for (size_t i = 0; i < l->keys.count && r == PORTROLL_OK; i++) {
		const struct checkpoint *known = &l->witnesses[i].checkpoint;
		if (known->head.size > l->tree.size)
			r = error_set(err, PORTROLL_ECORRUPT,
				      "the backup is behind: it has %llu entries, and %llu were "
				      "signed; take a later backup",
				      (unsigned long long)l->tree.size,
				      (unsigned long long)known->head.size);
		else if (known->origin.len)
			r = ledger_check_continues(l, &known->head, err);
	}
	return r;
}

static int check_key(struct ledger *l, struct portroll_str key, struct portroll_error *err)
{
	if (key.len == 0)
		return PORTROLL_OK;
	int r = key_text_read(&l->signers, key, "the key", &l->arena, err);
	if (r < 0)
		return r;
	const struct note_key *own = &l->signers.items[0].key;
	if (own->id == l->keys.items[0].id && str_equal(own->name, l->keys.items[0].name))
		return PORTROLL_OK;
	return error_set(err, PORTROLL_EINVAL, "the key is not the one that signs this ledger");
}

/* What the store says may be done about damage is meant for the ledger itself. */
static int say_damaged(const char *path, int code, const struct portroll_error *why,
		       struct portroll_error *err)
{
	if (code == PORTROLL_ECORRUPT)
		return error_set(err, code,
				 "%s is not a whole backup of a ledger; give another one that "
				 "portroll ledger backup wrote",
				 path);
	if (err)
		*err = *why;
	return code;
}

/* The tree proves the entries; of people it has the commitments only. */
static int check_person(void *context, const struct stored_person *person,
			struct portroll_error *err)
{
	(void)context;
	if (person->content.salt.len == 0 || person_content_holds(&person->content))
		return PORTROLL_OK;
	return error_set(err, PORTROLL_ECORRUPT, "a person is not who was committed to");
}

/* The store of the backup is that of `l` until it is closed. */
static int open_backup(struct ledger *l, const char *path, struct portroll_error *err)
{
	struct portroll_error own = {0};
	CLEANUP(buf_done) struct buf url = BUF_INIT(64U << 10);
	buf_printf(&url, "%s:%s", store_sqlite.scheme, path);
	if (url.failed)
		return error_memory(err);
	l->ops = &store_sqlite;
	int r = file_exists(path) ? sqlite_store_open_to_read(&l->store, buf_str(&url), &own)
				  : error_set(&own, PORTROLL_EINVAL, "%s is not there", path);
	if (r == PORTROLL_OK)
		r = l->ops->head(&l->tree, l->store, &own);
	if (r == PORTROLL_OK)
		r = ledger_kept_keys(&l->keys, l, &own);
	if (r == PORTROLL_OK && l->keys.count == 0)
		r = PORTROLL_ECORRUPT;
	if (r == PORTROLL_OK)
		r = l->ops->people(l->store, STR(""), check_person, NULL, &own);
	return r < 0 ? say_damaged(path, r, &own, err) : r;
}

static int check_backup(struct ledger *l, const char *path, struct portroll_str key,
			struct portroll_error *err)
{
	int r = open_backup(l, path, err);
	if (r == PORTROLL_OK)
		r = check_witnesses(l, err);
	return r == PORTROLL_OK ? check_key(l, key, err) : r;
}

static int fill_database(struct ledger *l, const char *path, struct portroll_error *err)
{
	struct making m;
	struct portroll_error own = {0};
	int r = begin_making(&m, l->paths.database, err);
	if (r == PORTROLL_OK) {
		r = copy_store(&m, l->ops, l->store, &own);
		r = r < 0 ? say_damaged(path, r, &own, err) : r;
	}
	if (r == PORTROLL_OK)
		r = file_put_back(l->paths.database, m.path, err);
	end_making(&m);
	return r;
}

/* The folder names the store when it is whole. */
static int fill_store(struct ledger *l, struct portroll_str url, struct portroll_error *err)
{
	const struct store_ops *ops;
	struct store *to;
	int r = ledger_choose_store(&ops, url, err);
	if (r == PORTROLL_OK)
		r = ops->open(&to, url, true, err);
	if (r < 0)
		return r;
	r = store_copy(l->ops, l->store, ops, to, err);
	ops->close(to);
	return r == PORTROLL_OK ? file_replace(l->paths.store, url, 0600, err) : r;
}

/* The store first: a key alone would sign another ledger from its beginning. */
static int restore(struct ledger *l, const struct restoring *from, struct portroll_error *err)
{
	int r = check_backup(l, from->path, from->key, err);
	if (r == PORTROLL_OK)
		r = from->url.len ? fill_store(l, from->url, err)
				  : fill_database(l, from->path, err);
	if (r == PORTROLL_OK && l->signers.count)
		r = key_file_write(l->paths.key, &l->signers, err);
	return r;
}

int ledger_restore(const struct ledger_options *options, const struct restoring *from,
		   struct portroll_error *err)
{
	char *folder = NULL;
	struct ledger *l = ledger_new(options);
	if (!l)
		return error_memory(err);
	folder = arena_cstr(&l->arena, str_from(options->folder));
	int r = folder ? file_make_folder(folder, err) : error_memory(err);
	if (r == PORTROLL_OK)
		r = file_each_name(folder, check_name, folder, err);
	if (r == PORTROLL_OK)
		r = restore(l, from, err);
	ledger_close(l);
	if (r < 0)
		return r;
	r = ledger_open(&l, options, err);
	if (r == PORTROLL_OK)
		ledger_close(l);
	return r;
}

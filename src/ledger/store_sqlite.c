/* SPDX-License-Identifier: MIT */
/*
 * Entries in a database of SQLite, durable with each commit: a rollback journal that is truncated,
 * and synchronous=EXTRA. After an error SQLite rolls back; whether a commit that failed is there
 * all the same only the next look at the head can tell.
 */

#include "ledger/store_sqlite.h"

#include <inttypes.h>

#include "ledger/bundle.h"

/* The values of a statement that is about to run, in their order. */
struct binding {
	sqlite3_stmt *statement;
	int at, failed;
};

static struct binding bind(struct store *s, enum statement which)
{
	return (struct binding){s->statements[which], 0, SQLITE_OK};
}

static void note_failure(struct binding *b, int code)
{
	if (b->failed == SQLITE_OK)
		b->failed = code;
}

/* SQLite has no numbers above INT64_MAX, and no store as many entries. */
static void bind_number(struct binding *b, uint64_t number)
{
	sqlite3_int64 value = number > INT64_MAX ? INT64_MAX : (sqlite3_int64)number;
	note_failure(b, sqlite3_bind_int64(b->statement, ++b->at, value));
}

/* No pointer would be NULL, not an empty value. */
static void bind_bytes(struct binding *b, struct portroll_str bytes)
{
	note_failure(b, sqlite3_bind_blob64(b->statement, ++b->at, bytes.len ? bytes.ptr : "",
					    bytes.len, SQLITE_STATIC));
}

static void bind_text(struct binding *b, struct portroll_str text)
{
	note_failure(b, sqlite3_bind_text64(b->statement, ++b->at, text.len ? text.ptr : "",
					    text.len, SQLITE_STATIC, SQLITE_UTF8));
}

static void bind_hash(struct binding *b, const struct tree_hash *hash)
{
	bind_bytes(b, (struct portroll_str){(const char *)hash->bytes, TREE_HASH_SIZE});
}

/* The values must not be looked at after the caller's texts are gone. */
static void release(struct store *s, enum statement which)
{
	(void)sqlite3_reset(s->statements[which]);
	(void)sqlite3_clear_bindings(s->statements[which]);
}

/* Runs a statement without rows; the code is SQLite's. */
static int step(struct store *s, enum statement which, const struct binding *b)
{
	int code = b ? b->failed : SQLITE_OK;
	return code == SQLITE_OK ? sqlite3_step(s->statements[which]) : code;
}

static int run(struct store *s, enum statement which, const struct binding *b, const char *what,
	       struct portroll_error *err)
{
	int code = step(s, which, b);
	int r = code == SQLITE_DONE ? PORTROLL_OK : sqlite_store_error(s, code, what, err);
	release(s, which);
	return r;
}

/* Commits where all went well, and leaves no transaction open in any case. */
static int finish(struct store *s, int r, struct portroll_error *err)
{
	if (r == PORTROLL_OK)
		r = run(s, SQL_COMMIT, NULL, "nobody knows whether it was committed", err);
	if (!sqlite3_get_autocommit(s->db))
		(void)run(s, SQL_ROLLBACK, NULL, "cannot be rolled back", NULL);
	return r;
}

typedef int row_fn(void *context, sqlite3_stmt *row, struct portroll_error *err);

/* Hands each row of a statement to the function, up to its first failure. */
static int walk(struct store *s, const struct binding *b, row_fn *fn, void *context,
		struct portroll_error *err)
{
	int code = b->failed, r = PORTROLL_OK;
	while (r == PORTROLL_OK && (code == SQLITE_OK || code == SQLITE_ROW)) {
		code = sqlite3_step(b->statement);
		if (code == SQLITE_ROW)
			r = fn(context, b->statement, err);
	}
	if (r == PORTROLL_OK && code != SQLITE_DONE)
		r = sqlite_store_error(s, code, "the ledger cannot be read", err);
	(void)sqlite3_reset(b->statement);
	(void)sqlite3_clear_bindings(b->statement);
	return r;
}

/* A value of that type; false for any other, and where memory ends. */
static bool take(struct portroll_str *ret, sqlite3_stmt *row, int column, int type)
{
	if (sqlite3_column_type(row, column) != type)
		return false;
	const void *bytes = type == SQLITE_TEXT ? (const void *)sqlite3_column_text(row, column)
						: sqlite3_column_blob(row, column);
	size_t len = (size_t)sqlite3_column_bytes(row, column);
	*ret = len ? (struct portroll_str){bytes, len} : STR("");
	return bytes || !len;
}

static bool take_number(uint64_t *ret, sqlite3_stmt *row, int column)
{
	sqlite3_int64 value = sqlite3_column_int64(row, column);
	*ret = (uint64_t)value;
	return sqlite3_column_type(row, column) == SQLITE_INTEGER && value >= 0;
}

static bool take_hash(struct tree_hash *ret, sqlite3_stmt *row, int column)
{
	struct portroll_str bytes;
	if (!take(&bytes, row, column, SQLITE_BLOB) || bytes.len != TREE_HASH_SIZE)
		return false;
	*ret = *(const struct tree_hash *)bytes.ptr;
	return true;
}

/* A row is not what we write. */
static int damaged(struct store *s, const char *what, uint64_t at, struct portroll_error *err)
{
	if ((sqlite3_errcode(s->db) & 0xff) == SQLITE_NOMEM)
		return error_memory(err);
	return error_set(err, PORTROLL_ECORRUPT,
			 "%s: %s%" PRIu64 " is damaged or missing; bring back the last backup "
			 "(portroll ledger restore)",
			 sqlite_store_path(s), what, at);
}

struct head_walk {
	struct store *store;
	struct tree tree;
	bool any;
};

/* The entries are numbered without a gap, so the last one tells how many there are. */
static int take_head(void *context, sqlite3_stmt *row, struct portroll_error *err)
{
	struct head_walk *w = context;
	uint64_t size, last = 0;
	struct portroll_str edge;
	bool is_empty = sqlite3_column_type(row, 2) == SQLITE_NULL;
	bool fits = !w->any && take_number(&size, row, 0) && take(&edge, row, 1, SQLITE_BLOB) &&
		    (is_empty || take_number(&last, row, 2)) &&
		    (is_empty ? size == 0 : size - 1 == last && size > 0) &&
		    store_edge_read(&w->tree, size, edge);
	w->any = true;
	return fits ? PORTROLL_OK : damaged(w->store, "the head @", is_empty ? 0 : last + 1, err);
}

static int get_head(struct tree *ret, struct store *s, struct portroll_error *err)
{
	struct head_walk w = {.store = s};
	struct binding b = bind(s, SQL_GET_HEAD);
	int r = walk(s, &b, take_head, &w, err);
	if (r == PORTROLL_OK && !w.any)
		return damaged(s, "the head @", 0, err);
	if (r == PORTROLL_OK)
		*ret = w.tree;
	return r;
}

static int add_entries(struct store *s, const struct store_batch *batch, struct portroll_error *err)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < batch->count && r == PORTROLL_OK; i++) {
		const struct stored_entry *entry = &batch->entries[i];
		struct binding b = bind(s, SQL_ADD_ENTRY);
		bind_number(&b, batch->base + i);
		bind_hash(&b, &entry->leaf);
		bind_text(&b, entry->topic);
		bind_bytes(&b, entry->body);
		int code = step(s, SQL_ADD_ENTRY, &b);
		if (code == SQLITE_CONSTRAINT_UNIQUE)
			r = store_repeated(batch, i, err);
		else if (code != SQLITE_DONE)
			r = sqlite_store_error(s, code, "an entry cannot be stored", err);
		release(s, SQL_ADD_ENTRY);
	}
	return r;
}

static int add_people(struct store *s, const struct store_batch *batch, struct portroll_error *err)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < batch->person_count && r == PORTROLL_OK; i++) {
		const struct stored_person *person = &batch->people[i];
		struct binding b = bind(s, SQL_ADD_PERSON);
		bind_text(&b, person->source);
		bind_text(&b, person->id);
		bind_hash(&b, &person->content.commitment);
		bind_bytes(&b, person->content.salt);
		bind_bytes(&b, person->content.body);
		r = run(s, SQL_ADD_PERSON, &b, "a person cannot be stored", err);
	}
	return r;
}

static int set_head(struct store *s, const struct tree *tree, struct portroll_error *err)
{
	uint8_t edge[EDGE_SIZE_MAX];
	size_t len = store_edge_write(edge, tree);
	struct binding b = bind(s, SQL_SET_HEAD);
	bind_number(&b, tree->size);
	bind_bytes(&b, (struct portroll_str){(const char *)edge, len});
	return run(s, SQL_SET_HEAD, &b, "the head cannot be stored", err);
}

static int add_batch(struct store *s, const struct store_batch *batch, struct portroll_error *err)
{
	struct tree tree;
	int r = get_head(&tree, s, err);
	if (r < 0)
		return r;
	if (tree.size != batch->base)
		return store_conflict(tree.size, batch, err);
	r = add_entries(s, batch, err);
	if (r == PORTROLL_OK)
		r = add_people(s, batch, err);
	return r == PORTROLL_OK ? set_head(s, &batch->after, err) : r;
}

static int sqlite_append(struct store *s, const struct store_batch *batch,
			 struct portroll_error *err)
{
	int r = store_batch_check(batch, err);
	if (r == PORTROLL_OK)
		r = run(s, SQL_BEGIN, NULL, "nothing can be appended", err);
	return r == PORTROLL_OK ? finish(s, add_batch(s, batch, err), err) : r;
}

/* A commit that succeeds makes durable whatever one before it left behind; but one that alters
 * nothing is none. */
static int sqlite_settle(struct store *s, struct portroll_error *err)
{
	return run(s, SQL_SETTLE, NULL, "the ledger cannot be settled", err);
}

struct entry_walk {
	struct store *store;
	uint64_t next;
	store_entry_fn *fn;
	void *context;
};

static int take_entry(void *context, sqlite3_stmt *row, struct portroll_error *err)
{
	struct entry_walk *w = context;
	struct stored_entry entry;
	if (!take_number(&entry.index, row, 0) || entry.index != w->next ||
	    !take_hash(&entry.leaf, row, 1) || !take(&entry.topic, row, 2, SQLITE_TEXT) ||
	    !take(&entry.body, row, 3, SQLITE_BLOB) || entry.body.len > ENTRY_SIZE_MAX)
		return damaged(w->store, "entry @", w->next + 1, err);
	w->next++;
	return w->fn(w->context, &entry, err);
}

static int sqlite_each(struct store *s, struct entry_range range, store_entry_fn *fn, void *context,
		       struct portroll_error *err)
{
	struct tree tree;
	int r = get_head(&tree, s, err);
	if (r < 0)
		return r;
	uint64_t end = range.to < tree.size ? range.to : tree.size;
	if (range.from >= end)
		return PORTROLL_OK;
	struct entry_walk w = {s, range.from, fn, context};
	struct binding b = bind(s, SQL_EACH);
	bind_number(&b, range.from);
	bind_number(&b, end);
	r = walk(s, &b, take_entry, &w, err);
	return r == PORTROLL_OK && w.next < end ? damaged(s, "entry @", w.next + 1, err) : r;
}

static int take_last(void *context, sqlite3_stmt *row, struct portroll_error *err)
{
	(void)err;
	uint64_t *last = context;
	if (!take_number(last, row, 0))
		*last = UINT64_MAX;
	return PORTROLL_OK;
}

static int sqlite_last(uint64_t *ret, struct store *s, struct portroll_str topic,
		       struct portroll_error *err)
{
	uint64_t last = UINT64_MAX;
	struct binding b = bind(s, SQL_LAST);
	bind_text(&b, topic);
	int r = walk(s, &b, take_last, &last, err);
	if (r == PORTROLL_OK)
		*ret = last;
	return r;
}

struct person_walk {
	struct store *store;
	uint64_t count;
	store_person_fn *fn;
	void *context;
};

static int take_person(void *context, sqlite3_stmt *row, struct portroll_error *err)
{
	struct person_walk *w = context;
	struct stored_person person;
	struct person_content *content = &person.content;
	w->count++;
	if (!take(&person.source, row, 0, SQLITE_TEXT) || !take(&person.id, row, 1, SQLITE_TEXT) ||
	    !take_hash(&content->commitment, row, 2) ||
	    !take(&content->salt, row, 3, SQLITE_BLOB) ||
	    !take(&content->body, row, 4, SQLITE_BLOB) || content->body.len > ENTRY_SIZE_MAX ||
	    content->salt.len != (content->body.len ? SALT_SIZE : 0))
		return damaged(w->store, "person ", w->count, err);
	return w->fn(w->context, &person, err);
}

static int sqlite_people(struct store *s, struct portroll_str source, store_person_fn *fn,
			 void *context, struct portroll_error *err)
{
	struct person_walk w = {s, 0, fn, context};
	struct binding b = bind(s, SQL_PEOPLE);
	bind_text(&b, source);
	return walk(s, &b, take_person, &w, err);
}

/* What is there already may be what a commit left behind that failed. */
static int durable(struct store *s, uint64_t count, struct portroll_error *err)
{
	return count ? PORTROLL_OK : sqlite_settle(s, err);
}

/* secure_delete puts zeros where it was, and the journal is truncated. */
static int sqlite_erase(uint64_t *ret, struct store *s, struct portroll_str id,
			struct portroll_error *err)
{
	struct binding b = bind(s, SQL_ERASE);
	bind_text(&b, id);
	int r = run(s, SQL_ERASE, &b, "nothing can be erased", err);
	uint64_t count = r == PORTROLL_OK ? (uint64_t)sqlite3_changes64(s->db) : 0;
	if (r == PORTROLL_OK)
		r = durable(s, count, err);
	if (r == PORTROLL_OK)
		*ret = count;
	return r;
}

static int sqlite_keep_note(struct store *s, uint64_t size, struct portroll_str note,
			    struct portroll_error *err)
{
	struct binding b = bind(s, SQL_ADD_NOTE);
	bind_number(&b, size);
	bind_bytes(&b, note);
	int r = run(s, SQL_ADD_NOTE, &b, "the checkpoint cannot be kept", err);
	return r == PORTROLL_OK ? durable(s, (uint64_t)sqlite3_changes64(s->db), err) : r;
}

static int take_note(void *context, sqlite3_stmt *row, struct portroll_error *err)
{
	struct entry_walk *w = context;
	struct stored_entry note = {.topic = STR("")};
	if (!take_number(&note.index, row, 0) || !take(&note.body, row, 1, SQLITE_BLOB))
		return damaged(w->store, "the checkpoint @", w->next, err);
	return w->fn(w->context, &note, err);
}

static int sqlite_notes(struct store *s, uint64_t size, store_entry_fn *fn, void *context,
			struct portroll_error *err)
{
	struct entry_walk w = {s, size, fn, context};
	struct binding b = bind(s, SQL_NOTES);
	bind_number(&b, size);
	return walk(s, &b, take_note, &w, err);
}

static int sqlite_wait(struct store *s, uint32_t timeout_ms, struct portroll_error *err)
{
	(void)s;
	(void)timeout_ms;
	(void)err;
	return PORTROLL_OK;
}

const struct store_ops store_sqlite = {
	.scheme = "sqlite",
	.open = sqlite_store_open,
	.close = sqlite_store_close,
	.head = get_head,
	.append = sqlite_append,
	.settle = sqlite_settle,
	.each = sqlite_each,
	.last = sqlite_last,
	.people = sqlite_people,
	.erase = sqlite_erase,
	.keep_note = sqlite_keep_note,
	.notes = sqlite_notes,
	.wait = sqlite_wait,
};

/* SPDX-License-Identifier: MIT */
/*
 * Entries in a database of SQLite, durable with each commit: a rollback journal that is truncated,
 * and synchronous=EXTRA. After an error SQLite rolls back; whether a commit that failed is there
 * all the same only the next look at the head can tell.
 */

#include "ledger/store_sqlite.h"

#include <inttypes.h>

#include "ledger/bundle.h"
#include "ledger/sqlite_papers.h"
#include "ledger/sqlite_query.h"

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
	bool fits = !w->any && query_take_number(&size, row, 0) &&
		    query_take(&edge, row, 1, SQLITE_BLOB) &&
		    (is_empty || query_take_number(&last, row, 2)) &&
		    (is_empty ? size == 0 : size - 1 == last && size > 0) &&
		    store_edge_read(&w->tree, size, edge);
	w->any = true;
	return fits ? PORTROLL_OK
		    : query_damaged(w->store, "the head @", is_empty ? 0 : last + 1, err);
}

static int get_head(struct tree *ret, struct store *s, struct portroll_error *err)
{
	struct head_walk w = {.store = s};
	struct binding b = query_begin(s, SQL_GET_HEAD);
	int r = query_walk(s, &b, take_head, &w, err);
	if (r == PORTROLL_OK && !w.any)
		return query_damaged(s, "the head @", 0, err);
	if (r == PORTROLL_OK)
		*ret = w.tree;
	return r;
}

static int add_entries(struct store *s, const struct store_batch *batch, struct portroll_error *err)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < batch->count && r == PORTROLL_OK; i++) {
		const struct stored_entry *entry = &batch->entries[i];
		struct binding b = query_begin(s, SQL_ADD_ENTRY);
		query_number(&b, batch->base + i);
		query_hash(&b, &entry->leaf);
		query_text(&b, entry->topic);
		query_bytes(&b, entry->body);
		int code = query_step(s, SQL_ADD_ENTRY, &b);
		if (code == SQLITE_CONSTRAINT_UNIQUE)
			r = store_repeated(batch, i, err);
		else if (code != SQLITE_DONE)
			r = sqlite_store_error(s, code, "an entry cannot be stored", err);
		query_release(s, SQL_ADD_ENTRY);
	}
	return r;
}

static int add_people(struct store *s, const struct store_batch *batch, struct portroll_error *err)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < batch->person_count && r == PORTROLL_OK; i++) {
		const struct stored_person *person = &batch->people[i];
		struct binding b = query_begin(s, SQL_ADD_PERSON);
		query_text(&b, person->source);
		query_text(&b, person->id);
		query_hash(&b, &person->content.commitment);
		query_bytes(&b, person->content.salt);
		query_bytes(&b, person->content.body);
		r = query_run(s, SQL_ADD_PERSON, &b, "a person cannot be stored", err);
	}
	return r;
}

static int set_head(struct store *s, const struct tree *tree, struct portroll_error *err)
{
	uint8_t edge[EDGE_SIZE_MAX];
	size_t len = store_edge_write(edge, tree);
	struct binding b = query_begin(s, SQL_SET_HEAD);
	query_number(&b, tree->size);
	query_bytes(&b, (struct portroll_str){(const char *)edge, len});
	return query_run(s, SQL_SET_HEAD, &b, "the head cannot be stored", err);
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
	if (r == PORTROLL_OK)
		r = sqlite_papers_add(s, batch->papers, batch->paper_count, err);
	return r == PORTROLL_OK ? set_head(s, &batch->after, err) : r;
}

static int sqlite_append(struct store *s, const struct store_batch *batch,
			 struct portroll_error *err)
{
	int r = store_batch_check(batch, err);
	if (r == PORTROLL_OK)
		r = query_run(s, SQL_BEGIN, NULL, "nothing can be appended", err);
	return r == PORTROLL_OK ? query_finish(s, add_batch(s, batch, err), err) : r;
}

/* A commit that succeeds makes durable whatever one before it left behind; but one that alters
 * nothing is none. */
static int sqlite_settle(struct store *s, struct portroll_error *err)
{
	return query_run(s, SQL_SETTLE, NULL, "the ledger cannot be settled", err);
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
	if (!query_take_number(&entry.index, row, 0) || entry.index != w->next ||
	    !query_take_hash(&entry.leaf, row, 1) ||
	    !query_take(&entry.topic, row, 2, SQLITE_TEXT) ||
	    !query_take(&entry.body, row, 3, SQLITE_BLOB) || entry.body.len > ENTRY_SIZE_MAX)
		return query_damaged(w->store, "entry @", w->next + 1, err);
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
	struct binding b = query_begin(s, SQL_EACH);
	query_number(&b, range.from);
	query_number(&b, end);
	r = query_walk(s, &b, take_entry, &w, err);
	return r == PORTROLL_OK && w.next < end ? query_damaged(s, "entry @", w.next + 1, err) : r;
}

static int take_last(void *context, sqlite3_stmt *row, struct portroll_error *err)
{
	(void)err;
	uint64_t *last = context;
	if (!query_take_number(last, row, 0))
		*last = UINT64_MAX;
	return PORTROLL_OK;
}

static int sqlite_last(uint64_t *ret, struct store *s, struct portroll_str topic,
		       struct portroll_error *err)
{
	uint64_t last = UINT64_MAX;
	struct binding b = query_begin(s, SQL_LAST);
	query_text(&b, topic);
	int r = query_walk(s, &b, take_last, &last, err);
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
	if (!query_take(&person.source, row, 0, SQLITE_TEXT) ||
	    !query_take(&person.id, row, 1, SQLITE_TEXT) ||
	    !query_take_hash(&content->commitment, row, 2) ||
	    !query_take(&content->salt, row, 3, SQLITE_BLOB) ||
	    !query_take(&content->body, row, 4, SQLITE_BLOB) ||
	    content->body.len > ENTRY_SIZE_MAX ||
	    content->salt.len != (content->body.len ? SALT_SIZE : 0))
		return query_damaged(w->store, "person ", w->count, err);
	return w->fn(w->context, &person, err);
}

static int sqlite_people(struct store *s, struct portroll_str source, store_person_fn *fn,
			 void *context, struct portroll_error *err)
{
	struct person_walk w = {s, 0, fn, context};
	struct binding b = query_begin(s, SQL_PEOPLE);
	query_text(&b, source);
	return query_walk(s, &b, take_person, &w, err);
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
	struct binding b = query_begin(s, SQL_ERASE);
	query_text(&b, id);
	int r = query_run(s, SQL_ERASE, &b, "nothing can be erased", err);
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
	struct binding b = query_begin(s, SQL_ADD_NOTE);
	query_number(&b, size);
	query_bytes(&b, note);
	int r = query_run(s, SQL_ADD_NOTE, &b, "the checkpoint cannot be kept", err);
	return r == PORTROLL_OK ? durable(s, (uint64_t)sqlite3_changes64(s->db), err) : r;
}

static int take_note(void *context, sqlite3_stmt *row, struct portroll_error *err)
{
	struct entry_walk *w = context;
	struct stored_entry note = {.topic = STR("")};
	if (!query_take_number(&note.index, row, 0) || !query_take(&note.body, row, 1, SQLITE_BLOB))
		return query_damaged(w->store, "the checkpoint @", w->next, err);
	return w->fn(w->context, &note, err);
}

static int sqlite_notes(struct store *s, uint64_t size, store_entry_fn *fn, void *context,
			struct portroll_error *err)
{
	struct entry_walk w = {s, size, fn, context};
	struct binding b = query_begin(s, SQL_NOTES);
	query_number(&b, size);
	return query_walk(s, &b, take_note, &w, err);
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
	.put_papers = sqlite_papers_put,
	.papers = sqlite_papers_each,
	.keep_note = sqlite_keep_note,
	.notes = sqlite_notes,
	.wait = sqlite_wait,
};

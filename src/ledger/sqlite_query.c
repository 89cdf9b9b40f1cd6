/* SPDX-License-Identifier: MIT */
#include "ledger/sqlite_query.h"

#include <inttypes.h>

struct binding query_begin(struct store *s, enum statement which)
{
	return (struct binding){s->statements[which], 0, SQLITE_OK};
}

static void note_failure(struct binding *b, int code)
{
	if (b->failed == SQLITE_OK)
		b->failed = code;
}

void query_number(struct binding *b, uint64_t number)
{
	sqlite3_int64 value = number > INT64_MAX ? INT64_MAX : (sqlite3_int64)number;
	note_failure(b, sqlite3_bind_int64(b->statement, ++b->at, value));
}

/* No pointer would be NULL, not an empty value. */
void query_bytes(struct binding *b, struct portroll_str bytes)
{
	note_failure(b, sqlite3_bind_blob64(b->statement, ++b->at, bytes.len ? bytes.ptr : "",
					    bytes.len, SQLITE_STATIC));
}

void query_text(struct binding *b, struct portroll_str text)
{
	note_failure(b, sqlite3_bind_text64(b->statement, ++b->at, text.len ? text.ptr : "",
					    text.len, SQLITE_STATIC, SQLITE_UTF8));
}

void query_hash(struct binding *b, const struct tree_hash *hash)
{
	query_bytes(b, (struct portroll_str){(const char *)hash->bytes, TREE_HASH_SIZE});
}

void query_release(struct store *s, enum statement which)
{
	(void)sqlite3_reset(s->statements[which]);
	(void)sqlite3_clear_bindings(s->statements[which]);
}

int query_step(struct store *s, enum statement which, const struct binding *b)
{
	int code = b ? b->failed : SQLITE_OK;
	return code == SQLITE_OK ? sqlite3_step(s->statements[which]) : code;
}

int query_run(struct store *s, enum statement which, const struct binding *b, const char *what,
	      struct portroll_error *err)
{
	int code = query_step(s, which, b);
	int r = code == SQLITE_DONE ? PORTROLL_OK : sqlite_store_error(s, code, what, err);
	query_release(s, which);
	return r;
}

int query_finish(struct store *s, int r, struct portroll_error *err)
{
	if (r == PORTROLL_OK)
		r = query_run(s, SQL_COMMIT, NULL, "nobody knows whether it was committed", err);
	if (!sqlite3_get_autocommit(s->db))
		(void)!query_run(s, SQL_ROLLBACK, NULL, "cannot be rolled back", NULL);
	return r;
}

int query_walk(struct store *s, const struct binding *b, row_fn *fn, void *context,
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

bool query_take(struct portroll_str *ret, sqlite3_stmt *row, int column, int type)
{
	if (sqlite3_column_type(row, column) != type)
		return false;
	const void *bytes = type == SQLITE_TEXT ? (const void *)sqlite3_column_text(row, column)
						: sqlite3_column_blob(row, column);
	size_t len = (size_t)sqlite3_column_bytes(row, column);
	*ret = len ? (struct portroll_str){bytes, len} : STR("");
	return bytes || !len;
}

bool query_take_number(uint64_t *ret, sqlite3_stmt *row, int column)
{
	sqlite3_int64 value = sqlite3_column_int64(row, column);
	*ret = (uint64_t)value;
	return sqlite3_column_type(row, column) == SQLITE_INTEGER && value >= 0;
}

bool query_take_hash(struct tree_hash *ret, sqlite3_stmt *row, int column)
{
	struct portroll_str bytes;
	if (!query_take(&bytes, row, column, SQLITE_BLOB) || bytes.len != TREE_HASH_SIZE)
		return false;
	*ret = *(const struct tree_hash *)bytes.ptr;
	return true;
}

int query_damaged(struct store *s, const char *what, uint64_t at, struct portroll_error *err)
{
	if ((sqlite3_errcode(s->db) & 0xff) == SQLITE_NOMEM)
		return error_memory(err);
	return error_set(err, PORTROLL_ECORRUPT,
			 "%s: %s%" PRIu64 " is damaged or missing; bring back the last backup "
			 "(portroll ledger restore)",
			 sqlite_store_path(s), what, at);
}

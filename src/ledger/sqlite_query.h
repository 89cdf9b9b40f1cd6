/* SPDX-License-Identifier: MIT */
#pragma once

/* Running the statements of a store in SQLite: values in, rows out. */

#include "ledger/store_sqlite.h"

/* The values of a statement that is about to run, in their order. */
struct binding {
	sqlite3_stmt *statement;
	int at, failed;
};

struct binding query_begin(struct store *s, enum statement which);

/* SQLite has no numbers above INT64_MAX, and no store as many entries. */
void query_number(struct binding *b, uint64_t number);
void query_bytes(struct binding *b, struct portroll_str bytes);
void query_text(struct binding *b, struct portroll_str text);
void query_hash(struct binding *b, const struct tree_hash *hash);

/* Runs a statement without rows; the code is SQLite's. query_release() is to follow: the values
 * must not be looked at after the caller's texts are gone. */
int query_step(struct store *s, enum statement which, const struct binding *b);
void query_release(struct store *s, enum statement which);

/* The same with both, and `what` could not be done as an error. No binding: it has no values. */
PORTROLL_MUST_CHECK int query_run(struct store *s, enum statement which, const struct binding *b,
				  const char *what, struct portroll_error *err);

/* Commits where all went well, and leaves no transaction open in any case. */
PORTROLL_MUST_CHECK int query_finish(struct store *s, int r, struct portroll_error *err);

typedef int row_fn(void *context, sqlite3_stmt *row, struct portroll_error *err);

/* Hands each row of a statement to the function, up to its first failure. */
PORTROLL_MUST_CHECK int query_walk(struct store *s, const struct binding *b, row_fn *fn,
				   void *context, struct portroll_error *err);

/* A value of that type; false for any other, and where memory ends. */
bool query_take(struct portroll_str *ret, sqlite3_stmt *row, int column, int type);
bool query_take_number(uint64_t *ret, sqlite3_stmt *row, int column);
bool query_take_hash(struct tree_hash *ret, sqlite3_stmt *row, int column);

/* PORTROLL_ECORRUPT: a row is not what we write; or PORTROLL_ENOMEM. */
int query_damaged(struct store *s, const char *what, uint64_t at, struct portroll_error *err);

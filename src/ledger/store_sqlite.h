/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What the files of the SQLite store share. Nothing but SQLite opens the file of a database
 * that is open: to close any other descriptor of it would drop SQLite's locks.
 */

#include <sqlite3.h>

#include "base/arena.h"
#include "ledger/store_row.h"

/* Statements, prepared when the store is opened. */
enum statement {
	SQL_BEGIN,
	SQL_COMMIT,
	SQL_ROLLBACK,
	SQL_GET_HEAD,
	SQL_SET_HEAD,
	SQL_SETTLE,
	SQL_ADD_ENTRY,
	SQL_ADD_PERSON,
	SQL_ADD_NOTE,
	SQL_EACH,
	SQL_LAST,
	SQL_PEOPLE,
	SQL_ERASE,
	SQL_NOTES,
	SQL_GET_PAPER, /* from here on of papers, which version 1 has not */
	SQL_PUT_PAPER,
	SQL_PAPER,
	SQL_PAPERS,
	SQL_ALL_PAPERS,
	SQL_COUNT
};

struct store {
	struct arena memory; /* of this and the path */
	sqlite3 *db;
	const char *path;
	sqlite3_stmt *statements[SQL_COUNT];
};

int sqlite_store_open(struct store **ret, struct portroll_str url, bool create,
		      struct portroll_error *err);
/* Of a file that stays as it is, and that this user may only be able to read. */
int sqlite_store_open_to_read(struct store **ret, struct portroll_str url,
			      struct portroll_error *err);
void sqlite_store_close(struct store *s);

/* The path for messages; the end of a long one. */
const char *sqlite_store_path(const struct store *s);

/* The error for a code of SQLite: the path, what could not be done, SQLite's own words, and what
 * may be done about it. */
int sqlite_store_error(const struct store *s, int code, const char *what,
		       struct portroll_error *err);

/* SPDX-License-Identifier: MIT */
#include "ledger/store_sqlite.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/file.h"

#define APPLICATION_ID 0x70726c67 /* "prlg" */
#define STORE_VERSION  2
#define BUSY_MS        5000
#define ROW_SIZE_MAX   ((int)PAPER_SIZE_MAX + (1 << 16))
#define PATH_SHOWN     100 /* bytes of a path in a message; of a longer one the end is shown */

/* The tables, and triggers against accidents; what somebody does on purpose only the signed tree
 * tells. Those of version 1 first, and then what version 2 added. They are compared with what is in
 * a file letter by letter, so their form is SQLite's. */
static const char *const schema[] = {
	"CREATE TABLE entries (position INTEGER PRIMARY KEY, "
	"leaf BLOB NOT NULL UNIQUE CHECK (length(leaf) = 32), topic TEXT NOT NULL, "
	"body BLOB NOT NULL CHECK (length(body) <= 65535)) STRICT",
	"CREATE INDEX entries_by_topic ON entries (topic, position)",
	"CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), "
	"size INTEGER NOT NULL CHECK (size >= 0), edge BLOB NOT NULL, "
	"settled INTEGER NOT NULL CHECK (settled IN (0, 1))) STRICT",
	"CREATE TABLE notes (position INTEGER PRIMARY KEY, "
	"size INTEGER NOT NULL CHECK (size >= 0), note BLOB NOT NULL, UNIQUE (size, note)) STRICT",
	"CREATE TABLE people (position INTEGER PRIMARY KEY, "
	"commitment BLOB NOT NULL CHECK (length(commitment) = 32), source TEXT NOT NULL, "
	"id TEXT NOT NULL, salt BLOB NOT NULL CHECK (length(salt) IN (0, 32)), "
	"body BLOB NOT NULL CHECK (length(body) <= 65535)) STRICT",
	"CREATE TRIGGER entries_follow BEFORE INSERT ON entries "
	"WHEN NEW.position IS NOT coalesce((SELECT max(position) + 1 FROM entries), 0) "
	"BEGIN SELECT raise(ABORT, 'entries follow one another'); END",
	"CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries "
	"BEGIN SELECT raise(ABORT, 'entries are never changed'); END",
	"CREATE TRIGGER entries_are_not_removed BEFORE DELETE ON entries "
	"BEGIN SELECT raise(ABORT, 'entries are never removed'); END",
	"CREATE TRIGGER head_goes_forward BEFORE UPDATE ON head WHEN NEW.size < OLD.size "
	"BEGIN SELECT raise(ABORT, 'the ledger never goes back'); END",
	"CREATE TRIGGER head_is_not_removed BEFORE DELETE ON head "
	"BEGIN SELECT raise(ABORT, 'the head is never removed'); END",
	"CREATE TRIGGER notes_are_not_changed BEFORE UPDATE ON notes "
	"BEGIN SELECT raise(ABORT, 'notes are never changed'); END",
	"CREATE TRIGGER notes_are_not_removed BEFORE DELETE ON notes "
	"BEGIN SELECT raise(ABORT, 'notes are never removed'); END",
	"CREATE TRIGGER people_are_only_erased BEFORE UPDATE ON people "
	"WHEN length(NEW.salt) > 0 OR length(NEW.body) > 0 OR NEW.position IS NOT OLD.position "
	"OR NEW.commitment IS NOT OLD.commitment OR NEW.source IS NOT OLD.source "
	"OR NEW.id IS NOT OLD.id "
	"BEGIN SELECT raise(ABORT, 'people are only erased'); END",
	"CREATE TRIGGER people_are_not_removed BEFORE DELETE ON people "
	"BEGIN SELECT raise(ABORT, 'people are only erased'); END",
	"CREATE TABLE papers (kind TEXT NOT NULL, id TEXT NOT NULL, "
	"version INTEGER NOT NULL CHECK (version > 0), "
	"body BLOB NOT NULL CHECK (length(body) <= 1048576), PRIMARY KEY (kind, id)) STRICT",
	"CREATE TRIGGER papers_go_forward BEFORE UPDATE ON papers "
	"WHEN NEW.version IS NOT OLD.version + 1 OR NEW.kind IS NOT OLD.kind "
	"OR NEW.id IS NOT OLD.id "
	"BEGIN SELECT raise(ABORT, 'a paper is changed by who knows its version'); END",
	"CREATE TRIGGER papers_are_not_removed BEFORE DELETE ON papers "
	"BEGIN SELECT raise(ABORT, 'papers are only erased'); END",
};

#define PAPERS_COUNT 3 /* what version 2 added */

static const size_t schema_counts[STORE_VERSION + 1] = {
	[1] = ARRAY_LEN(schema) - PAPERS_COUNT,
	[2] = ARRAY_LEN(schema),
};

static const char *const statements[SQL_COUNT] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",
	[SQL_GET_HEAD] = "SELECT size, edge, (SELECT max(position) FROM entries) FROM head",
	[SQL_SET_HEAD] = "UPDATE head SET size = ?, edge = ?",
	[SQL_SETTLE] = "UPDATE head SET settled = 1 - settled",
	[SQL_ADD_ENTRY] = "INSERT INTO entries (position, leaf, topic, body) VALUES (?, ?, ?, ?)",
	[SQL_ADD_PERSON] = "INSERT INTO people (source, id, commitment, salt, body) "
			   "VALUES (?, ?, ?, ?, ?)",
	[SQL_ADD_NOTE] = "INSERT INTO notes (size, note) VALUES (?, ?) "
			 "ON CONFLICT (size, note) DO NOTHING",
	[SQL_EACH] = "SELECT position, leaf, topic, body FROM entries "
		     "WHERE position >= ? AND position < ? ORDER BY position",
	[SQL_LAST] = "SELECT max(position) FROM entries WHERE topic = ?",
	[SQL_PEOPLE] = "SELECT source, id, commitment, salt, body FROM people "
		       "WHERE ?1 = '' OR source = ?1 ORDER BY position",
	[SQL_ERASE] = "UPDATE people SET salt = x'', body = x'' WHERE id = ? AND length(body) > 0",
	[SQL_NOTES] = "SELECT size, note FROM notes WHERE size = "
		      "(SELECT max(size) FROM notes WHERE size <= ?) ORDER BY position",
	[SQL_GET_PAPER] = "SELECT version, length(body) FROM papers WHERE kind = ? AND id = ?",
	[SQL_PUT_PAPER] =
		"INSERT INTO papers (kind, id, version, body) VALUES (?, ?, ?, ?) ON CONFLICT "
		"(kind, id) DO UPDATE SET version = excluded.version, body = excluded.body",
	[SQL_PAPER] = "SELECT kind, id, version, body FROM papers WHERE kind = ? AND id = ? "
		      "AND length(body) IS NOT 0",
	[SQL_PAPERS] = "SELECT kind, id, version, body FROM papers WHERE kind >= ? AND kind <= ? "
		       "AND id >= ? AND id <= ? AND length(body) IS NOT 0 ORDER BY kind, id",
	[SQL_ALL_PAPERS] = "SELECT kind, id, version, body FROM papers "
			   "WHERE length(body) IS NOT 0 ORDER BY kind, id",
};

/* What may be done about a code of SQLite. */
static const struct {
	int sqlite, code;
	const char *advice;
} advices[] = {
	{SQLITE_NOTADB, PORTROLL_ECORRUPT, "; put the ledger's database in its place"},
	{SQLITE_CORRUPT, PORTROLL_ECORRUPT,
	 "; bring back the last backup (portroll ledger restore)"},
	{SQLITE_TOOBIG, PORTROLL_ECORRUPT, "; no ledger has such a row"},
	{SQLITE_CONSTRAINT, PORTROLL_ECORRUPT, ""},
	{SQLITE_MISMATCH, PORTROLL_ECORRUPT, ""},
	{SQLITE_ERROR, PORTROLL_ECORRUPT, ""},
	{SQLITE_FULL, PORTROLL_ESYSTEM, "; make room there and try again"},
	{SQLITE_READONLY, PORTROLL_ESYSTEM, "; the file and its folder must be writable"},
	{SQLITE_CANTOPEN, PORTROLL_ESYSTEM, "; its folder must be there and be writable"},
	{SQLITE_BUSY, PORTROLL_ESYSTEM, "; another program is at it: try again"},
	{SQLITE_LOCKED, PORTROLL_ESYSTEM, "; another program is at it: try again"},
};

const char *sqlite_store_path(const struct store *s)
{
	size_t len = str_from(s->path).len;
	return len > PATH_SHOWN ? s->path + len - PATH_SHOWN : s->path;
}

int sqlite_store_error(const struct store *s, int code, const char *what,
		       struct portroll_error *err)
{
	int primary = code & 0xff;
	if (primary == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM)
		return error_memory(err);
	const char *words = sqlite3_errstr(code);
	if (s->db && sqlite3_errcode(s->db) == code)
		words = sqlite3_errmsg(s->db);
	for (size_t i = 0; i < ARRAY_LEN(advices); i++)
		if (advices[i].sqlite == primary)
			return error_set(err, advices[i].code, "%s: %s: %s%s", sqlite_store_path(s),
					 what, words, advices[i].advice);
	int sys_errno = s->db ? sqlite3_system_errno(s->db) : 0;
	if (sys_errno)
		return error_sys(err, sys_errno, "%s: %s: %s", sqlite_store_path(s), what, words);
	return error_set(err, PORTROLL_ESYSTEM, "%s: %s: %s", sqlite_store_path(s), what, words);
}

/* One statement without a result, a constant of this file. */
static int run(struct store *s, const char *sql, struct portroll_error *err)
{
	int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
	return code == SQLITE_OK ? PORTROLL_OK
				 : sqlite_store_error(s, code, "the ledger cannot be opened", err);
}

/* One number that a constant statement of this file asks for. */
static int ask(int64_t *ret, struct store *s, const char *sql, struct portroll_error *err)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	int r = code == SQLITE_ROW ? PORTROLL_OK
				   : sqlite_store_error(s, code, "the ledger cannot be read", err);
	if (r == PORTROLL_OK)
		*ret = sqlite3_column_int64(statement, 0);
	(void)sqlite3_finalize(statement);
	return r;
}

/* A path that begins with a letter could be one of SQLite's special names. */
static int take_path(struct store *s, struct portroll_str url, struct portroll_error *err)
{
	struct portroll_str path = str_part(url, str_find_char(url, ':') + 1, url.len);
	if (!path.len || str_find_char(path, '\0') != SIZE_MAX)
		return error_set(err, PORTROLL_EINVAL, "'%.*s' names no file: write sqlite:PATH",
				 PORTROLL_STR_ARG(str_part(url, 0, PATH_SHOWN)));
	size_t dots = path.ptr[0] == '/' ? 0 : 2;
	char *copy = arena_array(&s->memory, path.len + dots + 1, 1);
	if (!copy)
		return error_memory(err);
	memcpy(copy, "./", dots);
	memcpy(copy + dots, path.ptr, path.len);
	s->path = copy;
	return PORTROLL_OK;
}

/* What is to be done with the file. */
enum purpose {
	TO_READ, /* it stays as it is, byte for byte */
	TO_WRITE,
	TO_CREATE,
};

static int connect(struct store *s, enum purpose purpose, struct portroll_error *err)
{
	static const int flags[] = {
		[TO_READ] = SQLITE_OPEN_READONLY,
		[TO_WRITE] = SQLITE_OPEN_READWRITE,
		[TO_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	};
	/* SQLite would let everybody read it. */
	int r = purpose == TO_CREATE ? file_make_private(s->path, err) : PORTROLL_OK;
	if (r < 0)
		return r;
	int code =
		sqlite3_open_v2(s->path, &s->db,
				flags[purpose] | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if ((code & 0xff) == SQLITE_CANTOPEN && s->db && sqlite3_system_errno(s->db) == ENOENT)
		return error_sys(err, ENOENT, "%s: there is no ledger", sqlite_store_path(s));
	if (code != SQLITE_OK)
		return sqlite_store_error(s, code, "the ledger cannot be opened", err);
	return PORTROLL_OK;
}

/* Settings of the connection, so that what is erased is overwritten (secure_delete) as well; the
 * database is not touched. */
static int defend(struct store *s, struct portroll_error *err)
{
	static const struct {
		int option, value;
	} options[] = {
		{SQLITE_DBCONFIG_DEFENSIVE, 1},   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
		{SQLITE_DBCONFIG_ENABLE_FKEY, 1}, {SQLITE_DBCONFIG_DQS_DML, 0},
		{SQLITE_DBCONFIG_DQS_DDL, 0},     {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		int code = sqlite3_db_config(s->db, options[i].option, options[i].value, NULL);
		if (code != SQLITE_OK)
			return sqlite_store_error(s, code, "the ledger cannot be opened", err);
	}
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, ROW_SIZE_MAX);
	(void)sqlite3_busy_timeout(s->db, BUSY_MS);
	return run(s,
		   "PRAGMA synchronous=EXTRA; PRAGMA recursive_triggers=1; "
		   "PRAGMA cell_size_check=1; PRAGMA secure_delete=1; PRAGMA mmap_size=0; "
		   "PRAGMA cache_size=-500; PRAGMA temp_store=MEMORY",
		   err);
}

/* The version of the ledger, or 0 where it is empty. Of another application, or a later version: an
 * error. */
static int identify(struct store *s, struct portroll_error *err)
{
	int64_t id = 0, version = 0, count = 0;
	int r = ask(&id, s, "PRAGMA application_id", err);
	if (r == PORTROLL_OK)
		r = ask(&version, s, "PRAGMA user_version", err);
	if (r == PORTROLL_OK)
		r = ask(&count, s, "SELECT count(*) FROM sqlite_schema", err);
	if (r < 0)
		return r;
	if (id == 0 && version == 0 && count == 0)
		return 0;
	if (id != APPLICATION_ID)
		return error_set(err, PORTROLL_ECORRUPT,
				 "%s: is a database of another application (0x%08" PRIx32
				 "), not a ledger; name another file",
				 sqlite_store_path(s), (uint32_t)id);
	if (version > STORE_VERSION)
		return error_set(err, PORTROLL_EVERSION,
				 "%s: was made by a later portroll (version %" PRId64
				 " of the store, this one knows %d): install that one",
				 sqlite_store_path(s), version, STORE_VERSION);
	if (version < 1)
		return error_set(err, PORTROLL_ECORRUPT, "%s: has no version: it is damaged",
				 sqlite_store_path(s));
	return (int)version;
}

/* A rollback journal: readers have the snapshot, and SQLite before 3.51.3 can lose commits of a
 * write-ahead log. */
static int set_journal(struct store *s, struct portroll_error *err)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(s->db, "PRAGMA journal_mode=TRUNCATE", -1, &statement, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW &&
	    !str_equal(str_from((const char *)sqlite3_column_text(statement, 0)), STR("truncate")))
		code = SQLITE_BUSY;
	int r = code == SQLITE_ROW ? PORTROLL_OK
				   : sqlite_store_error(s, code, "its journal cannot be set", err);
	(void)sqlite3_finalize(statement);
	return r;
}

static bool in_schema(struct portroll_str sql, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(sql, str_from(schema[i])))
			return true;
	return false;
}

/* A database that somebody hands us may have triggers and views of their own. */
static int check_schema(struct store *s, int version, struct portroll_error *err)
{
	size_t wanted = schema_counts[version], count = 0;
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(
		s->db, "SELECT DISTINCT sql FROM sqlite_schema WHERE sql IS NOT NULL", -1,
		&statement, NULL);
	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(statement);
		if (code != SQLITE_ROW)
			break;
		if (!in_schema(str_from((const char *)sqlite3_column_text(statement, 0)), wanted))
			count = wanted;
		count++;
	}
	int r = PORTROLL_OK;
	if (code != SQLITE_DONE)
		r = sqlite_store_error(s, code, "the ledger cannot be read", err);
	else if (count != wanted)
		r = error_set(err, PORTROLL_ECORRUPT,
			      "%s: its tables are not those of a ledger: somebody altered them; "
			      "bring back the last backup (portroll ledger restore)",
			      sqlite_store_path(s));
	(void)sqlite3_finalize(statement);
	return r;
}

static int fill_empty(struct store *s, struct portroll_error *err)
{
	int r = run(s, "INSERT INTO head (one, size, edge, settled) VALUES (1, 0, x'', 0)", err);
	return r == PORTROLL_OK ? run(s, "PRAGMA application_id=0x70726c67", err) : r;
}

/* From a version to the present one. */
static int bring_up(struct store *s, int version, struct portroll_error *err)
{
	int r = version ? check_schema(s, version, err) : PORTROLL_OK;
	for (size_t i = schema_counts[version]; i < ARRAY_LEN(schema) && r == PORTROLL_OK; i++)
		r = run(s, schema[i], err);
	if (r == PORTROLL_OK && version == 0)
		r = fill_empty(s, err);
	if (r == PORTROLL_OK)
		r = run(s, "PRAGMA user_version=2", err);
	return r == PORTROLL_OK ? run(s, "COMMIT", err) : r;
}

/* Another may be at it at the same time. */
static int make(struct store *s, struct portroll_error *err)
{
	int r = run(s, "BEGIN IMMEDIATE", err);
	if (r < 0)
		return r;
	r = identify(s, err);
	r = r >= 0 && r < STORE_VERSION ? bring_up(s, r, err) : r;
	if (!sqlite3_get_autocommit(s->db))
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return r < 0 ? r : PORTROLL_OK;
}

static int prepare(struct store *s, int version, struct portroll_error *err)
{
	size_t count = version == STORE_VERSION ? SQL_COUNT : SQL_GET_PAPER;
	for (size_t i = 0; i < count; i++) {
		int code = sqlite3_prepare_v3(s->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
					      &s->statements[i], NULL);
		if (code != SQLITE_OK)
			return sqlite_store_error(s, code, "the ledger cannot be used", err);
	}
	return PORTROLL_OK;
}

static int open_to_write(struct store *s, int version, struct portroll_error *err)
{
	if (sqlite3_db_readonly(s->db, "main") == 1)
		return error_sys(err, EACCES, "%s: the ledger cannot be written to",
				 sqlite_store_path(s));
	int r = set_journal(s, err);
	if (r == PORTROLL_OK && version == 0)
		r = run(s, "PRAGMA page_size=16384", err);
	return r == PORTROLL_OK && version < STORE_VERSION ? make(s, err) : r;
}

static int open_all(struct store *s, struct portroll_str url, enum purpose purpose,
		    struct portroll_error *err)
{
	int r = take_path(s, url, err);
	if (r == PORTROLL_OK)
		r = connect(s, purpose, err);
	if (r == PORTROLL_OK)
		r = defend(s, err);
	if (r == PORTROLL_OK)
		r = identify(s, err);
	if (r < 0)
		return r;
	int version = r;
	if (version == 0 && purpose != TO_CREATE)
		return error_set(err, PORTROLL_ECORRUPT, "%s: is empty: there is no ledger in it",
				 sqlite_store_path(s));
	r = PORTROLL_OK;
	if (purpose != TO_READ) {
		r = open_to_write(s, version, err);
		version = STORE_VERSION;
	}
	if (r == PORTROLL_OK)
		r = check_schema(s, version, err);
	return r == PORTROLL_OK ? prepare(s, version, err) : r;
}

static int open_for(struct store **ret, struct portroll_str url, enum purpose purpose,
		    struct portroll_error *err)
{
	struct arena memory = ARENA_INIT;
	struct store *s = arena_alloc(&memory, sizeof(*s));
	if (!s)
		return error_memory(err);
	s->memory = memory;
	int r = open_all(s, url, purpose, err);
	if (r < 0)
		sqlite_store_close(s);
	else
		*ret = s;
	return r;
}

int sqlite_store_open(struct store **ret, struct portroll_str url, bool create,
		      struct portroll_error *err)
{
	return open_for(ret, url, create ? TO_CREATE : TO_WRITE, err);
}

int sqlite_store_open_to_read(struct store **ret, struct portroll_str url,
			      struct portroll_error *err)
{
	return open_for(ret, url, TO_READ, err);
}

void sqlite_store_close(struct store *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < SQL_COUNT; i++)
		(void)sqlite3_finalize(s->statements[i]);
	(void)sqlite3_close(s->db);
	struct arena memory = s->memory;
	arena_done(&memory);
}

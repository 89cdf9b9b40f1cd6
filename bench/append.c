/* SPDX-License-Identifier: MIT */
/*
 * Appending to a ledger: durable in its store, signed, and published.
 *
 *     append URL FOLDER COUNT    so many changes in one commit, per change : rows of as many bytes,
 * each a commit of its own, in the same store with the same settings. URL is empty for SQLite in
 * the folder.
 */
#include <libpq-fe.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "bench.h"
#include "ledger/ledger.h"
#include "pairs.h"

enum {
	COUNT_MAX = 32,
	PATH_SIZE = 4096,
};

#define WHY "a service that is registered and not in use any more, by request"

struct appending {
	struct ledger *ledger;
	struct proposal proposals[COUNT_MAX];
	size_t count;
	sqlite3 *db; /* one of the two */
	sqlite3_stmt *insert;
	PGconn *connection;
	char body[1024]; /* as many bytes as an entry has */
	size_t body_len;
};

static double time_commit(void *context)
{
	struct appending *a = context;
	struct portroll_error err = {0};
	for (size_t i = 0; i < a->count; i++)
		a->proposals[i].about = (struct changeset){
			.author = STR("bench"),
			.time = INT64_C(1795000000),
			.kind = STR("correct"),
			.reason = STR(WHY),
			.effective = {.year = 2026, .month = 11, .day = 18},
			.base = tree_head(ledger_tree(a->ledger)),
		};
	double start = pairs_now();
	if (ledger_commit(a->ledger, &(struct commit){.proposals = a->proposals, .count = a->count},
			  NULL, &err) < 0)
		bench_fail("commit", err.text);
	return (pairs_now() - start) / (double)a->count;
}

static double time_sqlite(void *context)
{
	struct appending *a = context;
	double start = pairs_now();
	for (size_t i = 0; i < a->count; i++) {
		sqlite3_bind_blob(a->insert, 1, a->body, (int)a->body_len, SQLITE_STATIC);
		if (sqlite3_step(a->insert) != SQLITE_DONE || sqlite3_reset(a->insert) != SQLITE_OK)
			bench_fail("SQLite", sqlite3_errmsg(a->db));
	}
	return (pairs_now() - start) / (double)a->count;
}

static double time_postgres(void *context)
{
	struct appending *a = context;
	const char *values[] = {a->body};
	const int lengths[] = {(int)a->body_len}, formats[] = {1};
	double start = pairs_now();
	for (size_t i = 0; i < a->count; i++) {
		PGresult *result =
			PQexecPrepared(a->connection, "add", 1, values, lengths, formats, 1);
		if (PQresultStatus(result) != PGRES_COMMAND_OK)
			bench_fail("PostgreSQL", PQerrorMessage(a->connection));
		PQclear(result);
	}
	return (pairs_now() - start) / (double)a->count;
}

static void open_sqlite(struct appending *a, const char *folder)
{
	char path[PATH_SIZE];
	snprintf(path, sizeof(path), "%s/rows.db", folder);
	if (sqlite3_open(path, &a->db) != SQLITE_OK ||
	    sqlite3_exec(
		    a->db,
		    "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; "
		    "CREATE TABLE rows (position INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT",
		    NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(a->db, "INSERT INTO rows (body) VALUES (?)", -1, &a->insert, NULL) !=
		    SQLITE_OK)
		bench_fail(path, sqlite3_errmsg(a->db));
}

static void open_postgres(struct appending *a, const char *url)
{
	a->connection = PQconnectdb(url);
	PGresult *made =
		PQexec(a->connection, "CREATE TABLE bench_rows (position BIGSERIAL PRIMARY "
				      "KEY, body BYTEA NOT NULL)");
	PGresult *add = PQprepare(a->connection, "add", "INSERT INTO bench_rows (body) VALUES ($1)",
				  1, NULL);
	if (PQresultStatus(made) != PGRES_COMMAND_OK || PQresultStatus(add) != PGRES_COMMAND_OK)
		bench_fail("PostgreSQL", PQerrorMessage(a->connection));
	PQclear(made);
	PQclear(add);
}

static int take_size(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct appending *a = context;
	(void)err;
	a->body_len = entry->body.len < sizeof(a->body) ? entry->body.len : sizeof(a->body);
	memset(a->body, 'x', a->body_len);
	return PORTROLL_OK;
}

static void open_ledger(struct appending *a, const char *url, const char *folder)
{
	static char roll[PATH_SIZE], state[PATH_SIZE];
	struct portroll_error err = {0};
	snprintf(roll, sizeof(roll), "%s/roll", folder);
	snprintf(state, sizeof(state), "%s/state", folder);
	const struct ledger_options how = {roll, state, randombytes_buf};
	if (ledger_init(&how, str_from(url), STR("registry.example/ports"), &err) < 0 ||
	    ledger_open(&a->ledger, &how, &err) < 0)
		bench_fail(folder, err.text);
	(void)time_commit(a);
	if (ledger_each(a->ledger, 0, take_size, a, &err) < 0)
		bench_fail(folder, err.text);
}

int main(int argc, char **argv)
{
	static struct appending a;
	uint64_t count = 0;
	if (argc != 4 || sodium_init() < 0 || num_parse(&count, str_from(argv[3]), COUNT_MAX) < 0)
		bench_fail("usage", "append URL FOLDER COUNT");
	a.count = (size_t)count;
	bool is_sqlite = argv[1][0] == '\0';
	open_ledger(&a, argv[1], argv[2]);
	if (is_sqlite)
		open_sqlite(&a, argv[2]);
	else
		open_postgres(&a, argv[1]);
	struct pairs p = pairs_measure((struct way){time_commit, &a},
				       (struct way){is_sqlite ? time_sqlite : time_postgres, &a});
	pairs_print(&p, "ms", 1e3);
	ledger_close(a.ledger);
	sqlite3_finalize(a.insert);
	sqlite3_close(a.db);
	PQfinish(a.connection);
	return 0;
}

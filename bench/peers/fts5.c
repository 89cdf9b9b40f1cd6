/* SPDX-License-Identifier: MIT */
/* SQLite's full text search with the tokenizer "trigram", in memory. A tab between parts of the
 * text asks for all of them. */
#include <sqlite3.h>
#include <stdio.h>

#include "search_peer.h"

enum {
	QUESTION_MAX = 1024,
};

struct fts5 {
	sqlite3 *database;
	sqlite3_stmt *count;
};

static bool insert_all(sqlite3 *database, const struct documents *d)
{
	sqlite3_stmt *insert;
	if (sqlite3_prepare_v2(database, "insert into texts values(?)", -1, &insert, NULL))
		return false;
	for (size_t i = 0; i < d->count; i++) {
		int size = (int)(d->begin[i + 1] - d->begin[i]) - 1;
		sqlite3_reset(insert);
		sqlite3_bind_text(insert, 1, d->text + d->begin[i], size, SQLITE_STATIC);
		if (sqlite3_step(insert) != SQLITE_DONE)
			return false;
	}
	return sqlite3_finalize(insert) == SQLITE_OK;
}

void *search_peer_build(const struct documents *documents)
{
	static struct fts5 fts;
	if (sqlite3_open(":memory:", &fts.database) != SQLITE_OK ||
	    sqlite3_exec(fts.database,
			 "create virtual table texts using fts5(text, tokenize='trigram'); begin",
			 NULL, NULL, NULL) ||
	    !insert_all(fts.database, documents) ||
	    sqlite3_exec(fts.database, "commit; insert into texts(texts) values('optimize')", NULL,
			 NULL, NULL) ||
	    sqlite3_prepare_v2(fts.database, "select count(*) from texts where texts match ?", -1,
			       &fts.count, NULL))
		return NULL;
	return &fts;
}

/* Each part in quotes, quotes in it doubled. */
static int question_put(char question[static QUESTION_MAX], struct portroll_str text)
{
	int len = 0;
	question[len++] = '"';
	for (size_t i = 0; i < text.len && len < QUESTION_MAX - 5; i++) {
		char c = text.ptr[i];
		if (c == '\t') {
			question[len++] = '"';
			question[len++] = ' ';
			question[len++] = '"';
			continue;
		}
		if (c == '"')
			question[len++] = '"';
		question[len++] = c;
	}
	question[len++] = '"';
	return len;
}

size_t search_peer_count(void *peer, struct portroll_str text)
{
	struct fts5 *fts = peer;
	char question[QUESTION_MAX];
	int len = question_put(question, text);
	sqlite3_reset(fts->count);
	sqlite3_bind_text(fts->count, 1, question, len, SQLITE_STATIC);
	return sqlite3_step(fts->count) == SQLITE_ROW ? (size_t)sqlite3_column_int64(fts->count, 0)
						      : 0;
}

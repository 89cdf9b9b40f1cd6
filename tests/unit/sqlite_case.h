/* SPDX-License-Identifier: MIT */
#pragma once

/* A ledger in a file of SQLite, for tests that do to the file what the store does not. */

#include "store_case.h"

#include <fcntl.h>
#include <sqlite3.h>

#include "base/file.h"

/* A ledger in a file, with one person, one paper and one note. */
struct place {
	struct store_place at, pristine;
	char path[200], pristine_path[200];
};

static inline void fill(const char *url)
{
	struct store *s = open_store(&store_sqlite, url);
	struct tree tree = {0};
	append_next(&store_sqlite, s, &tree, 9);
	struct stored_person person = {
		.content = {.salt = STR("0123456789abcdef0123456789abcdef"), .body = STR("{}")},
		.source = STR("iana"),
		.id = STR("Example"),
	};
	struct store_batch batch = {.base = 9, .people = &person, .person_count = 1, .after = tree};
	assert_int_equal(store_sqlite.append(s, &batch, NULL), PORTROLL_OK);
	struct stored_paper paper = {STR("account"), STR("kelly"), 0, STR("{}")};
	assert_int_equal(store_sqlite.put_papers(s, &paper, 1, NULL), PORTROLL_OK);
	assert_int_equal(store_sqlite.keep_note(s, 9, STR("nine"), NULL), PORTROLL_OK);
	store_sqlite.close(s);
}

static inline void write_file(const char *path, struct portroll_str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.ptr, bytes.len), bytes.len);
	assert_int_equal(close(fd), 0);
}

static inline void begin(struct place *p)
{
	assert_null(sqlite_place(&p->at));
	assert_null(sqlite_place(&p->pristine));
	(void)snprintf(p->path, sizeof(p->path), "%s/ledger.db", p->at.folder);
	(void)snprintf(p->pristine_path, sizeof(p->pristine_path), "%s/ledger.db",
		       p->pristine.folder);
	fill(p->at.url);
	struct file_bytes file = {0};
	assert_int_equal(file_load(&file, p->path, 1 << 20, NULL), PORTROLL_OK);
	write_file(p->pristine_path, file.bytes);
	file_release(&file);
}

static inline void end(const struct place *p)
{
	remove_place(&p->at);
	remove_place(&p->pristine);
}

/* Runs SQL as somebody with another program would; 0 or the code. */
static inline int run_sql(const char *path, const char *sql)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA synchronous=OFF", NULL, NULL, NULL), SQLITE_OK);
	int code = sqlite3_exec(db, sql, NULL, NULL, NULL);
	(void)sqlite3_close(db);
	return code;
}

static inline void must_run_sql(const char *path, const char *sql)
{
	if (run_sql(path, sql) != SQLITE_OK)
		fail_msg("cannot be run: %s", sql);
}

static inline int ignore_entry(void *context, const struct stored_entry *entry,
			       struct portroll_error *err)
{
	(void)err;
	size_t *sum = context;
	*sum += entry->body.len + entry->topic.len;
	return PORTROLL_OK;
}

static inline int ignore_person(void *context, const struct stored_person *person,
				struct portroll_error *err)
{
	(void)err;
	size_t *sum = context;
	*sum += person->content.body.len + person->source.len + person->id.len;
	return PORTROLL_OK;
}

static inline int ignore_paper(void *context, const struct stored_paper *paper,
			       struct portroll_error *err)
{
	(void)err;
	size_t *sum = context;
	*sum += paper->kind.len + paper->id.len + paper->body.len;
	return PORTROLL_OK;
}

/* Reads all that there is; the first failure. */
static inline int read_all(struct store *s, struct portroll_error *err)
{
	struct tree tree;
	size_t sum = 0;
	uint64_t last;
	int r = store_sqlite.head(&tree, s, err);
	if (r == PORTROLL_OK)
		r = store_sqlite.each(s, (struct entry_range){0, UINT64_MAX}, ignore_entry, &sum,
				      err);
	if (r == PORTROLL_OK)
		r = store_sqlite.last(&last, s, STR("iana"), err);
	if (r == PORTROLL_OK)
		r = store_sqlite.people(s, STR(""), ignore_person, &sum, err);
	if (r == PORTROLL_OK)
		r = store_sqlite.papers(s, (struct paper_name){0}, ignore_paper, &sum, err);
	if (r == PORTROLL_OK)
		r = store_sqlite.notes(s, UINT64_MAX, ignore_entry, &sum, err);
	return r;
}

static inline int open_and_read(const char *url, struct portroll_error *err)
{
	struct store *s = NULL;
	int r = store_sqlite.open(&s, str_from(url), false, err);
	if (r == PORTROLL_OK)
		r = read_all(s, err);
	store_sqlite.close(s);
	return r;
}

static inline void has_words(const struct portroll_error *err, const char *words)
{
	if (!strstr(err->text, words))
		fail_msg("'%s' does not say '%s'", err->text, words);
}

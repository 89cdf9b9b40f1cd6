/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The life of a ledger in SQLite on a disk in memory (disk.h), lived again and again with its 1st,
 * 2nd, 3rd ... operation failing. What was acknowledged is there afterwards, a batch is there whole
 * or not at all, and the store can be used.
 */

#include "store_case.h"

#include <sqlite3.h>

#include "disk.h"

#define POINTS_MAX 9000

#define PERSON_ID   STR("Example")
#define PERSON_SALT STR("0123456789abcdef0123456789abcdef")
#define PERSON_BODY STR("{\"name\":\"Somebody to be forgotten\"}")
#define NOTE        STR("the checkpoint of three")
#define PAPER_BODY  STR("{\"number\":1}")

/* The ledger after each of its batches. */
static const uint64_t sizes[] = {0, 2, 3, 6, 12};
static const size_t people_at[] = {0, 1, 1, 3, 3};

#define BATCH_LAST (ARRAY_LEN(sizes) - 1)

/* What a life was told by its store. */
struct life {
	struct store *store;
	size_t batches;   /* acknowledged */
	size_t attempted; /* the last that was begun */
	bool is_open, has_note, is_erased;
	uint64_t paper; /* the version that was acknowledged */
};

static struct {
	struct store_place place;
	struct next_batch next;
	struct stored_person people[2];
	struct tree trees[ARRAY_LEN(sizes)];
	char large[9000];
} fixture;

/* Batch n: from sizes[n - 1] to sizes[n], with the people that are new then. The third has an entry
 * that needs pages of its own. */
static inline const struct store_batch *batch_of(size_t n)
{
	(void)next_batch(&fixture.next, &fixture.trees[n - 1], (size_t)(sizes[n] - sizes[n - 1]),
			 0);
	struct store_batch *batch = &fixture.next.batch;
	batch->people = fixture.people;
	batch->person_count = people_at[n] - people_at[n - 1];
	if (n == 3) {
		fixture.next.entries[1].body =
			(struct portroll_str){fixture.large, sizeof(fixture.large)};
		fixture.next.entries[1].leaf = tree_hash_leaf(fixture.next.entries[1].body);
		batch->after = fixture.trees[2];
		for (size_t i = 0; i < batch->count; i++)
			assert_int_equal(tree_append(&batch->after, &fixture.next.entries[i].leaf),
					 PORTROLL_OK);
	}
	return batch;
}

static inline int begin(void **state)
{
	(void)state;
	disk_install();
	assert_null(sqlite_place(&fixture.place));
	memset(fixture.large, 'x', sizeof(fixture.large));
	for (size_t i = 0; i < ARRAY_LEN(fixture.people); i++)
		fixture.people[i] = (struct stored_person){
			.content = {.salt = PERSON_SALT, .body = PERSON_BODY},
			.source = STR("iana"),
			.id = PERSON_ID,
		};
	for (size_t n = 1; n <= BATCH_LAST; n++)
		fixture.trees[n] = batch_of(n)->after;
	return 0;
}

static inline int end(void **state)
{
	(void)state;
	remove_place(&fixture.place);
	return 0;
}

static inline int open_it(struct life *l, struct portroll_error *err)
{
	int r = store_sqlite.open(&l->store, str_from(fixture.place.url), true, err);
	l->is_open = r == PORTROLL_OK;
	return r;
}

/* The next batch. After a failure that is over, the head tells whether it is there. */
static inline int append_one(struct life *l, struct portroll_error *err)
{
	l->attempted = l->batches + 1;
	int r = store_sqlite.append(l->store, batch_of(l->attempted), err);
	l->batches += r == PORTROLL_OK;
	return r;
}

static inline int keep_note(struct life *l, struct portroll_error *err)
{
	int r = store_sqlite.keep_note(l->store, 3, NOTE, err);
	l->has_note = r == PORTROLL_OK;
	return r;
}

/* A request that is changed again and again. */
static inline int put_paper(struct life *l, struct portroll_error *err)
{
	struct stored_paper paper = {STR("request"), STR("R-1"), l->paper, PAPER_BODY};
	int r = store_sqlite.put_papers(l->store, &paper, 1, err);
	l->paper += r == PORTROLL_OK;
	return r;
}

static inline int erase_person(struct life *l, struct portroll_error *err)
{
	uint64_t count;
	int r = store_sqlite.erase(&count, l->store, PERSON_ID, err);
	l->is_erased = r == PORTROLL_OK;
	return r;
}

static inline int settle(struct life *l, struct portroll_error *err)
{
	return store_sqlite.settle(l->store, err);
}

struct sight {
	struct tree tree;
	size_t people, erased, notes;
	uint64_t paper;
};

static inline int see_entry(void *context, const struct stored_entry *entry,
			    struct portroll_error *err)
{
	(void)err;
	struct sight *sight = context;
	struct tree_hash leaf = tree_hash_leaf(entry->body);
	assert_true(tree_hash_equal(&leaf, &entry->leaf));
	assert_int_equal(entry->index, sight->tree.size);
	return tree_append(&sight->tree, &leaf);
}

static inline int see_person(void *context, const struct stored_person *person,
			     struct portroll_error *err)
{
	(void)err;
	struct sight *sight = context;
	bool is_erased = !person->content.body.len;
	assert_true(is_erased || str_equal(person->content.body, PERSON_BODY));
	sight->people++;
	sight->erased += is_erased;
	return PORTROLL_OK;
}

static inline int see_note(void *context, const struct stored_entry *note,
			   struct portroll_error *err)
{
	(void)err;
	struct sight *sight = context;
	assert_true(note->index == 3 && str_equal(note->body, NOTE));
	sight->notes++;
	return PORTROLL_OK;
}

static inline int see_paper(void *context, const struct stored_paper *paper,
			    struct portroll_error *err)
{
	(void)err;
	struct sight *sight = context;
	assert_true(str_equal(paper->id, STR("R-1")) && str_equal(paper->body, PAPER_BODY));
	sight->paper = paper->version;
	return PORTROLL_OK;
}

static inline int look(struct sight *ret, struct life *l, struct portroll_error *err)
{
	*ret = (struct sight){0};
	uint64_t last;
	int r = store_sqlite.each(l->store, (struct entry_range){0, UINT64_MAX}, see_entry, ret,
				  err);
	if (r == PORTROLL_OK)
		r = store_sqlite.people(l->store, STR(""), see_person, ret, err);
	if (r == PORTROLL_OK)
		r = store_sqlite.notes(l->store, UINT64_MAX, see_note, ret, err);
	if (r == PORTROLL_OK)
		r = store_sqlite.papers(l->store, (struct paper_name){.kind = STR("request")},
					see_paper, ret, err);
	if (r == PORTROLL_OK)
		r = store_sqlite.last(&last, l->store, STR("iana"), err);
	return r;
}

static inline int look_only(struct life *l, struct portroll_error *err)
{
	struct sight sight;
	return look(&sight, l, err);
}

typedef int step_fn(struct life *l, struct portroll_error *err);

static step_fn *const steps[] = {open_it,   append_one, append_one, keep_note,
				 put_paper, append_one, look_only,  erase_person,
				 put_paper, settle,     append_one};

/* What a store that works must show after that life. */
static inline void check_sight(const struct sight *sight, const struct life *l)
{
	size_t n = l->batches;
	while (n < l->attempted && sizes[n] != sight->tree.size)
		n++;
	assert_int_equal(sight->tree.size, sizes[n]);
	struct tree_head head = tree_head(&sight->tree), expected = tree_head(&fixture.trees[n]);
	assert_true(tree_hash_equal(&head.root, &expected.root));
	assert_int_equal(sight->people, people_at[n]);
	assert_true(sight->notes == 1 || !l->has_note);
	assert_true(sight->erased == 0 || sight->erased == 3);
	assert_true(sight->erased == 3 || !l->is_erased);
	assert_true(sight->paper == l->paper || sight->paper == l->paper + 1);
}

static inline void check_integrity(void)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	const char *path = strchr(fixture.place.url, ':') + 1;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &statement, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_string_equal(sqlite3_column_text(statement, 0), "ok");
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static inline void must(int r, const struct portroll_error *err, const char *what)
{
	if (r < 0)
		fail_msg("%s: %s", what, err->text);
}

/* The store as the next process finds it; it goes on from there to the end. */
static inline void check_afterwards(struct life *l)
{
	struct portroll_error err = {0};
	must(open_it(l, &err), &err, "cannot be opened again");
	struct sight sight;
	must(look(&sight, l, &err), &err, "cannot be read again");
	check_sight(&sight, l);
	assert_tree(&store_sqlite, l->store, &sight.tree);
	for (l->batches = 0; sizes[l->batches] != sight.tree.size;)
		l->batches++;
	while (l->batches < BATCH_LAST)
		must(append_one(l, &err), &err, "cannot be appended to again");
	store_sqlite.close(l->store);
	check_integrity();
}

/* Lives up to the first failure, and tells its code. */
static inline int live(struct life *l, struct portroll_error *err)
{
	*l = (struct life){0};
	int r = PORTROLL_OK;
	for (size_t i = 0; i < ARRAY_LEN(steps) && r == PORTROLL_OK; i++)
		r = steps[i](l, err);
	return r;
}

static inline void end_life(struct life *l)
{
	store_sqlite.close(l->is_open ? l->store : NULL);
	l->is_open = false;
}

/* A step that failed is done again, by the same handle, unless the head says that it was done. */
static inline void do_again(struct life *l, step_fn *step)
{
	struct portroll_error err = {0};
	if (step == append_one) {
		struct tree tree;
		must(store_sqlite.head(&tree, l->store, &err), &err, "the head cannot be told");
		if (tree.size == sizes[l->attempted]) {
			must(settle(l, &err), &err, "cannot be settled");
			l->batches = l->attempted;
			return;
		}
		assert_int_equal(tree.size, sizes[l->batches]);
	}
	if (step == put_paper) {
		struct sight sight;
		must(look(&sight, l, &err), &err, "cannot be read");
		if (sight.paper == l->paper + 1) {
			must(settle(l, &err), &err, "cannot be settled");
			l->paper = sight.paper;
			return;
		}
	}
	must(step(l, &err), &err, "cannot be done again");
}

/* Tries each point until there are no more, each third under the sanitizers; returns the last
 * one. */
typedef bool point_fn(size_t n, void *context);

static inline size_t sweep(point_fn *fn, void *context)
{
	const size_t step = IS_SANITIZED ? 3 : 1;
	for (size_t n = 1; n < POINTS_MAX; n += step)
		if (!fn(n, context))
			return n < step ? 0 : n - step;
	fail_msg("more than %d points", POINTS_MAX);
	return 0;
}

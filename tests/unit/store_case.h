/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The stores that the conformance tests run over, and ledgers to put there. A test program gives
 * its cases to run_store_cases(), which makes a test of each case with each store.
 */

#include "ledger_case.h"

#include <ftw.h>
#include <unistd.h>

#include "ledger/bundle.h"
#include "ledger/postgres_session.h"
#include "ledger/store_row.h"

/* A place for one new store. */
struct store_place {
	char url[256];
	char folder[128]; /* or database; empty: it has none */
};

struct store_kind {
	const struct store_ops *ops;
	bool lasts; /* what was appended is there for others, and after the end of the process */
	/* NULL, or in a plain word what is missing to have one. */
	const char *(*begin)(struct store_place *ret);
	void (*end)(const struct store_place *place);
};

/* Which stores a case is for. */
enum store_scope {
	EVERY_STORE,
	LASTING_STORES,
	MEMORY_STORE
};

struct store_case {
	const char *name;
	void (*run)(const struct store_kind *kind, const char *url);
	enum store_scope scope;
};

static inline const char *memory_place(struct store_place *ret)
{
	*ret = (struct store_place){.url = "memory:"};
	return NULL;
}

static inline void leave_place(const struct store_place *place)
{
	(void)place;
}

static inline const char *sqlite_place(struct store_place *ret)
{
	*ret = (struct store_place){.folder = "/tmp/portroll-store-XXXXXX"};
	assert_non_null(mkdtemp(ret->folder));
	(void)snprintf(ret->url, sizeof(ret->url), "sqlite:%s/ledger.db", ret->folder);
	return NULL;
}

static inline int remove_one(const char *path, const struct stat *st, int flag, struct FTW *walk)
{
	(void)st;
	(void)flag;
	(void)walk;
	return remove(path);
}

static inline void remove_place(const struct store_place *place)
{
	assert_int_equal(nftw(place->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/* One statement for the server that PORTROLL_TEST_PG names. */
static inline void tell_postgres(const char *what, const char *database, const char *how)
{
	struct session s;
	struct answer a;
	struct portroll_error err = {0};
	char sql[128];
	(void)snprintf(sql, sizeof(sql), "%s database %s%s", what, database, how);
	struct query q = {.sql = sql};
	if (session_open(&s, str_from(getenv("PORTROLL_TEST_PG")), &err) < 0 ||
	    session_ask(&a, &s, &q, &err) < 0)
		fail_msg("%s", err.text);
	answer_done(&a);
	session_close(&s);
}

/* A database of its own. */
static inline const char *postgres_place(struct store_place *ret)
{
	static unsigned count;
	const char *url = getenv("PORTROLL_TEST_PG");
	if (!url)
		return "no server is named by PORTROLL_TEST_PG";
	*ret = (struct store_place){0};
	(void)snprintf(ret->folder, sizeof(ret->folder), "store_%d_%u", getpid(), ++count);
	tell_postgres("create", ret->folder, "");
	int len = snprintf(ret->url, sizeof(ret->url), "%s%cdbname=%s", url,
			   strchr(url, '?') ? '&' : '?', ret->folder);
	assert_true((size_t)len < sizeof(ret->url));
	return NULL;
}

static inline void drop_place(const struct store_place *place)
{
	tell_postgres("drop", place->folder, " with (force)");
}

static const struct store_kind store_kinds[] = {
	{&store_memory, false, memory_place, leave_place},
	{&store_sqlite, true, sqlite_place, remove_place},
	{&store_postgres, true, postgres_place, drop_place},
};

/* One case with one store. */
struct store_test {
	const struct store_kind *kind;
	const struct store_case *one;
	char name[160];
};

static inline void run_store_test(void **state)
{
	const struct store_test *test = *state;
	struct store_place place;
	const char *missing = test->kind->begin(&place);
	if (missing) {
		print_message("%s\n", missing);
		skip();
	}
	test->one->run(test->kind, place.url);
	test->kind->end(&place);
}

static inline int run_store_cases(const struct store_case *cases, size_t count)
{
	struct store_test tests[64] = {0};
	struct CMUnitTest units[64] = {0};
	size_t n = 0;
	for (size_t k = 0; k < ARRAY_LEN(store_kinds); k++) {
		for (size_t i = 0; i < count; i++) {
			const struct store_kind *kind = &store_kinds[k];
			/* Where a server is named it is the one that is to be tested. */
			if ((getenv("PORTROLL_TEST_PG") && kind->ops != &store_postgres) ||
			    (cases[i].scope == LASTING_STORES && !kind->lasts) ||
			    (cases[i].scope == MEMORY_STORE && kind->ops != &store_memory))
				continue;
			assert_true(n < ARRAY_LEN(units));
			tests[n].kind = kind;
			tests[n].one = &cases[i];
			(void)snprintf(tests[n].name, sizeof(tests[n].name), "%s: %s",
				       kind->ops->scheme, cases[i].name);
			units[n] = (struct CMUnitTest){tests[n].name, run_store_test, NULL, NULL,
						       &tests[n]};
			n++;
		}
	}
	return _cmocka_run_group_tests("store", units, n, NULL, NULL);
}

static inline struct store *open_store(const struct store_ops *ops, const char *url)
{
	struct store *s = NULL;
	struct portroll_error err = {0};
	if (ops->open(&s, str_from(url), true, &err) < 0)
		fail_msg("%s", err.text);
	return s;
}

#define BATCH_MAX   1000
#define BODY_MAX    64
#define TOPIC_COUNT 3

static inline struct portroll_str topic_of(uint64_t index)
{
	static const struct portroll_str topics[TOPIC_COUNT] = {STR_INIT(""), STR_INIT("iana"),
								STR_INIT("site")};
	return topics[index % TOPIC_COUNT];
}

/* The entries "changeset N" that follow in a ledger, as a batch. */
struct next_batch {
	struct store_batch batch;
	struct stored_entry entries[BATCH_MAX];
	char bodies[BATCH_MAX][BODY_MAX];
};

/* `writer` not 0 makes them others than everybody else's. */
static inline const struct store_batch *next_batch(struct next_batch *n, const struct tree *tree,
						   size_t count, unsigned writer)
{
	assert_true(count <= BATCH_MAX);
	n->batch = (struct store_batch){
		.base = tree->size, .entries = n->entries, .count = count, .after = *tree};
	for (size_t i = 0; i < count; i++) {
		uint64_t index = tree->size + i;
		int len = snprintf(n->bodies[i], BODY_MAX, "changeset %zu", (size_t)index + 1);
		if (writer)
			len += snprintf(n->bodies[i] + len, BODY_MAX - (size_t)len, " of %u",
					writer);
		struct portroll_str body = {n->bodies[i], (size_t)len};
		n->entries[i] = (struct stored_entry){
			.leaf = tree_hash_leaf(body), .topic = topic_of(index), .body = body};
		assert_int_equal(tree_append(&n->batch.after, &n->entries[i].leaf), PORTROLL_OK);
	}
	return &n->batch;
}

/* Appends the next entries and steps the tree. */
static inline void append_next(const struct store_ops *ops, struct store *s, struct tree *tree,
			       size_t count)
{
	static struct next_batch next;
	struct portroll_error err = {0};
	if (ops->append(s, next_batch(&next, tree, count, 0), &err) < 0)
		fail_msg("%s", err.text);
	*tree = next.batch.after;
}

static inline void assert_tree(const struct store_ops *ops, struct store *s,
			       const struct tree *expected)
{
	struct tree tree;
	struct portroll_error err = {0};
	if (ops->head(&tree, s, &err) < 0)
		fail_msg("%s", err.text);
	struct tree_head got = tree_head(&tree), wanted = tree_head(expected);
	assert_int_equal(got.size, wanted.size);
	assert_memory_equal(got.root.bytes, wanted.root.bytes, TREE_HASH_SIZE);
}

/* Walks all entries: each follows the one before and has its hash; the tree is the head's. */
struct whole_walk {
	struct tree tree;
};

static inline int take_whole(void *context, const struct stored_entry *entry,
			     struct portroll_error *err)
{
	(void)err;
	struct whole_walk *w = context;
	assert_int_equal(entry->index, w->tree.size);
	struct tree_hash leaf = tree_hash_leaf(entry->body);
	assert_true(tree_hash_equal(&leaf, &entry->leaf));
	assert_int_equal(tree_append(&w->tree, &leaf), PORTROLL_OK);
	return PORTROLL_OK;
}

static inline uint64_t assert_whole(const struct store_ops *ops, struct store *s)
{
	struct whole_walk w = {0};
	struct portroll_error err = {0};
	if (ops->each(s, (struct entry_range){0, UINT64_MAX}, take_whole, &w, &err) < 0)
		fail_msg("%s", err.text);
	assert_tree(ops, s, &w.tree);
	return w.tree.size;
}

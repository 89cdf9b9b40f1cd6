/* SPDX-License-Identifier: MIT */
/* What every store does, over all of them. */
#include "store_case.h"

#include <time.h>

#define MANY 100000

static void an_empty_store_has_an_empty_tree(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree, empty = {0};
	memset(&tree, 0xff, sizeof(tree));
	assert_int_equal(kind->ops->head(&tree, s, NULL), PORTROLL_OK);
	assert_memory_equal(&tree, &empty, sizeof(tree));
	assert_int_equal(assert_whole(kind->ops, s), 0);
	kind->ops->close(s);
	kind->ops->close(NULL);
}

static void entries_come_back_in_their_order(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0};
	static const size_t counts[] = {1, 1, 2, 255, 256, 1000, 1};
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		append_next(kind->ops, s, &tree, counts[i]);
		assert_tree(kind->ops, s, &tree);
	}
	assert_int_equal(assert_whole(kind->ops, s), 1516);
	kind->ops->close(s);
}

/* What is not set in the size has no hash in the edge: the same tree is the same bytes. */
static void the_head_is_the_tree_and_nothing_else(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0}, got;
	for (size_t i = 0; i < 20; i++) {
		append_next(kind->ops, s, &tree, 1);
		assert_int_equal(kind->ops->head(&got, s, NULL), PORTROLL_OK);
		for (unsigned level = 0; level < TREE_LEVELS; level++) {
			static const struct tree_hash none;
			bool is_set = tree.size >> level & 1;
			assert_memory_equal(&got.edge[level], is_set ? &tree.edge[level] : &none,
					    TREE_HASH_SIZE);
		}
	}
	kind->ops->close(s);
}

static void a_batch_upon_another_base_is_a_conflict(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0};
	append_next(kind->ops, s, &tree, 3);
	static const uint64_t bases[] = {0, 2, 4, INT64_MAX - 2};
	static struct next_batch next;
	for (size_t i = 0; i < ARRAY_LEN(bases); i++) {
		struct tree other = {.size = bases[i]};
		struct portroll_error err = {0};
		assert_int_equal(kind->ops->append(s, next_batch(&next, &other, 1, 7), &err),
				 PORTROLL_ECONFLICT);
		assert_int_equal(err.code, PORTROLL_ECONFLICT);
		assert_tree(kind->ops, s, &tree);
	}
	append_next(kind->ops, s, &tree, 1);
	assert_int_equal(assert_whole(kind->ops, s), 4);
	kind->ops->close(s);
}

static void an_entry_that_is_there_is_a_conflict(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0};
	append_next(kind->ops, s, &tree, 5);
	struct stored_entry first = {.leaf = changeset_leaf(1), .body = STR("changeset 1")};
	struct stored_entry new = {.leaf = changeset_leaf(70), .body = STR("changeset 70")};
	const struct stored_entry batches[][2] = {{first, new}, {new, first}, {new, new}};
	for (size_t i = 0; i < ARRAY_LEN(batches); i++) {
		struct store_batch batch = {
			.base = 5, .entries = batches[i], .count = 2, .after = tree};
		for (size_t n = 0; n < 2; n++)
			assert_int_equal(tree_append(&batch.after, &batches[i][n].leaf),
					 PORTROLL_OK);
		assert_int_equal(kind->ops->append(s, &batch, NULL), PORTROLL_ECONFLICT);
		assert_tree(kind->ops, s, &tree);
	}
	append_next(kind->ops, s, &tree, 5);
	assert_int_equal(assert_whole(kind->ops, s), 10);
	kind->ops->close(s);
}

static void what_is_no_batch_is_refused(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	static char bytes[ENTRY_SIZE_MAX + 1];
	struct portroll_str most = {bytes, ENTRY_SIZE_MAX}, more = {bytes, sizeof(bytes)};
	struct portroll_str salt = {bytes, SALT_SIZE}, id = STR("Gary_Epps");
	const struct {
		struct stored_entry entry;
		struct stored_person person;
		uint64_t size;
		int code;
	} rows[] = {
		{{.body = more}, {.id = id}, 1, PORTROLL_ELIMIT},
		{{.body = most}, {.id = id}, 2, PORTROLL_EINVAL},
		{{.body = most}, {.id = id}, 0, PORTROLL_EINVAL},
		{{.body = most}, {{.salt = salt}, id, id}, 1, PORTROLL_EINVAL},
		{{.body = most}, {{.body = most}, id, id}, 1, PORTROLL_EINVAL},
		{{.body = most}, {{.salt = most, .body = most}, id, id}, 1, PORTROLL_EINVAL},
		{{.body = most}, {{.salt = salt, .body = more}, id, id}, 1, PORTROLL_ELIMIT},
		{{.body = most}, {{.salt = salt, .body = most}, id, id}, 1, PORTROLL_OK},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct store_batch batch = {.entries = &rows[i].entry,
					    .count = 1,
					    .people = &rows[i].person,
					    .person_count = 1,
					    .after = {.size = rows[i].size}};
		assert_int_equal(kind->ops->append(s, &batch, NULL), rows[i].code);
	}
	struct tree tree;
	assert_int_equal(kind->ops->head(&tree, s, NULL), PORTROLL_OK);
	assert_int_equal(tree.size, 1);
	kind->ops->close(s);
}

struct range_walk {
	uint64_t first, count, fail_at;
};

static int take_range(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct range_walk *w = context;
	struct tree_hash leaf = changeset_leaf(entry->index + 1);
	w->first = w->count ? w->first : entry->index;
	assert_int_equal(entry->index, w->first + w->count++);
	assert_true(tree_hash_equal(&entry->leaf, &leaf));
	assert_true(str_equal(entry->topic, topic_of(entry->index)));
	return w->count == w->fail_at ? error_set(err, PORTROLL_ERULE, "enough") : PORTROLL_OK;
}

static void a_walk_gives_what_is_asked_for(const struct store_kind *kind, const char *url)
{
	static const uint64_t rows[][4] = {
		/* from, to, the first that comes, how many */
		{0, 0, 0, 0},          {0, 1, 0, 1},          {0, 10, 0, 10},
		{3, 7, 3, 4},          {9, 10, 9, 1},         {9, 11, 9, 1},
		{10, 11, 0, 0},        {7, 3, 0, 0},          {0, UINT64_MAX, 0, 10},
		{5, UINT64_MAX, 5, 5}, {UINT64_MAX, 3, 0, 0}, {INT64_MAX, UINT64_MAX, 0, 0},
		{1, INT64_MAX, 1, 9},
	};
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0};
	append_next(kind->ops, s, &tree, 10);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct range_walk w = {0};
		assert_int_equal(kind->ops->each(s, (struct entry_range){rows[i][0], rows[i][1]},
						 take_range, &w, NULL),
				 PORTROLL_OK);
		assert_int_equal(w.first, rows[i][2]);
		assert_int_equal(w.count, rows[i][3]);
	}
	kind->ops->close(s);
}

static void a_walk_ends_with_the_first_failure(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0};
	append_next(kind->ops, s, &tree, 10);
	struct range_walk w = {.fail_at = 4};
	struct portroll_error err = {0};
	assert_int_equal(kind->ops->each(s, (struct entry_range){0, 10}, take_range, &w, &err),
			 PORTROLL_ERULE);
	assert_int_equal(w.count, 4);
	assert_string_equal(err.text, "enough");
	append_next(kind->ops, s, &tree, 1);
	assert_int_equal(assert_whole(kind->ops, s), 11);
	kind->ops->close(s);
}

static void the_last_of_a_topic_is_found(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0};
	uint64_t last = 0;
	assert_int_equal(kind->ops->last(&last, s, STR("iana"), NULL), PORTROLL_OK);
	assert_true(last == UINT64_MAX);
	append_next(kind->ops, s, &tree, 8);
	static const struct {
		struct portroll_str topic;
		uint64_t last;
	} rows[] = {
		{STR_INIT(""), 6},
		{STR_INIT("iana"), 7},
		{STR_INIT("site"), 5},
		{STR_INIT("ian"), UINT64_MAX},
		{STR_INIT("IANA"), UINT64_MAX},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(kind->ops->last(&last, s, rows[i].topic, NULL), PORTROLL_OK);
		assert_true(last == rows[i].last);
	}
	kind->ops->close(s);
}

#define ODD_TOPIC STR("\xc3\xbc'\"%s;--")

static struct portroll_str odd_body(uint64_t index)
{
	static const char all[] = "\0\x01\t\n\r\x7f\x80\xff'\"%s";
	const struct portroll_str bodies[] = {{all, sizeof(all)}, STR(""), STR_NONE, {all, 1}};
	return bodies[index];
}

static int take_odd(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	(void)err;
	uint64_t *count = context;
	assert_true(str_equal(entry->topic, ODD_TOPIC));
	assert_true(str_equal(entry->body, odd_body(entry->index)));
	++*count;
	return PORTROLL_OK;
}

/* Entries are bytes, and topics texts of any language. */
static void bytes_come_back_as_they_were(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	for (uint64_t i = 0; i < 4; i++) {
		struct stored_entry entry = {.topic = ODD_TOPIC, .body = odd_body(i)};
		entry.leaf.bytes[0] = (uint8_t)i;
		struct store_batch batch = {
			.base = i, .entries = &entry, .count = 1, .after = {.size = i + 1}};
		assert_int_equal(kind->ops->append(s, &batch, NULL), PORTROLL_OK);
	}
	uint64_t count = 0;
	assert_int_equal(kind->ops->each(s, (struct entry_range){0, 4}, take_odd, &count, NULL),
			 PORTROLL_OK);
	assert_int_equal(count, 4);
	assert_int_equal(kind->ops->last(&count, s, ODD_TOPIC, NULL), PORTROLL_OK);
	assert_int_equal(count, 3);
	kind->ops->close(s);
}

static void it_waits_no_longer_than_it_may(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0};
	append_next(kind->ops, s, &tree, 2);
	assert_int_equal(kind->ops->settle(s, NULL), PORTROLL_OK);
	struct timespec before, after;
	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &before), 0);
	assert_true(kind->ops->wait(s, 50, NULL) >= 0);
	assert_int_equal(kind->ops->wait(s, 50, NULL), 0);
	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &after), 0);
	assert_true(after.tv_sec - before.tv_sec < 10);
	assert_tree(kind->ops, s, &tree);
	kind->ops->close(s);
}

static void the_ledger_is_there_when_it_is_opened_again(const struct store_kind *kind,
							const char *url)
{
	struct tree tree = {0};
	for (size_t i = 0; i < 5; i++) {
		struct store *s = open_store(kind->ops, url);
		assert_tree(kind->ops, s, &tree);
		append_next(kind->ops, s, &tree, 1 + i * 100);
		assert_tree(kind->ops, s, &tree);
		kind->ops->close(s);
	}
	struct store *s = NULL;
	assert_int_equal(kind->ops->open(&s, str_from(url), false, NULL), PORTROLL_OK);
	assert_int_equal(assert_whole(kind->ops, s), 1005);
	kind->ops->close(s);
}

static void two_connections_see_one_ledger(const struct store_kind *kind, const char *url)
{
	struct store *one = open_store(kind->ops, url), *other = open_store(kind->ops, url);
	struct tree tree = {0};
	for (size_t i = 0; i < 6; i++) {
		append_next(kind->ops, i % 2 ? one : other, &tree, i + 1);
		assert_tree(kind->ops, one, &tree);
		assert_tree(kind->ops, other, &tree);
	}
	kind->ops->close(one);
	assert_int_equal(assert_whole(kind->ops, other), 21);
	kind->ops->close(other);
}

static void a_hundred_thousand_entries_are_kept(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0};
	while (tree.size < MANY)
		append_next(kind->ops, s, &tree, BATCH_MAX);
	assert_int_equal(assert_whole(kind->ops, s), MANY);
	append_next(kind->ops, s, &tree, 1);
	assert_tree(kind->ops, s, &tree);
	kind->ops->close(s);
}

int main(void)
{
	static const struct store_case cases[] = {
		{"an empty store has an empty tree", an_empty_store_has_an_empty_tree, EVERY_STORE},
		{"entries come back in their order", entries_come_back_in_their_order, EVERY_STORE},
		{"the head is the tree and nothing else", the_head_is_the_tree_and_nothing_else,
		 EVERY_STORE},
		{"a batch upon another base is a conflict", a_batch_upon_another_base_is_a_conflict,
		 EVERY_STORE},
		{"an entry that is there is a conflict", an_entry_that_is_there_is_a_conflict,
		 EVERY_STORE},
		{"what is no batch is refused", what_is_no_batch_is_refused, EVERY_STORE},
		{"a walk gives what is asked for", a_walk_gives_what_is_asked_for, EVERY_STORE},
		{"a walk ends with the first failure", a_walk_ends_with_the_first_failure,
		 EVERY_STORE},
		{"the last of a topic is found", the_last_of_a_topic_is_found, EVERY_STORE},
		{"bytes come back as they were", bytes_come_back_as_they_were, EVERY_STORE},
		{"it waits no longer than it may", it_waits_no_longer_than_it_may, EVERY_STORE},
		{"the ledger is there when it is opened again",
		 the_ledger_is_there_when_it_is_opened_again, LASTING_STORES},
		{"two connections see one ledger", two_connections_see_one_ledger, LASTING_STORES},
		{"a hundred thousand entries are kept", a_hundred_thousand_entries_are_kept,
		 EVERY_STORE},
	};
	return run_store_cases(cases, ARRAY_LEN(cases));
}

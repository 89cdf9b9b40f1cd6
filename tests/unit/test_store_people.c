/* SPDX-License-Identifier: MIT */
/* What lies beside the entries, over all stores: contents of people, and notes; and copying all of
 * it from store to store. */
#include "store_case.h"

#define PERSON_MAX 700 /* more than are copied at once */

struct people {
	struct stored_person items[PERSON_MAX];
	char ids[PERSON_MAX][24], bodies[PERSON_MAX][300];
	uint8_t salts[PERSON_MAX][SALT_SIZE];
};

/* Each id comes twice in each source, with another text. */
static void fill_people(struct people *p)
{
	for (size_t i = 0; i < PERSON_MAX; i++) {
		(void)snprintf(p->ids[i], sizeof(p->ids[i]), "Example_%zu", i / 4);
		int len = snprintf(p->bodies[i], sizeof(p->bodies[i]),
				   "{\"id\":\"Example_%zu\",\"name\":\"%0*zu\"}", i / 4,
				   (int)(i % 200) + 1, i);
		memset(p->salts[i], (int)i, SALT_SIZE);
		p->items[i] = (struct stored_person){
			.content = {.salt = {(const char *)p->salts[i], SALT_SIZE},
				    .body = {p->bodies[i], (size_t)len}},
			.source = i % 2 ? STR("site") : STR("iana"),
			.id = str_from(p->ids[i]),
		};
		memcpy(p->items[i].content.commitment.bytes, &i, sizeof(i));
	}
}

static void add_people(const struct store_ops *ops, struct store *s,
		       const struct stored_person *people, size_t count)
{
	struct tree tree;
	struct portroll_error err = {0};
	assert_int_equal(ops->head(&tree, s, NULL), PORTROLL_OK);
	struct store_batch batch = {
		.base = tree.size, .people = people, .person_count = count, .after = tree};
	if (ops->append(s, &batch, &err) < 0)
		fail_msg("%s", err.text);
}

struct person_walk {
	const struct people *people;
	struct portroll_str source, erased; /* the id that has no content */
	size_t next, count;
};

static int take_person(void *context, const struct stored_person *got, struct portroll_error *err)
{
	(void)err;
	struct person_walk *w = context;
	while (w->source.len && !str_equal(w->people->items[w->next].source, w->source))
		w->next++;
	const struct stored_person *wanted = &w->people->items[w->next++];
	bool is_erased = str_equal(wanted->id, w->erased);
	assert_true(str_equal(got->id, wanted->id));
	assert_true(str_equal(got->source, wanted->source));
	assert_true(tree_hash_equal(&got->content.commitment, &wanted->content.commitment));
	assert_true(str_equal(got->content.salt, is_erased ? STR("") : wanted->content.salt));
	assert_true(str_equal(got->content.body, is_erased ? STR("") : wanted->content.body));
	w->count++;
	return PORTROLL_OK;
}

static void assert_people(const struct store_ops *ops, struct store *s, struct person_walk w,
			  size_t count)
{
	struct portroll_error err = {0};
	if (ops->people(s, w.source, take_person, &w, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(w.count, count);
}

static void people_come_in_their_order(const struct store_kind *kind, const char *url)
{
	static struct people people;
	fill_people(&people);
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0};
	assert_people(kind->ops, s, (struct person_walk){.people = &people, .source = STR("")}, 0);
	add_people(kind->ops, s, people.items, 1);
	append_next(kind->ops, s, &tree, 3);
	add_people(kind->ops, s, people.items + 1, PERSON_MAX - 1);
	assert_tree(kind->ops, s, &tree);
	assert_people(kind->ops, s, (struct person_walk){.people = &people}, PERSON_MAX);
	assert_people(kind->ops, s, (struct person_walk){.people = &people, .source = STR("iana")},
		      PERSON_MAX / 2);
	assert_people(kind->ops, s, (struct person_walk){.people = &people, .source = STR("site")},
		      PERSON_MAX / 2);
	assert_people(kind->ops, s,
		      (struct person_walk){.people = &people, .source = STR("debian")}, 0);
	kind->ops->close(s);
}

static void people_are_refused_with_their_entries(const struct store_kind *kind, const char *url)
{
	static struct people people;
	fill_people(&people);
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0}, older;
	append_next(kind->ops, s, &tree, 3);
	older = tree;
	append_next(kind->ops, s, &tree, 1);
	static struct next_batch next;
	(void)next_batch(&next, &older, 1, 9);
	next.batch.people = people.items;
	next.batch.person_count = 2;
	assert_int_equal(kind->ops->append(s, &next.batch, NULL), PORTROLL_ECONFLICT);
	assert_people(kind->ops, s, (struct person_walk){.people = &people}, 0);
	(void)next_batch(&next, &tree, 1, 9);
	next.entries[0].leaf = changeset_leaf(1);
	next.batch.people = people.items;
	next.batch.person_count = 2;
	assert_int_equal(kind->ops->append(s, &next.batch, NULL), PORTROLL_ECONFLICT);
	assert_people(kind->ops, s, (struct person_walk){.people = &people}, 0);
	kind->ops->close(s);
}

static void what_was_erased_keeps_its_place(const struct store_kind *kind, const char *url)
{
	static struct people people;
	fill_people(&people);
	struct store *s = open_store(kind->ops, url);
	add_people(kind->ops, s, people.items, PERSON_MAX);
	uint64_t count = 7;
	assert_int_equal(kind->ops->erase(&count, s, STR("Example_9"), NULL), PORTROLL_OK);
	assert_int_equal(count, 4);
	struct person_walk w = {.people = &people, .erased = STR("Example_9")};
	assert_people(kind->ops, s, w, PERSON_MAX);
	assert_int_equal(kind->ops->erase(&count, s, STR("Example_9"), NULL), PORTROLL_OK);
	assert_int_equal(count, 0);
	assert_int_equal(kind->ops->erase(&count, s, STR("nobody"), NULL), PORTROLL_OK);
	assert_int_equal(count, 0);
	assert_people(kind->ops, s, w, PERSON_MAX);
	struct stored_person blank = people.items[PERSON_MAX - 1];
	blank.content.salt = blank.content.body = STR_NONE;
	add_people(kind->ops, s, &blank, 1);
	kind->ops->close(s);
}

struct note_walk {
	struct buf seen;
};

static int take_note(void *context, const struct stored_entry *note, struct portroll_error *err)
{
	(void)err;
	struct note_walk *w = context;
	buf_printf(&w->seen, "%zu:%.*s ", (size_t)note->index, PORTROLL_STR_ARG(note->body));
	return PORTROLL_OK;
}

static void assert_notes(const struct store_ops *ops, struct store *s, uint64_t size,
			 const char *expected)
{
	struct note_walk w = {BUF_INIT(1000)};
	struct portroll_error err = {0};
	if (ops->notes(s, size, take_note, &w, &err) < 0)
		fail_msg("%s", err.text);
	assert_text(buf_str(&w.seen), expected);
	buf_done(&w.seen);
}

static void keep_some_notes(const struct store_ops *ops, struct store *s)
{
	static const struct {
		uint64_t size;
		struct portroll_str note;
	} rows[] = {
		{5, STR_INIT("five")},   {0, STR_INIT("none")},    {9, STR_INIT("nine")},
		{5, STR_INIT("five")},   {5, STR_INIT("another")}, {7, STR_INIT("seven")},
		{7, STR_INIT("a fork")}, {5, STR_INIT("another")},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(ops->keep_note(s, rows[i].size, rows[i].note, NULL), PORTROLL_OK);
}

static const struct {
	uint64_t size;
	const char *expected;
} notes_kept[] = {
	{0, "0:none "},           {4, "0:none "},           {5, "5:five 5:another "},
	{6, "5:five 5:another "}, {8, "7:seven 7:a fork "}, {9, "9:nine "},
	{UINT64_MAX, "9:nine "},
};

static void two_notes_of_one_size_are_both_kept(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	assert_notes(kind->ops, s, UINT64_MAX, "");
	keep_some_notes(kind->ops, s);
	for (size_t i = 0; i < ARRAY_LEN(notes_kept); i++)
		assert_notes(kind->ops, s, notes_kept[i].size, notes_kept[i].expected);
	kind->ops->close(s);
}

/* A store of each kind with all that a store can hold, copied into a new one of this kind. */
static void all_of_a_store_is_copied(const struct store_kind *kind, const char *url)
{
	static struct people people;
	fill_people(&people);
	struct store *source = open_store(kind->ops, url);
	struct tree tree = {0};
	append_next(kind->ops, source, &tree, 777);
	add_people(kind->ops, source, people.items, PERSON_MAX);
	uint64_t count;
	assert_int_equal(kind->ops->erase(&count, source, STR("Example_9"), NULL), PORTROLL_OK);
	keep_some_notes(kind->ops, source);
	for (size_t k = 0; k < ARRAY_LEN(store_kinds); k++) {
		const struct store_ops *ops = store_kinds[k].ops;
		struct store_place place;
		if (store_kinds[k].begin(&place))
			continue;
		struct store *copy = open_store(ops, place.url);
		struct portroll_error err = {0};
		if (store_copy(kind->ops, source, ops, copy, &err) < 0)
			fail_msg("%s", err.text);
		assert_int_equal(assert_whole(ops, copy), 777);
		struct person_walk w = {.people = &people, .erased = STR("Example_9")};
		assert_people(ops, copy, w, PERSON_MAX);
		for (size_t i = 0; i < ARRAY_LEN(notes_kept); i++)
			assert_notes(ops, copy, notes_kept[i].size, notes_kept[i].expected);
		uint64_t last;
		assert_int_equal(ops->last(&last, copy, STR("iana"), NULL), PORTROLL_OK);
		assert_int_equal(last, 775);
		assert_int_equal(store_copy(kind->ops, source, ops, copy, NULL),
				 PORTROLL_ECONFLICT);
		ops->close(copy);
		store_kinds[k].end(&place);
	}
	kind->ops->close(source);
}

/* Where a store holds what nobody hashed, or has the wrong tree, a copy is none. */
static void a_store_that_does_not_hold_is_not_copied(const struct store_kind *kind, const char *url)
{
	struct store *source = open_store(kind->ops, url);
	struct stored_entry entry = {.leaf = changeset_leaf(2), .body = STR("changeset 1")};
	struct store_batch batch = {.entries = &entry, .count = 1, .after = {.size = 1}};
	assert_int_equal(kind->ops->append(source, &batch, NULL), PORTROLL_OK);
	struct store *copy = open_store(&store_memory, "memory:");
	struct portroll_error err = {0};
	assert_int_equal(store_copy(kind->ops, source, &store_memory, copy, &err),
			 PORTROLL_ECORRUPT);
	assert_string_equal(err.text, "entry @1 is not what was stored: its hash is another");
	store_memory.close(copy);
	kind->ops->close(source);
}

static void a_wrong_tree_is_not_copied(const struct store_kind *kind, const char *url)
{
	struct store *source = open_store(kind->ops, url);
	struct stored_entry entry = {.leaf = changeset_leaf(1), .body = STR("changeset 1")};
	struct store_batch batch = {.entries = &entry, .count = 1, .after = {.size = 1}};
	assert_int_equal(kind->ops->append(source, &batch, NULL), PORTROLL_OK);
	struct store *copy = open_store(&store_memory, "memory:");
	assert_int_equal(store_copy(kind->ops, source, &store_memory, copy, NULL),
			 PORTROLL_ECORRUPT);
	store_memory.close(copy);
	kind->ops->close(source);
}

static int copy_in_memory(void *context)
{
	(void)context;
	struct store *one = NULL, *other = NULL;
	static struct people people;
	fill_people(&people);
	static struct next_batch next;
	struct tree empty = {0};
	(void)next_batch(&next, &empty, 20, 0);
	next.batch.people = people.items;
	next.batch.person_count = 3;
	int r = store_memory.open(&one, STR("memory:"), true, NULL);
	if (r == PORTROLL_OK)
		r = store_memory.open(&other, STR("memory:"), true, NULL);
	if (r == PORTROLL_OK)
		r = store_memory.append(one, &next.batch, NULL);
	if (r == PORTROLL_OK)
		r = store_memory.keep_note(one, 3, STR("note"), NULL);
	if (r == PORTROLL_OK)
		r = store_copy(&store_memory, one, &store_memory, other, NULL);
	if (r == PORTROLL_OK)
		assert_int_equal(assert_whole(&store_memory, other), 20);
	store_memory.close(one);
	store_memory.close(other);
	return r;
}

static void copying_survives_any_failing_allocation(const struct store_kind *kind, const char *url)
{
	(void)kind;
	(void)url;
	(void)oom_sweep(copy_in_memory, NULL);
}

/* After a failure the store has what it had, and takes what it was given again. */
static int append_twice(void *context)
{
	struct store *s = context;
	struct tree tree;
	static struct next_batch next;
	assert_int_equal(store_memory.head(&tree, s, NULL), PORTROLL_OK);
	int r = store_memory.append(s, next_batch(&next, &tree, 30, 0), NULL);
	if (r < 0)
		assert_tree(&store_memory, s, &tree);
	return r;
}

static void a_failed_append_leaves_nothing(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	(void)oom_sweep(append_twice, s);
	assert_true(assert_whole(kind->ops, s) >= 60);
	kind->ops->close(s);
}

static void a_store_is_found_by_its_scheme(const struct store_kind *kind, const char *url)
{
	assert_ptr_equal(store_find(str_from(url)), kind->ops);
	static const struct portroll_str none[] = {STR_INIT(""), STR_INIT("sqlite"), STR_INIT(":"),
						   STR_INIT("mysql:x"), STR_INIT("sqlit:x")};
	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		assert_null(store_find(none[i]));
	assert_ptr_equal(store_find(STR("SQLite:x")), &store_sqlite);
}

int main(void)
{
	static const struct store_case cases[] = {
		{"people come in their order", people_come_in_their_order, EVERY_STORE},
		{"people are refused with their entries", people_are_refused_with_their_entries,
		 EVERY_STORE},
		{"what was erased keeps its place", what_was_erased_keeps_its_place, EVERY_STORE},
		{"two notes of one size are both kept", two_notes_of_one_size_are_both_kept,
		 EVERY_STORE},
		{"all of a store is copied", all_of_a_store_is_copied, EVERY_STORE},
		{"a store that does not hold is not copied",
		 a_store_that_does_not_hold_is_not_copied, EVERY_STORE},
		{"a wrong tree is not copied", a_wrong_tree_is_not_copied, EVERY_STORE},
		{"copying survives any failing allocation", copying_survives_any_failing_allocation,
		 MEMORY_STORE},
		{"a failed append leaves nothing", a_failed_append_leaves_nothing, MEMORY_STORE},
		{"a store is found by its scheme", a_store_is_found_by_its_scheme, EVERY_STORE},
	};
	return run_store_cases(cases, ARRAY_LEN(cases));
}

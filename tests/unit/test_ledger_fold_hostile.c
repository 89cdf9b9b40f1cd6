/* SPDX-License-Identifier: MIT */
#include "ledger/fold.h"

#include "fold_case.h"

/* An entry upon the case's ledger that changes nothing, with these operations put into it. */
static struct portroll_str entry_with(struct fold_case *c, const char *operations)
{
	const struct proposal proposal = {.about = fold_case_about(c), .new = &c->state};
	struct entry_list entries;
	CLEANUP(buf_done) struct buf text = BUF_INIT(SIZE_MAX / 2);
	assert_int_equal(changeset_write(&entries, &proposal, &c->arena, NULL), PORTROLL_OK);
	struct portroll_str entry = entries.items[0];
	size_t at = str_find(entry, STR(",\"source\":"));
	buf_put(&text, str_part(entry, 0, at));
	buf_puts(&text, ",\"ops\":[");
	buf_puts(&text, operations);
	buf_puts(&text, "]");
	buf_put(&text, str_part(entry, at, entry.len));
	return arena_str(&c->arena, buf_str(&text));
}

#define ADD(key)          "{\"before\":" key ",\"op\":\"add\",\"record\":{\"name\":\"new\"}}"
#define REPLACE(key)      "{\"key\":" key ",\"op\":\"replace\",\"record\":{\"name\":\"new\"}}"
#define MOVE(key, before) "{\"before\":" before ",\"key\":" key ",\"op\":\"move\"}"
#define REMOVE(key)       "{\"key\":" key ",\"op\":\"remove\"}"
#define ZEROS             "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""
#define PERSON(id)        "{\"commitment\":" ZEROS ",\"id\":\"" id "\"}"
#define HTTP              "[\"tcp\",\"80\",\"http\",0]"
#define DOMAIN            "[\"udp\",\"53\",\"domain\",0]"
#define REFERRING         "{\"before\":null,\"op\":\"add\",\"record\":{\"contacts\":"

static const struct hostile_case {
	const char *operations, *sentence;
} hostile_cases[] = {
	{REMOVE("[\"tcp\",\"81\",\"http\",0]"), "removes tcp 81 http, which is not there"},
	{REMOVE("[\"tcp\",\"80\",\"http\",1]"),
	 "removes tcp 80 http (1 equal ones before it), which is not there"},
	{REMOVE("[\"\",\"\",\"rdp\",2]"),
	 "removes rdp (2 equal ones before it), which is not there"},
	{REMOVE("[\"\",\"\",\"\",0]"), "removes the record without a name, which is not there"},
	{REPLACE("[\"tcp\",\"80-81\",\"http\",0]"), "replaces tcp 80-81 http, which is not there"},
	{REMOVE(HTTP) "," REMOVE(HTTP), "removes tcp 80 http, which another operation names too"},
	{REMOVE(HTTP) "," REPLACE(HTTP), "replaces tcp 80 http, which another operation names too"},
	{REPLACE(HTTP) "," REMOVE(HTTP), "removes tcp 80 http, which another operation names too"},
	{REPLACE(HTTP) "," REPLACE(HTTP),
	 "replaces tcp 80 http, which another operation names too"},
	{MOVE(HTTP, "null") "," MOVE(HTTP, DOMAIN),
	 "moves tcp 80 http, which another operation names too"},
	{MOVE(HTTP, "null") "," REMOVE(HTTP),
	 "removes tcp 80 http, which another operation names too"},
	{ADD("[\"\",\"\",\"none\",0]"), "adds something before none, which is not there"},
	{ADD(HTTP) "," REMOVE(HTTP),
	 "adds something before tcp 80 http, which does not stay where it is"},
	{MOVE(DOMAIN, HTTP) "," MOVE(HTTP, "null"),
	 "moves something before tcp 80 http, which does not stay where it is"},
	{MOVE(HTTP, HTTP), "moves something before tcp 80 http, which does not stay where it is"},
	{"{\"header\":{\"id\":\"a\"},\"op\":\"replace\"},"
	 "{\"header\":{\"id\":\"b\"},\"op\":\"replace\"}",
	 "replaces the header 2 times"},
	{REMOVE("\"p7\""), "removes person p7, which is not there"},
	{REMOVE("7"), "removes footnote 7, which is not there"},
	{REMOVE("\"p0\""), "person 'p0' is referred to but not listed"},
	{"{\"before\":null,\"op\":\"add\",\"person\":" PERSON("p1") "}",
	 "person 'p1' appears twice"},
	{"{\"key\":\"p1\",\"op\":\"replace\",\"person\":" PERSON("p0") "}",
	 "person 'p0' appears twice"},
	{"{\"before\":null,\"footnote\":{\"anchor\":1},\"op\":\"add\"}",
	 "footnote 1 appears twice"},
	{REFERRING "[\"p7\"]}}", "person 'p7' is referred to but not listed"},
	{"{\"before\":null,\"op\":\"add\",\"record\":{\"references\":[{\"data\":\"7\",\"type\":"
	 "\"note\"}]}}",
	 "footnote 7 is referred to but not there"},
	{"{\"before\":null,\"op\":\"add\",\"record\":{\"copy\":1,\"name\":\"new\"}}",
	 "a record is from copy 1, and there are 0"},
	{REMOVE(HTTP), "the source iana is not in the state that it says after it"},
};

static void operations_that_do_not_fit_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hostile_cases); i++) {
		char sentence[256];
		struct fold_case *c = small_case();
		struct folding *f = fold_case_new(c, false);
		add_all(f, c, 0);
		(void)snprintf(sentence, sizeof(sentence), "change @2: %s",
			       hostile_cases[i].sentence);
		assert_refused(f, entry_with(c, hostile_cases[i].operations), sentence);
		fold_free(f);
		fold_case_done(c);
	}
}

/* What a change says of itself, made wrong in one thing. */
enum wrong {
	WRONG_BASE_SIZE,
	WRONG_BASE_ROOT,
	WRONG_PART,
	WRONG_NAME,
	WRONG_NEW,
	WRONG_STATE,
	WRONG_GONE,
	WRONG_ORDER,
	WRONG_TWICE,
	WRONG_OTHER_GONE,
	WRONG_REVERTS,
	WRONG_KEY,
	WRONG_COUNT
};

static const char *const wrong_sentences[WRONG_COUNT] = {
	[WRONG_BASE_SIZE] = "entry @2: it is made upon @7, expected @1",
	[WRONG_BASE_ROOT] = "entry @2: it is made upon another ledger than the one before it",
	[WRONG_PART] = "entry @2: it is part 2, expected 1",
	[WRONG_NAME] = "change @2: it is of the source -, which is no name of a source",
	[WRONG_NEW] = "change @2: it is of the source other, which is new, without its place among "
		      "the sources, kind and coverage",
	[WRONG_STATE] = "change @2: it is of the source iana, and does not say what state it makes "
			"of it",
	[WRONG_GONE] = "change @2: it is of the source other, which is not there",
	[WRONG_ORDER] = "change @2: the sources that it names are not those that are there",
	[WRONG_TWICE] = "change @2: the sources that it names are not those that are there",
	[WRONG_OTHER_GONE] = "change @2: the sources that it names are not those that are there",
	[WRONG_REVERTS] = "change @2: it reverts @2, which is not before it",
	[WRONG_KEY] = "change @2: it is of the key, and names none",
};

static struct portroll_str without(struct fold_case *c, struct portroll_str entry,
				   struct portroll_str begin, struct portroll_str end)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(SIZE_MAX / 2);
	size_t from = str_find(entry, begin), to = str_find(entry, end);
	assert_true(from < to && to != SIZE_MAX);
	buf_put(&text, str_part(entry, 0, from));
	buf_put(&text, str_part(entry, to, entry.len));
	return arena_str(&c->arena, buf_str(&text));
}

static struct portroll_str wrong_entry(struct fold_case *c, enum wrong wrong)
{
	static const struct portroll_str names[] = {STR_INIT("iana"), STR_INIT("iana"),
						    STR_INIT("none")};
	struct proposal proposal = {.about = fold_case_about(c)};
	struct changeset *about = &proposal.about;
	struct entry_list entries;
	if (wrong == WRONG_STATE)
		return without(c, entry_with(c, REMOVE(HTTP)), STR(",\"state_root\""),
			       STR(",\"time\""));
	if (wrong == WRONG_BASE_SIZE)
		about->base.size = 7;
	if (wrong == WRONG_BASE_ROOT)
		about->base.root.bytes[0] ^= 1;
	if (wrong == WRONG_NAME)
		about->source = STR("-");
	if (wrong == WRONG_NEW || wrong == WRONG_GONE)
		about->source = STR("other");
	if (wrong == WRONG_REVERTS)
		about->reverts = 2;
	if (wrong == WRONG_KEY)
		about->kind = STR("key");
	if (wrong == WRONG_KEY || wrong == WRONG_OTHER_GONE)
		about->source = STR_NONE;
	about->has_sources = wrong == WRONG_GONE || wrong == WRONG_ORDER || wrong == WRONG_TWICE ||
			     wrong == WRONG_OTHER_GONE;
	about->sources = wrong == WRONG_ORDER ? names + 1 : names;
	about->source_count = wrong == WRONG_GONE ? 1 : wrong == WRONG_OTHER_GONE ? 0 : 2;
	assert_int_equal(changeset_write(&entries, &proposal, &c->arena, NULL), PORTROLL_OK);
	return entries.items[0];
}

static void changes_that_do_not_fit_are_refused(void **state)
{
	(void)state;
	for (enum wrong wrong = 0; wrong < WRONG_COUNT; wrong++) {
		struct fold_case *c = small_case();
		struct folding *f = fold_case_new(c, true);
		add_all(f, c, 0);
		struct portroll_str entry = wrong == WRONG_PART ? STR_NONE : wrong_entry(c, wrong);
		if (wrong == WRONG_PART) {
			CLEANUP(buf_done) struct buf text = BUF_INIT(SIZE_MAX / 2);
			entry = entry_with(c, REMOVE(HTTP));
			size_t at = str_find(entry, STR(",\"source\":"));
			buf_put(&text, str_part(entry, 0, at));
			buf_puts(&text, ",\"part\":[2,2]");
			buf_put(&text, str_part(entry, at, entry.len));
			entry = arena_str(&c->arena, buf_str(&text));
		}
		assert_refused(f, entry, wrong_sentences[wrong]);
		fold_free(f);
		fold_case_done(c);
	}
}

/* Parts of two imports that were made upon the same ledger. */
static void parts_of_another_change_are_refused(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct fold_case *c = fold_case_make(), *other = fold_case_make();
	struct registry *reg = registry_new(&a);
	struct record r = {.name = STR("many")};
	struct portroll_error err = {0};
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	fold_case_import(c, reg);
	struct tree_hash leaf = tree_hash_leaf(c->entries[0]);
	assert_int_equal(tree_append(&other->tree, &leaf), PORTROLL_OK);
	fold_case_import(other, reg);
	struct folding *f = fold_case_new(c, false);
	assert_int_equal(fold_add(f, c->entries[0], &err), PORTROLL_OK);
	assert_refused(f, other->entries[1],
		       "entry @2: it is part 2 of another change than the entry before");
	fold_free(f);
	fold_case_done(c);
	fold_case_done(other);
	arena_done(&a);
}

static void contents_that_were_not_committed_to_are_refused(void **state)
{
	(void)state;
	struct fold_case *c = small_case();
	struct folding *f = fold_case_new(c, false);
	c->contents[0].body = STR("{\"id\":\"p0\",\"name\":\"Other\"}");
	assert_refused(f, c->entries[0],
		       "change @1: the content of person p0: it is not what was committed to");
	fold_free(f);
	f = fold_case_new(c, true);
	c->contents[0].body = STR("{\"id\":\"p7\"}");
	assert_refused(f, c->entries[0], "change @1: the content of person p0: it is that of 'p7'");
	fold_free(f);
	fold_case_done(c);
}

/* The copies of a source may not become fewer than its records name. */
static void records_keep_the_copies_they_are_from(void **state)
{
	(void)state;
	static const struct portroll_str sources[] = {STR_INIT("iana")};
	static const struct copy copies[] = {
		{.origin = STR_INIT("a.csv"), .format = STR_INIT("csv")},
		{.origin = STR_INIT("b.csv"), .format = STR_INIT("csv"), .partial = true},
	};
	struct fold_case *c = fold_case_make();
	struct folding *f = fold_case_new(c, false);
	struct registry *nothing = registry_new(&c->arena), *reg = registry_new(&c->arena);
	const struct record r = {.name = STR("late"), .copy = 1};
	struct registry_change change;
	assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	assert_int_equal(registry_compare(&change, nothing, reg, &c->arena), PORTROLL_OK);
	assert_int_equal(source_state_of(&c->state, reg, NULL, &c->arena, NULL), PORTROLL_OK);
	struct proposal proposal = {
		.about = fold_case_about(c), .new = &c->state, .change = &change};
	proposal.about.has_kind = proposal.about.has_coverage = proposal.about.has_copies = true;
	proposal.about.copies = copies;
	proposal.about.copy_count = ARRAY_LEN(copies);
	proposal.about.has_sources = true;
	proposal.about.sources = sources;
	proposal.about.source_count = ARRAY_LEN(sources);
	fold_case_write(c, &proposal);
	add_all(f, c, 0);
	assert_folded(f, c);
	assert_int_equal(fold_roll(f)->sources[0].registry->records[0]->copy, 1);
	proposal.about.base = tree_head(&c->tree);
	proposal.about.copy_count = 1;
	proposal.change = NULL;
	fold_case_write(c, &proposal);
	assert_refused(f, c->entries[1], "change @2: a record is from copy 1, and there are 1");
	fold_free(f);
	fold_case_done(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operations_that_do_not_fit_are_refused),
		cmocka_unit_test(changes_that_do_not_fit_are_refused),
		cmocka_unit_test(parts_of_another_change_are_refused),
		cmocka_unit_test(records_keep_the_copies_they_are_from),
		cmocka_unit_test(contents_that_were_not_committed_to_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

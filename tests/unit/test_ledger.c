/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include "ledger_folder.h"

#include <sys/stat.h>
#include <unistd.h>

static struct ledger_folder f;

static int make(void **state)
{
	(void)state;
	make_fast_ledger_folder(&f);
	return ledger_init(&f.options, STR(""), STR(ORIGIN), NULL);
}

static int remove_it(void **state)
{
	(void)state;
	remove_ledger_folder(&f);
	return 0;
}

static void a_new_ledger_is_empty_and_signed(void **state)
{
	(void)state;
	assert_true(ledger_exists(f.roll));
	assert_published(&f, 0);
	struct stat st;
	assert_int_equal(stat(beside(&f, "roll/key"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0400);
}

static void a_ledger_is_made_once(void **state)
{
	(void)state;
	struct portroll_error err = {0};
	assert_int_equal(ledger_init(&f.options, STR(""), STR(ORIGIN), &err), PORTROLL_ECONFLICT);
	assert_non_null(strstr(err.text, "has a ledger already"));
}

#define X16  "xxxxxxxxxxxxxxxx"
#define X64  X16 X16 X16 X16
#define X256 X64 X64 X64 X64

static void names_and_stores_that_cannot_be_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *url, *origin, *words;
	} cases[] = {
		{"", "", "cannot name a ledger"},
		{"", "two words", "cannot name a ledger"},
		{"", "a+b", "cannot name a ledger"},
		{"", X256, "at most 255 bytes"},
		{"oracle:x", ORIGIN, "no store has this scheme"},
		{"nonsense", ORIGIN, "no store has this scheme"},
	};
	struct ledger_options options = f.options;
	options.folder = beside(&f, "another");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct portroll_error err = {0};
		assert_int_equal(ledger_init(&options, str_from(cases[i].url),
					     str_from(cases[i].origin), &err),
				 PORTROLL_EINVAL);
		if (!strstr(err.text, cases[i].words))
			fail_msg("'%s' has not '%s'", err.text, cases[i].words);
		assert_false(ledger_exists(options.folder));
	}
	assert_int_equal(ledger_init(&options, STR(""), STR(ORIGIN), NULL), PORTROLL_OK);
}

static void what_is_committed_is_published(void **state)
{
	(void)state;
	for (unsigned i = 1; i <= 20; i++) {
		grow_ledger(&f, 1);
		assert_published(&f, i);
	}
	assert_false(file_exists(beside(&f, "roll/ledger/tile/entries/000.p/4")));
	assert_true(file_exists(beside(&f, "roll/ledger/tile/entries/000.p/5")));
	assert_true(file_exists(beside(&f, "roll/ledger/tile/0/000.p/1")));
	grow_ledger_at_once(&f, 240);
	assert_published(&f, 260);
	assert_false(file_exists(beside(&f, "roll/ledger/tile/entries/000.p")));
	assert_false(file_exists(beside(&f, "roll/ledger/tile/0/000.p")));
	assert_true(file_exists(beside(&f, "roll/ledger/tile/1/000.p/1")));
}

/* Past 256 full tiles, so that there are three levels. */
static void many_entries_are_published(void **state)
{
	(void)state;
	grow_ledger_at_once(&f, 70000);
	assert_published(&f, 70000);
	grow_ledger(&f, 1);
	assert_published(&f, 70001);
	assert_true(file_exists(beside(&f, "roll/ledger/tile/2/000.p/1")));
}

static void a_loser_is_told_who_was_first(void **state)
{
	(void)state;
	struct ledger *l;
	struct portroll_error err = {0};
	assert_int_equal(ledger_open(&l, &f.options, NULL), PORTROLL_OK);
	struct proposal late = told(ledger_tree(l), "mine");
	struct proposal first = told(ledger_tree(l), "theirs");
	struct commit commit = {.proposals = &first, .count = 1};
	uint64_t number = 0;
	assert_int_equal(ledger_commit(l, &commit, &number, NULL), PORTROLL_OK);
	assert_int_equal(number, 1);
	commit.proposals = &late;
	assert_int_equal(ledger_commit(l, &commit, NULL, &err), PORTROLL_ECONFLICT);
	assert_text(str_from(err.text),
		    "change @1 (correct of the roll by root, 2026-11-23 07:20 UTC) came first; "
		    "this one was made upon @0: look at it and try again");
	late.about.base.size = 7;
	err = (struct portroll_error){0};
	assert_int_equal(ledger_commit(l, &commit, NULL, &err), PORTROLL_ECONFLICT);
	assert_non_null(strstr(err.text, "made upon another ledger"));
	late.about.base = (struct tree_head){.size = 1};
	assert_int_equal(ledger_commit(l, &commit, NULL, NULL), PORTROLL_ECONFLICT);
	ledger_close(l);
	assert_published(&f, 1);
}

static void changes_at_once_are_based_on_each_other(void **state)
{
	(void)state;
	struct ledger *l;
	assert_int_equal(ledger_open(&l, &f.options, NULL), PORTROLL_OK);
	struct proposal both[] = {told(ledger_tree(l), "one"), told(ledger_tree(l), "two")};
	struct commit commit = {.proposals = both, .count = ARRAY_LEN(both)};
	uint64_t numbers[2];
	assert_int_equal(ledger_commit(l, &commit, numbers, NULL), PORTROLL_OK);
	assert_int_equal(numbers[0], 1);
	assert_int_equal(numbers[1], 2);
	ledger_close(l);
	assert_published(&f, 2);
}

static void a_change_and_its_paper_come_together_or_not_at_all(void **state)
{
	(void)state;
	struct ledger *l;
	struct portroll_error err = {0};
	assert_int_equal(ledger_open(&l, &f.options, NULL), PORTROLL_OK);
	assert_int_equal(commit_paper(l, 0, NULL), PORTROLL_OK);
	assert_int_equal(commit_paper(l, 1, NULL), PORTROLL_OK);
	assert_int_equal(commit_paper(l, 1, &err), PORTROLL_ECONFLICT);
	assert_string_equal(err.text, "somebody else changed request R-1 first: it is version 2 by "
				      "now, and this was made upon 1; look at it and try again");
	assert_int_equal(commit_paper(l, 0, NULL), PORTROLL_ECONFLICT);
	assert_int_equal(ledger_tree(l)->size, 2);
	assert_int_equal(paper_version(l), 2);
	assert_int_equal(commit_told(l, "go on", NULL), PORTROLL_OK);
	ledger_close(l);
	assert_published(&f, 3);
}

static void nothing_is_added_without_the_key(void **state)
{
	(void)state;
	struct ledger *l;
	struct portroll_error err = {0};
	grow_ledger(&f, 3);
	assert_int_equal(rename(beside(&f, "roll/key"), beside(&f, "key")), 0);
	assert_int_equal(ledger_open(&l, &f.options, &err), PORTROLL_OK);
	assert_text(ledger_origin(l), ORIGIN);
	assert_int_equal(commit_told(l, "more", &err), PORTROLL_EINVAL);
	assert_non_null(strstr(err.text, "nothing can be added"));
	ledger_close(l);
	assert_published(&f, 3);
	assert_int_equal(rename(beside(&f, "key"), beside(&f, "roll/key")), 0);
	grow_ledger(&f, 1);
	assert_published(&f, 4);
}

static void a_key_that_others_may_read_is_refused(void **state)
{
	(void)state;
	static const mode_t modes[] = {0440, 0404, 0420, 0644};
	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		assert_int_equal(chmod(beside(&f, "roll/key"), modes[i]), 0);
		assert_refused(&f, PORTROLL_EINVAL, "others may read or write it");
	}
	assert_int_equal(chmod(beside(&f, "roll/key"), 0400), 0);
	assert_int_equal(try_open(&f, NULL), PORTROLL_OK);
}

/* Nothing of what a damaged key file has is in the sentence. */
static void an_error_has_no_secret(void **state)
{
	(void)state;
	struct portroll_str secret =
		STR("PRIVATE+KEY+registry.example/ports+00000000+c2VjcmV0c2VjcmV0\n");
	assert_int_equal(file_replace(beside(&f, "roll/key"), secret, 0400, NULL), 0);
	struct portroll_error err = {0};
	assert_int_equal(try_open(&f, &err), PORTROLL_ESYNTAX);
	assert_null(strstr(err.text, "c2Vj"));
}

static void another_key_is_refused(void **state)
{
	(void)state;
	struct ledger_options options = f.options;
	grow_ledger(&f, 1);
	options.folder = beside(&f, "another");
	assert_int_equal(ledger_init(&options, STR(""), STR(ORIGIN), NULL), PORTROLL_OK);
	assert_int_equal(rename(beside(&f, "another/key"), beside(&f, "roll/key")), 0);
	assert_refused(&f, PORTROLL_ECORRUPT, "not signed by any of the 1 keys");
}

int main(void)
{
#define LEDGER_TEST(test) cmocka_unit_test_setup_teardown(test, make, remove_it)
	const struct CMUnitTest tests[] = {
		LEDGER_TEST(a_new_ledger_is_empty_and_signed),
		LEDGER_TEST(a_ledger_is_made_once),
		LEDGER_TEST(names_and_stores_that_cannot_be_are_refused),
		LEDGER_TEST(what_is_committed_is_published),
		LEDGER_TEST(many_entries_are_published),
		LEDGER_TEST(a_loser_is_told_who_was_first),
		LEDGER_TEST(changes_at_once_are_based_on_each_other),
		LEDGER_TEST(a_change_and_its_paper_come_together_or_not_at_all),
		LEDGER_TEST(nothing_is_added_without_the_key),
		LEDGER_TEST(a_key_that_others_may_read_is_refused),
		LEDGER_TEST(an_error_has_no_secret),
		LEDGER_TEST(another_key_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

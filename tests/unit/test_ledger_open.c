/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include "ledger_folder.h"

#include <unistd.h>

static struct ledger_folder f;

static int make(void **state)
{
	(void)state;
	make_fast_ledger_folder(&f);
	int r = ledger_init(&f.options, STR(""), STR(ORIGIN), NULL);
	grow_ledger(&f, 5);
	return r;
}

static int remove_it(void **state)
{
	(void)state;
	remove_ledger_folder(&f);
	return 0;
}

static void put_back(const char *copy, const char *name)
{
	assert_int_equal(file_remove_tree(beside(&f, name), NULL), PORTROLL_OK);
	assert_int_equal(rename(beside(&f, copy), beside(&f, name)), 0);
}

static void an_older_database_is_refused(void **state)
{
	(void)state;
	copy_tree(beside(&f, "roll/ledger.db"), beside(&f, "older"));
	grow_ledger(&f, 2);
	put_back("older", "roll/ledger.db");
	assert_refused(&f, PORTROLL_ECORRUPT,
		       "the ledger was rolled back: it has 5 entries where 7 were signed; put the "
		       "missing part back, or begin a new origin with portroll ledger fork "
		       "--i-know");
	assert_published(&f, 7);
}

static void an_older_folder_is_refused(void **state)
{
	(void)state;
	copy_tree(f.roll, beside(&f, "older"));
	grow_ledger(&f, 2);
	put_back("older", "roll");
	assert_refused(&f, PORTROLL_ECORRUPT, "rolled back: it has 5 entries where 7 were signed");
}

/* Both were signed with one key: what only one of them has contradicts the other. */
static void another_history_is_refused(void **state)
{
	(void)state;
	struct ledger_folder other = f;
	copy_tree(f.roll, beside(&f, "copy"));
	other.options.folder = beside(&f, "copy");
	other.options.witness = beside(&f, "elsewhere");
	struct ledger *l;
	assert_int_equal(ledger_open(&l, &other.options, NULL), PORTROLL_OK);
	assert_int_equal(commit_told(l, "another", NULL), PORTROLL_OK);
	assert_int_equal(commit_told(l, "and more", NULL), PORTROLL_OK);
	ledger_close(l);
	grow_ledger(&f, 1);
	put_back("copy", "roll");
	assert_refused(&f, PORTROLL_ECORRUPT,
		       "the ledger was rewritten: its first 6 entries are not those that were "
		       "signed; put those back, or begin a new origin with portroll ledger "
		       "fork --i-know");
}

/* The note that another one made with the key is known to the store. */
static void a_note_that_contradicts_is_kept_and_told(void **state)
{
	(void)state;
	struct ledger_folder other = f;
	struct ledger *l;
	struct store *store;
	struct file_bytes note;
	copy_tree(f.roll, beside(&f, "copy"));
	other.options.folder = beside(&f, "copy");
	other.options.witness = beside(&f, "elsewhere");
	assert_int_equal(ledger_open(&l, &other.options, NULL), PORTROLL_OK);
	assert_int_equal(commit_told(l, "another", NULL), PORTROLL_OK);
	ledger_close(l);
	grow_ledger(&f, 1);
	assert_int_equal(
		file_load(&note, beside(&f, "copy/ledger/checkpoint"), NOTE_SIZE_MAX, NULL),
		PORTROLL_OK);
	assert_int_equal(ledger_open(&l, &f.options, NULL), PORTROLL_OK);
	const struct store_ops *ops = ledger_store(&store, l);
	assert_int_equal(ops->keep_note(store, 6, note.bytes, NULL), PORTROLL_OK);
	file_release(&note);
	ledger_close(l);
	assert_refused(&f, PORTROLL_ECORRUPT,
		       "another ledger of 6 entries was signed with this key: the store has the "
		       "note, which proves it");
}

static void a_checkpoint_that_was_altered_is_refused(void **state)
{
	(void)state;
	const char *path = beside(&f, "roll/ledger/checkpoint");
	struct file_bytes file;
	assert_int_equal(file_load(&file, path, NOTE_SIZE_MAX, NULL), PORTROLL_OK);
	char bytes[1000];
	size_t len = file.bytes.len;
	memcpy(bytes, file.bytes.ptr, len);
	file_release(&file);
	size_t size = str_find((struct portroll_str){bytes, len}, STR("\n5\n"));
	assert_true(size != SIZE_MAX);
	bytes[size + 1] = '4';
	assert_int_equal(file_replace(path, (struct portroll_str){bytes, len}, 0644, NULL), 0);
	assert_refused(&f, PORTROLL_ECORRUPT, "remove the file: it is signed again");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(try_open(&f, NULL), PORTROLL_OK);
	assert_published(&f, 5);
}

/* Whatever is missing of what is published is made again. */
static void what_is_published_is_made_again(void **state)
{
	(void)state;
	static const char *const missing[] = {
		"roll/ledger",
		"roll/ledger/checkpoint",
		"roll/ledger/key",
		"roll/ledger/people",
		"roll/ledger/tile",
		"roll/ledger/tile/0",
		"roll/ledger/tile/entries",
		"roll/ledger/tile/entries/000.p/5",
		"witness",
	};
	for (size_t i = 0; i < ARRAY_LEN(missing); i++) {
		assert_int_equal(file_remove_tree(beside(&f, missing[i]), NULL), PORTROLL_OK);
		if (try_open(&f, NULL) < 0)
			fail_msg("without %s", missing[i]);
		assert_published(&f, 5);
		grow_ledger(&f, 0);
	}
	grow_ledger(&f, 1);
	assert_published(&f, 6);
}

static void a_missing_database_is_named(void **state)
{
	(void)state;
	assert_int_equal(unlink(beside(&f, "roll/ledger.db")), 0);
	assert_refused(&f, PORTROLL_ECORRUPT, "ledger.db is missing");
	assert_false(file_exists(beside(&f, "roll/ledger.db")));
}

static void write_witness(unsigned number, const char *text)
{
	char command[512];
	(void)snprintf(command, sizeof(command),
		       "for f in %s/*.checkpoint%u; do printf '%%s' '%s' > $f; done", f.witness,
		       number, text);
	assert_int_equal(system(command), 0);
}

/* A crash tears the file that is written; the one before is as it was. */
static void one_torn_witness_is_no_matter_two_are(void **state)
{
	(void)state;
	write_witness(2, "registry.example");
	grow_ledger(&f, 1);
	write_witness(1, "registry.example");
	grow_ledger(&f, 1);
	write_witness(1, "registry.example");
	write_witness(2, "registry.example");
	assert_refused(&f, PORTROLL_ECORRUPT, "no blank line");
}

static void files_that_killed_writers_left_are_removed(void **state)
{
	(void)state;
	static const char *const left[] = {"roll/.key.portroll-abc123",
					   "roll/ledger/.new.portroll-abc123",
					   "roll/.store.portroll-abc123"};
	for (size_t i = 0; i < ARRAY_LEN(left); i++) {
		assert_int_equal(file_replace(beside(&f, left[i]), STR("x"), 0600, NULL), 0);
		assert_int_equal(try_open(&f, NULL), PORTROLL_OK);
		assert_false(file_exists(beside(&f, left[i])));
	}
}

int main(void)
{
#define LEDGER_TEST(test) cmocka_unit_test_setup_teardown(test, make, remove_it)
	const struct CMUnitTest tests[] = {
		LEDGER_TEST(an_older_database_is_refused),
		LEDGER_TEST(an_older_folder_is_refused),
		LEDGER_TEST(another_history_is_refused),
		LEDGER_TEST(a_note_that_contradicts_is_kept_and_told),
		LEDGER_TEST(a_checkpoint_that_was_altered_is_refused),
		LEDGER_TEST(what_is_published_is_made_again),
		LEDGER_TEST(a_missing_database_is_named),
		LEDGER_TEST(one_torn_witness_is_no_matter_two_are),
		LEDGER_TEST(files_that_killed_writers_left_are_removed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

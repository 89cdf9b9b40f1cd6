/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include "ledger_folder.h"

#include <unistd.h>

static struct ledger_folder f;
static struct ledger_folder restored;

static void back_up(const char *name)
{
	struct ledger *l;
	assert_int_equal(ledger_open(&l, &f.options, NULL), PORTROLL_OK);
	assert_int_equal(ledger_backup(l, beside(&f, name), NULL), PORTROLL_OK);
	ledger_close(l);
}

static int make(void **state)
{
	(void)state;
	struct ledger *l;
	make_fast_ledger_folder(&f);
	int r = ledger_init(&f.options, STR(""), STR(ORIGIN), NULL);
	grow_ledger(&f, 4);
	assert_int_equal(ledger_open(&l, &f.options, NULL), PORTROLL_OK);
	assert_int_equal(commit_paper(l, 0, NULL), PORTROLL_OK);
	assert_int_equal(commit_person(l, "Example_One"), PORTROLL_OK);
	ledger_close(l);
	back_up("backup");
	restored = f;
	(void)snprintf(restored.roll, sizeof(restored.roll), "%s/restored", f.top);
	(void)snprintf(restored.published, sizeof(restored.published), "%s/ledger", restored.roll);
	restored.options.folder = restored.roll;
	return r;
}

static int remove_it(void **state)
{
	(void)state;
	remove_ledger_folder(&f);
	return 0;
}

static int restore(const char *name, struct portroll_str key, struct portroll_error *err)
{
	return ledger_restore(&restored.options,
			      &(struct restoring){.path = beside(&f, name), .key = key}, err);
}

static void a_backup_is_one_file_that_is_not_in_the_way(void **state)
{
	(void)state;
	assert_false(file_exists(beside(&f, "backup.portroll-backup")));
	assert_false(file_exists(beside(&f, "backup-journal")));
	back_up("backup");
	grow_ledger(&f, 1);
	assert_published(&f, 7);
}

static void a_ledger_is_restored_with_its_key(void **state)
{
	(void)state;
	struct file_bytes key;
	assert_int_equal(file_load(&key, beside(&f, "roll/key"), 1000, NULL), PORTROLL_OK);
	assert_int_equal(restore("backup", key.bytes, NULL), PORTROLL_OK);
	file_release(&key);
	assert_published(&restored, 6);
	grow_ledger(&restored, 1);
	assert_published(&restored, 7);
	struct file_bytes people;
	assert_int_equal(file_load(&people, beside(&f, "restored/ledger/people"), 1000, NULL), 0);
	assert_true(str_find(people.bytes, STR("Example_One")) != SIZE_MAX);
	file_release(&people);
	struct ledger *l;
	assert_int_equal(ledger_open(&l, &restored.options, NULL), PORTROLL_OK);
	assert_int_equal(paper_version(l), 1);
	ledger_close(l);
}

static void without_the_key_it_is_only_read(void **state)
{
	(void)state;
	struct ledger *l;
	struct portroll_error err = {0};
	assert_int_equal(restore("backup", STR(""), NULL), PORTROLL_OK);
	assert_published(&restored, 6);
	assert_int_equal(ledger_open(&l, &restored.options, NULL), PORTROLL_OK);
	assert_int_equal(commit_told(l, "more", &err), PORTROLL_EINVAL);
	ledger_close(l);
	copy_tree(beside(&f, "roll/key"), beside(&f, "restored/key"));
	grow_ledger(&restored, 1);
	assert_published(&restored, 7);
}

static void a_folder_that_is_not_empty_is_refused(void **state)
{
	(void)state;
	struct portroll_error err = {0};
	assert_int_equal(file_make_folder(restored.roll, NULL), PORTROLL_OK);
	assert_int_equal(file_replace(beside(&f, "restored/lock"), STR("1"), 0600, NULL), 0);
	assert_int_equal(file_replace(beside(&f, "restored/x"), STR("1"), 0600, NULL), 0);
	assert_int_equal(restore("backup", STR(""), &err), PORTROLL_ECONFLICT);
	assert_non_null(strstr(err.text, "is not empty (x)"));
	assert_int_equal(unlink(beside(&f, "restored/x")), 0);
	assert_int_equal(restore("backup", STR(""), NULL), PORTROLL_OK);
	assert_int_equal(restore("backup", STR(""), NULL), PORTROLL_ECONFLICT);
}

static void a_backup_that_is_behind_is_refused(void **state)
{
	(void)state;
	struct portroll_error err = {0};
	grow_ledger(&f, 2);
	assert_int_equal(restore("backup", STR(""), &err), PORTROLL_ECORRUPT);
	assert_text(str_from(err.text),
		    "the backup is behind: it has 6 entries, and 8 were signed; "
		    "take a later backup");
	assert_false(file_exists(beside(&f, "restored/ledger.db")));
	back_up("later");
	assert_int_equal(restore("later", STR(""), NULL), PORTROLL_OK);
	assert_published(&restored, 8);
}

static void what_is_no_backup_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t len;
	} cases[] = {{"", 0}, {"nothing", 7}, {"SQLite format 3\0and nothing else", 32}};
	assert_true(restore("missing", STR(""), NULL) < 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct portroll_str bytes = {cases[i].bytes, cases[i].len};
		assert_int_equal(file_replace(beside(&f, "other"), bytes, 0600, NULL), PORTROLL_OK);
		assert_true(restore("other", STR(""), NULL) < 0);
	}
}

/* Whatever byte is damaged: what is restored is the ledger, or nothing is. */
static void a_damaged_backup_restores_no_other_ledger(void **state)
{
	(void)state;
	struct file_bytes file;
	assert_int_equal(file_load(&file, beside(&f, "backup"), 1 << 20, NULL), PORTROLL_OK);
	char *bytes = malloc(file.bytes.len);
	assert_non_null(bytes);
	memcpy(bytes, file.bytes.ptr, file.bytes.len);
	size_t refused = 0;
	for (size_t i = 0; i < file.bytes.len; i += 97) {
		bytes[i] = (char)(bytes[i] ^ 4);
		assert_int_equal(file_replace(beside(&f, "other"),
					      (struct portroll_str){bytes, file.bytes.len}, 0600,
					      NULL),
				 PORTROLL_OK);
		bytes[i] = (char)(bytes[i] ^ 4);
		assert_int_equal(file_remove_tree(restored.roll, NULL), PORTROLL_OK);
		if (restore("other", STR(""), NULL) == PORTROLL_OK)
			assert_published(&restored, 6);
		else
			refused++;
	}
	assert_true(refused > 0);
	free(bytes);
	file_release(&file);
}

static void another_key_is_refused(void **state)
{
	(void)state;
	struct portroll_error err = {0};
	struct ledger_options options = f.options;
	struct file_bytes key;
	options.folder = beside(&f, "another");
	assert_int_equal(ledger_init(&options, STR(""), STR(ORIGIN), NULL), PORTROLL_OK);
	assert_int_equal(file_load(&key, beside(&f, "another/key"), 1000, NULL), PORTROLL_OK);
	assert_int_equal(restore("backup", key.bytes, &err), PORTROLL_EINVAL);
	assert_non_null(strstr(err.text, "not the one that signs this ledger"));
	file_release(&key);
}

int main(void)
{
#define LEDGER_TEST(test) cmocka_unit_test_setup_teardown(test, make, remove_it)
	const struct CMUnitTest tests[] = {
		LEDGER_TEST(a_backup_is_one_file_that_is_not_in_the_way),
		LEDGER_TEST(a_ledger_is_restored_with_its_key),
		LEDGER_TEST(without_the_key_it_is_only_read),
		LEDGER_TEST(a_folder_that_is_not_empty_is_refused),
		LEDGER_TEST(a_backup_that_is_behind_is_refused),
		LEDGER_TEST(what_is_no_backup_is_refused),
		LEDGER_TEST(a_damaged_backup_restores_no_other_ledger),
		LEDGER_TEST(another_key_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Many files at once, and folders with all that is in them. */
#include "base/file.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

static char folder[64];

static const char *in_folder(const char *name)
{
	static char paths[4][160];
	static unsigned next;
	char *path = paths[next++ % 4];
	(void)snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

static int make_folder(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/portroll-test-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return file_remove_tree(folder, NULL);
}

static void assert_holds(const char *name, const char *expected)
{
	struct file_bytes file;
	assert_int_equal(file_load(&file, in_folder(name), 1000, NULL), PORTROLL_OK);
	assert_text(file.bytes, expected);
	file_release(&file);
}

static int count_name(void *context, const char *name, struct portroll_error *err)
{
	(void)name;
	(void)err;
	++*(size_t *)context;
	return PORTROLL_OK;
}

static size_t count_names(const char *name)
{
	size_t count = 0;
	assert_int_equal(file_each_name(in_folder(name), count_name, &count, NULL), PORTROLL_OK);
	return count;
}

/* More than wait at once, in folders that are not there yet. */
static void files_of_a_batch_stand_when_it_is_committed(void **state)
{
	(void)state;
	char temporary[160], name[32];
	(void)snprintf(temporary, sizeof(temporary), "%s/new", folder);
	struct file_batch batch = {.temporary = temporary, .top = folder};
	for (unsigned i = 0; i < 3 * FILE_BATCH_MAX; i++) {
		(void)snprintf(name, sizeof(name), "a/%u/b/file", i);
		assert_int_equal(file_batch_put(&batch, in_folder(name), STR("x"), 0644, NULL),
				 PORTROLL_OK);
	}
	assert_false(file_exists(in_folder(name)));
	assert_int_equal(file_batch_commit(&batch, NULL), PORTROLL_OK);
	file_batch_done(&batch);
	assert_holds(name, "x");
	assert_int_equal(count_names("a"), 3 * FILE_BATCH_MAX);
	assert_int_equal(count_names("."), 1);
}

static void a_batch_that_is_given_up_leaves_nothing(void **state)
{
	(void)state;
	char temporary[160];
	(void)snprintf(temporary, sizeof(temporary), "%s/new", folder);
	struct file_batch batch = {.temporary = temporary, .top = folder};
	assert_int_equal(file_replace(in_folder("old"), STR("old"), 0644, NULL), PORTROLL_OK);
	assert_int_equal(file_batch_put(&batch, in_folder("old"), STR("new"), 0644, NULL), 0);
	assert_int_equal(file_batch_sync(&batch, NULL), PORTROLL_OK);
	file_batch_done(&batch);
	assert_holds("old", "old");
	assert_int_equal(count_names("."), 1);
}

static void a_tree_is_removed_and_its_links_are_not_followed(void **state)
{
	(void)state;
	assert_int_equal(file_make_folder(in_folder("tree/a/b"), NULL), PORTROLL_OK);
	assert_int_equal(file_make_folder(in_folder("kept"), NULL), PORTROLL_OK);
	assert_int_equal(file_replace(in_folder("kept/file"), STR("x"), 0600, NULL), PORTROLL_OK);
	assert_int_equal(file_replace(in_folder("tree/a/file"), STR("x"), 0600, NULL), PORTROLL_OK);
	assert_int_equal(symlink("../../kept", in_folder("tree/a/link")), 0);
	assert_int_equal(file_remove_tree(in_folder("tree"), NULL), PORTROLL_OK);
	assert_int_equal(file_remove_tree(in_folder("tree"), NULL), PORTROLL_OK);
	assert_false(file_exists(in_folder("tree")));
	assert_holds("kept/file", "x");
	assert_int_equal(file_remove_tree(in_folder("kept/file"), NULL), PORTROLL_OK);
	assert_int_equal(count_names("kept"), 0);
	assert_int_equal(count_names("missing"), 0);
}

static void a_file_is_overwritten_whole(void **state)
{
	(void)state;
	static const char *const texts[] = {"first", "longer than that", "", "x"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		assert_int_equal(file_overwrite(in_folder("file"), str_from(texts[i]), 0600, NULL),
				 PORTROLL_OK);
		assert_holds("file", texts[i]);
	}
	struct stat st;
	assert_int_equal(stat(in_folder("file"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	struct portroll_error err = {0};
	assert_int_equal(file_overwrite(in_folder("no/file"), STR("x"), 0600, &err),
			 PORTROLL_ESYSTEM);
	assert_int_equal(err.sys_errno, ENOENT);
}

static void a_private_file_is_refused_when_others_may_read_it(void **state)
{
	(void)state;
	struct file_bytes file;
	assert_int_equal(file_replace(in_folder("key"), STR("secret"), 0400, NULL), PORTROLL_OK);
	assert_int_equal(file_load_private(&file, in_folder("key"), 100, NULL), PORTROLL_OK);
	assert_text(file.bytes, "secret");
	file_release(&file);
	assert_int_equal(chmod(in_folder("key"), 0440), 0);
	assert_int_equal(file_load_private(&file, in_folder("key"), 100, NULL), PORTROLL_EINVAL);
	assert_int_equal(file_load_private(&file, in_folder("none"), 100, NULL), PORTROLL_ESYSTEM);
}

int main(void)
{
#define FILE_TEST(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
	const struct CMUnitTest tests[] = {
		FILE_TEST(files_of_a_batch_stand_when_it_is_committed),
		FILE_TEST(a_batch_that_is_given_up_leaves_nothing),
		FILE_TEST(a_tree_is_removed_and_its_links_are_not_followed),
		FILE_TEST(a_file_is_overwritten_whole),
		FILE_TEST(a_private_file_is_refused_when_others_may_read_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

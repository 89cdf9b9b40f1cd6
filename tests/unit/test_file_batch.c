/* SPDX-License-Identifier: MIT */
/* Many files at once, and folders with all that is in them. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_sync.h"
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
	assert_int_equal(file_batch_put_last(&batch, in_folder("old"), STR("last"), 0644, NULL), 0);
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

static int overwrite(const char *name, const char *text, struct portroll_error *err)
{
	struct file_batch batch = {0};
	int r = file_batch_overwrite(&batch, in_folder(name), str_from(text), 0600, err);
	if (r == PORTROLL_OK)
		r = file_batch_commit(&batch, err);
	file_batch_done(&batch);
	return r;
}

static void a_file_is_overwritten_whole(void **state)
{
	(void)state;
	static const char *const texts[] = {"first", "longer than that", "", "x"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		assert_int_equal(overwrite("file", texts[i], NULL), PORTROLL_OK);
		assert_holds("file", texts[i]);
	}
	struct stat st;
	assert_int_equal(stat(in_folder("file"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	struct portroll_error err = {0};
	assert_int_equal(overwrite("no/file", "x", &err), PORTROLL_ESYSTEM);
	assert_int_equal(err.sys_errno, ENOENT);
	assert_int_equal(symlink("file", in_folder("link")), 0);
	assert_int_equal(overwrite("link", "y", NULL), PORTROLL_ESYSTEM);
	assert_holds("file", "x");
}

static void the_last_file_of_a_batch_has_its_name_last(void **state)
{
	(void)state;
	char temporary[160], name[32];
	(void)snprintf(temporary, sizeof(temporary), "%s/new", folder);
	struct file_batch batch = {.temporary = temporary, .top = folder};
	assert_int_equal(file_batch_put_last(&batch, in_folder("z/last"), STR("last"), 0644, NULL),
			 0);
	for (unsigned i = 0; i < FILE_BATCH_MAX + 1; i++) {
		(void)snprintf(name, sizeof(name), "a/%u", i);
		assert_int_equal(file_batch_put(&batch, in_folder(name), STR("x"), 0644, NULL), 0);
	}
	for (unsigned i = 0; i < FILE_BATCH_OVERWRITTEN + 1; i++) {
		(void)snprintf(name, sizeof(name), "over-%u", i);
		assert_int_equal(
			file_batch_overwrite(&batch, in_folder(name), STR("over"), 0600, NULL), 0);
	}
	assert_int_equal(file_batch_stand(&batch, NULL), PORTROLL_OK);
	assert_int_equal(count_names("a"), FILE_BATCH_MAX + 1);
	assert_holds(name, "over");
	assert_false(file_exists(in_folder("z/last")));
	assert_int_equal(file_batch_commit(&batch, NULL), PORTROLL_OK);
	file_batch_done(&batch);
	assert_holds("z/last", "last");
	assert_int_equal(count_names("z"), 1);
}

/* A pipe cannot be synced. */
static void the_first_that_cannot_be_synced_is_told(void **state)
{
	(void)state;
	int pipes[2], files[FILE_SYNC_MAX];
	size_t failed = 0;
	assert_int_equal(pipe(pipes), 0);
	for (size_t i = 0; i < FILE_SYNC_MAX; i++) {
		files[i] = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		assert_true(files[i] >= 0);
	}
	assert_int_equal(file_sync_all(&failed, files, FILE_SYNC_MAX), 0);
	assert_int_equal(file_sync_all(&failed, files, 0), 0);
	for (size_t first = 0; first < FILE_SYNC_MAX; first++) {
		int kept[2] = {files[first], files[FILE_SYNC_MAX - 1]};
		files[first] = files[FILE_SYNC_MAX - 1] = pipes[0];
		assert_int_equal(file_sync_all(&failed, files, FILE_SYNC_MAX), EINVAL);
		assert_int_equal(failed, first);
		files[first] = kept[0];
		files[FILE_SYNC_MAX - 1] = kept[1];
	}
	for (size_t i = 0; i < FILE_SYNC_MAX; i++)
		(void)close(files[i]);
	(void)close(pipes[0]);
	(void)close(pipes[1]);
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
		FILE_TEST(the_last_file_of_a_batch_has_its_name_last),
		FILE_TEST(the_first_that_cannot_be_synced_is_told),
		FILE_TEST(a_private_file_is_refused_when_others_may_read_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

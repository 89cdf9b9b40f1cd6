/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

/* A folder of its own for each test; the test leaves it empty. */
struct place {
	char folder[64];
	char path[128];
};

static int make_place(void **state)
{
	static struct place place;
	(void)snprintf(place.folder, sizeof(place.folder), "/tmp/portroll-test-XXXXXX");
	if (!mkdtemp(place.folder))
		return -1;
	(void)snprintf(place.path, sizeof(place.path), "%s/file", place.folder);
	*state = &place;
	return 0;
}

static int remove_place(void **state)
{
	struct place *place = *state;
	(void)unlink(place->path);
	return rmdir(place->folder);
}

/* Entries of the folder without . and .. */
static size_t entry_count(const char *folder)
{
	size_t count = 0;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	while (readdir(dir))
		count++;
	(void)closedir(dir);
	return count - 2;
}

static void assert_holds(const char *path, const char *expected)
{
	struct file_bytes file;
	assert_int_equal(file_read(&file, path, 1000, NULL), PORTROLL_OK);
	assert_text(file.bytes, expected);
	file_release(&file);
	assert_int_equal(file_map(&file, path, NULL), PORTROLL_OK);
	assert_text(file.bytes, expected);
	file_release(&file);
}

static void a_replaced_file_holds_the_new_bytes(void **state)
{
	struct place *place = *state;
	assert_false(file_exists(place->path));
	static const char *const texts[] = {"first", "", "third"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		assert_int_equal(file_replace(place->path, str_from(texts[i]), 0640, NULL),
				 PORTROLL_OK);
		assert_holds(place->path, texts[i]);
		assert_int_equal(entry_count(place->folder), 1);
	}
	struct stat st;
	assert_int_equal(stat(place->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
}

static void a_file_appears_only_when_it_is_finished(void **state)
{
	struct place *place = *state;
	struct file_writer w;
	assert_int_equal(file_writer_begin(&w, place->path, 0644, NULL), PORTROLL_OK);
	assert_int_equal(file_writer_drain(&w, STR("half")), PORTROLL_OK);
	assert_false(file_exists(place->path));
	file_writer_abort(&w);
	file_writer_abort(&w);
	assert_int_equal(entry_count(place->folder), 0);
	assert_int_equal(file_writer_begin(&w, place->path, 0644, NULL), PORTROLL_OK);
	assert_int_equal(file_writer_drain(&w, STR("who")), PORTROLL_OK);
	assert_int_equal(file_writer_drain(&w, STR("le")), PORTROLL_OK);
	assert_int_equal(file_writer_commit(&w, NULL), PORTROLL_OK);
	file_writer_abort(&w);
	assert_holds(place->path, "whole");
	assert_int_equal(entry_count(place->folder), 1);
}

static void a_full_disk_is_a_system_error(void **state)
{
	(void)state;
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	if (full < 0)
		skip();
	assert_int_equal(file_drain(&full, STR("x")), PORTROLL_ESYSTEM);
	assert_int_equal(errno, ENOSPC);
	file_close(&full);
}

static void folders_are_no_files(void **state)
{
	struct place *place = *state;
	struct portroll_error err = {0};
	struct file_bytes file;
	struct file_writer w;
	assert_int_equal(file_read(&file, place->folder, 10, &err), PORTROLL_EINVAL);
	assert_true(str_ends(str_from(err.text), STR("is a folder, not a file")));
	assert_int_equal(file_map(&file, place->folder, NULL), PORTROLL_EINVAL);
	assert_int_equal(file_writer_begin(&w, place->folder, 0644, NULL), PORTROLL_EINVAL);
	assert_int_equal(file_replace(place->folder, STR("x"), 0644, NULL), PORTROLL_EINVAL);
	assert_int_equal(file_map(&file, "/dev/null", NULL), PORTROLL_EINVAL);
}

static void what_is_missing_is_named(void **state)
{
	struct place *place = *state;
	struct portroll_error err = {0};
	struct file_bytes file;
	assert_int_equal(file_read(&file, place->path, 10, &err), PORTROLL_ESYSTEM);
	assert_int_equal(err.sys_errno, ENOENT);
	assert_true(str_starts(str_from(err.text), str_from(place->path)));
	assert_int_equal(file_map(&file, place->path, NULL), PORTROLL_ESYSTEM);
	assert_int_equal(file_replace("/nonexistent/folder/file", STR("x"), 0644, NULL),
			 PORTROLL_ESYSTEM);
}

static void a_file_is_read_up_to_the_limit(void **state)
{
	struct place *place = *state;
	static char large[200001];
	memset(large, 'x', sizeof(large));
	static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 131072, 200000};
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct portroll_str bytes = {large, sizes[i]};
		struct file_bytes file;
		assert_int_equal(file_replace(place->path, bytes, 0644, NULL), PORTROLL_OK);
		assert_int_equal(file_read(&file, place->path, sizes[i], NULL), PORTROLL_OK);
		assert_true(str_equal(file.bytes, bytes));
		file_release(&file);
		if (sizes[i] > 0)
			assert_int_equal(file_read(&file, place->path, sizes[i] - 1, NULL),
					 PORTROLL_ELIMIT);
	}
}

static void an_endless_file_ends_at_the_limit(void **state)
{
	(void)state;
	struct file_bytes file;
	assert_int_equal(file_read(&file, "/dev/zero", 1 << 20, NULL), PORTROLL_ELIMIT);
}

static void the_lock_says_who_holds_it(void **state)
{
	struct place *place = *state;
	int lock = -1;
	uint64_t holder = 0;
	assert_int_equal(file_lock(&lock, place->folder, &holder, NULL), PORTROLL_OK);
	pid_t child = fork();
	if (child == 0) {
		int other = -1;
		uint64_t other_holder = 0;
		int r = file_lock(&other, place->folder, &other_holder, NULL);
		_exit(r == PORTROLL_ECONFLICT && other_holder == (uint64_t)getppid() ? 0 : 1);
	}
	int status = 1;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	file_close(&lock);
	assert_int_equal(file_lock_wait(&lock, place->folder, NULL), PORTROLL_OK);
	file_close(&lock);
	(void)snprintf(place->path, sizeof(place->path), "%s/lock", place->folder);
	assert_int_equal(file_lock(&lock, "/nonexistent", &holder, NULL), PORTROLL_ESYSTEM);
}

static void missing_parents_of_a_folder_are_made(void **state)
{
	struct place *place = *state;
	char path[160], parent[128];
	(void)snprintf(parent, sizeof(parent), "%s/a", place->folder);
	(void)snprintf(path, sizeof(path), "%s/a/b/", place->folder);
	assert_int_equal(file_make_folder(path, NULL), PORTROLL_OK);
	assert_int_equal(file_make_folder(path, NULL), PORTROLL_OK);
	assert_true(file_exists(path));
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(file_make_folder(parent, NULL), PORTROLL_OK);
	assert_int_equal(rmdir(parent), 0);
	assert_int_equal(file_replace(place->path, STR("x"), 0644, NULL), PORTROLL_OK);
	(void)snprintf(path, sizeof(path), "%s/below", place->path);
	assert_int_equal(file_make_folder(path, NULL), PORTROLL_ESYSTEM);
	assert_int_equal(file_make_folder(place->path, NULL), PORTROLL_ESYSTEM);
	assert_int_equal(file_make_folder("", NULL), PORTROLL_ESYSTEM);
}

static void only_files_left_by_dead_writers_are_removed(void **state)
{
	struct place *place = *state;
	static const char *const names[] = {"file", ".file.portroll-a1B2c3",
					    ".other.portroll-a1B2c3", ".file.portroll-a1B2",
					    ".file.a1B2c3"};
	char path[160];
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", place->folder, names[i]);
		assert_int_equal(file_replace(path, STR("x"), 0644, NULL), PORTROLL_OK);
	}
	file_remove_stale(place->folder, "file");
	file_remove_stale("/nonexistent", "file");
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", place->folder, names[i]);
		assert_int_equal(file_exists(path), i != 1);
		(void)unlink(path);
	}
}

static int read_file(void *context)
{
	struct file_bytes file;
	int r = file_read(&file, context, 1 << 20, NULL);
	if (r == PORTROLL_OK)
		file_release(&file);
	return r;
}

static int replace_file(void *context)
{
	int r = file_replace(context, STR("new"), 0644, NULL);
	if (r == PORTROLL_OK)
		r = file_replace(context, STR("old"), 0644, NULL);
	return r;
}

/* Of what lies under the name nothing is followed, written to or waited for. */
static void a_replaced_name_leads_nowhere(void **state)
{
	struct place *place = *state;
	char other[160];
	(void)snprintf(other, sizeof(other), "%s/other", place->folder);
	assert_int_equal(file_replace(other, STR("kept"), 0644, NULL), PORTROLL_OK);
	assert_int_equal(symlink(other, place->path), 0);
	assert_int_equal(file_replace_name(place->path, STR("new"), 0644, NULL), PORTROLL_OK);
	assert_holds(place->path, "new");
	assert_holds(other, "kept");
	assert_int_equal(unlink(place->path), 0);
	assert_int_equal(mkfifo(place->path, 0600), 0);
	assert_int_equal(file_replace_name(place->path, STR("newer"), 0644, NULL), PORTROLL_OK);
	assert_holds(place->path, "newer");
	assert_int_equal(unlink(place->path), 0);
	assert_int_equal(mkdir(place->path, 0755), 0);
	assert_int_equal(file_replace_name(place->path, STR("x"), 0644, NULL), PORTROLL_ESYSTEM);
	assert_int_equal(rmdir(place->path), 0);
	assert_int_equal(unlink(other), 0);
	assert_int_equal(entry_count(place->folder), 0);
}

static int make_folder(void *context)
{
	return file_make_folder(context, NULL);
}

static int lock_folder(void *context)
{
	int lock = -1;
	int r = file_lock_wait(&lock, context, NULL);
	file_close(&lock);
	return r;
}

static void files_survive_any_failing_allocation(void **state)
{
	struct place *place = *state;
	static char large[200000];
	struct portroll_str bytes = {large, sizeof(large)};
	assert_int_equal(file_replace(place->path, bytes, 0644, NULL), PORTROLL_OK);
	assert_int_equal(oom_sweep(read_file, place->path), 1);
	assert_true(oom_sweep(replace_file, place->path) >= 2);
	assert_holds(place->path, "old");
	assert_int_equal(entry_count(place->folder), 1);
	assert_int_equal(oom_sweep(make_folder, place->folder), 1);
	assert_true(oom_sweep(lock_folder, place->folder) >= 1);
	(void)unlink(place->path);
	(void)snprintf(place->path, sizeof(place->path), "%s/lock", place->folder);
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_PLACE(a_replaced_file_holds_the_new_bytes),
		IN_PLACE(a_file_appears_only_when_it_is_finished),
		IN_PLACE(a_full_disk_is_a_system_error),
		IN_PLACE(folders_are_no_files),
		IN_PLACE(a_replaced_name_leads_nowhere),
		IN_PLACE(what_is_missing_is_named),
		IN_PLACE(a_file_is_read_up_to_the_limit),
		IN_PLACE(an_endless_file_ends_at_the_limit),
		IN_PLACE(the_lock_says_who_holds_it),
		IN_PLACE(missing_parents_of_a_folder_are_made),
		IN_PLACE(only_files_left_by_dead_writers_are_removed),
		IN_PLACE(files_survive_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

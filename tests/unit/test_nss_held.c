/* SPDX-License-Identifier: MIT */
#include "snapshot_case.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nss/held.h"

/* Which files are read, and that a snapshot lives as long as somebody uses it. */

static char folder[] = "/tmp/portroll-held-XXXXXX";
static char path[64];
static struct arena arena;
static struct buf good, other;

static int make_snapshots(void **state)
{
	(void)state;
	struct registry *reg = registry_new(&arena);
	case_add(reg, "other", (struct range){1, 1}, PORTROLL_TCP, "");
	case_compile(&good, case_roll(&arena));
	case_compile(&other, case_roll_of(&arena, reg));
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/snapshot", folder);
	return 0;
}

static int remove_snapshots(void **state)
{
	(void)state;
	buf_done(&good);
	buf_done(&other);
	arena_done(&arena);
	(void)unlink(path);
	return rmdir(folder);
}

static void write_file(struct portroll_str bytes, unsigned mode)
{
	(void)unlink(path);
	assert_int_equal(file_replace(path, bytes, mode, NULL), PORTROLL_OK);
	assert_int_equal(chmod(path, mode), 0);
}

static enum load_result load(struct loaded *ret)
{
	struct load_mark mark;
	*ret = (struct loaded){0};
	return load_snapshot(ret, &mark, path);
}

static void assert_refused(void)
{
	struct loaded loaded;
	assert_int_equal(load(&loaded), LOAD_REFUSED);
	assert_null(loaded.snapshot);
	assert_null(loaded.map);
}

static void a_file_that_others_may_write_is_refused(void **state)
{
	(void)state;
	static const struct {
		unsigned mode;
		enum load_result result;
	} cases[] = {
		{0644, LOAD_DONE},    {0600, LOAD_DONE},    {0444, LOAD_DONE},    {0755, LOAD_DONE},
		{0664, LOAD_REFUSED}, {0646, LOAD_REFUSED}, {0666, LOAD_REFUSED},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct loaded loaded;
		write_file(buf_str(&good), cases[i].mode);
		assert_int_equal(load(&loaded), cases[i].result);
		load_release(&loaded);
	}
}

static void a_file_of_another_user_is_refused(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	write_file(buf_str(&good), 0644);
	assert_int_equal(chown(path, 65534, 65534), 0);
	assert_refused();
}

static void what_is_no_file_is_refused_without_waiting(void **state)
{
	(void)state;
	(void)unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_refused();
	(void)unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_refused();
	assert_int_equal(rmdir(path), 0);
}

static void a_damaged_file_is_refused(void **state)
{
	(void)state;
	struct portroll_str whole = buf_str(&good);
	char *bytes = test_malloc(whole.len);
	for (size_t at = 0; at < whole.len; at += whole.len / 97) {
		memcpy(bytes, whole.ptr, whole.len);
		bytes[at] ^= 1;
		write_file((struct portroll_str){bytes, whole.len}, 0600);
		assert_refused();
	}
	test_free(bytes);
}

static void a_file_cut_short_is_refused(void **state)
{
	(void)state;
	struct portroll_str whole = buf_str(&good);
	for (size_t len = 0; len < whole.len; len += whole.len / 97) {
		write_file(str_part(whole, 0, len), 0600);
		assert_refused();
	}
	write_file(STR("services(5) is another form\n"), 0600);
	assert_refused();
}

static void a_file_larger_than_any_roll_is_refused(void **state)
{
	(void)state;
	write_file(buf_str(&good), 0600);
	assert_int_equal(truncate(path, ((off_t)256 << 20) + 1), 0);
	assert_refused();
}

static void a_file_that_is_not_there_may_come_later(void **state)
{
	(void)state;
	struct loaded loaded;
	(void)unlink(path);
	assert_int_equal(load(&loaded), LOAD_LATER);
}

static int load_again(void *unused)
{
	(void)unused;
	struct loaded loaded;
	enum load_result result = load(&loaded);
	load_release(&loaded);
	if (result == LOAD_LATER)
		return PORTROLL_ENOMEM;
	return result == LOAD_DONE ? PORTROLL_OK : PORTROLL_ECORRUPT;
}

static void a_file_that_memory_is_short_for_is_read_later(void **state)
{
	(void)state;
	write_file(buf_str(&good), 0600);
	assert_true(oom_sweep(load_again, NULL) > 0);
}

static void what_is_read_outlives_its_file_and_leaves_no_descriptor(void **state)
{
	(void)state;
	struct loaded loaded;
	int before = dup(0);
	write_file(buf_str(&good), 0600);
	assert_int_equal(load(&loaded), LOAD_DONE);
	assert_int_equal(truncate(path, 0), 0);
	assert_int_not_equal(portroll_find_name(loaded.snapshot, STR("http")), PORTROLL_NONE);
	load_release(&loaded);
	int after = dup(0);
	assert_int_equal(after, before + 1);
	(void)close(before);
	(void)close(after);
}

static void every_change_of_a_file_changes_its_mark(void **state)
{
	(void)state;
	struct stat file;
	write_file(buf_str(&good), 0600);
	assert_int_equal(stat(path, &file), 0);
	const struct load_mark mark = load_mark_of(&file);
	assert_true(load_mark_equal(&mark, &mark));
	struct load_mark others[] = {mark, mark, mark, mark, mark, mark, mark};
	others[0].device++;
	others[1].inode++;
	others[2].size++;
	others[3].modified.tv_sec++;
	others[4].modified.tv_nsec++;
	others[5].changed.tv_sec++;
	others[6].changed.tv_nsec++;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_false(load_mark_equal(&mark, &others[i]));
}

static void replace_with(const struct buf *bytes)
{
	struct loaded loaded;
	write_file(buf_str(bytes), 0600);
	assert_int_equal(load(&loaded), LOAD_DONE);
	assert_true(held_replace(&loaded));
}

static bool has_name(unsigned slot, struct portroll_str name)
{
	return portroll_find_name(held_snapshot(slot), name) != PORTROLL_NONE;
}

static void an_old_snapshot_lives_until_it_is_given_back(void **state)
{
	(void)state;
	assert_int_equal(held_take(), HELD_SLOTS);
	replace_with(&good);
	unsigned old = held_take();
	replace_with(&other);
	held_sweep();
	unsigned new = held_take();
	assert_int_not_equal(new, old);
	assert_true(has_name(old, STR("http")) && !has_name(old, STR("other")));
	assert_true(has_name(new, STR("other")) && !has_name(new, STR("http")));
	held_give(old);
	held_sweep();
	assert_null(held_snapshot(old));
	assert_true(has_name(new, STR("other")));
	held_give(new);
	held_sweep();
	assert_true(has_name(new, STR("other")));
}

static void when_all_slots_are_in_use_the_current_one_goes_on(void **state)
{
	(void)state;
	unsigned slots[HELD_SLOTS];
	struct loaded loaded;
	for (size_t i = 0; i < HELD_SLOTS; i++) {
		replace_with(&good);
		slots[i] = held_take();
	}
	assert_int_equal(load(&loaded), LOAD_DONE);
	assert_false(held_replace(&loaded));
	assert_int_equal(held_take(), slots[HELD_SLOTS - 1]);
	held_give(slots[HELD_SLOTS - 1]);
	for (size_t i = 0; i < HELD_SLOTS; i++)
		held_give(slots[i]);
	assert_true(held_replace(&loaded));
}

static atomic_bool stop;

static void *use(void *unused)
{
	(void)unused;
	uintptr_t wrong = 0;
	while (!atomic_load(&stop)) {
		unsigned slot = held_take();
		wrong += has_name(slot, STR("http")) == has_name(slot, STR("other"));
		held_give(slot);
	}
	return (void *)wrong;
}

static void threads_use_what_another_one_replaces(void **state)
{
	(void)state;
	pthread_t threads[4];
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, use, NULL), 0);
	for (int i = 0; i < 100; i++) {
		replace_with(i % 2 ? &good : &other);
		held_sweep();
	}
	atomic_store(&stop, true);
	for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
		void *wrong;
		assert_int_equal(pthread_join(threads[i], &wrong), 0);
		assert_null(wrong);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_that_others_may_write_is_refused),
		cmocka_unit_test(a_file_of_another_user_is_refused),
		cmocka_unit_test(what_is_no_file_is_refused_without_waiting),
		cmocka_unit_test(a_damaged_file_is_refused),
		cmocka_unit_test(a_file_cut_short_is_refused),
		cmocka_unit_test(a_file_larger_than_any_roll_is_refused),
		cmocka_unit_test(a_file_that_is_not_there_may_come_later),
		cmocka_unit_test(a_file_that_memory_is_short_for_is_read_later),
		cmocka_unit_test(what_is_read_outlives_its_file_and_leaves_no_descriptor),
		cmocka_unit_test(every_change_of_a_file_changes_its_mark),
		cmocka_unit_test(an_old_snapshot_lives_until_it_is_given_back),
		cmocka_unit_test(when_all_slots_are_in_use_the_current_one_goes_on),
		cmocka_unit_test(threads_use_what_another_one_replaces),
	};
	return cmocka_run_group_tests(tests, make_snapshots, remove_snapshots);
}

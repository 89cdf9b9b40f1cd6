/* SPDX-License-Identifier: MIT */
#include "snapshot/layout.h"
#include "snapshot_case.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#define READERS      4
#define REPLACEMENTS 200

/* Two snapshots that give one port different names, and a folder in which one or the other is. */
struct folder {
	char name[32], path[48];
	struct buf rolls[2];
};

static const char *const names[] = {"alpha", "beta"};

static void folder_put(const struct folder *f, struct portroll_str bytes)
{
	assert_int_equal(file_replace(f->path, bytes, 0644, NULL), PORTROLL_OK);
}

static void folder_begin(struct folder *f)
{
	struct arena a = ARENA_INIT;
	(void)snprintf(f->name, sizeof(f->name), "/tmp/portroll-test-XXXXXX");
	assert_non_null(mkdtemp(f->name));
	(void)snprintf(f->path, sizeof(f->path), "%s/snapshot", f->name);
	for (size_t i = 0; i < ARRAY_LEN(f->rolls); i++) {
		struct registry *reg = registry_new(&a);
		case_add(reg, names[i], (struct range){1000, 1000}, PORTROLL_TCP, "");
		case_compile(&f->rolls[i], case_roll_of(&a, reg));
	}
	arena_done(&a);
	folder_put(f, buf_str(&f->rolls[0]));
}

static void folder_end(struct folder *f)
{
	(void)unlink(f->path);
	assert_int_equal(rmdir(f->name), 0);
	for (size_t i = 0; i < ARRAY_LEN(f->rolls); i++)
		buf_done(&f->rolls[i]);
}

/* Which of the two it is; everything it says must be of that one. */
static size_t told_by(const struct portroll_snapshot *s)
{
	struct portroll_iter it = portroll_by_port(s, 1000, PORTROLL_TCP);
	struct portroll_record r, same;
	assert_true(portroll_next(&it, &r));
	size_t told = str_equal(r.name, str_from(names[1]));
	assert_text(r.name, names[told]);
	assert_true(portroll_get(s, portroll_find_port(s, 1000, PORTROLL_TCP), &same));
	assert_text(same.name, names[told]);
	assert_true(portroll_find_name(s, str_from(names[told])) == r.id);
	assert_true(portroll_find_name(s, str_from(names[1 - told])) == PORTROLL_NONE);
	return told;
}

static void assert_told(struct portroll_watch *w, size_t told)
{
	struct portroll_snapshot *s = portroll_watch_snapshot(w);
	assert_int_equal(told_by(s), told);
	portroll_close(s);
}

static void a_new_file_is_noticed_once_and_old_holds_live_on(void **state)
{
	(void)state;
	struct folder f;
	struct portroll_watch *w;
	folder_begin(&f);
	assert_int_equal(portroll_watch_open(&w, f.path, NULL), PORTROLL_OK);
	struct portroll_snapshot *held = portroll_watch_snapshot(w);
	assert_int_equal(portroll_watch_look(w, NULL), 0);
	folder_put(&f, buf_str(&f.rolls[1]));
	assert_told(w, 0);
	assert_int_equal(portroll_watch_look(w, NULL), 1);
	assert_int_equal(portroll_watch_look(w, NULL), 0);
	assert_told(w, 1);
	assert_int_equal(told_by(held), 0);
	portroll_watch_close(w);
	assert_int_equal(told_by(held), 0);
	portroll_close(held);
	folder_end(&f);
}

/* What is there instead, and what is said of it at the first look and at the second. */
static const struct bad_case {
	const char *what;
	int first, second;
} bad[] = {
	{"nothing", PORTROLL_ESYSTEM, PORTROLL_ESYSTEM},
	{"a folder", PORTROLL_EINVAL, 0},
	{"an empty file", PORTROLL_ECORRUPT, 0},
	{"another kind of file", PORTROLL_ECORRUPT, 0},
	{"the first half", PORTROLL_ECORRUPT, 0},
	{"another version", PORTROLL_EVERSION, 0},
	{"a file with a wrong bit", PORTROLL_ECORRUPT, 0},
};

static void put_bad(const struct folder *f, const char *what)
{
	struct portroll_str good = buf_str(&f->rolls[0]);
	char *other = malloc(good.len);
	assert_non_null(other);
	memcpy(other, good.ptr, good.len);
	if (strcmp(what, "another version") == 0)
		other[HEADER_VERSION]++;
	else
		other[good.len / 2] ^= 1;
	if (strcmp(what, "nothing") == 0 || strcmp(what, "a folder") == 0)
		assert_int_equal(unlink(f->path), 0);
	if (strcmp(what, "a folder") == 0)
		assert_int_equal(mkdir(f->path, 0755), 0);
	if (strcmp(what, "an empty file") == 0)
		folder_put(f, STR(""));
	if (strcmp(what, "another kind of file") == 0)
		folder_put(f, STR("mysql 3306/tcp\n"));
	if (strcmp(what, "the first half") == 0)
		folder_put(f, str_part(good, 0, good.len / 2));
	if (strcmp(what, "another version") == 0 || strcmp(what, "a file with a wrong bit") == 0)
		folder_put(f, (struct portroll_str){other, good.len});
	free(other);
}

static void what_cannot_be_used_leaves_the_old_one_in_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct folder f;
		struct portroll_watch *w, *none = NULL;
		struct portroll_error err = {0};
		folder_begin(&f);
		assert_int_equal(portroll_watch_open(&w, f.path, NULL), PORTROLL_OK);
		put_bad(&f, bad[i].what);
		assert_int_equal(portroll_watch_open(&none, f.path, NULL), bad[i].first);
		assert_null(none);
		assert_int_equal(portroll_watch_look(w, &err), bad[i].first);
		assert_non_null(strstr(err.text, f.path));
		assert_int_equal(portroll_watch_look(w, NULL), bad[i].second);
		assert_told(w, 0);
		(void)rmdir(f.path);
		folder_put(&f, buf_str(&f.rolls[1]));
		assert_int_equal(portroll_watch_look(w, NULL), 1);
		assert_told(w, 1);
		portroll_watch_close(w);
		folder_end(&f);
	}
	portroll_watch_close(NULL);
}

/* Who may write the file says what root is told. */
static void root_believes_no_file_that_everybody_may_write(void **state)
{
	(void)state;
	if (geteuid() != 0) {
		print_message("skipped: needs to be root\n");
		skip();
	}
	struct folder f;
	struct portroll_snapshot *s = NULL;
	struct portroll_error err = {0};
	folder_begin(&f);
	assert_int_equal(chmod(f.path, 0666), 0);
	assert_int_equal(portroll_open(&s, f.path, &err), PORTROLL_ESYSTEM);
	assert_non_null(strstr(err.text, f.path));
	assert_non_null(strstr(err.text, "chmod o-w"));
	assert_int_not_equal(err.sys_errno, 0);
	assert_int_equal(portroll_open_touched(&s, f.path, NULL), PORTROLL_ESYSTEM);
	assert_null(s);
	assert_int_equal(chmod(f.path, 0644), 0);
	assert_int_equal(portroll_open_touched(&s, f.path, NULL), PORTROLL_OK);
	assert_int_equal(told_by(s), 0);
	portroll_close(s);
	folder_end(&f);
}

struct reading {
	struct portroll_watch *watch;
	_Atomic bool *done;
	pthread_t thread;
	size_t asked, noticed;
	bool failed;
};

/* cmocka's assertions are for the first thread only. */
static bool is_of_one_piece(const struct portroll_snapshot *s)
{
	struct portroll_iter it = portroll_by_port(s, 1000, PORTROLL_TCP);
	struct portroll_record r;
	if (!portroll_next(&it, &r))
		return false;
	size_t told = str_equal(r.name, str_from(names[1]));
	return str_equal(r.name, str_from(names[told])) &&
	       portroll_find_name(s, str_from(names[told])) == r.id &&
	       portroll_find_name(s, str_from(names[1 - told])) == PORTROLL_NONE &&
	       portroll_state(s, 1000, PORTROLL_TCP).state == PORTROLL_ASSIGNED &&
	       !portroll_damaged(s);
}

static void *read_and_look(void *context)
{
	struct reading *r = context;
	do {
		struct portroll_snapshot *s = portroll_watch_snapshot(r->watch);
		int looked = portroll_watch_look(r->watch, NULL);
		r->failed = r->failed || looked < 0 || !is_of_one_piece(s);
		r->noticed += looked == 1;
		r->asked++;
		portroll_close(s);
	} while (!atomic_load(r->done));
	return NULL;
}

static void many_threads_read_and_look_while_the_file_is_replaced(void **state)
{
	(void)state;
	struct folder f;
	struct portroll_watch *w;
	struct reading readings[READERS];
	_Atomic bool done = false;
	size_t noticed = 0;
	folder_begin(&f);
	assert_int_equal(portroll_watch_open(&w, f.path, NULL), PORTROLL_OK);
	for (size_t i = 0; i < READERS; i++) {
		readings[i] = (struct reading){.watch = w, .done = &done};
		assert_int_equal(
			pthread_create(&readings[i].thread, NULL, read_and_look, &readings[i]), 0);
	}
	for (size_t i = 1; i <= REPLACEMENTS; i++)
		folder_put(&f, buf_str(&f.rolls[i % 2]));
	atomic_store(&done, true);
	for (size_t i = 0; i < READERS; i++) {
		assert_int_equal(pthread_join(readings[i].thread, NULL), 0);
		assert_false(readings[i].failed);
		assert_true(readings[i].asked > 0);
		noticed += readings[i].noticed;
	}
	assert_true(noticed > 0);
	assert_true(portroll_watch_look(w, NULL) >= 0);
	assert_told(w, REPLACEMENTS % 2);
	portroll_watch_close(w);
	folder_end(&f);
}

/* The file at the path gives way to the one at `other`, and the other way round. */
static void folder_swap(const struct folder *f, const char *other)
{
	assert_int_equal(renameat2(AT_FDCWD, other, AT_FDCWD, f->path, RENAME_EXCHANGE), 0);
}

static int watch_it(void *context)
{
	const struct folder *f = context;
	struct portroll_watch *w;
	char other[sizeof(f->path) + 8];
	(void)snprintf(other, sizeof(other), "%s.other", f->path);
	int r = portroll_watch_open(&w, f->path, NULL);
	if (r < 0)
		return r;
	folder_swap(f, other);
	r = portroll_watch_look(w, NULL);
	assert_told(w, r == 1);
	portroll_watch_close(w);
	folder_swap(f, other);
	return r == 1 ? PORTROLL_OK : r;
}

static void any_allocation_may_fail(void **state)
{
	(void)state;
	struct folder f;
	char other[sizeof(f.path) + 8];
	folder_begin(&f);
	(void)snprintf(other, sizeof(other), "%s.other", f.path);
	assert_int_equal(file_replace(other, buf_str(&f.rolls[1]), 0644, NULL), PORTROLL_OK);
	assert_true(oom_sweep(watch_it, &f) > 0);
	assert_int_equal(unlink(other), 0);
	folder_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_file_is_noticed_once_and_old_holds_live_on),
		cmocka_unit_test(what_cannot_be_used_leaves_the_old_one_in_its_place),
		cmocka_unit_test(root_believes_no_file_that_everybody_may_write),
		cmocka_unit_test(many_threads_read_and_look_while_the_file_is_replaced),
		cmocka_unit_test(any_allocation_may_fail),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

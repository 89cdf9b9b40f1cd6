/* SPDX-License-Identifier: MIT */
#include "snapshot_case.h"
#include "snapshot_exercise.h"

#include "oom.h"

#include <pthread.h>
#include <unistd.h>

#define READERS 4

static const struct portroll_str one_by_one[] = {
	{"compile", 7},
	{"open", 4},
	{"read", 4},
	{"search", 6},
};

/* What the works below start from. */
struct made {
	struct arena arena;
	const struct roll *roll;
	struct buf out;
};

static void made_begin(struct made *m)
{
	*m = (struct made){0};
	m->roll = case_roll(&m->arena);
	case_compile(&m->out, m->roll);
}

static void made_end(struct made *m)
{
	buf_done(&m->out);
	arena_done(&m->arena);
}

static int compile_it(void *context)
{
	const struct made *m = context;
	struct buf out = BUF_INIT((size_t)1 << 30);
	int r = snapshot_compile(&out, m->roll, NULL);
	if (r == PORTROLL_OK && !str_equal(buf_str(&out), buf_str(&m->out)))
		r = PORTROLL_ECORRUPT;
	buf_done(&out);
	return r;
}

static int open_it(void *context)
{
	const struct made *m = context;
	struct portroll_snapshot *s = NULL;
	int r = snapshot_open(&s, buf_str(&m->out), SNAPSHOT_FULL, NULL);
	portroll_close(s);
	return r;
}

/* No memory is not damage. */
static int read_it(void *context)
{
	const struct made *m = context;
	struct portroll_snapshot *s = NULL;
	struct arena a = ARENA_INIT;
	struct roll *roll;
	int r = snapshot_open(&s, buf_str(&m->out), SNAPSHOT_TOUCHED, NULL);
	if (r == PORTROLL_OK)
		r = snapshot_read_roll(&roll, s, &a, NULL);
	if (s && portroll_damaged(s))
		r = PORTROLL_ECORRUPT;
	arena_done(&a);
	portroll_close(s);
	return r;
}

static int search_it(void *context)
{
	const struct made *m = context;
	struct portroll_snapshot *s = NULL;
	struct arena a = ARENA_INIT;
	struct id_array found;
	int r = snapshot_open(&s, buf_str(&m->out), SNAPSHOT_TOUCHED, NULL);
	if (r == PORTROLL_OK)
		r = snapshot_match(&found, s, 1, STR("6"), &a);
	if (r == PORTROLL_OK)
		r = snapshot_search(&found, s, STR("satellite video"), 0, &a);
	if (r == PORTROLL_OK)
		r = snapshot_by_person(&found, s, 1, STR("Example_Org"), &a);
	if (r == PORTROLL_OK)
		r = snapshot_by_reference(&found, s, STR("RFC6335"), &a);
	arena_done(&a);
	portroll_close(s);
	return r;
}

static void any_allocation_may_fail(void **state)
{
	(void)state;
	static oom_fn *const works[] = {compile_it, open_it, read_it, search_it};
	struct made m;
	made_begin(&m);
	for (size_t i = 0; i < ARRAY_LEN(works); i++) {
		print_message("%.*s\n", PORTROLL_STR_ARG(one_by_one[i]));
		assert_true(oom_sweep(works[i], &m) > 0);
	}
	made_end(&m);
}

/* Each reader asks all; all get the same, and no race is there for TSan to find. */
struct reading {
	const struct portroll_snapshot *snapshot;
	struct buf said;
	pthread_t thread;
};

static void *read_all(void *context)
{
	struct reading *r = context;
	exercise(&r->said, r->snapshot);
	return NULL;
}

static void many_threads_read_one_snapshot(void **state)
{
	(void)state;
	struct made m;
	made_begin(&m);
	struct portroll_snapshot *s = case_open(&m.out, SNAPSHOT_TOUCHED);
	struct reading readings[READERS];
	for (size_t i = 0; i < READERS; i++) {
		readings[i] = (struct reading){.snapshot = s, .said = BUF_INIT(1U << 26)};
		assert_int_equal(pthread_create(&readings[i].thread, NULL, read_all, &readings[i]),
				 0);
	}
	for (size_t i = 0; i < READERS; i++)
		assert_int_equal(pthread_join(readings[i].thread, NULL), 0);
	assert_false(portroll_damaged(s));
	assert_true(readings[0].said.len > 0);
	for (size_t i = 1; i < READERS; i++)
		assert_true(str_equal(buf_str(&readings[0].said), buf_str(&readings[i].said)));
	for (size_t i = 0; i < READERS; i++)
		buf_done(&readings[i].said);
	portroll_close(s);
	made_end(&m);
}

static void a_file_answers_as_its_bytes_do(void **state)
{
	(void)state;
	struct made m;
	made_begin(&m);
	char path[] = "/tmp/portroll-test-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(file_drain(&fd, buf_str(&m.out)), PORTROLL_OK);
	assert_int_equal(close(fd), 0);
	struct buf from_file = BUF_INIT(1U << 26), from_bytes = BUF_INIT(1U << 26);
	struct portroll_snapshot *file, *bytes = case_open(&m.out, SNAPSHOT_FULL);
	assert_int_equal(portroll_open_touched(&file, path, NULL), PORTROLL_OK);
	exercise(&from_file, file);
	exercise(&from_bytes, bytes);
	assert_true(str_equal(buf_str(&from_file), buf_str(&from_bytes)));
	assert_true(portroll_digest(file) == portroll_digest(bytes));
	portroll_close(file);
	portroll_close(bytes);
	assert_int_equal(unlink(path), 0);
	buf_done(&from_file);
	buf_done(&from_bytes);
	made_end(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_allocation_may_fail),
		cmocka_unit_test(many_threads_read_one_snapshot),
		cmocka_unit_test(a_file_answers_as_its_bytes_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "oom.h"

#include "base/arena.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define SWEEP_MAX 200000

/* The linker gives these names to the true functions and calls ours instead. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t len);
void *__real_arena_alloc(struct arena *a, size_t size);
void *__real_arena_array(struct arena *a, size_t count, size_t size);
void *__real_arena_grow(struct arena *a, const void *old, size_t count, size_t new_count,
			size_t size);
struct portroll_str __real_arena_str(struct arena *a, struct portroll_str text);
char *__real_arena_cstr(struct arena *a, struct portroll_str text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t len);
void *__wrap_arena_alloc(struct arena *a, size_t size);
void *__wrap_arena_array(struct arena *a, size_t count, size_t size);
void *__wrap_arena_grow(struct arena *a, const void *old, size_t count, size_t new_count,
			size_t size);
struct portroll_str __wrap_arena_str(struct arena *a, struct portroll_str text);
char *__wrap_arena_cstr(struct arena *a, struct portroll_str text);

/* A wrapped malloc has no argument to carry this. */
static struct {
	size_t fail_at; /* 0: none fails */
	size_t count;
	int and_all_after;
} plan;

static int fails_now(void)
{
	if (plan.fail_at == 0)
		return 0;
	plan.count++;
	if (plan.count != plan.fail_at && !(plan.and_all_after && plan.count > plan.fail_at))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *__wrap_malloc(size_t size)
{
	return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails_now() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
	return fails_now() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t len)
{
	return fails_now() ? NULL : __real_strndup(text, len);
}

static int arena_fails_now(struct arena *a)
{
	if (!fails_now())
		return 0;
	a->failed = true;
	return 1;
}

void *__wrap_arena_alloc(struct arena *a, size_t size)
{
	return arena_fails_now(a) ? NULL : __real_arena_alloc(a, size);
}

void *__wrap_arena_array(struct arena *a, size_t count, size_t size)
{
	return arena_fails_now(a) ? NULL : __real_arena_array(a, count, size);
}

void *__wrap_arena_grow(struct arena *a, const void *old, size_t count, size_t new_count,
			size_t size)
{
	return arena_fails_now(a) ? NULL : __real_arena_grow(a, old, count, new_count, size);
}

struct portroll_str __wrap_arena_str(struct arena *a, struct portroll_str text)
{
	return text.len && arena_fails_now(a) ? STR("") : __real_arena_str(a, text);
}

char *__wrap_arena_cstr(struct arena *a, struct portroll_str text)
{
	return arena_fails_now(a) ? NULL : __real_arena_cstr(a, text);
}

/* The code of one run; *ret_failed tells whether the n-th allocation was reached. */
static int run_once(oom_fn *run, void *context, size_t n, int *ret_failed)
{
	plan.fail_at = n;
	plan.count = 0;
	int r = run(context);
	*ret_failed = plan.count >= n;
	plan.fail_at = 0;
	return r;
}

static size_t sweep(oom_fn *run, void *context, int and_all_after)
{
	plan.and_all_after = and_all_after;
	for (size_t n = 1; n < SWEEP_MAX; n++) {
		int failed;
		int r = run_once(run, context, n, &failed);
		if (r != (failed ? PORTROLL_ENOMEM : PORTROLL_OK))
			fail_msg("code %d, and allocation %zu %s", r, n,
				 failed ? "failed" : "was not needed");
		if (!failed)
			return n - 1;
	}
	fail_msg("more than %d allocations", SWEEP_MAX);
	return 0;
}

size_t oom_sweep(oom_fn *run, void *context)
{
	(void)sweep(run, context, 1);
	return sweep(run, context, 0);
}

void oom_pause(void (*look)(void *context), void *context)
{
	size_t fail_at = plan.fail_at;
	plan.fail_at = 0;
	look(context);
	plan.fail_at = fail_at;
}

/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>

#include "test.h"

static void memory_is_zeroed_aligned_and_apart(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	unsigned char *before = NULL;
	for (size_t size = 0; size < 5000; size += 7) {
		unsigned char *memory = arena_alloc(&a, size);
		assert_non_null(memory);
		assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(memory[i], 0);
		memset(memory, 0xff, size);
		if (before)
			assert_int_equal(*before, 0xff);
		before = size ? memory : before;
		(void)arena_str(&a, STR("text between"));
	}
	arena_done(&a);
	assert_null(a.chunks);
}

static void large_blocks_fit_too(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	char *large = arena_array(&a, 3000, 1000);
	assert_non_null(large);
	large[2999999] = 1;
	assert_non_null(arena_alloc(&a, 1));
	assert_false(a.failed);
	arena_done(&a);
}

static void sizes_that_overflow_fail_and_stay_failed(void **state)
{
	(void)state;
	static const struct {
		size_t count, size;
	} cases[] = {{SIZE_MAX, 2}, {SIZE_MAX, 1}, {SIZE_MAX / 2 + 1, 1}, {1, SIZE_MAX - 3}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a = ARENA_INIT;
		assert_non_null(arena_alloc(&a, 8));
		assert_null(arena_array(&a, cases[i].count, cases[i].size));
		assert_true(a.failed);
		assert_null(arena_alloc(&a, 1));
		assert_text(arena_str(&a, STR("x")), "");
		assert_null(arena_cstr(&a, STR("x")));
		arena_done(&a);
		assert_false(a.failed);
	}
}

static void a_limit_holds_for_all_that_is_asked_for(void **state)
{
	(void)state;
	struct arena a = {.size_max = 1 << 20};
	size_t taken = 0;
	while (arena_str(&a, STR("3306/tcp")).len && taken < (size_t)2 << 20)
		taken += 8;
	assert_true(a.failed && a.is_full);
	assert_true(taken > 1 << 18 && taken <= 1 << 20);
	assert_true(a.size <= 1 << 20);
	arena_done(&a);
	a.size_max = 1000;
	assert_null(arena_alloc(&a, 1001));
	assert_true(a.is_full);
	arena_done(&a);
}

static void texts_are_copied(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	char source[] = "3306/tcp";
	struct portroll_str copy = arena_str(&a, str_from(source));
	char *c_string = arena_cstr(&a, str_from(source));
	source[0] = 'x';
	assert_text(copy, "3306/tcp");
	assert_string_equal(c_string, "3306/tcp");
	assert_text(arena_str(&a, STR_NONE), "");
	assert_string_equal(arena_cstr(&a, STR_NONE), "");
	arena_done(&a);
}

static void growing_keeps_what_was_there(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	uint32_t *list = arena_grow(&a, NULL, 0, 2, sizeof(*list));
	list[0] = 4502;
	list[1] = 49151;
	uint32_t *larger = arena_grow(&a, list, 2, 4, sizeof(*larger));
	assert_int_equal(larger[0], 4502);
	assert_int_equal(larger[1], 49151);
	assert_int_equal(larger[3], 0);
	assert_int_equal(list[0], 4502);
	arena_done(&a);
}

static void what_is_cleared_is_used_again(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	arena_clear(&a);
	for (int i = 0; i < 100; i++) {
		for (int k = 0; k < 10; k++) {
			char *block = arena_alloc(&a, 20000);
			assert_non_null(block);
			assert_int_equal(block[0] | block[19999], 0);
			memset(block, 'x', 20000);
		}
		assert_int_equal(arena_str(&a, STR("text")).len, 4);
		size_t size = a.size;
		arena_clear(&a);
		assert_true(a.size > 0 && a.size <= size);
		assert_true(i < 2 || a.size == size);
	}
	arena_done(&a);
}

static int fill_chunks(void *context)
{
	(void)context;
	struct arena a = ARENA_INIT;
	for (int i = 0; i < 20; i++) {
		(void)arena_alloc(&a, 50000);
		(void)arena_cstr(&a, STR("between"));
	}
	int r = a.failed ? PORTROLL_ENOMEM : PORTROLL_OK;
	arena_done(&a);
	return r;
}

static void filling_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(fill_chunks, NULL) > 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(large_blocks_fit_too),
		cmocka_unit_test(sizes_that_overflow_fail_and_stay_failed),
		cmocka_unit_test(a_limit_holds_for_all_that_is_asked_for),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(growing_keeps_what_was_there),
		cmocka_unit_test(what_is_cleared_is_used_again),
		cmocka_unit_test(filling_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

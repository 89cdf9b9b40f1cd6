/* SPDX-License-Identifier: MIT */
/* Memory that ends, at each allocation of SQLite and of ours. */
#include "store_life.h"

#define STRIDE 7 /* from allocation to allocation after which there is no more memory */

/* SQLite takes its memory here. */
static struct {
	sqlite3_mem_methods system;
	size_t fail_at, count;
	bool and_all_after;
} memory;

static bool memory_fails(void)
{
	if (!memory.fail_at)
		return false;
	memory.count++;
	return memory.count == memory.fail_at ||
	       (memory.and_all_after && memory.count > memory.fail_at);
}

static void *take_memory(int size)
{
	return memory_fails() ? NULL : memory.system.xMalloc(size);
}

static void *take_more_memory(void *old, int size)
{
	return memory_fails() ? NULL : memory.system.xRealloc(old, size);
}

static void install_memory(void)
{
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory.system), SQLITE_OK);
	sqlite3_mem_methods ours = memory.system;
	ours.xMalloc = take_memory;
	ours.xRealloc = take_more_memory;
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &ours), SQLITE_OK);
	/* Each allocation is one that can fail. */
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), SQLITE_OK);
}

/* A step that fails is done again with memory. Some of SQLite's it can do without. */
static bool memory_ends_at(size_t n, void *context)
{
	const bool *and_all_after = context;
	struct life l = {0};
	disk_clear();
	memory.and_all_after = *and_all_after;
	memory.count = 0;
	memory.fail_at = n;
	bool reached = false;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct portroll_error err = {0};
		int r = steps[i](&l, &err);
		reached = reached || memory.count >= n;
		if (r == PORTROLL_OK)
			continue;
		memory.fail_at = 0;
		if (r != PORTROLL_ENOMEM)
			fail_msg("allocation %zu, step %zu: code %d: %s", n, i, r, err.text);
		do_again(&l, steps[i]);
	}
	memory.fail_at = 0;
	end_life(&l);
	assert_int_equal(l.batches, BATCH_LAST);
	check_afterwards(&l);
	return reached;
}

static void it_goes_on_after_memory_ended(void **state)
{
	(void)state;
	bool and_all_after = false;
	size_t count = sweep(memory_ends_at, &and_all_after);
	print_message("allocations of SQLite: %zu\n", count);
	and_all_after = true;
	for (size_t n = 1; n <= count; n += STRIDE)
		assert_true(memory_ends_at(n, &and_all_after));
}

static int live_once(void *context)
{
	(void)context;
	struct life l;
	disk_clear();
	int r = live(&l, NULL);
	end_life(&l);
	return r;
}

static void any_allocation_of_ours_may_fail(void **state)
{
	(void)state;
	print_message("allocations of ours: %zu\n", oom_sweep(live_once, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_goes_on_after_memory_ended),
		cmocka_unit_test(any_allocation_of_ours_may_fail),
	};
	install_memory();
	return cmocka_run_group_tests(tests, begin, end);
}

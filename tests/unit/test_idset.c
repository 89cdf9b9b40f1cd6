/* SPDX-License-Identifier: MIT */
#include "registry/idset.h"

#include "base/num.h"
#include "test.h"

static void keys_keep_their_first_number(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct idset set = IDSET_INIT(&a);
	assert_int_equal(idset_find(&set, STR("IESG")), IDSET_NONE);
	assert_int_equal(idset_add(&set, STR("IESG"), 7), 7);
	assert_int_equal(idset_add(&set, STR("IESG"), 8), 7);
	assert_int_equal(idset_add(&set, STR("iesg"), 9), 9);
	assert_int_equal(idset_find(&set, STR("IESG")), 7);
	assert_int_equal(idset_add(&set, STR_NONE, 1), 1);
	assert_int_equal(idset_find(&set, STR("")), 1);
	assert_int_equal(idset_add(&set, STR(""), 2), 1);
	assert_int_equal(set.count, 3);
	arena_done(&a);
}

static struct portroll_str number_text(struct arena *a, uint32_t i)
{
	char digits[NUM_TEXT_MAX];
	size_t len = num_format(digits, i);
	return arena_str(a, (struct portroll_str){digits, len});
}

static void many_keys_are_all_found(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct idset set = IDSET_INIT(&a);
	for (uint32_t i = 0; i < 20000; i++)
		assert_int_equal(idset_add(&set, number_text(&a, i), i), i);
	for (uint32_t i = 0; i < 20000; i++)
		assert_int_equal(idset_find(&set, number_text(&a, i)), i);
	assert_int_equal(idset_find(&set, number_text(&a, 20000)), IDSET_NONE);
	arena_done(&a);
}

static int add_many(void *context)
{
	(void)context;
	struct arena a = ARENA_INIT;
	struct idset set = IDSET_INIT(&a);
	int r = PORTROLL_OK;
	for (uint32_t i = 0; i < 300 && r == PORTROLL_OK; i++)
		r = idset_add(&set, number_text(&a, i), i) == IDSET_NONE ? PORTROLL_ENOMEM
									 : PORTROLL_OK;
	if (a.failed)
		r = PORTROLL_ENOMEM;
	arena_done(&a);
	return r;
}

static void adding_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(add_many, NULL) > 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_keep_their_first_number),
		cmocka_unit_test(many_keys_are_all_found),
		cmocka_unit_test(adding_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

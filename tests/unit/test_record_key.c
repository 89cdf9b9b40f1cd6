/* SPDX-License-Identifier: MIT */
#include "registry/record_key.h"

#include "small.h"

static const struct small_row rows[] = {
	{"rdp", NULL, NULL, "Reliable Data Protocol", NULL},
	{"http", "80", "tcp", "World Wide Web HTTP", NULL},
	{NULL, "80", "udp", "Reserved", NULL},
	{"rdp", NULL, NULL, "Windows Remote Desktop Protocol", NULL},
};

/* Taken one after the other. */
static const struct take_case {
	struct small_row row;
	uint32_t index;
} takes[] = {
	{{"rdp", NULL, NULL, "other text", NULL}, 0},
	{{"rdp", NULL, NULL, NULL, NULL}, 3},
	{{"rdp", NULL, NULL, NULL, NULL}, IDSET_NONE},
	{{"rdp", "0", NULL, NULL, NULL}, IDSET_NONE},
	{{"HTTP", "80", "tcp", NULL, NULL}, IDSET_NONE},
	{{"http", "80", "udp", NULL, NULL}, IDSET_NONE},
	{{"http", "80-81", "tcp", NULL, NULL}, IDSET_NONE},
	{{"http", "80", "tcp", NULL, NULL}, 1},
	{{NULL, "80", "udp", NULL, NULL}, 2},
};

static void the_nth_among_equals_is_the_nth(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct key_index index;
	struct registry *reg = small_registry(&a, rows, ARRAY_LEN(rows));
	assert_int_equal(key_index_build(&index, reg, &a), PORTROLL_OK);
	for (size_t i = 0; i < ARRAY_LEN(takes); i++) {
		struct record r;
		uint32_t at = 77;
		assert_true(small_record(&r, &takes[i].row, &a));
		assert_int_equal(key_index_take(&at, &index, &r), PORTROLL_OK);
		assert_int_equal(at, takes[i].index);
		assert_int_equal(key_index_knows(&index, &r), at != IDSET_NONE || i == 2);
	}
	key_index_done(&index);
	arena_done(&a);
}

static void a_nameless_record_is_taken_once(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct key_index index;
	struct record r;
	uint32_t at;
	struct registry *reg = small_registry(&a, rows, ARRAY_LEN(rows));
	assert_int_equal(key_index_build(&index, reg, &a), PORTROLL_OK);
	assert_true(small_record(&r, &(struct small_row){"new", "80", "udp", NULL, NULL}, &a));
	assert_int_equal(key_index_take_nameless(&at, &index, &r), PORTROLL_OK);
	assert_int_equal(at, 2);
	assert_int_equal(key_index_take_nameless(&at, &index, &r), PORTROLL_OK);
	assert_int_equal(at, IDSET_NONE);
	key_index_done(&index);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nth_among_equals_is_the_nth),
		cmocka_unit_test(a_nameless_record_is_taken_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

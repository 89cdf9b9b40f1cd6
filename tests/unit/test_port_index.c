/* SPDX-License-Identifier: MIT */
#include "registry/port_index.h"

#include "small.h"

static const struct small_row rows[] = {
	{NULL, "80-82", NULL, "Unassigned", NULL},
	{"www", "80", "tcp", "World Wide Web HTTP",
	 "This is a duplicate of the \"http\" service and should not be used"},
	{"h_t", "80", "tcp", "Old", "This entry is an alias to \"http\"."},
	{NULL, "80", "tcp", "Reserved", NULL},
	{"http", "80", "tcp", "World Wide Web HTTP", NULL},
	{"any", "80", NULL, "No transport", NULL},
	{"http", "80", "udp", "World Wide Web HTTP", NULL},
	{"no-port", NULL, "tcp", "No port", NULL},
	{"last", "65535", "tcp", "The last port", NULL},
};

static const struct records_case {
	uint16_t port;
	uint8_t transport;
	size_t count;
	uint32_t records[6];
} cases[] = {
	{80, PORTROLL_TCP, 6, {4, 5, 1, 2, 3, 0}},
	{80, PORTROLL_UDP, 3, {5, 6, 0}},
	{80, PORTROLL_SCTP, 2, {5, 0}},
	{82, PORTROLL_DCCP, 1, {0}},
	{83, PORTROLL_TCP, 0, {0}},
	{79, PORTROLL_TCP, 0, {0}},
	{0, PORTROLL_TCP, 0, {0}},
	{65535, PORTROLL_TCP, 1, {8}},
};

static void records_of_a_port_come_by_rank(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct port_index index;
	struct registry *reg = small_registry(&a, rows, ARRAY_LEN(rows));
	assert_int_equal(port_index_build(&index, reg, &a), PORTROLL_OK);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint32_t got[6] = {0};
		assert_int_equal(port_records(&index, cases[i].port, cases[i].transport, got, 6),
				 cases[i].count);
		assert_memory_equal(got, cases[i].records, sizeof(got));
		uint32_t first = UINT32_MAX;
		assert_int_equal(port_records(&index, cases[i].port, cases[i].transport, &first, 1),
				 cases[i].count);
		assert_int_equal(first, cases[i].count ? cases[i].records[0] : UINT32_MAX);
	}
	arena_done(&a);
}

static void a_registry_that_covers_too_much_is_refused(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	struct record r = {.has_port = true, .port = {0, 65535}};
	struct port_index index;
	for (int i = 0; i < 64; i++)
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	assert_int_equal(port_index_build(&index, reg, &a), PORTROLL_OK);
	assert_int_equal(index.starts[PORT_COUNT], PORT_INDEX_ENTRIES_MAX);
	assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	assert_int_equal(port_index_build(&index, reg, &a), PORTROLL_ELIMIT);
	arena_done(&a);
}

static int build(void *context)
{
	(void)context;
	struct arena a = ARENA_INIT;
	struct port_index index;
	struct registry *reg = small_registry(&a, rows, ARRAY_LEN(rows));
	int r = reg ? port_index_build(&index, reg, &a) : PORTROLL_ENOMEM;
	arena_done(&a);
	return r;
}

static void building_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(build, NULL) > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_of_a_port_come_by_rank),
		cmocka_unit_test(a_registry_that_covers_too_much_is_refused),
		cmocka_unit_test(building_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "snapshot_case.h"

static void add(struct registry *reg, const char *name, struct range port, uint8_t transport,
		const char *frequency)
{
	struct extra *extra = arena_alloc(reg->arena, sizeof(*extra));
	assert_non_null(extra);
	*extra = (struct extra){STR("frequency"), str_from(frequency), false};
	const struct record r = {
		.name = str_from(name),
		.port = port,
		.has_port = true,
		.transport = transport,
		.extras = {extra, 1},
	};
	assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
}

/* IANA's registry, and two lists that say how often ports are found open. */
static struct roll *make_roll(struct arena *a)
{
	struct registry *iana = registry_new(a);
	struct roll *roll = case_roll_of(a, iana);
	struct registry *first = registry_new(a), *second = registry_new(a);
	case_add(iana, "http", (struct range){80, 80}, PORTROLL_TCP, "World Wide Web HTTP");
	add(first, "http", (struct range){80, 80}, PORTROLL_TCP, "0.484143");
	add(first, "", (struct range){4, 4}, PORTROLL_TCP, "0.1");
	add(first, "", (struct range){5, 5}, PORTROLL_TCP, "1/5");
	add(first, "many", (struct range){9000, 9002}, PORTROLL_ANY, "0.5");
	add(first, "more", (struct range){9001, 9001}, PORTROLL_UDP, "0.6");
	add(first, "less", (struct range){9001, 9001}, PORTROLL_TCP, "0.4");
	add(first, "never", (struct range){82, 82}, PORTROLL_TCP, "0.000000");
	add(first, "odd", (struct range){83, 83}, PORTROLL_TCP, "often");
	add(first, "all", (struct range){84, 84}, PORTROLL_TCP, "17");
	case_add(first, "silent", (struct range){81, 81}, PORTROLL_TCP, "");
	add(second, "http", (struct range){80, 80}, PORTROLL_TCP, "0.9");
	add(second, "late", (struct range){81, 81}, PORTROLL_TCP, "0.3");
	add(second, "never", (struct range){82, 82}, PORTROLL_TCP, "0.3");
	case_insert(roll, "first", COVERAGE_NAMES, first);
	case_insert(roll, "second", COVERAGE_NAMES, second);
	return roll;
}

static const struct {
	uint16_t port;
	uint8_t transport;
	uint32_t frequency;
} cases[] = {
	{80, PORTROLL_TCP, 484143},    /* the first source, not the highest number */
	{80, PORTROLL_UDP, 0},         /* nobody says */
	{4, PORTROLL_TCP, 100000},     /* a record without a name states it too */
	{5, PORTROLL_TCP, 200000},     /* the same records, another frequency */
	{6, PORTROLL_TCP, 0},          /* the same records, none */
	{8999, PORTROLL_TCP, 0},       /* before the range */
	{9000, PORTROLL_SCTP, 500000}, /* without a transport: of all */
	{9002, PORTROLL_DCCP, 500000}, /* the end of the range */
	{9001, PORTROLL_UDP, 600000},  /* of one source the highest */
	{9001, PORTROLL_TCP, 500000},  /* not the lower */
	{9003, PORTROLL_UDP, 0},       /* after the range */
	{81, PORTROLL_TCP, 300000},    /* the first one names it and says nothing */
	{82, PORTROLL_TCP, 0},         /* never, says the first */
	{83, PORTROLL_TCP, 0},         /* no number */
	{84, PORTROLL_TCP, 1000000},   /* no more than always */
};

static void the_first_source_that_states_a_frequency_counts(void **state)
{
	(void)state;
	static const enum snapshot_mode modes[] = {SNAPSHOT_FULL, SNAPSHOT_TOUCHED};
	struct arena a = ARENA_INIT;
	struct buf bytes;
	case_compile(&bytes, make_roll(&a));
	for (size_t mode = 0; mode < ARRAY_LEN(modes); mode++) {
		struct portroll_snapshot *s = case_open(&bytes, modes[mode]);
		for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
			uint16_t port = cases[i].port;
			uint8_t transport = cases[i].transport;
			assert_int_equal(snapshot_answer(s, port, transport).frequency,
					 cases[i].frequency);
			assert_int_equal(portroll_state(s, port, transport).frequency,
					 cases[i].frequency);
		}
		assert_false(portroll_damaged(s));
		portroll_close(s);
	}
	buf_done(&bytes);
	arena_done(&a);
}

static void a_frequency_alters_no_state_and_no_list(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct buf bytes;
	case_compile(&bytes, make_roll(&a));
	struct portroll_snapshot *s = case_open(&bytes, SNAPSHOT_FULL);
	struct answer with = snapshot_answer(s, 4, PORTROLL_TCP);
	struct answer without = snapshot_answer(s, 6, PORTROLL_TCP);
	assert_int_equal(with.state, without.state);
	assert_int_equal(with.reason, without.reason);
	assert_int_equal(with.source, without.source);
	assert_int_equal(with.records.count, 0);
	assert_int_equal(without.records.count, 0);
	portroll_close(s);
	buf_done(&bytes);
	arena_done(&a);
}

static void where_nobody_says_it_is_zero_everywhere(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct buf bytes;
	case_compile(&bytes, case_roll(&a));
	struct portroll_snapshot *s = case_open(&bytes, SNAPSHOT_FULL);
	for (uint32_t port = 0; port <= UINT16_MAX; port++)
		for (uint8_t t = PORTROLL_TCP; t <= PORTROLL_DCCP; t++)
			assert_int_equal(snapshot_answer(s, (uint16_t)port, t).frequency, 0);
	portroll_close(s);
	buf_done(&bytes);
	arena_done(&a);
}

static int compile(void *context)
{
	struct buf bytes = BUF_INIT((size_t)1 << 24);
	int r = snapshot_compile(&bytes, context, NULL);
	buf_done(&bytes);
	return r;
}

static void every_failing_allocation_is_said(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	assert_true(oom_sweep(compile, make_roll(&a)) > 0);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_source_that_states_a_frequency_counts),
		cmocka_unit_test(a_frequency_alters_no_state_and_no_list),
		cmocka_unit_test(where_nobody_says_it_is_zero_everywhere),
		cmocka_unit_test(every_failing_allocation_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

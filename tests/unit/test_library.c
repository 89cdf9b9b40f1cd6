/* SPDX-License-Identifier: MIT */
#include "snapshot_case.h"

static size_t count_records(struct portroll_iter it)
{
	size_t count = 0;
	for (struct portroll_record r; portroll_next(&it, &r);)
		count++;
	return count;
}

/* Everything that answers, for one name, port and transport. Never more than there is. */
static size_t ask(const struct portroll_snapshot *s, struct portroll_str name, uint16_t port,
		  uint32_t transport)
{
	struct portroll_record record;
	struct portroll_person person;
	struct portroll_source source;
	struct portroll_finding finding;
	size_t found = portroll_find_port(s, port, transport) != PORTROLL_NONE;
	found += portroll_get(s, portroll_find_name(s, name), &record);
	found += count_records(portroll_by_port(s, port, transport));
	found += count_records(portroll_by_name(s, name, transport));
	found += count_records(portroll_by_range(s, 0, port, transport));
	found += portroll_state(s, port, transport).record_count;
	found += portroll_find_person(s, name, &person);
	found += portroll_get_source(s, transport, &source) && source.record_count > 0;
	(void)portroll_check_name(s, name, &finding, 1);
	(void)portroll_check_port(name, &finding, 1);
	struct portroll_hit hit;
	found += portroll_search(s, name, 0, &hit, 1);
	found += portroll_search(s, name, PORTROLL_SEARCH_NAMES, &hit, 1);
	found += portroll_transport(name) != PORTROLL_ANY;
	found += *portroll_state_name(transport) + *portroll_reason_text(transport) != 0;
	return found;
}

static int ask_all(void *context)
{
	const struct portroll_snapshot *s = context;
	size_t found = count_records(portroll_all(s));
	found += ask(s, STR("http"), 80, PORTROLL_TCP);
	found += ask(s, STR("Jane_Example"), 65535, PORTROLL_ANY);
	found += ask(s, STR("in-use-with-a-long-name"), 60000, PORTROLL_DCCP);
	return found > 0 && !portroll_damaged(s) ? PORTROLL_OK : PORTROLL_ECORRUPT;
}

static void lookups_allocate_nothing(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	assert_int_equal(oom_sweep(ask_all, c.snapshot), 0);
	struct portroll_snapshot *touched = case_open(&c.out, SNAPSHOT_TOUCHED);
	assert_int_equal(oom_sweep(ask_all, touched), 0);
	portroll_close(touched);
	snapshot_case_end(&c);
}

static void unknown_transports_have_no_answers(void **state)
{
	(void)state;
	static const uint32_t unknown[] = {
		5, 6, 255, 256 + PORTROLL_TCP, 65536 + PORTROLL_UDP, 0x80000001, UINT32_MAX};
	struct snapshot_case c;
	snapshot_case_begin(&c);
	for (size_t i = 0; i < ARRAY_LEN(unknown); i++) {
		struct portroll_answer a = portroll_state(c.snapshot, 80, unknown[i]);
		assert_int_equal(a.state, PORTROLL_UNKNOWN);
		assert_int_equal(a.reason, PORTROLL_REASON_NOT_LISTED);
		assert_int_equal(a.rule + a.record_count + a.has_source + a.frequency, 0);
		assert_true(portroll_find_port(c.snapshot, 80, unknown[i]) == PORTROLL_NONE);
	}
	assert_int_equal(portroll_state(c.snapshot, 80, PORTROLL_ANY).state, PORTROLL_UNKNOWN);
	assert_false(portroll_damaged(c.snapshot));
	snapshot_case_end(&c);
}

static void states_say_what_is_derived(void **state)
{
	(void)state;
	static const struct state_case {
		uint16_t port;
		uint32_t transport;
		uint8_t state, reason;
		uint32_t source, record_count;
	} cases[] = {
		{80, PORTROLL_TCP, PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD, 0, 5},
		{80, PORTROLL_UDP, PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD, 1, 1},
		{200, PORTROLL_SCTP, PORTROLL_UNASSIGNED, PORTROLL_REASON_FREE, 1, 1},
		{1024, PORTROLL_TCP, PORTROLL_RESERVED, PORTROLL_REASON_EDGE, 1, 0},
		{80, PORTROLL_SCTP, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 1, 0},
		{5000, PORTROLL_TCP, PORTROLL_UNASSIGNED, PORTROLL_REASON_NO_RECORD, 1, 0},
		{60000, PORTROLL_TCP, PORTROLL_DYNAMIC, PORTROLL_REASON_DYNAMIC, 1, 1},
	};
	struct snapshot_case c;
	snapshot_case_begin(&c);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct state_case *k = &cases[i];
		struct portroll_answer a = portroll_state(c.snapshot, k->port, k->transport);
		if (a.state != k->state || a.reason != k->reason || !a.has_source ||
		    a.source != k->source || a.record_count != k->record_count)
			fail_msg("%u: %s, %s, source %u, %u records", k->port,
				 portroll_state_name(a.state), portroll_reason_text(a.reason),
				 a.source, a.record_count);
	}
	snapshot_case_end(&c);
}

/* A name is bytes: long ones, NUL, and bytes above 127 are names that nobody has. */
static void names_of_any_bytes_are_asked_for(void **state)
{
	(void)state;
	static char space[10000];
	struct snapshot_case c;
	snapshot_case_begin(&c);
	static const size_t lengths[] = {0, 1, 7, 8, 9, 15, 16, 17, 32, 33, 255, 4096, 10000};
	for (int fill = 0; fill < 256; fill += fill < 128 ? 32 : 1) {
		memset(space, fill, sizeof(space));
		for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
			struct portroll_str name = {space, lengths[i]};
			struct portroll_person person;
			assert_true(portroll_find_name(c.snapshot, name) == PORTROLL_NONE);
			assert_false(portroll_find_person(c.snapshot, name, &person));
			assert_true(portroll_transport(name) == PORTROLL_ANY);
			(void)ask(c.snapshot, name, 80, PORTROLL_TCP);
		}
	}
	assert_true(portroll_find_name(c.snapshot, STR("http\0")) == PORTROLL_NONE);
	assert_true(portroll_find_name(c.snapshot, STR("\0http")) == PORTROLL_NONE);
	assert_true(portroll_find_name(c.snapshot, STR_NONE) == PORTROLL_NONE);
	assert_true(portroll_find_name(c.snapshot, STR("htt\xd0")) == PORTROLL_NONE);
	assert_false(portroll_damaged(c.snapshot));
	snapshot_case_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lookups_allocate_nothing),
		cmocka_unit_test(unknown_transports_have_no_answers),
		cmocka_unit_test(states_say_what_is_derived),
		cmocka_unit_test(names_of_any_bytes_are_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

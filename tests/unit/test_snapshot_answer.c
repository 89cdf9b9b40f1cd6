/* SPDX-License-Identifier: MIT */
#include "random.h"
#include "snapshot_case.h"

#include "registry/state.h"

/* What the header promises, derived again in the plainest way. */
struct expected {
	struct port_index index[ROLL_SOURCE_MAX];
	uint32_t first[ROLL_SOURCE_MAX];
	const struct roll *roll;
	uint32_t listed[64];
};

static void expected_begin(struct expected *e, const struct roll *roll, struct arena *a)
{
	uint32_t first = 0;
	e->roll = roll;
	for (size_t i = 0; i < roll->source_count; i++) {
		const struct registry *reg = roll->sources[i].registry;
		assert_int_equal(port_index_build(&e->index[i], reg, a), PORTROLL_OK);
		e->first[i] = first;
		first += (uint32_t)reg->record_count;
	}
}

static size_t deciding_source(const struct expected *e, uint16_t port, uint8_t transport)
{
	size_t complete = SIZE_MAX;
	for (size_t i = e->roll->source_count; i-- > 0;)
		if (e->roll->sources[i].coverage == COVERAGE_COMPLETE)
			complete = i;
	size_t iana = roll_find(e->roll, STR("iana"));
	if (iana != SIZE_MAX && e->roll->sources[iana].coverage == COVERAGE_COMPLETE)
		complete = iana;
	for (size_t i = 0; i < e->roll->source_count; i++)
		if (e->roll->sources[i].coverage == COVERAGE_COMPLETE &&
		    port_state_of(&e->index[i], port, transport).explicit_row)
			return i;
	return complete;
}

static void assert_state(const struct expected *e, struct answer got, uint16_t port,
			 uint8_t transport)
{
	size_t source = deciding_source(e, port, transport);
	struct port_state want = {.state = PORTROLL_UNKNOWN};
	if (source != SIZE_MAX)
		want = port_state_of(&e->index[source], port, transport);
	else if (port >= 49152)
		want = (struct port_state){PORTROLL_DYNAMIC, PORTROLL_REASON_DYNAMIC, 1, false};
	if (got.state != want.state || got.reason != want.reason || got.rule != want.rule ||
	    got.source != (source == SIZE_MAX ? UINT8_MAX : source))
		fail_msg("%u/%u: state %u reason %u rule %u source %u", port, transport, got.state,
			 got.reason, got.rule, got.source);
}

static void assert_records(struct expected *e, const struct portroll_snapshot *s,
			   struct record_list got, uint16_t port, uint8_t transport)
{
	uint32_t at = 0;
	for (size_t i = 0; i < e->roll->source_count; i++) {
		const struct source *source = &e->roll->sources[i];
		size_t count = port_records(&e->index[i], port, transport, e->listed,
					    ARRAY_LEN(e->listed));
		assert_true(count <= ARRAY_LEN(e->listed));
		for (size_t k = 0; k < count; k++) {
			const struct record *r = source->registry->records[e->listed[k]];
			if (source->coverage == COVERAGE_NAMES && r->name.len == 0)
				continue;
			if (snapshot_list_at(s, got, at++) != e->first[i] + e->listed[k])
				fail_msg("%u/%u: record %u", port, transport, at - 1);
		}
	}
	assert_int_equal(got.count, at);
	assert_int_equal(snapshot_list_at(s, got, at), UINT32_MAX);
}

static void assert_all_answers(const struct roll *roll, enum snapshot_mode mode)
{
	struct arena a = ARENA_INIT;
	struct expected *e = arena_alloc(&a, sizeof(*e));
	struct buf out;
	expected_begin(e, roll, &a);
	case_compile(&out, roll);
	struct portroll_snapshot *s = case_open(&out, mode);
	for (uint32_t port = 0; port < PORT_COUNT; port++) {
		for (uint8_t transport = 1; transport <= TRANSPORT_COUNT; transport++) {
			struct answer got = snapshot_answer(s, (uint16_t)port, transport);
			assert_state(e, got, (uint16_t)port, transport);
			assert_records(e, s, got.records, (uint16_t)port, transport);
		}
	}
	assert_false(portroll_damaged(s));
	portroll_close(s);
	buf_done(&out);
	arena_done(&a);
}

static void every_answer_of_several_sources_is_the_derived_one(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct roll *roll = case_roll(&a);
	assert_all_answers(roll, SNAPSHOT_FULL);
	for (size_t first = 0; first < 3; first++) {
		roll_move(roll, first, roll->source_count);
		assert_all_answers(roll, SNAPSHOT_TOUCHED);
	}
	roll_remove(roll, roll_find(roll, STR("iana")));
	assert_all_answers(roll, SNAPSHOT_TOUCHED);
	roll_remove(roll, roll_find(roll, STR("own")));
	assert_all_answers(roll, SNAPSHOT_TOUCHED);
	arena_done(&a);
}

/* Ranges that begin and end everywhere, overlap, and touch the borders. */
static void every_answer_of_overlapping_ranges_is_the_derived_one(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	static const char *const descriptions[] = {"Unassigned", "Reserved", "A service", ""};
	struct random random;
	for_rounds(&random, 3000)
	{
		uint16_t first = (uint16_t)random_below(&random, PORT_COUNT - 8);
		uint16_t last = (uint16_t)(first + random_below(&random, 9));
		case_add(reg, random_below(&random, 2) ? "name" : "", (struct range){first, last},
			 (uint8_t)random_below(&random, 5), descriptions[random_below(&random, 4)]);
	}
	case_add(reg, "", (struct range){0, 65535}, PORTROLL_ANY, "Unassigned");
	case_add(reg, "", (struct range){1022, 1025}, PORTROLL_UDP, "Unassigned");
	case_add(reg, "end", (struct range){49150, 49153}, PORTROLL_TCP, "x");
	assert_all_answers(case_roll_of(&a, reg), SNAPSHOT_FULL);
	arena_done(&a);
}

static void every_answer_of_iana_is_the_derived_one(void **state)
{
	(void)state;
	struct write_case c;
	if (!case_shared(&c, "iana-2026-08-17.xml", "xml")) {
		case_done(&c);
		skip();
	}
	assert_all_answers(case_roll_of(&c.arena, c.reg), SNAPSHOT_TOUCHED);
	case_done(&c);
}

static void more_answers_than_can_be_numbered_are_refused(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	for (uint32_t port = 0; port < PORT_COUNT; port++)
		case_add(reg, "x", (struct range){(uint16_t)port, (uint16_t)port}, PORTROLL_TCP,
			 "");
	case_add(reg, "y", (struct range){7, 7}, PORTROLL_UDP, "");
	struct buf out = BUF_INIT((size_t)1 << 30);
	struct portroll_error err = {0};
	assert_int_equal(snapshot_compile(&out, case_roll_of(&a, reg), &err), PORTROLL_ELIMIT);
	assert_non_null(strstr(err.text, "65536"));
	buf_done(&out);
	arena_done(&a);
}

static int compile_registry(struct arena *a, struct registry *reg, struct portroll_error *err)
{
	struct buf out = BUF_INIT((size_t)1 << 30);
	*err = (struct portroll_error){0};
	int r = snapshot_compile(&out, case_roll_of(a, reg), err);
	buf_done(&out);
	return r;
}

static void more_records_of_a_port_than_can_be_counted_are_refused(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	struct portroll_error err;
	for (uint32_t i = 0; i < 65535; i++)
		case_add(reg, "x", (struct range){7, 7}, PORTROLL_TCP, "");
	assert_int_equal(compile_registry(&a, reg, &err), PORTROLL_OK);
	case_add(reg, "x", (struct range){7, 7}, PORTROLL_TCP, "");
	assert_int_equal(compile_registry(&a, reg, &err), PORTROLL_ELIMIT);
	assert_non_null(strstr(err.text, "65535"));
	arena_done(&a);
}

static void more_people_of_a_record_than_can_be_counted_are_refused(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct portroll_error err;
	struct person person = {.id = STR("A")};
	struct xref *contacts = arena_array(&a, 65536, sizeof(*contacts));
	assert_non_null(contacts);
	for (uint32_t i = 0; i < 65536; i++)
		contacts[i] = person_of("A");
	for (size_t count = 65535; count <= 65536; count++) {
		struct registry *reg = registry_new(&a);
		struct record r = {.name = STR("x"), .contacts = {contacts, count}};
		assert_int_equal(registry_add_person(reg, &person), PORTROLL_OK);
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
		assert_int_equal(compile_registry(&a, reg, &err),
				 count == 65535 ? PORTROLL_OK : PORTROLL_ELIMIT);
	}
	assert_non_null(strstr(err.text, "people"));
	arena_done(&a);
}

static void no_other_transport_has_an_answer(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	assert_int_equal(snapshot_answer(c.snapshot, 80, PORTROLL_ANY).records.count, 0);
	assert_int_equal(snapshot_answer(c.snapshot, 80, 5).state, PORTROLL_UNKNOWN);
	assert_false(portroll_damaged(c.snapshot));
	snapshot_case_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_of_several_sources_is_the_derived_one),
		cmocka_unit_test(every_answer_of_overlapping_ranges_is_the_derived_one),
		cmocka_unit_test(every_answer_of_iana_is_the_derived_one),
		cmocka_unit_test(more_answers_than_can_be_numbered_are_refused),
		cmocka_unit_test(more_records_of_a_port_than_can_be_counted_are_refused),
		cmocka_unit_test(more_people_of_a_record_than_can_be_counted_are_refused),
		cmocka_unit_test(no_other_transport_has_an_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

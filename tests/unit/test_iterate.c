/* SPDX-License-Identifier: MIT */
#include "snapshot_case.h"

#include "generated.h"
#include "random.h"

/* What the header says, at its word: port after port, transport after transport, all records of the
 * answer, each once. */
static uint32_t *expected_ids(const struct portroll_snapshot *s, struct range range,
			      uint32_t transport, size_t *ret_count)
{
	uint32_t all = portroll_record_count(s);
	bool *seen = calloc(all, sizeof(*seen));
	uint32_t *ids = calloc(all, sizeof(*ids));
	assert_true(seen && ids);
	*ret_count = 0;
	for (uint32_t port = range.first; port <= range.last; port++)
		for (uint8_t t = PORTROLL_TCP; t <= PORTROLL_DCCP; t++) {
			if (transport != PORTROLL_ANY && transport != t)
				continue;
			struct record_list list = snapshot_answer(s, (uint16_t)port, t).records;
			for (uint32_t i = 0; i < list.count; i++) {
				uint32_t id = snapshot_list_at(s, list, i);
				if (!seen[id])
					ids[(*ret_count)++] = id;
				seen[id] = true;
			}
		}
	free(seen);
	return ids;
}

static bool is_brief_of(const struct portroll_brief *b, const struct portroll_record *r)
{
	return b->id == r->id && b->source == r->source && b->port_first == r->port_first &&
	       b->port_last == r->port_last && b->has_port == r->has_port &&
	       b->transport == r->transport && b->flags == r->flags && str_equal(b->name, r->name);
}

/* The short walk beside the long one: the same records, and the same end. */
static bool is_brief_too(struct portroll_iter it)
{
	struct portroll_iter brief = it;
	struct portroll_record r;
	struct portroll_brief b;
	while (portroll_next(&it, &r))
		if (!portroll_next_brief(&brief, &b) || !is_brief_of(&b, &r))
			return false;
	return !portroll_next_brief(&brief, &b) && !portroll_next_brief(&brief, &b);
}

static bool iterates(struct portroll_iter it, const uint32_t *ids, size_t count)
{
	struct portroll_record r;
	if (!is_brief_too(it))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!portroll_next(&it, &r) || r.id != ids[i])
			return false;
	return !portroll_next(&it, &r) && !portroll_next(&it, &r);
}

static bool range_is_as_expected(const struct portroll_snapshot *s, struct range range,
				 uint32_t transport)
{
	size_t count;
	uint32_t *ids = expected_ids(s, range, transport, &count);
	bool ok = iterates(portroll_by_range(s, range.first, range.last, transport), ids, count);
	if (range.first == range.last)
		ok = ok && iterates(portroll_by_port(s, range.first, transport), ids, count);
	free(ids);
	return ok;
}

static void check_ports(const struct portroll_snapshot *s, const uint16_t *ports, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (uint32_t t = PORTROLL_ANY; t <= PORTROLL_DCCP; t++)
			for (size_t k = i; k < count; k++) {
				struct range range = {ports[i], ports[k]};
				if (!range_is_as_expected(s, range, t))
					fail_msg("%u-%u, transport %u", range.first, range.last, t);
			}
}

static void ports_and_ranges_give_their_records_once_and_in_order(void **state)
{
	(void)state;
	static const uint16_t ports[] = {0,    79,    80,    81,    99,    100,   101,   300,  301,
					 3366, 3367,  3369,  3371,  3372,  4000,  4001,  9099, 9100,
					 9101, 49151, 49152, 59999, 60000, 60001, 65534, 65535};
	struct snapshot_case c;
	snapshot_case_begin(&c);
	check_ports(c.snapshot, ports, ARRAY_LEN(ports));
	snapshot_case_end(&c);
}

static void random_ranges_of_a_large_registry_do_too(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct buf out;
	case_compile(&out, case_roll_of(&a, generated_registry(&a, GENERATED_COUNT)));
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_FULL);
	struct random random = {0};
	for_rounds(&random, 300)
	{
		uint16_t first = (uint16_t)random_below(&random, 5000);
		uint16_t last = (uint16_t)(first + random_below(&random, 40));
		uint32_t t = random_below(&random, 5);
		check(&random, range_is_as_expected(s, (struct range){first, last}, t));
	}
	assert_true(range_is_as_expected(s, (struct range){0, UINT16_MAX}, PORTROLL_ANY));
	portroll_close(s);
	buf_done(&out);
	arena_done(&a);
}

static void a_name_gives_all_its_records_or_those_of_a_transport(void **state)
{
	(void)state;
	static const struct name_case {
		const char *name;
		uint32_t transport;
		const char *ports; /* of the records, with their sources */
	} cases[] = {
		{"www", PORTROLL_ANY, "80/1@1 80/1@3 "},
		{"WWW", PORTROLL_TCP, "80/1@1 80/1@3 "},
		{"http", PORTROLL_ANY, "80/1@1 80/2@1 "},
		{"http", PORTROLL_UDP, "80/2@1 "},
		{"http", PORTROLL_SCTP, ""},
		{"http", 5, ""},
		{"http", UINT32_MAX, ""},
		{"portless", PORTROLL_DCCP, "7/0@1 "},
		{"", PORTROLL_ANY, ""},
		{"nobody", PORTROLL_ANY, ""},
	};
	struct snapshot_case c;
	snapshot_case_begin(&c);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(buf_done) struct buf said = BUF_INIT(1000);
		struct portroll_iter it =
			portroll_by_name(c.snapshot, str_from(cases[i].name), cases[i].transport);
		for (struct portroll_record r; portroll_next(&it, &r);) {
			buf_put_num(&said, r.port_first);
			buf_putc(&said, '/');
			buf_put_num(&said, r.transport);
			buf_putc(&said, '@');
			buf_put_num(&said, r.source);
			buf_putc(&said, ' ');
		}
		assert_text(buf_str(&said), cases[i].ports);
	}
	snapshot_case_end(&c);
}

static void all_gives_every_record_by_its_id(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct portroll_iter it = portroll_all(c.snapshot);
	struct portroll_record r;
	for (uint32_t id = 0; id < portroll_record_count(c.snapshot); id++)
		assert_true(portroll_next(&it, &r) && r.id == id);
	assert_false(portroll_next(&it, &r));
	assert_false(portroll_get(c.snapshot, portroll_record_count(c.snapshot), &r));
	assert_false(portroll_get(c.snapshot, PORTROLL_NONE, &r));
	snapshot_case_end(&c);
}

static void a_question_without_an_answer_iterates_over_nothing(void **state)
{
	(void)state;
	static const uint32_t unknown[] = {5, 6, 255, 256, 257, 65537, UINT32_MAX};
	struct snapshot_case c;
	snapshot_case_begin(&c);
	const struct portroll_snapshot *s = c.snapshot;
	for (size_t i = 0; i < ARRAY_LEN(unknown); i++) {
		assert_true(iterates(portroll_by_port(s, 80, unknown[i]), NULL, 0));
		assert_true(iterates(portroll_by_range(s, 0, 65535, unknown[i]), NULL, 0));
	}
	assert_true(iterates(portroll_by_range(s, 81, 80, PORTROLL_TCP), NULL, 0));
	assert_true(iterates((struct portroll_iter){0}, NULL, 0));
	snapshot_case_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ports_and_ranges_give_their_records_once_and_in_order),
		cmocka_unit_test(random_ranges_of_a_large_registry_do_too),
		cmocka_unit_test(a_name_gives_all_its_records_or_those_of_a_transport),
		cmocka_unit_test(all_gives_every_record_by_its_id),
		cmocka_unit_test(a_question_without_an_answer_iterates_over_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

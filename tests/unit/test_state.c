/* SPDX-License-Identifier: MIT */
#include "registry/state.h"

#include "random.h"
#include "small.h"
#include "write_case.h"

/* Rows as IANA has them. */
static const struct small_row rows[] = {
	{NULL, "0", "tcp", "Reserved", NULL},
	{NULL, "0", "udp", "Reserved", NULL},
	{NULL, "2", "tcp", "Reserved", "De-assigned on 2025-02-13, previously compressnet by"},
	{NULL, "24", "tcp", "any private mail system", NULL},
	{"www", "80", "tcp", "World Wide Web HTTP",
	 "This is a duplicate of the \"http\" service and should not be used for discovery "
	 "purposes."},
	{"http", "80", "tcp", "World Wide Web HTTP", NULL},
	{NULL, "114", NULL, "unassigned", "Deprecated June 2004"},
	{NULL, "359", "tcp", "Reserved", "De-Assigned on 2023-11-16."},
	{NULL, "359", "udp", "Reserved", "De-Assigned on 2023-11-16."},
	{NULL, "585", NULL, "De-registered", "Use of 585 is not recommended, use 993 instead"},
	{"agentx", "705", "tcp", "AgentX", NULL},
	{NULL, "705", "udp", "Reserved", NULL},
	{"pana", "716", "udp", "PANA Messages", NULL},
	{NULL, "994", "udp", "Reserved", NULL},
	{NULL, "1008", "udp", "Possibly used by Sun Solaris????", NULL},
	{"exp1", "1021", "dccp", "RFC3692-style Experiment 1", NULL},
	{NULL, "1109", NULL, "Reserved - IANA", NULL},
	{"telesis-licman", "1380", "tcp", "Telesis Network License Manager", NULL},
	{"hybrid-pop", "1407", "tcp", "Hybrid", NULL},
	{NULL, "1407", "udp", "Reserved", "This port has been removed on 2015-06-16."},
	{NULL, "2925", NULL, "Unassigned (FRP-Released 12/7/00)", NULL},
	{"mysql", "3306", "tcp", "MySQL", NULL},
	{"mysql", "3306", "udp", "MySQL", NULL},
	{"satvid-datalnk", "3367-3371", NULL, "Satellite Video Data Link", NULL},
	{"a25-fap-fgw", "4502", "sctp", "A25 (FAP-FGW)", NULL},
	{"stun-behaviors", "5349", "udp", "Reserved for a future enhancement of STUN-BEHAVIOR",
	 NULL},
	{NULL, "6567", NULL, "Reserved", "This entry has been removed on 2011-08-26."},
	{NULL, "7748-7776", NULL, "Unassigned", NULL},
	{"inetfs", "7775", "tcp", "Instructional Network File System", NULL},
	{NULL, "7775", "udp", "Reserved", NULL},
	{NULL, "7776", NULL, "Unassigned", NULL},
	{NULL, "9000", "tcp", "Unassigned", NULL},
	{NULL, "9000", "udp", "Reserved", NULL},
	{NULL, "9001", NULL, "", NULL},
	{NULL, "9002", "tcp", "Unassigned", NULL},
	{NULL, "9002", "tcp", "Reserved", NULL},
	{NULL, "9003", NULL, "Unassigned", NULL},
	{NULL, "9003", NULL, "Reserved", NULL},
	{NULL, "49151", NULL, "Reserved", NULL},
	{"own", "50000", "tcp", "An organisation's own", NULL},
};

static const struct state_case {
	const char *transport;
	uint16_t port;
	uint8_t state, reason, rule;
	bool explicit_row;
} cases[] = {
	{"tcp", 0, PORTROLL_RESERVED, PORTROLL_REASON_EDGE, 2, true},
	{"sctp", 0, PORTROLL_RESERVED, PORTROLL_REASON_EDGE, 3, false},
	{"tcp", 1, PORTROLL_UNASSIGNED, PORTROLL_REASON_NO_RECORD, 8, false},
	{"tcp", 2, PORTROLL_RESERVED, PORTROLL_REASON_RELEASED, 2, true},
	{"dccp", 2, PORTROLL_RESERVED, PORTROLL_REASON_RELEASED, 6, false},
	{"tcp", 24, PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD, 2, true},
	{"udp", 24, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 4, false},
	{"tcp", 80, PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD, 2, true},
	{"udp", 114, PORTROLL_UNASSIGNED, PORTROLL_REASON_FREE, 7, true},
	{"udp", 359, PORTROLL_RESERVED, PORTROLL_REASON_RELEASED, 2, true},
	{"sctp", 359, PORTROLL_RESERVED, PORTROLL_REASON_RELEASED, 6, false},
	{"tcp", 585, PORTROLL_RESERVED, PORTROLL_REASON_RELEASED, 7, true},
	{"udp", 705, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 2, true},
	{"sctp", 705, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 4, false},
	{"tcp", 716, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 4, false},
	{"udp", 994, PORTROLL_RESERVED, PORTROLL_REASON_HELD, 2, true},
	{"tcp", 994, PORTROLL_RESERVED, PORTROLL_REASON_HELD, 6, false},
	{"udp", 1008, PORTROLL_RESERVED, PORTROLL_REASON_HELD, 2, true},
	{"dccp", 1021, PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD, 2, true},
	{"tcp", 1023, PORTROLL_RESERVED, PORTROLL_REASON_EDGE, 3, false},
	{"udp", 1024, PORTROLL_RESERVED, PORTROLL_REASON_EDGE, 3, false},
	{"tcp", 1109, PORTROLL_RESERVED, PORTROLL_REASON_HELD, 7, true},
	{"udp", 1407, PORTROLL_RESERVED, PORTROLL_REASON_RELEASED, 2, true},
	{"sctp", 1407, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 4, false},
	{"udp", 2925, PORTROLL_UNASSIGNED, PORTROLL_REASON_FREE, 7, true},
	{"tcp", 3306, PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD, 2, true},
	{"sctp", 3306, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 4, false},
	{"udp", 3366, PORTROLL_UNASSIGNED, PORTROLL_REASON_NO_RECORD, 8, false},
	{"tcp", 3367, PORTROLL_ASSIGNED, PORTROLL_REASON_ANY_TRANSPORT, 5, true},
	{"dccp", 3371, PORTROLL_ASSIGNED, PORTROLL_REASON_ANY_TRANSPORT, 5, true},
	{"tcp", 3372, PORTROLL_UNASSIGNED, PORTROLL_REASON_NO_RECORD, 8, false},
	{"tcp", 4502, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 4, false},
	{"udp", 4502, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 4, false},
	{"sctp", 4502, PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD, 2, true},
	{"udp", 5349, PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD, 2, true},
	{"tcp", 6567, PORTROLL_RESERVED, PORTROLL_REASON_RELEASED, 7, true},
	{"tcp", 7775, PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD, 2, true},
	{"udp", 7775, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 2, true},
	{"sctp", 7775, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 4, true},
	{"tcp", 7776, PORTROLL_UNASSIGNED, PORTROLL_REASON_FREE, 7, true},
	{"tcp", 9000, PORTROLL_UNASSIGNED, PORTROLL_REASON_FREE, 2, true},
	{"sctp", 9000, PORTROLL_UNASSIGNED, PORTROLL_REASON_NO_RECORD, 8, false},
	{"tcp", 9001, PORTROLL_RESERVED, PORTROLL_REASON_HELD, 7, true},
	{"tcp", 9002, PORTROLL_RESERVED, PORTROLL_REASON_HELD, 2, true},
	{"tcp", 9003, PORTROLL_RESERVED, PORTROLL_REASON_HELD, 7, true},
	{"tcp", 49151, PORTROLL_RESERVED, PORTROLL_REASON_EDGE, 3, true},
	{"tcp", 49152, PORTROLL_DYNAMIC, PORTROLL_REASON_DYNAMIC, 1, false},
	{"tcp", 50000, PORTROLL_DYNAMIC, PORTROLL_REASON_DYNAMIC, 1, true},
	{"dccp", 65535, PORTROLL_DYNAMIC, PORTROLL_REASON_DYNAMIC, 1, false},
};

static void each_step_decides_what_the_rule_says(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = small_registry(&a, rows, ARRAY_LEN(rows));
	struct port_index index;
	assert_int_equal(port_index_build(&index, reg, &a), PORTROLL_OK);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct state_case *c = &cases[i];
		uint8_t transport = 0;
		assert_int_equal(transport_parse(&transport, str_from(c->transport)), PORTROLL_OK);
		struct port_state got = port_state_of(&index, c->port, transport);
		if (got.state != c->state || got.reason != c->reason || got.rule != c->rule ||
		    got.explicit_row != c->explicit_row)
			fail_msg("%u/%s: %s, %s, by step %u%s", c->port, c->transport,
				 portroll_state_name(got.state), reason_words_of(got.reason)->key,
				 got.rule, got.explicit_row ? ", explicit" : "");
	}
	arena_done(&a);
}

static void every_state_and_reason_has_its_words(void **state)
{
	(void)state;
	static const char *const names[] = {"Unknown",    "Assigned", "Reserved",
					    "Unassigned", "Dynamic",  ""};
	for (uint8_t i = 0; i < ARRAY_LEN(names); i++)
		assert_string_equal(portroll_state_name(i), names[i]);
	assert_string_equal(portroll_state_name(UINT32_MAX), "");
	assert_string_equal(portroll_reason_text(PORTROLL_REASON_COUNT), "");
	assert_string_equal(portroll_reason_text(UINT32_MAX), "");
	for (uint8_t i = 0; i < PORTROLL_REASON_COUNT; i++) {
		const struct reason_words *words = reason_words_of(i);
		assert_true(str_starts(str_from(words->section), STR("RFC 6335 section ")));
		assert_false(str_ends(str_from(words->sentence), STR(".")));
		assert_string_equal(portroll_reason_text(i), words->sentence);
		for (uint8_t k = 0; k < i; k++)
			assert_string_not_equal(words->key, reason_words_of(k)->key);
	}
	assert_ptr_equal(reason_words_of(200), reason_words_of(PORTROLL_REASON_NOT_LISTED));
}

/* The eight steps of doc/STATES.md, word for word, slowly. */
struct literal {
	const struct registry *reg;
	uint16_t port;
	uint8_t transport;
};

enum whose {
	OWN,
	STATED_NO_TRANSPORT,
	OTHER
};

static bool any_row(const struct literal *l, enum whose whose, enum row_kind kind)
{
	for (size_t i = 0; i < l->reg->record_count; i++) {
		const struct record *r = l->reg->records[i];
		enum whose is = r->transport == l->transport   ? OWN
				: r->transport == PORTROLL_ANY ? STATED_NO_TRANSPORT
							       : OTHER;
		if (r->has_port && range_covers(r->port, l->port) && is == whose &&
		    row_kind_of(r, NULL) == kind)
			return true;
	}
	return false;
}

static bool any_reserved(const struct literal *l, enum whose whose)
{
	return any_row(l, whose, ROW_RESERVED_RELEASED) || any_row(l, whose, ROW_RESERVED_HELD);
}

static struct port_state literal_kind(const struct literal *l, enum whose whose, uint8_t rule)
{
	struct port_state s = {.state = PORTROLL_RESERVED, .rule = rule};
	if (l->port == 0 || l->port == 1023 || l->port == 1024 || l->port == 49151)
		s.reason = PORTROLL_REASON_EDGE;
	else if (any_row(l, whose, ROW_RESERVED_RELEASED))
		s.reason = PORTROLL_REASON_RELEASED;
	else if (any_row(l, OTHER, ROW_ASSIGNED))
		s.reason = PORTROLL_REASON_COMPANION;
	else
		s.reason = PORTROLL_REASON_HELD;
	return s;
}

static struct port_state literal_state(const struct literal *l)
{
	if (l->port > 49151)
		return (struct port_state){PORTROLL_DYNAMIC, PORTROLL_REASON_DYNAMIC, 1, false};
	if (any_row(l, OWN, ROW_ASSIGNED))
		return (struct port_state){PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD, 2, false};
	if (any_reserved(l, OWN))
		return literal_kind(l, OWN, 2);
	if (any_row(l, OWN, ROW_UNASSIGNED))
		return (struct port_state){PORTROLL_UNASSIGNED, PORTROLL_REASON_FREE, 2, false};
	if (l->port == 0 || l->port == 1023 || l->port == 1024 || l->port == 49151)
		return (struct port_state){PORTROLL_RESERVED, PORTROLL_REASON_EDGE, 3, false};
	if (any_row(l, OTHER, ROW_ASSIGNED))
		return (struct port_state){PORTROLL_RESERVED, PORTROLL_REASON_COMPANION, 4, false};
	if (any_row(l, STATED_NO_TRANSPORT, ROW_ASSIGNED))
		return (struct port_state){PORTROLL_ASSIGNED, PORTROLL_REASON_ANY_TRANSPORT, 5,
					   false};
	if (any_reserved(l, OTHER) && !any_row(l, OTHER, ROW_UNASSIGNED))
		return literal_kind(l, OTHER, 6);
	if (any_reserved(l, STATED_NO_TRANSPORT))
		return literal_kind(l, STATED_NO_TRANSPORT, 7);
	if (any_row(l, STATED_NO_TRANSPORT, ROW_UNASSIGNED))
		return (struct port_state){PORTROLL_UNASSIGNED, PORTROLL_REASON_FREE, 7, false};
	return (struct port_state){PORTROLL_UNASSIGNED, PORTROLL_REASON_NO_RECORD, 8, false};
}

static const uint16_t tried_ports[] = {0, 1, 2, 3, 1022, 1023, 1024, 49150, 49151, 49152, 65535};

static struct registry *random_registry(struct random *random, struct arena *a)
{
	static const char *const descriptions[] = {
		"Reserved", "Unassigned", "any private file service", "Removed", "",
	};
	struct registry *reg = registry_new(a);
	for (size_t count = random_below(random, 9); count > 0; count--) {
		struct record r = {.has_port = random_below(random, 10) > 0};
		uint32_t from = random_below(random, ARRAY_LEN(tried_ports));
		uint32_t to = from + random_below(random, 3);
		r.port.first = tried_ports[from];
		r.port.last = tried_ports[to < ARRAY_LEN(tried_ports) ? to : from];
		r.transport = (uint8_t)random_below(random, TRANSPORT_COUNT + 1);
		if (random_below(random, 3) == 0)
			r.name = STR("name");
		uint32_t text = random_below(random, ARRAY_LEN(descriptions));
		r.description = richtext_plain(a, str_from(descriptions[text]));
		if (random_below(random, 3) == 0)
			r.note = richtext_plain(a, STR("De-assigned on 2025-02-13"));
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	}
	return reg;
}

static void random_registries_have_the_states_of_the_literal_rule(void **state)
{
	(void)state;
	struct random random = {0};
	for_rounds(&random, 800)
	{
		struct arena a = ARENA_INIT;
		struct registry *reg = random_registry(&random, &a);
		struct port_index index;
		assert_int_equal(port_index_build(&index, reg, &a), PORTROLL_OK);
		for (size_t i = 0; i < ARRAY_LEN(tried_ports); i++) {
			for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
				struct literal l = {reg, tried_ports[i], t};
				struct port_state want = literal_state(&l);
				struct port_state got = port_state_of(&index, tried_ports[i], t);
				check(&random, got.state == want.state);
				check(&random, got.reason == want.reason);
				check(&random, got.rule == want.rule);
			}
		}
		arena_done(&a);
	}
}

/* Of the file of 2026-08-17, counted by a program of its own. */
static const struct iana_case {
	const char *transport;
	size_t by_reason[PORTROLL_REASON_COUNT];
	size_t without_row; /* data.md section 7 */
} iana_cases[] = {
	{"tcp", {0, 5965, 190, 4, 32, 202, 38, 42721, 0, 16384}, 17},
	{"udp", {0, 5573, 190, 4, 37, 583, 42, 42723, 0, 16384}, 19},
	{"sctp", {0, 88, 190, 4, 32, 6077, 38, 42705, 18, 16384}, 6114},
	{"dccp", {0, 9, 190, 4, 32, 6158, 38, 42703, 18, 16384}, 6195},
};

static void iana_registry_has_the_counted_states(void **state)
{
	(void)state;
	struct write_case c;
	if (!case_shared(&c, "iana-2026-08-17.xml", "xml"))
		skip();
	struct port_index index;
	assert_int_equal(port_index_build(&index, c.reg, &c.arena), PORTROLL_OK);
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		const struct iana_case *want = &iana_cases[t - 1];
		size_t by_reason[PORTROLL_REASON_COUNT] = {0}, without_row = 0;
		assert_text(transport_name(t), want->transport);
		for (uint32_t port = 0; port < PORT_COUNT; port++) {
			struct port_state s = port_state_of(&index, (uint16_t)port, t);
			by_reason[s.reason]++;
			without_row += !s.explicit_row && port <= 49151;
		}
		for (uint8_t i = 0; i < PORTROLL_REASON_COUNT; i++)
			assert_int_equal(by_reason[i], want->by_reason[i]);
		assert_int_equal(without_row, want->without_row);
	}
	case_done(&c);
}

/* Records by what they say, as data.md section 7 has them. */
static void iana_registry_has_the_counted_rows(void **state)
{
	(void)state;
	static const size_t named = 12809, reserved_or_unassigned = 1710, any_private = 14;
	struct write_case c;
	if (!case_shared(&c, "iana-2026-08-17.xml", "xml"))
		skip();
	size_t assigned = 0, others = 0, with_name = 0;
	for (size_t i = 0; i < c.reg->record_count; i++) {
		bool odd;
		enum row_kind kind = row_kind_of(c.reg->records[i], &odd);
		assert_false(odd);
		assigned += kind == ROW_ASSIGNED;
		others += kind != ROW_ASSIGNED;
		with_name += c.reg->records[i]->name.len > 0;
	}
	assert_int_equal(with_name, named);
	assert_int_equal(assigned, named + any_private);
	assert_int_equal(others, reserved_or_unassigned);
	case_done(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_decides_what_the_rule_says),
		cmocka_unit_test(every_state_and_reason_has_its_words),
		cmocka_unit_test(random_registries_have_the_states_of_the_literal_rule),
		cmocka_unit_test(iana_registry_has_the_counted_states),
		cmocka_unit_test(iana_registry_has_the_counted_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

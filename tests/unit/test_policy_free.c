/* SPDX-License-Identifier: MIT */
#include "policy_case.h"

static const struct range held_back = {5003, 5003};
static const struct pool pools[] = {
	{.name = STR_INIT("web"),
	 .ports = {{5000, 5003}},
	 .port_count = 1,
	 .transports = TCP | UDP,
	 .reserved = &held_back,
	 .reserved_count = 1},
	{.name = STR_INIT("data"),
	 .ports = {{5008, 5009}, {5005, 5006}},
	 .port_count = 2,
	 .transports = TCP | UDP | SCTP | DCCP},
};
static const struct policy with_pools = {
	.source = STR_INIT("example"),
	.pools = pools,
	.pool_count = ARRAY_LEN(pools),
};

static const struct hold holds[] = {
	{.request = STR_INIT("R-1"), .ports = {5000, 5000}, .transports = UDP},
	{.request = STR_INIT("R-2"), .ports = {5005, 5006}, .transports = TCP},
};

/* Another registry of the roll: 5008/tcp is Assigned there, and so 5008/udp Reserved. */
static const struct small_row rows_of_other[] = {
	{"other", "5008", "tcp", "Other", NULL},
	{NULL, "5009", NULL, "Unassigned", NULL},
};

#define NONE 0

static const struct free_case {
	const char *fact;
	const struct policy *policy;
	const char *ports;
	transport_set transports;
	size_t holds;
	bool has_other;
	uint16_t port;
} cases[] = {
	{"the lowest User Port", &policy_rfc6335, "User", TCP, 0, false, 1025},
	{"the lowest System Port", &policy_rfc6335, "System", TCP, 0, false, 1},
	{"the number itself", &policy_rfc6335, "5000", TCP, 0, false, 5000},
	{"the nearest to an assigned one", &policy_rfc6335, "5001", TCP, 0, false, 5000},
	{"the higher one of two", &policy_rfc6335, "7", TCP, 0, false, 8},
	{"beyond what is reserved and held", &policy_rfc6335, "5001", UDP, 1, false, 5003},
	{"no further than the range", &policy_rfc6335, "1023", TCP, 0, false, 1022},
	{"nothing of the Dynamic Ports", &policy_rfc6335, "50000", TCP, 0, false, NONE},
	{"nothing of no pool", &policy_rfc6335, "web", TCP, 0, false, NONE},
	{"others do not bind IANA", &policy_rfc6335, "5008", TCP, 0, true, 5008},
	{"the lowest of a pool", &with_pools, "web", TCP, 0, false, 5000},
	{"held on another transport", &with_pools, "web", TCP, 1, false, 5000},
	{"held, assigned, released, reserved", &with_pools, "web", TCP | UDP, 1, false, NONE},
	{"the second range of a pool", &with_pools, "data", TCP, 0, false, 5005},
	{"... not between its ranges", &with_pools, "data", TCP, 2, false, 5008},
	{"... not what is another's", &with_pools, "data", TCP, 2, true, 5009},
	{"... nor its companion", &with_pools, "data", TCP | UDP, 2, true, 5009},
	{"the number of a pool", &with_pools, "5009", TCP, 0, true, 5009},
	{"the nearest of its pool", &with_pools, "5008", SCTP, 0, true, 5009},
	{"no number of no pool", &with_pools, "5007", TCP, 0, false, NONE},
	{"no User Port of no pool", &with_pools, "User", TCP, 0, false, NONE},
};

static void the_next_free_port_is_free_for_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct free_case *c = &cases[i];
		struct policy_world w;
		policy_world_begin(&w, c->policy);
		struct roll roll = {.sources = {{.name = STR("other")}, {.name = STR("example")}},
				    .source_count = 2};
		roll.sources[0].registry =
			small_registry(&w.arena, rows_of_other, ARRAY_LEN(rows_of_other));
		roll.sources[1].registry = w.registry;
		w.world.roll = c->has_other ? &roll : NULL;
		w.world.holds = holds;
		w.world.hold_count = c->holds;
		const struct policy_request row = {REQUEST_ASSIGN, "new", c->ports, c->transports};
		struct request q = policy_request(&row, &w.document);
		struct portroll_error err = {0};
		uint16_t port = NONE;
		int r = policy_next_free(&port, &w.world, &q, &err);
		if (r != (c->port ? PORTROLL_OK : PORTROLL_ELIMIT) || port != c->port)
			fail_msg("%s: %d, port %u %s", c->fact, r, port, err.text);
		policy_world_end(&w);
	}
}

static void released_ports_come_last_where_they_may(void **state)
{
	(void)state;
	struct policy reusing = with_pools;
	reusing.reuse_released = true;
	struct policy_world w;
	policy_world_begin(&w, &reusing);
	static const struct policy_request row = {REQUEST_ASSIGN, "new", "web", TCP | UDP};
	struct request q = policy_request(&row, &w.document);
	uint16_t port = 0;
	assert_int_equal(policy_next_free(&port, &w.world, &q, NULL), PORTROLL_OK);
	assert_int_equal(port, 5000);
	w.world.holds = holds;
	w.world.hold_count = 1;
	assert_int_equal(policy_next_free(&port, &w.world, &q, NULL), PORTROLL_OK);
	assert_int_equal(port, 5002);
	assert_true(policy_gives_again(&w.world, 5002, PORTROLL_UDP));
	assert_false(policy_gives_again(&w.world, 5001, PORTROLL_UDP));
	assert_false(policy_gives_again(&w.world, 5000, PORTROLL_UDP));
	w.world.policy = &with_pools;
	assert_false(policy_gives_again(&w.world, 5002, PORTROLL_UDP));
	policy_world_end(&w);
}

/* The record of Unassigned ports that has the port, with a note of its use by others. */
static void tell_of_use(struct policy_world *w, struct record *told, uint16_t port)
{
	uint32_t found;
	assert_int_equal(port_records(w->world.index, port, PORTROLL_TCP, &found, 1), 1);
	*told = *w->registry->records[found];
	told->unauthorized = STR("Unauthorized Use Known on ports 1-8");
	w->registry->records[found] = told;
}

static void ports_that_others_use_come_after_those_that_nobody_does(void **state)
{
	(void)state;
	static const struct policy_request row = {REQUEST_ASSIGN, "new", "System", TCP};
	struct policy_world w;
	struct record told;
	uint16_t port = 0;
	policy_world_begin(&w, &policy_rfc6335);
	struct request q = policy_request(&row, &w.document);
	assert_int_equal(policy_next_free(&port, &w.world, &q, NULL), PORTROLL_OK);
	assert_int_equal(port, 1);
	tell_of_use(&w, &told, 1);
	assert_int_equal(policy_next_free(&port, &w.world, &q, NULL), PORTROLL_OK);
	assert_int_equal(port, 9);
	policy_world_end(&w);
}

static void free_ports_are_counted_by_range_or_pool(void **state)
{
	(void)state;
	struct policy_world w;
	policy_world_begin(&w, &policy_rfc6335);
	/* All but 0, 7, 1023; all but 1024, 5001, 5002, 49151. */
	assert_int_equal(policy_count_free(&w.world, 5, PORTROLL_TCP), 1024 - 3);
	assert_int_equal(policy_count_free(&w.world, 5, PORTROLL_SCTP), 1024 - 3);
	assert_int_equal(policy_count_free(&w.world, 5001, PORTROLL_TCP), 48128 - 4);
	assert_int_equal(policy_count_free(&w.world, 50000, PORTROLL_TCP), 0);
	w.world.policy = &with_pools;
	assert_int_equal(policy_count_free(&w.world, 5001, PORTROLL_TCP), 1);
	assert_int_equal(policy_count_free(&w.world, 5005, PORTROLL_TCP), 4);
	policy_world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_next_free_port_is_free_for_all),
		cmocka_unit_test(released_ports_come_last_where_they_may),
		cmocka_unit_test(ports_that_others_use_come_after_those_that_nobody_does),
		cmocka_unit_test(free_ports_are_counted_by_range_or_pool),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "keeper/pool_rows.h"

#include "small.h"

static const struct pool pools[] = {
	{.name = STR_INIT("web"),
	 .ports = {{5000, 5009}, {4000, 4001}},
	 .port_count = 2,
	 .transports = TRANSPORTS_ALL},
	{.name = STR_INIT("low"),
	 .ports = {{600, 600}},
	 .port_count = 1,
	 .transports = TRANSPORTS_ALL},
	{.name = STR_INIT("next"),
	 .ports = {{5010, 5012}},
	 .port_count = 1,
	 .transports = TRANSPORT_BIT(PORTROLL_TCP)},
};
static const struct policy policy = {
	.source = STR_INIT("example"),
	.title = STR_INIT("Ports of the Example Organisation"),
	.pools = pools,
	.pool_count = ARRAY_LEN(pools),
};
static const struct date today = {2026, 11, 23};

/* Each record as one line: ports, transport, name or description. */
static void assert_rows(const struct registry *reg, const char *lines)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(1U << 16);
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		char ports[RANGE_TEXT_MAX];
		struct portroll_str description = STR("");
		assert_true(richtext_is_plain(r->description, &description));
		if (r->has_port) {
			(void)range_format(ports, r->port);
			buf_printf(&text, "%s/", ports);
		}
		buf_put(&text, transport_name(r->transport));
		buf_putc(&text, ' ');
		buf_put(&text, r->name.len ? r->name : description);
		buf_putc(&text, '\n');
	}
	buf_putc(&text, '\0');
	assert_int_equal(text.failed, PORTROLL_OK);
	assert_string_equal(text.ptr, lines);
}

static void a_new_registry_has_a_row_for_each_range(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	const struct registry *reg = pool_rows(NULL, &policy, today, &a);
	assert_non_null(reg);
	assert_true(str_equal(reg->header.id, STR("example")));
	assert_true(str_equal(reg->header.title, policy.title));
	assert_true(date_equal(reg->header.created, today));
	assert_int_equal(reg->header.note_count, 1);
	assert_rows(reg, "600/ Unassigned\n4000-4001/ Unassigned\n5000-5009/ Unassigned\n"
			 "5010-5012/ Unassigned\n");
}

static const struct small_row rows[] = {
	{NULL, "500-510", NULL, "Unassigned", NULL},
	{NULL, "5000-5001", NULL, "Unassigned", NULL},
	{"first", "5002", "tcp", "First", NULL},
	{NULL, "5002", "udp", "Reserved", NULL},
	{NULL, "5003-5009", NULL, "Unassigned", NULL},
	{"last", "5012", "tcp", "Last", NULL},
	{"outside", "6000", "tcp", "Outside", NULL},
	{"texts", NULL, "tcp", "Texts", NULL},
};

static void what_is_assigned_stays_and_the_rest_is_made_anew(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct registry *old = small_registry(&a, rows, ARRAY_LEN(rows));
	assert_non_null(old);
	static const struct person person = {.id = STR_INIT("Example_Person")};
	assert_int_equal(registry_add_person(old, &person), PORTROLL_OK);
	registry_set_change(old, 2, 77);
	old->header.id = STR("service-names-port-numbers");
	old->header.title = STR("Another title");
	const struct registry *reg = pool_rows(old, &policy, today, &a);
	assert_non_null(reg);
	assert_true(str_equal(reg->header.title, STR("Another title")));
	assert_true(date_equal(reg->header.updated, today));
	assert_int_equal(reg->person_count, 1);
	assert_rows(reg, "600/ Unassigned\n4000-4001/ Unassigned\n5000-5001/ Unassigned\n"
			 "5002/tcp first\n5002/udp Reserved\n5003-5009/ Unassigned\n"
			 "5010-5011/ Unassigned\n5012/tcp last\n6000/tcp outside\ntcp texts\n");
	assert_int_equal(reg->records[3]->change, 77);
	/* What it is already is not made another. */
	const struct registry *again = pool_rows(reg, &policy, today, &a);
	assert_non_null(again);
	assert_true(registry_equal(reg, again, NULL, NULL));
}

static void what_is_assigned_outside_the_pools_is_named(void **state)
{
	(void)state;
	static const struct small_row more[] = {
		{"inside", "5012", "tcp", "Inside", NULL},
		{"transport", "5012", "udp", "No transport of its pool", NULL},
		{"range", "5008-5010", NULL, "In two pools", NULL},
		{"half", "5009-5013", NULL, "Half outside", NULL},
		{NULL, "6000", "tcp", "any private mail system", NULL},
		{NULL, "6001", "tcp", "Reserved", NULL},
		{NULL, "6002", NULL, "Unassigned", NULL},
		{"texts", NULL, "tcp", "Texts", NULL},
	};
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	CLEANUP(buf_done) struct buf text = BUF_INIT(1U << 16);
	const struct registry *reg = small_registry(&a, more, ARRAY_LEN(more));
	assert_non_null(reg);
	assert_int_equal(pool_put_outside(&text, reg, &policy, 2), 3);
	assert_true(str_equal(buf_str(&text), STR("transport 5012/udp\nhalf 5009-5013\n")));
	buf_clear(&text);
	assert_int_equal(pool_put_outside(&text, reg, &policy_rfc6335, 2), 0);
	assert_int_equal(text.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_registry_has_a_row_for_each_range),
		cmocka_unit_test(what_is_assigned_stays_and_the_rest_is_made_anew),
		cmocka_unit_test(what_is_assigned_outside_the_pools_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

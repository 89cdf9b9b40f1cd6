/* SPDX-License-Identifier: MIT */

/* Requests at random, on small registries that grow of them and on IANA's: what they are not about
 * stays, what they are about is as asked, and the registry is whole afterwards. */

#include "effect_case.h"
#include "random_registry.h"
#include "registry/state.h"

#define FIRST_PORT 9000
#define PORTS      24
#define NAMES      10

static const char *const start = ",9000-9011,,Unassigned,,,,,,,,\n,9012-9023,,Unassigned,,,,,,,,\n";

/* A pool of each half, of an organisation that gives ports out again. */
static const struct pool halves[] = {
	{.name = STR_INIT("low"), .ports = {{9000, 9011}}, .port_count = 1, .lease_days = 3},
	{.name = STR_INIT("high"), .ports = {{9012, 9023}}, .port_count = 1},
};
static const struct policy of_halves = {
	.pools = halves, .pool_count = 2, .reuse_released = true, .deadlines = {.temporary = 365}};

struct chance {
	struct random *random;
	struct arena *arena;
	char text[1024];
	size_t len;
	uint32_t next_code;     /* no two requests want the same */
	const char *name_start; /* a letter or a digit comes behind; NULL: name- */
};

static void say(struct chance *c, const char *format, ...) PRINTF(2, 3);
static void say(struct chance *c, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int len = vsnprintf(c->text + c->len, sizeof(c->text) - c->len, format, arguments);
	va_end(arguments);
	assert_true(len >= 0 && c->len + (size_t)len < sizeof(c->text));
	c->len += (size_t)len;
}

static void say_transports(struct chance *c)
{
	uint32_t set = 1 + random_below(c->random, 15);
	const char *gap = "";
	say(c, "Transport Protocols: ");
	for (uint8_t t = 0; t < TRANSPORT_COUNT; t++) {
		if (!(set & 1U << t))
			continue;
		say(c, "%s%s", gap, transports[t + 1].name);
		gap = ", ";
	}
	say(c, "\n");
	if (set & 1U << (PORTROLL_DCCP - 1))
		say(c, "Service Code: %u\n", c->next_code++);
}

static void say_name(struct chance *c, const char *field)
{
	uint32_t number = random_below(c->random, NAMES);
	if (c->name_start)
		say(c, "%s: %s%u\n", field, c->name_start, number % 4);
	else
		say(c, "%s: name-%c\n", field, (char)('a' + number));
}

/* Any request on the ports and names of the test; most can be done, many cannot. */
static const char *random_document(struct chance *c, uint32_t first, uint32_t count)
{
	struct random *random = c->random;
	uint32_t kind = random_below(random, REQUEST_KIND_COUNT + 4);
	c->len = 0;
	say(c, "Request: %s\n", kind < REQUEST_KIND_COUNT ? request_kinds[kind].name : "assign");
	if (random_below(random, 20))
		say_name(c, "Service Name");
	if (random_below(random, 2))
		say_name(c, "Proposed Service Name");
	if (random_below(random, 4))
		say_transports(c);
	static const char *const odd[] = {"65536", "user", "1000-1030", "49152", "0-65535", "lab"};
	uint32_t port = first + random_below(random, count);
	if (random_below(random, 12) == 0) {
		say(c, "Port Number: %s\n", odd[random_below(random, ARRAY_LEN(odd))]);
		return c->text;
	}
	if (random_below(random, 3) == 0)
		say(c, "Port Number: %u-%u\n", port, port + random_below(random, 3));
	else if (random_below(random, 4))
		say(c, "Port Number: %u\n", port);
	if (random_below(random, 2))
		say(c, "Description: D%u\n", random_below(random, 4));
	if (random_below(random, 3))
		say(c, "Assignee: Person %c <%c@example.com>\n",
		    (char)('A' + random_below(random, 4)), (char)('a' + random_below(random, 2)));
	if (random_below(random, 3))
		say(c, "Contact: Person %c <%c@example.com>\n",
		    (char)('A' + random_below(random, 4)), (char)('a' + random_below(random, 2)));
	if (random_below(random, 5) == 0)
		say(c, "Release Name: yes\n");
	if (random_below(random, 5) == 0)
		say(c, "Lease Days: 5\n");
	return c->text;
}

/* Which ports a request may touch: its own, and those of the name. */
static void mark_touched(bool *touched, const struct request *q, const struct registry *reg)
{
	for (size_t i = 0; i < q->port_count; i++)
		for (uint32_t port = q->ports[i].first; port <= q->ports[i].last; port++)
			touched[port] = true;
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		for (uint32_t port = r->port.first; r->has_port && port <= r->port.last; port++)
			if (str_equal_fold(r->name, q->name))
				touched[port] = true;
	}
}

static struct port_index *index_of(const struct registry *reg, struct arena *a)
{
	struct port_index *index = arena_alloc(a, sizeof(*index));
	assert_int_equal(port_index_build(index, reg, a), PORTROLL_OK);
	return index;
}

/* States of the other ports are as before, and tcp and udp tile as before. */
static void check_ports(const struct port_index *before, const struct port_index *after,
			const bool *touched)
{
	for (uint32_t port = 0; port < 49152; port++) {
		for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
			struct port_state a = port_state_of(before, (uint16_t)port, t);
			struct port_state b = port_state_of(after, (uint16_t)port, t);
			bool tiled = t > PORTROLL_UDP || !a.explicit_row || b.explicit_row;
			bool same = a.state == b.state && a.reason == b.reason;
			if (!tiled || (!same && !touched[port]))
				fail_msg("%u/%s: %u %u, was %u %u", port, transports[t].name,
					 b.state, b.reason, a.state, a.reason);
		}
	}
}

/* No port is free and not free on one transport (X06), but where it was so before. */
static bool contradicts(const struct port_index *index, uint32_t port, uint8_t transport)
{
	unsigned kinds = 0;
	for (uint32_t i = index->starts[port]; i < index->starts[port + 1]; i++) {
		uint32_t record = index->entries[i];
		if (index->transports[record] == transport ||
		    index->transports[record] == PORTROLL_ANY)
			kinds |= 1U << index->kinds[record];
	}
	return (kinds & 1U << ROW_UNASSIGNED) && (kinds & ~(1U << ROW_UNASSIGNED));
}

static void check_overlaps(const struct port_index *before, const struct port_index *after)
{
	for (uint32_t port = 0; port < 49152; port++)
		for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
			if (contradicts(after, port, t) && !contradicts(before, port, t))
				fail_msg("%u/%s is free and not free", port, transports[t].name);
}

static void check_order(const struct registry *reg)
{
	for (size_t i = 1; i < reg->record_count; i++) {
		const struct record *a = reg->records[i - 1], *b = reg->records[i];
		assert_true(a->has_port || !b->has_port);
		assert_true(!b->has_port || a->port.first <= b->port.first);
	}
}

static bool gives_ports(const struct request *q)
{
	return q->kind == REQUEST_ASSIGN || q->kind == REQUEST_TRANSPORT ||
	       q->kind == REQUEST_NAME || q->kind == REQUEST_EARLY;
}

static bool has_record(const struct port_index *index, const struct request *q, uint32_t port,
		       uint8_t transport)
{
	uint32_t found[32];
	size_t count = port_records(index, (uint16_t)port, transport, found, ARRAY_LEN(found));
	for (size_t i = 0; i < count; i++)
		if (str_equal_fold(index->registry->records[found[i]]->name, q->name))
			return true;
	return false;
}

static void check_asked(const struct port_index *after, const struct request *q)
{
	for (size_t i = 0; gives_ports(q) && i < q->port_count; i++)
		for (uint32_t port = q->ports[i].first; port <= q->ports[i].last; port++)
			for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
				if (q->transports & TRANSPORT_BIT(t))
					assert_true(has_record(after, q, port, t));
}

/* Nobody is listed whom nothing refers to, where that was so before. */
static void check_people(const struct registry *reg, struct arena *a)
{
	uint32_t *all = arena_array(a, reg->record_count + 1, sizeof(*all));
	for (uint32_t i = 0; i < reg->record_count; i++)
		all[i] = i;
	const struct registry *used = registry_select(reg, all, reg->record_count, a);
	assert_non_null(used);
	assert_int_equal(used->person_count, reg->person_count);
}

/* How often each rule is broken. */
static void count_findings(size_t ret_counts[RULE_COUNT], const struct port_index *index,
			   struct arena *a)
{
	struct finding_list found;
	assert_int_equal(rules_check_records(&found, index->registry, index, day("2026-01-05"), a),
			 PORTROLL_OK);
	for (size_t rule = 0; rule < RULE_COUNT; rule++)
		ret_counts[rule] = 0;
	for (size_t i = 0; i < found.count; i++)
		for (size_t rule = 0; rule < RULE_COUNT; rule++)
			ret_counts[rule] += rule_at(rule) == found.items[i].rule;
}

/* Random requests give one name several DCCP ports; that is refused before anything is decided. */
static bool is_decided(const struct rule *rule)
{
	return str_equal(str_from(rule->id), STR("N19"));
}

static void check_rules(const struct port_index *before, const struct port_index *after,
			struct arena *a)
{
	size_t old[RULE_COUNT], new[RULE_COUNT];
	count_findings(old, before, a);
	count_findings(new, after, a);
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (new[i] > old[i] && !is_decided(rule_at(i)))
			fail_msg("%s is broken %zu times, was %zu", rule_at(i)->id, new[i], old[i]);
}

/* Records of other names and ports are the very same. */
static size_t shared_records(const struct registry *a, const struct registry *b)
{
	size_t shared = 0, k = 0;
	for (size_t i = 0; i < a->record_count; i++) {
		size_t at = k;
		while (at < b->record_count && b->records[at] != a->records[i])
			at++;
		if (at == b->record_count)
			continue;
		shared++;
		k = at + 1;
	}
	return shared;
}

static void check_result(struct effect_case *c, const struct registry *before,
			 const struct request *q)
{
	const struct registry *after = c->result.registry;
	struct portroll_str at_fault;
	struct arena *a = &c->arena;
	bool *touched = arena_array(a, PORT_COUNT, sizeof(*touched));
	if (registry_check(after, &at_fault, &c->err) < 0)
		fail_msg("%s", c->err.text);
	mark_touched(touched, q, before);
	struct port_index *was = index_of(before, a), *is = index_of(after, a);
	check_ports(was, is, touched);
	check_overlaps(was, is);
	check_asked(is, q);
	check_order(after);
	check_people(after, a);
	check_rules(was, is, a);
	assert_true(c->result.summary.len > 0);
	assert_true(date_equal(after->header.updated, day("2026-01-05")));
}

/* Returns whether it was done; then *reg is what it made. */
static bool try(struct effect_case *c, const struct registry **reg,
		const struct effect_asked *asked)
{
	const struct registry *before = *reg;
	effect_on(c, before, asked);
	if (c->code < 0) {
		bool told = c->err.text[0] && c->err.code == c->code &&
			    (c->code == PORTROLL_ERULE || c->code == PORTROLL_ECONFLICT);
		if (!told)
			fail_msg("%s: %d: '%s'", asked->document, c->code, c->err.text);
		return false;
	}
	check_result(c, before, request_of(asked, &c->arena));
	*reg = c->result.registry;
	return true;
}

static void play_round(struct random *random, const struct policy *policy, size_t ret_done[2])
{
	struct effect_case c;
	effect_begin(&c, start);
	struct chance chance = {.random = random, .arena = &c.arena, .next_code = 1000};
	const struct registry *reg = c.before;
	for (size_t i = 0; i < 24; i++) {
		const char *text = random_document(&chance, FIRST_PORT, PORTS);
		bool done =
			try(&c, &reg, &(struct effect_asked){.document = text, .policy = policy});
		ret_done[done]++;
	}
	effect_done(&c);
}

static void requests_on_small_registries_leave_them_whole(void **state)
{
	(void)state;
	struct random random;
	size_t done[2] = {0};
	for_rounds(&random, 40) play_round(&random, &policy_rfc6335, done);
	assert_true(done[true] > 100 && done[false] > 100);
}

static void requests_on_pools_leave_them_whole(void **state)
{
	(void)state;
	struct random random;
	size_t done[2] = {0};
	for_rounds(&random, 40) play_round(&random, &of_halves, done);
	assert_true(done[true] > 100 && done[false] > 100);
}

/* The reasons of tcp and udp; of the others, too, where a row tells of them. */
static void check_reasons(const struct registry *reg, uint16_t port, uint8_t reason,
			  struct arena *a)
{
	const struct port_index *index = index_of(reg, a);
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		struct port_state s = port_state_of(index, port, t);
		if (s.state != PORTROLL_ASSIGNED && s.reason != reason)
			fail_msg("%u/%s: %u %u, expected %u", port, transports[t].name, s.state,
				 s.reason, reason);
	}
}

/* The whole port is released with its last transport, and held for the next who gets it. */
static void release_round(struct random *random)
{
	struct effect_case c;
	char assign[1200];
	static const char release[] = "Request: deassign\nService Name: foo\n";
	effect_begin(&c, start);
	uint16_t port = (uint16_t)(FIRST_PORT + random_below(random, PORTS));
	struct chance chance = {.random = random, .arena = &c.arena, .next_code = 1000};
	const struct registry *reg = c.before;
	const struct policy *policy = &of_halves;
	for (int i = 0; i < 2; i++) {
		chance.len = 0;
		say_transports(&chance);
		(void)snprintf(assign, sizeof(assign),
			       "Service Name: %s\nPort Number: %u\nDescription: Foo\n%s",
			       i ? "bar" : "foo", port, chance.text);
		assert_true(try(&c, &reg,
				&(struct effect_asked){.document = assign, .policy = policy}));
		check_reasons(reg, port, PORTROLL_REASON_COMPANION, &c.arena);
		if (i == 0) {
			assert_true(
				try(&c, &reg,
				    &(struct effect_asked){.document = release, .policy = policy}));
			check_reasons(reg, port, PORTROLL_REASON_RELEASED, &c.arena);
		}
	}
	effect_done(&c);
}

static void a_port_is_released_and_given_again_as_a_whole(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 60) release_round(&random);
}

static void requests_on_the_registry_leave_the_rest_as_it_is(void **state)
{
	(void)state;
	struct read_case iana = {0};
	struct random random;
	size_t done[2] = {0};
	if (!case_shared(&iana, "xml", "iana-2025-10-22.xml"))
		skip();
	for_rounds(&random, IS_SANITIZED ? 15 : 30)
	{
		struct effect_case c = {.arena = ARENA_INIT};
		struct chance chance = {.random = &random, .arena = &c.arena, .next_code = 1000};
		const struct registry *reg = iana.reg;
		for (size_t i = 0; i < 4; i++) {
			const char *text =
				random_document(&chance, random_below(&random, 40000), 9);
			bool is_done = try(&c, &reg, &(struct effect_asked){.document = text});
			done[is_done]++;
			assert_true(shared_records(iana.reg, reg) + 64 > iana.reg->record_count);
		}
		effect_done(&c);
	}
	assert_true(done[true] > 10 && done[false] > 10);
	case_done(&iana);
}

/* Whatever a registry holds: names, ranges and rows that contradict each other, in any order. What
 * the requests are not about stays, and nothing dangles. */
static void odd_round(struct random *random, size_t ret_done[2])
{
	struct effect_case c = {.arena = ARENA_INIT};
	struct random_registry odd = {.random = random, .arena = &c.arena};
	const struct registry *reg = random_registry(&odd);
	struct chance chance = {
		.random = random, .arena = &c.arena, .next_code = 1000, .name_start = "n"};
	struct portroll_str at_fault;
	for (size_t i = 0; i < 12; i++) {
		const char *text = random_document(&chance, 0, 14);
		effect_on(&c, reg, &(struct effect_asked){.document = text});
		ret_done[c.code == PORTROLL_OK]++;
		check(random, c.code <= 0 && (c.code == PORTROLL_OK || c.err.text[0]));
		if (c.code < 0)
			continue;
		reg = c.result.registry;
		check(random, registry_check(reg, &at_fault, NULL) == PORTROLL_OK);
		check_asked(index_of(reg, &c.arena),
			    request_of(&(struct effect_asked){.document = text}, &c.arena));
	}
	effect_done(&c);
}

static void requests_on_odd_registries_find_their_way(void **state)
{
	(void)state;
	struct random random;
	size_t done[2] = {0};
	for_rounds(&random, 300) odd_round(&random, done);
	assert_true(done[true] > 300 && done[false] > 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_on_small_registries_leave_them_whole),
		cmocka_unit_test(requests_on_pools_leave_them_whole),
		cmocka_unit_test(a_port_is_released_and_given_again_as_a_whole),
		cmocka_unit_test(requests_on_odd_registries_find_their_way),
		cmocka_unit_test(requests_on_the_registry_leave_the_rest_as_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "procedure/policy_overlap.h"

#include "policy_case.h"

static const struct pool pools[] = {
	{.name = STR_INIT("web"),
	 .ports = {{5000, 5009}},
	 .port_count = 1,
	 .transports = TCP | UDP},
	{.name = STR_INIT("data"), .ports = {{7000, 7000}}, .port_count = 1, .transports = TCP},
};
static const struct policy with_pools = {
	.source = STR_INIT("example"),
	.pools = pools,
	.pool_count = ARRAY_LEN(pools),
};

static const struct small_row own_rows[] = {
	{NULL, "5000-5009", NULL, "Unassigned", NULL},
	{"ours", "5004", "tcp", "Ours", NULL},
	{"spool", "5007", "tcp", "Spooling", NULL},
	{"outside", "6000", "udp", "Outside the pools", NULL},
};

static const struct small_row rows[] = {
	{"first", "5000", "tcp", "First", NULL},
	{"first", "5000", "udp", "First", NULL},
	{"second", "5002", "tcp", "Second", NULL},
	{"theirs", "5004", "tcp", "Theirs", NULL},
	{NULL, "5005-5006", NULL, "Reserved", NULL},
	{"spool", "5007", "tcp", "Spooling", NULL},
	{NULL, "5008", "tcp", "any private mail system", NULL},
	{NULL, "5008", "udp", "Unassigned", NULL},
	{"other", "6000", "udp", "Other", NULL},
	{"third", "7000", "sctp", "Third", NULL},
};

static const struct small_row before_rows[] = {
	{"first", "5000", "tcp", "First", NULL},   {"first", "5000", "udp", "First", NULL},
	{"second", "5002", "udp", "Second", NULL}, {"earlier", "5004", "tcp", "Another name", NULL},
	{NULL, "5005", NULL, "Reserved", NULL},
};

static const char all_lines[] =
	"example has 5000/tcp,udp in pool web, iana has it Assigned to first\n"
	"example has 5002/tcp in pool web, iana has it Assigned to second\n"
	"example has 5002/udp in pool web, iana has it Reserved\n"
	"example has ours at 5004/tcp (pool web), iana has it Assigned to theirs\n"
	"example has 5004/udp in pool web, iana has it Reserved\n"
	"example has 5005-5006/tcp,udp in pool web, iana has it Reserved\n"
	"example has 5007/udp in pool web, iana has it Reserved\n"
	"example has 5008/tcp in pool web, iana has it Assigned\n"
	"example has outside at 6000/udp, iana has it Assigned to other\n"
	"example has 7000/tcp in pool data, iana has it Reserved\n";

static const char new_lines[] =
	"example has 5002/tcp in pool web, iana has it Assigned to second\n"
	"example has 5002/udp in pool web, iana has it Reserved\n"
	"example has ours at 5004/tcp (pool web), iana has it Assigned to theirs\n"
	"example has 5006/tcp,udp in pool web, iana has it Reserved\n"
	"example has 5007/udp in pool web, iana has it Reserved\n"
	"example has 5008/tcp in pool web, iana has it Assigned\n"
	"example has outside at 6000/udp, iana has it Assigned to other\n"
	"example has 7000/tcp in pool data, iana has it Reserved\n";

struct sides {
	struct arena arena;
	struct source other;
	struct port_index own, index, before;
	struct overlap_question question;
};

static void build(struct port_index *ret, struct sides *s, const struct small_row *of, size_t count)
{
	struct registry *reg = small_registry(&s->arena, of, count);
	assert_non_null(reg);
	assert_int_equal(port_index_build(ret, reg, &s->arena), PORTROLL_OK);
	s->other.registry = reg;
}

static void sides_begin(struct sides *s, const struct policy *policy)
{
	*s = (struct sides){.other = {.name = STR("iana")}};
	build(&s->own, s, own_rows, ARRAY_LEN(own_rows));
	build(&s->before, s, before_rows, ARRAY_LEN(before_rows));
	build(&s->index, s, rows, ARRAY_LEN(rows));
	s->question = (struct overlap_question){
		.policy = policy, .own = &s->own, .other = &s->other, .index = &s->index};
}

static void assert_lines(struct sides *s, const char *lines)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(1U << 16);
	struct overlap_list list;
	assert_int_equal(overlaps_find(&list, &s->question, &s->arena), PORTROLL_OK);
	for (size_t i = 0; i < list.count; i++)
		overlap_put(&out, &list.items[i], &s->question);
	buf_putc(&out, '\0');
	assert_int_equal(out.failed, PORTROLL_OK);
	assert_string_equal(out.ptr, lines);
}

static void what_both_have_is_told_with_both_records(void **state)
{
	(void)state;
	struct sides s;
	sides_begin(&s, &with_pools);
	assert_lines(&s, all_lines);
	arena_done(&s.arena);
}

static void what_was_so_before_is_left_out(void **state)
{
	(void)state;
	struct sides s;
	sides_begin(&s, &with_pools);
	s.question.before = &s.before;
	assert_lines(&s, new_lines);
	arena_done(&s.arena);
}

static void a_source_that_is_not_there_yet_has_its_pools(void **state)
{
	(void)state;
	struct sides s;
	sides_begin(&s, &(const struct policy){
				.source = STR("example"), .pools = &pools[1], .pool_count = 1});
	s.question.own = NULL;
	assert_lines(&s, "example has 7000/tcp in pool data, iana has it Reserved\n");
	arena_done(&s.arena);
}

static void without_pools_names_that_differ_are_told(void **state)
{
	(void)state;
	struct sides s;
	sides_begin(&s, &policy_rfc6335);
	assert_lines(&s, "iana has ours at 5004/tcp, iana has it Assigned to theirs\n"
			 "iana has outside at 6000/udp, iana has it Assigned to other\n");
	arena_done(&s.arena);
}

static void lists_of_names_say_nothing_and_parts_what_they_list(void **state)
{
	(void)state;
	struct sides s;
	sides_begin(&s, &with_pools);
	s.other.coverage = COVERAGE_NAMES;
	assert_lines(&s, "");
	s.other.coverage = COVERAGE_PARTIAL;
	s.question.before = &s.before;
	assert_lines(&s, "example has 5002/tcp in pool web, iana has it Assigned to second\n"
			 "example has ours at 5004/tcp (pool web), iana has it Assigned to theirs\n"
			 "example has 5006/tcp,udp in pool web, iana has it Reserved\n"
			 "example has 5008/tcp in pool web, iana has it Assigned\n"
			 "example has outside at 6000/udp, iana has it Assigned to other\n");
	arena_done(&s.arena);
}

static void the_pools_of_another_source_are_its_own(void **state)
{
	(void)state;
	struct sides s;
	sides_begin(&s, &with_pools);
	static const struct small_row pool_rows[] = {{NULL, "5009-5011", NULL, "Unassigned", NULL}};
	build(&s.index, &s, pool_rows, 1);
	s.other.kind = SOURCE_MANAGED;
	s.other.registry->header.id = STR("iana");
	assert_lines(&s, "example has 5009/tcp,udp in pool web, iana has it in a pool\n");
	arena_done(&s.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_both_have_is_told_with_both_records),
		cmocka_unit_test(what_was_so_before_is_left_out),
		cmocka_unit_test(a_source_that_is_not_there_yet_has_its_pools),
		cmocka_unit_test(without_pools_names_that_differ_are_told),
		cmocka_unit_test(lists_of_names_say_nothing_and_parts_what_they_list),
		cmocka_unit_test(the_pools_of_another_source_are_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

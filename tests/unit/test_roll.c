/* SPDX-License-Identifier: MIT */
#include "registry/roll.h"

#include "test.h"

static void add(struct roll *roll, const char *name)
{
	struct source source = {.name = str_from(name)};
	assert_int_equal(roll_insert(roll, roll->source_count, &source, NULL), PORTROLL_OK);
}

/* The names in their order, each one letter. */
static void assert_order(const struct roll *roll, const char *names)
{
	assert_int_equal(roll->source_count, strlen(names));
	for (size_t i = 0; i < roll->source_count; i++)
		assert_int_equal(roll->sources[i].name.ptr[0], names[i]);
}

static struct roll *abcd(struct arena *a)
{
	struct roll *roll = roll_new(a);
	static const char *const names[] = {"a", "b", "c", "d"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		add(roll, names[i]);
	return roll;
}

static const struct move_case {
	size_t from, to;
	const char *order;
} moves[] = {
	{0, 0, "abcd"}, {0, 1, "abcd"}, {0, 2, "bacd"}, {0, 4, "bcda"}, {3, 0, "dabc"},
	{3, 3, "abcd"}, {3, 4, "abcd"}, {2, 1, "acbd"}, {1, 3, "acbd"}, {1, 4, "acdb"},
};

static void a_source_moves_before_another(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
		struct roll *roll = abcd(&a);
		roll_move(roll, moves[i].from, moves[i].to);
		assert_order(roll, moves[i].order);
	}
	arena_done(&a);
}

static void sources_are_inserted_found_and_removed(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct roll *roll = abcd(&a);
	struct source source = {.name = STR("x")};
	assert_int_equal(roll_insert(roll, 0, &source, NULL), PORTROLL_OK);
	assert_order(roll, "xabcd");
	assert_int_equal(roll_insert(roll, 2, &source, NULL), PORTROLL_ECONFLICT);
	assert_int_equal(roll_find(roll, STR("b")), 2);
	assert_int_equal(roll_find(roll, STR("B")), SIZE_MAX);
	roll_remove(roll, 4);
	roll_remove(roll, 1);
	assert_order(roll, "xbc");
	arena_done(&a);
}

static void a_roll_has_an_end(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct roll *roll = roll_new(&a);
	for (int i = 0; i < ROLL_SOURCE_MAX; i++) {
		char name[8];
		(void)snprintf(name, sizeof(name), "s%d", i);
		struct source source = {.name = arena_str(&a, str_from(name))};
		assert_int_equal(roll_insert(roll, 0, &source, NULL), PORTROLL_OK);
	}
	struct source source = {.name = STR("more")};
	assert_int_equal(roll_insert(roll, 0, &source, NULL), PORTROLL_ELIMIT);
	arena_done(&a);
}

static void names_of_sources_are_simple(void **state)
{
	(void)state;
	assert_true(source_name_ok(STR("iana")));
	assert_true(source_name_ok(STR("My-Own-2")));
	assert_true(source_name_ok(STR("abcdefghijklmnopqrstuvwxyz012345")));
	assert_false(source_name_ok(STR("abcdefghijklmnopqrstuvwxyz0123456")));
	assert_false(source_name_ok(STR("")));
	assert_false(source_name_ok(STR_NONE));
	assert_false(source_name_ok(STR("-x")));
	assert_false(source_name_ok(STR("a b")));
	assert_false(source_name_ok(STR("a/b")));
	assert_false(source_name_ok(STR("\xc3\xa9")));
}

static void only_one_whole_copy_is_unaltered(void **state)
{
	(void)state;
	const struct copy copies[] = {
		{.format = STR("xml"), .dated = {2014, 7, 0}},
		{.format = STR("xml"), .dated = {2025, 10, 22}, .partial = true},
		{.format = STR("csv"), .dated = {2014, 7, 0}},
	};
	const struct source good = {.name = STR("iana"), .copies = copies, .copy_count = 1};
	assert_true(source_is_unaltered_iana(&good));
	struct source others[] = {good, good, good, good, good, good, good};
	others[0].name = STR("IANA");
	others[1].kind = SOURCE_MANAGED;
	others[2].coverage = COVERAGE_PARTIAL;
	others[3].copy_count = 2;
	others[4].copies = copies + 1;
	others[5].copy_count = 0;
	others[6].copies = copies + 2;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_false(source_is_unaltered_iana(&others[i]));
	assert_int_equal(source_date(&others[3]).year, 2014);
	assert_int_equal(source_date(&others[4]).year, 2025);
	assert_int_equal(source_date(&others[5]).year, 0);
}

static void provenance_names_files_dates_and_licences(void **state)
{
	(void)state;
	const struct copy copies[] = {
		{.origin = STR("/home/someone/ports.csv"), .dated = {2014, 7, 0}},
		{.origin = STR("https://www.iana.org/x.xml"), .partial = true},
		{.origin = STR("file:///home/someone/nmap-services"), .licence = STR("NPSL")},
	};
	struct source source = {.name = STR("iana"), .copies = copies, .copy_count = 3};
	struct buf out = BUF_INIT(1000);
	source_put_provenance(&out, &source);
	assert_text(buf_str(&out), "source iana: ports.csv of 2014-07, https://www.iana.org/x.xml "
				   "(in part), nmap-services, licence: NPSL");
	buf_done(&out);
	assert_true(source_has_nmap(&source));
	source.copy_count = 2;
	assert_false(source_has_nmap(&source));
}

static void dates_tell_what_was_laid_over(void **state)
{
	(void)state;
	static const struct copy dated[] = {
		{.dated = {2014, 7, 0}, .record_count = 12000},
		{.dated = {2025, 10, 22}, .record_count = 1, .partial = true},
		{.dated = {2025, 9, 1}, .record_count = 1100, .partial = true},
	};
	static const struct copy undated[3] = {{.record_count = 7}, {.record_count = 2}};
	static const struct copy mixed[] = {{.partial = false},
					    {.dated = {2025, 10, 22}, .record_count = 3}};
	static const struct {
		const struct copy *copies;
		size_t count;
		const char *dates;
	} cases[] = {
		{dated, 0, ""},
		{dated, 1, "2014-07"},
		{dated, 2, "2014-07, with 1 record of a copy of 2025-10-22 on top"},
		{dated, 3, "2014-07, with 1,101 records of 2 copies up to 2025-10-22 on top"},
		{undated, 3, ""},
		{mixed, 2, "an undated copy, with 3 records of a copy of 2025-10-22 on top"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out = BUF_INIT(1000);
		const struct source source = {.copies = cases[i].copies,
					      .copy_count = cases[i].count};
		source_put_dates(&out, &source);
		assert_text(buf_str(&out), cases[i].dates);
		buf_done(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_source_moves_before_another),
		cmocka_unit_test(sources_are_inserted_found_and_removed),
		cmocka_unit_test(a_roll_has_an_end),
		cmocka_unit_test(names_of_sources_are_simple),
		cmocka_unit_test(only_one_whole_copy_is_unaltered),
		cmocka_unit_test(provenance_names_files_dates_and_licences),
		cmocka_unit_test(dates_tell_what_was_laid_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

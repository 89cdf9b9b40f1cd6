/* SPDX-License-Identifier: MIT */
#include "registry/registry.h"

#include "small.h"

static void records_and_people_keep_their_order(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	for (uint16_t i = 0; i < 2000; i++) {
		struct record r = {.has_port = true, .port = {i, i}};
		struct person p = {.updated = {(uint16_t)(2000 + i), 1, 1}};
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
		assert_int_equal(registry_add_person(reg, &p), PORTROLL_OK);
	}
	assert_int_equal(reg->record_count, 2000);
	for (uint16_t i = 0; i < 2000; i++) {
		assert_int_equal(reg->records[i]->port.first, i);
		assert_int_equal(reg->people[i]->updated.year, 2000 + i);
	}
	arena_done(&a);
}

static void the_newest_date_is_of_any_record_and_column(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	assert_int_equal(registry_newest_date(reg).year, 0);
	const struct record records[] = {
		{.registered = {2014, 7, 1}},
		{.registered = {2013, 1, 1}, .modified = {2014, 7, 2}},
		{.modified = {2014, 7, 0}},
	};
	for (size_t i = 0; i < ARRAY_LEN(records); i++)
		assert_int_equal(registry_add(reg, &records[i]), PORTROLL_OK);
	assert_true(date_equal(registry_newest_date(reg), (struct date){2014, 7, 2}));
	arena_done(&a);
}

static const struct small_row rows[] = {
	{"http", "80", "tcp", "World Wide Web HTTP", NULL},
	{NULL, "81", NULL, "Unassigned", NULL},
};

static struct registry *sample(struct arena *a)
{
	static const struct footnote note = {.anchor = 1};
	struct registry *reg = small_registry(a, rows, ARRAY_LEN(rows));
	if (!reg || registry_add_person(reg, &(struct person){.id = STR("IESG")}) < 0)
		return NULL;
	reg->footnotes = &note;
	reg->footnote_count = 1;
	reg->header.title = STR("Title");
	return reg;
}

static void what_differs_first_is_named(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	static const struct footnote other_note = {.anchor = 2};
	static const struct note header_note = {.title = STR_INIT("Request an Assignment")};
	static const struct record other_record = {.name = STR_INIT("https")};
	static const struct person other_person = {.id = STR_INIT("ISOC")};
	const struct registry *first = sample(&a);
	struct registry *others[8];
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		others[i] = sample(&a);
	others[0]->header.title = STR("Other");
	others[1]->header.notes = &header_note;
	others[1]->header.note_count = 1;
	others[2]->record_count = 1;
	others[3]->records[1] = &other_record;
	others[4]->footnotes = &other_note;
	others[5]->footnote_count = 0;
	others[6]->person_count = 0;
	others[7]->people[0] = &other_person;
	static const struct {
		const char *what;
		size_t index;
	} expected[] = {
		{"header", 0},    {"header", 0},    {"number of records", 0}, {"record", 1},
		{"footnotes", 0}, {"footnotes", 0}, {"number of people", 0},  {"person", 0},
	};
	assert_true(registry_equal(first, sample(&a), NULL, NULL));
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		const char *what = "";
		size_t index = 77;
		assert_false(registry_equal(first, others[i], &what, &index));
		assert_string_equal(what, expected[i].what);
		assert_int_equal(index, expected[i].index);
		assert_false(registry_equal(first, others[i], NULL, NULL));
	}
	arena_done(&a);
}

static int build(void *context)
{
	(void)context;
	struct arena a = ARENA_INIT;
	struct registry *reg = sample(&a);
	int r = reg ? PORTROLL_OK : PORTROLL_ENOMEM;
	for (int i = 0; i < 300 && r == PORTROLL_OK; i++)
		r = registry_add(reg, &(struct record){.name = STR("x")});
	arena_done(&a);
	return r;
}

static void building_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(build, NULL) > 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_and_people_keep_their_order),
		cmocka_unit_test(the_newest_date_is_of_any_record_and_column),
		cmocka_unit_test(what_differs_first_is_named),
		cmocka_unit_test(building_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

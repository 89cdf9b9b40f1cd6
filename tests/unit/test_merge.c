/* SPDX-License-Identifier: MIT */
#include "keeper/merge.h"

#include "small.h"

static const struct small_row three_rows[] = {
	{"a", "1", "tcp", "one", NULL},
	{"b", "2", "tcp", "two", NULL},
	{"c", "3", "tcp", "three", NULL},
};
static const struct small_row one_row[] = {{"b", "2", "tcp", "second", NULL}};

static struct merge merge_of(struct registry *reg, const char *source, uint8_t coverage)
{
	return (struct merge){
		.source = str_from(source),
		.coverage = coverage,
		.partial = coverage == COVERAGE_PARTIAL,
		.registry = reg,
		.copy = {.origin = str_from(source), .record_count = (uint32_t)reg->record_count},
	};
}

static struct merge merge_rows(struct arena *a, const struct small_row *rows, size_t count,
			       uint8_t coverage)
{
	struct registry *reg = small_registry(a, rows, count);
	assert_non_null(reg);
	struct merge merge = merge_of(reg, "iana", coverage);
	merge.copy.sha256[0] = (uint8_t)count;
	return merge;
}

static void a_complete_file_replaces_what_was_there_with_all_its_copies(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct roll *roll = roll_new(&a);
	struct diff_counts changes;
	struct merge whole = merge_rows(&a, three_rows, 3, COVERAGE_COMPLETE);
	struct merge part = merge_rows(&a, one_row, 1, COVERAGE_PARTIAL);
	assert_int_equal(merge_into_roll(&changes, roll, &whole, NULL), PORTROLL_OK);
	assert_int_equal(changes.added, 3);
	assert_int_equal(merge_into_roll(&changes, roll, &part, NULL), PORTROLL_OK);
	assert_int_equal(changes.altered, 1);
	assert_int_equal(changes.unchanged, 2);
	assert_int_equal(roll->sources[0].copy_count, 2);
	assert_true(roll->sources[0].copies[1].partial);
	assert_int_equal(roll->sources[0].coverage, COVERAGE_COMPLETE);
	assert_int_equal(roll->sources[0].registry->record_count, 3);
	assert_int_equal(roll->sources[0].registry->records[1]->copy, 1);
	whole.force = true;
	assert_int_equal(merge_into_roll(&changes, roll, &whole, NULL), PORTROLL_OK);
	assert_int_equal(roll->sources[0].copy_count, 1);
	assert_ptr_equal(roll->sources[0].registry, whole.registry);
}

static void an_older_file_takes_no_newer_part_away_and_the_same_file_none(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct roll *roll = roll_new(&a);
	struct diff_counts changes;
	struct portroll_error err = {0};
	struct merge whole = merge_rows(&a, three_rows, 3, COVERAGE_COMPLETE);
	struct merge part = merge_rows(&a, one_row, 1, COVERAGE_PARTIAL);
	whole.copy.dated = (struct date){2014, 7, 0};
	whole.date_is_told = true;
	part.copy.dated = (struct date){2025, 10, 22};
	part.registry->header.title = STR("Title");
	assert_int_equal(merge_into_roll(&changes, roll, &whole, NULL), PORTROLL_OK);
	assert_int_equal(merge_into_roll(&changes, roll, &part, NULL), PORTROLL_OK);
	const struct source *source = &roll->sources[0];
	const struct registry *laid_over = source->registry;

	struct merge again = whole;
	again.date_is_told = false;
	again.copy.dated = (struct date){0};
	again.copy.etag = STR("new");
	assert_int_equal(merge_into_roll(&changes, roll, &again, NULL), PORTROLL_OK);
	assert_int_equal(changes.unchanged, 3);
	assert_int_equal(changes.altered, 0);
	assert_ptr_equal(source->registry, laid_over);
	assert_int_equal(source->copy_count, 2);
	assert_int_equal(source->copies[0].dated.year, 2014);
	assert_text(source->copies[0].etag, "");

	struct merge other = whole;
	other.copy.sha256[0]++;
	other.copy.dated = (struct date){2025, 10, 21};
	assert_int_equal(merge_into_roll(&changes, roll, &other, &err), PORTROLL_ERULE);
	assert_string_equal(err.text,
			    "dated 2025-10-21: it would take away the copy of 2025-10-22 that lies "
			    "over source iana (1 record, title); --force imports it all the same");
	assert_ptr_equal(source->registry, laid_over);
	other.copy.dated = (struct date){2025, 10, 22};
	other.force = true;
	assert_int_equal(merge_into_roll(&changes, roll, &other, NULL), PORTROLL_OK);
	assert_int_equal(source->copy_count, 1);
}

static void a_file_without_a_date_keeps_the_one_of_the_same_records(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct roll *roll = roll_new(&a);
	struct diff_counts changes;
	struct merge first = merge_rows(&a, three_rows, 3, COVERAGE_NAMES);
	struct merge other = merge_rows(&a, one_row, 1, COVERAGE_NAMES);
	first.copy.dated = (struct date){2024, 0, 0};
	assert_int_equal(merge_into_roll(&changes, roll, &first, NULL), PORTROLL_OK);
	first.copy.dated = (struct date){0};
	assert_int_equal(merge_into_roll(&changes, roll, &first, NULL), PORTROLL_OK);
	assert_int_equal(roll->sources[0].copies[0].dated.year, 2024);
	first.copy.dated = (struct date){2025, 0, 0};
	first.date_is_told = true;
	assert_int_equal(merge_into_roll(&changes, roll, &first, NULL), PORTROLL_OK);
	assert_int_equal(roll->sources[0].copies[0].dated.year, 2025);
	other.force = true;
	assert_int_equal(merge_into_roll(&changes, roll, &other, NULL), PORTROLL_OK);
	assert_int_equal(roll->sources[0].copies[0].dated.year, 0);
}

static void the_guard_is_asked_but_not_by_a_complete_copy_over_a_partial_one(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct diff_counts changes;
	struct merge whole = merge_rows(&a, three_rows, 3, COVERAGE_COMPLETE);
	struct merge small = merge_rows(&a, one_row, 1, COVERAGE_COMPLETE);
	struct merge names = merge_rows(&a, three_rows, 3, COVERAGE_NAMES);
	whole.copy.dated = (struct date){2025, 10, 22};
	names.copy.dated = whole.copy.dated;
	small.copy.dated = (struct date){2025, 10, 21};
	small.date_is_told = true;
	static const struct {
		bool from_names, force;
		int code;
	} cases[] = {
		{false, false, PORTROLL_ERULE},
		{false, true, PORTROLL_OK},
		{true, false, PORTROLL_OK},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct roll *roll = roll_new(&a);
		const struct merge *first = cases[i].from_names ? &names : &whole;
		assert_int_equal(merge_into_roll(&changes, roll, first, NULL), PORTROLL_OK);
		struct merge second = small;
		second.force = cases[i].force;
		assert_int_equal(merge_into_roll(&changes, roll, &second, NULL), cases[i].code);
	}
}

static void a_managed_source_takes_no_files(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct roll *roll = roll_new(&a);
	struct diff_counts changes;
	struct merge whole = merge_rows(&a, three_rows, 3, COVERAGE_COMPLETE);
	assert_int_equal(merge_into_roll(&changes, roll, &whole, NULL), PORTROLL_OK);
	roll->sources[0].kind = SOURCE_MANAGED;
	struct portroll_error err = {0};
	assert_int_equal(merge_into_roll(&changes, roll, &whole, &err), PORTROLL_ERULE);
	assert_string_equal(err.text, "source iana is changed by decisions only, not by import");
}

static void a_source_without_a_plain_name_is_not_made(void **state)
{
	(void)state;
	static const char *const names[] = {"", "a b", "../x", "-x"};
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct roll *roll = roll_new(&a);
	struct diff_counts changes;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct merge merge = merge_rows(&a, one_row, 1, COVERAGE_COMPLETE);
		merge.source = str_from(names[i]);
		assert_int_equal(merge_into_roll(&changes, roll, &merge, NULL), PORTROLL_EINVAL);
	}
	assert_int_equal(roll->source_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_complete_file_replaces_what_was_there_with_all_its_copies),
		cmocka_unit_test(an_older_file_takes_no_newer_part_away_and_the_same_file_none),
		cmocka_unit_test(a_file_without_a_date_keeps_the_one_of_the_same_records),
		cmocka_unit_test(the_guard_is_asked_but_not_by_a_complete_copy_over_a_partial_one),
		cmocka_unit_test(a_managed_source_takes_no_files),
		cmocka_unit_test(a_source_without_a_plain_name_is_not_made),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

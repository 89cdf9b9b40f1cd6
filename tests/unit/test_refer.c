/* SPDX-License-Identifier: MIT */
#include "registry/refer.h"

#include "small.h"

static const struct xref to_iesg = {.type = XREF_PERSON, .data = STR_INIT("IESG")};
static const struct xref to_chair = {.type = XREF_PERSON, .data = STR_INIT("IETF_Chair")};
static const struct xref to_footnote = {.type = XREF_NOTE, .data = STR_INIT("1")};
static const struct xref to_rfc = {.type = XREF_RFC, .data = STR_INIT("rfc6335")};
static const struct xref to_volz = {.type = XREF_PERSON, .data = STR_INIT("Bernie_Volz")};
static const struct run in_text[] = {
	{.kind = RUN_TEXT, .text = STR_INIT("previously compressnet by ")},
	{.kind = RUN_XREF, .xref = &to_volz},
};

/* Three records: the experiments (assignee, contact, footnote), one that names a person in its
 * note, one that refers to nothing. */
static int fill(struct registry *reg)
{
	const struct record records[] = {
		{.name = STR("exp1"),
		 .has_assignee = true,
		 .assignee = {&to_iesg, 1},
		 .contacts = {&to_chair, 1},
		 .references = {&to_footnote, 1}},
		{.note = {in_text, ARRAY_LEN(in_text)}, .references = {&to_rfc, 1}},
		{.name = STR("http")},
	};
	int r = PORTROLL_OK;
	for (size_t i = 0; i < ARRAY_LEN(records) && r == PORTROLL_OK; i++)
		r = registry_add(reg, &records[i]);
	return r;
}

static int add_people(struct registry *reg)
{
	static const char *const ids[] = {"Bernie_Volz", "IESG", "IETF_Chair"};
	static const struct footnote note = {.anchor = 1};
	int r = PORTROLL_OK;
	for (size_t i = 0; i < ARRAY_LEN(ids) && r == PORTROLL_OK; i++)
		r = registry_add_person(reg, &(struct person){.id = str_from(ids[i])});
	reg->footnotes = &note;
	reg->footnote_count = 1;
	return r;
}

static struct registry *whole(struct arena *a)
{
	struct registry *reg = registry_new(a);
	return reg && fill(reg) == PORTROLL_OK && add_people(reg) == PORTROLL_OK ? reg : NULL;
}

static void a_registry_with_all_it_refers_to_is_sound(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	assert_int_equal(registry_check(whole(&a), NULL, NULL), PORTROLL_OK);
	arena_done(&a);
}

static void assert_unsound(const struct registry *reg, const char *text)
{
	struct portroll_error err = {0};
	struct portroll_str at_fault = STR("none");
	assert_int_equal(registry_check(reg, &at_fault, &err), PORTROLL_ESYNTAX);
	assert_string_equal(err.text, text);
	assert_int_not_equal(str_find(str_from(text), at_fault), SIZE_MAX);
}

static void what_dangles_or_is_there_twice_is_named(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = whole(&a);
	reg->person_count = 2;
	assert_unsound(reg, "person 'IETF_Chair' is referred to but not listed");
	reg = whole(&a);
	reg->footnote_count = 0;
	assert_unsound(reg, "footnote 1 is referred to but not there");
	reg = whole(&a);
	assert_int_equal(registry_add_person(reg, &(struct person){.id = STR("IESG")}), 0);
	assert_unsound(reg, "person 'IESG' appears twice");
	reg = whole(&a);
	const struct footnote twice[] = {{.anchor = 1}, {.anchor = 1}};
	reg->footnotes = twice;
	reg->footnote_count = 2;
	assert_unsound(reg, "footnote 1 appears twice");
	reg = whole(&a);
	const struct note note = {.text = {in_text, ARRAY_LEN(in_text)}};
	reg->header.notes = &note;
	reg->header.note_count = 1;
	reg->record_count = 0;
	reg->people++;
	reg->person_count--;
	assert_unsound(reg, "person 'Bernie_Volz' is referred to but not listed");
	arena_done(&a);
}

static void missing_people_are_added_in_order_once(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	assert_int_equal(fill(reg), PORTROLL_OK);
	assert_int_equal(registry_add_missing_people(reg), PORTROLL_OK);
	assert_int_equal(reg->person_count, 3);
	assert_text(reg->people[0]->id, "IESG");
	assert_text(reg->people[1]->id, "IETF_Chair");
	assert_text(reg->people[2]->id, "Bernie_Volz");
	assert_int_equal(registry_add_missing_people(reg), PORTROLL_OK);
	assert_int_equal(reg->person_count, 3);
	arena_done(&a);
}

static void a_selection_takes_what_it_refers_to(void **state)
{
	(void)state;
	static const struct {
		uint32_t index;
		size_t people, footnotes;
	} cases[] = {{0, 2, 1}, {1, 1, 0}, {2, 0, 0}};
	struct arena a = ARENA_INIT;
	const struct registry *reg = whole(&a);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct registry *chosen = registry_select(reg, &cases[i].index, 1, &a);
		assert_int_equal(chosen->record_count, 1);
		assert_true(record_equal(chosen->records[0], reg->records[cases[i].index]));
		assert_int_equal(chosen->person_count, cases[i].people);
		assert_int_equal(chosen->footnote_count, cases[i].footnotes);
	}
	static const uint32_t backwards[] = {2, 1, 0};
	const struct registry *all = registry_select(reg, backwards, 3, &a);
	assert_text(all->records[0]->name, "http");
	assert_text(all->people[0]->id, "Bernie_Volz");
	assert_int_equal(all->person_count, 3);
	arena_done(&a);
}

static int stop_at_rfc(void *context, const struct xref *x)
{
	++*(size_t *)context;
	return x->type == XREF_RFC ? PORTROLL_ERULE : PORTROLL_OK;
}

static void a_walk_ends_where_the_visitor_says(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	const struct registry *reg = whole(&a);
	size_t count = 0;
	assert_int_equal(refer_each_of_record(reg->records[0], stop_at_rfc, &count), PORTROLL_OK);
	assert_int_equal(count, 3);
	assert_int_equal(refer_each_of_record(reg->records[1], stop_at_rfc, &count),
			 PORTROLL_ERULE);
	assert_int_equal(count, 4);
	arena_done(&a);
}

static int check_all(void *context)
{
	(void)context;
	struct arena a = ARENA_INIT;
	struct registry *reg = whole(&a);
	int r = reg ? registry_check(reg, NULL, NULL) : PORTROLL_ENOMEM;
	if (r == PORTROLL_OK) {
		reg->person_count = 0;
		r = registry_add_missing_people(reg);
	}
	arena_done(&a);
	return r;
}

static int select_some(void *context)
{
	(void)context;
	static const uint32_t indexes[] = {0, 2};
	struct arena a = ARENA_INIT;
	const struct registry *reg = whole(&a);
	bool ok = reg && registry_select(reg, indexes, ARRAY_LEN(indexes), &a);
	arena_done(&a);
	return ok ? PORTROLL_OK : PORTROLL_ENOMEM;
}

static void the_work_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(check_all, NULL) > 10);
	assert_true(oom_sweep(select_some, NULL) > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_registry_with_all_it_refers_to_is_sound),
		cmocka_unit_test(what_dangles_or_is_there_twice_is_named),
		cmocka_unit_test(missing_people_are_added_in_order_once),
		cmocka_unit_test(a_selection_takes_what_it_refers_to),
		cmocka_unit_test(a_walk_ends_where_the_visitor_says),
		cmocka_unit_test(the_work_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

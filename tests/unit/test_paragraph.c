/* SPDX-License-Identifier: MIT */
#include "procedure/paragraph.h"

#include "random.h"

static void values_come_without_the_marks_of_their_form(void **state)
{
	(void)state;
	static const struct {
		const char *text, *value;
	} cases[] = {
		{"A: b", "b"},
		{"A:b\n", "b"},
		{"A:   b c \t\n", "b c"},
		{"A: b\r\n  c\r\n", "b\nc"},
		{"A:\n b\n", "b"},
		{"A:\n .\n b\n .\n", "b"},
		{"A: b\n .\n c\n", "b\n\nc"},
		{"A: b\n ..\n c\n", "b\n.\nc"},
		{"A: b\n\tc\n", "b\nc"},
		{"A: b\n   c\n     d\n   e\n", "b\nc\n  d\ne"},
		{"A: b\n   c\n .\n   d\n", "b\nc\n\nd"},
		{"A: b\n# between\n c\n", "b\nc"},
		{"A: # no comment\n # nor this\n", "# no comment\n# nor this"},
		{"A: .\n", "."},
		{"A:\n", ""},
		{"\xef\xbb\xbf"
		 "A: b\n",
		 "b"},
		{"\n\n# before\nA: b\n\n\n", "b"},
		{"A: caf\xc3\xa9: d\n", "caf\xc3\xa9: d"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct paragraph_list list;
		struct portroll_error err = {0};
		assert_int_equal(paragraphs_read(&list, str_from(cases[i].text), &a, &err), 0);
		assert_int_equal(list.count, 1);
		assert_int_equal(list.items[0].count, 1);
		assert_text(list.items[0].fields[0].name, "A");
		assert_text(list.items[0].fields[0].value, cases[i].value);
	}
}

static void what_is_no_field_is_refused_with_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t line, column;
		const char *words;
	} cases[] = {
		{"A: b\nc\n", 2, 1, "expected 'Field: value'"},
		{": b\n", 1, 1, "expected 'Field: value'"},
		{"1st: b\n", 1, 1, "expected 'Field: value'"},
		{"A/B: b\n", 1, 1, "expected 'Field: value'"},
		{" b\n", 1, 1, "continues nothing"},
		{"A: b\n\n c\n", 3, 1, "continues nothing"},
		{"A-b: c\na B: d\n", 2, 1, "'a B' a second time: it is in line 1"},
		{"A: \xff\n", 1, 4, "not UTF-8"},
		{"A: b\n c\x1b[2J\n", 2, 3, "a control character"},
		{"A: b\rB: c\n", 1, 5, "a control character"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct paragraph_list list;
		struct portroll_error err = {0};
		assert_int_equal(paragraphs_read(&list, str_from(cases[i].text), &a, &err),
				 PORTROLL_ESYNTAX);
		assert_int_equal(err.line, cases[i].line);
		assert_int_equal(err.column, cases[i].column);
		assert_non_null(strstr(err.text, cases[i].words));
	}
}

static void empty_lines_end_paragraphs(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct paragraph_list list;
	struct portroll_str text = STR("A: 1\nB: 2\n \t\n\nA: 3\n# end\n\n");
	assert_int_equal(paragraphs_read(&list, text, &a, NULL), 0);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.items[0].count, 2);
	assert_int_equal(list.items[1].fields[0].line, 5);
	assert_text(paragraph_find(&list.items[0], STR("b"))->value, "2");
	assert_null(paragraph_find(&list.items[1], STR("b")));
	assert_int_equal(paragraphs_read(&list, STR("\n# nothing\n"), &a, NULL), 0);
	assert_int_equal(list.count, 0);
}

static void names_are_equal_without_case_and_with_hyphens(void **state)
{
	(void)state;
	assert_true(paragraph_name_equal(STR("Service Name"), STR("service-name")));
	assert_true(paragraph_name_equal(STR("service_name"), STR("SERVICE NAME")));
	assert_false(paragraph_name_equal(STR("Service Name"), STR("ServiceName")));
	assert_false(paragraph_name_equal(STR("Service"), STR("Servic\xe9")));
}

static void sizes_have_limits(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	CLEANUP(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
	struct paragraph_list list;
	struct portroll_error err = {0};
	buf_puts(&text, "A: ");
	buf_fill(&text, 'x', PARAGRAPH_TEXT_MAX);
	assert_int_equal(paragraphs_read(&list, buf_str(&text), &a, &err), PORTROLL_ELIMIT);
	assert_true(a.size == 0);
	buf_clear(&text);
	for (unsigned i = 0; i <= 256; i++)
		buf_printf(&text, "F%u: x\n", i);
	err = (struct portroll_error){0};
	assert_int_equal(paragraphs_read(&list, buf_str(&text), &a, &err), PORTROLL_ELIMIT);
	assert_int_equal(err.line, 257);
}

/* Any text, in the form of a value, comes back the same from what is written of it. */
static void what_is_written_is_read_again(void **state)
{
	(void)state;
	struct random random;
	char space[48];
	for_rounds(&random, 20000)
	{
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		CLEANUP(buf_done) struct buf out = BUF_INIT(SIZE_MAX);
		struct paragraph_list list;
		struct portroll_str value =
			random_text(&random, space, random_below(&random, sizeof(space)),
				    STR("\n\n\n  \t..#a:b"));
		value = paragraph_value(value, &a);
		check(&random, str_equal(value, paragraph_value(value, &a)));
		paragraph_put(&out, STR("First"), value);
		paragraph_put(&out, STR("Last"), STR("end"));
		check(&random, paragraphs_read(&list, buf_str(&out), &a, NULL) == 0);
		check(&random, list.count == 1);
		const struct paragraph_field *first = paragraph_find(&list.items[0], STR("First"));
		check(&random, first ? str_equal(first->value, value) : value.len == 0);
		check(&random, paragraph_find(&list.items[0], STR("Last")) != NULL);
	}
}

static int read_it(void *context)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct paragraph_list list;
	(void)context;
	return paragraphs_read(&list, STR("A: b\n c\nB: d\n\nA: e\n\nF: g\n"), &a, NULL);
}

static void reading_survives_any_failing_allocation(void **state)
{
	(void)state;
	oom_sweep(read_it, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_without_the_marks_of_their_form),
		cmocka_unit_test(what_is_no_field_is_refused_with_its_place),
		cmocka_unit_test(empty_lines_end_paragraphs),
		cmocka_unit_test(names_are_equal_without_case_and_with_hyphens),
		cmocka_unit_test(sizes_have_limits),
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(reading_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

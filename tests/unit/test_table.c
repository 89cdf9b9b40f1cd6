/* SPDX-License-Identifier: MIT */
#include "terminal/table.h"

#include "terminal/fold.h"
#include "test.h"

/* Output that is held, as if for a terminal of that width (0: a pipe). */
static struct out held_out(unsigned width, bool colour)
{
	return (struct out){.buf = BUF_INIT(1U << 16),
			    .width = width,
			    .is_terminal = width > 0,
			    .colour = colour};
}

static void put_rows(struct out *o, const struct table_column *columns, size_t count,
		     const char *const *cells)
{
	struct arena a = ARENA_INIT;
	struct table t = table_init(&a, columns, count);
	for (; *cells; cells++)
		table_cell(&t, str_from(*cells));
	table_write(&t, o);
	arena_done(&a);
}

static const struct table_column columns[] = {
	{.title = "Port", .right = true},
	{.title = "Name", .colour = COLOUR_NAME},
	{.title = "Description", .flexible = true},
};

static void columns_are_as_wide_as_their_widest_cell(void **state)
{
	(void)state;
	static const char *const cells[] = {"80", "http", "World Wide Web HTTP", "3306", "mysql",
					    "",   NULL};
	struct out o = held_out(0, false);
	put_rows(&o, columns, ARRAY_LEN(columns), cells);
	assert_text(buf_str(&o.buf), "Port  Name   Description\n"
				     "  80  http   World Wide Web HTTP\n"
				     "3306  mysql\n");
	buf_done(&o.buf);
}

static void a_line_feed_in_a_cell_does_not_break_the_row(void **state)
{
	(void)state;
	static const char *const cells[] = {"63", "whoispp", "whois++\nreplaced\n", NULL};
	struct out o = held_out(0, false);
	put_rows(&o, columns, ARRAY_LEN(columns), cells);
	assert_text(buf_str(&o.buf), "Port  Name     Description\n"
				     "  63  whoispp  whois++ replaced \n");
	buf_done(&o.buf);
}

static void wide_characters_count_two_and_combining_none(void **state)
{
	(void)state;
	static const char *const cells[] = {"1", "\xe6\x97\xa5", "x", "2", "e\xcc\x81", "y", NULL};
	struct out o = held_out(0, false);
	put_rows(&o, columns, ARRAY_LEN(columns), cells);
	assert_text(buf_str(&o.buf), "Port  Name  Description\n"
				     "   1  \xe6\x97\xa5    x\n"
				     "   2  e\xcc\x81     y\n");
	buf_done(&o.buf);
}

static void a_narrow_terminal_cuts_the_flexible_column(void **state)
{
	(void)state;
	static const char *const cells[] = {"80", "http", "World Wide Web HTTP", NULL};
	struct out o = held_out(24, false);
	put_rows(&o, columns, ARRAY_LEN(columns), cells);
	assert_text(buf_str(&o.buf), "Port  Name  Description\n"
				     "  80  http  World Wide \xe2\x80\xa6\n");
	buf_done(&o.buf);
}

static void a_column_without_room_or_content_is_left_out(void **state)
{
	(void)state;
	static const struct table_column several[] = {
		{.title = "Port", .right = true},
		{.title = "Name", .flexible = true, .least = 10},
		{.title = "Description", .flexible = true, .optional = true},
		{.title = "Licence", .optional = true},
	};
	static const char *const cells[] = {"80", "http-and-more", "World Wide Web HTTP", "", NULL};
	struct out o = held_out(28, false);
	put_rows(&o, several, ARRAY_LEN(several), cells);
	assert_text(buf_str(&o.buf), "Port  Name        Descripti\xe2\x80\xa6\n"
				     "  80  http-and-\xe2\x80\xa6  World Wid\xe2\x80\xa6\n");
	buf_done(&o.buf);
	o = held_out(20, false);
	put_rows(&o, several, ARRAY_LEN(several), cells);
	assert_text(buf_str(&o.buf), "Port  Name\n"
				     "  80  http-and-more\n");
	buf_done(&o.buf);
}

static void control_bytes_are_shown_on_a_terminal_and_pass_a_pipe(void **state)
{
	(void)state;
	static const char *const cells[] = {"1", "a\033[31m\x7f\xc2\x9b\xff", "x", NULL};
	struct out o = held_out(80, false);
	put_rows(&o, columns, ARRAY_LEN(columns), cells);
	assert_true(str_find(buf_str(&o.buf), STR("a\\x1b[31m\\x7f\\x9b\\xff  x\n")) != SIZE_MAX);
	buf_done(&o.buf);
	o = held_out(0, false);
	put_rows(&o, columns, ARRAY_LEN(columns), cells);
	assert_true(str_find(buf_str(&o.buf), STR("a\033[31m\x7f\xc2\x9b\xff")) != SIZE_MAX);
	buf_done(&o.buf);
}

static void colour_ends_where_the_cell_ends(void **state)
{
	(void)state;
	static const char *const cells[] = {"80", "http", "x", NULL};
	struct out o = held_out(0, true);
	put_rows(&o, columns, ARRAY_LEN(columns), cells);
	assert_true(str_find(buf_str(&o.buf), STR("  80  \033[1mhttp\033[0m  x\n")) != SIZE_MAX);
	buf_done(&o.buf);
}

static void no_rows_write_nothing(void **state)
{
	(void)state;
	static const char *const cells[] = {NULL};
	struct out o = held_out(80, false);
	put_rows(&o, columns, ARRAY_LEN(columns), cells);
	assert_int_equal(o.buf.len, 0);
	buf_done(&o.buf);
}

static void prose_is_broken_at_blanks_and_indented(void **state)
{
	(void)state;
	struct out o = held_out(20, false);
	out_folded(&o, STR("one two  three four\nfive"), (struct fold){.column = 8, .indent = 4});
	assert_text(buf_str(&o.buf), "one two\n    three four five\n");
	buf_clear(&o.buf);
	out_folded(&o, STR("one\ntwo"), (struct fold){.indent = 2, .keep_lines = true});
	assert_text(buf_str(&o.buf), "one\n  two\n");
	buf_clear(&o.buf);
	out_folded(&o, STR("a-word-longer-than-the-terminal x"), (struct fold){0});
	assert_text(buf_str(&o.buf), "a-word-longer-than-the-terminal\nx\n");
	buf_done(&o.buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_as_wide_as_their_widest_cell),
		cmocka_unit_test(a_line_feed_in_a_cell_does_not_break_the_row),
		cmocka_unit_test(wide_characters_count_two_and_combining_none),
		cmocka_unit_test(a_narrow_terminal_cuts_the_flexible_column),
		cmocka_unit_test(a_column_without_room_or_content_is_left_out),
		cmocka_unit_test(control_bytes_are_shown_on_a_terminal_and_pass_a_pipe),
		cmocka_unit_test(colour_ends_where_the_cell_ends),
		cmocka_unit_test(no_rows_write_nothing),
		cmocka_unit_test(prose_is_broken_at_blanks_and_indented),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "generated.h"
#include "write_case.h"

static void iana_text_is_made_from_the_xml_to_the_byte(void **state)
{
	(void)state;
	struct write_case c;
	struct file_bytes want = {0};
	if (!case_shared(&c, "iana-2025-10-22.xml", "xml"))
		skip();
	assert_true(shared_file(&want, "iana-2025-10-22.txt"));
	const struct write_options o = {.masthead = true, .style = 2025};
	struct buf out = case_write(c.reg, text_write, &o, NULL);
	assert_lines_equal(buf_str(&out), want.bytes);
	buf_done(&out);
	file_release(&want);
	case_done(&c);
}

/* Two records with a cell of each shape. */
static struct registry *two_records(struct arena *a)
{
	static const struct run description[] = {
		{.kind = RUN_TEXT, .text = TEXT("Old \n  words")},
		{.kind = RUN_BREAK},
		{.kind = RUN_BREAK},
		{.kind = RUN_TEXT, .text = TEXT("\nnew \xc3\xa9")},
		{.kind = RUN_PARAGRAPH_BEGIN},
		{.kind = RUN_TEXT, .text = TEXT(" \n ")},
		{.kind = RUN_PARAGRAPH_END},
		{.kind = RUN_PARAGRAPH_BEGIN},
		{.kind = RUN_TEXT, .text = TEXT("apart")},
		{.kind = RUN_PARAGRAPH_END},
	};
	static const struct xref rfc = {.type = XREF_RFC, .data = TEXT("rfc6335")};
	static const struct run note[] = {{.kind = RUN_TEXT, .text = TEXT("\nSee\n  ")},
					  {.kind = RUN_XREF, .xref = &rfc},
					  {.kind = RUN_TEXT, .text = TEXT("  \n\n")}};
	static const struct run footnote[] = {{.kind = RUN_TEXT, .text = TEXT("one\ntwo\n")}};
	static const struct note notes[] = {{.text = {note, ARRAY_LEN(note)}}};
	static const struct footnote footnotes[] = {{1, {footnote, 1}}};
	static const struct person person = {
		.id = TEXT("A_B"), .name = TEXT("A B"), .uris = generated_uris, .uri_count = 2};
	struct registry *reg = registry_new(a);
	assert_non_null(reg);
	reg->header = (struct header){.title = STR("Ports"),
				      .updated = {2026, 8, 17},
				      .expert = STR("A\nB"),
				      .notes = notes,
				      .note_count = 1,
				      .references = {generated_references, 1}};
	reg->footnotes = footnotes;
	reg->footnote_count = 1;
	const struct record r = {.name = STR("one"),
				 .has_port = true,
				 .port = {7, 7},
				 .transport = PORTROLL_TCP,
				 .description = {description, ARRAY_LEN(description)},
				 .references = {generated_references, 2}};
	const struct record nameless = {.has_port = true, .port = {8, 9}};
	assert_int_equal(registry_add(reg, &r), 0);
	assert_int_equal(registry_add(reg, &nameless), 0);
	assert_int_equal(registry_add_person(reg, &person), 0);
	return reg;
}

/* The rules of data.md section 3, line by line. */
/* clang-format off */
static const char expected_2026[] =
	"                                                                        Ports\n"
	"\n"
	"Copy\n"
	"        iana, copy of 2026-08-17\n"
	"\n"
	"Last Updated\n"
	"        2026-08-17\n"
	"\n"
	"Expert(s)\n"
	"\n"
	" A\n"
	" B\n"
	"\n"
	"Reference\n"
	"        [RFC6335]\n"
	"\n"
	"Note\n"
	"\n"
	" See\n"
	"   [RFC6335]\n"
	"\n"
	"\n"
	"Service Name Port Number Transport Protocol Description Assignee Contact Registr"
	"ation  Modification     Reference      Service Unauthorized Assignment\n"
	"                                                                             Dat"
	"e          Date                         Code   Use Reported   Notes\n"
	"                                            Old words\n"
	"                                                                                "
	"                    [RFC6335][RFC8765,\n"
	"one               7             tcp         new \u00e9                          "
	"                         Section 6.1]\n"
	"\n"
	"                                            apart\n"
	"                 8-9\n"
	"\n"
	"                                                                 Contact Informa"
	"tion\n"
	"\n"
	" ID   Name          Contact URI          Last Updated\n"
	"[A_B] A B  mailto:a&example.com\n"
	"           http://example.com/?a=1&b=<2>\n"
	"\n"
	"                                                                       Footnote\n"
	"\n"
	"[1] one\n"
	"    two\n"
	"\n";

static const char expected_2025[] =
	"   Internet Assigned Numbers Authority\n"
	"\n"
	"     \u2022\u00a0Domains\n"
	"     \u2022\u00a0Protocols\n"
	"     \u2022\u00a0Numbers\n"
	"     \u2022\u00a0About\n"
	"\n"
	"                                                                        Ports\n"
	"\n"
	"   Last Updated\n"
	"   2026-08-17\n"
	"\n"
	"   Expert(s)\n"
	"\n"
	" A\n"
	" B\n"
	"\n"
	"   Reference\n"
	"   [RFC6335]\n"
	"\n"
	"   Note\n"
	"\n"
	" See\n"
	"   [RFC6335]\n"
	"\n"
	"\n"
	"   Available Formats\n"
	"   [IMG]\n"
	"   CSV [IMG]\n"
	"   XML [IMG]\n"
	"   HTML [IMG]\n"
	"   Plain text\n"
	"\n"
	"Service Name Port Number Transport Protocol Description Assignee Contact Registr"
	"ation  Modification     Reference      Service Unauthorized Assignment\n"
	"                                                                             Dat"
	"e          Date                         Code   Use Reported   Notes\n"
	"                                            Old words\n"
	"                                                                                "
	"                    [RFC6335][RFC8765,\n"
	"one               7             tcp         new \u00e9                          "
	"                         Section 6.1]\n"
	"\n"
	"                                            apart\n"
	"                 8-9\n"
	"\n"
	"                                                                 Contact Informa"
	"tion\n"
	"\n"
	" ID   Name          Contact URI          Last Updated\n"
	"[A_B] A B  mailto:a&example.com\n"
	"           http://example.com/?a=1&b=<2>\n"
	"\n"
	"                                                                       Footnote\n"
	"\n"
	"   [1] one\n"
	"       two\n"
	"\n"
	"   Licensing Terms\n";

/* clang-format on */
static void check_style(unsigned style, bool masthead, const char *expected)
{
	struct arena a = ARENA_INIT;
	struct registry *reg = two_records(&a);
	const struct write_options o = {.style = style,
					.masthead = masthead,
					.provenance = STR("iana, copy of 2026-08-17")};
	struct buf out = case_write(reg, text_write, &o, NULL);
	assert_lines_equal(buf_str(&out), str_from(expected));
	buf_done(&out);
	arena_done(&a);
}

static void a_small_registry_in_the_style_of_2026(void **state)
{
	(void)state;
	check_style(0, false, expected_2026);
}

static void a_small_registry_in_the_style_of_2025_with_masthead(void **state)
{
	(void)state;
	check_style(2025, true, expected_2025);
}

static void a_full_table_has_every_name_and_no_blank_at_a_line_end(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = generated_registry(&a, GENERATED_COUNT);
	struct buf out = case_write(reg, text_write, NULL, NULL);
	struct portroll_str rest = buf_str(&out), line;
	size_t named = 0, lines_with_name = 0;
	while (str_cut(&rest, '\n', &line)) {
		assert_false(str_ends(line, STR(" ")));
		lines_with_name += str_starts(line, STR("service-"));
	}
	for (size_t i = 0; i < reg->record_count; i++)
		named += str_starts(reg->records[i]->name, STR("service-"));
	assert_int_equal(lines_with_name, named);
	buf_done(&out);
	arena_done(&a);
}

static int write_small(void *context)
{
	struct buf out = BUF_INIT((size_t)1 << 20);
	static const struct write_options o = {.masthead = true};
	text_write(&out, context, &o, NULL);
	int failed = out.failed;
	buf_done(&out);
	return failed;
}

static void every_failing_allocation_is_said(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	oom_sweep(write_small, two_records(&a));
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(iana_text_is_made_from_the_xml_to_the_byte),
		cmocka_unit_test(a_small_registry_in_the_style_of_2026),
		cmocka_unit_test(a_small_registry_in_the_style_of_2025_with_masthead),
		cmocka_unit_test(a_full_table_has_every_name_and_no_blank_at_a_line_end),
		cmocka_unit_test(every_failing_allocation_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

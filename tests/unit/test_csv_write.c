/* SPDX-License-Identifier: MIT */
#include "generated.h"
#include "write_case.h"

static void iana_csv_is_made_from_the_xml_to_the_byte(void **state)
{
	(void)state;
	struct write_case c;
	struct file_bytes want = {0};
	if (!case_shared(&c, "iana-2026-02-13.xml", "xml"))
		skip();
	assert_true(shared_file(&want, "iana-2026-02-13.csv"));
	struct buf out = case_write(c.reg, csv_write, NULL, NULL);
	assert_lines_equal(buf_str(&out), want.bytes);
	buf_done(&out);
	file_release(&want);
	case_done(&c);
}

static void cells_are_folded_and_quoted_as_iana_does(void **state)
{
	(void)state;
	static const struct run note[] = {
		{.kind = RUN_TEXT, .text = TEXT("for \n      \"RadSec\"")},
		{.kind = RUN_BREAK},
		{.kind = RUN_TEXT, .text = TEXT("keys:")},
		{.kind = RUN_PARAGRAPH_BEGIN},
		{.kind = RUN_TEXT, .text = TEXT("td")},
		{.kind = RUN_PARAGRAPH_END},
	};
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	assert_non_null(reg);
	const struct record r = {
		.name = STR("a"),
		.has_port = true,
		.port = {3367, 3371},
		.description = richtext_plain(&a, STR("\n with\n a, b ")),
		.unauthorized = STR(" cr\ronly"),
		.references = {generated_references, 2},
		.note = {note, ARRAY_LEN(note)},
	};
	assert_int_equal(registry_add(reg, &r), 0);
	struct buf out = case_write(reg, csv_write, NULL, NULL);
	struct portroll_str row = buf_str(&out);
	row = str_part(row, str_find(row, STR("\r\n")) + 2, row.len);
	assert_text(row, "a,3367-3371,,\"with\n a, b\",,,,,\"[RFC6335][RFC8765, Section 6.1]\",,"
			 "\"cr\ronly\",\"for \"\"RadSec\"\"keys:        td\"\r\n");
	buf_done(&out);
	arena_done(&a);
}

/* What one reading has lost, the next ones do not lose again. */
static void csv_of_a_csv_is_the_same_csv(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = generated_registry(&a, GENERATED_COUNT);
	struct buf first = case_write(reg, csv_write, NULL, NULL);
	struct write_case c = {0};
	case_read(&c, buf_str(&first), "csv");
	struct buf second = case_write(c.reg, csv_write, NULL, NULL);
	assert_lines_equal(buf_str(&second), buf_str(&first));
	buf_done(&first);
	buf_done(&second);
	case_done(&c);
	arena_done(&a);
}

static int count_bytes(void *context, struct portroll_str bytes)
{
	size_t *count = context;
	assert_true(bytes.len <= (size_t)64 << 10);
	*count += bytes.len;
	return PORTROLL_OK;
}

/* A drained buffer gets the same bytes, in small pieces, from every writer. */
static void output_of_any_size_streams(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = generated_registry(&a, GENERATED_COUNT);
	static const struct write_options o = {0};
	for (const struct format *f = formats; f->name; f++) {
		if (!f->write)
			continue;
		size_t drained = 0;
		struct buf whole = case_write(reg, f->write, NULL, NULL);
		struct buf out = BUF_DRAIN(count_bytes, &drained);
		f->write(&out, reg, &o, NULL);
		assert_int_equal(buf_flush(&out), 0);
		assert_int_equal(drained, whole.len);
		buf_done(&out);
		buf_done(&whole);
	}
	arena_done(&a);
}

static int write_generated(void *context)
{
	struct buf out = BUF_INIT((size_t)1 << 24);
	static const struct write_options o = {0};
	csv_write(&out, context, &o, NULL);
	int failed = out.failed;
	buf_done(&out);
	return failed;
}

static void every_failing_allocation_is_said(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	oom_sweep(write_generated, generated_registry(&a, 100));
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(iana_csv_is_made_from_the_xml_to_the_byte),
		cmocka_unit_test(cells_are_folded_and_quoted_as_iana_does),
		cmocka_unit_test(csv_of_a_csv_is_the_same_csv),
		cmocka_unit_test(output_of_any_size_streams),
		cmocka_unit_test(every_failing_allocation_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

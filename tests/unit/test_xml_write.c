/* SPDX-License-Identifier: MIT */
#include "generated.h"
#include "write_case.h"

static const struct {
	const char *file, *form;
} shared[] = {
	{"iana-2025-10-22.xml", "xml"},
	{"iana-2026-02-13.xml", "xml"},
	{"iana-2026-08-17.xml", "xml"},
};

static void check_round_trip(const struct registry *reg)
{
	struct write_case again = {0};
	struct loss loss = {0};
	struct buf out = case_write(reg, xml_write, NULL, &loss);
	case_read(&again, buf_str(&out), "xml");
	assert_registries_equal(reg, again.reg);
	assert_false(loss_any(&loss));
	buf_done(&out);
	case_done(&again);
}

static void each_xml_of_iana_comes_back_equal(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(shared); i++) {
		struct write_case c;
		if (!case_shared(&c, shared[i].file, shared[i].form))
			skip();
		check_round_trip(c.reg);
		case_done(&c);
	}
}

static void the_shipped_page_comes_back_equal(void **state)
{
	(void)state;
	struct write_case c;
	case_file(&c, SHIPPED_PAGE, "page");
	check_round_trip(c.reg);
	case_done(&c);
}

static void the_csv_of_debian_comes_back_equal(void **state)
{
	(void)state;
	struct write_case c;
	if (!file_exists(DEBIAN_CSV))
		skip();
	case_file(&c, DEBIAN_CSV, "csv");
	check_round_trip(c.reg);
	case_done(&c);
}

static void a_generated_registry_of_full_size_comes_back_equal(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	check_round_trip(generated_registry(&a, GENERATED_COUNT));
	arena_done(&a);
}

static void an_extra_that_xml_refuses_is_reported_and_left_out(void **state)
{
	(void)state;
	static const struct extra extras[] = {
		{TEXT("a><b"), TEXT("1"), false},  {TEXT("date"), TEXT("2"), false},
		{TEXT("twice"), TEXT("3"), false}, {TEXT("twice"), TEXT("4"), false},
		{TEXT("name"), TEXT("5"), true},   {TEXT("1digit"), TEXT("6"), true},
	};
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	struct write_case again = {0};
	struct loss loss = {0};
	assert_non_null(reg);
	const struct record r = {.name = STR("a"), .extras = {extras, ARRAY_LEN(extras)}};
	assert_int_equal(registry_add(reg, &r), 0);
	struct buf out = case_write(reg, xml_write, NULL, &loss);
	case_read(&again, buf_str(&out), "xml");
	assert_int_equal(again.reg->records[0]->extras.count, 1);
	assert_text(again.reg->records[0]->extras.items[0].value, "3");
	assert_int_equal(loss.counts[LOSS_COLUMNS], 5);
	buf_done(&out);
	case_done(&again);
	arena_done(&a);
}

static void provenance_cannot_end_its_comment(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = generated_registry(&a, 10);
	struct write_case again = {0};
	const struct write_options o = {.provenance = STR("a ---> <b> --")};
	struct buf out = case_write(reg, xml_write, &o, NULL);
	case_read(&again, buf_str(&out), "xml");
	assert_registries_equal(reg, again.reg);
	buf_done(&out);
	case_done(&again);
	arena_done(&a);
}

static int write_generated(void *context)
{
	struct buf out = BUF_INIT((size_t)1 << 24);
	static const struct write_options o = {0};
	xml_write(&out, context, &o, NULL);
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
		cmocka_unit_test(each_xml_of_iana_comes_back_equal),
		cmocka_unit_test(the_shipped_page_comes_back_equal),
		cmocka_unit_test(the_csv_of_debian_comes_back_equal),
		cmocka_unit_test(a_generated_registry_of_full_size_comes_back_equal),
		cmocka_unit_test(an_extra_that_xml_refuses_is_reported_and_left_out),
		cmocka_unit_test(provenance_cannot_end_its_comment),
		cmocka_unit_test(every_failing_allocation_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

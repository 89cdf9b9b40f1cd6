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

static void check_round_trip_as(const struct registry *reg, const struct write_options *o)
{
	struct write_case again = {0};
	struct loss loss = {0};
	struct buf out = case_write(reg, json_write, o, &loss);
	case_read(&again, buf_str(&out), "json");
	assert_registries_equal(reg, again.reg);
	assert_false(loss_any(&loss));
	buf_done(&out);
	case_done(&again);
}

static void check_round_trip(const struct registry *reg)
{
	const struct write_options document = {.provenance = STR("where \"it\" is from")};
	const struct write_options lines = {.one_per_line = true};
	check_round_trip_as(reg, &document);
	check_round_trip_as(reg, &lines);
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

static int write_generated(void *context)
{
	struct buf out = BUF_INIT((size_t)1 << 24);
	static const struct write_options o = {0};
	json_write(&out, context, &o, NULL);
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
		cmocka_unit_test(every_failing_allocation_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

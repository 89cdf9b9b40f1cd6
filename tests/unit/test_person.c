/* SPDX-License-Identifier: MIT */
#include "snapshot_case.h"

static const struct person_case {
	const char *asked;
	bool is_there;
	const char *id, *name, *organisation, *uri;
	uint32_t uri_count, updated;
} cases[] = {
	{"Jane_Example", true, "Jane_Example", "Jane Ex\xc3\xa4mple", "", "mailto:jane&example.com",
	 1, 20240229},
	{"[Jane_Example]", true, "Jane_Example", "Jane Ex\xc3\xa4mple", "",
	 "mailto:jane&example.com", 1, 20240229},
	{"Example_Org", true, "Example_Org", "", "Example Organisation", "mailto:jane&example.com",
	 2, 20240300},
	{"Example_Org_2", true, "Example_Org_2", "", "", "", 0, 0},
	{"One_Uri", true, "One_Uri", "", "", "http://example.com/", 1, 20240000},
	{"jane_example", false, "", "", "", "", 0, 0},
	{"[[Jane_Example]]", false, "", "", "", "", 0, 0},
	{"[Jane_Example", false, "", "", "", "", 0, 0},
	{"[]", false, "", "", "", "", 0, 0},
	{"[", false, "", "", "", "", 0, 0},
	{"", false, "", "", "", "", 0, 0},
};

static void a_person_is_found_by_the_exact_id(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct buf out;
	struct roll *roll = case_roll(&a);
	const struct portroll_str uri = STR_INIT("http://example.com/");
	const struct person one = {
		.id = STR("One_Uri"), .uris = &uri, .uri_count = 1, .updated = {2024, 0, 0}};
	assert_int_equal(registry_add_person(roll->sources[1].registry, &one), PORTROLL_OK);
	case_compile(&out, roll);
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_FULL);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct person_case *c = &cases[i];
		struct portroll_person p = {.source = 0};
		assert_int_equal(portroll_find_person(s, str_from(c->asked), &p), c->is_there);
		assert_text(p.id, c->id);
		assert_text(p.name, c->name);
		assert_text(p.organisation, c->organisation);
		assert_text(p.uri, c->uri);
		assert_int_equal(p.uri_count, c->uri_count);
		assert_int_equal(p.updated, c->updated);
		assert_int_equal(p.source, c->is_there);
	}
	portroll_close(s);
	buf_done(&out);
	arena_done(&a);
}

static void the_first_source_that_has_a_person_tells_of_them(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct buf out;
	struct roll *roll = case_roll(&a);
	const struct person own = {.id = STR("Jane_Example"), .name = STR("Our own")};
	assert_int_equal(registry_add_person(roll->sources[0].registry, &own), PORTROLL_OK);
	case_compile(&out, roll);
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_FULL);
	struct portroll_person p;
	assert_true(portroll_find_person(s, STR("Jane_Example"), &p));
	assert_text(p.name, "Our own");
	assert_int_equal(p.source, 0);
	portroll_close(s);
	buf_done(&out);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_is_found_by_the_exact_id),
		cmocka_unit_test(the_first_source_that_has_a_person_tells_of_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

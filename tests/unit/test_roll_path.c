/* SPDX-License-Identifier: MIT */
#include "verbs/roll_path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/macros.h"

static void the_folder_is_found_in_order(void **state)
{
	(void)state;
	static const struct {
		struct roll_environment environment;
		const char *folder;
	} cases[] = {
		{{"/srv/roll", "/data", "/home/u", true, NULL, NULL}, "/srv/roll"},
		{{"", "/data", "/home/u", true, NULL, NULL}, "/var/lib/portroll"},
		{{NULL, "/data", "/home/u", false, NULL, NULL}, "/data/portroll"},
		{{NULL, "data", "/home/u", false, NULL, NULL}, "/home/u/.local/share/portroll"},
		{{NULL, NULL, "/home/u", false, NULL, NULL}, "/home/u/.local/share/portroll"},
		{{"roll", NULL, NULL, false, NULL, NULL}, "roll"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		char *folder;
		assert_int_equal(roll_folder_to_write(&folder, &cases[i].environment, &a, NULL),
				 PORTROLL_OK);
		assert_string_equal(folder, cases[i].folder);
	}
}

static void a_user_without_home_is_asked_for_a_folder(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct portroll_error err = {0};
	char *path;
	struct roll_environment nothing = {.data_home = "relative"};
	assert_int_equal(roll_folder_to_write(&path, &nothing, &a, &err), PORTROLL_EINVAL);
	assert_int_equal(err.code, PORTROLL_EINVAL);
}

static void a_user_without_home_reads_the_roll_of_the_system(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct roll_environment nothing = {.data_home = "relative"};
	char *path;
	assert_int_equal(roll_snapshot_to_read(&path, &nothing, &a, NULL), PORTROLL_OK);
	assert_string_equal(path, "/var/lib/portroll/snapshot");
}

static void a_named_folder_is_read_even_when_it_is_empty(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct roll_environment e = {.folder = "/nonexistent/roll"};
	char *path;
	assert_int_equal(roll_snapshot_to_read(&path, &e, &a, NULL), PORTROLL_OK);
	assert_string_equal(path, "/nonexistent/roll/snapshot");
}

static void what_was_signed_is_noted_apart_from_the_roll(void **state)
{
	(void)state;
	static const struct {
		struct roll_environment environment;
		const char *folder;
	} cases[] = {
		{{.state = "/srv/state", .state_home = "/state", .is_root = true}, "/srv/state"},
		{{.folder = "/srv/roll", .state = "", .is_root = true}, "/var/lib/portroll-state"},
		{{.state_home = "/state", .home = "/home/u"}, "/state/portroll"},
		{{.state_home = "state", .home = "/home/u"}, "/home/u/.local/state/portroll"},
	};
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	char *folder;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(roll_state_folder(&folder, &cases[i].environment, &a, NULL),
				 PORTROLL_OK);
		assert_string_equal(folder, cases[i].folder);
	}
	struct roll_environment nothing = {.folder = "/srv/roll", .state_home = "state"};
	assert_int_equal(roll_state_folder(&folder, &nothing, &a, NULL), PORTROLL_EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_folder_is_found_in_order),
		cmocka_unit_test(a_user_without_home_is_asked_for_a_folder),
		cmocka_unit_test(a_user_without_home_reads_the_roll_of_the_system),
		cmocka_unit_test(a_named_folder_is_read_even_when_it_is_empty),
		cmocka_unit_test(what_was_signed_is_noted_apart_from_the_roll),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

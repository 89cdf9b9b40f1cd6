/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/macros.h"

static void assert_text(struct portroll_str text, const char *expected)
{
	if (!str_equal(text, str_from(expected)))
		fail_msg("'%.*s' is not '%s'", PORTROLL_STR_ARG(text), expected);
}

static void the_user_part_is_taken_out_and_the_host_found(void **state)
{
	(void)state;
	static const struct {
		const char *url, *without_user, *host;
	} cases[] = {
		{"https://example.com/a@b", "https://example.com/a@b", "example.com"},
		{"https://me:secret@example.com:8443/x", "https://example.com:8443/x",
		 "example.com"},
		{"https://me:sec@ret@example.com", "https://example.com", "example.com"},
		{"https://example.com?q=a@b", "https://example.com?q=a@b", "example.com"},
		{"http://me@[::1]:80/", "http://[::1]:80/", "::1"},
		{"http://[::1", "http://[::1", "::1"},
		{"http://[::1]", "http://[::1]", "::1"},
		{"http://[::1]evil/", "http://[::1]evil/", ""},
		{"/tmp/a@b.xml", "/tmp/a@b.xml", ""},
		{"https://", "https://", ""},
		{"https://@", "https://", ""},
		{"", "", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct portroll_str url = str_from(cases[i].url);
		assert_text(url_without_user(url, &a), cases[i].without_user);
		assert_text(url_host(url), cases[i].host);
		assert_false(a.failed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_user_part_is_taken_out_and_the_host_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

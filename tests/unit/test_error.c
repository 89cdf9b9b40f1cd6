/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <errno.h>

#include "test.h"

static void the_first_error_wins(void **state)
{
	(void)state;
	struct portroll_error err = {0};
	assert_int_equal(error_at(&err, PORTROLL_ESYNTAX, 3, 7, "port %d", 70000),
			 PORTROLL_ESYNTAX);
	assert_int_equal(error_set(&err, PORTROLL_EINVAL, "later"), PORTROLL_EINVAL);
	assert_int_equal(error_sys(&err, EACCES, "later"), PORTROLL_ESYSTEM);
	assert_int_equal(error_memory(&err), PORTROLL_ENOMEM);
	assert_int_equal(err.code, PORTROLL_ESYNTAX);
	assert_int_equal(err.line, 3);
	assert_int_equal(err.column, 7);
	assert_string_equal(err.text, "port 70000");
}

static void nobody_needs_to_listen(void **state)
{
	(void)state;
	assert_int_equal(error_set(NULL, PORTROLL_ERULE, "x"), PORTROLL_ERULE);
	assert_int_equal(error_at(NULL, PORTROLL_ELIMIT, 1, 1, "x"), PORTROLL_ELIMIT);
	assert_int_equal(error_sys(NULL, EIO, "x"), PORTROLL_ESYSTEM);
	assert_int_equal(error_memory(NULL), PORTROLL_ENOMEM);
}

static void control_characters_never_reach_a_message(void **state)
{
	(void)state;
	struct portroll_error err = {0};
	(void)error_set(&err, PORTROLL_EINVAL, "%s", "a\x1b[31m\n\x7f\tb\xc2\x9b\xc3\xa9");
	for (const char *c = err.text; *c; c++)
		assert_true((unsigned char)*c >= ' ' && *c != 0x7f);
	struct portroll_str text = str_from(err.text);
	assert_int_equal(str_find(text, STR("\xc2\x9b")), SIZE_MAX);
	assert_true(str_ends(text, STR("\xc3\xa9")));
}

static void a_system_error_says_why(void **state)
{
	(void)state;
	struct portroll_error err = {0};
	(void)error_sys(&err, ENOENT, "%s: cannot be opened", "roll");
	assert_int_equal(err.sys_errno, ENOENT);
	assert_string_equal(err.text, "roll: cannot be opened: No such file or directory");
	err = (struct portroll_error){0};
	(void)error_sys(&err, 99999, "x");
	assert_string_equal(err.text, "x: unknown error");
}

static void long_messages_are_cut(void **state)
{
	(void)state;
	char text[2000];
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	struct portroll_error err = {0};
	(void)error_set(&err, PORTROLL_EINVAL, "%s", text);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_true(str_ends(str_from(err.text), STR("xx...")));
	err = (struct portroll_error){0};
	(void)error_sys(&err, EIO, "%s", text);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_true(str_ends(str_from(err.text), STR("xx: Input/output error")));
}

static void every_code_has_words(void **state)
{
	(void)state;
	for (int code = PORTROLL_OK; code >= PORTROLL_ERROR_LAST; code--)
		assert_string_not_equal(error_text(code), "unknown error");
	assert_string_equal(error_text(1), "unknown error");
	assert_string_equal(error_text(PORTROLL_ERROR_LAST - 1), "unknown error");
	assert_string_equal(error_text(INT32_MIN), "unknown error");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_error_wins),
		cmocka_unit_test(nobody_needs_to_listen),
		cmocka_unit_test(control_characters_never_reach_a_message),
		cmocka_unit_test(a_system_error_says_why),
		cmocka_unit_test(long_messages_are_cut),
		cmocka_unit_test(every_code_has_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

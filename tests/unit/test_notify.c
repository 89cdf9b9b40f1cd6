/* SPDX-License-Identifier: MIT */
#include "desk/notify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/macros.h"

#define HOOK "Webhook: log\nURL: https://example.com/hook\nSecret: 0123456789abcdef\n"

static void mail_and_webhooks_are_read(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct notify_settings s;
	const char *text =
		"# who is told\nMail: smtps://mail.example.com\nFrom: ports@example.com\n"
		"User: ports\nPassword: a b\nLink: https://ports.example.com\n\n" HOOK;
	assert_int_equal(notify_read(&s, str_from(text), &a, NULL), PORTROLL_OK);
	assert_true(str_equal(s.mail, STR("smtps://mail.example.com")));
	assert_true(str_equal(s.password, STR("a b")));
	assert_int_equal(s.webhook_count, 1);
	assert_non_null(notify_webhook(&s, STR("log")));
	assert_null(notify_webhook(&s, STR("other")));
}

static void nothing_is_nobody(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "# nothing\n", "\n\n"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct notify_settings s;
		assert_int_equal(notify_read(&s, str_from(texts[i]), &a, NULL), PORTROLL_OK);
		assert_int_equal(s.mail.len, 0);
		assert_int_equal(s.webhook_count, 0);
	}
}

static void what_is_wrong_is_said_with_its_line_and_without_secrets(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t line;
		const char *says;
	} cases[] = {
		{"Mail: telnet://example.com\nFrom: a@example.com\n", 1, "expected sendmail"},
		{"Mail: sendmail\n", 1, "needs From"},
		{"Mail: sendmail\nFrom: nobody\n", 2, "a mail address"},
		{"Mail: sendmail\nFrom: a@example.com\nColour: red\n", 3, "no setting 'Colour'"},
		{"Link: http://example.com\n", 1, "https"},
		{"Webhook: x\nURL: http://example.com\nSecret: 0123456789abcdef\n", 2, "https"},
		{"Webhook: x\nURL: https://example.com\nSecret: topsecret\n", 3, "16 bytes"},
		{"Webhook: x\nURL: https://example.com\n", 1, "needs URL and Secret"},
		{HOOK "\n" HOOK, 5, "two webhooks"},
		{"Link: https://example.com\n\nMail: sendmail\n", 3, "Webhook: NAME"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct portroll_error err = {0};
		struct notify_settings s;
		assert_int_equal(notify_read(&s, str_from(cases[i].text), &a, &err),
				 PORTROLL_ESYNTAX);
		assert_int_equal(err.line, cases[i].line);
		if (!strstr(err.text, cases[i].says))
			fail_msg("'%s' does not say '%s'", err.text, cases[i].says);
		assert_null(strstr(err.text, "topsecret"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mail_and_webhooks_are_read),
		cmocka_unit_test(nothing_is_nobody),
		cmocka_unit_test(what_is_wrong_is_said_with_its_line_and_without_secrets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

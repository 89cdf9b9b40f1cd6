/* SPDX-License-Identifier: MIT */
#include "desk/letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/macros.h"

static const struct letter_word words[] = {
	{"request", STR_INIT("R-42")},
	{"reason", STR_INIT("no {state} here")},
	{"due", {NULL, 0}},
	{NULL, {NULL, 0}},
};

static struct paragraph_list read(const char *text, struct arena *a)
{
	struct paragraph_list list;
	assert_int_equal(paragraphs_read(&list, str_from(text), a, NULL), PORTROLL_OK);
	return list;
}

static void words_are_replaced_once_and_empty_lines_of_words_left_out(void **state)
{
	(void)state;
	static const struct {
		const char *line, *expected;
	} cases[] = {
		{"{request}: {reason}", "R-42: no {state} here\n"},
		{"due {due}", ""},
		{"{due} {request}", " R-42\n"},
		{"{unknown} {", "{unknown} {\n"},
		{"{{request}}", "{R-42}\n"},
		{"}{", "}{\n"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		CLEANUP(buf_done) struct buf text = BUF_INIT(1000);
		struct letter letter;
		buf_printf(&text, "Template: step\nText: first\n %s\n", cases[i].line);
		buf_putc(&text, '\0');
		struct paragraph_list own = read(text.ptr, &a);
		assert_int_equal(letter_make(&letter, "step", &own, words, &a), PORTROLL_OK);
		struct portroll_str rest = str_part(letter.text, sizeof("first\n") - 1, SIZE_MAX);
		if (!str_equal(rest, str_from(cases[i].expected)))
			fail_msg("'%.*s' is not '%s'", PORTROLL_STR_ARG(rest), cases[i].expected);
	}
}

static void an_own_template_may_have_one_part_only(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct paragraph_list own = read("Template: decline\nSubject: no: {request}\n", &a);
	struct letter letter;
	assert_int_equal(letter_make(&letter, "decline", &own, words, &a), PORTROLL_OK);
	assert_true(str_equal(letter.subject, STR("no: R-42")));
	assert_true(str_find(letter.text, STR("portroll request appeal R-42")) != SIZE_MAX);
	assert_int_equal(letter_make(&letter, "nothing", &own, words, &a), PORTROLL_EINVAL);
}

static void templates_that_are_not_known_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t line;
	} cases[] = {
		{"Template: stop\nText: x\n", 1},
		{"Text: x\n", 1},
		{"Template: step\nBody: x\n", 2},
	};
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct paragraph_list good =
		read("Template: step\nText: x\n\nTemplate: ask\nSubject: y\n", &a);
	assert_int_equal(letter_check(&good, NULL), PORTROLL_OK);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct portroll_error err = {0};
		struct paragraph_list list = read(cases[i].text, &a);
		assert_int_equal(letter_check(&list, &err), PORTROLL_ESYNTAX);
		assert_int_equal(err.line, cases[i].line);
	}
}

static void a_message_has_its_headers_and_no_others(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf out = BUF_INIT(10000);
	const struct message m = {
		.from = STR("ports@example.com"),
		.to = STR("a@example.com\nBcc: b@example.com"),
		.subject = STR("R-1: \n\nX: Jos\303\251"),
		.text = STR("hello\n.\nmore\n"),
		.id = STR("00ff"),
		.time = 1795418400,
	};
	message_put(&out, &m);
	assert_true(str_equal(
		buf_str(&out),
		STR("From: ports@example.com\nTo: a@example.comBcc:b@example.com\n"
		    "Subject: =?UTF-8?B?Ui0xOiAKClg6IEpvc8Op?=\n"
		    "Date: Mon, 23 Nov 2026 07:20:00 +0000\nMessage-ID: <00ff@example.com>\n"
		    "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
		    "Content-Type: text/plain; charset=utf-8\n"
		    "Content-Transfer-Encoding: base64\n\naGVsbG8KLgptb3JlCg==\n")));
}

static void long_subjects_are_cut_between_letters(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf out = BUF_INIT(10000), subject = BUF_INIT(1000);
	for (int i = 0; i < 30; i++)
		buf_puts(&subject, "\342\202\254x");
	const struct message m = {.from = STR("a@example.com"), .subject = buf_str(&subject)};
	message_put(&out, &m);
	struct portroll_str rest = buf_str(&out), line;
	while (str_cut(&rest, '\n', &line))
		assert_true(line.len <= 78);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_replaced_once_and_empty_lines_of_words_left_out),
		cmocka_unit_test(an_own_template_may_have_one_part_only),
		cmocka_unit_test(templates_that_are_not_known_are_refused),
		cmocka_unit_test(a_message_has_its_headers_and_no_others),
		cmocka_unit_test(long_subjects_are_cut_between_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

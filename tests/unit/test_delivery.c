/* SPDX-License-Identifier: MIT */
#include "desk/delivery.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/macros.h"

#define ID "000069aabbccdd000102030405060708"

static const struct delivery mail = {
	.id = STR_INIT(ID),
	.to = STR_INIT("ports@example.com"),
	.event = STR_INIT("decline"),
	.request = STR_INIT("R-42"),
	.subject = STR_INIT("R-42: declined"),
	.text = STR_INIT("Your request\nwas declined\n"),
	.created = 1795418400,
	.next = 1795418460,
	.attempts = 1,
	.last_error = STR_INIT("example.com: Couldn't connect to server"),
	.version = 3,
};

static void a_paper_gives_the_delivery_back(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct stored_paper paper;
	struct delivery d;
	assert_int_equal(delivery_paper(&paper, &mail, &a, NULL), PORTROLL_OK);
	assert_true(str_equal(paper.kind, STR("delivery")));
	assert_int_equal(paper.version, 3);
	assert_int_equal(delivery_read(&d, &paper, &a, NULL), PORTROLL_OK);
	assert_true(str_equal(d.id, mail.id) && str_equal(d.to, mail.to));
	assert_true(str_equal(d.event, mail.event) && str_equal(d.request, mail.request));
	assert_true(str_equal(d.subject, mail.subject) && str_equal(d.text, mail.text));
	assert_true(str_equal(d.last_error, mail.last_error));
	assert_true(d.created == mail.created && d.next == mail.next);
	assert_int_equal(d.attempts, 1);
	assert_int_equal(d.state, DELIVERY_WAITING);
	assert_int_equal(d.way, DELIVERY_MAIL);
}

static void damaged_papers_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *id, *body;
	} cases[] = {
		{ID, ""},
		{ID, "{}"},
		{ID, "[]"},
		{ID,
		 "{\"attempts\":-1,\"created\":1,\"event\":\"a\",\"next\":1,\"request\":\"R-1\","
		 "\"state\":\"waiting\",\"text\":\"t\",\"to\":\"x\",\"way\":\"mail\"}"},
		{ID, "{\"attempts\":1,\"created\":1,\"event\":\"a\",\"next\":1,\"request\":\"R-1\","
		     "\"state\":\"lost\",\"text\":\"t\",\"to\":\"x\",\"way\":\"mail\"}"},
		{"../../etc",
		 "{\"attempts\":1,\"created\":1,\"event\":\"a\",\"next\":1,\"request\":\"R-1\","
		 "\"state\":\"sent\",\"text\":\"t\",\"to\":\"x\",\"way\":\"mail\"}"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct portroll_error err = {0};
		struct delivery d;
		const struct stored_paper paper = {.kind = STR("delivery"),
						   .id = str_from(cases[i].id),
						   .body = str_from(cases[i].body)};
		assert_int_equal(delivery_read(&d, &paper, &a, &err), PORTROLL_ECORRUPT);
		assert_non_null(strstr(err.text, "is damaged"));
	}
}

static void pauses_grow_to_a_day(void **state)
{
	(void)state;
	static const struct {
		uint32_t attempts;
		int64_t pause;
	} cases[] = {{0, 60},     {1, 60},     {2, 120},           {5, 960},
		     {11, 61440}, {12, 86400}, {UINT32_MAX, 86400}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(delivery_pause(cases[i].attempts), cases[i].pause);
}

static void attempts_end_in_sent_or_failed(void **state)
{
	(void)state;
	struct delivery d = mail;
	delivery_tried(&d, STR("no"), 100);
	assert_int_equal(d.state, DELIVERY_WAITING);
	assert_int_equal(d.next, 100 + delivery_pause(2));
	d.attempts = DELIVERY_ATTEMPTS_MAX - 1;
	delivery_tried(&d, STR("no"), 100);
	assert_int_equal(d.state, DELIVERY_FAILED);
	d = mail;
	delivery_tried(&d, STR_NONE, 100);
	assert_int_equal(d.state, DELIVERY_SENT);
	assert_int_equal(d.last_error.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paper_gives_the_delivery_back),
		cmocka_unit_test(damaged_papers_are_refused),
		cmocka_unit_test(pauses_grow_to_a_day),
		cmocka_unit_test(attempts_end_in_sent_or_failed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "registry/record.h"

#include "test.h"

static const struct xref person = {.type = XREF_PERSON, .data = STR_INIT("IESG")};
static const struct run run = {.kind = RUN_TEXT, .text = STR_INIT("text")};
static const struct extra extra = {STR_INIT("frequency"), STR_INIT("0.4"), false};

static void every_member_of_a_record_counts_but_the_copy(void **state)
{
	(void)state;
	struct record r = {.name = STR("http"), .has_port = true, .port = {80, 80}};
	struct record others[18];
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		others[i] = r;
	size_t n = 0;
	others[n++].name = STR("HTTP");
	others[n++].port.first = 79;
	others[n++].port.last = 81;
	others[n++].has_port = false;
	others[n++].transport = PORTROLL_TCP;
	others[n++].service_code = 1;
	others[n++].has_service_code = true;
	others[n++].has_assignee = true;
	others[n++].registered = (struct date){2014, 7, 0};
	others[n++].modified = (struct date){2014, 7, 1};
	others[n++].description = (struct richtext){&run, 1};
	others[n++].note = (struct richtext){&run, 1};
	others[n++].unauthorized = STR("yes");
	others[n++].contacts = (struct xref_list){&person, 1};
	others[n++].assignee = (struct xref_list){&person, 1};
	others[n++].references = (struct xref_list){&person, 1};
	others[n++].extras = (struct extra_list){&extra, 1};
	for (size_t i = 0; i < n; i++) {
		assert_true(record_equal(&others[i], &others[i]));
		if (record_equal(&r, &others[i]))
			fail_msg("member %zu", i);
	}
	others[n].copy = 1;
	assert_true(record_equal(&r, &others[n]));
}

static void every_member_of_a_person_counts(void **state)
{
	(void)state;
	const struct portroll_str uris[] = {STR("mailto:iesg&ietf.org"), STR("tel:1")};
	const struct person p = {.id = STR("IESG"), .uris = uris, .uri_count = 1};
	struct person others[] = {p, p, p, p, p, p, p};
	others[0].id = STR("iesg");
	others[1].name = STR("x");
	others[2].org = STR("x");
	others[3].uri_count = 2;
	others[4].uris = uris + 1;
	others[5].updated = (struct date){2014, 7, 1};
	others[6].extras = (struct extra_list){&extra, 1};
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		assert_true(person_equal(&others[i], &others[i]));
		assert_false(person_equal(&p, &others[i]));
	}
}

static void the_contact_stands_in_for_the_assignee(void **state)
{
	(void)state;
	const struct xref chair = {.type = XREF_PERSON, .data = STR("IETF_Chair")};
	struct record r = {.contacts = {&chair, 1}, .assignee = {&person, 1}};
	assert_text(record_assignee(&r).items[0].data, "IETF_Chair");
	r.has_assignee = true;
	assert_text(record_assignee(&r).items[0].data, "IESG");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_member_of_a_record_counts_but_the_copy),
		cmocka_unit_test(every_member_of_a_person_counts),
		cmocka_unit_test(the_contact_stands_in_for_the_assignee),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "procedure/iana_form.h"

#include "test.h"

static void put(struct buf *out, const char *text)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct document d;
	struct portroll_error err = {0};
	buf_clear(out);
	assert_int_equal(document_read(&d, str_from(text), &a, &err), 0);
	document_put_iana_form(out, &d);
	assert_int_equal(out->failed, 0);
}

static bool has(const struct buf *out, const char *part)
{
	return str_find(buf_str(out), str_from(part)) != SIZE_MAX;
}

#define BEGIN                                                                                      \
	"Service Name: example\n"                                                                  \
	"Assignee: Example <ports@example.com>\n"                                                  \
	"Contact: A <a@example.com>\n B <b@example.com>\n"

static void an_application_has_the_fields_in_their_order(void **state)
{
	(void)state;
	static const char *const labels[] = {
		"-- Assignee name (required) --\nExample\n",
		"-- Assignee email (required) --\nports@example.com\n",
		"-- Contact name (required) --\nA\n",
		"-- Contact email (required) --\na@example.com\n",
		"-- Resources required (required) --\nPort number and service name\n",
		"-- Transport protocols (required) --\nTCP, UDP\n",
		"-- Service name (required) --\nexample\n",
		"-- Desired port number --\n(leave it empty)\n",
		"-- Description (required) --\n(to be answered)\n",
		"-- UDP: how is its traffic limited",
		"-- How does the protocol differ on each transport?",
		"!! The form takes one contact. Tell IANA of the others:\nB <b@example.com>\n",
	};
	CLEANUP(buf_done) struct buf out = BUF_INIT(SIZE_MAX);
	put(&out, BEGIN "Transport Protocols: udp tcp\nPort Number: User\n");
	struct portroll_str rest = buf_str(&out);
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		size_t at = str_find(rest, str_from(labels[i]));
		if (at == SIZE_MAX)
			fail_msg("'%s' is not there, or too early", labels[i]);
		rest = str_part(rest, at + 1, rest.len);
	}
	assert_false(has(&out, "SCTP"));
	assert_false(has(&out, "Service code"));
}

static void what_applies_depends_on_the_request(void **state)
{
	(void)state;
	static const struct {
		const char *text, *part;
		bool is_there;
	} cases[] = {
		{BEGIN "Transport Protocols: tcp\n", "Service name only", true},
		{BEGIN "Transport Protocols: tcp\n", "Why a unique port", false},
		{BEGIN "Transport Protocols: tcp\nPort Number: 4460\n", "--\n4460\n", true},
		{BEGIN "Transport Protocols: dccp\n",
		 "-- Service code (required) --\n(to be answered)", true},
		{BEGIN "Transport Protocols: sctp\n", "SCTP: which of its capabilities", true},
		{BEGIN "Transport Protocols: tcp\nPort Number: System\n",
		 "The form is for User Ports", true},
		{BEGIN "Transport Protocols: tcp\nPort Number: 123\n", "The form is for User Ports",
		 true},
		{BEGIN "Transport Protocols: tcp\nPort Number: User\n",
		 "The form is for User Ports", false},
		{"Request: rename\nService Name: a\nProposed Service Name: b\nReason: r\n",
		 "-- Current service name (required) --\na\n\n-- Proposed service name (required) "
		 "--\nb\n\n-- Description: why (required) --\nr\n",
		 true},
		{"Request: rename\nService Name: a\n", "-- Assignee name --\n(as it is registered)",
		 true},
		{"Request: modify\nService Name: a\nReason: r\nDescription: new\n",
		 "--\nr\nNew Description: new\n", true},
		{"Request: modify\nService Name: a\n", "Proposed service name", false},
		{BEGIN "Why Not User: because\nSource: iana\n",
		 "no field for what follows: it can stand in the reference.\nWhy Not User: "
		 "because\n",
		 true},
		{BEGIN "Source: iana\n", "no field for", false},
		{"Request: rename\nLease Days: 3\n", "Lease Days: 3\n", true},
		{"Request: modify\nReason: r\nDescription: d\nEvidence: e\n", "no field for",
		 false},
		{"Request: deassign\nService Name: a\n", "no form for this", true},
		{"Request: deassign\nService Name: a\n", "Service Name: a\n", true},
	};
	CLEANUP(buf_done) struct buf out = BUF_INIT(SIZE_MAX);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		put(&out, cases[i].text);
		if (has(&out, cases[i].part) != cases[i].is_there)
			fail_msg("row %zu: '%s' in\n%.*s", i, cases[i].part, (int)out.len, out.ptr);
	}
}

static void limits_of_the_form_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *text, *part;
		bool is_there;
	} cases[] = {
		{"Service Name: abcdefghijklmno\n", "!! 15 characters", false},
		{"Service Name: abcdefghijklmnop\n", "!! 16 characters: the form takes 15\n", true},
		{"Description: 1234567890123456789012345678901234567890\n", "!!", false},
		{"Description: 123456789012345678901234567890123456789\xc3\xa9\n", "!!", false},
		{"Description: 12345678901234567890123456789012345678901\n",
		 "!! 41 characters: the form takes 40\n", true},
		{"Request: rename\nProposed Service Name: abcdefghijklmnop\n",
		 "!! 16 characters: the form takes 15\n", true},
	};
	CLEANUP(buf_done) struct buf out = BUF_INIT(SIZE_MAX);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		put(&out, cases[i].text);
		if (has(&out, cases[i].part) != cases[i].is_there)
			fail_msg("row %zu", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_application_has_the_fields_in_their_order),
		cmocka_unit_test(what_applies_depends_on_the_request),
		cmocka_unit_test(limits_of_the_form_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

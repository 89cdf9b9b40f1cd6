/* SPDX-License-Identifier: MIT */
#include "procedure/request.h"

#include "test.h"

static bool is_lab(const void *context, struct portroll_str word)
{
	return str_equal(word, str_from(context));
}

static struct request read_field(enum document_field field, const char *value, struct arena *a)
{
	struct document d = {0};
	struct request q;
	d.values[field] = str_from(value);
	assert_int_equal(request_read(&q, &d, is_lab, "lab", a), 0);
	q.document = NULL;
	return q;
}

/* Vectors of RFC 4340 section 8.1.2 and of the registry. */
static void service_codes_have_four_forms(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int code;
		uint32_t value;
	} cases[] = {
		{"SC:fdpz", 0, 1717858426},
		{"SC=1717858426", 0, 1717858426},
		{"SC=x6664707A", 0, 1717858426},
		{"SC=X6664707a", 0, 1717858426},
		{"SC=x0006664707A", 0, 1717858426},
		{"SC=0001717858426", 0, 1717858426},
		{"fdpz", 0, 1717858426},
		{" 1717858426 ", 0, 1717858426},
		{"SC:DISC", 0, 1145656131},
		{"SC:a", 0, 1629495328},
		{"SC:AB", 0, 1094852640},
		{"SC:1234", 0, 0x31323334},
		{"1234", 0, 1234},
		{"7107696", 0, 0x006c7470},
		{"0", 0, 0},
		{"4294967294", 0, 4294967294},
		{"4294967295", PORTROLL_ELIMIT, 0},
		{"SC=xFFFFFFFF", PORTROLL_ELIMIT, 0},
		{"SC=x100000000", PORTROLL_ELIMIT, 0},
		{"SC=x1000000000000000000", PORTROLL_ELIMIT, 0},
		{"SC=17178548426", PORTROLL_ELIMIT, 0},
		{"SC:", PORTROLL_ESYNTAX, 0},
		{"SC=", PORTROLL_ESYNTAX, 0},
		{"SC=x", PORTROLL_ESYNTAX, 0},
		{"SC=x6664707G", PORTROLL_ESYNTAX, 0},
		{"SC:fdpzz", PORTROLL_ESYNTAX, 0},
		{"SC:a b", PORTROLL_ESYNTAX, 0},
		{"SC:a,b", PORTROLL_ESYNTAX, 0},
		{"sc:fdpz", PORTROLL_ESYNTAX, 0},
		{"abc", PORTROLL_ESYNTAX, 0},
		{"ab:c", PORTROLL_ESYNTAX, 0},
		{"", PORTROLL_ESYNTAX, 0},
		{"-1", PORTROLL_ESYNTAX, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint32_t value = 0;
		int r = service_code_parse(&value, str_from(cases[i].text));
		if (r != cases[i].code || value != cases[i].value)
			fail_msg("'%s': %d, %u", cases[i].text, r, value);
	}
}

static void a_code_has_a_text_only_of_its_characters(void **state)
{
	(void)state;
	static const struct {
		uint32_t code;
		const char *text;
	} cases[] = {
		{1145656131, "DISC"},
		{1685351985, "dtn1"},
		{1885957735, "ping"},
		{7107696, ""},
		{1629495328, "a"},
		{1094852640, "AB"},
		{0, ""},
		{0x20202020, ""},
		{0x61206120, ""},
		{0x6100615f, ""},
		{0x3f3f3f3f, "????"},
		{0x612c6161, ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[5];
		size_t len = service_code_text(text, cases[i].code);
		assert_string_equal(text, cases[i].text);
		assert_int_equal(len, strlen(cases[i].text));
		uint32_t back;
		if (len == 4 && service_code_parse(&back, (struct portroll_str){text, len}) == 0)
			assert_int_equal(back, cases[i].code);
	}
}

static void codes_are_a_list(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct request q = read_field(DOC_SERVICE_CODE, "SC:ping, 7107696; SC=x20", &a);
	assert_int_equal(q.code_count, 3);
	assert_int_equal(q.codes[1], 7107696);
	assert_int_equal(q.bad_code.len, 0);
	q = read_field(DOC_SERVICE_CODE, "SC:ping, SC:toolong", &a);
	assert_int_equal(q.code_count, 1);
	assert_text(q.bad_code, "SC:toolong");
	q = read_field(DOC_SERVICE_CODE, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", &a);
	assert_int_equal(q.code_count, REQUEST_CODE_MAX);
	assert_true(q.too_many);
}

static void transports_are_a_set_in_any_spelling(void **state)
{
	(void)state;
	enum {
		TCP = 1 << PORTROLL_TCP,
		UDP = 1 << PORTROLL_UDP,
		SCTP = 1 << PORTROLL_SCTP,
		DCCP = 1 << PORTROLL_DCCP
	};
	static const struct {
		const char *text;
		transport_set set;
		const char *bad;
	} cases[] = {
		{"tcp", TCP, ""},
		{"TCP, Udp", TCP | UDP, ""},
		{"tcp/udp", TCP | UDP, ""},
		{"tcp and udp", TCP | UDP, ""},
		{"tcp,udp;sctp+dccp", TCP | UDP | SCTP | DCCP, ""},
		{"udp udp", UDP, ""},
		{"udplite", UDP, ""},
		{"", 0, ""},
		{" ,, ", 0, ""},
		{"tcp, quic, tls", TCP, "quic"},
		{"6", 0, "6"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct request q = read_field(DOC_TRANSPORTS, cases[i].text, &a);
		assert_int_equal(q.transports, cases[i].set);
		assert_text(q.bad_transport, cases[i].bad);
	}
}

static void ports_are_numbers_ranges_or_where(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum wanted_port wanted;
		size_t count;
		struct range last;
		const char *bad;
	} cases[] = {
		{"", WANTED_NONE, 0, {0, 0}, ""},
		{"4460", WANTED_NUMBER, 1, {4460, 4460}, ""},
		{"0", WANTED_NUMBER, 1, {0, 0}, ""},
		{"9000-9005", WANTED_NUMBER, 1, {9000, 9005}, ""},
		{"9000 - 9005", WANTED_NUMBER, 1, {9000, 9005}, ""},
		{"9000, 9002", WANTED_NUMBER, 2, {9002, 9002}, ""},
		{"9000 and 9002-9003", WANTED_NUMBER, 2, {9002, 9003}, ""},
		{"User", WANTED_USER, 0, {0, 0}, ""},
		{"user port", WANTED_USER, 0, {0, 0}, ""},
		{"SYSTEM", WANTED_SYSTEM, 0, {0, 0}, ""},
		{"System Ports", WANTED_SYSTEM, 0, {0, 0}, ""},
		{"lab", WANTED_POOL, 0, {0, 0}, ""},
		{"laboratory", WANTED_NUMBER, 0, {0, 0}, "laboratory"},
		{"65536", WANTED_NUMBER, 0, {0, 0}, "65536"},
		{"9005-9000", WANTED_NUMBER, 0, {0, 0}, "9005-9000"},
		{"9000, 90x", WANTED_NUMBER, 1, {9000, 9000}, "90x"},
		{"-1", WANTED_NUMBER, 0, {0, 0}, "-1"},
		{"443/tcp", WANTED_NUMBER, 0, {0, 0}, "443/tcp"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct request q = read_field(DOC_PORT_NUMBER, cases[i].text, &a);
		assert_int_equal(q.wanted, cases[i].wanted);
		assert_int_equal(q.port_count, cases[i].count);
		assert_text(q.bad_port, cases[i].bad);
		if (q.port_count) {
			assert_int_equal(q.ports[q.port_count - 1].first, cases[i].last.first);
			assert_int_equal(q.ports[q.port_count - 1].last, cases[i].last.last);
		}
	}
}

static void more_ports_than_fit_are_told(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct request q =
		read_field(DOC_PORT_NUMBER, "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17", &a);
	assert_int_equal(q.port_count, REQUEST_PORT_MAX);
	assert_true(q.too_many);
}

static void parties_have_names_and_mails(void **state)
{
	(void)state;
	static const struct {
		const char *text, *name, *mail;
		bool bad;
	} cases[] = {
		{"IESG <iesg@ietf.org>", "IESG", "iesg@ietf.org", false},
		{"  IETF Chair   < chair@ietf.org > ", "IETF Chair", "chair@ietf.org", false},
		{"\"Example, Inc.\" <ports@example.com>", "Example, Inc.", "ports@example.com",
		 false},
		{"ports@example.com", "", "ports@example.com", false},
		{"Example", "Example", "", false},
		{"", "", "", false},
		{"Example <ports@example.com", "Example", "ports@example.com", true},
		{"Example <ports at example.com>", "Example", "ports at example.com", true},
		{"Example <>", "Example", "", true},
		{"Example <a@b@c.d> more", "Example", "a@b@c.d> more", true},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct party p = party_read(str_from(cases[i].text));
		assert_text(p.name, cases[i].name);
		assert_text(p.mail, cases[i].mail);
		assert_int_equal(p.bad_mail, cases[i].bad);
	}
}

static void mails_have_a_form(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool holds;
	} cases[] = {
		{"chair@ietf.org", true},
		{"first.last+ports@sub.example.com", true},
		{"o'neil@example.com", true},
		{"caf\xc3\xa9@example.com", true},
		{"a@1-2.example", true},
		{"", false},
		{"@", false},
		{"a@", false},
		{"@example.com", false},
		{"a@localhost", false},
		{"a@example.", false},
		{"a@.example", false},
		{"a@exam..ple", false},
		{"a@-example.com", false},
		{"a@example-.com", false},
		{".a@example.com", false},
		{"a.@example.com", false},
		{"a..b@example.com", false},
		{"a b@example.com", false},
		{"a@exam ple.com", false},
		{"a@b@example.com", false},
		{"a\n@example.com", false},
		{"mailto:a@example.com", false},
		{"a&example.com", false},
		{"1234567890123456789012345678901234567890123456789012345678901234@example.com",
		 true},
		{"12345678901234567890123456789012345678901234567890123456789012345@example.com",
		 false},
		{"a@1234567890123456789012345678901234567890123456789012345678901234.com", false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (mail_is_well_formed(str_from(cases[i].text)) != cases[i].holds)
			fail_msg("'%s'", cases[i].text);
}

static void contacts_are_a_line_each(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct document d = {0};
	struct request q;
	d.values[DOC_ASSIGNEE] = STR("Example <ports@example.com>");
	d.values[DOC_ASSIGNEE_TYPE] = STR("Organization");
	d.values[DOC_ASSIGNEE_ID] = STR("Example");
	d.values[DOC_CONTACT] = STR("A <a@example.com>\nB <b@example>");
	d.values[DOC_CONTACT_ORGANIZATION] = STR("Example");
	d.values[DOC_CONTACT_TYPE] = STR("person\norganisation");
	d.values[DOC_CONTACT_ID] = STR("A\n\nC");
	assert_int_equal(request_read(&q, &d, NULL, NULL, &a), 0);
	assert_true(q.assignee.is_organization);
	assert_text(q.assignee.id, "Example");
	assert_int_equal(q.contact_count, 3);
	assert_text(q.contacts[0].id, "A");
	assert_false(q.contacts[0].bad_mail || q.contacts[0].is_organization);
	assert_true(q.contacts[1].bad_mail && q.contacts[1].is_organization);
	assert_text(q.contacts[1].organization, "Example");
	assert_text(q.contacts[1].id, "");
	assert_text(q.contacts[2].id, "C");
	d.values[DOC_CONTACT] = STR("a\nb\nc\nd\ne\nf\ng\nh\ni");
	assert_int_equal(request_read(&q, &d, NULL, NULL, &a), 0);
	assert_int_equal(q.contact_count, REQUEST_CONTACT_MAX);
	assert_true(q.too_many);
}

static void references_are_as_the_registry_has_them(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t count;
		struct {
			enum xref_type type;
			const char *data, *text;
		} items[3];
		const char *bad;
	} cases[] = {
		{"[RFC6335]", 1, {{XREF_RFC, "rfc6335", ""}}, ""},
		{"RFC 6335", 1, {{XREF_RFC, "rfc6335", ""}}, ""},
		{"rfc6335", 1, {{XREF_RFC, "rfc6335", ""}}, ""},
		{"[RFC 6335, Section 8.1]", 1, {{XREF_RFC, "rfc6335", "RFC6335, Section 8.1"}}, ""},
		{"[RFC6335][RFC7605], [1]",
		 3,
		 {{XREF_RFC, "rfc6335", ""}, {XREF_RFC, "rfc7605", ""}, {XREF_NOTE, "1", ""}},
		 ""},
		{"RFC6335\nRFC7605", 2, {{XREF_RFC, "rfc6335", ""}, {XREF_RFC, "rfc7605", ""}}, ""},
		{"draft-ietf-nfsv4-rpc-tls-11",
		 1,
		 {{XREF_DRAFT, "draft-ietf-nfsv4-rpc-tls-11", ""}},
		 ""},
		{"https://example.com/spec", 1, {{XREF_URI, "https://example.com/spec", ""}}, ""},
		{"[https://example.com/]", 1, {{XREF_URI, "https://example.com/", ""}}, ""},
		{"Proprietary, not documented.",
		 1,
		 {{XREF_TEXT, "", "Proprietary, not documented."}},
		 ""},
		{"Two kinds of\nmessages.\n\nA third.",
		 2,
		 {{XREF_TEXT, "", "Two kinds of messages."}, {XREF_TEXT, "", "A third."}},
		 ""},
		{"See this:\nhttps://example.com/ and more",
		 1,
		 {{XREF_TEXT, "", "See this: https://example.com/ and more"}},
		 ""},
		{"[RFC6335] says how", 1, {{XREF_TEXT, "", "[RFC6335] says how"}}, ""},
		{"RFC 6335 says how", 1, {{XREF_TEXT, "", "RFC 6335 says how"}}, ""},
		{"4460", 1, {{XREF_TEXT, "", "4460"}}, ""},
		{"[RFC6335", 0, {{0}}, "[RFC6335"},
		{"[RFC6335][]", 1, {{XREF_RFC, "rfc6335", ""}}, "[]"},
		{"", 0, {{0}}, ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct request q = read_field(DOC_REFERENCE, cases[i].text, &a);
		if (q.references.count != cases[i].count)
			fail_msg("'%s': %zu", cases[i].text, q.references.count);
		assert_text(q.bad_reference, cases[i].bad);
		for (size_t k = 0; k < q.references.count; k++) {
			const struct xref *x = &q.references.items[k];
			assert_int_equal(x->type, cases[i].items[k].type);
			assert_text(x->data, cases[i].items[k].data);
			assert_text(x->text, cases[i].items[k].text);
		}
	}
}

static void leases_are_days(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t days;
		const char *bad;
	} cases[] = {
		{"", 0, ""},          {"90", 90, ""},          {"90 days", 90, ""},
		{"1 day", 1, ""},     {"0", 0, "0"},           {"90 weeks", 0, "90 weeks"},
		{"-90", 0, "-90"},    {"36501", 0, "36501"},   {"90 days long", 0, "90 days long"},
		{"36500", 36500, ""}, {"ninety", 0, "ninety"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct request q = read_field(DOC_LEASE, cases[i].text, &a);
		assert_int_equal(q.lease_days, cases[i].days);
		assert_text(q.bad_lease, cases[i].bad);
	}
}

static void a_document_of_the_ietf_is_a_draft_or_an_rfc(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct request q = read_field(DOC_IETF_DOCUMENT, "[draft-ietf-opsawg-tacacs-tls13-18]", &a);
	assert_true(q.is_ietf);
	assert_text(q.draft, "draft-ietf-opsawg-tacacs-tls13-18");
	q = read_field(DOC_IETF_DOCUMENT, "RFC 9887", &a);
	assert_true(q.is_ietf);
	assert_text(q.draft, "");
	q = read_field(DOC_IETF_DOCUMENT, "", &a);
	assert_false(q.is_ietf);
}

static int read_it(void *context)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct request q;
	return request_read(&q, context, NULL, NULL, &a);
}

static void reading_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct document d = {0};
	d.values[DOC_REFERENCE] = STR("RFC 6335\nTwo\nlines\n[RFC 7605]");
	oom_sweep(read_it, &d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(service_codes_have_four_forms),
		cmocka_unit_test(a_code_has_a_text_only_of_its_characters),
		cmocka_unit_test(codes_are_a_list),
		cmocka_unit_test(transports_are_a_set_in_any_spelling),
		cmocka_unit_test(ports_are_numbers_ranges_or_where),
		cmocka_unit_test(more_ports_than_fit_are_told),
		cmocka_unit_test(parties_have_names_and_mails),
		cmocka_unit_test(mails_have_a_form),
		cmocka_unit_test(contacts_are_a_line_each),
		cmocka_unit_test(references_are_as_the_registry_has_them),
		cmocka_unit_test(leases_are_days),
		cmocka_unit_test(a_document_of_the_ietf_is_a_draft_or_an_rfc),
		cmocka_unit_test(reading_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

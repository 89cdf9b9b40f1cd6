/* SPDX-License-Identifier: MIT */
#include "procedure/document.h"

#include "random.h"

#define EXAMPLE                                                                                    \
	"Request: assign\n"                                                                        \
	"Service Name: example\n"                                                                  \
	"Transport Protocols: tcp, udp\n"                                                          \
	"Port Number: User\n"                                                                      \
	"Assignee: Example <ports@example.com>\n"                                                  \
	"Reference: [RFC6335]\n"                                                                   \
	" https://example.com/spec\n"                                                              \
	" .\n"                                                                                     \
	" It says \"hello\".\n"

#define EXAMPLE_JSON                                                                               \
	"{\"request\":\"assign\",\"service_name\":\"example\","                                    \
	"\"transport_protocols\":\"tcp, udp\",\"port_number\":\"User\","                           \
	"\"assignee\":\"Example <ports@example.com>\","                                            \
	"\"reference\":\"[RFC6335]\\nhttps://example.com/spec\\n\\nIt says \\\"hello\\\".\"}"

static void both_forms_say_the_same(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	CLEANUP(buf_done) struct buf out = BUF_INIT(SIZE_MAX);
	struct document text, json;
	struct portroll_error err = {0};
	assert_int_equal(document_read(&text, STR(EXAMPLE), &a, &err), 0);
	assert_int_equal(document_read(&json, STR(EXAMPLE_JSON), &a, &err), 0);
	assert_true(document_equal(&text, &json));
	assert_int_equal(text.lines[DOC_REFERENCE], 6);
	assert_int_equal(json.lines[DOC_REFERENCE], 1);
	document_put(&out, &json);
	assert_text(buf_str(&out), EXAMPLE);
	buf_clear(&out);
	document_put_json(&out, &text);
	assert_text(buf_str(&out), EXAMPLE_JSON);
	json.values[DOC_SOURCE] = STR("iana");
	assert_false(document_equal(&text, &json));
}

static void what_is_no_document_is_refused_with_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t line, column;
		const char *words;
	} cases[] = {
		{"Request: assign\nTransport Protocol: tcp\n", 2, 1, "'Transport Protocols' is"},
		{"Servcie Name: x\n", 1, 1, "'Service Name' is"},
		{"Colour: red\n", 1, 1, "'Colour' is no field of a request"},
		{"Source: a\n\nSource: b\n", 3, 1, "a second time: it is in line 1"},
		{"Service Name: a\n b\n", 1, 1, "'Service Name' has several lines"},
		{"# nothing\n", 1, 1, "no field"},
		{"Service Name:\n", 1, 1, "no field"},
		{"", 1, 1, "no field"},
		{"{}", 1, 1, "no field"},
		{"{\"service_name\": \"a\",\n  \"port\": \"User\"}", 2, 3, "is no field"},
		{"{\"Service Name\": \"a\"}", 1, 2, "'Service Name' is"},
		{"{\"Service Name\": \"a\"}", 1, 2, "'service_name' is"},
		{"{\"request\": \"[{\\\"\\\\\", \"service-name\": \"a\"}", 1, 23, "is no field"},
		{"{\"source\": \"a\",\n \"port_number\": 4460}", 2, 2, "is no text"},
		{"{\"source\": [\"a\"]}", 1, 2, "is no text"},
		{"{\"source\": \"a\", \"source\": \"b\"}", 1, 24, "duplicate"},
		{"{\"source\": \"a\\u001b\"}", 1, 2, "a control character"},
		{"{\"source\": \"a\\u0000\"}", 1, 20, "not JSON"},
		{"{\"source\": \"a\"", 1, 14, "not JSON"},
		{"{\"source\": \"a\"} {}", 1, 17, "not JSON"},
		{"{\"source\": \"a\\nb\"}", 1, 2, "several lines"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct document d;
		struct portroll_error err = {0};
		int r = document_read(&d, str_from(cases[i].text), &a, &err);
		bool same = r == PORTROLL_ESYNTAX && err.line == cases[i].line &&
			    err.column == cases[i].column && strstr(err.text, cases[i].words);
		if (!same)
			fail_msg("row %zu: %d, %u:%u: %s", i, r, err.line, err.column, err.text);
	}
}

static void ten_megabytes_are_refused(void **state)
{
	(void)state;
	static const char *const begins[] = {"Description: ", "{\"description\": \""};
	for (size_t i = 0; i < ARRAY_LEN(begins); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		CLEANUP(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
		struct document d;
		struct portroll_error err = {0};
		buf_puts(&text, begins[i]);
		buf_fill(&text, 'x', (size_t)10 << 20);
		buf_puts(&text, i ? "\"}" : "\n");
		assert_int_equal(document_read(&d, buf_str(&text), &a, &err), PORTROLL_ELIMIT);
		assert_true(a.size == 0);
	}
}

/* Any values come back the same through either form. */
static void documents_come_back_the_same(void **state)
{
	(void)state;
	struct random random;
	char space[40];
	for_rounds(&random, 3000)
	{
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		CLEANUP(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
		CLEANUP(buf_done) struct buf json = BUF_INIT(SIZE_MAX);
		struct document d = {0}, back;
		d.values[DOC_SERVICE_NAME] = STR("example");
		for (unsigned i = 0; i < DOC_FIELD_COUNT; i++) {
			struct portroll_str alphabet =
				document_rows[i].is_text ? STR("\n\n  \t.{}[]\"\\#a:,\xc3\xa9")
							 : STR(" .{\"\\#a:,");
			size_t len = random_below(&random, sizeof(space));
			if (random_below(&random, 3))
				continue;
			struct portroll_str value = random_text(&random, space, len, alphabet);
			for (size_t k = 0; k < len; k++)
				if ((unsigned char)space[k] >= 0x80)
					space[k] = 'e';
			d.values[i] = paragraph_value(arena_str(&a, value), &a);
		}
		document_put(&text, &d);
		check(&random, document_read(&back, buf_str(&text), &a, NULL) == 0);
		check(&random, document_equal(&d, &back));
		document_put_json(&json, &d);
		check(&random, document_read(&back, buf_str(&json), &a, NULL) == 0);
		check(&random, document_equal(&d, &back));
	}
}

static void every_field_is_explained_in_short_lines(void **state)
{
	(void)state;
	char key[DOCUMENT_KEY_MAX];
	for (unsigned i = 0; i < DOC_FIELD_COUNT; i++) {
		const struct document_row *row = &document_rows[i];
		struct portroll_str help = str_from(row->help), line;
		size_t len = document_key(key, (enum document_field)i);
		assert_true(len > 1 && len + 1 < DOCUMENT_KEY_MAX);
		assert_int_equal(document_find((struct portroll_str){key, len}), i);
		assert_int_equal(document_find(str_from(row->name)), i);
		assert_true(str_ends(str_from(row->question), STR("?")));
		assert_non_null(row->need);
		while (str_cut(&help, '\n', &line))
			assert_true(line.len > 0 && line.len <= 78);
	}
	document_key(key, DOC_TXT_KEYS);
	assert_string_equal(key, "defined_txt_keys");
	assert_int_equal(document_find(STR("nothing")), DOC_FIELD_COUNT);
}

static void kinds_are_read_from_their_names(void **state)
{
	(void)state;
	for (unsigned i = 0; i < REQUEST_KIND_COUNT; i++) {
		struct document d = {0};
		d.values[DOC_REQUEST] = str_from(request_kinds[i].name);
		assert_int_equal(document_kind(&d), i);
	}
	struct document d = {0};
	assert_int_equal(document_kind(&d), REQUEST_ASSIGN);
	d.values[DOC_REQUEST] = STR("Rename");
	assert_int_equal(document_kind(&d), REQUEST_RENAME);
	d.values[DOC_REQUEST] = STR("wish");
	assert_int_equal(document_kind(&d), REQUEST_KIND_COUNT);
}

/* The table of RFC 6335 section 8.1.1 and of IANA's forms. */
static const struct {
	const char *kind, *transports, *port;
	enum document_field field;
	enum field_need need;
} needs[] = {
	{"", "tcp", "", DOC_SERVICE_NAME, NEED_REQUIRED},
	{"", "tcp", "", DOC_TRANSPORTS, NEED_REQUIRED},
	{"", "tcp", "", DOC_PORT_NUMBER, NEED_OPTIONAL},
	{"", "tcp", "", DOC_ASSIGNEE, NEED_REQUIRED},
	{"", "tcp", "", DOC_CONTACT, NEED_REQUIRED},
	{"", "tcp", "", DOC_CONTACT_ADDRESS, NEED_OPTIONAL},
	{"", "tcp", "", DOC_DESCRIPTION, NEED_REQUIRED},
	{"", "tcp", "", DOC_REFERENCE, NEED_REQUIRED},
	{"", "tcp", "", DOC_BROADCAST, NEED_REQUIRED},
	{"", "tcp", "", DOC_SPECIFICATION, NEED_OPTIONAL},
	{"", "tcp", "User", DOC_SPECIFICATION, NEED_OPTIONAL},
	{"", "tcp", "System", DOC_SPECIFICATION, NEED_REQUIRED},
	{"", "tcp", "", DOC_WHY_NOT_DYNAMIC, NEED_NOT},
	{"", "tcp", "4460", DOC_WHY_NOT_DYNAMIC, NEED_REQUIRED},
	{"", "tcp", "123", DOC_WHY_NOT_DYNAMIC, NEED_REQUIRED},
	{"", "tcp", "lab", DOC_WHY_NOT_DYNAMIC, NEED_OPTIONAL},
	{"", "tcp", "", DOC_WHY_NOT_USER, NEED_NOT},
	{"", "tcp", "4460", DOC_WHY_NOT_USER, NEED_NOT},
	{"", "tcp", "123", DOC_WHY_NOT_USER, NEED_REQUIRED},
	{"", "tcp", "1000-1030", DOC_WHY_NOT_USER, NEED_REQUIRED},
	{"", "tcp", "system", DOC_WHY_NOT_USER, NEED_REQUIRED},
	{"", "tcp", "", DOC_SERVICE_CODE, NEED_NOT},
	{"", "tcp, dccp", "", DOC_SERVICE_CODE, NEED_REQUIRED},
	{"", "dccp", "5000", DOC_SERVICE_CODE, NEED_REQUIRED},
	{"modify", "dccp", "", DOC_SERVICE_CODE, NEED_OPTIONAL},
	{"", "dccp", "", DOC_DCCP_INTENT, NEED_OPTIONAL},
	{"", "tcp", "", DOC_DCCP_INTENT, NEED_NOT},
	{"", "tcp", "", DOC_TXT_KEYS, NEED_REQUIRED},
	{"", "tcp", "User", DOC_TXT_KEYS, NEED_OPTIONAL},
	{"", "tcp", "9000", DOC_WHY_SEVERAL, NEED_NOT},
	{"", "tcp", "9000, 9001", DOC_WHY_SEVERAL, NEED_REQUIRED},
	{"", "tcp", "9000-9001", DOC_WHY_SEVERAL, NEED_REQUIRED},
	{"", "tcp", "", DOC_WHY_SEPARATE, NEED_NOT},
	{"", "tcp", "9000", DOC_WHY_SEPARATE, NEED_OPTIONAL},
	{"", "tcp", "9000", DOC_UDP_CONGESTION, NEED_NOT},
	{"", "UDP", "9000", DOC_UDP_CONGESTION, NEED_REQUIRED},
	{"", "udp", "lab", DOC_UDP_CONGESTION, NEED_OPTIONAL},
	{"", "udp", "9000", DOC_UDP_DISCOVERY, NEED_REQUIRED},
	{"", "udp", "9000", DOC_TRANSPORT_DIFFERENCES, NEED_NOT},
	{"", "tcp udp", "9000", DOC_TRANSPORT_DIFFERENCES, NEED_REQUIRED},
	{"", "tcp", "9000", DOC_SCTP_REASON, NEED_NOT},
	{"", "sctp", "9000", DOC_SCTP_REASON, NEED_REQUIRED},
	{"", "sctp", "", DOC_SCTP_EXISTING, NEED_REQUIRED},
	{"", "tcp", "", DOC_IMPACT, NEED_NOT},
	{"rename", "", "", DOC_IMPACT, NEED_REQUIRED},
	{"rename", "", "", DOC_PROPOSED_NAME, NEED_REQUIRED},
	{"rename", "", "", DOC_TRANSPORTS, NEED_OPTIONAL},
	{"rename", "", "", DOC_BROADCAST, NEED_NOT},
	{"reuse", "tcp", "", DOC_PORT_NUMBER, NEED_REQUIRED},
	{"reuse", "tcp", "9000", DOC_PROPOSED_NAME, NEED_REQUIRED},
	{"modify", "", "", DOC_ASSIGNEE, NEED_NOT},
	{"modify", "", "", DOC_CONTACT, NEED_OPTIONAL},
	{"succession", "", "", DOC_ASSIGNEE, NEED_REQUIRED},
	{"succession", "", "", DOC_EVIDENCE, NEED_REQUIRED},
	{"deassign", "", "", DOC_NOT_IN_USE, NEED_REQUIRED},
	{"deassign", "", "", DOC_RELEASE_NAME, NEED_OPTIONAL},
	{"deassign", "", "", DOC_CLEARLY_UNUSED, NEED_NOT},
	{"revoke", "", "", DOC_CLEARLY_UNUSED, NEED_REQUIRED},
	{"modify", "", "", DOC_REASON, NEED_REQUIRED},
	{"transport", "udp", "", DOC_ASSIGNEE, NEED_OPTIONAL},
	{"transport", "udp", "", DOC_REFERENCE, NEED_OPTIONAL},
	{"rename", "", "", DOC_REASON, NEED_REQUIRED},
	{"revoke", "", "", DOC_REASON, NEED_OPTIONAL},
	{"deassign", "", "", DOC_REASON, NEED_OPTIONAL},
	{"", "tcp", "", DOC_REASON, NEED_NOT},
	{"early", "tcp", "User", DOC_IETF_DOCUMENT, NEED_REQUIRED},
	{"renew", "", "", DOC_LEASE, NEED_OPTIONAL},
	{"permanent", "", "", DOC_REFERENCE, NEED_REQUIRED},
	{"reserve", "", "9000", DOC_SERVICE_NAME, NEED_OPTIONAL},
	{"reserve", "", "", DOC_PORT_NUMBER, NEED_REQUIRED},
	{"wish", "tcp", "", DOC_ASSIGNEE, NEED_REQUIRED},
};

static void fields_are_needed_by_kind_transports_and_port(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(needs); i++) {
		struct document d = {0};
		d.values[DOC_REQUEST] = str_from(needs[i].kind);
		d.values[DOC_TRANSPORTS] = str_from(needs[i].transports);
		d.values[DOC_PORT_NUMBER] = str_from(needs[i].port);
		enum field_need need = document_rows[needs[i].field].need(&d);
		if (need != needs[i].need)
			fail_msg("row %zu: %s is %d", i, document_rows[needs[i].field].name, need);
	}
}

/* What a template of any kind has filled in is a document of that kind; it has all that is asked of
 * some request of the kind. */
static void templates_are_read_again(void **state)
{
	(void)state;
	for (unsigned i = 0; i < REQUEST_KIND_COUNT; i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		CLEANUP(buf_done) struct buf out = BUF_INIT(SIZE_MAX);
		struct document d = {0}, all = {0}, back;
		struct portroll_error err = {0};
		d.values[DOC_REQUEST] = str_from(request_kinds[i].name);
		all.values[DOC_REQUEST] = d.values[DOC_REQUEST];
		all.values[DOC_TRANSPORTS] = STR("tcp, udp, sctp, dccp");
		all.values[DOC_PORT_NUMBER] = STR("7, 8");
		d.values[DOC_NOTES] = STR("because\n\nof it");
		document_put_template(&out, &d);
		assert_int_equal(document_read(&back, buf_str(&out), &a, &err), 0);
		assert_true(document_equal(&d, &back));
		struct portroll_str text = buf_str(&out);
		for (unsigned f = 0; f < DOC_FIELD_COUNT; f++) {
			char line[80];
			bool is_asked = document_rows[f].need(&d) != NEED_NOT ||
					document_rows[f].need(&all) != NEED_NOT;
			(void)snprintf(line, sizeof(line), "\n%s:", document_rows[f].name);
			assert_int_equal(str_find(text, str_from(line)) != SIZE_MAX, is_asked);
		}
	}
}

static int read_both(void *context)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct document d;
	(void)context;
	int r = document_read(&d, STR(EXAMPLE), &a, NULL);
	return r < 0 ? r : document_read(&d, STR(EXAMPLE_JSON), &a, NULL);
}

static void reading_survives_any_failing_allocation(void **state)
{
	(void)state;
	oom_sweep(read_both, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_forms_say_the_same),
		cmocka_unit_test(what_is_no_document_is_refused_with_its_place),
		cmocka_unit_test(ten_megabytes_are_refused),
		cmocka_unit_test(documents_come_back_the_same),
		cmocka_unit_test(every_field_is_explained_in_short_lines),
		cmocka_unit_test(kinds_are_read_from_their_names),
		cmocka_unit_test(fields_are_needed_by_kind_transports_and_port),
		cmocka_unit_test(templates_are_read_again),
		cmocka_unit_test(reading_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "ledger/line.h"

#include "line_case.h"

static const struct run some_runs[] = {
	{.kind = RUN_PARAGRAPH_BEGIN},
	{.kind = RUN_TEXT, .text = STR_INIT("See ")},
	{.kind = RUN_XREF,
	 .xref = &(const struct xref){.type = XREF_RFC,
				      .data = STR_INIT("rfc6335"),
				      .fragment_kind = FRAGMENT_SECTION,
				      .fragment = STR_INIT("8.1")}},
	{.kind = RUN_PARAGRAPH_END},
	{.kind = RUN_BREAK},
	{.kind = RUN_TEXT, .text = STR_INIT("")},
};
static const struct xref some_people[] = {
	{.type = XREF_PERSON, .data = STR_INIT("IESG")},
	{.type = XREF_PERSON, .data = STR_INIT("Jon_Postel"), .last_updated = STR_INIT("1992-01")},
};
static const struct extra some_extras[] = {{STR_INIT("colour"), STR_INIT(""), false},
					   {STR_INIT("b"), STR_INIT("c"), true}};
static const struct run one_text[] = {{.kind = RUN_TEXT, .text = STR_INIT("World\tWide \"Web\"")}};
static const struct run one_empty_text[] = {{.kind = RUN_TEXT, .text = STR_INIT("")}};

/* The bytes that doc/LEDGER.md tells of. */
static void records_have_known_bytes(void **state)
{
	(void)state;
	static const struct {
		struct record record;
		const char *line;
	} cases[] = {
		{{.name = STR_INIT("")}, "{\"record\":null}"},
		{{.copy = 1}, "{\"record\":{\"copy\":1}}"},
		{{.has_assignee = true}, "{\"record\":{\"assignee\":null}}"},
		{{.has_port = true}, "{\"record\":{\"port\":\"0\"}}"},
		{{.has_service_code = true}, "{\"record\":{\"service_code\":0}}"},
		{{.description = {one_empty_text, 1}}, "{\"record\":{\"description\":[\"\"]}}"},
		{{.name = STR_INIT("http"),
		  .has_port = true,
		  .port = {80, 80},
		  .transport = PORTROLL_TCP,
		  .registered = {2021, 10, 1},
		  .modified = {2022, 2, 0},
		  .description = {one_text, 1},
		  .has_assignee = true,
		  .assignee = {some_people, 1},
		  .contacts = {some_people, 2}},
		 "{\"record\":{\"assignee\":[\"IESG\"],\"contacts\":[\"IESG\",{\"data\":"
		 "\"Jon_Postel\","
		 "\"last_updated\":\"1992-01\",\"type\":\"person\"}],\"description\":"
		 "\"World\\tWide "
		 "\\\"Web\\\"\",\"modified\":\"2022-02\",\"name\":\"http\",\"port\":\"80\","
		 "\"registered\":\"2021-10-01\",\"transport\":\"tcp\"}}"},
		{{.has_port = true,
		  .port = {9982, 9986},
		  .note = {some_runs, ARRAY_LEN(some_runs)},
		  .references = {some_people, 1},
		  .extras = {some_extras, 2},
		  .unauthorized = STR_INIT("b")},
		 "{\"record\":{\"extras\":[[\"colour\",\"\"],[\"b\",\"c\",\"element\"]],\"note\":[{"
		 "\"type\":\"paragraph\"},\"See "
		 "\",{\"data\":\"rfc6335\",\"fragment\":[\"section\",\"8.1\"],\"type\":\"rfc\"},{"
		 "\"type\":\"paragraph_end\"},{\"type\":\"break\"},\"\"],\"port\":\"9982-9986\","
		 "\"references\":[{\"data\":\"IESG\",\"type\":\"person\"}],\"unauthorized\":\"b\"}"
		 "}"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(buf_done) struct buf line = BUF_INIT(1U << 20);
		write_line(&line, &records, &cases[i].record);
		assert_text(buf_str(&line), cases[i].line);
		check_line(&records, &cases[i].record);
	}
}

static void an_empty_header_is_null(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf line = BUF_INIT(1U << 20);
	write_line(&line, &headers, &(struct header){0});
	assert_text(buf_str(&line), "{\"header\":null}");
	check_line(&headers, &(struct header){0});
}

static void what_no_reader_makes_is_not_written(void **state)
{
	(void)state;
	static const struct run begin[] = {{.kind = RUN_PARAGRAPH_BEGIN}};
	static const struct run end[] = {{.kind = RUN_PARAGRAPH_END}};
	static const struct run none[] = {{.kind = RUN_KIND_COUNT}};
	static const struct run break_with_text[] = {{.kind = RUN_BREAK, .text = STR_INIT("a")}};
	static const struct xref no_type[] = {{.type = XREF_TYPE_COUNT}};
	static const struct xref no_fragment[] = {{.fragment_kind = FRAGMENT_COUNT}};
	static const struct xref fragment_of_nothing[] = {{.fragment = STR_INIT("4")}};
	static const struct record cases[] = {
		{.name = STR_INIT("\r")},
		{.name = STR_INIT("\xff")},
		{.name = STR_INIT("12345678\x01")},
		{.name = STR_INIT("1234567890123\x7f")},
		{.name = STR_INIT("\xc2\x80")},
		{.unauthorized = STR_INIT("\x1b[0m")},
		{.port = {0, 1}},
		{.has_port = true, .port = {2, 1}},
		{.service_code = 1},
		{.transport = TRANSPORT_COUNT + 1},
		{.assignee = {some_people, 1}},
		{.registered = {0, 1, 1}},
		{.registered = {2023, 2, 29}},
		{.modified = {1899, 0, 0}},
		{.note = {begin, 1}},
		{.note = {end, 1}},
		{.note = {none, 1}},
		{.note = {break_with_text, 1}},
		{.references = {no_type, 1}},
		{.references = {no_fragment, 1}},
		{.references = {fragment_of_nothing, 1}},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(buf_done) struct buf line = BUF_INIT(1U << 20);
		write_line(&line, &records, &cases[i]);
		if (line.failed != PORTROLL_EINVAL)
			fail_msg("case %zu: %d, %.*s", i, line.failed,
				 PORTROLL_STR_ARG(buf_str(&line)));
	}
	CLEANUP(buf_done) struct buf line = BUF_INIT(1U << 20);
	write_line(&line, &people, &(struct person){.name = STR("nobody")});
	assert_int_equal(line.failed, PORTROLL_EINVAL);
}

struct refused {
	const struct kind *kind;
	const char *line;
	const char *says;
};

static const struct refused refused_lines[] = {
	{&records, "{\"record\":[0]}", "expected an object"},
	{&records, "{\"record\":\"a\"}", "expected an object"},
	{&records, "{\"record\":{\"ports\":\"80\"}}", "unknown member 'ports', expected one of"},
	{&records, "{\"record\":{\"name\":1}}", "member 'name': expected a text"},
	{&records, "{\"record\":{\"name\":null}}", "member 'name': expected a text"},
	{&records, "{\"record\":{\"port\":80}}", "member 'port': expected a port"},
	{&records, "{\"record\":{\"port\":\"080\"}}", "member 'port'"},
	{&records, "{\"record\":{\"port\":\"80-80\"}}", "member 'port'"},
	{&records, "{\"record\":{\"port\":\"81-80\"}}", "member 'port'"},
	{&records, "{\"record\":{\"port\":\"80 - 81\"}}", "member 'port'"},
	{&records, "{\"record\":{\"port\":\"65536\"}}", "member 'port'"},
	{&records, "{\"record\":{\"copy\":0}}", "member 'copy': expected a number above 0"},
	{&records, "{\"record\":{\"copy\":65536}}", "member 'copy'"},
	{&records, "{\"record\":{\"copy\":\"1\"}}", "member 'copy'"},
	{&records, "{\"record\":{\"service_code\":-1}}", "member 'service_code'"},
	{&records, "{\"record\":{\"service_code\":4294967296}}", "member 'service_code'"},
	{&records, "{\"record\":{\"transport\":\"TCP\"}}", "tcp, udp, sctp or dccp"},
	{&records, "{\"record\":{\"modified\":\"2014-7\"}}", "member 'modified': expected a date"},
	{&records, "{\"record\":{\"modified\":20140701}}", "expected a date"},
	{&records, "{\"record\":{\"registered\":\"2023-02-29\"}}", "expected a date"},
	{&records, "{\"record\":{\"description\":[\"a\"]}}", "a text alone, not in a list"},
	{&records, "{\"record\":{\"description\":{\"type\":\"break\"}}}", "expected a list"},
	{&records, "{\"record\":{\"description\":[1]}}", "expected an object"},
	{&records, "{\"record\":{\"note\":[{\"type\":\"paragraph\"}]}}", "paragraphs"},
	{&records, "{\"record\":{\"note\":[{\"type\":\"paragraph_end\"}]}}", "paragraphs"},
	{&records, "{\"record\":{\"note\":[{\"text\":\"a\",\"type\":\"break\"}]}}", "a type of"},
	{&records, "{\"record\":{\"contacts\":[{\"data\":\"a\",\"type\":\"person\"}]}}", "id of a"},
	{&records, "{\"record\":{\"contacts\":null}}", "member 'contacts': expected a list"},
	{&records, "{\"record\":{\"assignee\":true}}", "member 'assignee': expected a list"},
	{&records, "{\"record\":{\"references\":[\"rfc6335\"]}}", "expected an object"},
	{&records, "{\"record\":{\"references\":[{\"data\":\"a\"}]}}", "expected a member 'type'"},
	{&records, "{\"record\":{\"references\":[{\"type\":\"book\"}]}}", "a type of reference"},
	{&records, "{\"record\":{\"references\":[{\"section\":\"1\",\"type\":\"rfc\"}]}}",
	 "unknown member 'section'"},
	{&records, "{\"record\":{\"references\":[{\"fragment\":[\"\",\"\"],\"type\":\"rfc\"}]}}",
	 "a kind of part"},
	{&records, "{\"record\":{\"references\":[{\"fragment\":[\"page\"],\"type\":\"rfc\"}]}}",
	 "a kind of part"},
	{&records, "{\"record\":{\"extras\":[[\"a\"]]}}", "a name and a value"},
	{&records, "{\"record\":{\"extras\":[[\"a\",1]]}}", "expected a text"},
	{&records, "{\"record\":{\"extras\":[[\"a\",\"b\",true]]}}", "element"},
	{&headers, "{\"header\":{\"name\":\"a\"}}", "unknown member 'name'"},
	{&headers, "{\"header\":{\"categories\":[1]}}", "member 'categories': expected a text"},
	{&headers, "{\"header\":{\"notes\":[{\"label\":\"a\"}]}}", "unknown member 'label'"},
	{&footnotes, "{\"footnote\":{\"text\":\"a\"}}", "expected a member 'anchor'"},
	{&footnotes, "{\"footnote\":{\"anchor\":\"1\"}}", "member 'anchor': expected a number"},
	{&footnotes, "{\"footnote\":null}", "expected an object"},
	{&people, "{\"person\":{\"name\":\"a\"}}", "expected a member 'id'"},
	{&people, "{\"person\":{\"id\":1}}", "member 'id': expected the id of a person"},
	{&people, "{\"person\":{\"id\":\"a\",\"uris\":\"b\"}}", "member 'uris': expected a list"},
	{&copies, "{\"copy\":{\"records\":1}}", "expected a member 'digest'"},
	{&copies, "{\"copy\":{\"digest\":\"00\",\"records\":1}}", "64 digits"},
	{&copies,
	 "{\"copy\":{\"digest\":"
	 "\"E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"records\":1}}",
	 "64 digits"},
	{&copies,
	 "{\"copy\":{\"digest\":"
	 "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"partial\":false,"
	 "\"records\":1}}",
	 "true, or no such member"},
};

static void what_the_writers_do_not_write_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused_lines); i++) {
		const struct refused *refused = &refused_lines[i];
		struct arena a = ARENA_INIT;
		struct portroll_error err = {0};
		union thing thing;
		int r = read_line(&thing, refused->kind, str_from(refused->line), &a, &err);
		if (r != PORTROLL_ESYNTAX || err.code != r || !strstr(err.text, refused->says))
			fail_msg("%s: %d, %s", refused->line, r, err.text);
		arena_done(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_have_known_bytes),
		cmocka_unit_test(an_empty_header_is_null),
		cmocka_unit_test(what_no_reader_makes_is_not_written),
		cmocka_unit_test(what_the_writers_do_not_write_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

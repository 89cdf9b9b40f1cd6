/* SPDX-License-Identifier: MIT */
#include "read_case.h"

#include "formats/json_record.h"

#define SCHEMA       "\"schema\":\"" JSON_SCHEMA "\""
#define ROW(members) "{" SCHEMA ",\n\"records\":[{" members "}]}\n"

/* Each member of the schema once. */
static const char sample[] =
	"{" SCHEMA ",\"provenance\":\"iana\",\n"
	"\"header\":{\"id\":\"x\",\"title\":\"T\",\"created\":\"2011\",\"updated\":\"2026-02-13\","
	"\"registration_rule\":\"r\",\"expert\":\"e\\nf\",\"description\":\"d\",\"categories\":"
	"[\"a\",\"b\"],\"notes\":[{\"title\":\"n\",\"text\":\"see [RFC1]\",\"text_rich\":[\"see \","
	"{\"type\":\"rfc\",\"data\":\"rfc1\"}]}],\"references\":[{\"type\":\"text\",\"text\":\"t\"}"
	"],"
	"\"extras\":[{\"name\":\"hide\",\"value\":\"\",\"element\":true}]},\n"
	"\"records\":[{\"port_first\":80,\"port_last\":81,\"transport\":\"tcp\",\"name\":\"http\","
	"\"description\":\"A\",\"description_rich\":[\"A\",{\"type\":\"break\"},"
	"{\"type\":\"paragraph\"},\"p\",{\"type\":\"paragraph_end\"}],\"assignee\":[\"W\"],"
	"\"assignee_own\":true,\"contact\":[\"W\",\"V\"],\"contact_rich\":[{\"type\":\"person\","
	"\"data\":\"W\",\"text\":\"o\"},{\"type\":\"person\",\"data\":\"V\"}],"
	"\"registered\":\"2011-08\",\"modified\":\"2012-01-31\",\"references\":[{\"type\":"
	"\"draft\","
	"\"data\":\"draft-x\",\"section\":\"4.3\",\"last_updated\":\"2020\",\"extras\":"
	"[{\"name\":\"c\",\"value\":\"r\"}]},{\"type\":\"note\",\"data\":\"1\"}],"
	"\"service_code\":4294967295,\"unauthorized\":\"y\",\"unauthorized_rich\":[\" y\"],"
	"\"notes\":\"n\",\"extras\":[{\"name\":\"f\",\"value\":\"0.1\"}]},"
	"{\"assignee\":[],\"contact\":[],\"references\":[]}],\n"
	"\"footnotes\":[{\"anchor\":1,\"text\":\"f\"}],\n"
	"\"people\":[{\"id\":\"W\",\"name\":\"N\",\"org\":\"O\",\"uris\":[\"u\",\"v\"],"
	"\"updated\":\"2003-11\",\"extras\":[]},{\"id\":\"V\"}]}\n";

static struct portroll_str sample_text(void)
{
	return (struct portroll_str){sample, sizeof(sample) - 1};
}

static void every_member_is_read(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	const struct header *h = &c.reg->header;
	assert_text(h->expert, "e\nf");
	assert_int_equal(h->created.month, 0);
	assert_int_equal(h->category_count, 2);
	assert_int_equal(h->notes[0].text.count, 2);
	assert_true(h->extras.items[0].is_element);
	const struct record *r = c.reg->records[0];
	assert_int_equal(r->port.last, 81);
	assert_int_equal(r->description.count, 5);
	assert_text(r->contacts.items[0].text, "o");
	assert_text(r->assignee.items[0].data, "W");
	assert_text(r->references.items[0].fragment, "4.3");
	assert_int_equal(r->references.items[0].fragment_kind, FRAGMENT_SECTION);
	assert_true(r->service_code == UINT32_MAX);
	assert_text(r->unauthorized, " y");
	assert_text(extra_value(r->extras, STR("f")), "0.1");
	assert_true(record_equal(c.reg->records[1], &(struct record){0}));
	assert_int_equal(c.reg->people[0]->uri_count, 2);
	assert_int_equal(c.reg->footnotes[0].anchor, 1);
	case_done(&c);
}

static void comes_back(const struct registry *reg, bool one_per_line)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(INPUT_MAX);
	json_write(&out, reg, &(struct write_options){.one_per_line = one_per_line}, NULL);
	struct read_case c = {0};
	case_good(&c, "", buf_str(&out));
	const char *what = "";
	size_t index = 0;
	if (!registry_equal(reg, c.reg, &what, &index))
		fail_msg("%s %zu differs", what, index);
	case_done(&c);
}

static void what_is_written_comes_back(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	comes_back(c.reg, false);
	comes_back(c.reg, true);
	case_done(&c);
}

static void whole_registry_comes_back(void **state)
{
	(void)state;
	struct read_case c;
	if (!case_shared(&c, "", "iana-2026-08-17.xml"))
		skip();
	comes_back(c.reg, false);
	comes_back(c.reg, true);
	case_done(&c);
}

static const struct bad_input bad[] = {
	{"{}", 1, 1, "the document: an object, expected a member schema"},
	{"{\"schema\":\"other/1\"}", 1, 11, "schema: 'other/1', expected portroll-registry/1"},
	{"{" SCHEMA ",\n\"records\":[{}", 2, 13, "not JSON"},
	{"{" SCHEMA ",\"header\":{},\"header\":{}}", 1, 52, "duplicate object key"},
	{"{" SCHEMA ",\"more\":1}", 1, 40, "more: 1, expected no such member"},
	{ROW("\"color\":\"red\""), 2, 21, "records[0].color: 'red', expected no such member"},
	{ROW("\"name\":7"), 2, 20, "records[0].name: 7, expected text"},
	{ROW("\"name\":\"a\\u0007\""), 2, 20, "expected text without control characters"},
	{ROW("\"name\":\"a\\u0000\""), 2, 28, "not JSON"},
	{ROW("\"name\":\"\\ud800\""), 2, 27, "not JSON"},
	{ROW("\"port_first\":80"), 2, 12,
	 "records[0]: an object, expected port_first and port_last"},
	{ROW("\"port_first\":81,\"port_last\":80"), 2, 12, "the lower one first"},
	{ROW("\"port_first\":65536,\"port_last\":65536"), 2, 26, "65536, expected a port: at most"},
	{ROW("\"port_first\":-1,\"port_last\":1"), 2, 26, "-1, expected a number of 32 bits"},
	{ROW("\"port_first\":1.0,\"port_last\":1"), 2, 26, "a fraction, expected a number"},
	{ROW("\"transport\":\"ip\""), 2, 25, "'ip', expected tcp, udp, sctp or dccp"},
	{ROW("\"registered\":\"2011-02-30\""), 2, 26, "'2011-02-30', expected YYYY-MM-DD"},
	{ROW("\"service_code\":4294967296"), 2, 28, "expected a number of 32 bits"},
	{ROW("\"references\":[{\"type\":\"isbn\"}]"), 2, 35, "[0].type: 'isbn', expected a type"},
	{ROW("\"references\":[{\"data\":\"a\"}]"), 2, 27, "expected a member type"},
	{ROW("\"references\":[{\"type\":\"rfc\"}]"), 2, 27, "expected a member data"},
	{ROW("\"contact\":[\"A\"]"), 2, 25, "person 'A' is referred to but not listed"},
	{ROW("\"contact_rich\":[{\"type\":\"rfc\",\"data\":\"a\"}]"), 2, 12, "expected persons"},
	{ROW("\"notes_rich\":[{\"type\":\"paragraph\"}]"), 2, 26, "an end of the paragraph"},
	{ROW("\"notes_rich\":[{\"type\":\"paragraph_end\"}]"), 2, 26, "begin and end in turn"},
	{ROW("\"notes_rich\":[\"a\",\"b\"]"), 2, 26, "one text where two follow"},
	{ROW("\"notes_rich\":[\"\"]"), 2, 27, "notes_rich[0]: '', expected text that is not empty"},
	{ROW("\"unauthorized_rich\":[{\"type\":\"break\"}]"), 2, 12, "unauthorized use as plain"},
	{ROW("\"extras\":[{\"value\":\"a\"}]"), 2, 23, "extras[0]: an object, expected a name"},
	{"{" SCHEMA ",\"footnotes\":[{}]}", 1, 46, "expected a member anchor"},
	{"{" SCHEMA ",\"people\":[{}]}", 1, 43, "people[0]: an object, expected a member id"},
	{"{" SCHEMA ",\"people\":[{\"id\":\"A\"},{\"id\":\"A\"}]}", 1, 50, "'A' appears twice"},
	{"{" SCHEMA "}\n{\"name\":\"a\"}\n{\"name\":1}\n", 3, 9, "name: 1, expected text"},
	{"{" SCHEMA "}\n{\"name\":\"a\"}\n{\"na", 3, 4, "not JSON"},
	{"{\"name\":\"a\"}\n{\"name\":\"a\"}\n", 1, 1,
	 "the document: an object, expected a member schema"},
};

static void bad_files_are_refused_with_their_path(void **state)
{
	(void)state;
	check_bad_inputs("json", bad, ARRAY_LEN(bad));
}

static void nesting_without_end_is_refused(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf deep = BUF_INIT(1 << 20);
	buf_puts(&deep, "{\"records\":");
	buf_fill(&deep, '[', 1000000);
	struct read_case c = {0};
	assert_int_equal(case_read(&c, "json", buf_str(&deep)), PORTROLL_ESYNTAX);
	case_done(&c);
}

static void values_without_end_are_refused_before_they_take_memory(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf wide = BUF_INIT(INPUT_MAX);
	buf_puts(&wide, "{\"records\":[{}");
	for (size_t i = 0; i < 2000000; i++)
		buf_puts(&wide, ",{}");
	buf_puts(&wide, "]}");
	struct read_case c = {0};
	assert_int_equal(case_read(&c, "json", buf_str(&wide)), PORTROLL_ELIMIT);
	case_done(&c);
}

/* A writer of XML looks at each with each of them. */
static void extras_without_end_are_refused(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf wide = BUF_INIT(1 << 20);
	buf_puts(&wide, "{" SCHEMA ",\"records\":[{\"extras\":[{\"name\":\"a\",\"value\":\"\"}");
	for (size_t i = 0; i < 64; i++)
		buf_printf(&wide, ",{\"name\":\"a%zu\",\"value\":\"\"}", i);
	buf_puts(&wide, "]}]}");
	struct read_case c = {0};
	assert_int_equal(case_read(&c, "json", buf_str(&wide)), PORTROLL_ESYNTAX);
	assert_non_null(strstr(c.err.text, "at most 64"));
	case_done(&c);
}

static void a_long_key_is_told_in_part(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf text = BUF_INIT(1 << 20);
	buf_puts(&text, "{" SCHEMA ",\"");
	buf_fill(&text, 'k', 100000);
	buf_puts(&text, "\":1}");
	struct read_case c = {0};
	assert_int_equal(case_read(&c, "json", buf_str(&text)), PORTROLL_ESYNTAX);
	assert_non_null(strstr(c.err.text, "kkkk: 1, expected no such member"));
	case_done(&c);
}

static void reading_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct oom_input input = {"json", sample_text()};
	(void)oom_sweep(read_once, &input);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_member_is_read),
		cmocka_unit_test(what_is_written_comes_back),
		cmocka_unit_test(whole_registry_comes_back),
		cmocka_unit_test(bad_files_are_refused_with_their_path),
		cmocka_unit_test(nesting_without_end_is_refused),
		cmocka_unit_test(values_without_end_are_refused_before_they_take_memory),
		cmocka_unit_test(extras_without_end_are_refused),
		cmocka_unit_test(a_long_key_is_told_in_part),
		cmocka_unit_test(reading_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

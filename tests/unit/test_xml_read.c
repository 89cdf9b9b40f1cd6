/* SPDX-License-Identifier: MIT */
#include "read_case.h"

#define ROOT  "<registry xmlns=\"http://www.iana.org/assignments\" id=\"x\">"
#define END   "</registry>\n"
#define EMPTY "<description/>"

/* What a file of IANA's has, in small. */
static const char sample[] =
	"<?xml version='1.0' encoding='UTF-8'?>\n"
	"<?xml-stylesheet type=\"text/xsl\" href=\"service-names-port-numbers.xsl\"?>\n"
	"<?oxygen RNGSchema=\"service-names-port-numbers.rng\" type=\"xml\"?>\n"
	"<registry xmlns=\"http://www.iana.org/assignments\" id=\"ports\" lang=\"en\">\n"
	"  <title>Ports</title>\n"
	"  <category>First</category><category>Second</category>"
	"<category/>\n"
	"  <created>2011-08</created><updated>2026-02-13</updated>\n"
	"  <registration_rule>rule\n</registration_rule>\n"
	"  <xref type=\"rfc\" data=\"rfc6335\"/>\n"
	"  <expert>TCP: A\nUDP: B</expert>\n"
	"  <description>of all</description>\n"
	"  <note>\nsee <xref type=\"rfc\" data=\"rfc8126\"/>.\n</note>\n"
	"  <note title=\"Ask\"/>\n"
	"  <hide>yes</hide>\n"
	"  <record date=\"2011-08-09\" updated=\"2012-01\" status=\"new\">\n"
	"    <number>80 - 0x51</number><name>http</name>\n"
	"    <xref type=\"person\" data=\"Tim\"/><protocol>tcp</protocol>\n"
	"    <description>A<br/>&lt;b&gt; <paragraph>in <xref type=\"uri\" data=\"http://a\"/>"
	"</paragraph></description>\n"
	"    <assignee><xref type=\"person\" data=\"W3C\"/></assignee>\n"
	"    <xref type=\"draft\" data=\"draft-x-01\" section=\"4.3\" color=\"red\">own</xref>\n"
	"    <xref type=\"note\" data=\"1\"/><unauthorized> yes </unauthorized>\n"
	"    <sc>1885957735</sc><note> &amp;x </note><mood>good</mood>\n"
	"  </record>\n"
	"  <record><name/><description/><note/><number/><protocol/><sc/></record>\n"
	"  <footnote anchor=\"1\">never ship</footnote>\n"
	"  <people><person id=\"Tim\"><name>Tim</name><uri/><uri>mailto:t&amp;w3.org</uri>\n"
	"    <updated>2003-11</updated></person>\n"
	"  <person id=\"W3C\" kind=\"org\"><org>W3C</org></person></people>\n"
	"</registry>\n";

static struct portroll_str sample_text(void)
{
	return (struct portroll_str){sample, sizeof(sample) - 1};
}

static void header_is_read(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	const struct header *h = &c.reg->header;
	assert_text(h->id, "ports");
	assert_text(h->title, "Ports");
	assert_int_equal(h->category_count, 2);
	assert_text(h->categories[1], "Second");
	assert_true(date_equal(h->created, (struct date){2011, 8, 0}));
	assert_true(date_equal(h->updated, (struct date){2026, 2, 13}));
	assert_text(h->registration_rule, "rule\n");
	assert_text(h->expert, "TCP: A\nUDP: B");
	assert_int_equal(h->references.count, 1);
	assert_int_equal(h->note_count, 2);
	assert_int_equal(h->notes[0].text.count, 3);
	assert_text(h->notes[0].text.runs[0].text, "\nsee ");
	assert_text(h->notes[0].text.runs[2].text, ".\n");
	assert_text(h->notes[1].title, "Ask");
	assert_int_equal(h->notes[1].text.count, 0);
	assert_int_equal(h->extras.count, 2);
	assert_text(extra_value(h->extras, STR("lang")), "en");
	assert_text(extra_value(h->extras, STR("hide")), "yes");
	assert_true(h->extras.items[1].is_element);
	assert_int_equal(c.reg->footnote_count, 1);
	case_done(&c);
}

static void record_is_read(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	assert_int_equal(c.reg->record_count, 2);
	const struct record *r = c.reg->records[0];
	assert_text(r->name, "http");
	assert_int_equal(r->port.first, 80);
	assert_int_equal(r->port.last, 81);
	assert_int_equal(r->transport, PORTROLL_TCP);
	assert_true(date_equal(r->modified, (struct date){2012, 1, 0}));
	assert_int_equal(r->service_code, 1885957735);
	assert_true(r->has_assignee);
	assert_text(r->assignee.items[0].data, "W3C");
	assert_text(r->contacts.items[0].data, "Tim");
	assert_int_equal(r->references.count, 2);
	assert_text(r->references.items[0].text, "own");
	assert_text(r->references.items[0].fragment, "4.3");
	assert_text(extra_value(r->references.items[0].extras, STR("color")), "red");
	assert_text(r->unauthorized, " yes ");
	assert_text(extra_value(r->extras, STR("status")), "new");
	assert_text(extra_value(r->extras, STR("mood")), "good");
	assert_cell(c.reg, 0, FIELD_NOTES, "&x");
	case_done(&c);
}

static void rich_text_is_its_runs(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	struct richtext text = c.reg->records[0]->description;
	static const uint8_t kinds[] = {RUN_TEXT, RUN_BREAK, RUN_TEXT,         RUN_PARAGRAPH_BEGIN,
					RUN_TEXT, RUN_XREF,  RUN_PARAGRAPH_END};
	assert_int_equal(text.count, ARRAY_LEN(kinds));
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		assert_int_equal(text.runs[i].kind, kinds[i]);
	assert_text(text.runs[2].text, "<b> ");
	case_done(&c);
}

static void empty_elements_are_absent(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	assert_true(record_equal(c.reg->records[1], &(struct record){0}));
	assert_int_equal(c.reg->people[0]->uri_count, 1);
	assert_text(c.reg->people[0]->uris[0], "mailto:t&w3.org");
	assert_text(extra_value(c.reg->people[1]->extras, STR("kind")), "org");
	case_done(&c);
}

#define RECORD(content) ROOT "\n<record>" EMPTY "\n" content "</record>" END

static const struct bad_input bad[] = {
	{"<html></html>", 1, 1, "the root is <html>, expected <registry>"},
	{"<registry/>", 1, 1, "namespace '', expected 'http://www.iana.org/assignments'"},
	{"<registry xmlns=\"urn:x\"/>", 1, 1, "namespace 'urn:x'"},
	{"<!DOCTYPE x [<!ENTITY a \"b\">]>\n" ROOT END, 1, 13, "DOCTYPE"},
	{ROOT "\n<record/>" END, 2, 10, "without <description>"},
	{ROOT "\n<record>" EMPTY EMPTY "</record>" END, 2, 23,
	 "a second <description> in <record>"},
	{RECORD("<name>a</name><name>b</name>"), 3, 15, "a second <name>"},
	{RECORD("<number>65536</number>"), 3, 14, "port '65536': a port is at most 65535"},
	{RECORD("<number>0x10000</number>"), 3, 16, "a port is at most 65535"},
	{RECORD("<number>9-8</number>"), 3, 12, "a range begins with its lower port"},
	{RECORD("<number>x</number>"), 3, 10, "a port is a number"},
	{RECORD("<protocol>icmp</protocol>"), 3, 15, "transport 'icmp', expected tcp, udp"},
	{RECORD("<protocol>udplite</protocol>"), 3, 18, "transport 'udplite'"},
	{RECORD("<sc>4294967296</sc>"), 3, 15, "service code '4294967296'"},
	{RECORD("<name a='b'>x</name>"), 3, 1, "unexpected attribute 'a' of <name>"},
	{RECORD("stray"), 3, 1, "text 'stray' in <record>"},
	{RECORD("<new><deep/></new>"), 3, 6, "unexpected element <deep> in <new>"},
	{RECORD("<note><paragraph><paragraph/></paragraph></note>"), 3, 18, "<paragraph> in"},
	{RECORD("<xref data='a'/>"), 3, 1, "an <xref> without type"},
	{RECORD("<xref type='rfc'/>"), 3, 1, "type rfc without data"},
	{RECORD("<xref type='isbn' data='1'/>"), 3, 1, "unknown type 'isbn'"},
	{RECORD("<xref type='rfc' data='a' page='1' table='2'/>"), 3, 1, "both 'page' and 'table'"},
	{RECORD("<assignee><xref type='rfc' data='a'/></assignee>"), 3, 38, "expected person"},
	{RECORD("<xref type='person' data='Nobody'/>"), 3, 27, "'Nobody' is referred to"},
	{RECORD("<xref type='note' data='7'/>"), 3, 25, "footnote 7"},
	{RECORD("<note>a&#x85;b</note>"), 3, 15, "control character"},
	{RECORD("<note>a&#13;b</note>"), 3, 14, "control character"},
	{RECORD("<note>&nbsp;</note>"), 3, 7, "undefined entity"},
	{RECORD("<note>a\x01</note>"), 3, 8, "control character U+0001"},
	{RECORD("<note>\xff</note>"), 3, 7, "byte 0xff, expected UTF-8"},
	{ROOT "\n<record date='2011-02-30'>" EMPTY "</record>" END, 2, 1, "date '2011-02-30'"},
	{ROOT "\n<record date='2011'>" EMPTY "</record>" END, 2, 1, "expected YYYY-MM-DD"},
	{ROOT "\n<record xmlns='urn:x'>" EMPTY "</record>" END, 2, 1, "namespace 'urn:x'"},
	{ROOT "\n<updated>soon</updated>" END, 2, 14, "date 'soon'"},
	{ROOT "<people/>\n<people/>" END, 2, 1, "a second <people>"},
	{ROOT "\n<people><person/></people>" END, 2, 9, "a <person> without id"},
	{ROOT "\n<people><person id='A'/><person id='A'/></people>" END, 2, 21,
	 "'A' appears twice"},
	{ROOT "\n<footnote>x</footnote>" END, 2, 1, "without a positive anchor"},
	{ROOT "\n<footnote anchor='a'/>" END, 2, 1, "anchor 'a', expected a number"},
	{ROOT "\n<record>" EMPTY, 2, 23, "the file ends inside <record>"},
	{ROOT "\n<record>" EMPTY "<na", 2, 23, "the file ends inside <record>"},
	{ROOT "</registrx>", 1, 60, "mismatched tag"},
	{ROOT END ROOT END, 2, 1, "junk after document element"},
};

static void bad_files_are_refused_with_their_place(void **state)
{
	(void)state;
	check_bad_inputs("xml", bad, ARRAY_LEN(bad));
}

static void nesting_without_end_is_refused(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf deep = BUF_INIT(1 << 20);
	buf_puts(&deep, ROOT);
	for (size_t i = 0; i < 10000; i++)
		buf_puts(&deep, "<record>");
	struct read_case c = {0};
	assert_int_equal(case_read(&c, "xml", buf_str(&deep)), PORTROLL_ESYNTAX);
	case_done(&c);
}

static void attributes_without_end_are_refused(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf wide = BUF_INIT(1 << 20);
	buf_puts(&wide, ROOT "<record");
	for (size_t i = 0; i < 1000; i++)
		buf_printf(&wide, " a%zu='x'", i);
	buf_puts(&wide, "/>");
	struct read_case c = {0};
	assert_int_equal(case_read(&c, "xml", buf_str(&wide)), PORTROLL_ELIMIT);
	case_done(&c);
}

static void text_of_nothing_but_breaks_does_not_eat_the_memory(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf breaks = BUF_INIT(INPUT_MAX);
	buf_puts(&breaks, ROOT "<record><description>");
	for (size_t i = 0; i < 10000000; i++)
		buf_put(&breaks, STR("<br/>"));
	struct read_case c = {0};
	assert_int_equal(case_read(&c, "xml", buf_str(&breaks)), PORTROLL_ELIMIT);
	assert_true(c.err.line > 0);
	assert_true(c.arena.size < (size_t)1 << 30);
	case_done(&c);
}

static void every_cut_is_noticed(void **state)
{
	(void)state;
	for (size_t len = 0; len < sizeof(sample) - 2; len++) {
		struct read_case c = {0};
		assert_true(case_read(&c, "xml", str_part(sample_text(), 0, len)) < 0);
		case_done(&c);
	}
}

static void every_version_is_read(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		size_t records, people;
	} versions[] = {
		{"iana-2025-10-22.xml", 14494, 5586},
		{"iana-2026-02-13.xml", 14499, 5588},
		{"iana-2026-08-17.xml", 14533, 5615},
	};
	for (size_t i = 0; i < ARRAY_LEN(versions); i++) {
		struct read_case c;
		if (!case_shared(&c, "", versions[i].name))
			skip();
		assert_int_equal(c.reg->record_count, versions[i].records);
		assert_int_equal(c.reg->person_count, versions[i].people);
		assert_int_equal(c.reg->footnote_count, 1);
		assert_int_equal(c.reg->header.note_count, 2);
		case_done(&c);
	}
}

static void reading_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct oom_input input = {"xml", sample_text()};
	(void)oom_sweep(read_once, &input);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_is_read),
		cmocka_unit_test(record_is_read),
		cmocka_unit_test(rich_text_is_its_runs),
		cmocka_unit_test(empty_elements_are_absent),
		cmocka_unit_test(bad_files_are_refused_with_their_place),
		cmocka_unit_test(nesting_without_end_is_refused),
		cmocka_unit_test(attributes_without_end_are_refused),
		cmocka_unit_test(text_of_nothing_but_breaks_does_not_eat_the_memory),
		cmocka_unit_test(every_cut_is_noticed),
		cmocka_unit_test(every_version_is_read),
		cmocka_unit_test(reading_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

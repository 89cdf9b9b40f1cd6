/* SPDX-License-Identifier: MIT */
#include "read_case.h"

#define TITLES                                                                                     \
	"Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,"                \
	"Registration Date,Modification Date,Reference,Service Code,"
#define HEADER TITLES "Unauthorized Use Reported,Assignment Notes\r\n"
#define OLDER  TITLES "Known Unauthorized Uses,Assignment Notes\n"

static const char sample[] = HEADER
	"http,80-81,tcp,\"World Wide \"\"Web\"\", HTTP\",[W3C],[Tim][Roy],2011-08,2012-01-31,"
	"[RFC9110][1][TR-352],1885957735,yes,\"two\r\nlines [RFC1]\"\r\n"
	"evp,,,,[Only],,,,,,,\r\n"
	",4502-4502,udp,Reserved,[A],[A],,,,,,\r\n";

static struct portroll_str sample_text(void)
{
	return (struct portroll_str){sample, sizeof(sample) - 1};
}

static void row_is_read(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	assert_string_equal(c.result.format->name, "csv");
	assert_int_equal(c.reg->record_count, 3);
	const struct record *r = c.reg->records[0];
	assert_int_equal(r->port.last, 81);
	assert_text(r->description.runs[0].text, "World Wide \"Web\", HTTP");
	assert_int_equal(r->contacts.count, 2);
	assert_int_equal(r->references.count, 3);
	assert_int_equal(r->references.items[0].type, XREF_RFC);
	assert_text(r->references.items[0].data, "rfc9110");
	assert_int_equal(r->references.items[1].type, XREF_NOTE);
	assert_int_equal(r->references.items[2].type, XREF_TEXT);
	assert_int_equal(r->service_code, 1885957735);
	assert_text(r->unauthorized, "yes");
	assert_int_equal(r->note.count, 1);
	assert_text(r->note.runs[0].text, "two\nlines [RFC1]");
	case_done(&c);
}

static void assignee_is_stored_when_it_is_not_the_contact(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	assert_true(c.reg->records[0]->has_assignee);
	assert_true(c.reg->records[1]->has_assignee);
	assert_int_equal(c.reg->records[1]->contacts.count, 0);
	assert_false(c.reg->records[2]->has_assignee);
	case_done(&c);
}

static void people_and_footnotes_are_added(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	assert_int_equal(c.reg->person_count, 5);
	assert_text(c.reg->people[0]->id, "W3C");
	assert_int_equal(c.reg->footnote_count, 1);
	assert_int_equal(c.reg->footnotes[0].anchor, 1);
	case_done(&c);
}

static void older_styles_and_byte_order_mark_are_read(void **state)
{
	(void)state;
	static const char *const texts[] = {
		OLDER "a,1,tcp,x,,,,,,,,\n",
		HEADER "a,1,tcp,x,,,,,,,,\r\n",
		"\xef\xbb\xbf" HEADER "a,1,tcp,x,,,,,,,,\n",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct read_case c = {0};
		case_good(&c, "", str_from(texts[i]));
		assert_cell(c.reg, 0, FIELD_DESCRIPTION, "x");
		case_done(&c);
	}
}

static const struct bad_input bad[] = {
	{"Service Name,Port Number,X\r\n", 1, 1, "a row of 3 cells, expected 12"},
	{TITLES "Uses,Assignment Notes\r\n", 1, 133,
	 "title 'Uses', expected 'Unauthorized Use Reported'"},
	{HEADER "a,1,tcp,x,,,,,,,\r\n", 2, 1, "a row of 11 cells, expected 12"},
	{HEADER "a,1,tcp,x,,,,,,,,,\r\n", 2, 1, "a row of more than 12 cells, expected 12"},
	{HEADER "\r\n", 2, 1, "a row of 1 cells, expected 12"},
	{HEADER "a,1,tcp,\"x,,,,,,,,\r\n", 2, 9, "ends inside the quoted cell that begins here"},
	{HEADER "a,1,tcp,\"x\"y,,,,,,,,\r\n", 2, 12, "text after a quoted cell, expected a comma"},
	{HEADER "a,1,tcp,x\"y,,,,,,,,\r\n", 2, 10, "a quote inside a cell"},
	{HEADER "a,1,tcp,x,,,,,,,,note", 2, 22, "ends in the middle of a row"},
	{HEADER "a,1,tcp,x\ry,,,,,,,,\r\n", 2, 10, "control character U+000D"},
	{HEADER "a,65536,tcp,x,,,,,,,,\r\n", 2, 3,
	 "Port Number '65536', expected a port of at most"},
	{HEADER "a,9-8,tcp,x,,,,,,,,\r\n", 2, 3, "lower port"},
	{HEADER "a,1,icmp,x,,,,,,,,\r\n", 2, 5, "Transport Protocol 'icmp', expected tcp, udp"},
	{HEADER "a,1,tcp,x,Tim,,,,,,,\r\n", 2, 11, "Assignee 'Tim', expected [PERSON]"},
	{HEADER "a,1,tcp,x,,[Tim,,,,,,\r\n", 2, 12, "Contact '[Tim', expected [PERSON]"},
	{HEADER "a,1,tcp,x,,,2011-13,,,,,\r\n", 2, 13, "Registration Date '2011-13'"},
	{HEADER "a,1,tcp,x,,,,2011,,,,\r\n", 2, 14, "Modification Date '2011', expected YYYY-MM"},
	{HEADER "a,1,tcp,x,,,,,RFC1,,,\r\n", 2, 15, "Reference 'RFC1', expected [REFERENCE]"},
	{HEADER "a,1,tcp,x,,,,,[04],,,\r\n", 2, 16, "footnote 04 is referred to"},
	{HEADER "a,1,tcp,x,,,,,[0],,,\r\n", 2, 16, "footnote 0 is referred to"},
	{HEADER "a,1,tcp,x,,,,,,4294967296,,\r\n", 2, 16, "expected a number of 32 bits"},
};

static void bad_files_are_refused_with_their_place(void **state)
{
	(void)state;
	check_bad_inputs("csv", bad, ARRAY_LEN(bad));
}

static void csv_of_a_date_has_the_cells_of_the_xml(void **state)
{
	(void)state;
	struct read_case csv, xml;
	if (!case_shared(&csv, "", "iana-2026-02-13.csv"))
		skip();
	if (!case_shared(&xml, "", "iana-2026-02-13.xml"))
		skip();
	size_t counts[FIELD_COUNT] = {0};
	assert_int_equal(cells_differing(csv.reg, xml.reg, counts), 0);
	assert_int_equal(csv.reg->person_count, xml.reg->person_count);
	for (size_t i = 0; i < csv.reg->record_count; i++)
		assert_true(xref_list_equal(csv.reg->records[i]->contacts,
					    xml.reg->records[i]->contacts));
	case_done(&csv);
	case_done(&xml);
}

static void copy_of_2014_is_read_whole(void **state)
{
	(void)state;
	struct read_case c;
	if (!case_file(&c, "", "/usr/share/ipv6toolkit/service-names-port-numbers.csv"))
		skip();
	assert_int_equal(c.reg->record_count, 13521);
	assert_cell(c.reg, 2, FIELD_NAME, "tcpmux");
	assert_cell(c.reg, 2, FIELD_CONTACT, "[Mark_Lottor]");
	case_done(&c);
}

static void reading_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct oom_input input = {"csv", sample_text()};
	(void)oom_sweep(read_once, &input);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(row_is_read),
		cmocka_unit_test(assignee_is_stored_when_it_is_not_the_contact),
		cmocka_unit_test(people_and_footnotes_are_added),
		cmocka_unit_test(older_styles_and_byte_order_mark_are_read),
		cmocka_unit_test(bad_files_are_refused_with_their_place),
		cmocka_unit_test(csv_of_a_date_has_the_cells_of_the_xml),
		cmocka_unit_test(copy_of_2014_is_read_whole),
		cmocka_unit_test(reading_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "read_case.h"

#define PAGE "registry-page-2025-10-22.txt"
#define COLUMNS                                                                                    \
	"Service Name Port Number Transport Protocol Description Assignee Contact "                \
	"Registration Date Modification Date Reference Service Code Unauthorized Use Reported "    \
	"Assignment Notes\n"
#define HEAD   "Ports\n\nLast Updated\n2025-10-22\n"
#define PEOPLE "\nContact Information\n\nID Name Organization Contact URI Last Updated\n"

/* Rows of the shapes that the rules tell apart (data.md section 5). */
static const char sample[] = HEAD
	"Expert(s)\nTCP: A\nUDP: B\nReference\n[RFC6335][BCP165]\n"
	"Note\nas documented in [RFC6335] [sic].\n\nRequest an Assignment\n"
	"  [https://www.iana.org/protocols/apply]\n\nAvailable Formats\n\nCSV\n\nXML\n" COLUMNS
	"tcp [W3C] [Tim]\n"
	"ftp-data 20 tcp File Transfer [Default Data] [Tim] [Tim]\n"
	"24 tcp any private mail system [Tim] [Tim]\n"
	"831 udp Reserved 2025-07-22 De-assigned on 2025-07-22, previously x by [Tim]\n"
	"mdtp 3232 tcp MDT port 2012-02-21 [RFC6513]\n"
	"pon 7202 tcp PON [W3C] [Tim][Roy] 2011-08 2013-01-31 [TR-352][3GPP TS 24]\n"
	"ltp 1113 dccp LTP [Tim] [Tim] 2010-02-09 [RFC5326] 7107696\n"
	"pc 8008 tcp Name [Tim] [Tim] Known Unauthorized Use on port 8008 Defined TXT keys: None\n"
	"svc A service Defined TXT keys: None\n"
	"exp1 1021 tcp RFC3692-style Experiment 1 [1][RFC4727]\n"
	"4502-4502 sctp Unassigned\n" PEOPLE "[Tim] Tim B. Lee mailto:t&w3.org tel:1 2003-01\n"
	"[W3C] World Wide Web Consortium mailto:A B\n"
	"[Roy]\n"
	"\nFootnote\n\n[1] never ship\nas [RFC3692] says\n\nLicensing Terms\n";

static struct portroll_str sample_text(void)
{
	return (struct portroll_str){sample, sizeof(sample) - 1};
}

static void header_is_read(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	assert_string_equal(c.result.format->name, "page");
	const struct header *h = &c.reg->header;
	assert_text(h->title, "Ports");
	assert_true(date_equal(h->updated, (struct date){2025, 10, 22}));
	assert_text(h->expert, "TCP: A\nUDP: B");
	assert_int_equal(h->references.count, 2);
	assert_int_equal(h->note_count, 2);
	assert_int_equal(h->notes[0].text.count, 3);
	assert_text(h->notes[0].text.runs[0].text, "\nas documented in ");
	assert_int_equal(h->notes[0].text.runs[1].kind, RUN_XREF);
	assert_text(h->notes[0].text.runs[2].text, " [sic].\n\n");
	assert_text(h->notes[1].title, "Request an Assignment");
	assert_int_equal(c.reg->footnote_count, 1);
	assert_text(c.reg->footnotes[0].text.runs[0].text, "never ship\nas ");
	case_done(&c);
}

static const struct page_row {
	const char *cells[FIELD_COUNT];
} rows[] = {
	{{"tcp", "", "", "", "[W3C]", "[Tim]", "", "", "", "", "", ""}},
	{{"ftp-data", "20", "tcp", "File Transfer [Default Data]", "[Tim]", "[Tim]", "", "", "", "",
	  "", ""}},
	{{"", "24", "tcp", "any private mail system", "[Tim]", "[Tim]", "", "", "", "", "", ""}},
	{{"", "831", "udp", "Reserved", "", "", "", "2025-07-22", "", "", "",
	  "De-assigned on 2025-07-22, previously x by [Tim]"}},
	{{"mdtp", "3232", "tcp", "MDT port", "", "", "", "2012-02-21", "[RFC6513]", "", "", ""}},
	{{"pon", "7202", "tcp", "PON", "[W3C]", "[Tim][Roy]", "2011-08", "2013-01-31",
	  "[TR-352][3GPP TS 24]", "", "", ""}},
	{{"ltp", "1113", "dccp", "LTP", "[Tim]", "[Tim]", "2010-02-09", "", "[RFC5326]", "7107696",
	  "", ""}},
	{{"pc", "8008", "tcp", "Name", "[Tim]", "[Tim]", "", "", "", "",
	  "Known Unauthorized Use on port 8008", "Defined TXT keys: None"}},
	{{"svc", "", "", "A service", "", "", "", "", "", "", "", "Defined TXT keys: None"}},
	{{"exp1", "1021", "tcp", "RFC3692-style Experiment 1", "", "", "", "", "[1][RFC4727]", "",
	  "", ""}},
	{{"", "4502-4502", "sctp", "Unassigned", "", "", "", "", "", "", "", ""}},
};

static void cells_are_told_apart_by_their_shape(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	assert_int_equal(c.reg->record_count, ARRAY_LEN(rows));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (enum field_id f = 0; f < FIELD_COUNT; f++)
			assert_cell(c.reg, i, f, rows[i].cells[f]);
	case_done(&c);
}

static void name_spells_the_id_and_the_rest_is_the_organization(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", sample_text());
	const struct person *tim = c.reg->people[0], *w3c = c.reg->people[1];
	assert_text(tim->name, "Tim");
	assert_text(tim->org, "B. Lee");
	assert_int_equal(tim->uri_count, 2);
	assert_true(date_equal(tim->updated, (struct date){2003, 1, 0}));
	assert_text(w3c->name, "");
	assert_text(w3c->org, "World Wide Web Consortium");
	assert_text(w3c->uris[0], "mailto:A B");
	case_done(&c);
}

static void line_ends_of_windows_make_no_difference(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf text = BUF_INIT(INPUT_MAX);
	for (const char *c = sample; *c; c++) {
		if (*c == '\n')
			buf_putc(&text, '\r');
		buf_putc(&text, *c);
	}
	struct read_case unix_file = {0}, windows_file = {0};
	case_good(&unix_file, "", sample_text());
	case_good(&windows_file, "", buf_str(&text));
	assert_true(registry_equal(unix_file.reg, windows_file.reg, NULL, NULL));
	case_done(&unix_file);
	case_done(&windows_file);
}

static const struct bad_input bad[] = {
	{HEAD "Note\nx\n", 7, 1, "ends before the titles of the columns"},
	{"Ports\nLast Updated\n2025-13-01\n" COLUMNS, 3, 1, "date '2025-13-01'"},
	{HEAD "Reference\nRFC6335\n" COLUMNS, 6, 1, "'RFC6335', expected references"},
	{HEAD COLUMNS "a 99999 tcp x\n", 6, 3, "port '99999': a port is at most 65535"},
	{HEAD COLUMNS "a 1 tcp x\n" PEOPLE "Tim Lee\n", 11, 1, "expected [ID] first"},
	{HEAD COLUMNS "a 1 tcp x\n" PEOPLE "[A]\n[A]\n", 12, 2, "person 'A' is listed twice"},
	{HEAD COLUMNS "a 1 tcp x [Tim] [Tim]\n", 6, 11, "'[Tim]' is not listed"},
	{HEAD COLUMNS "a 1 tcp x\n\nContact Information\n\nName\n", 10, 1, "expected ID Name"},
	{HEAD COLUMNS "a 1 tcp x\n\nFootnote\n\n[x] y\n", 10, 1, "expected a footnote"},
};

static void bad_pages_are_refused_with_their_place(void **state)
{
	(void)state;
	check_bad_inputs("page", bad, ARRAY_LEN(bad));
}

/* The page that is part of the project, wherever the test runs. */
static bool shipped_page(struct read_case *c)
{
	return case_file(c, "", SOURCE_ROOT "/data/" PAGE);
}

static void shipped_page_is_read_whole(void **state)
{
	(void)state;
	struct read_case c;
	assert_true(shipped_page(&c));
	assert_int_equal(c.reg->record_count, 101);
	assert_int_equal(c.reg->person_count, 43);
	assert_cell(c.reg, 0, FIELD_NAME, "grubd");
	assert_cell(c.reg, 73, FIELD_DESCRIPTION, "MySQL");
	assert_cell(c.reg, 98, FIELD_PORT, "3367-3371");
	assert_cell(c.reg, 98, FIELD_TRANSPORT, "");
	assert_cell(c.reg, 100, FIELD_CONTACT, "[Moon_Ho_Chung]");
	assert_text(c.reg->people[42]->id, "brockman");
	assert_text(c.reg->people[42]->name, "");
	case_done(&c);
}

/* Number of the record with the same key in the whole registry. */
static size_t find_record(const struct registry *reg, const struct record *wanted)
{
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (str_equal(r->name, wanted->name) && r->has_port == wanted->has_port &&
		    r->port.first == wanted->port.first && r->transport == wanted->transport)
			return i;
	}
	fail_msg("no record '%.*s'", PORTROLL_STR_ARG(wanted->name));
	return 0;
}

static struct registry *rows_of_page(struct read_case *page, struct read_case *xml)
{
	static uint32_t indexes[101];
	assert_int_equal(page->reg->record_count, ARRAY_LEN(indexes));
	for (size_t i = 0; i < ARRAY_LEN(indexes); i++)
		indexes[i] = (uint32_t)find_record(xml->reg, page->reg->records[i]);
	return registry_select(xml->reg, indexes, ARRAY_LEN(indexes), &xml->arena);
}

static void header_of_the_page_is_that_of_the_xml(const struct header *a, const struct header *b)
{
	assert_true(str_equal(a->title, b->title));
	assert_true(date_equal(a->updated, b->updated));
	assert_true(str_equal(a->expert, b->expert));
	assert_true(xref_list_equal(a->references, b->references));
	assert_int_equal(a->note_count, b->note_count);
	for (size_t i = 0; i < a->note_count; i++) {
		assert_true(str_equal(a->notes[i].title, b->notes[i].title));
		assert_true(richtext_equal(a->notes[i].text, b->notes[i].text));
	}
}

static size_t people_differing(const struct registry *a, const struct registry *b)
{
	size_t count = 0;
	assert_int_equal(a->person_count, b->person_count);
	for (size_t i = 0; i < a->person_count; i++) {
		const struct person *x = a->people[i], *y = b->people[i];
		assert_true(str_equal(x->id, y->id));
		assert_true(date_equal(x->updated, y->updated));
		assert_int_equal(x->uri_count, y->uri_count);
		for (size_t k = 0; k < x->uri_count; k++)
			assert_true(str_equal(x->uris[k], y->uris[k]));
		count += !str_equal_squeezed(x->name, y->name) ||
			 !str_equal_squeezed(x->org, y->org);
	}
	return count;
}

/* data.md section 5: the lone dates of 4 rows stand in the other column, and one name ends too
 * early; all else is equal. */
static void page_equals_the_xml_of_its_date(void **state)
{
	(void)state;
	struct read_case page, xml;
	if (!case_shared(&page, "", PAGE))
		skip();
	if (!case_shared(&xml, "", "iana-2025-10-22.xml"))
		skip();
	struct registry *expected = rows_of_page(&page, &xml);
	size_t counts[FIELD_COUNT] = {0};
	header_of_the_page_is_that_of_the_xml(&page.reg->header, &xml.reg->header);
	assert_int_equal(cells_differing(page.reg, expected, counts), 8);
	assert_int_equal(counts[FIELD_REGISTERED], 4);
	assert_int_equal(counts[FIELD_MODIFIED], 4);
	assert_int_equal(people_differing(page.reg, expected), 1);
	case_done(&page);
	case_done(&xml);
}

static void put_words(struct buf *out, struct portroll_str text)
{
	struct portroll_str word;
	while (str_word(&text, &word)) {
		if (out->len && out->ptr[out->len - 1] != '\n')
			buf_putc(out, ' ');
		buf_put(out, word);
	}
}

/* The registry as a page would show it, blanks collapsed and empty cells gone. */
static void put_page(struct buf *out, const struct registry *reg)
{
	CLEANUP(buf_done) struct buf cell = BUF_INIT(1 << 20);
	buf_puts(out, HEAD COLUMNS);
	for (size_t i = 0; i < reg->record_count; i++) {
		for (enum field_id f = 0; f < FIELD_COUNT; f++) {
			buf_clear(&cell);
			field_put(&cell, f, reg->records[i]);
			put_words(out, buf_str(&cell));
		}
		buf_putc(out, '\n');
	}
	buf_puts(out, PEOPLE);
	for (size_t i = 0; i < reg->person_count; i++) {
		const struct person *p = reg->people[i];
		char date[DATE_TEXT_MAX];
		buf_printf(out, "[%.*s]", PORTROLL_STR_ARG(p->id));
		put_words(out, p->name);
		put_words(out, p->org);
		for (size_t k = 0; k < p->uri_count; k++)
			put_words(out, p->uris[k]);
		put_words(out, (struct portroll_str){date, date_format(date, p->updated)});
		buf_putc(out, '\n');
	}
}

/* All records collapsed to a page: at most 20 cells of a column come back wrong, 238 lone dates
 * stand in the other column, and 151 people have another border between name and organization. */
static void whole_registry_as_a_page_comes_back(void **state)
{
	(void)state;
	struct read_case xml, page = {0};
	if (!case_shared(&xml, "", "iana-2025-10-22.xml"))
		skip();
	CLEANUP(buf_done) struct buf text = BUF_INIT(INPUT_MAX);
	put_page(&text, xml.reg);
	case_good(&page, "", buf_str(&text));
	size_t counts[FIELD_COUNT] = {0};
	(void)cells_differing(page.reg, xml.reg, counts);
	for (enum field_id f = 0; f < FIELD_COUNT; f++) {
		bool date = f == FIELD_REGISTERED || f == FIELD_MODIFIED;
		assert_in_range(counts[f], 0, date ? 238 : 20);
	}
	assert_in_range(people_differing(page.reg, xml.reg), 0, 151);
	case_done(&page);
	case_done(&xml);
}

static void reading_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct oom_input input = {"page", sample_text()};
	(void)oom_sweep(read_once, &input);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_is_read),
		cmocka_unit_test(cells_are_told_apart_by_their_shape),
		cmocka_unit_test(name_spells_the_id_and_the_rest_is_the_organization),
		cmocka_unit_test(line_ends_of_windows_make_no_difference),
		cmocka_unit_test(bad_pages_are_refused_with_their_place),
		cmocka_unit_test(shipped_page_is_read_whole),
		cmocka_unit_test(page_equals_the_xml_of_its_date),
		cmocka_unit_test(whole_registry_as_a_page_comes_back),
		cmocka_unit_test(reading_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

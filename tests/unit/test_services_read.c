/* SPDX-License-Identifier: MIT */
#include "read_case.h"

static const char services[] = "# a comment\n\n"
			       "kerberos\t88/tcp\tkrb5 kerberos-sec\t# Kerberos v5\n"
			       "echo 4/ddp # AppleTalk Echo Protocol\n"
			       "disc 9/tcp/udp\tsink\r\n"
			       "x11 6000-6063/tcp # X\n"
			       "last 70/sctp";

static const char nmap[] = "# Nmap\n"
			   "tcpmux\t1/tcp\t0.001995\t# TCP Port\n"
			   "unknown\t4/udp\t3/1000\n";

static void each_name_and_protocol_is_a_record(void **state)
{
	(void)state;
	static const struct {
		const char *name, *port, *transport, *description;
	} records[] = {
		{"kerberos", "88", "tcp", "Kerberos v5"},
		{"krb5", "88", "tcp", "Kerberos v5"},
		{"kerberos-sec", "88", "tcp", "Kerberos v5"},
		{"echo", "", "", "AppleTalk Echo Protocol"},
		{"disc", "9", "tcp", ""},
		{"sink", "9", "tcp", ""},
		{"disc", "9", "udp", ""},
		{"sink", "9", "udp", ""},
		{"x11", "6000-6063", "tcp", "X"},
		{"last", "70", "sctp", ""},
	};
	struct read_case c = {0};
	case_good(&c, "", str_from(services));
	assert_string_equal(c.result.format->name, "services");
	assert_int_equal(c.reg->record_count, ARRAY_LEN(records));
	for (size_t i = 0; i < ARRAY_LEN(records); i++) {
		assert_cell(c.reg, i, FIELD_NAME, records[i].name);
		assert_cell(c.reg, i, FIELD_PORT, records[i].port);
		assert_cell(c.reg, i, FIELD_TRANSPORT, records[i].transport);
		assert_cell(c.reg, i, FIELD_DESCRIPTION, records[i].description);
	}
	assert_text(extra_value(c.reg->records[3]->extras, STR("port")), "4/ddp");
	case_done(&c);
}

static void nmap_keeps_frequencies_and_names_its_licence(void **state)
{
	(void)state;
	struct read_case c = {0};
	case_good(&c, "", str_from(nmap));
	assert_string_equal(c.result.format->name, "nmap");
	assert_text(c.result.licence, "Nmap Public Source License (NPSL)");
	assert_text(c.reg->records[0]->name, "tcpmux");
	assert_text(extra_value(c.reg->records[0]->extras, STR("frequency")), "0.001995");
	assert_text(c.reg->records[1]->name, "");
	assert_text(extra_value(c.reg->records[1]->extras, STR("frequency")), "3/1000");
	case_done(&c);
}

static void nmap_says_when_it_was_changed(void **state)
{
	(void)state;
	static const struct {
		const char *comment, *date;
	} cases[] = {
		{"# $Id: nmap-services 38442 2022-08-31 22:53:46Z dmiller $\n", "2022-08-31"},
		{"# Nmap\n#\n# $Id: nmap-services 1 2020-01-02 x $\n", "2020-01-02"},
		{"# $Id: nmap-services 1 yesterday x $\n", ""},
		{"# $Id: nmap-services 38442\n", ""},
		{"# $Id: other 1 2020-01-02 $\n", ""},
		{"#\n\n# $Id: nmap-services 1 2020-01-02 x $\n", ""},
		{"", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(buf_done) struct buf text = BUF_INIT(4096);
		struct read_case c = {0};
		char date[DATE_TEXT_MAX];
		buf_puts(&text, cases[i].comment);
		buf_puts(&text, nmap);
		case_good(&c, "nmap", buf_str(&text));
		struct portroll_str dated = {date, date_format(date, c.reg->header.updated)};
		assert_text(dated, cases[i].date);
		case_done(&c);
	}
}

static const struct bad_input bad_services[] = {
	{"a 1/tcp\nb\n", 2, 1, "only 'b', expected NAME PORT/PROTOCOL"},
	{"a 1/tcp\nb # 1/tcp\n", 2, 1, "only 'b'"},
	{"a 1/tcp\nb 80\n", 2, 3, "port '80', expected PORT/PROTOCOL"},
	{"a 1/tcp\nb http/tcp\n", 2, 3, "port 'http/tcp', expected a number from 0"},
	{"a 1/tcp\nb 70000/tcp\n", 2, 3, "at most 65535"},
	{"a 1/tcp\nb 9-8/tcp\n", 2, 3, "lower port"},
	{"a 1/tcp\nb 80/xyz\n", 2, 6, "protocol 'xyz', expected tcp, udp, sctp or dccp"},
	{"a 1/tcp\nb 80/\n", 2, 6, "protocol ''"},
	{"a 1/tcp\nb 80/tcp/ddp\n", 2, 10, "protocol 'ddp'"},
	{"a 1/tcp\nb 80/tcp/udp/tcp\n", 2, 14, "protocol 'tcp', expected each only once"},
};

static const struct bad_input bad_nmap[] = {
	{"a 1/tcp 0.1\nb 1/tcp\n", 2, 8, "frequency '', expected a number like 0.000477"},
	{"a 1/tcp 0.1\nb 1/tcp often\n", 2, 9, "frequency 'often'"},
	{"a 1/tcp 0.1\nb 1/tcp 0.1 x\n", 2, 13, "word 'x', expected # and a comment"},
	{"a 1/tcp 0.1\nb 1/ip 0.1\n", 2, 5, "protocol 'ip'"},
	{"a 1/tcp 0.1\nb 99999/tcp 0.1\n", 2, 3, "at most 65535"},
};

static void bad_files_are_refused_with_their_place(void **state)
{
	(void)state;
	check_bad_inputs("services", bad_services, ARRAY_LEN(bad_services));
	check_bad_inputs("nmap", bad_nmap, ARRAY_LEN(bad_nmap));
}

static size_t data_lines(struct portroll_str file)
{
	struct portroll_str line;
	size_t count = 0;
	while (str_cut(&file, '\n', &line)) {
		struct portroll_str text = str_trim(line);
		count += text.len && text.ptr[0] != '#';
	}
	return count;
}

static void file_of_nmap_is_read_whole(void **state)
{
	(void)state;
	struct read_case c;
	if (!case_file(&c, "", "/usr/share/nmap/nmap-services"))
		skip();
	assert_string_equal(c.result.format->name, "nmap");
	assert_int_equal(c.reg->record_count, data_lines(c.file.bytes));
	assert_true(c.reg->record_count > 27000);
	case_done(&c);
}

static bool has_record(const struct registry *reg, const char *name, uint16_t port,
		       uint8_t transport)
{
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (str_equal(r->name, str_from(name)) && r->has_port && r->port.first == port &&
		    r->transport == transport)
			return true;
	}
	return false;
}

static void file_of_wireshark_is_read_whole(void **state)
{
	(void)state;
	struct read_case c;
	if (!case_file(&c, "", "/usr/share/wireshark/services"))
		skip();
	assert_string_equal(c.result.format->name, "services");
	assert_true(c.reg->record_count > data_lines(c.file.bytes));
	assert_true(has_record(c.reg, "mysql", 3306, PORTROLL_TCP));
	assert_true(has_record(c.reg, "mysql", 3306, PORTROLL_UDP));
	case_done(&c);
}

static void file_of_the_system_is_read_whole(void **state)
{
	(void)state;
	struct read_case c;
	if (!case_file(&c, "", "/etc/services"))
		skip();
	assert_string_equal(c.result.format->name, "services");
	assert_true(has_record(c.reg, "ssh", 22, PORTROLL_TCP));
	case_done(&c);
}

static void reading_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct oom_input inputs[] = {{"services", str_from(services)}, {"nmap", str_from(nmap)}};
	for (size_t i = 0; i < ARRAY_LEN(inputs); i++)
		(void)oom_sweep(read_once, &inputs[i]);
}

static void aliases_without_end_do_not_eat_the_memory(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf wide = BUF_INIT(INPUT_MAX);
	buf_puts(&wide, "a 1/tcp");
	for (size_t i = 0; i < 8000000; i++)
		buf_puts(&wide, " b");
	struct read_case c = {0};
	assert_int_equal(case_read(&c, "services", buf_str(&wide)), PORTROLL_ELIMIT);
	assert_true(c.arena.size < (size_t)1 << 30);
	case_done(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(aliases_without_end_do_not_eat_the_memory),
		cmocka_unit_test(each_name_and_protocol_is_a_record),
		cmocka_unit_test(nmap_keeps_frequencies_and_names_its_licence),
		cmocka_unit_test(nmap_says_when_it_was_changed),
		cmocka_unit_test(bad_files_are_refused_with_their_place),
		cmocka_unit_test(file_of_nmap_is_read_whole),
		cmocka_unit_test(file_of_wireshark_is_read_whole),
		cmocka_unit_test(file_of_the_system_is_read_whole),
		cmocka_unit_test(reading_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "generated.h"
#include "small.h"
#include "write_case.h"

#include "formats/service_tally.h"

#define ALIAS    "This entry is an alias to \"whoispp\".\nThis entry is now historic."
#define HISTORIC "This entry is an alias to \"914c-g\"."
#define TEN      "name-of-ten"

static const struct small_row rows[] = {
	{"domain", "53", "tcp", "Domain Name\n  Server", NULL},
	{"domain", "53", "udp", "Domain  Name Server", NULL},
	{"whois++", "63", "tcp", "old", ALIAS},
	{"whoispp", "63", "tcp", "new", NULL},
	{"914c/g", "211", "tcp", "Texas Instruments", HISTORIC},
	{"914c-g", "211", "tcp", "Texas Instruments", NULL},
	{"http", "80", "tcp", "World Wide Web HTTP", NULL},
	{"www", "80", "tcp", "World Wide Web HTTP", NULL},
	{"http", "80", "sctp", "HTTP", NULL},
	{"satvid-datalnk", "3367-3369", NULL, "Satellite Video Data Link", NULL},
	{NULL, "4", "tcp", "Unassigned", NULL},
	{"ssh", NULL, NULL, "no port", NULL},
	{"4711", "99", "tcp", "no letter", NULL},
	{"long", "100", "udp",
	 "A description with a last word that is cut: " TEN TEN TEN TEN
	 "-\u00e9\u00e9\u00e9\u00e9\u00e9",
	 NULL},
};

static void check_written(const struct write_options *o, const char *expected)
{
	struct arena a = ARENA_INIT;
	struct registry *reg = small_registry(&a, rows, ARRAY_LEN(rows));
	assert_non_null(reg);
	reg->header.title = STR("Service Names");
	reg->header.updated = (struct date){2026, 8, 17};
	struct buf out = case_write(reg, services_write, o, NULL);
	assert_lines_equal(buf_str(&out), str_from(expected));
	buf_done(&out);
	arena_done(&a);
}

static void a_port_and_transport_have_one_line_canonical_name_first(void **state)
{
	(void)state;
	const struct write_options o = {.provenance = STR("source iana:\n2026")};
	check_written(
		&o,
		"# Service Names\n"
		"# As of 2026-08-17\n"
		"# source iana: 2026\n"
		"#\n"
		"domain          53/tcp      # Domain Name Server\n"
		"domain          53/udp      # Domain  Name Server\n"
		"whoispp         63/tcp      whois++ # new\n"
		"http            80/tcp      www # World Wide Web HTTP\n"
		"http            80/sctp     # HTTP\n"
		"long            100/udp     # A description with a last word that is cut: " TEN TEN
			TEN TEN "-\u00e9\u00e9\u00e9\n"
		"914c-g          211/tcp     914c/g # Texas Instruments\n"
		"satvid-datalnk  3367/tcp    # Satellite Video Data Link\n"
		"satvid-datalnk  3367/udp    # Satellite Video Data Link\n");
}

static void transports_with_the_same_names_merge_and_ranges_expand_on_request(void **state)
{
	(void)state;
	const struct write_options o = {
		.merge_transports = true, .expand_ranges = true, .title = STR("Ours")};
	check_written(
		&o,
		"# Ours\n"
		"# As of 2026-08-17\n"
		"#\n"
		"domain          53/tcp/udp  # Domain Name Server\n"
		"whoispp         63/tcp      whois++ # new\n"
		"http            80/tcp      www # World Wide Web HTTP\n"
		"http            80/sctp     # HTTP\n"
		"long            100/udp     # A description with a last word that is cut: " TEN TEN
			TEN TEN "-\u00e9\u00e9\u00e9\n"
		"914c-g          211/tcp     914c/g # Texas Instruments\n"
		"satvid-datalnk  3367/tcp/udp # Satellite Video Data Link\n"
		"satvid-datalnk  3368/tcp/udp # Satellite Video Data Link\n"
		"satvid-datalnk  3369/tcp/udp # Satellite Video Data Link\n");
}

static void aliases_that_have_no_room_are_left_out_and_counted(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	struct loss loss = {0};
	assert_non_null(reg);
	for (size_t i = 0; i < 20; i++) {
		const struct record r = {.name = generated_text(&a, "name-number-", i),
					 .has_port = true,
					 .port = {7, 7},
					 .transport = PORTROLL_UDP};
		assert_int_equal(registry_add(reg, &r), 0);
	}
	struct buf out = case_write(reg, services_write, NULL, &loss);
	struct portroll_str line = buf_str(&out);
	line = str_part(line, str_find(line, STR("name")), line.len);
	assert_true(line.len <= 127);
	assert_text(line, "name-number-0   7/udp       name-number-1 name-number-2 name-number-3 "
			  "name-number-4 name-number-5 name-number-6 name-number-7\n");
	assert_int_equal(loss.counts[LOSS_NAMES], 12);
	buf_done(&out);
	arena_done(&a);
}

static const struct small_row above_rows[] = {
	{"far", "9000", "tcp", "", NULL},
	{"both", "200", "udp", "", NULL},
};

static const struct small_row below_rows[] = {
	{"far", "100", "tcp", "", NULL},           {"second", "100", "tcp", "", NULL},
	{"both", "200", "tcp", "", NULL},          {"other", "9000", "tcp", "", NULL},
	{"cross-a", "301", "tcp", "", NULL},       {"cross-b", "302", "tcp", "", NULL},
	{"vertical\vtab", "303", "tcp", "", NULL},
};

static void make_roll(struct roll *roll, struct arena *a)
{
	static const struct copy copy = {.origin = STR_INIT("a file"), .dated = {2026, 8, 17}};
	const struct source above = {
		.name = STR("above"),
		.copies = &copy,
		.copy_count = 1,
		.registry = small_registry(a, above_rows, ARRAY_LEN(above_rows)),
	};
	struct source below = above;
	below.name = STR("below");
	below.registry = small_registry(a, below_rows, ARRAY_LEN(below_rows));
	assert_int_equal(roll_insert(roll, 0, &above, NULL), PORTROLL_OK);
	assert_int_equal(roll_insert(roll, 1, &below, NULL), PORTROLL_OK);
}

static void a_name_is_at_the_ports_of_the_first_source_that_has_it(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct loss loss = {.arena = &a};
	struct service_tally tally = {0};
	struct roll *roll = roll_new(&a);
	struct buf out = BUF_INIT(4096);
	make_roll(roll, &a);
	services_write_roll(&out, roll, "# first line", &tally, &loss);
	assert_text(buf_str(&out), "# first line\n"
				   "# source above: a file of 2026-08-17\n"
				   "# source below: a file of 2026-08-17\n"
				   "#\n"
				   "second          100/tcp\n"
				   "both            200/tcp\n"
				   "both            200/udp\n"
				   "cross-a         301/tcp\n"
				   "cross-b         302/tcp\n"
				   "far             9000/tcp    other\n");
	assert_int_equal(loss.counts[LOSS_PORTS], 0);
	assert_int_equal(loss.counts[LOSS_TRANSPORTS], 1);
	assert_int_equal(loss.counts[LOSS_NAMES], 2);
	assert_int_equal(tally.lines, 6);
	assert_int_equal(tally.names, 7);
	assert_int_equal(tally.held, 6);
	assert_int_equal(tally.left[SERVICE_LEFT_NO_WORD], 1);
	assert_int_equal(tally.elsewhere, 1);
	assert_int_equal(tally.several, 0);
	buf_clear(&out);
	loss_put_items(&out, &loss);
	assert_true(str_starts(buf_str(&out), STR("transports: both 200/udp has another ")));
	buf_done(&out);
	arena_done(&a);
}

static int write_generated(void *context)
{
	struct buf out = BUF_INIT((size_t)1 << 24);
	static const struct write_options o = {.expand_ranges = true};
	services_write(&out, context, &o, NULL);
	int failed = out.failed;
	buf_done(&out);
	return failed;
}

static int write_roll(void *context)
{
	struct buf out = BUF_INIT((size_t)1 << 24);
	struct service_tally tally = {0};
	services_write_roll(&out, context, "# first line", &tally, NULL);
	int failed = out.failed;
	buf_done(&out);
	return failed;
}

static void every_failing_allocation_is_said(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct roll *roll = roll_new(&a);
	make_roll(roll, &a);
	oom_sweep(write_roll, roll);
	oom_sweep(write_generated, generated_registry(&a, 100));
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_port_and_transport_have_one_line_canonical_name_first),
		cmocka_unit_test(transports_with_the_same_names_merge_and_ranges_expand_on_request),
		cmocka_unit_test(aliases_that_have_no_room_are_left_out_and_counted),
		cmocka_unit_test(a_name_is_at_the_ports_of_the_first_source_that_has_it),
		cmocka_unit_test(every_failing_allocation_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "formats/service_claims.h"

#include "oom.h"
#include "test.h"

static const char ours[] = "# heading\n"
			   "\n"
			   "http            80/tcp      www www-http # World Wide Web HTTP\n"
			   "http            80/udp      www # World Wide Web HTTP\n"
			   "domain          53/tcp\n"
			   "second          81/tcp      first third # text\n";

struct filter_row {
	const char *theirs, *expected;
	struct service_filtered counts;
};

static const struct filter_row rows[] = {
	{"",
	 "# heading\n"
	 "http            80/tcp      www www-http # World Wide Web HTTP\n"
	 "http            80/udp      www # World Wide Web HTTP\n"
	 "domain          53/tcp\n"
	 "second          81/tcp      first third # text\n",
	 {.kept = 4}},
	/* A line of theirs takes the port and protocol, also with a name of ours. */
	{"own 80/tcp\nhttp\t80/udp # again\n",
	 "# heading\n"
	 "domain          53/tcp\n"
	 "second          81/tcp      first third # text\n",
	 {.kept = 2, .ports = 2, .renamed = 1}},
	/* A name of theirs is given to no other port; the next one takes its place. */
	{"second 9/udp\nwww 80/sctp\nown 7/tcp domain\n",
	 "# heading\n"
	 "http            80/tcp      www www-http # World Wide Web HTTP\n"
	 "http            80/udp      www # World Wide Web HTTP\n"
	 "first           81/tcp      third # text\n",
	 {.kept = 3, .names = 2}},
	/* Several protocols in one, protocols that we do not know, no last line feed. */
	{"a 53/udp/tcp\nb 80/ddp\nfirst 1/ddp\nthird 1/ddp\nsecond 1/ddp",
	 "# heading\n"
	 "http            80/tcp      www www-http # World Wide Web HTTP\n"
	 "http            80/udp      www # World Wide Web HTTP\n",
	 {.kept = 2, .ports = 1, .renamed = 1, .names = 3}},
	/* What is no line claims nothing, nor does a comment. */
	{"http\n80/tcp\nhttp 80\nhttp 65536/tcp\nhttp 80x/tcp\n# own 80/tcp\nhttp /tcp\n\377\377 "
	 "\n",
	 "# heading\n"
	 "http            80/tcp      www www-http # World Wide Web HTTP\n"
	 "http            80/udp      www # World Wide Web HTTP\n"
	 "domain          53/tcp\n"
	 "second          81/tcp      first third # text\n",
	 {.kept = 4}},
};

static int filter(struct buf *out, struct service_filtered *ret, const char *theirs)
{
	struct service_claims claims = {0};
	int r = service_claims_add(&claims, str_from(theirs));
	if (r == PORTROLL_OK)
		r = service_claims_sort(&claims);
	if (r == PORTROLL_OK)
		service_claims_filter(out, ret, &claims, str_from(ours));
	service_claims_done(&claims);
	return r < 0 ? r : out->failed;
}

static void lines_of_others_win(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf out = BUF_INIT(4096);
		struct service_filtered counts = {0};
		assert_int_equal(filter(&out, &counts, rows[i].theirs), PORTROLL_OK);
		assert_text(buf_str(&out), rows[i].expected);
		assert_int_equal(counts.kept, rows[i].counts.kept);
		assert_int_equal(counts.ports, rows[i].counts.ports);
		assert_int_equal(counts.renamed, rows[i].counts.renamed);
		assert_int_equal(counts.names, rows[i].counts.names);
		buf_done(&out);
	}
}

/* Not the product of both: a line of megabytes would take all memory. */
static void a_line_claims_its_protocols_and_its_names(void **state)
{
	(void)state;
	struct service_claims claims = {0};
	assert_int_equal(service_claims_add(&claims, STR("a 53/tcp/udp/x/y b c d e")), PORTROLL_OK);
	assert_int_equal(claims.count, 4 + 4);
	service_claims_done(&claims);
}

static int filter_all(void *context)
{
	(void)context;
	struct buf out = BUF_INIT(4096);
	struct service_filtered counts;
	int r = filter(&out, &counts, rows[2].theirs);
	buf_done(&out);
	return r;
}

static void every_failing_allocation_is_said(void **state)
{
	(void)state;
	oom_sweep(filter_all, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_others_win),
		cmocka_unit_test(a_line_claims_its_protocols_and_its_names),
		cmocka_unit_test(every_failing_allocation_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

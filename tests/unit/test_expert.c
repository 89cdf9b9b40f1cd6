/* SPDX-License-Identifier: MIT */
#include "registry/expert.h"

#include "test.h"

/* Groups as label=name|name, one after the other; {1,2} are the transports. */
static const struct expert_case {
	const char *text, *groups;
} cases[] = {
	{"TCP/UDP: Joe Touch; Eliot Lear, Kumiko Ono, Wes Eddy, Brian Trammell, \nJana Iyengar, "
	 "and Michael Scharf\nSCTP: Michael Tuexen\nDCCP: Eddie Kohler and Yoshifumi Nishida",
	 "TCP/UDP{12}=Joe Touch|Eliot Lear|Kumiko Ono|Wes Eddy|Brian Trammell|Jana Iyengar|"
	 "Michael Scharf;SCTP{3}=Michael Tuexen;DCCP{4}=Eddie Kohler|Yoshifumi Nishida;"},
	{"SCTP: Michael\n   Tuexen", "SCTP{3}=Michael Tuexen;"},
	{"SCTP:\nDCCP: A,B", "SCTP{3}=;DCCP{4}=A|B;"},
	{"tcp: Andrea Anderson", "tcp{1}=Andrea Anderson;"},
	{"  Joe Touch and others \n", "{}=Joe Touch and others;"},
	{"Primary: Joe Touch", "{}=Primary: Joe Touch;"},
	{"TCP/XTP: Joe Touch", "{}=TCP/XTP: Joe Touch;"},
	{"TCP/UDP/SCTP/DCCP/TCP: Joe Touch", "{}=TCP/UDP/SCTP/DCCP/TCP: Joe Touch;"},
	{"TCP: ,;, and and", "TCP{1}=;"},
	{"", ""},
	{" \n ", ""},
};

static void put_group(struct buf *out, const struct expert_group *group)
{
	buf_put(out, group->label);
	buf_putc(out, '{');
	for (size_t i = 0; i < group->transport_count; i++)
		buf_put_num(out, group->transports[i]);
	buf_puts(out, "}=");
	for (size_t i = 0; i < group->name_count; i++) {
		buf_puts(out, i ? "|" : "");
		buf_put(out, group->names[i]);
	}
	buf_putc(out, ';');
}

static void experts_come_by_transport(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a = ARENA_INIT;
		struct buf out = BUF_INIT(10000);
		const struct expert_group *groups;
		size_t count;
		assert_int_equal(experts_parse(&groups, &count, str_from(cases[i].text), &a),
				 PORTROLL_OK);
		for (size_t k = 0; k < count; k++)
			put_group(&out, &groups[k]);
		assert_text(buf_str(&out), cases[i].groups);
		buf_done(&out);
		arena_done(&a);
	}
}

static int parse_first(void *context)
{
	(void)context;
	struct arena a = ARENA_INIT;
	const struct expert_group *groups;
	size_t count;
	int r = experts_parse(&groups, &count, str_from(cases[0].text), &a);
	arena_done(&a);
	return r;
}

static void parsing_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(parse_first, NULL) >= 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(experts_come_by_transport),
		cmocka_unit_test(parsing_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

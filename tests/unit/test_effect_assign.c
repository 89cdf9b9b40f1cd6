/* SPDX-License-Identifier: MIT */
#include "effect_case.h"

#define WHO                                                                                        \
	"Assignee: Example <a@example.com>\nContact: Example <a@example.com>\nDescription: Foo\n"
#define FOO  "Request: assign\nService Name: foo\n" WHO
#define SAID "Foo,[Example],[Example],2026-01-05,,,,,"

static const struct effect_row_case rows[] = {
	{"a port amid a free range: the range is split, the counterpart reserved",
	 ",9982-9989,,Unassigned,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: 9986\n"},
	 ",9982-9985,,Unassigned,,,,,,,,\n"
	 "foo,9986,tcp," SAID "\n"
	 ",9986,udp,Reserved,,,,,,,,\n"
	 ",9987-9989,,Unassigned,,,,,,,,\n",
	 "assigns foo 9986/tcp; splits 9982-9989; reserves 9986/udp",
	 0,
	 NULL},
	{"its last port: the range is cut",
	 ",9982-9986,,Unassigned,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: udp\nPort Number: 9986\n"},
	 ",9982-9985,,Unassigned,,,,,,,,\n"
	 ",9986,tcp,Reserved,,,,,,,,\n"
	 "foo,9986,udp," SAID "\n",
	 "assigns foo 9986/udp; cuts 9982-9986; reserves 9986/tcp",
	 0,
	 NULL},
	{"its first port",
	 ",9982-9986,,Unassigned,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp, udp\nPort Number: 9982\n"},
	 "foo,9982,tcp," SAID "\nfoo,9982,udp," SAID "\n,9983-9986,,Unassigned,,,,,,,,\n",
	 "assigns foo 9982/tcp; assigns foo 9982/udp; cuts 9982-9986",
	 0,
	 NULL},
	{"a free row of one port goes",
	 ",5319,,Unassigned,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp, udp\nPort Number: 5319\n",
	  .registered = "2025-12-01"},
	 "foo,5319,tcp,Foo,[Example],[Example],2025-12-01,,,,,\n"
	 "foo,5319,udp,Foo,[Example],[Example],2025-12-01,,,,,\n",
	 NULL,
	 0,
	 NULL},
	{"a row of one transport gives way, that of the other is held back",
	 ",4,tcp,Unassigned,,,,,,,,\n,4,udp,Unassigned,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: 4\n"},
	 "foo,4,tcp," SAID "\n,4,udp,Reserved,,,,,,,,\n",
	 NULL,
	 0,
	 NULL},
	{"sctp alone: tcp and udp are held back",
	 ",4-6,,Unassigned,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: sctp\nPort Number: 5\n"},
	 ",4,,Unassigned,,,,,,,,\n,5,tcp,Reserved,,,,,,,,\n,5,udp,Reserved,,,,,,,,\n"
	 "foo,5,sctp," SAID "\n,6,,Unassigned,,,,,,,,\n",
	 NULL,
	 0,
	 NULL},
	{"dccp: a record for each service code",
	 ",4-6,,Unassigned,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: dccp\nPort Number: 4\nService Code: SC:fdpz, 7\n"},
	 ",4,tcp,Reserved,,,,,,,,\n,4,udp,Reserved,,,,,,,,\n"
	 "foo,4,dccp,Foo,[Example],[Example],2026-01-05,,,1717858426,,\n"
	 "foo,4,dccp,Foo,[Example],[Example],2026-01-05,,,7,,\n,5-6,,Unassigned,,,,,,,,\n",
	 NULL,
	 0,
	 NULL},
	{"a reserved row of the port becomes the assignment, where it stands",
	 "bar,5,udp,Bar,,,,,,,,\n,5,tcp,Reserved,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: 5\n"},
	 "bar,5,udp,Bar,,,,,,,,\nfoo,5,tcp," SAID "\n",
	 NULL,
	 0,
	 NULL},
	{"what is reserved for all transports stays so for the other",
	 ",5-7,,Reserved,,,,,,,,Held\n",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: 6\n"},
	 ",5,,Reserved,,,,,,,,Held\nfoo,6,tcp," SAID "\n,6,udp,Reserved,,,,,,,,Held\n"
	 ",7,,Reserved,,,,,,,,Held\n",
	 NULL,
	 0,
	 NULL},
	{"an unauthorized use stays with the part that has the port",
	 ",11431-11488,,Unassigned,,,,,,,Known UNAUTHORIZED USE: port 11488,\n",
	 {.document = FOO "Transport Protocols: tcp, udp\nPort Number: 11434\n"},
	 ",11431-11433,,Unassigned,,,,,,,,\nfoo,11434,tcp," SAID "\nfoo,11434,udp," SAID "\n"
	 ",11435-11488,,Unassigned,,,,,,,Known UNAUTHORIZED USE: port 11488,\n",
	 NULL,
	 0,
	 NULL},
	{"a range, and what was granted in it",
	 ",9000-9009,,Unassigned,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp, udp\nPort Number: user\n", .granted = "9005"},
	 ",9000-9004,,Unassigned,,,,,,,,\nfoo,9005,tcp," SAID "\nfoo,9005,udp," SAID "\n"
	 ",9006-9009,,Unassigned,,,,,,,,\n",
	 NULL,
	 0,
	 NULL},
	{"a name only, in the alphabet, with its TXT keys",
	 "bar,5,tcp,Bar,,,,,,,,\nbaz,,udp,Baz,,,,,,,,\ngnu,,,Gnu,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp, udp\nDefined TXT Keys: path, version\n"},
	 "bar,5,tcp,Bar,,,,,,,,\nbaz,,udp,Baz,,,,,,,,\n"
	 "foo,,tcp," SAID "\"Defined TXT keys: path, version\"\n"
	 "foo,,udp," SAID "\"Defined TXT keys: path, version\"\ngnu,,,Gnu,,,,,,,,\n",
	 "assigns foo tcp; assigns foo udp",
	 0,
	 NULL},
	{"a reference is shown, a description is not",
	 ",80,,Unassigned,,,,,,,,\n",
	 {.document = FOO
	  "Transport Protocols: tcp, udp\nPort Number: 80\nReference: [RFC6335]\n [n/a]\n"},
	 "foo,80,tcp,Foo,[Example],[Example],2026-01-05,,[RFC6335][n/a],,,\n"
	 "foo,80,udp,Foo,[Example],[Example],2026-01-05,,[RFC6335][n/a],,,\n",
	 NULL,
	 0,
	 NULL},
	{"a description of the protocol is no reference",
	 ",80,,Unassigned,,,,,,,,\n",
	 {.document = FOO
	  "Transport Protocols: tcp, udp\nPort Number: 80\nReference: It sends greetings.\n"},
	 "foo,80,tcp," SAID "\nfoo,80,udp," SAID "\n",
	 NULL,
	 0,
	 NULL},
	{"a name only without TXT keys says so",
	 "",
	 {.document = FOO "Transport Protocols: udp\n"},
	 "foo,,udp," SAID "Defined TXT keys: None\n",
	 "assigns foo udp",
	 0,
	 NULL},
};

static const struct effect_row_case refused[] = {
	{"an assigned port",
	 "bar,5,tcp,Bar,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp, udp\nPort Number: 5\n"},
	 NULL,
	 NULL,
	 PORTROLL_ECONFLICT,
	 "bar 5/tcp is assigned"},
	{"a port that is assigned on every transport",
	 "bar,5,,Bar,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: udp\nPort Number: 5\n"},
	 NULL,
	 NULL,
	 PORTROLL_ECONFLICT,
	 "bar 5 is assigned"},
	{"a port in an assigned range",
	 "x11,6000-6063,tcp,X,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: 6010\n"},
	 NULL,
	 NULL,
	 PORTROLL_ECONFLICT,
	 "x11 6000-6063/tcp is assigned"},
	{"a name that differs by case only",
	 "FOO,,,Foo,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp\n"},
	 NULL,
	 NULL,
	 PORTROLL_ECONFLICT,
	 "FOO has the name already"},
	{"no name",
	 "",
	 {.document = "Request: assign\nTransport Protocols: tcp\n"},
	 NULL,
	 NULL,
	 PORTROLL_ERULE,
	 "no service name"},
	{"a name that is none",
	 "",
	 {.document = "Request: assign\nService Name: 6000\nTransport Protocols: tcp\n"},
	 NULL,
	 NULL,
	 PORTROLL_ERULE,
	 "'6000' is no service name"},
	{"a port above all",
	 "",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: 65536\n"},
	 NULL,
	 NULL,
	 PORTROLL_ERULE,
	 "'65536' is no port"},
	{"a Dynamic Port",
	 "",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: 49152\n"},
	 NULL,
	 NULL,
	 PORTROLL_ERULE,
	 "49152 is Dynamic"},
	{"a range over two classes",
	 "",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: 1000-1030\n"},
	 NULL,
	 NULL,
	 PORTROLL_ERULE,
	 "1000-1030 is no range within one class"},
	{"no port was granted",
	 "",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: user\n"},
	 NULL,
	 NULL,
	 PORTROLL_ERULE,
	 "no port was granted"},
	{"what was granted is of another range",
	 "",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: user\n", .granted = "80"},
	 NULL,
	 NULL,
	 PORTROLL_ERULE,
	 "80 is not what was asked for"},
	{"a port was granted and none asked",
	 "",
	 {.document = FOO "Transport Protocols: tcp\n", .granted = "80"},
	 NULL,
	 NULL,
	 PORTROLL_ERULE,
	 "80 is not what was asked for"},
	{"no transport",
	 "",
	 {.document = FOO "Port Number: 80\n"},
	 NULL,
	 NULL,
	 PORTROLL_ERULE,
	 "no transport"},
	{"one port twice in a request",
	 ",80,,Unassigned,,,,,,,,\n",
	 {.document = FOO "Transport Protocols: tcp\nPort Number: 80, 80\n"},
	 NULL,
	 NULL,
	 PORTROLL_ECONFLICT,
	 "foo 80/tcp is assigned"},
	{"an id that nobody has",
	 "",
	 {.document = "Service Name: foo\nTransport Protocols: tcp\nAssignee ID: Nobody\n"},
	 NULL,
	 NULL,
	 PORTROLL_ECONFLICT,
	 "no person has the id 'Nobody'"},
};

static void assignments_are_as_iana_writes_them(void **state)
{
	(void)state;
	check_effects(rows, ARRAY_LEN(rows));
}

static void what_is_in_the_way_is_named(void **state)
{
	(void)state;
	check_effects(refused, ARRAY_LEN(refused));
}

static void what_is_not_altered_is_shared_and_the_header_is_dated(void **state)
{
	(void)state;
	struct effect_case c;
	effect_begin(&c, "bar,5,tcp,Bar,,,,,,,,\n,6-9,,Unassigned,,,,,,,,\n");
	effect_on(&c, c.before,
		  &(struct effect_asked){.document =
						 FOO "Transport Protocols: tcp\nPort Number: 8\n"});
	assert_int_equal(c.code, PORTROLL_OK);
	assert_ptr_equal(c.result.registry->records[0], c.before->records[0]);
	assert_int_equal(c.before->record_count, 2);
	assert_true(date_equal(c.result.registry->header.updated, day("2026-01-05")));
	assert_string_equal(c.result.kind, "assign");
	effect_done(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(assignments_are_as_iana_writes_them),
		cmocka_unit_test(what_is_in_the_way_is_named),
		cmocka_unit_test(what_is_not_altered_is_shared_and_the_header_is_dated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "effect_case.h"

#define TCP     "Transport Protocols: tcp\n"
#define UDP     "Transport Protocols: udp\n"
#define PERSON  "Assignee: Example <a@example.com>\nContact: Example <a@example.com>\n"
#define BAR     "bar,5,tcp,Bar,[Org],[Ann],2001-02,2003-04-05,[RFC1],,,\n"
#define BAR_UDP "bar,5,udp,Bar,[Org],[Ann],2001-02,2003-04-05,[RFC1],,,\n"
#define HELD    ",5,udp,Reserved,,,,,,,,\n"
#define ASKED(text)                                                                                \
	{                                                                                          \
		.document = text                                                                   \
	}

static const struct effect_row_case transports_and_names[] = {
	{"a companion becomes the assignee's, from this day", BAR HELD,
	 ASKED("Request: transport\nService Name: bar\n" UDP "Description: Bar over UDP\n"),
	 BAR "bar,5,udp,Bar over UDP,[Org],[Ann],2026-01-05,,[RFC1],,,\n", "assigns bar 5/udp", 0,
	 NULL},
	{"sctp, for which there is no row", BAR HELD,
	 ASKED("Request: transport\nService Name: bar\nTransport Protocols: sctp\n"),
	 BAR HELD "bar,5,sctp,Bar,[Org],[Ann],2026-01-05,,[RFC1],,,\n", NULL, 0, NULL},
	{"a name without port gets another transport", "bar,,tcp,Bar,[Ann],[Ann],,,,,,\n",
	 ASKED("Request: transport\nService Name: bar\n" UDP),
	 "bar,,tcp,Bar,[Ann],[Ann],,,,,,\n"
	 "bar,,udp,Bar,[Ann],[Ann],2026-01-05,,,,,Defined TXT keys: None\n",
	 NULL, 0, NULL},
	{"a transport that it has", BAR HELD, ASKED("Request: transport\nService Name: bar\n" TCP),
	 NULL, NULL, PORTROLL_ECONFLICT, "bar 5/tcp is assigned"},
	{"a transport that the name has", "bar,,,Bar,,,,,,,,\n",
	 ASKED("Request: transport\nService Name: bar\n" TCP), NULL, NULL, PORTROLL_ECONFLICT,
	 "bar has that transport already"},
	{"a transport of a name that is not there", BAR,
	 ASKED("Request: transport\nService Name: baz\n" TCP), NULL, NULL, PORTROLL_ECONFLICT,
	 "no record of 'baz'"},
	{"a further service stands behind the first", BAR BAR_UDP ",6,,Unassigned,,,,,,,,\n",
	 ASKED("Request: name\nService Name: foo\nPort Number: 5\n" TCP
	       "Description: Foo\n" PERSON),
	 BAR "foo,5,tcp,Foo,[Example],[Example],2026-01-05,,,,,\n" BAR_UDP
	     ",6,,Unassigned,,,,,,,,\n",
	 "assigns foo 5/tcp", 0, NULL},
	{"a further service where there is none", HELD,
	 ASKED("Request: name\nService Name: foo\nPort Number: 5\n" UDP), NULL, NULL,
	 PORTROLL_ECONFLICT, "5 is not assigned"},
	{"a further service without a port", BAR, ASKED("Request: name\nService Name: foo\n" UDP),
	 NULL, NULL, PORTROLL_ERULE, "no port"},
};

static const struct effect_row_case changes[] = {
	{"a description, on both transports", BAR BAR_UDP,
	 ASKED("Request: modify\nService Name: bar\nDescription: Bars\n"),
	 "bar,5,tcp,Bars,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,\n"
	 "bar,5,udp,Bars,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,\n",
	 "changes bar 5/tcp; changes bar 5/udp", 0, NULL},
	{"on one of them", BAR BAR_UDP,
	 ASKED("Request: modify\nService Name: bar\nDescription: Bars\n" UDP),
	 BAR "bar,5,udp,Bars,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,\n", NULL, 0, NULL},
	{"reference, unauthorized use, notes", BAR,
	 ASKED("Request: modify\nService Name: bar\nReference: [RFC2]\nKnown Unauthorized Uses: "
	       "Known Unauthorized Use on port 5\nAssignment Notes: Said\n"),
	 "bar,5,tcp,Bar,[Org],[Ann],2001-02,2026-01-05,[RFC2],,Known Unauthorized Use on port "
	 "5,Said\n",
	 NULL, 0, NULL},
	{"TXT keys take the place of those before", "bar,,tcp,Bar,,,,,,,,Defined TXT keys: None\n",
	 ASKED("Request: modify\nService Name: bar\nDefined TXT Keys: path\n"),
	 "bar,,tcp,Bar,,,,2026-01-05,,,,Defined TXT keys: path\n", NULL, 0, NULL},
	{"lists of TXT keys of several lines too",
	 "bar,,tcp,Bar,,,,,,,,\"Said\nDefined TXT keys: a=<1>\n      b=<2>\nMore\"\n",
	 ASKED("Request: modify\nService Name: bar\nDefined TXT Keys: c=<3>\n d=<4>\n"),
	 "bar,,tcp,Bar,,,,2026-01-05,,,,\"Said\nMore\nDefined TXT keys: c=<3>\n      d=<4>\"\n",
	 NULL, 0, NULL},
	{"another note keeps what the registry said",
	 "bar,5,tcp,Bar,,,,,,,,\"Said\nLeased until 2026-02-01\nDefined TXT keys: a\"\n",
	 ASKED("Request: modify\nService Name: bar\nAssignment Notes: Said anew\n"),
	 "bar,5,tcp,Bar,,,,2026-01-05,,,,\"Said anew\nDefined TXT keys: a\nLeased until "
	 "2026-02-01\"\n",
	 NULL, 0, NULL},
	{"another contact: who was assignee by being contact stays it",
	 "bar,5,tcp,Bar,[Ann],[Ann],2001-02,,,,,\n",
	 ASKED("Request: modify\nService Name: bar\nContact: Example <a@example.com>\n"),
	 "bar,5,tcp,Bar,[Ann],[Example],2001-02,2026-01-05,,,,\n", NULL, 0, NULL},
	{"another assignee is no modification", BAR,
	 ASKED("Request: modify\nService Name: bar\nAssignee: Example <a@example.com>\n"), NULL,
	 NULL, PORTROLL_ERULE, "succession"},
	{"nothing", BAR, ASKED("Request: modify\nService Name: bar\nDescription: Bar\n"), NULL,
	 NULL, PORTROLL_ERULE, "changes nothing"},
	{"a name changes in place, its Registration Date stays", BAR BAR_UDP,
	 ASKED("Request: rename\nService Name: bar\nProposed Service Name: abc\n"),
	 "abc,5,tcp,Bar,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,\n"
	 "abc,5,udp,Bar,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,\n",
	 "renames bar 5/tcp to abc; renames bar 5/udp to abc", 0, NULL},
	{"a name without port stands where its alphabet wants it",
	 "bar,,,Bar,,,,,,,,\nbaz,,,Baz,,,,,,,,\nfoo,,,Foo,,,,,,,,\n",
	 ASKED("Request: rename\nService Name: bar\nProposed Service Name: cat\n"),
	 "baz,,,Baz,,,,,,,,\ncat,,,Bar,,,,2026-01-05,,,,\nfoo,,,Foo,,,,,,,,\n", NULL, 0, NULL},
	{"an alias tells of its new name",
	 "ab-c,5,tcp,A,,,,,,,,\n"
	 "ab_c,5,tcp,A,,,,,,,,\"This entry is an alias to \"\"ab-c\"\".\"\n",
	 ASKED("Request: rename\nService Name: ab-c\nProposed Service Name: abc\n"),
	 "abc,5,tcp,A,,,,2026-01-05,,,,\n"
	 "ab_c,5,tcp,A,,,,2026-01-05,,,,\"This entry is an alias to \"\"abc\"\".\"\n",
	 NULL, 0, NULL},
	{"one that is its own alias, twice",
	 "ab,5,tcp,A,,,,,,,,\"This entry is an alias to \"\"ab\"\".\"\n"
	 "ab,5,tcp,B,,,,,,,,\"This entry is an alias to \"\"ab\"\".\"\n",
	 ASKED("Request: rename\nService Name: ab\nProposed Service Name: abc\n"),
	 "abc,5,tcp,A,,,,2026-01-05,,,,\"This entry is an alias to \"\"abc\"\".\"\n"
	 "abc,5,tcp,B,,,,2026-01-05,,,,\"This entry is an alias to \"\"abc\"\".\"\n",
	 NULL, 0, NULL},
	{"to a name that is there", BAR "foo,,,Foo,,,,,,,,\n",
	 ASKED("Request: rename\nService Name: bar\nProposed Service Name: FOO\n"), NULL, NULL,
	 PORTROLL_ECONFLICT, "foo has the name already"},
	{"another assignee and contact; the record says so", BAR HELD,
	 ASKED("Request: succession\nService Name: bar\nAssignee: Acme\nAssignee Type: "
	       "organization\nContact: Example <a@example.com>\n"),
	 "bar,5,tcp,Bar,[Acme],[Example],2001-02,2026-01-05,[RFC1],,,\n" HELD,
	 "hands on bar 5/tcp to Acme", 0, NULL},
	{"a succession of nobody", BAR, ASKED("Request: succession\nService Name: bar\n"), NULL,
	 NULL, PORTROLL_ERULE, "no new assignee"},
};

#define FREE_BAR "Request: deassign\nService Name: bar\n"

static const struct effect_row_case releases[] = {
	{"the port is reserved, the companion stays so, the name goes on", BAR HELD,
	 ASKED(FREE_BAR),
	 ",5,tcp,Reserved,,,,2026-01-05,,,,\""
	 "De-assigned on 2026-01-05, previously bar by [Org]"
	 "\"\n" HELD "bar,,tcp,Bar,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,Defined TXT keys: "
	 "None\n",
	 "de-assigns bar 5/tcp; reserves 5/tcp; keeps the name bar tcp", 0, NULL},
	{"on one of two transports the name stays with the other", BAR BAR_UDP, ASKED(FREE_BAR UDP),
	 BAR ",5,udp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously bar by "
	     "[Org]\"\n",
	 NULL, 0, NULL},
	{"where another service has the port too it stays assigned", BAR "foo,5,tcp,Foo,,,,,,,,\n",
	 ASKED(FREE_BAR),
	 "foo,5,tcp,Foo,,,,,,,,\n"
	 "bar,,tcp,Bar,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,Defined TXT keys: None\n",
	 NULL, 0, NULL},
	{"the name too, when that is asked", BAR HELD, ASKED(FREE_BAR "Release Name: yes\n"),
	 ",5,tcp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously bar by "
	 "[Org]\"\n" HELD
	 "bar,,,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously bar by [Org]\"\n",
	 NULL, 0, NULL},
	{"a name without port can only be released as a name", "bar,,,Bar,,,,,,,,\n",
	 ASKED(FREE_BAR), NULL, NULL, PORTROLL_ERULE, "has no port"},
	{"what is not there any more", HELD, ASKED(FREE_BAR), NULL, NULL, PORTROLL_ECONFLICT,
	 "no record of 'bar'"},
	{"a revocation is the same", BAR HELD,
	 ASKED("Request: revoke\nService Name: bar\nPort Number: 5\n" TCP),
	 ",5,tcp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously bar by "
	 "[Org]\"\n" HELD
	 "bar,,tcp,Bar,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,Defined TXT keys: None\n",
	 NULL, 0, NULL},
	{"an alias goes with its name",
	 "ab-c,5,tcp,A,,,,,,,,\n"
	 "ab_c,5,tcp,A,,,,,,,,\"This entry is an alias to \"\"ab-c\"\".\"\n",
	 ASKED("Request: deassign\nService Name: ab-c\n"),
	 ",5,tcp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously ab-c\"\n"
	 "ab-c,,tcp,A,,,,2026-01-05,,,,Defined TXT keys: None\n"
	 "ab_c,,tcp,A,,,,2026-01-05,,,,\"This entry is an alias to \"\"ab-c\"\".\"\n",
	 NULL, 0, NULL},
	{"one that is its own alias",
	 "ab,5,tcp,A,,,,,,,,\"This entry is an alias to \"\"ab\"\".\"\n",
	 ASKED("Request: deassign\nService Name: ab\n"),
	 ",5,tcp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously ab\"\n"
	 "ab,,tcp,A,,,,2026-01-05,,,,\"This entry is an alias to \"\"ab\"\".\"\n",
	 NULL, 0, NULL},
	{"a reuse: the new service at once, the old name without port", BAR HELD,
	 ASKED("Request: reuse\nService Name: bar\nProposed Service Name: foo\nDescription: "
	       "Foo\n" PERSON),
	 "foo,5,tcp,Foo,[Example],[Example],2026-01-05,,,,,This port has been retasked on "
	 "2026-01-05.\n" HELD
	 "bar,,tcp,Bar,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,Defined TXT keys: None\n",
	 NULL, 0, NULL},
	{"a reuse on one of two transports: the other is released", BAR BAR_UDP,
	 ASKED("Request: reuse\nService Name: bar\nProposed Service Name: foo\nDescription: "
	       "Foo\n" UDP PERSON),
	 ",5,tcp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously bar by [Org]\"\n"
	 "foo,5,udp,Foo,[Example],[Example],2026-01-05,,,,,This port has been retasked on "
	 "2026-01-05.\n"
	 "bar,,tcp,Bar,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,Defined TXT keys: None\n"
	 "bar,,udp,Bar,[Org],[Ann],2001-02,2026-01-05,[RFC1],,,Defined TXT keys: None\n",
	 NULL, 0, NULL},
	{"a reuse of no port", "bar,,,Bar,,,,,,,,\n",
	 ASKED("Request: reuse\nService Name: bar\nProposed Service Name: foo\n"), NULL, NULL,
	 PORTROLL_ECONFLICT, "bar has no port"},
};

static const struct effect_row_case with_an_end[] = {
	{"an early allocation is for a year", ",5,,Unassigned,,,,,,,,\n",
	 ASKED("Request: early\nService Name: foo\nPort Number: 5\n" TCP
	       "Description: Foo\n" PERSON),
	 "foo,5,tcp,Foo,[Example],[Example],2026-01-05,,,,,\"TEMPORARY - registered 2026-01-05, "
	 "expires 2027-01-05\"\n" HELD,
	 NULL, 0, NULL},
	{"it is renewed for another",
	 "foo,5,tcp,Foo,,,,,,,,\"Said\nTEMPORARY - registered 2025-02-01, expires 2026-02-01\"\n",
	 ASKED("Request: renew\nService Name: foo\n"),
	 "foo,5,tcp,Foo,,,,2026-01-05,,,,\"Said\nTEMPORARY - registered 2025-02-01, renewed from "
	 "2026-02-01, expires 2027-02-01\"\n",
	 "renews foo 5/tcp", 0, NULL},
	{"one that has ended, and once more, from today",
	 "foo,5,tcp,Foo,,,,,,,,\"TEMPORARY - registered 2023-01-01, renewed from 2024-01-01, "
	 "expires 2024-12-31\nDeprecated on 2025-01-01\"\n",
	 ASKED("Request: renew\nService Name: foo\n"),
	 "foo,5,tcp,Foo,,,,2026-01-05,,,,\"TEMPORARY - registered 2023-01-01, renewed from "
	 "2024-01-01, renewed from 2026-01-05, expires 2027-01-05\"\n",
	 NULL, 0, NULL},
	{"it becomes permanent with the document",
	 "foo,5,tcp,Foo,,,,,[draft-foo-00],,,\"TEMPORARY - registered 2024-01-05, expires "
	 "2025-01-04\"\n",
	 ASKED("Request: permanent\nService Name: foo\nReference: [RFC9999]\n"),
	 "foo,5,tcp,Foo,,,,2026-01-05,[RFC9999],,,\n", "makes permanent foo 5/tcp", 0, NULL},
	{"a lease is renewed", "foo,5,tcp,Foo,,,,,,,,Leased until 2026-02-01\n",
	 ASKED("Request: renew\nService Name: foo\nLease Days: 28\n"),
	 "foo,5,tcp,Foo,,,,2026-01-05,,,,Leased until 2026-03-01\n", NULL, 0, NULL},
	{"a lease is noted", ",5,,Unassigned,,,,,,,,\n",
	 ASKED("Request: assign\nService Name: foo\nPort Number: 5\n" TCP "Lease Days: 30\n"),
	 "foo,5,tcp,,,,2026-01-05,,,,,Leased until 2026-02-04\n" HELD, NULL, 0, NULL},
	{"a lease that has ended is as de-assigned",
	 "foo,5,tcp,Foo,,,,,,,,Leased until 2026-01-05\n" HELD,
	 {.document = "Service Name: foo\nPort Number: 5\n" TCP, .expires = true},
	 ",5,tcp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously foo\"\n" HELD
	 "foo,,tcp,Foo,,,,2026-01-05,,,,Defined TXT keys: None\n",
	 NULL,
	 0,
	 NULL},
	{"a name alone goes",
	 "foo,,tcp,Foo,,,,,,,,\"TEMPORARY - registered 2025-01-01, expires 2026-01-01\"\n",
	 {.document = "Request: early\nService Name: foo\n" TCP, .expires = true},
	 "foo,,,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously foo\"\n",
	 NULL,
	 0,
	 NULL},
	{"an early allocation that has ended is marked and stays",
	 "foo,5,tcp,Foo,,,,,,,,\"TEMPORARY - registered 2025-01-01, expires 2026-01-01\"\n" HELD,
	 {.document = "Request: early\nService Name: foo\nPort Number: 5\n" TCP,
	  .deprecates = true},
	 "foo,5,tcp,Foo,,,,2026-01-05,,,,\"TEMPORARY - registered 2025-01-01, expires "
	 "2026-01-01\nDeprecated on 2026-01-05\"\n" HELD,
	 "deprecates foo 5/tcp",
	 0,
	 NULL},
	{"another lease of the same name and port does not end",
	 "foo,5,tcp,Foo,,,,,,,,Leased until 2026-01-06\n" HELD,
	 {.document = "Service Name: foo\nPort Number: 5\n" TCP, .expires = true},
	 NULL,
	 NULL,
	 PORTROLL_ECONFLICT,
	 "foo 5/tcp has not come to its end"},
	{"a lease is found by its port, whatever it is called now",
	 "bar,5,tcp,Bar,,,,,,,,Leased until 2026-01-05\n" HELD,
	 {.document = "Service Name: foo\nPort Number: 5\n" TCP, .expires = true},
	 ",5,tcp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously bar\"\n" HELD
	 "bar,,tcp,Bar,,,,2026-01-05,,,,Defined TXT keys: None\n",
	 NULL,
	 0,
	 NULL},
	{"the port is the one that was granted, where the pool is no more",
	 "bar,5,tcp,Bar,,,,,,,,Leased until 2026-01-05\n" HELD,
	 {.document = "Service Name: foo\nPort Number: lab\nRelease Name: yes\n" TCP,
	  .granted = "5",
	  .expires = true},
	 ",5,tcp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously bar\"\n" HELD
	 "bar,,,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously bar\"\n",
	 NULL,
	 0,
	 NULL},
	{"what others have on another transport is not of it",
	 "bar,5,tcp,Bar,,,,,,,,Leased until 2026-01-05\nbaz,5,udp,Baz,,,,,,,,\n",
	 {.document = "Service Name: foo\nPort Number: 5\n" UDP, .expires = true},
	 NULL,
	 NULL,
	 PORTROLL_ECONFLICT,
	 "baz 5/udp is neither temporary nor leased"},
	{"on two transports, of which others have one",
	 "bar,5,tcp,Bar,,,,,,,,\nfoo,5,udp,Foo,,,,,,,,Leased until 2026-01-05\n",
	 {.document = "Service Name: foo\nPort Number: 5\nTransport Protocols: tcp, udp\n",
	  .expires = true},
	 "bar,5,tcp,Bar,,,,,,,,\n"
	 ",5,udp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously foo\"\n"
	 "foo,,udp,Foo,,,,2026-01-05,,,,Defined TXT keys: None\n",
	 NULL,
	 0,
	 NULL},
	{"one that is there no more",
	 HELD,
	 {.document = "Service Name: foo\nPort Number: 5\n" TCP, .expires = true},
	 NULL,
	 NULL,
	 PORTROLL_ECONFLICT,
	 "nothing that 'foo' was given is in the registry any more"},
	{"nor an assignment for good",
	 BAR,
	 {.document = "Service Name: bar\nPort Number: 5\n" TCP, .deprecates = true},
	 NULL,
	 NULL,
	 PORTROLL_ECONFLICT,
	 "bar 5/tcp is neither temporary nor leased"},
	{"what has no end is not renewed", BAR, ASKED("Request: renew\nService Name: bar\n"), NULL,
	 NULL, PORTROLL_ECONFLICT, "bar 5/tcp is neither temporary nor leased"},
	{"and not made permanent", BAR, ASKED("Request: permanent\nService Name: bar\n"), NULL,
	 NULL, PORTROLL_ECONFLICT, "neither temporary nor leased"},
};

static const struct effect_row_case reservations[] = {
	{"for all transports", ",5-9,,Unassigned,,,,,,,,\n",
	 ASKED("Request: reserve\nPort Number: 6-7\nAssignment Notes: For the range\n"),
	 ",5,,Unassigned,,,,,,,,\n,6-7,,Reserved,,,,,,,,For the range\n,8-9,,Unassigned,,,,,,,,\n",
	 "splits 5-9; reserves 6-7", 0, NULL},
	{"for one: the other stays free", ",5-9,,Unassigned,,,,,,,,\n",
	 ASKED("Request: reserve\nPort Number: 5\n" UDP),
	 ",5,tcp,Unassigned,,,,,,,,\n" HELD ",6-9,,Unassigned,,,,,,,,\n", NULL, 0, NULL},
	{"a name", "bar,,,Bar,,,,,,,,\n", ASKED("Request: reserve\nService Name: foo\n"),
	 "bar,,,Bar,,,,,,,,\nfoo,,,Reserved,,,,,,,,\n", "reserves foo", 0, NULL},
	{"what is assigned", BAR HELD, ASKED("Request: reserve\nPort Number: 5\n"), NULL, NULL,
	 PORTROLL_ECONFLICT, "bar 5/tcp is assigned"},
	{"what is reserved", HELD, ASKED("Request: reserve\nPort Number: 5\n"), NULL, NULL,
	 PORTROLL_ECONFLICT, "5/udp is reserved already"},
	{"nothing", BAR, ASKED("Request: reserve\n"), NULL, NULL, PORTROLL_ERULE,
	 "no service name"},
};

/* A policy of an organisation, which gives ports out again. */
static const struct pool pools[] = {
	{.name = STR_INIT("lab"), .ports = {{9000, 9009}}, .port_count = 1, .lease_days = 10},
	{.name = STR_INIT("live"), .ports = {{9010, 9019}}, .port_count = 1},
};
static const struct policy reusing = {
	.pools = pools,
	.pool_count = 2,
	.reuse_released = true,
	.deadlines = {.temporary = 365},
};

#define REUSING(text)                                                                              \
	{                                                                                          \
		.document = text, .policy = &reusing                                               \
	}

static const struct effect_row_case of_pools[] = {
	{"a port of a pool is leased",
	 ",9000-9009,,Unassigned,,,,,,,,\n",
	 {.document = "Service Name: foo\nPort Number: lab\n" TCP,
	  .granted = "9000",
	  .policy = &reusing},
	 "foo,9000,tcp,,,,2026-01-05,,,,,Leased until 2026-01-15\n,9000,udp,Reserved,,,,,,,,\n"
	 ",9001-9009,,Unassigned,,,,,,,,\n",
	 NULL,
	 0,
	 NULL},
	{"one of another pool does not fit",
	 ",9000-9019,,Unassigned,,,,,,,,\n",
	 {.document = "Service Name: foo\nPort Number: lab\n" TCP,
	  .granted = "9010",
	  .policy = &reusing},
	 NULL,
	 NULL,
	 PORTROLL_ERULE,
	 "9010 is not what was asked for"},
	{"what is released is Reserved on all transports, each with the note",
	 "foo,9004,tcp,Foo,,,,,,,,\n,9004,udp,Reserved,,,,,,,,\n,9005-9009,,Unassigned,,,,,,,,\n",
	 REUSING("Request: deassign\nService Name: foo\nRelease Name: yes\n"),
	 ",9004,tcp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously foo\"\n"
	 ",9004,udp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously foo\"\n"
	 ",9005-9009,,Unassigned,,,,,,,,\n"
	 "foo,,,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously foo\"\n",
	 "de-assigns foo 9004/tcp; reserves 9004/tcp; reserves 9004/udp; reserves foo", 0, NULL},
	{"so is what a lease that ended had",
	 "foo,9004,udp,Foo,,,,,,,,Leased until 2026-01-05\n,9004,tcp,Reserved,,,,,,,,For us\n",
	 {.document = "Service Name: foo\nPort Number: lab\nRelease Name: yes\n" UDP,
	  .granted = "9004",
	  .policy = &reusing,
	  .expires = true},
	 ",9004,udp,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously foo\"\n"
	 ",9004,tcp,Reserved,,,,,,,,For us\n"
	 "foo,,,Reserved,,,,2026-01-05,,,,\"De-assigned on 2026-01-05, previously foo\"\n",
	 NULL,
	 0,
	 NULL},
	{"on one of two transports it is held for the other",
	 "foo,9000,tcp,Foo,,,,,,,,\nfoo,9000,udp,Foo,,,,,,,,\n",
	 REUSING("Request: deassign\nService Name: foo\n" TCP),
	 ",9000,tcp,Reserved,,,,,,,,\nfoo,9000,udp,Foo,,,,,,,,\n", NULL, 0, NULL},
	{"what was released is held for whoever gets it",
	 ",9000,tcp,Reserved,,,,2025-01-05,,,,\"De-assigned on 2025-01-05, previously bar\"\n"
	 ",9000,udp,Reserved,,,,2025-01-05,,,,\"De-assigned on 2025-01-05, previously bar\"\n",
	 {.document = "Service Name: foo\nPort Number: lab\n" TCP,
	  .granted = "9000",
	  .policy = &reusing},
	 "foo,9000,tcp,,,,2026-01-05,,,,,Leased until 2026-01-15\n,9000,udp,Reserved,,,,,,,,\n",
	 NULL,
	 0,
	 NULL},
};

static void transports_and_names_are_added(void **state)
{
	(void)state;
	check_effects(transports_and_names, ARRAY_LEN(transports_and_names));
}

static void what_stays_is_changed_in_place(void **state)
{
	(void)state;
	check_effects(changes, ARRAY_LEN(changes));
}

static void what_is_released_leaves_its_history(void **state)
{
	(void)state;
	check_effects(releases, ARRAY_LEN(releases));
}

static void what_has_an_end_says_so(void **state)
{
	(void)state;
	check_effects(with_an_end, ARRAY_LEN(with_an_end));
}

static void what_is_reserved_is_held(void **state)
{
	(void)state;
	check_effects(reservations, ARRAY_LEN(reservations));
}

static void pools_lease_and_give_out_again(void **state)
{
	(void)state;
	check_effects(of_pools, ARRAY_LEN(of_pools));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(transports_and_names_are_added),
		cmocka_unit_test(what_stays_is_changed_in_place),
		cmocka_unit_test(what_is_released_leaves_its_history),
		cmocka_unit_test(what_has_an_end_says_so),
		cmocka_unit_test(what_is_reserved_is_held),
		cmocka_unit_test(pools_lease_and_give_out_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

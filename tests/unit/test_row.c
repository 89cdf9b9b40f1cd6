/* SPDX-License-Identifier: MIT */
#include "registry/row.h"

#include "small.h"

static const struct row_case {
	struct small_row row;
	enum row_kind kind;
	bool odd;
} cases[] = {
	{{"mysql", "3306", "tcp", "MySQL", NULL}, ROW_ASSIGNED, false},
	{{"stun-behaviors", "5349", "udp", "Reserved for a future enhancement", NULL},
	 ROW_ASSIGNED,
	 false},
	{{"sua", "14001", "udp", "De-Registered", NULL}, ROW_ASSIGNED, false},
	{{NULL, "24", "tcp", "any private mail system", NULL}, ROW_ASSIGNED, false},
	{{NULL, "10", NULL, "Unassigned", NULL}, ROW_UNASSIGNED, false},
	{{NULL, "10", NULL, "\n  UNASSIGNED\n", NULL}, ROW_UNASSIGNED, false},
	{{NULL, "15", "tcp", "Unassigned [was netstat]", NULL}, ROW_UNASSIGNED, false},
	{{NULL, "2925", NULL, "Unassigned (FRP-Released 12/7/00)", NULL}, ROW_UNASSIGNED, false},
	{{NULL, "2825", NULL, "(unassigned) Possibly assigned", NULL}, ROW_UNASSIGNED, false},
	{{NULL, "2693", "tcp", "Unassigned", "(Removed 2004-2-6)"}, ROW_UNASSIGNED, false},
	{{NULL, "225-241", NULL, "Reserved", NULL}, ROW_RESERVED_HELD, false},
	{{NULL, "1109", NULL, "Reserved - IANA", NULL}, ROW_RESERVED_HELD, false},
	{{NULL, "1008", "udp", "Possibly used by Sun Solaris????", NULL}, ROW_RESERVED_HELD, false},
	{{NULL, "994", "tcp", "Reserved", "(previous contact was)"}, ROW_RESERVED_HELD, false},
	{{NULL, "3766", "udp", "Reserved", "this port was previously updated on 2009-06-19"},
	 ROW_RESERVED_HELD,
	 false},
	{{NULL, "2", "tcp", "Reserved", "De-assigned on 2025-02-13, previously compressnet by"},
	 ROW_RESERVED_RELEASED,
	 false},
	{{NULL, "359", "tcp", "Reserved", "De-Assigned on 2023-11-16."},
	 ROW_RESERVED_RELEASED,
	 false},
	{{NULL, "1276", "tcp", "Reserved", "This entry has been removed on 2014-05-23."},
	 ROW_RESERVED_RELEASED,
	 false},
	{{NULL, "3980", "tcp", "Reserved", "Historic\n usage was acms. Dropped"},
	 ROW_RESERVED_RELEASED,
	 false},
	{{NULL, "831", "tcp", "Reserved", "Previously assigned to NETCONF over BEEP"},
	 ROW_RESERVED_RELEASED,
	 false},
	{{NULL, "831", "tcp", "Reserved", "no longer in use, released by"},
	 ROW_RESERVED_RELEASED,
	 false},
	{{NULL, "585", NULL, "De-registered", NULL}, ROW_RESERVED_RELEASED, false},
	{{NULL, "659", NULL, "Removed", NULL}, ROW_RESERVED_RELEASED, false},
	{{NULL, "1028", NULL, "Deprecated", NULL}, ROW_RESERVED_RELEASED, false},
	{{NULL, "1783", NULL, "Decomissioned Port 04/14/00, ms", NULL},
	 ROW_RESERVED_RELEASED,
	 false},
	{{NULL, "9006", NULL, "De-Commissioned Port", NULL}, ROW_RESERVED_RELEASED, false},
	{{NULL, "9", NULL, "Reservedly", NULL}, ROW_RESERVED_HELD, true},
	{{NULL, "9", NULL, "", NULL}, ROW_RESERVED_HELD, true},
	{{NULL, "9", NULL, "Something else", NULL}, ROW_RESERVED_HELD, true},
	{{NULL, "9", NULL, "Something else", "De-assigned on 2025-02-13"},
	 ROW_RESERVED_RELEASED,
	 true},
};

static void rows_say_what_their_wording_means(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct record r;
		bool odd = !cases[i].odd;
		assert_true(small_record(&r, &cases[i].row, &a));
		if (row_kind_of(&r, &odd) != cases[i].kind || odd != cases[i].odd)
			fail_msg("'%s', '%s'", cases[i].row.description, cases[i].row.note);
		assert_int_equal(row_kind_of(&r, NULL), cases[i].kind);
	}
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_say_what_their_wording_means),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

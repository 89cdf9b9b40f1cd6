# SPDX-License-Identifier: MIT
# portroll states: every port and transport.
load helper
load asking

setup_file() { make_roll; }
setup() { use_roll; }

@test "a line for each port and transport" {
	portroll states --tsv >"$BATS_TEST_TMPDIR/states"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/states")" -eq 262145 ]
	[ "$(head -n 1 "$BATS_TEST_TMPDIR/states")" = $'port\ttransport\tstate\treason' ]
	[ "$(sed -n 2p "$BATS_TEST_TMPDIR/states")" = $'0\ttcp\tReserved\tedge' ]
	[ "$(tail -n 1 "$BATS_TEST_TMPDIR/states")" = $'65535\tdccp\tDynamic\tdynamic' ]
	[ "$(grep -c Dynamic "$BATS_TEST_TMPDIR/states")" -eq 65536 ]
	[ "$(sed 1d "$BATS_TEST_TMPDIR/states" | cut -f3 | sort -u | tr '\n' ' ')" = "Assigned Dynamic Reserved Unassigned " ]
}

@test "a range and a transport narrow it" {
	run -0 portroll states 3306-3307 --transport sctp --tsv
	[ "$output" = $'port\ttransport\tstate\treason\n3306\tsctp\tReserved\tcompanion\n3307\tsctp\tReserved\tcompanion' ]
}

@test "without --tsv runs of equal states are one row" {
	run -0 portroll states 50000-65535
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[1]} == "50000-65535  tcp udp sctp dccp  Dynamic"* ]]
}

@test "lookup, states and about count alike" {
	portroll states --tsv >"$BATS_TEST_TMPDIR/states"
	assigned=$(awk -F'\t' '$2 == "tcp" && $3 == "Assigned"' "$BATS_TEST_TMPDIR/states" | wc -l)
	run -0 --separate-stderr portroll about
	[ "$(awk '$1 == "Assigned" { print $2; exit }' <<<"$output" | tr -d ,)" -eq "$assigned" ]
}

@test "what is no range is an error" {
	run -1 portroll states mysql
	[[ $output == *"'mysql': a port is a number from 0 to 65535, or two with a hyphen between" ]]
	run -1 portroll states 1-70000
	run -1 portroll states 1 2
	[[ $output == *"one operand too many: '2'"* ]]
}

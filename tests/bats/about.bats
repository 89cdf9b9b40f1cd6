# SPDX-License-Identifier: MIT
# portroll about: the registry itself.
load helper
load asking

setup_file() { make_roll; }
setup() { use_roll; }

@test "title, dates, counts, copies, and that it is not IANA" {
	run -0 --separate-stderr portroll about
	[ "${lines[0]}" = "Service Name and Transport Protocol Port Number Registry" ]
	[[ ${lines[1]} == "read from iana (copy of 2014-07)" ]]
	[[ $output == *"Ports by state"*Assigned*Reserved*Unassigned*"Dynamic     16,384  16,384  16,384  16,384"* ]]
	[[ $output == *"records of 2014-07: $(basename "$debian") (csv)"* ]]
	[[ $output == *"laid over: "*"registry-page-2025-10-22.txt (page)"* ]]
	[[ $output == *"common: mirrored, names only"* ]]
	[[ $output == *"This is an independent copy, not IANA."* ]]
	[[ $output == *"at IANA: https://www.iana.org/protocols/apply"* ]]
}

@test "--ranges are the three, with policy, who decides and the section" {
	run -0 --separate-stderr portroll about --ranges
	[[ $output == *"System Ports (0-1023)"*"IETF Review or IESG Approval"*"RFC 6335 section 8.1.2"* ]]
	[[ $output == *"User Ports (1024-49151)"*"Expert Review"* ]]
	[[ $output == *"Dynamic Ports (49152-65535)"*"never assigned"* ]]
	[[ $output != *Experts* ]]
}

@test "--experts are told per transport" {
	run -0 --separate-stderr portroll about --experts
	[[ $output == *"TCP/UDP "*", Michael Scharf"* ]]
	[[ $output == *"SCTP "*"Michael Tuexen"* ]]
	[[ $output == *"DCCP "*"Eddie Kohler, Yoshifumi Nishida"* ]]
}

@test "--notes keep the notice in its box" {
	run -0 --separate-stderr portroll about --notes
	[[ $output == *"* PLEASE NOTE THE FOLLOWING:                                           *"* ]]
	[[ $output == *"* REGISTERED OR NOT.                                                   *"* ]]
	[[ $output == *"Request an Assignment"* ]]
}

@test "a list of our own above IANA's leaves the notes where they are" {
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/roll
	portroll import -q "$root/data/registry-page-2025-10-22.txt"
	portroll export -q --format csv --match mysql | portroll import -q - --source ours --above iana --dated 2026
	run -0 --separate-stderr portroll about
	[[ ${lines[1]} == *"read from iana (copy of 2025-10-22)" ]]
	[[ $output == *"PLEASE NOTE THE FOLLOWING"*"ours: mirrored, complete"*"iana: mirrored, partial"* ]]
}

@test "a source can be named" {
	run -0 --separate-stderr portroll about --source common
	[[ $output == *"read from common (names only, 2024)"* ]]
	run -1 --separate-stderr portroll about --source none
}

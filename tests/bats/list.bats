# SPDX-License-Identifier: MIT
# portroll list: conditions, the order of the registry.
load helper
load asking

setup_file() { make_roll; }
setup() { use_roll; }

names() { cut -f1 <<<"$output" | tail -n +2; }

@test "--range finds the records that cover a port of it" {
	run -0 portroll list --range 6010 --tsv
	[ "$(names | sort -u)" = x11 ]
	[ "$(cut -f2 <<<"${lines[1]}")" = 6000-6063 ]
	run -1 portroll list --range 10-5
	[[ $output == *"--range '10-5': a range begins with its lower port" ]]
}

@test "--transport takes the records of that transport and those that state none" {
	run -0 portroll list --range 1-1023 --transport sctp --tsv
	[ "$(cut -f3 <<<"$output" | tail -n +2 | sort -u)" = $'\nsctp' ]
	run -0 portroll list --range 3368 --transport tcp --tsv
	[ "$(names)" = satvid-datalnk ]
	run -1 portroll list --transport icmp
	[[ $output == *"--transport takes tcp, udp, sctp or dccp, not 'icmp'" ]]
}

@test "--state is what the record says" {
	run -0 portroll list --state reserved --range 0-1023 --tsv
	[ -z "$(names | tr -d '\n')" ]
	[[ $output == *$'\t'0$'\t'tcp$'\t'Reserved* ]]
	run -0 portroll list --state assigned --range 3306 --source iana --tsv
	[ "$(names | sort -u)" = mysql ]
	run -2 portroll list --state dynamic
}

@test "--match is IANA's search: one text in any column but the dates" {
	run -0 portroll list --match 'VIDEO data LINK' --tsv
	[ "$(names)" = satvid-datalnk ]
	run -2 portroll list --match 'data  video'
	run -2 portroll list --match 2025-10-22 --state unassigned --range 1-1000
}

@test "--match of the shipped page gives its own 101 rows and more" {
	need_shared data/iana-2025-10-22.xml
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/real
	portroll import -q "$shared/data/iana-2025-10-22.xml"
	run -0 portroll list --match 6 --tsv
	[ "${#lines[@]}" -eq 4308 ]
}

@test "--since and --before compare the later date and leave undated records out" {
	run -0 portroll list --since 2014-06 --before 2014-07 --tsv
	[ "$(cut -f7,8 <<<"$output" | tail -n +2 | tr '\t' '\n' | sort | tail -n 1)" \> 2014-05-31 ]
	[ "$(cut -f7,8 <<<"$output" | tail -n +2 | tr '\t' '\n' | sort | tail -n 1)" \< 2014-07 ]
	run -1 portroll list --since yesterday
	[[ $output == *"--since takes a date as 2025-10-22, 2025-10 or 2025, not 'yesterday'" ]]
}

@test "--assignee is an id, with or without brackets" {
	run -0 portroll list --assignee IESG --tsv
	first=$output
	[[ $(cut -f5 <<<"${lines[1]}") == *"[IESG]"* ]]
	run -0 portroll list --assignee '[IESG]' --tsv
	[ "$output" = "$first" ]
	run -2 portroll list --assignee Nobody_At_All
}

@test "sources of names alone are listed when they are asked for" {
	run -2 portroll list --match left-over
	[ "$output" = "portroll: no record meets all conditions; lists of names alone have some: --source common has 1" ]
	run -2 portroll list --match nobody-has-this
	[ "$output" = "portroll: no record meets all conditions" ]
	run -2 portroll list --match left-over --quiet
	[ -z "$output" ]
	run -0 portroll list --match left-over --source common
	[[ $output == *41641*udp*left-over* ]]
}

@test "a word is no condition, and --match is said" {
	run -1 portroll list video
	[ "$output" = "portroll: list takes no operand; records that have a text: portroll list --match 'video'" ]
}

@test "asked by date a table shows the dates" {
	run -0 portroll list --since 2014-06 --before 2014-07 --source iana
	[[ ${lines[0]} == *" Registered "*" Modified" ]]
	[[ ${lines[1]} == *" 2014-06-"* ]]
	run -0 portroll list --range 3306
	[[ ${lines[0]} != *Registered* ]]
}

@test "nothing found is said on standard error" {
	run -2 --separate-stderr portroll list --match qqqqqqqq
	[ -z "$output" ]
	[ "$stderr" = "portroll: no record meets all conditions" ]
	run -2 --separate-stderr portroll list --match qqqqqqqq -q
	[ -z "$stderr" ]
}

@test "--count never parts the transports of a row" {
	run -0 --separate-stderr portroll list --range 3306-3307 --source iana --count 1
	[[ ${lines[1]} == "3306  tcp udp    mysql"* ]]
	[ "$stderr" = "portroll: 1 of 2 rows shown" ]
	run -0 --separate-stderr portroll list --range 3306-3307 --source iana --count 1 --tsv
	[ "${#lines[@]}" -eq 2 ]
	[ "$stderr" = "portroll: 1 of 4 records shown" ]
}

@test "transports that differ in nothing else are one row of the table" {
	run -0 portroll list --range 3306 --source iana
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[2]} == "read from iana (copy of 2014-07, with 101 records of a copy of 2025-10-22 on top)" ]]
	[[ ${lines[1]} == "3306  tcp udp    mysql  MySQL"* ]]
}

@test "a table on a narrow terminal is cut where the descriptions are" {
	need_terminal
	out=$(NO_COLOR=1 on_terminal 50 "$build/src/cli/portroll list --range 1-50")
	[[ $out == *…* ]]
	[ "$(LC_ALL=C.UTF-8 wc -L <<<"$out")" -le 50 ]
}

@test "COLUMNS is the width where there is no terminal" {
	COLUMNS=50 run -0 portroll list --range 1-50
	[[ $output == *…* ]]
	[ "$(LC_ALL=C.UTF-8 wc -L <<<"$output")" -le 50 ]
	run -0 portroll list --range 1-50
	[[ $output != *…* ]]
}

@test "no table is wider than 60 columns asks for" {
	for arguments in "0-600" "8000-8100/udp" "list --since 2014" "search http" "free 8000-8100" \
		"source list" "person IESG" map rdp; do
		COLUMNS=60 run -0 --separate-stderr portroll $arguments
		[ "$(LC_ALL=C.UTF-8 wc -L <<<"$output")" -le 60 ] || { echo "$arguments: $output"; false; }
	done
}

@test "JSON has the shape of the export" {
	run -0 portroll list --range 3306 --source iana --json
	[ "$(member 'd["schema"], len(d["records"]), d["records"][0]["port_first"], d["records"][0]["contact"]')" = \
		"('portroll-list/1', 2, 3306, ['Monty'])" ]
}

@test "--reference is the label of a document, in any case, with or without brackets" {
	for label in RFC6335 rfc6335 '[RFC6335]'; do
		run -0 portroll list --reference "$label" --range 0-1023 --tsv
		[[ $output == *"[RFC6335]"* ]]
		[[ $output != *mysql* ]]
	done
	run -2 portroll list --reference RFC99999
	[[ $output == *"no record meets all conditions"* ]]
}

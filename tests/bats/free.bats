# SPDX-License-Identifier: MIT
# portroll free: what one could ask for, and why the others not.
load helper
load asking

setup_file() { make_roll; }
setup() { use_roll; }

@test "every port shown is Unassigned on all four transports" {
	run -0 portroll free --near 8080 --count 20 --tsv
	[ "${#lines[@]}" -eq 21 ]
	[ "${lines[0]}" = $'port\ttransports' ]
	for port in $(cut -f1 <<<"$output" | tail -n +2); do
		[ "$(portroll states "$port" --tsv | sed 1d | cut -f3 | sort -u)" = Unassigned ]
	done
}

@test "the nearest come first, the lower of two equally near" {
	ports=$(portroll free --near 8080 --count 20 --tsv | cut -f1 | tail -n +2)
	[ "$ports" = "$(awk '{ d = $1 - 8080; print (d < 0 ? -d : d), $1 }' <<<"$ports" | sort -n -k1,1 -k2,2 | cut -d' ' -f2)" ]
}

@test "a range tells how many are free, and why the others are not" {
	run -0 portroll free 8080-8090
	[[ $output == *" of 11 ports in 8080-8090 are Unassigned on tcp, udp, sctp, dccp in iana (copy of 2014-07)"* ]]
	[[ $output == *"not free: "*" Assigned: "*"(RFC 6335 section 6)"* ]]
	[[ $output == *"User Ports: "*"Expert Review"* ]]
	[[ $output == *"request an assignment at IANA: https://www.iana.org/protocols/apply"* ]]
}

@test "free and not free make up the range" {
	run -0 portroll free --json 1-49151
	[ "$(member 'd["free_count"] + sum(d["not_free"].values())')" -eq 49151 ]
	[ "$(member 'len(d["ports"]) == d["free_count"], d["transports"]')" = "(True, ['tcp', 'udp', 'sctp', 'dccp'])" ]
}

@test "Dynamic Ports are never free" {
	run -2 portroll free 50000-50010
	[[ $output == "0 of 11 ports"* && $output == *"11 Dynamic: 49152 to 65535 are never assigned"* ]]
	[[ $output != *"request an assignment"* ]]
}

@test "one transport alone may be free where all four are not" {
	run -2 portroll free 3306 --tsv
	[ "$output" = $'port\ttransports' ]
	port=$(portroll states 1025-2000 --tsv | awk -F'\t' '$2 == "sctp" && $3 == "Unassigned" { print $1; exit }')
	run -0 portroll free "$port" --transport sctp --tsv
	[ "${lines[1]}" = "$port"$'\tsctp' ]
}

@test "a port that others have a name for says so" {
	run -0 portroll free 41640-41642
	[[ $output == *"41641"*"left-over in common (names only, 2024)"* ]]
	run -0 portroll free --json 41640-41642
	[ "$(member '[(n["port"], n["transport"], n["name"], n["source"]) for n in d["names"]]')" = "[(41641, 'udp', 'left-over', 'common')]" ]
}

@test "of one port it says whether, not how many" {
	run -2 portroll free 80
	[[ ${lines[0]} == "80 is not Unassigned on tcp, udp, sctp, dccp in iana (copy of "* ]]
	port=$(portroll free --count 1 --tsv | tail -n 1 | cut -f1)
	run -0 portroll free "$port"
	[[ $output == *"$port is Unassigned on tcp, udp, sctp, dccp in iana (copy of "* ]]
}

@test "nonsense is told" {
	run -1 portroll free --near 70000
	[[ $output == *"--near '70000': a port is at most 65535" ]]
	run -1 portroll free --count 0
	run -1 portroll free 10-1
}

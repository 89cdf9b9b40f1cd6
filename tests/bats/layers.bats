# SPDX-License-Identifier: MIT
# Names that IANA does not list: other lists below its registry, shown as such, and how often ports
# are found open.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	make_xml 2026-01-01 4 >iana.xml
	cat >debian <<-'END'
		svc-0	1024/tcp	zero nought
		other	1025/tcp	# Another Name
		spare	2000/tcp
		fable	5/ddp		# AppleTalk
	END
	cat >nmap <<-'END'
		# $Id: nmap-services 38442 2022-08-31 22:53:46Z x $
		svc-0	1024/tcp	0.005000
		other	1025/tcp	0.484143	# Another Name
		other	1025/udp	0.250000
		svc-2	1026/tcp	5/1000
		svc-3	1027/tcp	0.000000
		unknown	2000/tcp	0.300000
		unknown	2001/udp	0.100000
		late	50000/udp	0.200000
	END
}

import_all() {
	portroll import -q iana.xml
	portroll import -q --source debian --below iana --dated 2022-10 debian
	portroll import -q --source nmap --below debian nmap
}

# The lines of the table without its heading and origin, blanks squeezed.
rows() { sed -e 1d -e '/^$/,$d' -e 's/  */ /g' -e 's/ $//' <<<"$output"; }

member() {
	python3 -c 'import json, sys; d = json.load(sys.stdin); print(eval(sys.argv[1]))' "$1" <<<"$output"
}

@test "a name that IANA lacks is said to be from elsewhere; the state stays IANA's" {
	import_all
	run -0 portroll lookup other
	[ "${lines[0]}" = "other: not in IANA's registry (copy of 2026-01-01); from debian (names only, 2022-10), nmap (names only, 2022-08-31)" ]
	[[ ${lines[1]} == "1025/tcp  Assigned in iana (copy of 2026-01-01): "* ]]
	[[ $output == *$'\n'"  svc-1 (1025/tcp): service 1"* ]]
	[[ $output == *$'\n'"  other (1025/tcp), in debian (names only, 2022-10): Another Name"* ]]
	run -0 portroll lookup zero
	[[ ${lines[0]} == "zero: not in IANA's registry (copy of 2026-01-01); from debian (names only, 2022-10)" ]]
	[[ ${lines[1]} == 1024/tcp* ]]
	run -0 portroll lookup svc-0
	[[ $output != *"not in IANA's registry"* ]]
	run -0 portroll lookup fable
	[[ ${lines[0]} == "fable: not in IANA's registry (copy of 2026-01-01); from debian"* ]]
	[[ ${lines[1]} != Assigned* ]]
}

@test "a name for a port that nobody is assigned is found, and the port is not" {
	import_all
	run -0 portroll lookup spare
	[[ ${lines[0]} == "spare: not in IANA's registry"* ]]
	[[ ${lines[1]} == "2000/tcp  Unassigned in iana"*"; spare in debian (names only, 2022-10)" ]]
	run -0 portroll lookup --brief spare
	[ "$output" = "spare 2000/tcp Unassigned" ]
	run -2 portroll lookup 2000/tcp
	run -0 portroll lookup --json spare
	[ "$(member 'd["answers"][0]["state"], d["answers"][0]["state_source"], d["answers"][0]["source"]')" = \
		"('Unassigned', 'iana', 'debian')" ]
}

@test "without a complete registry nobody is said to lack a name" {
	portroll import -q --source debian debian
	run -0 portroll lookup other
	[[ $output != *"not in"* ]]
	[[ $output == *"1025/tcp  Unknown"* ]]
}

@test "the first complete source is named as it is called" {
	portroll import -q --source mirror iana.xml
	portroll import -q --source debian debian
	run -0 portroll lookup other
	[[ ${lines[0]} == "other: not in mirror (copy of 2026-01-01); from debian"* ]]
}

@test "list --common has the ports that are found open most often first" {
	import_all
	run -0 portroll list --common 4
	[[ ${lines[0]} == Port*Transport*"Found open"*Name*Source*State*Description ]]
	[ "$(rows)" = "1025 tcp 48.4143 % svc-1 iana Assigned service 1
2000 tcp 30.0000 % spare debian Unassigned
1025 udp 25.0000 % other nmap Reserved
50000 udp 20.0000 % late nmap Dynamic" ]
	[ "${lines[-1]}" = "read from iana (copy of 2026-01-01), debian (names only, 2022-10), nmap (names only, 2022-08-31)" ]
	run -0 portroll list --common 100 --tsv
	[ "$(cut -f 1-3 <<<"$output" | tail -n +6 | tr '\t\n' '  ')" = \
		"0.100000 2001 udp 0.005000 1024 tcp 0.005000 1026 tcp " ]
}

@test "list --common takes the conditions of list" {
	import_all
	run -0 portroll list --common 9 --transport udp
	[ "$(rows | cut -d' ' -f1,2 | tr '\n' ' ')" = "1025 udp 50000 udp 2001 udp " ]
	run -0 portroll list --common 9 --range 1024-1025
	[ "$(rows | cut -d' ' -f1,2 | tr '\n' ' ')" = "1025 tcp 1025 udp 1024 tcp " ]
	run -0 portroll list --common 9 --state unassigned
	[ "$(rows)" = "2000 tcp 30.0000 % spare debian Unassigned
2001 udp 10.0000 % Unassigned" ]
	run -0 portroll list --common 9 --state dynamic
	[ "$(rows)" = "50000 udp 20.0000 % late nmap Dynamic" ]
	run -0 portroll list --common 1 --source debian
	[ "$(rows)" = "1025 tcp 48.4143 % other debian Assigned Another Name" ]
	run -0 portroll list --common 9 --match 'service 2'
	[ "$(rows)" = "1026 tcp 0.5000 % svc-2 iana Assigned service 2" ]
	run -0 portroll list --common 9 --assignee Example_Person --since 2025
	[ "$(rows | cut -d' ' -f1 | tr '\n' ' ')" = "1025 1024 1026 " ]
	run -2 portroll list --common 9 --match nothing-has-this
	[ "$output" = "portroll: no port that was found open meets all conditions" ]
	run -2 portroll list --common 9 --range 3000
}

@test "list --common as JSON has the number" {
	import_all
	run -0 portroll list --common 2 --json
	[ "$(member 'd["schema"], [(r["port"], r["transport"], r["frequency"], r["state"], r["name"], r["source"]) for r in d["records"]]')" = \
		"('portroll-list/1', [(1025, 'tcp', 0.484143, 'Assigned', 'svc-1', 'iana'), (2000, 'tcp', 0.3, 'Unassigned', 'spare', 'debian')])" ]
	json=$(portroll list --common 2 --ndjson)
	[ "$(wc -l <<<"$json")" -eq 2 ]
	[[ $json == *'"frequency":0.300000,'* ]]
}

@test "list --common says what is missing" {
	portroll import -q iana.xml
	run -2 portroll list --common 3
	[ "$output" = "portroll: no source says how often ports are found open; portroll import /usr/share/nmap/nmap-services adds one that does" ]
	for count in 0 -1 x '' 1.5 99999999999999999999; do
		run -1 portroll list --common "$count"
		[[ $output == "portroll: --common takes a number from 1, not '$count'" ]]
	done
	run -1 portroll list --common 3 --count 3
	[ "$output" = "portroll: --count and --common exclude each other" ]
}

@test "a lookup says how often the port was found open, and by whose scans" {
	import_all
	run -0 portroll lookup 1025/tcp
	[[ $output == *$'\n'"  found open on 48.4143 % of the hosts that nmap scanned: nmap (names only, 2022-08-31)"* ]]
	run -0 portroll lookup --json other/udp
	[ "$(member '[r["frequency"] for r in d["answers"]]')" = "[0.25]" ]
	run -0 portroll lookup --tsv 1024/tcp
	[ "$(cut -f 22 <<<"${lines[0]}")" = frequency ]
	[ "$(cut -f 22 <<<"${lines[1]}")" = 0.005000 ]
	run -0 portroll lookup 1027/tcp
	[[ $output != *"found open"* ]]
	run -0 portroll lookup 1025/tcp --source iana
	[[ $output != *"found open"* ]]
	run -2 portroll lookup 2001/udp
	[[ $output == *"found open on 10.0000 %"* ]]
}

@test "of several sources the first that states a frequency counts" {
	import_all
	printf 'other\t1025/tcp\t0.100000\n' >own
	portroll import -q --source own --above nmap own
	run -0 portroll list --common 1 --range 1025 --transport tcp
	[ "$(rows | cut -d' ' -f3)" = 10.0000 ]
	portroll source move -q own --below nmap
	run -0 portroll list --common 1 --range 1025 --transport tcp
	[ "$(rows | cut -d' ' -f3)" = 48.4143 ]
}

@test "frequencies outlive export and import as JSON" {
	import_all
	before=$(portroll list --common 100 --tsv | cut -f 1-4)
	for option in "" --ndjson; do
		# shellcheck disable=SC2086
		portroll export -q --format json $option --source nmap -o nmap.json
		run -0 portroll import --source nmap --coverage names nmap.json
		[[ $output == *": nothing changed" ]]
		[ "$(portroll list --common 100 --tsv | cut -f 1-4)" = "$before" ]
	done
	portroll export -q --format nmap --source nmap -o again
	[ "$(grep -v '^#' again | cut -f 1-3 | sort)" = "$(grep -v '^#' nmap | cut -f 1-3 | sort)" ]
}

@test "a frequency that changed is a record that changed" {
	import_all
	sed -i 's/0\.484143/0.584143/' nmap
	run -0 portroll import --source nmap --force nmap
	[[ $output == *"into source nmap: 1 altered" ]]
	run -0 portroll list --common 1
	[[ $(rows) == "1025 tcp 58.4143 %"* ]]
}

@test "frequencies that are none, or too much, harm nobody" {
	portroll import -q iana.xml
	cat >wild <<-'END'
		a	1024/tcp	99999999999999999999.5
		b	1025/tcp	1/0
		c	1026/tcp	0.00000000000000000000000000001
		d	1027/tcp	0.9999999
	END
	run -1 portroll import --source wild --from nmap wild
	[[ $output == *"wild:1:"*"frequency '99999999999999999999.5', expected a number like 0.000477"* ]]
	sed -i 1d wild
	portroll import -q --source wild --from nmap wild
	run -0 portroll list --common 9
	[ "$(rows)" = "1027 tcp 100.0000 % svc-3 iana Assigned service 3" ]
}

@test "Debian's services file has 119 names that IANA lacks, aliases counted" {
	need_shared data/iana-2026-02-13.xml
	[ "$(dpkg-query -W -f '${Version}' netbase 2>/dev/null)" = 6.4 ] || skip "netbase 6.4 is not there"
	if dpkg --verify netbase | grep -q /etc/services; then skip "netbase's list was altered here"; fi
	portroll import -q "$shared/data/iana-2026-02-13.xml"
	portroll import -q --source debian --below iana /etc/services
	portroll list --source debian --tsv | tail -n +2 | cut -f 1 | tr 'A-Z' 'a-z' | LC_ALL=C sort -u >names
	sed 's/#.*//' /etc/services | awk 'NF { $2 = ""; print tolower($0) }' | tr -s ' ' '\n' |
		LC_ALL=C sort -u | sed '/^$/d' >words
	cmp names words
	portroll lookup - <names >answers
	[ "$(grep -c ": not in IANA's registry (copy of 2026-02-13); from debian (" answers)" -eq 119 ]
	portroll lookup --tsv - <names | awk -F'\t' 'tolower($6) == tolower($1) && $19 == "iana" { print $1 }' |
		LC_ALL=C sort -u >of-iana
	[ "$(LC_ALL=C comm -23 names of-iana | wc -l)" -eq 119 ]
	for name in whois portmapper ospfd; do
		grep -q "^$name: not in IANA's registry" answers
	done
}

@test "nmap's list as it is installed gives its most common ports" {
	need_shared data/iana-2026-02-13.xml
	[ -e /usr/share/nmap/nmap-services ] || skip "nmap-common is not there"
	portroll import -q "$shared/data/iana-2026-02-13.xml"
	portroll import -q --source nmap --below iana /usr/share/nmap/nmap-services
	portroll list --common 200 --tsv | tail -n +2 | awk -F'\t' '{ print $2 "/" $3 }' >ours
	grep -v '^#' /usr/share/nmap/nmap-services | LC_ALL=C sort -s -t"$(printf '\t')" -k3,3nr |
		head -n 200 | cut -f 2 >theirs
	[ "$(sort ours)" = "$(sort theirs)" ]
	[ "$(head -n 1 ours)" = 80/tcp ]
}

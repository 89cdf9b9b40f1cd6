# SPDX-License-Identifier: MIT
# portroll lookup: keys of every kind, and the answers in every form.
load helper
load asking

setup_file() { make_roll; }
setup() { use_roll; }

@test "a port tells its names, state, reason, section and copy" {
	run -0 portroll 3306
	[[ ${lines[0]} == "3306/tcp, 3306/udp  Assigned in iana (copy of 2025-10-22): "*"(RFC 6335 section 6)" ]]
	[[ ${lines[1]} == "  mysql (3306/tcp, 3306/udp): MySQL" ]]
	[[ $output == *"3306/sctp, 3306/dccp  Reserved in iana (copy of 2014-07)"*"assigned on another transport"*"(RFC 6335 section 8.1): mysql (3306/tcp, 3306/udp)" ]]
}

@test "the word lookup, a transport and the case of a name change nothing but what they say" {
	run -0 portroll lookup 3306/TCP
	[[ ${lines[0]} == "3306/tcp  Assigned"* ]]
	[[ $output != *udp* ]]
	run -0 portroll MySQL/udp
	[[ ${lines[0]} == "3306/udp  Assigned"* ]]
	[[ ${lines[1]} == "  mysql (3306/udp): MySQL" ]]
}

@test "a port with several names shows all, the canonical first, the others marked" {
	run -0 portroll 80/tcp
	[[ ${lines[1]} == "  http (80/tcp): World Wide Web HTTP" ]]
	[[ $output == *"  www (80/tcp), duplicate of http, not for service discovery: "* ]]
	[[ $output == *"  www-http (80/tcp), duplicate of http"* ]]
}

@test "a name with a slash is that name, and its historic form is marked" {
	run -0 portroll 914c/g
	[[ ${lines[1]} == "  914c-g (211/tcp, 211/udp): "* ]]
	[[ $output == *"  914c/g (211/tcp, 211/udp), historic alias of 914c-g: "* ]]
	run -0 portroll 914C/G/tcp
	[[ ${lines[0]} == "211/tcp  Assigned"* ]]
}

@test "a record without a transport assigns the port on each" {
	run -0 portroll 3368/udp
	[[ ${lines[0]} == "3368/udp  Assigned"*"a record that states no transport assigns it"* ]]
	[[ ${lines[1]} == "  satvid-datalnk (3367-3371, no transport stated): Satellite Video Data Link" ]]
}

@test "Reserved, Unassigned and Dynamic ports have their answer and no service" {
	run -2 portroll 4502/tcp
	[[ $output == "4502/tcp  Reserved"*"(RFC 6335 section 8.1): a25-fap-fgw (4502/sctp)" ]]
	run -2 portroll 0/udp
	[[ $output == "0/udp  Reserved"*"border of a range"* ]]
	run -2 portroll 6/sctp
	[[ $output == "6/sctp  Unassigned"* ]]
	run -2 portroll 60000/tcp
	[[ $output == "60000/tcp  Dynamic"*"never assigned"* ]]
}

@test "a name in a source of names alone stands beside the state" {
	run -2 portroll 41641/udp
	[[ ${lines[0]} == "41641/udp  Unassigned in iana (copy of 2014-07): "*"; left-over in common (names only, 2024)" ]]
	run -0 portroll 3306/tcp
	[[ $output == *"also in common (names only, 2024)"* ]]
}

@test "one source alone can be asked" {
	run -0 portroll --source common 3306/tcp
	[[ $output == *"mysql (3306/tcp)"* ]]
	[[ $output != *MySQL* ]]
	run -2 --separate-stderr portroll lookup --source common http
	[[ $stderr == *"http is registered, but not in common"* ]]
	run -1 portroll --source nobody 80
	[[ $output == *"no source 'nobody'; there are: iana, common" ]]
}

@test "a name that is nearly one gets suggestions" {
	run -2 --separate-stderr portroll mysqk
	[ -z "$output" ]
	[[ $stderr == "portroll: no service is called 'mysqk' in iana (copy of 2014-07), "*"did you mean mysql"*"?" ]]
	run -2 --separate-stderr portroll mysql/sctp
	[[ $stderr == *"mysql is registered, but not for sctp; see: portroll mysql" ]]
}

@test "addresses are looked up by their port or scheme" {
	for key in https://host.example.com:3306/ 10.0.0.1:3306 '[::1]:3306' host.example.com:3306 \
		'https://[2001:db8::1]:3306?x=1' user@host.example.com:3306; do
		run -0 portroll --brief "$key"
		[ "$output" = "mysql 3306/tcp 3306/udp" ] || { echo "$key: $output"; false; }
	done
	run -0 portroll --brief https://host.example.com/path
	[[ $output == https* ]]
}

@test "the user part of an address is never shown" {
	for key in http://bob:hunter2@example.com:99999/ http://bob:hunter2@example.com/ bob:hunter2@example.com \
		http://bob:hunter2/x@example.com:80/ bob:hunter2@example.com:80/icmp; do
		run portroll --json "$key"
		[[ $output != *hunter2* && $output != *bob* ]] || { echo "$key: $output"; false; }
	done
}

@test "keys that make no sense are named, and the others answered" {
	run -1 portroll 65536
	[ "$output" = "portroll: '65536': a port is at most 65535" ]
	run -1 portroll 3310-3300
	[[ $output == *"'3310-3300': a range begins with its lower port" ]]
	run -1 portroll 80/icmp
	[[ $output == *"'80/icmp': unknown transport; there are tcp, udp, sctp and dccp" ]]
	run -1 portroll ''
	[[ $output == *"an empty key"* ]]
	run -1 portroll 2001:db8::1
	[[ $output == *"brackets"* ]]
	run -1 portroll 80/
	[ "$output" = "portroll: '80/': nothing after the slash; expected tcp, udp, sctp or dccp" ]
	run -1 portroll /80
	[ "$output" = "portroll: '/80': nothing before the slash; expected a port or name" ]
	run -1 --separate-stderr portroll --brief 70000 mysql
	[ "$output" = $'- 70000\nmysql 3306/tcp 3306/udp' ]
}

@test "several keys: no service for one makes 2, an error makes 1" {
	run -2 --separate-stderr portroll --brief mysql 4502/tcp
	[ "${lines[1]}" = "- 4502/tcp Reserved" ]
	run -1 --separate-stderr portroll --brief 4502/tcp 99999
	[ "${lines[0]}" = "- 4502/tcp Reserved" ]
}

@test "keys come on standard input, one a line, and are answered as they come" {
	run -0 portroll --brief - < <(printf 'mysql\n\n  22/tcp \nhttp-alt/udp')
	[ "${lines[0]}" = "mysql 3306/tcp 3306/udp" ]
	[ "${lines[1]}" = - ]
	[ "${lines[2]}" = "ssh 22/tcp" ]
	[[ ${lines[3]} == "http-alt "*"8080/udp"* ]]
	coproc asker { portroll --brief -; }
	echo mysql >&"${asker[1]}"
	read -r -t 10 line <&"${asker[0]}"
	[ "$line" = "mysql 3306/tcp 3306/udp" ]
	eval "exec ${asker[1]}>&-"
}

@test "a line without end is refused by its number and the next is answered" {
	run -1 --separate-stderr portroll --brief - < <(head -c 3000000 /dev/zero | tr '\0' a; printf '\nmysql\n')
	[[ $stderr == *"line 1 is longer than 4096 bytes"* ]]
	[ "$output" = $'-\nmysql 3306/tcp 3306/udp' ]
}

@test "a range is a table in which equal states are one row" {
	run portroll 49140-49160
	[[ ${lines[0]} == Port*Transport*State*Name* ]]
	[[ $output == *"49152-49160  tcp udp sctp dccp  Dynamic"* ]]
	run -2 portroll 60000-60010/udp
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[1]} == "60000-60010  udp "*Dynamic* ]]
}

@test "a name without a port says so, and all records of a name are shown" {
	run -0 portroll rdp
	[[ $output == "Assigned in iana"*"a service name without a port"* ]]
	[[ $output == *"rdp (no port, "* ]]
	run -0 portroll http-alt
	[[ $output == *"591/tcp"* && $output == *"8008/tcp"* && $output == *"8080/tcp"* ]]
}

@test "JSON is one document with key, state, reason, source and nulls" {
	run -2 --separate-stderr portroll --json mysql/tcp 4502/tcp
	[ "$(member 'd["schema"]')" = portroll-lookup/1 ]
	[ "$(member 'd["sources"][0]["dated"], d["sources"][1]["coverage"]')" = "('2014-07', 'names')" ]
	[ "$(member '[(a["key"], a["port"], a["transport"], a["name"], a["state"], a["reason"], a["source"]) for a in d["answers"] if a["source"] == "iana"]')" = \
		"[('mysql/tcp', 3306, 'tcp', 'mysql', 'Assigned', 'record', 'iana'), ('4502/tcp', 4502, 'tcp', None, 'Reserved', 'companion', 'iana')]" ]
	[ "$(member 'd["answers"][-1]["port_first"], d["answers"][-1]["assignee"]')" = "(None, [])" ]
}

@test "NDJSON is an object a line, also over a range" {
	run -0 portroll --ndjson 3305-3307
	[ "$(for line in "${lines[@]}"; do python3 -c 'import json,sys; a=json.loads(sys.argv[1]); print(a["port"],a["transport"])' "$line"; done | sort -u | wc -l)" -eq 12 ]
}

@test "TSV has a title line and as many columns in each" {
	run -0 --separate-stderr portroll --tsv 80/tcp 4502
	[[ ${lines[0]} == key$'\t'asked_port$'\t'asked_transport$'\t'state$'\t'reason$'\t'name$'\t'port* ]]
	[ "$(awk -F'\t' '{ print NF }' <<<"$output" | sort -u)" = 22 ]
	[ "$(cut -f4,6 <<<"${lines[1]}")" = "Assigned"$'\t'"http" ]
}

@test "a port kept for a companion names the companion in every form" {
	run -2 portroll 4502/tcp
	[[ $output == *": a25-fap-fgw (4502/sctp)" ]]
	run -2 --separate-stderr portroll --json 4502/tcp 3306/sctp 3306/tcp
	[ "$(member '[[(c["name"], c["port"], c["transport"]) for c in a["companions"]] for a in d["answers"]][:3]')" = \
		"[[('a25-fap-fgw', 4502, 'sctp')], [('mysql', 3306, 'tcp'), ('mysql', 3306, 'udp')], []]" ]
	[ "$(member 'd["answers"][1]["companions"][0]["assignee"]')" = "['Monty']" ]
	run -2 --separate-stderr portroll --tsv 3306/sctp
	[ "$(cut -f21 <<<"${lines[0]}")" = companions ]
	[ "$(cut -f21 <<<"${lines[1]}")" = "mysql 3306/tcp,mysql 3306/udp" ]
}

@test "a key that no source knows has a line in every form for programs" {
	run -2 --separate-stderr portroll --brief - < <(printf 'nosuch-name\nmysql/sctp\nmysql/tcp\n')
	[ "$output" = $'nosuch-name -\nmysql/sctp -\nmysql 3306/tcp' ]
	run -2 --separate-stderr portroll --tsv nosuch-name mysql/tcp
	[ "$(cut -f1-5 <<<"${lines[1]}")" = $'nosuch-name\t\t\t\tnot-found' ]
	[ "$(awk -F'\t' '{ print NF }' <<<"$output" | sort -u)" = 22 ]
	run -2 --separate-stderr portroll --ndjson nosuch-name
	[ "$(member 'd["key"], d["name"], d["state"], d["reason"]')" = "('nosuch-name', None, None, 'not-found')" ]
	run -2 --separate-stderr portroll --json nosuch-name
	[ "$(member 'len(d["answers"])')" = 1 ]
	run -2 --separate-stderr portroll nosuch-name
	[ -z "$output" ]
}

@test "every line of standard input has its line or more, whatever it is" {
	printf '80/icmp\n\n  \n70000\n3300-3310\n60000-60010\n3306/\nnosuch-name\n3306/tcp\n0-65535\n2001:db8::1' \
		>"$BATS_TEST_TMPDIR/keys"
	run -1 --separate-stderr portroll --brief - <"$BATS_TEST_TMPDIR/keys"
	[ "${#lines[@]}" = 11 ]
	[ "${lines[0]}" = "- 80/icmp" ]
	[ "${lines[1]}${lines[2]}" = -- ]
	[ "${lines[3]}" = "- 70000" ]
	[[ ${lines[4]} == mcs-fastmail,*,mysql,*,dyna-access" 3302-3310/tcp 3302-3310/udp" ]]
	[ "${lines[5]}" = "- 60000-60010/tcp 60000-60010/udp 60000-60010/sctp 60000-60010/dccp Dynamic" ]
	[ "${lines[6]}" = "- 3306/" ]
	[ "${lines[7]}" = "nosuch-name -" ]
	[ "${lines[8]}" = "mysql 3306/tcp" ]
	[ "${lines[10]}" = "- 2001:db8::1" ]
	[ "${#stderr_lines[@]}" = 5 ]
	run -1 --separate-stderr portroll --tsv - < <(printf '\n80/icmp\nmysql/tcp\n')
	[ "$(cut -f1-5 <<<"${lines[1]}")" = $'\t\t\t\tnot-understood' ]
	[ "$(cut -f1-5 <<<"${lines[2]}")" = $'80/icmp\t\t\t\tnot-understood' ]
	[ "$(awk -F'\t' '{ print NF }' <<<"$output" | sort -u)" = 22 ]
	run -0 --separate-stderr portroll --ndjson - <<<''
	[ "$(member 'd["key"], d["reason"]')" = "(None, 'not-understood')" ]
	run -1 --separate-stderr portroll --json 80/icmp mysql/tcp
	[ "$(member '[(a["key"], a["reason"]) for a in d["answers"]][:2]')" = \
		"[('80/icmp', 'not-understood'), ('mysql/tcp', 'record')]" ]
}

@test "the protocol numbers of flow logs are transports" {
	run -0 --separate-stderr portroll --brief 443/6 443/17 80/132 mysql/6 53/136
	[ "${lines[0]}" = "https 443/tcp" ]
	[ "${lines[1]}" = "https 443/udp" ]
	[[ ${lines[2]} == http*" 80/sctp" ]]
	[ "${lines[3]}" = "mysql 3306/tcp" ]
	[ "${lines[4]}" = "domain 53/udp" ]
	run -2 portroll --brief 5000/33
	[[ $output == *" 5000/dccp "* ]]
	run -1 portroll 443/1
	[[ $output == *"'443/1': unknown transport; there are 6 (tcp), 17 (udp), 132 (sctp), 33 (dccp) and 136 (udplite)" ]]
}

@test "names of lists above and below show in a brief answer, and the state stays" {
	mkdir "$BATS_TEST_TMPDIR/lists"
	cp "$PORTROLL_DIR/snapshot" "$BATS_TEST_TMPDIR/lists"
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/lists
	printf 'myapp 8085/tcp\nmyapp 4502/tcp\nmine 4502/sctp\n' |
		portroll import --quiet --force --source ours --above iana --coverage names -
	run -2 portroll --brief 8085/tcp
	[ "$output" = "myapp 8085/tcp Unassigned" ]
	run -2 portroll --brief 8085
	[ "$output" = "myapp 8085/tcp Unassigned" ]
	run -2 portroll --brief 41641/udp
	[ "$output" = "left-over 41641/udp Unassigned" ]
	run -2 portroll --brief 8085/udp
	[ "$output" = "- 8085/udp Unassigned" ]
	run -0 portroll --brief 4502
	[ "$output" = "myapp,mine,a25-fap-fgw 4502/sctp 4502/tcp Reserved" ]
}

@test "a mistyped verb that stands first is told" {
	run -2 portroll exprot
	[[ $output == *"no service is called 'exprot' in "*"; did you mean the verb export?" ]]
	run -2 portroll lookup exprot
	[[ $output != *"the verb"* ]]
	run -2 portroll --brief mysql exprot
	[[ $output != *"the verb"* ]]
	run -2 portroll - <<<exprot
	[[ $output != *"the verb"* ]]
}

@test "a terminal gets colour, its width, and no control bytes" {
	need_terminal
	colour=$(TERM=xterm on_terminal 60 "$build/src/cli/portroll 80/tcp")
	[[ $colour == *$'\e[32mAssigned\e[0m'* ]]
	plain=$(TERM=xterm NO_COLOR=1 on_terminal 60 "$build/src/cli/portroll 80/tcp")
	[[ $plain != *$'\e'* ]]
	[ "$(awk '{ if (length($0) > n) n = length($0) } END { print n }' <<<"$plain")" -le 60 ]
	printf 'evil\t999/tcp\t# \033[31mred\n' >"$BATS_TEST_TMPDIR/services"
	PORTROLL_DIR=$BATS_TEST_TMPDIR/own run portroll import -q "$BATS_TEST_TMPDIR/services" --source own
	if [ "$status" -eq 0 ]; then
		out=$(NO_COLOR=1 PORTROLL_DIR=$BATS_TEST_TMPDIR/own on_terminal 80 "$build/src/cli/portroll 999/tcp")
		[[ $out != *$'\e'* ]]
	else
		[[ $output == *control* ]]
	fi
}

@test "--color=always colours a pipe" {
	run -0 portroll --color=always 80/tcp
	[[ $output == *$'\e[32mAssigned'* ]]
	run -1 portroll --color=sometimes 80/tcp
	[[ $output == *"--color takes auto, always or never, not 'sometimes'" ]]
}

@test "a full disk is told, a closed pipe is not" {
	run -1 --separate-stderr bash -c '"$1" 80/tcp >/dev/full' sh "$build/src/cli/portroll"
	[[ $stderr == *"standard output cannot be written: No space left on device" ]]
	run --separate-stderr bash -c '"$1" 0-65535 | head -n 1' sh "$build/src/cli/portroll"
	[ -z "$stderr" ]
}

@test "without a roll it says how to make one" {
	PORTROLL_DIR=$BATS_TEST_TMPDIR/none run -1 portroll 80
	[[ $output == *"no roll"*"portroll update"*"portroll import FILE"* ]]
	run -1 portroll --snapshot "$BATS_TEST_TMPDIR/missing" 80
	[[ $output == *missing*"No such file"* ]]
}

@test "a damaged or foreign snapshot is no answer" {
	cp "$PORTROLL_DIR/snapshot" "$BATS_TEST_TMPDIR/damaged"
	size=$(stat -c %s "$BATS_TEST_TMPDIR/damaged")
	for ((i = 1; i < 40; i++)); do
		printf '\377' | dd of="$BATS_TEST_TMPDIR/damaged" bs=1 seek=$((size * i / 40)) conv=notrunc status=none
	done
	run -1 portroll --snapshot "$BATS_TEST_TMPDIR/damaged" 0-65535
	[[ $output == *damage* ]]
	printf 'not a snapshot' >"$BATS_TEST_TMPDIR/text"
	run -1 portroll --snapshot "$BATS_TEST_TMPDIR/text" 80
	run -1 portroll --snapshot "$BATS_TEST_TMPDIR" 80
	[[ $output == *folder* ]]
}

@test "IANA's file of 2026-08-17 answers as the registry has it" {
	need_shared data/iana-2026-08-17.xml
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/real
	portroll import -q "$shared/data/iana-2026-08-17.xml"
	run -0 --separate-stderr portroll --brief 80/tcp 3368/udp 4502/sctp rdp 914c/g
	[ "${lines[0]}" = "http,www,www-http 80/tcp" ]
	[ "${lines[1]}" = "satvid-datalnk 3368/udp" ]
	[ "${lines[2]}" = "a25-fap-fgw 4502/sctp" ]
	[ "${lines[3]}" = "rdp - -" ]
	[ "${lines[4]}" = "914c-g,914c/g 211/tcp 211/udp" ]
}

@test "a key of any length is answered in a line" {
	run -2 portroll "$(printf 'a%.0s' {1..100000})"
	[[ $output == "portroll: no service is called 'aaaa"*"' in iana"* ]]
	[ "${#output}" -lt 300 ]
}

@test "a snapshot that is cut while it is read is told" {
	cd "$BATS_TEST_TMPDIR"
	cp "$PORTROLL_DIR/snapshot" cut
	mkfifo keys answers
	portroll --snapshot cut --brief - <keys >answers 2>errors &
	exec 7>keys 8<answers
	echo 1 >&7
	read -r line <&8
	head -c 100 cut >part
	cat part >cut
	seq 0 100 65535 >&7 || true
	exec 7>&- 8<&-
	wait $! || code=$?
	[ "$code" = 1 ]
	grep -q "was cut short while it was read" errors
}

@test "what a terminal would obey in a name is shown, and a line stays a line" {
	cd "$BATS_TEST_TMPDIR"
	export PORTROLL_DIR=$PWD/evil
	printf '{"schema":"portroll-registry/1","records":[{"name":"a\\nb","port_first":1,"port_last":1,"transport":"tcp","description":"\\u202edlo\\u2066"}]}' >evil.json
	portroll import -q evil.json
	run -0 portroll --brief 1/tcp
	[ "$output" = 'a\nb 1/tcp' ]
	run -0 on_terminal 80 "$build/src/cli/portroll 1/tcp"
	[[ $output == *'a\x0ab'*'\x202edlo\x2066'* ]]
	[[ $output != *$'\u202e'* ]]
}

@test "a name that another source has for a free port is said once" {
	mkdir "$BATS_TEST_TMPDIR/own"
	cp "$PORTROLL_DIR/snapshot" "$BATS_TEST_TMPDIR/own"
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/own
	printf 'netstat 15/tcp\n' | portroll import --quiet --force --source others --below iana -
	run -2 portroll 15/tcp
	[ "${#lines[@]}" = 1 ]
	[[ $output == "15/tcp  Unassigned in iana"*"; netstat in others (names only, unknown date)" ]]
}

@test "a service code is shown as a number and as its letters, where it has some" {
	cd "$BATS_TEST_TMPDIR"
	cat >codes.csv <<-CSV
		Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes
		discard,9,dccp,Discard,,,,,,1145656131,,
		ltp-deepspace,1113,dccp,Licklider Transmission Protocol,,,,,,7107696,,
	CSV
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/codes
	portroll import -q --dated 2026-02-13 codes.csv
	run portroll lookup 9/dccp
	[[ $output =~ service\ code\ +1145656131,\ SC:DISC ]]
	run portroll lookup 1113/dccp
	[[ $output =~ service\ code\ +7107696($'\n'|$) ]]
}

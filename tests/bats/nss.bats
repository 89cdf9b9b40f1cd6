# SPDX-License-Identifier: MIT
# libnss_portroll.so.2 as glibc calls it.
load helper

debian=/usr/share/ipv6toolkit/service-names-port-numbers.csv

# What the tests ask about: all that is odd in one small registry.
make_odd() {
	cat <<-CSV
		Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes
		,0,tcp,Reserved,,,,,,,,
		zero,0,udp,port zero,,,,,,,,
		http,80,tcp,World Wide Web HTTP,,,,,,,,
		www,80,tcp,World Wide Web HTTP,,,,,,,,"This is a duplicate of the ""http"" service and should not be used for discovery purposes."
		www-http,80,tcp,World Wide Web HTTP,,,,,,,,"This is a duplicate of the ""http"" service and should not be used for discovery purposes."
		http,80,udp,World Wide Web HTTP,,,,,,,,
		http,80,sctp,HTTP,,,,,,,,
		satvid,3367-3371,,Satellite Video Data Link,,,,,,,,
		onlydccp,4000,dccp,,,,,,,,,
		twice,5001,udp,,,,,,,,,
		twice,5001,udp,the same again,,,,,,,,
		twice,5000,sctp,,,,,,,,,
		Case,6000,tcp,,,,,,,,,
		CASE,6001,tcp,,,,,,,,,
		with blank,6002,tcp,,,,,,,,,
		with#hash,6003,tcp,,,,,,,,,
		1234,6004,tcp,,,,,,,,,
		with/slash,6005,tcp,,,,,,,,,
		émile,6006,tcp,,,,,,,,,
		$(printf 'x%.0s' {1..10000}),6007,tcp,,,,,,,,,
		last,65535,tcp,,,,,,,,,
		noport,,tcp,,,,,,,,,
	CSV
}

setup_file() {
	export PORTROLL_DIR=$BATS_FILE_TMPDIR/roll
	make_odd >"$BATS_FILE_TMPDIR/odd.csv"
	portroll import -q --source iana --dated 2026-11-23 "$BATS_FILE_TMPDIR/odd.csv"
}

setup() {
	! nm -D "$build/src/nss/libnss_portroll.so.2" | grep -q __asan ||
		skip "a module with sanitizers loads into no program without them"
	export PORTROLL_DIR=$BATS_FILE_TMPDIR/roll
}

# ask ARGUMENTS: getent services, from our module alone.
ask() {
	LD_LIBRARY_PATH=$build/src/nss getent -s portroll services "$@" | tr -s ' '
	return "${PIPESTATUS[0]}"
}

# is ANSWER KEY: the key has that answer.
is() {
	run ask "$2"
	echo "$2: $status $output"
	[ "$status" -eq 0 ] && [ "$output" = "$1" ]
}

none() {
	run ask "$1"
	echo "$1: $status $output"
	[ "$status" -eq 2 ] && [ -z "$output" ]
}

@test "a name, an alias and a port give the whole line" {
	is "http 80/tcp www www-http" http
	is "http 80/tcp www www-http" www
	is "http 80/tcp www www-http" www-http/tcp
	is "http 80/tcp www www-http" 80
	is "http 80/udp" 80/udp
	is "http 80/sctp" http/sctp
	none www/udp
	none http/dccp
	none 81
	none nosuch
}

@test "without a transport the first one in order answers" {
	is "onlydccp 4000/dccp" 4000
	is "onlydccp 4000/dccp" onlydccp
	is "twice 5000/sctp" twice
	is "twice 5001/udp" twice/udp
}

@test "names and transports compare exactly" {
	is "Case 6000/tcp" Case
	is "CASE 6001/tcp" CASE
	none case
	none HTTP
	none http/TCP
	none http/udplite
	none http/
	none 80/TCP
}

@test "a range answers at each of its ports and by name at the first" {
	for port in 3367 3369 3371; do is "satvid $port/tcp" $port; done
	is "satvid 3369/udp" 3369/udp
	is "satvid 3367/tcp" satvid
	is "satvid 3367/udp" satvid/udp
	none 3366
	none 3372
	none 3369/sctp
}

@test "port 0 and port 65535 are ports" {
	is "zero 0/udp" 0
	none 0/tcp
	is "last 65535/tcp" 65535
}

@test "a record without a port has no line" {
	none noport
}

@test "names that services(5) cannot write have no line" {
	none "with blank"
	none "with#hash"
	none 6002
	none 6003
	none 6004
	is "with/slash 6005/tcp" 6005
}

@test "a name may have bytes above 127 and be long" {
	is "émile 6006/tcp" émile
	is "$(printf 'x%.0s' {1..10000}) 6007/tcp" 6007/tcp
	is "$(printf 'x%.0s' {1..10000}) 6007/tcp" "$(printf 'x%.0s' {1..10000})"
	none "$(printf 'x%.0s' {1..9999})"
	none "$(printf '\xff\xfe')"
	none ""
}

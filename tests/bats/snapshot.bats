#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The bytes of the snapshot: frozen by a golden file, read by a stranger's program, and the same on
# a machine of the other byte order. Bytes that differ from the golden ones are another version of
# the snapshot.
load helper

setup() {
	cd "$root/tests/golden" || return
	golden=$BATS_TEST_TMPDIR/roll.snapshot
	gzip -dc roll.snapshot.gz >"$golden"
}

# What both say of the keys in a file. lookup follows an alias to the name that replaces it and
# gives a record without a transport for each of them; the reader knows records only.
asked_as_the_reader() {
	python3 "$root/examples/read_snapshot.py" "$1" - <"$2" | sort -u
}
asked_as_portroll() {
	portroll lookup --quiet --snapshot "$1" --tsv - <"$2" | tail -n +2 | cut -f1,4,6,7,8 |
		awk -F'\t' '$1 ~ /^[0-9]+\// || tolower($3) == tolower($1) || $3 $4 == ""' | sort -u
}
assert_asked_the_same() {
	diff <(asked_as_the_reader "$@") <(asked_as_portroll "$@")
}

@test "the golden input compiles to the golden bytes" {
	portroll import --quiet --source iana --dated 2026-08-17 registry.csv
	portroll import --quiet --source nmap --below iana --dated 2026 open.nmap
	bare "$PORTROLL_DIR/snapshot" | cmp - "$golden"
}

@test "the golden file opens in both modes and compiles to its own bytes" {
	"$build/tests/golden/same_bytes" "$golden" >"$BATS_TEST_TMPDIR/said"
	grep -q "World Wide Web HTTP" "$BATS_TEST_TMPDIR/said"
}

@test "a machine of the other byte order reads and writes the same bytes" {
	local cross=s390x-linux-gnu-gcc emulator=qemu-s390x
	command -v $cross >/dev/null || skip "$cross is not there"
	command -v $emulator >/dev/null || skip "$emulator is not there"
	mkdir "$BATS_TEST_TMPDIR/headers"
	cp /usr/include/xxhash.h /usr/include/xxh3.h "$BATS_TEST_TMPDIR/headers"
	$cross -static -std=c17 -O1 -D_GNU_SOURCE '-DPORTROLL_VERSION="test"' -I "$root/src" -I "$root/include" \
		-isystem "$BATS_TEST_TMPDIR/headers" "$root"/src/{base,registry,snapshot}/*.c same_bytes.c \
		-o "$BATS_TEST_TMPDIR/same_bytes"
	$emulator "$BATS_TEST_TMPDIR/same_bytes" "$golden" >"$BATS_TEST_TMPDIR/said.there"
	"$build/tests/golden/same_bytes" "$golden" >"$BATS_TEST_TMPDIR/said.here"
	cmp "$BATS_TEST_TMPDIR/said.here" "$BATS_TEST_TMPDIR/said.there"
}

@test "the reader in Python has at most 150 lines" {
	[ "$(wc -l <"$root/examples/read_snapshot.py")" -le 150 ]
}

@test "the reader in Python says how it is called, and what it cannot answer" {
	cd "$root/examples"
	run -0 --separate-stderr python3 read_snapshot.py --help
	[[ $output == *"SNAPSHOT PORT[/TRANSPORT]|NAME"* ]]
	run -0 python3 read_snapshot.py "$golden" 80
	[ "$output" = "$(python3 read_snapshot.py "$golden" 80/{tcp,udp,sctp,dccp})" ]
	for key in 65536 65536/tcp 80/xyz 80/; do
		run -1 --separate-stderr python3 read_snapshot.py "$golden" "$key"
		[[ $stderr == "$key"*": a port is at most 65535"* ]]
	done
}

@test "the reader in Python answers the golden file as portroll does" {
	printf '%s\n' {0,1,9,80,991,1023,3027,3306,3367,3371,49151,49152}/{tcp,udp,sctp,dccp} \
		HTTP www tcpmux zrtp a-name-longer-than-15 A-NAME-longer-than-15 a-name-longer-than-16 nothing \
		>"$BATS_TEST_TMPDIR/keys"
	assert_asked_the_same "$golden" "$BATS_TEST_TMPDIR/keys"
}

@test "the reader in Python answers the default page as portroll does" {
	portroll import --quiet --source iana --coverage complete "$root/data/registry-page-2025-10-22.txt"
	portroll list --tsv | tail -n +2 | cut -f1 | grep . >"$BATS_TEST_TMPDIR/keys"
	printf '%s\n' {0..200}/{tcp,udp} >>"$BATS_TEST_TMPDIR/keys"
	assert_asked_the_same "$PORTROLL_DIR/snapshot" "$BATS_TEST_TMPDIR/keys"
}

# What the page tells of sources, records and people, read by it alone.
assert_page_tells_all() {
	portroll export --quiet --snapshot "$1" --source "$2" --format json |
		python3 "$root/tests/probes/snapshot_page.py" "$1" "$2"
}

@test "doc/SNAPSHOT.md tells every member of the golden file" {
	assert_page_tells_all "$golden" iana
	assert_page_tells_all "$golden" nmap
}

@test "doc/SNAPSHOT.md tells every member of the full registry" {
	need_shared data/iana-2026-08-17.xml
	portroll import --quiet --source iana "$shared/data/iana-2026-08-17.xml"
	assert_page_tells_all "$PORTROLL_DIR/snapshot" iana
}

@test "the reader in Python answers 2,000 keys of the full registry as portroll does" {
	need_shared data/iana-2026-08-17.xml
	portroll import --quiet --source iana "$shared/data/iana-2026-08-17.xml"
	portroll list --tsv | tail -n +2 | cut -f1 | grep . | sort -u | awk 'NR % 7 == 0' | head -n 1000 \
		>"$BATS_TEST_TMPDIR/keys"
	awk 'BEGIN {
		split("tcp udp sctp dccp", transport, " ")
		for (i = 0; i < 1000; i++) {
			port = (i * 7919 + i * i * 13) % 65536
			print (i % 3 ? port : port % 1100) "/" transport[i % 4 + 1]
		}
	}' >>"$BATS_TEST_TMPDIR/keys"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/keys")" -eq 2000 ]
	assert_asked_the_same "$PORTROLL_DIR/snapshot" "$BATS_TEST_TMPDIR/keys"
}


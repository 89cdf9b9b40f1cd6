# SPDX-License-Identifier: MIT
# What stands in examples/ runs; port_names.c is in library.bats, read_snapshot.py in snapshot.bats.
load helper

setup() {
	mkdir "$BATS_TEST_TMPDIR/bin"
	ln -s "$(program portroll)" "$BATS_TEST_TMPDIR/bin/portroll"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
	gzip -dc "$root/tests/golden/roll.snapshot.gz" >"$BATS_TEST_TMPDIR/snapshot"
	mkdir "$PORTROLL_DIR"
	mv "$BATS_TEST_TMPDIR/snapshot" "$PORTROLL_DIR"
	cd "$BATS_TEST_TMPDIR"
}

@test "label_flows puts the names behind each line whose port it knows" {
	printf '%s\n' 'a 080 6 x' 'a 80 TCP' 'a 60000 udp' 'a 0 1' 'a 70000 tcp' header >flows
	run -0 "$root/examples/label_flows" 3 2 flows
	names=$(portroll --brief 80/tcp | cut -d ' ' -f 1)
	[ "${lines[0]}" = "a 080 6 x	$names" ]
	[ "${lines[1]}" = "a 80 TCP	$names" ]
	[ "${lines[2]}" = "a 60000 udp	- Dynamic" ]
	[ "${lines[3]}" = "a 0 1" ]
	[ "${lines[4]}" = "a 70000 tcp" ]
	[ "${lines[5]}" = header ]
	[ "${#lines[@]}" = 6 ]
}

@test "label_flows leaves a log without ports as it is" {
	printf '%s\n' one two >flows
	run -0 "$root/examples/label_flows" 3 2 flows
	[ "$output" = one$'\n'two ]
}

@test "label_flows says how it is called" {
	run -1 "$root/examples/label_flows"
	[[ $output == "usage: "* ]]
}

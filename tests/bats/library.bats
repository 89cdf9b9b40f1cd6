# SPDX-License-Identifier: MIT
# libportroll as those see it who build against an installed one.
load helper

setup_file() {
	export destination=$BATS_FILE_TMPDIR/destination
	export DATA=/usr/share/ipv6toolkit/service-names-port-numbers.csv
	load helper
	DESTDIR=$destination meson install -C "$build" --no-rebuild >"$BATS_FILE_TMPDIR/install.log"
	folder=$(dirname "$(find "$destination" -name portroll.pc)")
	export PKG_CONFIG_PATH=$folder PKG_CONFIG_SYSROOT_DIR=$destination
	export LD_LIBRARY_PATH=${folder%/pkgconfig}
	export snapshot=$BATS_FILE_TMPDIR/roll/snapshot
	[ ! -e "$DATA" ] || portroll import --quiet "$DATA"
}

setup() {
	export PORTROLL_DIR=$BATS_FILE_TMPDIR/roll
	[ -e "$snapshot" ] || skip "$DATA is not there"
	if nm -D "$build/src/libportroll.so.1" | grep -q '__asan_init'; then
		skip "the sanitizer must be loaded first"
	fi
}

probe() {
	python3 "$root/tests/probes/library_probe.py" "$LD_LIBRARY_PATH/libportroll.so.1" "$snapshot" "$1"
}

# shellcheck disable=SC2046 # pkg-config writes words
@test "the program in portroll(3) compiles, links by pkg-config and runs" {
	cd "$BATS_TEST_TMPDIR"
	sed -n '/^\.Bd -literal/,/^\.Ed/p' "$root/man/portroll.3" | sed '/^\./d; s/\\e/\\/g' >example.c
	sed '1,/^$/d' "$root/examples/port_names.c" | cmp - example.c
	cc -std=c11 -Wall -Wextra -Wpedantic -Werror example.c -o example $(pkg-config --cflags --libs portroll)
	run ./example "$snapshot" 80
	[ "$status" = 0 ]
	[ "${lines[0]}" = "80/tcp: Assigned, a record of this transport assigns it" ]
	[ "${lines[1]}" = "  http: World Wide Web HTTP" ]
	[ "${lines[2]}" = "  www: World Wide Web HTTP" ]
	for port in 65536 66000 -1 +1 1x '' 99999999999999999999; do
		run ./example "$snapshot" "$port"
		[ "$status" = 1 ]
		[ "$output" = "$port: not a port from 0 to 65535" ]
	done
	run ./example nowhere 80
	[ "$status" = 1 ]
	[ "$output" = "nowhere: no snapshot is there ('portroll update' or 'portroll import FILE' makes one): No such file or directory" ]
}

# Lines that are no program stand in a function with s and w outside. C++ has {} for {0}, as
# portroll(3) says.
# shellcheck disable=SC2046 # pkg-config writes words
@test "every example of the man pages compiles as C and as C++ without a warning" {
	cd "$BATS_TEST_TMPDIR"
	for page in "$root"/man/*.3; do
		sed -n '/^\.Bd -literal/,/^\.Ed/p' "$page" | sed '/^\./d; s/\\e/\\/g' >lines
		[ -s lines ] || continue
		name=$(basename "$page" .3)
		if grep -q ' main(' lines; then
			cp lines "$name.c"
		else
			printf '%s\n' '#include <err.h>' '#include <portroll.h>' '#include <stdio.h>' \
				'extern struct portroll_snapshot *s;' 'extern struct portroll_watch *w;' \
				'void example(void);' 'void example(void)' '{' >"$name.c"
			cat lines - >>"$name.c" <<<'}'
		fi
		sed 's/= {0}/= {}/' "$name.c" >"$name.cpp"
		cc -std=c11 -Wall -Wextra -Wformat-security -Werror -c "$name.c" $(pkg-config --cflags portroll)
		g++ -std=c++11 -Wall -Wextra -Wformat-security -Werror -c "$name.cpp" $(pkg-config --cflags portroll)
	done
	[ "$(find . -name '*.cpp' | wc -l)" -ge 5 ]
}

# shellcheck disable=SC2046 # pkg-config writes words
@test "a program in C++11 compiles without a warning and runs" {
	cd "$BATS_TEST_TMPDIR"
	g++ -std=c++11 -Wall -Wextra -Wpedantic -Werror "$root/tests/probes/library_probe.cpp" -o probe \
		$(pkg-config --cflags --libs portroll)
	run ./probe "$snapshot" 3478
	[ "$status" = 0 ]
	[ "$(sort <<<"$output" | tr '\n' ' ')" = "$(portroll list --tsv | awk -F'\t' '$2 == 3478 { print $1 "/" $3 }' | sort | tr '\n' ' ')" ]
	[[ $output == *stun/tcp* ]]
}

@test "each function of the header has its page where man looks" {
	for name in $(grep -oE '\bportroll_[a-z_]+\(' "$root/include/portroll.h" | tr -d '(' | sort -u); do
		[ -s "$destination/usr/local/share/man/man3/$name.3" ]
	done
}

@test "pkg-config tells version and nothing that is needed besides" {
	[ "$(pkg-config --modversion portroll)" = "$(portroll --version | sed 's/^portroll //')" ]
	[ -z "$(pkg-config --print-requires --print-requires-private portroll)" ]
}

@test "ctypes reads every record as the program lists it" {
	probe records >"$BATS_TEST_TMPDIR/got"
	portroll list --tsv | sed 1d | cut -f 1-13 >"$BATS_TEST_TMPDIR/want"
	cmp "$BATS_TEST_TMPDIR/got" "$BATS_TEST_TMPDIR/want"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/got")" -gt 10000 ]
}

@test "ctypes reads every state as the program tells it" {
	probe states >"$BATS_TEST_TMPDIR/got"
	portroll states --tsv | sed 1d | cut -f 1-3 | cmp - "$BATS_TEST_TMPDIR/got"
}

@test "ctypes calls with structures by value and gets iterators back" {
	run probe calls
	[ "$status" = 0 ]
	[ "$output" = "$(portroll --version | sed 's/^portroll //')" ]
}

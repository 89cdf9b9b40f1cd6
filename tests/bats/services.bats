# SPDX-License-Identifier: MIT
# The services file against the C libraries that read it: in a mount namespace of our own it lies
# over /etc/services, and each of its lines is asked for.
load helper

debian=/usr/share/ipv6toolkit/service-names-port-numbers.csv

setup_file() {
	"${CC:-cc}" -O2 -o "$BATS_FILE_TMPDIR/probe" "$root/tests/probes/services_probe.c"
}

# The registry to export: the newest XML at hand, else Debian's copy of IANA's CSV.
registry() {
	local xml=$shared/data/iana-2026-08-17.xml
	if [ -n "$shared" ] && [ -e "$xml" ]; then
		echo "$xml"
	else
		echo "$debian"
	fi
}

export_services() {
	[ -e "$(registry)" ] || skip "neither shared/data nor ipv6toolkit is there"
	"$(program portroll-keeper)" convert -q "$(registry)" --to services "$@" -o "$BATS_TEST_TMPDIR/services"
}

# Runs a command with our file as /etc/services.
with_services() {
	unshare -rm sh -c 'mount --bind "$1" /etc/services && shift && exec "$@"' sh \
		"$BATS_TEST_TMPDIR/services" "$@"
}

need_namespace() {
	unshare -rm true 2>/dev/null || skip "no mount namespace of our own here"
	[ -e /etc/services ] || skip "no /etc/services to lie over"
}

@test "glibc answers every line as it is written" {
	need_namespace
	export_services
	run with_services "$BATS_FILE_TMPDIR/probe" "$BATS_TEST_TMPDIR/services"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *", 0 wrong" ]]
}

@test "musl answers every line of TCP and UDP as it is written" {
	need_namespace
	command -v musl-gcc >/dev/null || skip "no musl-gcc"
	musl-gcc -static -O2 -o "$BATS_TEST_TMPDIR/probe" "$root/tests/probes/services_probe.c"
	export_services
	run with_services "$BATS_TEST_TMPDIR/probe" "$BATS_TEST_TMPDIR/services"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *", 0 wrong" ]]
}

@test "getent finds every port of an expanded range" {
	need_namespace
	export_services --expand-ranges
	run with_services getent services 3369/udp
	[ "$output" = "satvid-datalnk        3369/udp" ]
}

@test "no line is longer than 126 bytes, whatever is asked for" {
	export_services --expand-ranges --merge-transports
	LC_ALL=C run awk 'length($0) > 126' "$BATS_TEST_TMPDIR/services"
	[ -z "$output" ]
	grep -q '^domain  *53/tcp/udp ' "$BATS_TEST_TMPDIR/services"
}

@test "the canonical name stands first, others behind it" {
	export_services
	grep -q '^http  *80/tcp  *www www-http ' "$BATS_TEST_TMPDIR/services"
	grep -q '^whoispp  *63/tcp  *whois++ ' "$BATS_TEST_TMPDIR/services"
	run grep -c '^[^# ]* *80/tcp' "$BATS_TEST_TMPDIR/services"
	[ "$output" -eq 1 ]
}

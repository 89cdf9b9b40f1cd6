# SPDX-License-Identifier: MIT
# Every key of everybody: libportroll, the NSS module, glibc, musl, Python, Perl, Go and two readers
# of our own get one answer from one roll, or the loss report has counted the difference. Our file
# lies over /etc/services in a mount namespace of our own; that of this machine is not touched.
load helper
load registry

debian=/usr/share/ipv6toolkit/service-names-port-numbers.csv
nmap=/usr/share/nmap/nmap-services

is_sanitized() {
	nm -D "$build/src/nss/libnss_portroll.so.2" | grep -q __asan
}

setup_file() {
	! is_sanitized || return 0
	"${CC:-cc}" -O2 -I"$root/include" -o "$BATS_FILE_TMPDIR/agree" "$root/tests/probes/agree.c" \
		-L"$build/src" -lportroll
	"${CC:-cc}" -O2 -o "$BATS_FILE_TMPDIR/ask_sample" "$root/tests/probes/ask_sample.c"
	probes=$root/tests/probes
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	module=$build/src/nss/libnss_portroll.so.2
	! is_sanitized ||
		skip "a module with sanitizers loads into no program without them"
	probes=$root/tests/probes
	export PORTROLL_DIR=$PWD/roll
}

# The rolls. What has no file here has no test.
roll_of_iana() {
	need_shared data/iana-2026-08-17.xml
	portroll import -q "$shared/data/iana-2026-08-17.xml"
}

roll_of_debian() {
	[ -e "$debian" ] || skip "ipv6toolkit is not there"
	sh "$root/data/first-roll" "$build/src/cli/portroll" "$PORTROLL_DIR" "$debian" \
		"$root/data/registry-page-2025-10-22.txt"
}

roll_of_several() {
	roll_of_debian
	portroll import -q --source debian --below iana /etc/services
	[ ! -e "$nmap" ] || portroll import -q --source nmap --below debian "$nmap"
}

# All that is odd, and a source below that says other things.
roll_of_oddities() {
	make_odd_csv >odd.csv
	printf '%s\n' 'twice 100/udp' 'last 80/tcp low' 'low 65535/tcp last' 'http 79/udp' 'case 6000/tcp' \
		'cross-a 8001/tcp cross-b' 'cross-b 8002/tcp cross-a' 'own-alias 6007/tcp' >odd.services
	portroll import -q --source iana --dated 2026-08-17 odd.csv
	portroll import -q --source below --below iana odd.services
}

agree() {
	LD_LIBRARY_PATH=$build/src:$build/src/nss timeout 60 "$BATS_FILE_TMPDIR/agree" \
		"$PORTROLL_DIR/snapshot" "$PORTROLL_DIR/services" "$module" sample >found
}

# Publishes the roll and asks all who answer in no time.
check_all() {
	portroll publish -q --loss-report losses.json
	agree
	tail -n 1 found
	[ "$(tail -n 1 found | cut -d' ' -f1)" -gt 1100000 ]
	run python3 "$probes/agree_losses.py" found "$PORTROLL_DIR/services" losses.json
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *" 0 wrong" ]]
}

@test "all keys of IANA's registry agree, or are counted" {
	roll_of_iana
	check_all
	[ "$(wc -l <sample)" -ge 2000 ]
	run ! grep -E '^last .* (tcp|udp|sctp|dccp) ' found
}

@test "all keys of the roll that Debian's data make agree, or are counted" {
	roll_of_debian
	check_all
}

@test "all keys of a roll of several sources agree, or are counted" {
	roll_of_several
	check_all
	grep -q '^first ' found
	[ ! -e "$nmap" ] || grep -q '^lost http 8008/tcp$' found
	run ! grep -E '^(last|gone) (http|kerberos|finger|docker) (tcp|udp) ' found
}

@test "all keys of the odd ones agree, or are counted" {
	roll_of_oddities
	check_all
	for lost in 'with blank 6002/tcp' 'with#hash 6003/tcp' '1234 6004/tcp' 'satvid 3369/dccp' \
		'name-number-20 7000/sctp' "$(printf 'z%.0s' {1..32}) 6009/tcp"; do
		grep -qx "lost $lost" found
	done
	[ "$(grep '^last ' found)" = 'last twice - 5000' ]
	[ "$(grep -c '^twice *5001/udp' "$PORTROLL_DIR/services")" = 2 ]
}

@test "what disagrees is seen" {
	roll_of_oddities
	portroll publish -q --loss-report losses.json
	sed -i -e 's,^http  *80/udp.*,foreign 80/udp,' -e 's,^www ,xxx ,' "$PORTROLL_DIR/services"
	agree
	run -1 python3 "$probes/agree_losses.py" found "$PORTROLL_DIR/services" losses.json
	[[ $output == *"extra foreign 80/udp"*"lost: not in the report: ('http', 80, 'udp')"* ]]
}

# A roll to ask a sample of: the largest at hand.
need_sample() {
	unshare -rm true 2>/dev/null || skip "no mount namespace of our own here"
	[ -e /etc/services ] || skip "no /etc/services to lie over"
	if [ -n "$shared" ]; then roll_of_iana; else roll_of_debian; fi
	portroll publish -q
	agree
}

# with FILE COMMAND...: the file lies over /etc/services.
with() {
	timeout 60 unshare -rm sh -c 'mount --bind "$1" /etc/services && shift && exec "$@"' sh "$@"
}

all_right() {
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *" asked, 0 wrong" ]]
}

@test "glibc's files module answers 2,000 keys so" {
	need_sample
	run with "$PORTROLL_DIR/services" "$BATS_FILE_TMPDIR/ask_sample" sample
	all_right
	run ! with /etc/hostname "$BATS_FILE_TMPDIR/ask_sample" sample
}

@test "musl answers those of TCP and UDP so" {
	command -v musl-gcc >/dev/null || skip "no musl-gcc"
	need_sample
	musl-gcc -static -O2 -o ask_sample "$probes/ask_sample.c"
	run with "$PORTROLL_DIR/services" ./ask_sample sample
	all_right
}

@test "Python answers them so" {
	need_sample
	run with "$PORTROLL_DIR/services" python3 "$probes/ask_sample.py" sample
	all_right
}

@test "Perl answers them so" {
	command -v perl >/dev/null || skip "no perl"
	need_sample
	run with "$PORTROLL_DIR/services" perl "$probes/ask_sample.pl" sample
	all_right
}

@test "Go answers names of TCP and UDP so, but for those that are counted" {
	command -v go >/dev/null || skip "no go"
	need_sample
	GOCACHE=$PWD/cache go build -o ask_sample "$probes/ask_sample.go"
	mapfile -t counted < <(awk '$1 == "last" && $3 != "-" { print $2 "/" $3 }' found)
	run with "$PORTROLL_DIR/services" ./ask_sample "${counted[@]}" <sample
	all_right
}

@test "a file of others with our part says nothing else than theirs, first line or last" {
	unshare -rm true 2>/dev/null || skip "no mount namespace of our own here"
	if [ -n "$shared" ]; then roll_of_iana; else roll_of_debian; fi
	cp /etc/services local
	cp local before
	portroll publish -q --to local --yes
	python3 - before local <<-'PY'
		import sys
		def read(path):
		    first, last = {}, {}
		    for line in open(path):
		        words = line.split("#")[0].split()
		        if len(words) < 2:
		            continue
		        port, transport = words[1].split("/")
		        for key, value in [((port, transport), words[0])] + [
		                ((name, transport), port) for name in words[:1] + words[2:]]:
		            first.setdefault(key, value)
		            last[key] = value
		    return first, last
		(before_first, before_last), (first, last) = read(sys.argv[1]), read(sys.argv[2])
		for old, new in ((before_first, first), (before_last, last)):
		    for key, value in old.items():
		        assert new[key] == value, (key, value, new[key])
		assert len(first) > len(before_first) + 5000, len(first)
	PY
	grep -v '^#' before | awk 'NF { print $1, $2 }' | head -n 50 | while read -r name key; do
		[ "$(with local getent -s files services "$name/${key#*/}" | awk '{ print $2 }')" = \
			"$(getent -s files services "$name/${key#*/}" | awk '{ print $2 }')" ]
	done
}

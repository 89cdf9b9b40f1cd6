# SPDX-License-Identifier: MIT
# libnss_portroll.so.2 as glibc calls it.
load helper
load registry

debian=/usr/share/ipv6toolkit/service-names-port-numbers.csv

setup_file() {
	export PORTROLL_DIR=$BATS_FILE_TMPDIR/roll
	make_odd_csv >"$BATS_FILE_TMPDIR/odd.csv"
	portroll import -q --source iana --dated 2026-11-23 "$BATS_FILE_TMPDIR/odd.csv"
	for probe in nss_probe nss_agree services_probe; do
		"${CC:-cc}" -O2 -o "$BATS_FILE_TMPDIR/$probe" "$root/tests/probes/$probe.c"
	done
	local name
	for name in a b; do
		{
			printf 'in-both 999/tcp\nonly-%s 1000/tcp\n' $name
			seq 2000 4000 | sed 's,.*,svc-& &/udp,'
		} >"$BATS_FILE_TMPDIR/$name.services"
		PORTROLL_DIR=$BATS_FILE_TMPDIR/$name portroll import -q --source iana --dated 2026-11-23 \
			"$BATS_FILE_TMPDIR/$name.services"
	done
}

setup() {
	! nm -D "$build/src/nss/libnss_portroll.so.2" | grep -q __asan ||
		skip "a module with sanitizers loads into no program without them"
	module=$build/src/nss/libnss_portroll.so.2
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

# ---- a program that has the module loaded ----

# probe VERB [ARGUMENT]: tests/probes/nss_probe.c in a folder of its own, where roll a is installed.
probe() {
	use_two_rolls
	timeout 120 "$BATS_FILE_TMPDIR/nss_probe" "$module" "$@"
}

use_two_rolls() {
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/two
	[ ! -d "$PORTROLL_DIR" ] || return 0
	mkdir -p "$PORTROLL_DIR"
	cp "$BATS_FILE_TMPDIR/a/snapshot" "$PORTROLL_DIR/a"
	cp "$BATS_FILE_TMPDIR/b/snapshot" "$PORTROLL_DIR/b"
	install -m 644 "$PORTROLL_DIR/a" "$PORTROLL_DIR/snapshot"
}

@test "64 threads that start at once all get their first answer" {
	probe first
}

@test "64 threads go on while the file is replaced, cut short, damaged, opened to all, removed" {
	probe change
}

@test "a snapshot that comes late is found" {
	use_two_rolls
	rm "$PORTROLL_DIR/snapshot"
	probe late
}

@test "a walk keeps to its snapshot, in a child too" {
	probe walk
}

@test "a fork while another thread opens the snapshot does not block the child" {
	probe fork-opening
}

@test "a fork while other threads ask does not block the child, which sees later snapshots" {
	probe fork-asking
}

@test "a program in another root keeps its answers" {
	[ "$(id -u)" -eq 0 ] || skip "only root may chroot"
	probe chroot
}

@test "loading it again and again leaks no memory and no descriptor" {
	probe reload
}

@test "a line of very many names is put together in time, each name once" {
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/many
	seq -f 'n%.0f 5000/tcp' 60000 >"$BATS_TEST_TMPDIR/names"
	{
		tail -n 2000 "$BATS_TEST_TMPDIR/names"
		printf '%s\n' 'N7 5000/tcp' 'n7 5000/udp' 'away 6000/tcp'
	} >"$BATS_TEST_TMPDIR/again"
	cat "$BATS_TEST_TMPDIR"/names "$BATS_TEST_TMPDIR/again" >"$BATS_TEST_TMPDIR/own"
	printf '%s\n' 'n9 5000/tcp' 'away 5000/tcp' 'below 5000/tcp' 'below 5000/tcp' >"$BATS_TEST_TMPDIR/below"
	portroll import -q --source own "$BATS_TEST_TMPDIR/own"
	portroll import -q --source more --below own "$BATS_TEST_TMPDIR/below"
	LD_LIBRARY_PATH=$build/src/nss timeout 3 getent -s portroll services 5000/tcp >"$BATS_TEST_TMPDIR/line"
	tr -s ' ' '\n' <"$BATS_TEST_TMPDIR/line" >"$BATS_TEST_TMPDIR/got"
	{
		printf '%s\n' n1 5000/tcp
		seq -f 'n%.0f' 2 60000
		printf '%s\n' N7 below
	} | cmp - "$BATS_TEST_TMPDIR/got"
}

@test "80,000 calls make no system call but those of a look" {
	strace -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	use_two_rolls
	strace -o "$BATS_TEST_TMPDIR/calls" "$BATS_FILE_TMPDIR/nss_probe" "$module" many
	sed -n '/^getppid/,/^getppid/p' "$BATS_TEST_TMPDIR/calls" | grep -v '^getppid' >"$BATS_TEST_TMPDIR/inside" || true
	cat "$BATS_TEST_TMPDIR/inside"
	[ "$(grep -c '^getppid' "$BATS_TEST_TMPDIR/calls")" -eq 2 ]
	[ "$(wc -l <"$BATS_TEST_TMPDIR/inside")" -le 4 ]
}

@test "valgrind finds nothing" {
	command -v valgrind >/dev/null || skip "no valgrind"
	use_two_rolls
	valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,possible \
		"$BATS_FILE_TMPDIR/nss_probe" "$module" answer a
}

# ---- files that are refused ----

# refused WHAT: getent finds nothing and says nothing.
refused() {
	local status=0 said
	said=$(LD_LIBRARY_PATH=$build/src/nss timeout 20 getent -s portroll services only-a 2>&1) || status=$?
	echo "$1: $status $said"
	[ "$status" -eq 2 ] && [ -z "$said" ]
}

# bats test_tags=hostile
@test "a file that is not what it should be gives no answers and no message" {
	use_two_rolls
	cd "$PORTROLL_DIR"
	is "only-a 1000/tcp" only-a
	chmod 664 snapshot && refused group-writable
	chmod 646 snapshot && refused world-writable
	chmod 644 snapshot
	is "only-a 1000/tcp" only-a
	truncate -s -1 snapshot && refused "one byte short"
	truncate -s 100 snapshot && refused "a header's part"
	: >snapshot && refused empty
	head -c 4096 /dev/urandom >snapshot && refused noise
	cp "$BATS_FILE_TMPDIR/a.services" snapshot && refused "another form"
	rm snapshot && refused missing
	mkdir snapshot && refused folder && rmdir snapshot
	mkfifo snapshot && refused FIFO && rm snapshot
	ln -s snapshot snapshot && refused "link to itself" && rm snapshot
	ln -s /dev/zero snapshot && refused device && rm snapshot
	ln -s a snapshot && chmod 644 a && is "only-a 1000/tcp" only-a
	export PORTROLL_DIR=$(printf 'x%.0s' {1..5000})
	refused "a folder with a long name"
}

# bats test_tags=hostile
@test "a file of somebody else is refused" {
	[ "$(id -u)" -eq 0 ] || skip "only root may give files away"
	use_two_rolls
	chown nobody "$PORTROLL_DIR/snapshot"
	refused foreign
}

@test "a program that runs with other rights than its caller's ignores PORTROLL_DIR" {
	[ "$(id -u)" -eq 0 ] || skip "only root makes a setuid program"
	command -v setpriv >/dev/null || skip "no setpriv"
	use_two_rolls
	install -m 755 "$module" "$PORTROLL_DIR/module.so"
	install -m 755 "$BATS_FILE_TMPDIR/nss_probe" "$PORTROLL_DIR/plain"
	install -m 4755 "$BATS_FILE_TMPDIR/nss_probe" "$PORTROLL_DIR/setuid"
	chmod -R go+rX "$PORTROLL_DIR"
	as_nobody() { setpriv --reuid nobody --clear-groups "$@"; }
	for folder in "$PORTROLL_DIR" "$BATS_TEST_TMPDIR" "$BATS_FILE_TMPDIR" "$BATS_RUN_TMPDIR"; do chmod go+x "$folder"; done
	as_nobody "$PORTROLL_DIR/plain" "$PORTROLL_DIR/module.so" answer a
	run as_nobody "$PORTROLL_DIR/setuid" "$PORTROLL_DIR/module.so" answer a
	echo "$output"
	[ "$status" -eq 1 ]
}

# ---- through the whole of glibc ----

need_namespace() {
	unshare -rm true 2>/dev/null || skip "no mount namespace of our own here"
	[ -e /etc/services ] && [ -e /etc/nsswitch.conf ] || skip "no /etc/services and nsswitch.conf to lie over"
}

# inside SERVICES COMMAND...: nsswitch.conf names these services, /etc/services is our export.
inside() {
	echo "services: $1" >"$BATS_TEST_TMPDIR/nsswitch.conf"
	shift
	[ -e "$BATS_TEST_TMPDIR/services" ] ||
		portroll export -q --format services --expand-ranges -o "$BATS_TEST_TMPDIR/services"
	LD_LIBRARY_PATH=$build/src/nss unshare -rm sh -c 'cd "$0" && mount --bind services /etc/services &&
		mount --bind nsswitch.conf /etc/nsswitch.conf && exec "$@"' "$BATS_TEST_TMPDIR" "$@"
}

@test "glibc's files module and ours agree about the odd ones" {
	need_namespace
	# A services file has no room for these; our answers have.
	grep -v -e '^xxxxx' -e '^zzzzz' -e '^name-number-' "$BATS_FILE_TMPDIR/odd.csv" >"$BATS_TEST_TMPDIR/odd.csv"
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/roll
	portroll import -q --source iana --dated 2026-11-23 "$BATS_TEST_TMPDIR/odd.csv"
	local names=(http www www-http HTTP zero satvid onlydccp twice Case CASE case 1234 with/slash
		émile last noport "with blank" with "with#hash" "" "http " "#" $'\xff')
	for service in files portroll; do
		inside "$service" "$BATS_FILE_TMPDIR/nss_agree" "$service" "${names[@]}" >"$BATS_TEST_TMPDIR/$service"
	done
	[ "$(wc -l <"$BATS_TEST_TMPDIR/files")" -gt 200 ]
	diff "$BATS_TEST_TMPDIR/files" "$BATS_TEST_TMPDIR/portroll"
}

# The whole of IANA's registry, as it is at hand.
use_iana() {
	local file=$shared/data/iana-2026-08-17.xml
	[ -n "$shared" ] && [ -e "$file" ] || file=$debian
	[ -e "$file" ] || skip "neither shared/data nor ipv6toolkit is there"
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/roll
	portroll import -q --source iana --dated 2026-08-17 "$file"
}

@test "glibc gives through us every line of IANA's registry as the services file has it" {
	need_namespace
	use_iana
	run inside portroll "$BATS_FILE_TMPDIR/services_probe" "$BATS_TEST_TMPDIR/services"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *", 0 wrong" ]]
}

@test "the walk gives every line of the services file in its order" {
	use_iana
	portroll export -q --format services --expand-ranges |
		sed 's/#.*//' | awk 'NF { $1 = $1; print }' >"$BATS_TEST_TMPDIR/lines"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/lines")" -gt 1000 ]
	LD_LIBRARY_PATH=$build/src/nss getent -s portroll services |
		awk '{ $1 = $1; print }' | diff - "$BATS_TEST_TMPDIR/lines"
}

@test "Python asks us" {
	need_namespace
	local python=/usr/bin/python3
	[ -x $python ] || skip "no Python of the system"
	run inside portroll $python -c 'import socket as s
print(s.getservbyname("www"), s.getservbyname("http", "udp"), s.getservbyport(80), s.getservbyport(4000))
try:
	s.getservbyname("nosuch")
except OSError as e:
	print(e)
print(s.getaddrinfo("127.0.0.1", "www", type=s.SOCK_STREAM)[0][4])'
	echo "$output"
	[ "${lines[0]}" = "80 80 http onlydccp" ]
	[ "${lines[1]}" = "service/proto not found" ]
	[ "${lines[2]}" = "('127.0.0.1', 80)" ]
}

@test "Perl asks us and walks" {
	need_namespace
	command -v perl >/dev/null || skip "no Perl"
	run inside portroll perl -e 'print join(" ", getservbyname("www", "tcp")), "\n";
		print scalar getservbyport(4000, "dccp"), "\n";
		setservent(1); $n++ while getservent; setservent(1); $m++ while getservent; endservent;
		print $n == $m ? "walked" : "$n $m"'
	echo "$output"
	[ "${lines[0]}" = "http www www-http 80 tcp" ]
	[ "${lines[1]}" = "onlydccp" ]
	[ "${lines[2]}" = "walked" ]
}

@test "what we do not know goes on to the next service of nsswitch.conf" {
	need_namespace
	portroll export -q --format services -o "$BATS_TEST_TMPDIR/services"
	echo 'of-the-file 7777/tcp' >>"$BATS_TEST_TMPDIR/services"
	run inside "portroll files" getent services of-the-file
	[ "$status" -eq 0 ]
	run inside "portroll [NOTFOUND=return] files" getent services of-the-file
	[ "$status" -eq 2 ]
	PORTROLL_DIR=/nonexistent run inside "portroll [NOTFOUND=return] files" getent services of-the-file
	[ "$status" -eq 0 ]
}

@test "a static program asks us or finds nothing" {
	need_namespace
	"${CC:-cc}" -static -o "$BATS_TEST_TMPDIR/static" "$root/tests/probes/nss_agree.c" 2>/dev/null ||
		skip "no static libc"
	run inside portroll "$BATS_TEST_TMPDIR/static" portroll www nosuch
	echo "${lines[0]}"
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "www NULL: http 80/tcp www www-http (0)" ] || [[ ${lines[0]} == "www NULL:  (0)" ]]
}

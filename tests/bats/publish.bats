# SPDX-License-Identifier: MIT
# publish: the services file beside the snapshot, and our part in a file of others. Never the
# /etc/services of this machine: all files here are the test's own.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	make_xml 2026-01-01 20 >a.xml
	portroll import -q a.xml
	printf '%s\n' '# mine' 'own-name	1025/tcp	svc-12 # mine at 1025' 'zip 6/ddp' 'no line at all' >local
	cp local local.before
}

# The names and ports of a file, without comments.
lines_of() {
	sed 's/ *#.*//' "$1" | awk 'NF { print }'
}

@test "the file stands beside the snapshot, and only a difference is written" {
	run -0 --separate-stderr portroll publish
	[ "${lines[0]}" = "$PORTROLL_DIR/services: written from iana" ]
	[[ $output == *libnss-portroll*"publish --to /etc/services"* ]]
	[ "${lines[-1]}" = "20 lines hold 20 of the 20 names of the roll" ]
	[ -z "$stderr" ]
	[ "$(stat -c %a "$PORTROLL_DIR/services")" = 644 ]
	[ "$(lines_of "$PORTROLL_DIR/services" | wc -l)" = 20 ]
	inode=$(stat -c %i "$PORTROLL_DIR/services")
	run -0 --separate-stderr portroll publish
	[ "${lines[0]}" = "$PORTROLL_DIR/services: is fresh; from iana" ]
	[ "${lines[1]}" = "20 lines hold 20 of the 20 names of the roll" ]
	[ "$(stat -c %i "$PORTROLL_DIR/services")" = "$inode" ]
	run -0 portroll publish -q
	[ -z "$output" ]
}

@test "every verb that changes the roll renews a file that was published" {
	make_xml 2026-02-01 21 >b.xml
	portroll import -q b.xml
	[ ! -e "$PORTROLL_DIR/services" ]
	portroll publish -q
	run ! grep -q '^ours ' "$PORTROLL_DIR/services"
	echo 'ours 4000/tcp' >ours
	portroll import -q --source own ours
	grep -q '^ours  *4000/tcp' "$PORTROLL_DIR/services"
	portroll source remove own
	run ! grep -q '^ours ' "$PORTROLL_DIR/services"
	run -0 --separate-stderr portroll publish
	[ "${lines[0]}" = "$PORTROLL_DIR/services: is fresh; from iana" ]
}

@test "all sources are in it by precedence, one line for a port and protocol" {
	printf '%s\n' 'first 1030/tcp other' 'far 5000/udp' >names
	portroll import -q --source own --above iana names
	portroll publish -q
	grep -q '^first  *1030/tcp  *other svc-6$' "$PORTROLL_DIR/services"
	grep -q '^far  *5000/udp' "$PORTROLL_DIR/services"
	[ -z "$(lines_of "$PORTROLL_DIR/services" | awk '{ print $2 }' | sort | uniq -d)" ]
	portroll source move own --below iana
	grep -q '^svc-6  *1030/tcp  *first other ' "$PORTROLL_DIR/services"
}

@test "a name keeps the ports of the first source, whichever line a reader takes" {
	printf '%s\n' 'low 999/tcp svc-7' 'svc-8 998/udp' 'other 5000/tcp svc-9 svc-10' 'svc-11 5001/tcp' >names
	portroll import -q --source own names
	portroll publish -q --loss-report losses
	for name in svc-7 svc-9 svc-10 svc-11; do
		[ "$(lines_of "$PORTROLL_DIR/services" | grep -cE "(^| )$name( |\$).*" || true)" = 1 ]
	done
	grep -q '^low  *999/tcp$' "$PORTROLL_DIR/services"
	grep -q '^other  *5000/tcp$' "$PORTROLL_DIR/services"
	grep -q '^svc-8  *998/udp$' "$PORTROLL_DIR/services"
	run ! grep -q '5001/tcp' "$PORTROLL_DIR/services"
	grep -A2 '"svc-11 5001/tcp"' losses | grep -q 'has other ports in a source above'
}

@test "the lowest port of a name is in its first line and in its last" {
	printf '%s\n' 'many 5003/tcp' 'many 5001/tcp low # text' 'low 5000/tcp' 'many 5002/tcp' 'many 5002/udp' >names
	portroll import -q --source own names
	run -0 --separate-stderr portroll publish
	[ -z "$stderr" ]
	[ "${lines[-1]}" = "25 lines hold 22 of the 22 names of the roll" ]
	lines_of "$PORTROLL_DIR/services" | tr -s ' ' >found
	for name in 'many 5001' 'low 5000'; do
		ports=$(grep -w "${name% *}" found | grep -o '[0-9]*/tcp')
		[ "$(head -n 1 <<<"$ports")" = "${name#* }/tcp" ]
		[ "$(tail -n 1 <<<"$ports")" = "${name#* }/tcp" ]
	done
	[ "$(sort found | uniq -d)" = "low 5000/tcp
many 5001/tcp low" ]
	portroll publish -q --to local --yes
	[ "$(lines_of local | grep -w many | tail -n 1 | tr -s ' ')" = 'many 5001/tcp low' ]
}

@test "what no line holds is said by kind" {
	cat >own.csv <<-CSV
		Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes
		several,5000,tcp,,,,,,,,,
		several,4999,udp,,,,,,,,,
		noport,,tcp,,,,,,,,,
		with blank,5002,tcp,,,,,,,,,
		1234,5003,tcp,,,,,,,,,
		$(printf 'z%.0s' {1..32}),5004,tcp,,,,,,,,,
		svc-3,5005,tcp,,,,,,,,,
		,5006,tcp,Unassigned,,,,,,,,
	CSV
	portroll import -q --source own own.csv
	run -0 --separate-stderr portroll publish
	[ "${lines[-1]}" = "22 lines hold 21 of the 25 names of the roll" ]
	[ "$stderr" = "portroll: names without a line: 1 that has no port, 1 longer than 31 letters, 2 with a blank, a # or no letter
portroll: 1 name is not written again at other ports that a source below gives it
portroll: 1 name has several ports, of which a reader that keeps its last line, as Go does, may find another than the lowest
portroll: 1 record without a name has no line" ]
	run -0 --separate-stderr portroll publish -v
	[[ $stderr == *"names: svc-3 5005/tcp has other ports in a source above"* ]]
}

@test "nmap's names are in it, and their licence is said" {
	cat >nmap <<-'NMAP'
		# Nmap services
		# licensed under the Nmap Public Source License (NPSL)
		far	5000/tcp	0.5
	NMAP
	portroll import -q --from nmap --source nmap --below iana nmap
	run -0 --separate-stderr portroll publish
	[[ $stderr == *"names of source nmap are in it, which nmap's licence (NPSL) binds"* ]]
	grep -q '^far ' "$PORTROLL_DIR/services"
	grep -q '^# source nmap: ' "$PORTROLL_DIR/services"
}

@test "a file that it did not write is left alone" {
	cp local "$PORTROLL_DIR/services"
	run -1 portroll publish
	[ "$output" = "portroll: $PORTROLL_DIR/services: was not written by portroll publish; move it away, or publish --to another file" ]
	run -1 portroll source move iana --below iana
	make_xml 2026-02-01 21 >b.xml
	run -1 portroll import b.xml
	[[ $output == *"the roll is written, but not its services file: "* ]]
	cmp local "$PORTROLL_DIR/services"
}

@test "without a roll it says how to get one, and makes nothing" {
	PORTROLL_DIR=$PWD/none run -1 portroll publish
	[ "$output" = "portroll: $PWD/none/snapshot: there is no roll yet; portroll import FILE or portroll update makes one" ]
	[ ! -e none ]
}

@test "--dry-run shows the difference and writes nothing" {
	run -0 portroll publish --dry-run
	[[ $output == "--- /dev/null"*"+++ $PORTROLL_DIR/services"* ]]
	[ ! -e "$PORTROLL_DIR/services" ]
	run -0 portroll publish --to local -n
	[[ $output == "--- local"*"+++ local"*"@@ -2,3 +2,"*"+# BEGIN portroll publish"*"more such lines; --verbose shows them"* ]]
	cmp local local.before
	portroll publish --to local --dry-run --verbose --quiet >patch
	portroll publish --to local --yes --quiet
	sed '/^local: /d' patch | patch -s -o patched local.before -
	cmp patched local
}

@test "--to: lines that are there stay, and win" {
	run -0 --separate-stderr portroll publish --to local --yes
	[[ $output == *"local: 18 lines of ours; left out for lines that are there: 1 port and protocol (1 with another name there); 1 name that has another port there"* ]]
	[[ $output == *"the file of before is kept as local.portroll-before"* ]]
	head -n 4 local | cmp - local.before
	[ "$(lines_of local | grep -c '1025/tcp')" = 1 ]
	[ "$(grep -c 'svc-12\b' local)" = 1 ]
	[ "$(lines_of local | awk '{ print $2 }' | grep / | sort | uniq -d)" = "" ]
	cmp local.before local.portroll-before
}

@test "a name of a left out port moves on; the next name takes its line" {
	printf '%s\n' 'shared 4000/tcp second third # text' 'shared 4000/udp' >names
	portroll import -q --source own names
	echo 'shared 4001/sctp' >local
	portroll publish -q --to local --yes
	grep -qx 'second          4000/tcp    third # text' local
	run ! grep -q '4000/udp' local
}

@test "the next run replaces only our part" {
	portroll publish -q --to local --yes
	echo 'behind 9999/udp' >>local
	sed -i '1a also-mine 1030/tcp' local
	run -0 portroll publish --to local --yes
	[[ $output == *"-svc-6 "*" 1030/tcp"* ]]
	[ "$(sed -n 2p local)" = 'also-mine 1030/tcp' ]
	[ "$(tail -n 1 local)" = 'behind 9999/udp' ]
	[ "$(grep -c '1030/tcp' local)" = 1 ]
	cmp local.before local.portroll-before
	run -0 --separate-stderr portroll publish --to local
	[[ $output == "local: holds already 17 lines of ours; "* ]]
}

@test "nobody to ask: nothing is written, and it says what to do" {
	run -1 portroll publish --to local
	[[ $output == *"portroll: local: nothing is written, there is nobody to ask; --yes writes it, --dry-run shows it only" ]]
	cmp local local.before
	[ ! -e local.portroll-before ]
}

@test "on a terminal it asks; only y is a yes" {
	command -v script >/dev/null || skip "no script(1)"
	at_terminal() {
		printf '%s\n' "$1" | script -qec "'$build/src/cli/portroll' publish --to local" /dev/null
	}
	run -2 at_terminal n
	[[ $output == *"write this? [y/N]"*"nothing is written"* ]]
	cmp local local.before
	run -0 at_terminal y
	grep -q '^# BEGIN portroll' local
}

@test "--undo puts the file of before back, with its mode and times" {
	touch -d '2001-02-03 04:05:06' local
	chmod 640 local
	portroll publish -q --to local --yes
	[ "$(stat -c %a local)" = 640 ]
	[ "$(stat -c '%a %Y' local.portroll-before)" = "640 $(date -d '2001-02-03 04:05:06' +%s)" ]
	run -0 portroll publish --to local --undo --yes
	[[ $output == *"local: is again as it was before" ]]
	cmp local local.before
	[ "$(stat -c '%a %Y' local)" = "640 $(date -d '2001-02-03 04:05:06' +%s)" ]
	[ ! -e local.portroll-before ]
	run -2 portroll publish --to local --undo --yes
	[ "$output" = "portroll: local: has no part of portroll, there is nothing to undo" ]
}

@test "--undo of a file that had no last line feed is exact" {
	printf 'own 1025/tcp' >local
	cp local local.before
	portroll publish -q --to local --yes
	portroll publish -q --to local --undo --yes
	cmp local local.before
}

@test "--undo loses no edit: it takes out our part only" {
	portroll publish -q --to local --yes
	sed -i '1a edited 1031/tcp' local
	run -0 portroll publish --to local --undo --yes
	[[ $output == *"local: our part is taken out; the lines that are yours stay"*"the file of before stays as local.portroll-before" ]]
	sed '1a edited 1031/tcp' local.before | cmp - local
	cmp local.before local.portroll-before
	portroll publish -q --to local --yes
	cmp local.before local.portroll-before
	portroll publish -q --to local --undo --yes
	sed '1a edited 1031/tcp' local.before | cmp - local
}

@test "--undo puts no link in the place of a file" {
	portroll publish -q --to local --yes
	mv local.portroll-before elsewhere
	ln -s elsewhere local.portroll-before
	run -1 --separate-stderr portroll publish --to local --undo --yes
	[ "$stderr" = "portroll: local.portroll-before: is not a regular file" ]
	[ ! -L local ]
	grep -q '^# BEGIN portroll' local
}

@test "edits within our part are not lost unawares" {
	portroll publish -q --to local --yes
	sed -i '/^svc-3 /s/svc-3/mine-3/' local
	cp local edited
	for more in "" --undo; do
		# shellcheck disable=SC2086
		run -1 portroll publish --to local --yes $more
		[ "$output" = "portroll: local: lines between BEGIN and END portroll publish were edited and would be lost; move yours before them, then --force" ]
		cmp local edited
	done
	portroll publish -q --to local --yes --force
	grep -q '^svc-3 ' local
}

@test "parts that are cut or twice there are refused with their line" {
	portroll publish -q --to local --yes
	refused() {
		run -1 portroll publish --to damaged --yes
		[[ $output == "portroll: damaged:$1: "*"take "* ]]
	}
	grep -v '^# END portroll' local >damaged
	refused 5
	grep -v '^# BEGIN portroll' local >damaged
	refused "$(grep -n '^# END portroll' damaged | cut -d: -f1)"
	cat local local >damaged
	refused "$(($(wc -l <local) + 5))"
}

@test "a file that was not there is made, and removed by --undo" {
	portroll publish -q --to new --yes
	[ "$(stat -c %a new)" = 644 ]
	[ "$(lines_of new | wc -l)" = 20 ]
	[ ! -e new.portroll-before ]
	run -0 portroll publish --to new --undo --yes
	[[ $output == *"new: is removed; there was no such file before" ]]
	[ ! -e new ]
}

@test "a link is followed, and said to be" {
	mkdir real
	mv local real/services
	ln -s real/services link
	run -0 portroll publish --to link --yes
	[[ $output == *"portroll: link: is a link; what it leads to is meant: $PWD/real/services"* ]]
	[ -L link ]
	grep -q '^# BEGIN portroll' real/services
	cmp local.before real/services.portroll-before
	portroll publish -q --to link --undo --yes
	[ -L link ]
	cmp local.before real/services
}

@test "folders, devices and the files of the roll are refused" {
	run -1 portroll publish --to . --yes
	[ "$output" = "portroll: .: is a folder, not a file" ]
	run -1 portroll publish --to /dev/null --yes
	[[ $output == "portroll: /dev/null: is not a regular file" ]]
	run -1 portroll publish --to "$PORTROLL_DIR/snapshot" --yes
	[[ $output == *"is the snapshot of a roll"* ]]
	ln -s "$PORTROLL_DIR/lock" to-lock
	for own in "$PORTROLL_DIR/lock" "$PORTROLL_DIR/services" "$PORTROLL_DIR/../${PORTROLL_DIR##*/}/lock" to-lock; do
		run -1 --separate-stderr portroll publish --to "$own" --yes
		[[ $stderr == *"portroll: $own: is a file of the roll itself; --to takes another" ]]
	done
	[ ! -e "$PORTROLL_DIR/services" ]
	run ! grep -q portroll "$PORTROLL_DIR/lock"
	run -1 portroll publish --to - --yes
	[[ $output == "portroll: --to takes a file; "* ]]
	run -1 portroll publish --undo
	[ "$output" = "portroll: --undo needs --to FILE" ]
}

@test "a full disk, at whichever write, leaves the file and no litter" {
	command -v strace >/dev/null || skip "strace is not installed"
	keeper=$(program portroll-keeper)
	strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	ran=0
	for call in openat write fsync rename fchmod; do
		for nth in 1 2 3; do
			cp local.before local
			rm -f local.portroll-before
			# Only calls that concern the two files.
			if ASAN_OPTIONS=detect_leaks=0 strace -qq -o /dev/null -P "$PWD" -P local -P local.portroll-before \
				-e inject="$call:error=ENOSPC:when=$nth" \
				"$keeper" publish -q --to local --yes 2>said; then
				continue
			fi
			ran=$((ran + 1))
			cmp local local.before || grep -q '^# END portroll' local
			grep -q '^portroll: .*: No space left on device' said
			[ -z "$(find . -maxdepth 1 -name '.local*')" ]
		done
	done
	[ "$ran" -gt 0 ]
}

@test "killed at every system call that writes, the file is whole" {
	command -v strace >/dev/null || skip "strace is not installed"
	keeper=$(program portroll-keeper)
	strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	portroll publish -q --to local --yes
	cp local published
	cp local.before local
	rm local.portroll-before
	old=0 new=0
	for call in openat write fsync rename fchmod fchown utimensat close; do
		for nth in 1 2 3 4 5 6 7 8; do
			strace -qq -o /dev/null -e inject="$call:signal=KILL:when=$nth" \
				"$keeper" publish -q --to local --yes 2>/dev/null || true
			if cmp -s local published; then
				new=$((new + 1))
				cmp local.portroll-before local.before
			else
				old=$((old + 1))
				cmp local local.before
				[ ! -e local.portroll-before ] || cmp local.portroll-before local.before
			fi
			cp local.before local
			rm -f local.portroll-before .local*
		done
	done
	[ "$old" -gt 0 ]
	[ "$new" -gt 0 ]
}

@test "what killed runs left goes with the next run, and nothing else" {
	left=(.local.portroll-a1B2c3 .local.portroll-before.portroll-a1B2c3)
	others=(.local.a1B2c3 .local.portroll-mine .other.portroll-a1B2c3 .local.portroll-alive1)
	touch "${left[@]}" "${others[@]}"
	exec 9<"${others[3]}"
	flock 9
	portroll publish -q --to local --dry-run >/dev/null
	ls "${left[@]}"
	portroll publish -q --to local --yes
	for file in "${left[@]}"; do [ ! -e "$file" ]; done
	ls "${others[@]}"
	touch "${left[@]}"
	portroll publish -q --to local --yes
	for file in "${left[@]}"; do [ ! -e "$file" ]; done
	ls "${others[@]}"
}

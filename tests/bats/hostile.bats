# SPDX-License-Identifier: MIT
# What is wrong gets a clear error, exit code 1, and nothing written.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	make_xml 2026-01-01 20 >good.xml
	portroll import -q good.xml
	before=$(sums "$PORTROLL_DIR")
}

# The roll's folder is as setup() left it.
nothing_written() {
	[ "$(sums "$PORTROLL_DIR")" = "$before" ]
}

# refused NAME PATTERN: the input is told with this message, by import and by convert, even with
# --force, and leaves no trace.
refused() {
	run --separate-stderr portroll import --force "$1"
	[ "$status" = 1 ]
	[ -z "$output" ]
	# shellcheck disable=SC2053
	[[ $stderr == "portroll: "$2 ]] || { echo "$stderr" && return 1; }
	[ "${#stderr_lines[@]}" = 1 ]
	nothing_written
	[ -p "$1" ] && return
	run portroll convert "$1" --to csv -o out.csv
	[ "$status" = 1 ]
	[ ! -e out.csv ]
}

# xml EXPRESSION PATTERN: the good file with that change.
xml() {
	sed "$1" good.xml >bad.xml
	! cmp -s good.xml bad.xml
	refused bad.xml "$2"
}

csv() {
	make_csv 3 | sed "$1" >bad.csv
	refused bad.csv "$2"
}

@test "an unknown transport" {
	xml 's/<protocol>tcp/<protocol>ip/' "bad.xml:7:17: *'ip'*expected tcp, udp, sctp or dccp"
	csv 's/1025,tcp/1025,ip/' "bad.csv:3:12: *'ip'*expected tcp, udp, sctp or dccp"
}

@test "a port above 65535" {
	xml 's/>1025</>65536</' "bad.xml:17:18: *'65536'*at most 65535"
	xml 's/>1025</>99999999999999999999</' "bad.xml:17:*'99999999999999999999'*"
	xml 's/>1025</>1025-65536</' "bad.xml:17:*'1025-65536'*"
	xml 's/>1025</>-1</' "bad.xml:17:*'-1'*"
	csv 's/1025/65536/' "bad.csv:3:7: *'65536'*at most 65535"
}

@test "a reversed range" {
	xml 's/>1025</>1026-1025</' "bad.xml:17:*'1026-1025'*lower port*"
	csv 's/1025/1026-1025/' "bad.csv:3:7: *'1026-1025'*lower port*"
}

@test "two descriptions" {
	xml 's#<description>service 1</description>#&&#' "bad.xml:16:*second <description>*"
}

@test "a person that nobody lists" {
	xml '8s/Example_Person/Nobody/' "bad.xml:*'Nobody'*not listed"
}

@test "a bad date" {
	xml '5s/2025-01-02/2025-02-30/' "bad.xml:5:*'2025-02-30'*YYYY-MM-DD*"
	xml '5s/2025-01-02/yesterday/' "bad.xml:5:*'yesterday'*YYYY-MM-DD*"
	csv '3s/2025-01-02/2025-1-2/' "bad.csv:3:*'2025-1-2'*YYYY-MM-DD*"
}

@test "broken UTF-8" {
	xml 's/service 1</serv\xffice</' "bad.xml:16:22: byte 0xff, expected UTF-8"
	xml 's/service 1</serv\xc0\xafice</' "bad.xml:16:22: byte 0xc0, expected UTF-8"
	csv 's/service 1/serv\xed\xa0\x80ice/' "bad.csv:3:*byte 0xed, expected UTF-8"
}

@test "control characters" {
	xml 's/service 1</serv\x07ice</' "bad.xml:16:22: control character U+0007, expected text"
	xml 's/service 1</serv\&#7;ice</' "bad.xml:16:*"
	csv 's/service 1/serv\x00ice/' "bad.csv:3:*control character U+0000, expected text"
	csv 's/service 1/serv\x1b[2Jice/' "bad.csv:3:*control character U+001B, expected text"
}

@test "a DOCTYPE, and the bombs that hide in it" {
	xml '1a <!DOCTYPE registry>' "bad.xml:2:*DOCTYPE*"
	{
		echo '<?xml version="1.0"?>'
		echo '<!DOCTYPE bomb [<!ENTITY a0 "a">'
		for ((i = 1; i < 40; i++)); do
			printf '<!ENTITY a%d "&a%d;&a%d;">\n' "$i" $((i - 1)) $((i - 1))
		done
		echo ']><registry xmlns="http://www.iana.org/assignments"><title>&a39;</title></registry>'
	} >bomb.xml
	refused bomb.xml "bomb.xml:2:*DOCTYPE*"
	echo '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><registry>&a;</registry>' >outside.xml
	refused outside.xml "outside.xml:1:*DOCTYPE*"
}

@test "nesting without end" {
	{
		echo '<registry xmlns="http://www.iana.org/assignments">'
		yes '<note>' | head -200000
	} >deep.xml
	refused deep.xml "deep.xml:*"
	yes '[' | head -200000 >deep.json
	refused deep.json "deep.json:*"
	{
		echo '{"schema":"portroll-registry/1","x":'
		yes '[' | head -200000
	} >deeper.json
	refused deeper.json "deeper.json:*depth*"
}

@test "a line that is longer than any file may be" {
	mkfifo line
	{ printf 'Service Name,' && yes 0123456789abcdef | tr -d '\n'; } >line 2>/dev/null &
	refused line "line: is larger than 64 MiB"
	{ head -2 good.xml && printf '<title>' && yes 0123456789abcdef | tr -d '\n'; } >line 2>/dev/null &
	refused line "line: is larger than 64 MiB"
	make_csv 1 >long.csv
	head -c 9000000 /dev/zero | tr '\0' x >>long.csv
	refused long.csv "long.csv:3:*"
}

@test "a FIFO or a device without end" {
	mkfifo endless
	yes >endless 2>/dev/null &
	refused endless "endless: is larger than 64 MiB"
	refused /dev/zero "/dev/zero: is larger than 64 MiB"
	run portroll import - </dev/zero
	[ "$output" = "portroll: standard input: is larger than 64 MiB" ]
	nothing_written
}

@test "gzip that unpacks without end, is damaged, or is cut" {
	head -c 80000000 /dev/zero | gzip -1 >bomb.gz
	refused bomb.gz "bomb.gz: gzip of more than 64 MB"
	gzip -c good.xml | head -c 300 >cut.gz
	refused cut.gz "cut.gz: damaged gzip*"
	gzip -c good.xml >damaged.gz
	printf 'damaged' | dd of=damaged.gz bs=1 seek=200 conv=notrunc status=none
	refused damaged.gz "damaged.gz: damaged gzip*"
}

@test "a file that is cut, wherever that is" {
	size=$(stat -c %s good.xml)
	for ((at = 1; at < size - 20; at += size / 25)); do
		head -c "$at" good.xml >cut.xml
		refused cut.xml "cut.xml:*"
	done
	portroll export -q --format json -o good.json
	size=$(stat -c %s good.json)
	for ((at = 1; at < size - 3; at += size / 12)); do
		head -c "$at" good.json >cut.json
		refused cut.json "cut.json:*"
	done
	make_csv 3 >whole.csv
	printf 'svc,"abc' | cat whole.csv - >cut.csv
	refused cut.csv "cut.csv:5:*the file ends inside*"
	printf 'svc,1027,tc' | cat whole.csv - >cut.csv
	refused cut.csv "cut.csv:5:*"
}

@test "a folder, nothing at all, and what is no registry" {
	mkdir folder
	refused folder "folder: is a folder, not a file"
	: >empty
	refused empty "empty: the input is empty"
	refused missing "missing: cannot be opened: No such file or directory"
	refused "$(program portroll)" "*/portroll:1:*"
	echo "Dear registrar," >letter
	refused letter "letter:1:1: not a form of the registry*"
	head -4 good.xml >none.xml
	echo '</registry>' >>none.xml
	refused none.xml "none.xml: no record of the registry is in it"
}

# After a failure the roll is the old one, or the new one if that was committed before; the next
# import makes it the new one.
old_or_new() {
	portroll export -q --format csv >found.csv
	cmp -s found.csv larger.csv || cmp found.csv good.csv
	portroll import -q --force larger.xml
	portroll export -q --format csv | cmp - larger.csv
	[ -z "$(find "$PORTROLL_DIR" -name '.*')" ]
}

# The limit on the size of files stands for a disk that is full: the write fails in the middle.
@test "a disk that is full in the middle of a write" {
	make_xml 2026-02-01 400 >larger.xml
	portroll convert -q good.xml --to csv >good.csv
	portroll convert -q larger.xml --to csv >larger.csv
	cp -r "$PORTROLL_DIR" kept.roll
	cp -r "$PORTROLL_STATE" kept.state
	failed=0
	for blocks in 1 4 12 32 48 64 80 96 112 128 160; do
		rm -r "$PORTROLL_DIR" "$PORTROLL_STATE"
		cp -r kept.roll "$PORTROLL_DIR"
		cp -r kept.state "$PORTROLL_STATE"
		run bash -c "ulimit -f $blocks && exec '$(program portroll-keeper)' import -q --force larger.xml"
		[ "$status" = 0 ] || failed=$((failed + 1))
		[ "$status" = 0 ] || [[ $output == "portroll: "* ]]
		[ "${#lines[@]}" -le 1 ]
		old_or_new
	done
	[ "$failed" -gt 3 ]
	run bash -c "ulimit -f 4 && exec '$(program portroll-keeper)' export -q --format xml -o out.xml"
	[ "$status" = 1 ]
	[ "$output" = "portroll: out.xml: cannot be written: File too large" ]
	[ ! -e out.xml ]
	[ -z "$(find . -maxdepth 1 -name '.?*')" ]
}

@test "a disk that has no room" {
	make_xml 2026-02-01 400 >larger.xml
	mkdir small
	unshare -rm sh -c 'mount -t tmpfs -o size=16k none small' 2>/dev/null ||
		skip "no file system can be mounted here"
	# Room for what is there, and some more.
	for more in 8 32 64 128 256; do
		room=$(($(du -sk "$PORTROLL_DIR" | cut -f1) + more))
		run unshare -rm sh -c 'mount -t tmpfs -o size='$room'k none small && cp -r "$PORTROLL_DIR/." small &&
			PORTROLL_DIR=small; PORTROLL_STATE=$PWD/own; export PORTROLL_DIR PORTROLL_STATE; mkdir own
			cp "$1"/* own; "$0" import -q --force larger.xml; echo "exit $?"
			"$0" export -q --format csv >/dev/null || echo "not readable"
			mount -o remount,size=16m small && "$0" import -q --force larger.xml &&
			"$0" export -q --format csv | wc -l; rm -r own' \
			"$(program portroll-keeper)" "$PORTROLL_STATE"
		echo "$output"
		[[ $output == *"exit "[01]* ]]
		[[ $output != *"not readable"* ]]
		[ "${lines[-1]}" = 401 ]
		[ "$more" != 8 ] || [[ ${lines[0]} == "portroll: "* ]]
	done
}

@test "an output that cannot be written" {
	run portroll export -q --format csv -o /dev/full
	[ "$status" = 1 ]
	[ "$output" = "portroll: /dev/full: cannot be written: No space left on device" ]
	[ -c /dev/full ]
	run bash -c "'$(program portroll-keeper)' export -q --format csv >/dev/full"
	[ "$status" = 1 ]
	[ "$output" = "portroll: standard output cannot be written: No space left on device" ]
}

@test "the lock is for its owner, and leads nowhere else" {
	[ "$(stat -c %a "$PORTROLL_DIR/lock")" = 600 ]
	echo precious >file
	ln -sf "$PWD/file" "$PORTROLL_DIR/lock"
	run portroll import --force good.xml
	[ "$status" = 1 ]
	[[ $output == "portroll: $PORTROLL_DIR: cannot be written: "* ]]
	[ "$(cat file)" = precious ]
}

# As root every folder can be written to: then without the capabilities that make it so.
unprivileged() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --inh-caps=-all --bounding-set=-all "$@"
	else
		"$@"
	fi
}

@test "a folder that is read-only" {
	unprivileged true || skip "privileges cannot be dropped"
	make_xml 2026-02-01 21 >new.xml
	chmod 555 "$PORTROLL_DIR"
	chmod 444 "$PORTROLL_DIR/lock"
	run unprivileged "$(program portroll-keeper)" import new.xml
	chmod 755 "$PORTROLL_DIR"
	[ "$status" = 1 ]
	[[ $output == "portroll: $PORTROLL_DIR"*": Permission denied" ]]
	nothing_written
	mkdir -m 555 locked
	PORTROLL_DIR=$PWD/locked/roll run unprivileged "$(program portroll-keeper)" import new.xml
	[ "$status" = 1 ]
	[ "$output" = "portroll: $PWD/locked/roll: the folder cannot be made: Permission denied" ]
	run unprivileged "$(program portroll-keeper)" export -q --format csv -o locked/out.csv
	[ "$status" = 1 ]
	[ "$output" = "portroll: locked/out.csv: cannot be written: Permission denied" ]
}

# put OFFSET BYTE: into the snapshot.
put() {
	printf "\\x$2" | dd of="$PORTROLL_DIR/snapshot" bs=1 seek="$1" conv=notrunc status=none
}

@test "a snapshot of another version is refused by readers, and made again by who writes" {
	cp "$PORTROLL_DIR/snapshot" whole
	put 8 63
	before=$(sums "$PORTROLL_DIR")
	for arguments in "export --format csv" "source list" "80"; do
		# shellcheck disable=SC2086
		run portroll $arguments
		[ "$status" = 1 ]
		[[ $output == *version* ]]
		nothing_written
	done
	portroll import -q good.xml
	cmp "$PORTROLL_DIR/snapshot" whole
}

@test "without a ledger it is refused by all, and --force starts anew" {
	rm -r "$PORTROLL_DIR"/ledger* "$PORTROLL_DIR/key"
	put 8 63
	before=$(sums "$PORTROLL_DIR")
	for arguments in "import good.xml" "export --format csv" "source list" "source remove iana"; do
		# shellcheck disable=SC2086
		run portroll $arguments
		[ "$status" = 1 ]
		[[ $output == *version* ]]
		nothing_written
	done
	run portroll import good.xml
	[ "${lines[0]}" = "portroll: import --force puts a new roll in the place of this one" ]
	portroll import -q --force good.xml
	[ "$(portroll export -q --format csv | wc -l)" = 21 ]
}

@test "a snapshot that is damaged anywhere is refused by readers, and made again by who writes" {
	cp "$PORTROLL_DIR/snapshot" whole
	size=$(stat -c %s whole)
	for ((at = 0; at < size; at += 1 + size / 60)); do
		cp whole "$PORTROLL_DIR/snapshot"
		byte=$(od -An -tx1 -j "$at" -N 1 whole | tr -d ' ')
		put "$at" "$(printf %02x $((0x$byte ^ 0x41)))"
		portroll import -q good.xml
		cmp whole "$PORTROLL_DIR/snapshot" || { echo "byte $at" && return 1; }
	done
	for cut in 0 1 87 88 500 $((size / 2)) $((size - 1)); do
		head -c "$cut" whole >"$PORTROLL_DIR/snapshot"
		run portroll export --format csv
		[ "$status" = 1 ] || { echo "cut at $cut" && return 1; }
		[[ $output != *svc-* ]]
	done
	cat whole good.xml >"$PORTROLL_DIR/snapshot"
	run portroll export --format csv
	[ "$status" = 1 ]
	cp good.xml "$PORTROLL_DIR/snapshot"
	run portroll export --format csv
	[ "$status" = 1 ]
	portroll import -q good.xml
	cmp whole "$PORTROLL_DIR/snapshot"
}

# SPDX-License-Identifier: MIT
# What is done with the ledger itself: a change taken back, people erased, copies, keys.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# with EDIT: the second copy of three services, altered by sed.
import_with() {
	make_xml 2026-01-01 3 >a.xml
	make_xml 2026-02-01 3 | sed "$@" >b.xml
	portroll import -q a.xml
	portroll import -q --force b.xml
}

@test "a change is taken back by a new one, and nothing is erased" {
	import_with 's/svc-1</renamed</'
	run -1 portroll ledger revert @2
	[[ $output == *"needs --reason TEXT"* ]]
	run --separate-stderr -0 portroll ledger revert @2 --reason "not so"
	[ "$output" = "@2, import of iana, is taken back by a new change; portroll log --count 1 tells what that means" ]
	[ "$stderr" = "portroll: iana is a mirror: the next copy of it that is imported brings back what it still has" ]
	run -0 portroll diff @1 @3
	[[ $output == *"no difference" ]]
	run -0 portroll log
	[[ ${lines[0]} == "@3 revert of iana, takes back @2, "* ]]
	[[ $output == *"    not so"$'\n'* && $output == *"@2 import"* && $output == *"@1 import"* ]]
	run -0 portroll --brief renamed --as-of @2
	run -2 portroll --brief renamed
	run -0 portroll verify -q
	run -2 portroll ledger revert @2 --reason again
	[ "$output" = "portroll: @2 is taken back already by @3" ]
	[ "$(portroll log | grep -c '^@')" = 3 ]
}

@test "what a later change touched is a conflict, and all of it is named" {
	import_with -e 's/>service 0</>one</' -e 's/>service 1</>one</' -e 's/>service 2</>one</'
	sed -e 's/2026-02-01/2026-03-01/' -e '/svc-[01]</,/number/s/>one</>two</' b.xml >c.xml
	portroll import -q --force c.xml
	run -1 portroll ledger revert @2 --reason back
	[ "${lines[0]}" = "portroll: @2 cannot be taken back: 2 of what it changed was changed since:" ]
	[ "${lines[1]}" = "portroll:   svc-0 1024/tcp" ]
	[ "${lines[2]}" = "portroll:   svc-1 1025/tcp" ]
	[ "$(portroll log | grep -c '^@')" = 3 ]
}

@test "what was taken back already is so, whatever came since" {
	import_with 's/svc-1</renamed</'
	portroll ledger revert @2 -q --reason once
	make_xml 2026-03-01 3 | sed -e 's/svc-1</other</' >c.xml
	portroll import -q --force c.xml
	run -2 portroll ledger revert @2 --reason again
	[ "$output" = "portroll: @2 is taken back already by @3" ]
	portroll source remove iana --yes -q
	run -2 portroll ledger revert @2 --reason again
	[ "$output" = "portroll: @2 is taken back already by @3" ]
	portroll ledger revert @5 -q --reason "it stays"
	run -2 portroll ledger revert @5 --reason again
	[ "$output" = "portroll: @5 is taken back already by @6" ]
	portroll ledger revert @6 -q --reason "it goes"
	run -2 portroll ledger revert @6 --reason again
	[ "$output" = "portroll: @6 is taken back already by @7" ]
	portroll ledger revert @5 -q --reason "it stays after all"
	run -2 portroll ledger revert @5 --reason again
	[ "$output" = "portroll: @5 is taken back already by @8" ]
}

@test "only what the change did is taken back" {
	import_with 's/>service 0</>altered</'
	sed -e 's/2026-02-01/2026-03-01/' -e 's/>service 2</>later</' b.xml >c.xml
	portroll import -q --force c.xml
	portroll ledger revert 2 --reason back -q
	run -0 portroll diff @3
	[ "${lines[1]}" = "1 description changed" ]
	[[ ${lines[2]} == '  description   svc-0 1024/tcp: "altered" -> "service 0"'* ]]
	run -0 portroll diff @1 --json
	[[ $output == *'later'* ]]
}

@test "a source that came or went comes back or goes, and so does an order" {
	make_xml 2026-01-01 2 >a.xml
	portroll import -q a.xml
	portroll import -q --source other --coverage partial a.xml
	portroll source move other --above iana -q
	portroll ledger revert @3 --reason order -q
	[[ $(portroll log --count 1) == *"sources in order of precedence: iana, other"* ]]
	portroll source remove other --yes -q
	portroll ledger revert @5 --reason "it stays" -q
	run -0 portroll diff @4
	[ "$output" = "no difference" ]
	portroll ledger revert @2 --reason "it goes" -q
	run -0 portroll source list --json
	[[ $output != *'"other"'* ]]
	run -0 portroll verify -q
	run -1 portroll ledger revert @99 --reason x
	[[ $output == "portroll: there is no change @99: the last is @"* ]]
	run -1 portroll ledger revert x --reason x
	[[ $output == *"a change is called by its number"* ]]
}

@test "the three copies of IANA's registry go back as they came" {
	need_shared data/iana-2025-10-22.xml
	portroll import -q --history "$shared"/data/iana-*.xml
	local last before
	last=$(portroll log --json | sed -nE 's/^\{"number":([0-9]+),.*"effective":"2026-08-17".*/\1/p')
	before=$(portroll log --json | sed -nE 's/^\{"number":([0-9]+),.*"effective":"2026-02-13".*/\1/p')
	portroll ledger revert @"$last" --reason test -q
	portroll export --format xml -o then.xml
	[[ $(portroll diff then.xml "$shared"/data/iana-2026-02-13.xml) == *"no difference" ]]
	portroll ledger revert @"$before" --reason test -q
	portroll export --format xml -o then.xml
	[[ $(portroll diff then.xml "$shared"/data/iana-2025-10-22.xml) == *"no difference" ]]
}

@test "a person is erased from the ledger and the roll, and every proof holds" {
	import_with 's/svc-1</renamed</'
	grep -q 'person&example.com' "$PORTROLL_DIR/ledger/people"
	run -1 portroll ledger redact Example_Person </dev/null
	[ "$output" = "portroll: nothing is erased, there is nobody to ask; --yes erases for good" ]
	grep -q 'person&example.com' "$PORTROLL_DIR/ledger/people"
	run -0 portroll ledger redact Example_Person --yes
	[ "${lines[0]}" = "Example_Person: 1 content is erased; the id stays, and every proof holds" ]
	run -2 portroll ledger redact Example_Person --yes
	[ "$output" = "portroll: Example_Person is erased already" ]
	run grep -rlF 'person&example.com' "$PORTROLL_DIR"
	[ "$output" = "" ]
	run -0 portroll verify -q
	[[ $(portroll person Example_Person) == *Example_Person* ]]
	[[ $(portroll person Example_Person --as-of @1) != *"Example Person"* ]]
	run -2 portroll ledger redact Nobody --yes
	[ "$output" = "portroll: the ledger knows nothing of Nobody" ]
}

@test "an erasing that was cut off before the snapshot is finished by the next one" {
	import_with 's/svc-1</renamed</'
	cp "$PORTROLL_DIR/snapshot" before
	grep -q 'person&example.com' before
	portroll ledger redact Example_Person --yes -q
	cp before "$PORTROLL_DIR/snapshot"
	run -2 portroll ledger redact Example_Person --yes
	run ! grep -q 'person&example.com' "$PORTROLL_DIR/snapshot"
	portroll verify -q
}

@test "an erasing that was cut off is finished by whoever changes the roll next" {
	import_with 's/svc-1</renamed</'
	cp "$PORTROLL_DIR/snapshot" before
	portroll ledger redact Example_Person --yes -q
	cp before "$PORTROLL_DIR/snapshot"
	rm "$PORTROLL_DIR/ledger/people"
	printf 'other 7/tcp\n' >services
	portroll import -q --source debian services
	run ! grep -rqF 'person&example.com' "$PORTROLL_DIR"
	portroll verify -q
}

@test "a backup has all but the key, and is restored into an empty folder only" {
	import_with 's/svc-1</renamed</'
	run -0 portroll ledger backup kept.db
	[[ ${lines[0]} == "kept.db: 2 entries of "* ]]
	[[ ${lines[1]} == "the secret key is not in it: keep a copy of $PORTROLL_DIR/key "* ]]
	run -1 portroll ledger backup kept.db
	[ "$output" = "portroll: kept.db is there already" ]
	cp "$PORTROLL_DIR/key" key.kept
	! grep -qF "$(cut -d+ -f5- key.kept)" kept.db
	portroll ledger checkpoint >signed
	run -1 portroll ledger restore kept.db --key key.kept
	[[ $output == *"is not empty"* ]]
	PORTROLL_DIR=$PWD/other run -0 portroll ledger restore kept.db --key key.kept
	PORTROLL_DIR=$PWD/other portroll ledger checkpoint | diff - signed
	PORTROLL_DIR=$PWD/other run -0 portroll verify -q
	PORTROLL_DIR=$PWD/other run -0 portroll --brief renamed
	PORTROLL_DIR=$PWD/other portroll import -q --source more a.xml
}

@test "a backup that can only be read is restored, and stays as it is" {
	import_with 's/svc-1</renamed</'
	mkdir medium
	portroll ledger backup -q medium/kept.db
	chmod 400 medium/kept.db
	chmod 500 medium
	sha256sum medium/* >sums
	barely() { "$@"; }
	[ "$(id -u)" != 0 ] || barely() { setpriv --inh-caps=-all --bounding-set=-all "$@"; }
	barely true || skip "privileges cannot be dropped"
	PORTROLL_DIR=$PWD/other barely "$(program portroll)" ledger restore -q medium/kept.db
	PORTROLL_DIR=$PWD/other portroll ledger checkpoint | cmp - "$PORTROLL_DIR/ledger/checkpoint"
	sha256sum medium/* | cmp - sums
	chmod 700 medium
}

@test "what is no whole backup is refused with advice for who restores" {
	import_with 's/svc-1</renamed</'
	portroll ledger backup -q kept.db
	head -c 20000 kept.db >cut.db
	for file in cut.db /etc/services; do
		PORTROLL_DIR=$PWD/other run -1 portroll ledger restore "$file"
		[ "$output" = "portroll: $file is not a whole backup of a ledger; give another one that portroll ledger backup wrote" ]
	done
	run -1 portroll ledger backup -
	[ "$output" = "portroll: a backup is a database: it needs a file, and cannot be written to standard output" ]
	[ ! -e ./- ]
}

@test "a key is shown, and replaced by another that the old one signs" {
	import_with 's/svc-1</renamed</'
	run -0 portroll ledger key
	[ "$output" = "$(cat "$PORTROLL_DIR/ledger/key")" ]
	local before=$output
	run --separate-stderr -0 portroll ledger key --rotate --reason "once a year"
	[ "${#lines[@]}" = 2 ]
	[ "${lines[0]}" != "$before" ]
	[ "${lines[1]}" = "$before" ]
	[[ $stderr == *"a new key signs from now on"* ]]
	[[ $(portroll log --count 1) == "@3 key, "*"once a year"*"signed from now on by ${lines[0]}"* ]]
	run -0 portroll verify -q
	run -1 portroll ledger revert @3 --reason x
	[[ $output == *"which changes no source: it cannot be taken back" ]]
	PORTROLL_DIR=nowhere run -1 portroll ledger key
	[ "$output" = "portroll: nowhere: there is no ledger yet" ]
	PORTROLL_DIR=$PWD/quiet portroll init -q
	PORTROLL_DIR=$PWD/quiet run -0 portroll ledger key --rotate -q
	[ "$output" = "" ]
}

@test "what is missing or damaged is made again from the ledger" {
	import_with 's/svc-1</renamed</'
	portroll ledger checkpoint >before
	cp "$PORTROLL_DIR/snapshot" snapshot
	rm "$PORTROLL_DIR/snapshot"
	run -1 portroll renamed
	[[ $output == *"its snapshot is missing ("*"): 'portroll ledger rebuild' makes it again, "* ]]
	run -1 portroll export --format xml
	[[ $output == *"its snapshot is missing: portroll ledger rebuild makes it again, "* ]]
	rm -r "$PORTROLL_DIR/ledger"
	for words in "verify" "log" "80 --as-of @1"; do
		# shellcheck disable=SC2086
		run -1 portroll $words
		[[ $output == *"is missing; portroll ledger rebuild makes it again from the ledger" ]]
	done
	run -0 portroll ledger rebuild
	[[ $output == "$PORTROLL_DIR: snapshot and published files are made again from "*" @2" ]]
	cmp snapshot "$PORTROLL_DIR/snapshot"
	portroll ledger checkpoint | cmp - before
	printf x >>"$PORTROLL_DIR/ledger/tile/0/000.p/2"
	run -1 portroll verify
	portroll ledger rebuild -q
	run -0 portroll verify -q
	PORTROLL_DIR=nowhere run -1 portroll ledger rebuild
	[ "$output" = "portroll: nowhere: there is no ledger yet" ]
	[ ! -e nowhere ]
}

@test "a ledger that has nothing wrong is forked by force only" {
	import_with 's/svc-1</renamed</'
	portroll ledger checkpoint >before
	run -1 portroll ledger fork --i-know --reason "somebody read the key"
	[[ $output == *"nothing is wrong with this ledger"*"say --force as well" ]]
	portroll ledger checkpoint | cmp - before
	run -0 portroll ledger fork --i-know --reason "somebody read the key" --force
	run -0 portroll verify -q
	run -1 portroll verify --since before
	[[ $output == *"history    fails  before: is of "*", which ended: this is "*"/2, a fork of it, as change @3 says"* ]]
}

@test "a ledger that was rolled back goes on only under another origin" {
	import_with 's/svc-1</renamed</'
	cp -r "$PORTROLL_DIR" older
	portroll ledger revert @2 --reason x -q
	rm -r "$PORTROLL_DIR"
	mv older "$PORTROLL_DIR"
	run -1 portroll import -q --source other a.xml
	[[ $output == *"the ledger was rolled back: it has 2 entries where 3 were signed"* ]]
	run -1 portroll ledger fork
	[[ $output == *"Say --i-know if that is meant" ]]
	run -1 portroll ledger fork --i-know
	[[ $output == *"ledger fork needs --reason TEXT: it stays in the ledger" ]]
	run -0 portroll ledger fork --i-know --reason "the disk was lost"
	[[ ${lines[0]} == "the ledger goes on as "*"/2; tell those who follow it, with its new key:" ]]
	portroll import -q --source other a.xml
	[[ $(portroll log) == *"@3 fork, "*"    the disk was lost"$'\n'"    it goes on from the checkpoint "*"/portroll-"*" 3 "* ]]
	run -0 portroll verify -q
}

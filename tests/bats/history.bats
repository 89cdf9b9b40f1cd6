# SPDX-License-Identifier: MIT
# The ledger of a roll: what changed it, versions in a row, and the roll as of a day or a change.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# How many entries the ledger has.
size() {
	sed -n 2p "$PORTROLL_DIR/ledger/checkpoint"
}

# as_of MOMENT OPTION...: the roll of then as CSV.
as_of() {
	portroll --as-of "$1" export -q --format csv "${@:2}"
}

@test "init makes a ledger, once, with the name that is asked for" {
	run -0 portroll init --origin ports.example.com/roll
	[[ $output == "$PORTROLL_DIR: a ledger that signs as ports.example.com/roll; "* ]]
	[ "$(head -1 "$PORTROLL_DIR/ledger/checkpoint")" = ports.example.com/roll ]
	[ "$(size)" = 0 ]
	[ "$(stat -c %a "$PORTROLL_DIR/key")" = 400 ]
	run -1 portroll init
	[ "$output" = "portroll: $PORTROLL_DIR: there is a ledger already" ]
	run -1 portroll 80
	[[ $output == *"there is no roll yet"* ]]
	make_xml 2026-01-01 3 >a.xml
	portroll import -q a.xml
	[ "$(size)" = 1 ]
}

@test "the first import makes the ledger, named after the host" {
	make_xml 2026-01-01 3 >a.xml
	portroll import -q a.xml
	[[ $(head -1 "$PORTROLL_DIR/ledger/checkpoint") =~ ^"$(hostname)"/portroll-[0-9a-f]{8}$ ]]
	[ -n "$(ls "$PORTROLL_STATE")" ]
}

@test "what was signed is not remembered in the folder of the roll" {
	make_xml 2026-01-01 3 >a.xml
	for state in "$PORTROLL_DIR" "$PORTROLL_DIR/state"; do
		PORTROLL_STATE=$state run -1 portroll import a.xml
		[[ $output == "portroll: $state: is in the folder of the roll, "* ]]
		PORTROLL_DIR=$PORTROLL_DIR/ PORTROLL_STATE=$state run -1 portroll import a.xml
	done
	PORTROLL_STATE=$PORTROLL_DIR-state portroll import -q a.xml
}

@test "what fails makes no ledger, and no change" {
	echo nonsense >a.xml
	run -1 portroll import a.xml
	[ ! -e "$PORTROLL_DIR/ledger.db" ]
	make_xml 2026-01-01 200 >a.xml
	make_xml 2026-01-02 100 >b.xml
	portroll import -q a.xml
	before=$(sums "$PORTROLL_DIR")
	run -1 portroll import b.xml
	[ "$(sums "$PORTROLL_DIR")" = "$before" ]
}

@test "every change of the roll is one of the ledger, nothing else is" {
	make_xml 2026-01-01 3 >a.xml
	make_xml 2026-01-02 3 other >b.xml
	portroll import -q a.xml
	[ "$(size)" = 1 ]
	portroll import -q a.xml
	[ "$(size)" = 1 ]
	portroll import -q --source second --coverage partial a.xml
	[ "$(size)" = 2 ]
	portroll import -q --force b.xml
	[ "$(size)" = 3 ]
	portroll source move second --above iana --reason "ours goes first"
	[ "$(size)" = 4 ]
	portroll source move second --above iana
	portroll source list >/dev/null
	portroll publish -q
	[ "$(size)" = 4 ]
	portroll source remove -y second
	[ "$(size)" = 5 ]
	entries=$(cat "$PORTROLL_DIR"/ledger/tile/entries/000.p/5)
	[[ $entries == *'"reason":"ours goes first"'* ]]
	[[ $entries == *"\"author\":\"$(id -un)\""* ]]
	[[ $entries == *'"kind":"order"'* ]]
	[[ $entries == *'"kind":"remove"'* ]]
}

@test "a change has the records that changed and no others" {
	make_xml 2026-01-01 300 >a.xml
	make_xml 2026-01-02 301 | sed -e 's/svc-9</svc-nine</' -e 's/service 7</service seven</' >b.xml
	portroll import -q a.xml
	portroll import -q b.xml
	last=$(tail -c +"$(($(stat -c %s "$PORTROLL_DIR"/ledger/tile/entries/000.p/"$(($(size) - 1))") + 3))" \
		"$PORTROLL_DIR"/ledger/tile/entries/000.p/"$(size)")
	[ "$(grep -o '"op":"[a-z]*"' <<<"$last" | sort | uniq -c | tr -s ' \n' ' ')" = ' 1 "op":"add" 3 "op":"replace" ' ]
	[[ $last != *svc-10\"* ]]
}

@test "--history imports the oldest first, each as a change, and passes over what it knows" {
	make_xml 2026-01-03 5 third >c.xml
	make_xml 2026-01-02 5 second >b.xml
	make_xml 2026-01-01 5 first >a.xml
	run -0 portroll import --history c.xml a.xml
	[ "${lines[0]}" = "a.xml: 5 records of 2026-01-01 (xml) into source iana: 5 added" ]
	[ "${lines[1]}" = "c.xml: 5 records of 2026-01-03 (xml) into source iana: 5 altered" ]
	[ "$(size)" = 2 ]
	run -0 portroll import --history c.xml a.xml
	[ "${lines[0]}" = "a.xml: is in the ledger already" ]
	[ "$(size)" = 2 ]
	run -1 portroll import --history b.xml
	[[ $output == "portroll: b.xml: dated 2026-01-02, before the copy of 2026-01-03 in source iana"* ]]
	portroll import -q --history --force b.xml
	[ "$(size)" = 3 ]
	run -1 portroll import --history - <a.xml
	[[ $output == *"not standard input" ]]
}

@test "as of a day, versions of one day keep their order, and @N tells them apart" {
	make_xml 2026-01-01 5 first >a.xml
	make_xml 2026-01-05 5 morning >b.xml
	make_xml 2026-01-05 5 evening >c.xml
	portroll import -q --history a.xml b.xml c.xml
	as_of 2026-01-01 | grep -q "first 4"
	as_of 2026-01-04 | grep -q "first 4"
	as_of 2026-01-05 | grep -q "evening 4"
	as_of "$(date +%F)" | grep -q "evening 4"
	as_of @1 | grep -q "first 4"
	as_of @2 | grep -q "morning 4"
	as_of @3 | grep -q "evening 4"
	portroll --as-of @2 1024/tcp | grep -q "morning 0"
	portroll lookup 1024/tcp --as-of=2026-01-04 --json | grep -q "first 0"
	portroll search first --as-of 2026-01-04 | grep -q "first 0"
	run -2 portroll search first
	portroll 1024/tcp | grep -q "evening 0"
}

@test "as of writes to nothing that a kept state is a link to, and removes only what it kept" {
	make_xml 2026-01-01 5 first >a.xml
	portroll import -q a.xml
	mkdir -p roll/ledger/states
	echo precious >precious
	ln -s "$PWD/precious" roll/ledger/states/1
	portroll --as-of @1 1024/tcp | grep -q "first 0"
	[ "$(cat precious)" = precious ]
	rm roll/ledger/states/1
	mkfifo roll/ledger/states/1
	timeout 20 "$(program portroll)" --as-of @1 1024/tcp | grep -q "first 0"
	[ -f roll/ledger/states/1 ]
	touch roll/ledger/states/{a@b,getty@.service,2026-01-01@1.bak}
	for day in $(seq -w 1 31); do
		touch "roll/ledger/states/2025-12-$day@1" "roll/ledger/states/2025-10-$day@1"
	done
	portroll --as-of 2026-01-05 1024/tcp | grep -q "first 0"
	[ "$(ls roll/ledger/states | xargs)" = "1 2026-01-01@1.bak 2026-01-05@1 a@b getty@.service" ]
}

@test "as of, where there is nothing or no sense, says so" {
	make_xml 2026-01-02 3 >a.xml
	run -1 portroll --as-of 2026-01-02 80
	[[ $output == *"there is no roll yet"* ]]
	portroll import -q a.xml
	refused() {
		run -1 portroll --as-of "$1" 1024/tcp
		[ "$output" = "portroll: $2" ]
		run -1 as_of "$1"
		[ "$output" = "portroll: $2" ]
	}
	refused 2026-01-01 "the roll knows nothing before 2026-01-02"
	refused 2999-01-01 "2999-01-01 is in the future"
	refused @2 "@2: the ledger has no more than 1 entries"
	for word in @0 @x 2026-01 2026-02-30 yesterday ../../etc/passwd ""; do
		refused "$word" "--as-of takes a day, YYYY-MM-DD, or a change, @N from @1, not '$word'"
	done
	run -1 portroll --as-of @1 --snapshot "$PORTROLL_DIR/snapshot" 80
	[ "$output" = "portroll: --as-of and --snapshot exclude each other" ]
	run -1 portroll --as-of @1 import a.xml
	[ "$output" = "portroll: import takes no --as-of; see: portroll help import" ]
}

@test "each source has its own days" {
	make_xml 2026-01-01 3 old >a.xml
	make_xml 2026-01-09 3 new >b.xml
	make_xml 2026-01-05 2 ours >c.xml
	portroll import -q a.xml
	portroll import -q b.xml --force
	portroll import -q --source ours --above iana c.xml
	names() {
		portroll source list --as-of "$1" | awk 'NR > 1 { print $1 }' | tr '\n' ' '
	}
	[ "$(names 2026-01-01)" = "iana " ]
	[ "$(names 2026-01-05)" = "ours iana " ]
	as_of 2026-01-05 --source iana | grep -q "old 2"
	as_of 2026-01-05 --source ours | grep -q "ours 1"
	as_of 2026-01-09 --source iana | grep -q "new 2"
	[ "$(names @2)" = "iana " ]
	portroll source remove -y ours
	[ "$(names "$(date -u +%F)")" = "iana " ]
	[ "$(names 2026-01-06)" = "ours iana " ]
}

@test "a state that was folded is kept and answers again" {
	make_xml 2026-01-01 3 old >a.xml
	make_xml 2026-01-09 3 new >b.xml
	portroll import -q --history a.xml b.xml
	portroll --as-of 2026-01-03 1024/tcp >first
	[ -e "$PORTROLL_DIR/ledger/states/2026-01-03@2" ]
	portroll --as-of 2026-01-03 1024/tcp | cmp - first
	: >"$PORTROLL_DIR/ledger/states/2026-01-03@2"
	portroll --as-of 2026-01-03 1024/tcp | cmp - first
	portroll import -q --source other b.xml
	[ ! -e "$PORTROLL_DIR/ledger/states/2026-01-03@2" ]
	portroll --as-of 2026-01-03 1024/tcp | cmp - first
}

@test "who may not write there is answered all the same" {
	make_xml 2026-01-01 3 old >a.xml
	make_xml 2026-01-09 3 new >b.xml
	portroll import -q --history a.xml b.xml
	before=$(sums "$PORTROLL_DIR")
	chmod -R a-w "$PORTROLL_DIR"
	# As root every folder can be written to: then without the capabilities that make it so.
	barely() { "$@"; }
	[ "$(id -u)" != 0 ] || barely() { setpriv --inh-caps=-all --bounding-set=-all "$@"; }
	barely true || skip "privileges cannot be dropped"
	barely "$build/src/cli/portroll" --as-of 2026-01-03 1024/tcp | grep -q "old 0"
	barely "$(program portroll-keeper)" --as-of 2026-01-03 export -q --format csv | grep -q "old 2"
	[ "$(sums "$PORTROLL_DIR")" = "$before" ]
	chmod -R u+w "$PORTROLL_DIR"
}

@test "a snapshot that is missing, damaged or of before is made again from the ledger" {
	make_xml 2026-01-01 5 old >a.xml
	make_xml 2026-01-09 5 new >b.xml
	portroll import -q a.xml
	cp "$PORTROLL_DIR/snapshot" older
	portroll import -q --force b.xml
	cp "$PORTROLL_DIR/snapshot" newer
	portroll publish -q
	spoil() {
		"$@"
		portroll import -q b.xml
		cmp "$PORTROLL_DIR/snapshot" newer
	}
	spoil rm "$PORTROLL_DIR/snapshot"
	spoil cp older "$PORTROLL_DIR/snapshot"
	spoil truncate -s 5000 "$PORTROLL_DIR/snapshot"
	spoil cp a.xml "$PORTROLL_DIR/snapshot"
	[ "$(size)" = 2 ]
}

@test "a roll that had no ledger is taken over by the next change" {
	mkdir -p "$PORTROLL_DIR"
	gzip -dc "$root/tests/golden/roll.snapshot.gz" >"$PORTROLL_DIR/snapshot"
	portroll export -q --format json --source iana >before
	make_xml 2026-08-20 3 >a.xml
	portroll import -q --source third a.xml
	[ "$(portroll source list --json | grep -c '"name": "')" = 3 ]
	[ "$(size)" = 3 ]
	portroll --as-of 2026-08-17 export -q --format json --source iana | cmp - before
	run -1 portroll --as-of 2025-12-31 80
	[ "$output" = "portroll: the roll knows nothing before 2026" ]
}

@test "a ledger that is gone is missed" {
	make_xml 2026-01-01 3 >a.xml
	portroll import -q a.xml
	rm -r "$PORTROLL_DIR"/ledger* "$PORTROLL_DIR/key"
	run -1 portroll import a.xml
	[[ $output == "portroll: $PORTROLL_DIR: the ledger of this roll is missing, the snapshot tells of 1 entries; "* ]]
	portroll import -q --force a.xml
	[ "$(size)" = 1 ]
}

@test "people are in the ledger by their ids alone" {
	make_xml 2026-01-01 3 >a.xml
	portroll import -q a.xml
	run ! grep -q person.example.com "$PORTROLL_DIR"/ledger/tile/entries/000.p/1
	grep -q Example_Person "$PORTROLL_DIR"/ledger/tile/entries/000.p/1
	grep -q person.example.com "$PORTROLL_DIR/ledger/people"
	[ "$(wc -l <"$PORTROLL_DIR/ledger/people")" = 1 ]
	make_xml 2026-01-02 4 >b.xml
	portroll import -q --force b.xml
	[ "$(wc -l <"$PORTROLL_DIR/ledger/people")" = 1 ]
	rm "$PORTROLL_DIR/snapshot"
	portroll import -q b.xml
	portroll person Example_Person | grep -q person.example.com
}

@test "no folder of this machine is in the ledger, nor a password" {
	make_xml 2026-01-01 3 >a.xml
	portroll import -q "$PWD/a.xml"
	portroll import -q --source b --origin https://someone:secret@example.com/a.xml a.xml
	run ! grep -rqaE "$PWD|secret" "$PORTROLL_DIR/ledger" "$PORTROLL_DIR/snapshot"
	grep -rqa '"origin":"a.xml"' "$PORTROLL_DIR/ledger"
	grep -rqa '"origin":"https://example.com/a.xml"' "$PORTROLL_DIR/ledger"
}

@test "a file may be called as it likes" {
	make_xml 2026-01-01 3 >a.xml
	name=$(printf 'a\xffb\x01c.xml')
	cp a.xml "$name" 2>/dev/null || skip "the file system takes no such name"
	portroll import -q "$name"
	portroll source list --json | grep -q $'"origin": "a\ufffdb\ufffdc.xml"'
}

@test "what a reader that was killed left of a state goes with the next change" {
	make_xml 2026-01-01 3 old >a.xml
	make_xml 2026-01-09 3 new >b.xml
	portroll import -q a.xml
	portroll --as-of 2026-01-03 1024/tcp >/dev/null
	touch "$PORTROLL_DIR/ledger/states/.2026-01-03@1.portroll-abcdef"
	portroll import -q --force b.xml
	[ -z "$(find "$PORTROLL_DIR" -name '.*')" ]
}

@test "a lookup as JSON tells the change that made the record" {
	make_xml 2026-01-01 3 old >a.xml
	make_xml 2026-01-09 3 old | sed 's/old 1</new 1</' >b.xml
	portroll import -q a.xml
	portroll import -q --force b.xml
	portroll 1024/tcp --json | grep -q '"change": 1,'
	portroll 1025/tcp --json | grep -q '"change": 2,'
	rm "$PORTROLL_DIR/snapshot"
	portroll import -q b.xml
	portroll 1024/tcp --json | grep -q '"change": 1,'
	portroll 1025/tcp --json | grep -q '"change": 2,'
}

@test "three versions of IANA's registry are there as of their days" {
	need_shared data/iana-2026-08-17.xml
	days=(2025-10-22 2026-02-13 2026-08-17)
	portroll import -q --history "$shared"/data/iana-{2026-08-17,2025-10-22,2026-02-13}.xml
	for day in "${days[@]}"; do
		portroll convert -q "$shared/data/iana-$day.xml" --to csv >expected.csv
		as_of "$day" | cmp - expected.csv
		PORTROLL_DIR=$PWD/alone portroll import -q --force "$shared/data/iana-$day.xml"
		PORTROLL_DIR=$PWD/alone portroll export -q --format xml >expected.xml
		portroll --as-of "$day" export -q --format xml | cmp - expected.xml
		rm -r alone
	done
	as_of 2026-02-13 | cmp - "$shared/data/iana-2026-02-13.csv"
	as_of 2026-08-16 | cmp - "$shared/data/iana-2026-02-13.csv"
	before=$(sums "$PORTROLL_DIR")
	portroll import -q --history "$shared"/data/iana-*.xml
	portroll import -q "$shared/data/iana-2026-08-17.xml"
	[ "$(size)" -lt 60 ]
	[ "$(sums "$PORTROLL_DIR")" = "$before" ]
}

@test "a change that was taken back at once counts on no day" {
	make_xml 2026-01-01 3 first >a.xml
	make_xml 2026-03-01 3 right >b.xml
	make_xml 2026-02-01 3 wrong >c.xml
	portroll import -q --history a.xml b.xml
	portroll import -q --force c.xml
	as_of 2026-03-02 | grep -q "wrong 2"
	portroll ledger revert -q @3 --reason "the wrong file"
	as_of 2026-03-02 | grep -q "right 2"
	as_of 2026-02-02 | grep -q "first 2"
	as_of @3 | grep -q "wrong 2"
	as_of "$(date -u +%F)" | grep -q "right 2"
	portroll ledger revert -q @4 --reason "it was right after all"
	as_of 2026-02-02 | grep -q "wrong 2"
	portroll ledger revert -q @5 --reason "no"
	as_of 2026-03-02 | grep -q "right 2"
	portroll verify -q
}

@test "a change that was taken back after another one counts until then" {
	make_xml 2026-01-01 3 first >a.xml
	make_xml 2026-02-01 4 first >b.xml
	make_xml 2026-03-01 5 first >c.xml
	portroll import -q --history a.xml b.xml c.xml
	portroll ledger revert -q @2 --reason "one too many"
	[ "$(as_of 2026-02-02 | grep -c svc-)" = 4 ]
	[ "$(as_of "$(date -u +%F)" | grep -c svc-)" = 4 ]
	portroll ledger revert -q @4 --reason "no"
	portroll ledger revert -q @3 --reason "nested"
	[ "$(as_of 2026-03-02 | grep -c svc-)" = 4 ]
	portroll ledger revert -q @2 --reason "now at the top"
	[ "$(as_of 2026-03-02 | grep -c svc-)" = 3 ]
}

@test "a source that came by mistake was there on no day, and its order neither" {
	make_xml 2026-01-01 3 first >a.xml
	make_xml 2026-01-02 3 wrong >b.xml
	portroll import -q a.xml
	portroll import -q --source other --above iana b.xml
	portroll ledger revert -q @2 --reason "not ours"
	run -0 portroll source list --as-of 2026-01-02
	[[ $output != *other* ]]
	portroll ledger revert -q @1 --reason "nothing at all"
	run -1 portroll --as-of 2026-01-02 1024/tcp
	[ "$output" = "portroll: the roll knows nothing of 2026-01-02: what it had was taken back" ]
}

@test "a copy that does not state its date counts from the day of its import" {
	make_xml 2026-01-01 3 first >a.xml
	portroll convert a.xml --to csv >a.csv
	portroll import -q a.csv
	run -1 portroll --as-of 2026-01-02 1024/tcp
	[ "$output" = "portroll: the roll knows nothing before $(date -u +%F)" ]
	as_of "$(date -u +%F)" | grep -q "first 2"
	portroll import -q --dated 2026-02-01 a.csv
	as_of 2026-02-01 | grep -q "first 2"
	make_xml 2026-01-01 3 second >b.xml
	portroll convert b.xml --to csv | sed 's/2025-01-02/2024-12-31/' >b.csv
	portroll import -q b.csv
	as_of 2026-02-02 | grep -q "first 2"
	as_of "$(date -u +%F)" | grep -q "second 2"
}

@test "--history takes only files that state their date" {
	make_xml 2026-01-01 3 >a.xml
	portroll convert a.xml --to csv >a.csv
	run -1 portroll import --history a.xml a.csv
	[ "$output" = "portroll: a.csv: does not state its date, which --history goes by; import it by itself with --dated" ]
	[ ! -e "$PORTROLL_DIR/ledger" ]
	portroll import -q --history --dated 2026-02 a.csv
	as_of 2026-02-01 | grep -q svc-2
}

@test "the same bytes under another name make no change" {
	make_xml 2026-01-01 3 first >a.xml
	cp a.xml b.xml
	portroll import -q a.xml
	run -0 portroll import b.xml
	[[ $output == *": nothing changed" ]]
	portroll import -q --force b.xml
	[ "$(size)" = 1 ]
	make_xml 2026-02-01 1 >part.xml
	portroll import -q --partial part.xml
	portroll import -q b.xml
	[ "$(size)" = 2 ]
	printf 'one 1/tcp\n' >list
	portroll import -q --source ours --dated 2026-01 list
	portroll import -q --source ours --dated 2026-02 list
	[ "$(size)" = 4 ]
}

@test "a kept state that is of another moment is made again" {
	make_xml 2026-01-01 3 first >a.xml
	make_xml 2026-01-02 3 second >b.xml
	make_xml 2026-01-03 3 third >c.xml
	portroll import -q --history a.xml b.xml
	mkdir -p roll/ledger/states
	cp roll/snapshot roll/ledger/states/1
	portroll --as-of @1 1024/tcp | grep -q "first 0"
	cp roll/snapshot roll/ledger/states/1
	as_of @1 | grep -q "first 2"
	portroll import -q c.xml
	cp roll/snapshot roll/ledger/states/1
	cp roll/snapshot "roll/ledger/states/2026-01-02@2"
	portroll --as-of 2026-01-02 1024/tcp | grep -q "second 0"
	portroll --as-of @2 1024/tcp | grep -q "second 0"
	as_of @1 | grep -q "first 2"
	portroll verify -q
	mkdir other
	PORTROLL_DIR=$PWD/other portroll import -q --history c.xml a.xml b.xml
	cp other/snapshot roll/ledger/states/3
	portroll --as-of @3 1024/tcp | grep -q "third 0"
}

@test "a state whose order is older than its last change claims no place in the ledger" {
	make_xml 2026-01-01 3 first >a.xml
	make_xml 2026-01-02 3 second >b.xml
	portroll import -q a.xml
	portroll import -q --source other a.xml
	portroll source move -q other --above iana
	portroll import -q b.xml
	portroll source list --as-of 2026-01-03 >list
	cp roll/ledger/states/2026-01-03@4 roll/ledger/states/4
	portroll source list --as-of @4 | grep -n other | grep -q "^2:"
	grep -n other list | grep -q "^3:"
}

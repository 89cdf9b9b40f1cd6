# SPDX-License-Identifier: MIT
# verify, ledger checkpoint, receipt and mirror: what can be proved, and what is refused.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
	server=
	export TMPDIR=$PWD/temporary
	mkdir "$TMPDIR"
}

teardown() {
	[ -z "$server" ] || kill "$server"
}

# A roll of three small versions; its folder is roll, what it publishes roll/ledger.
make_roll() {
	local n=1
	for date in 2026-01-01 2026-02-01 2026-03-01; do
		make_xml $date $((20 * n)) "word$n" >$date.xml
		portroll import -q --force $date.xml
		n=$((n + 1))
	done
}

# alter_store SQL: as who may write to the store's file, and leaves no trace in its tables.
alter_store() {
	python3 - roll/ledger.db "$1" <<'PYTHON'
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
triggers = store.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
for name, _ in triggers:
    store.execute(f"DROP TRIGGER {name}")
store.executescript(sys.argv[2])
for _, sql in triggers:
    store.execute(sql)
store.commit()
PYTHON
}

# serve_files FOLDER: Python's server of files; its address in $url.
serve_files() {
	exec {port_of}< <(cd "$1" && exec python3 -u -c '
import functools, http.server
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
print(server.server_address[1], flush=True)
server.serve_forever()')
	server=$!
	read -r port <&"$port_of"
	url=http://127.0.0.1:$port
}

# serve_roll: portroll serve of the roll; its address in $url.
serve_roll() {
	rm -f fifo
	mkfifo fifo
	exec 8<>fifo
	"$(program portroll-serve)" --listen 127.0.0.1:0 2>fifo 3>&- 4>&- 8>&- &
	server=$!
	read -r -t 20 line <&8
	url=${line##* }
}

# The one who signs two histories: the roll of before with its key, and nothing that it remembers.
make_other_history() {
	cp -r roll other
	make_xml 2026-04-01 61 "word4" >4.xml
	portroll import -q --force 4.xml
	make_xml 2026-04-01 62 "word5" >5.xml
	PORTROLL_DIR=$PWD/other PORTROLL_STATE=$PWD/other-state portroll import -q --force 5.xml
}

@test "a roll is proved, check by check" {
	make_roll
	run -0 portroll verify
	[[ ${lines[0]} == *"/portroll-"*" @3" ]]
	[[ ${lines[1]} == "signature  holds  the checkpoint is signed by "*"/portroll-"*+* ]]
	[[ ${lines[2]} == "tree       holds  3 entries have the root that is signed; all bytes agree of 1 tile and 1 bundle" ]]
	[[ ${lines[3]} == "history    holds  "* ]]
	[[ ${lines[4]} == "store      holds  each entry that it has is what was signed" ]]
	[[ ${lines[5]} == "changes    holds  3 changes "* ]]
	[[ ${lines[6]} == "people     holds  1 person is "* ]]
	[[ ${lines[7]} == "snapshot   holds  "* ]]
	[[ ${lines[8]} == proved:* ]]
	run -0 portroll verify -q
	[ -z "$output" ]
	run -0 portroll verify --json
	[ "$(jq -r '.proved, .size, (.checks | length)' <<<"$output" | xargs)" = "true 3 7" ]
	[ "$(jq -r .schema <<<"$output")" = portroll-verify/1 ]
	[ "$(jq -r .checkpoint <<<"$output")" = "$(cat roll/ledger/checkpoint)" ]
}

@test "a checkpoint that was kept is continued, or it is told that it is not" {
	make_roll
	portroll ledger checkpoint >kept
	cmp kept roll/ledger/checkpoint
	make_other_history
	run -0 portroll verify --since kept
	[[ $output == *"history    holds  it continues what was signed before, up to 4 entries"* ]]
	PORTROLL_DIR=$PWD/other portroll ledger checkpoint >of-other
	run -1 portroll verify --since of-other
	[[ $output == *"history    fails  history was rewritten: its first 4 entries are not those that were signed, as of-other shows"* ]]
	[[ $output == *"proof of misbehaviour: "* ]]
	sed -i 2s/4/5/ of-other
	run -1 portroll verify --since of-other
	[[ $output == *"history    fails  of-other: "* ]]
	run -1 portroll verify --since nowhere
	[[ $output == "portroll: nowhere: "* ]]
}

@test "two checkpoints of one size by one key are both kept, and shown" {
	make_roll
	make_other_history
	portroll verify -q
	run -1 portroll verify other
	[[ $output == *"history    fails  history was rewritten: its first 4 entries are not those that were signed"* ]]
	[[ $output == *"proof of misbehaviour: one key signed both of these"* ]]
	[[ $output == *"$(cat roll/ledger/checkpoint)"*"$(cat other/ledger/checkpoint)"* ]]
	cmp state/verified/*-4-first.checkpoint roll/ledger/checkpoint
	cmp state/verified/*-4-second.checkpoint other/ledger/checkpoint
	run -1 portroll verify other --json
	[ "$(jq -r .contradicted <<<"$output")" = "$(cat roll/ledger/checkpoint)" ]
	# Nothing of it was remembered.
	portroll verify -q
}

@test "a ledger that went back is not proved" {
	make_roll
	cp -r roll older
	make_xml 2026-04-01 61 "word4" >4.xml
	portroll import -q --force 4.xml
	PORTROLL_DIR=$PWD/older run -1 portroll verify
	[[ $output == *"history    fails  the ledger went back: it has 3 entries where 4 were signed, as $PORTROLL_STATE/"* ]]
	# Whoever has no state of the writer remembers what was verified.
	export PORTROLL_STATE=$PWD/reader
	portroll verify -q
	run -1 portroll verify older
	[[ $output == *"the ledger went back: it has 3 entries where 4 were signed, as $PORTROLL_STATE/verified/"* ]]
}

@test "another key for a known ledger is refused" {
	make_roll
	portroll verify -q
	name=$(head -1 roll/ledger/checkpoint)
	PORTROLL_DIR=$PWD/forged portroll init -q --origin "$name"
	run -1 portroll verify forged
	[[ $output == *"is not signed by a key that it was verified with before"* ]]
}

@test "one byte that is other than it was is found, in every published file" {
	make_roll
	# Enough of a tree for a second level of tiles.
	mkdir tree
	(cd tree && "$build/tests/ledger_probe" publish 300)
	rm -r tree/tile/*/*.p/100
	PORTROLL_KEEPER=$(program portroll-keeper) PORTROLL_STATE=$PWD/reader run -0 \
		python3 "$root/tests/probes/flip_bytes.py" roll/ledger tree
	[[ $output == "roll/ledger: 9 files, "*" flips, none unseen"*"tree: 7 files, "*" flips, none unseen"* ]]
}

@test "a snapshot or a kept state that the ledger does not make is found" {
	make_roll
	mkdir -p roll/ledger/states
	cp roll/snapshot roll/ledger/states/3
	run -0 portroll verify
	[[ $output == *"states     holds  1 kept state is byte for byte"* ]]
	mv roll/ledger/states/3 roll/ledger/states/2
	run -1 portroll verify
	[[ $output == *"changes    fails  "*"/states/2: is not what the changes of the ledger make"* ]]
	mv roll/ledger/states/2 roll/ledger/states/4
	run -1 portroll verify
	[[ $output == *"states     fails  "*"/states/4: there is no change @4 that it could be of"* ]]
	rm roll/ledger/states/4
	portroll --as-of 2026-02-15 -q 1024
	[ -e roll/ledger/states/2026-02-15@3 ]
	run -0 portroll verify
	[[ $output == *"states     holds  1 kept state is byte for byte"* ]]
	mv roll/ledger/states/2026-02-15@3 roll/ledger/states/2026-01-15@3
	run -1 portroll verify
	[[ $output == *"states     fails  "*"/states/2026-01-15@3: is not what the changes of the ledger make"* ]]
	rm roll/ledger/states/*
	make_xml 2026-03-01 60 "other" >other.xml
	PORTROLL_DIR=$PWD/elsewhere portroll import -q other.xml
	cp elsewhere/snapshot roll/snapshot
	run -1 portroll verify
	[[ $output == *"changes    fails  "*"/snapshot: is not what the changes of the ledger make"* ]]
}

@test "an entry that was altered in the store is not published again" {
	make_roll
	cp -r roll before
	alter_store "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'word2', 'other') AS BLOB) WHERE position = 1"
	make_xml 2026-04-01 61 "word4" >4.xml
	run -1 portroll import -q --force 4.xml
	[[ $output == *"entry @2 in the store is not what was signed"* ]]
	diff -r --exclude=states roll/ledger before/ledger
	cmp roll/snapshot before/snapshot
}

@test "an older state in place of the snapshot is found" {
	make_roll
	portroll --as-of 2026-02-15 -q 1024
	for state in roll/ledger/states/*; do
		cp "$state" roll/snapshot
		run -1 portroll verify
		[[ $output == *"snapshot   fails  is of @2 where the ledger is at @3; the next change makes it again"* ]]
	done
	make_xml 2026-04-01 61 "word4" >4.xml
	portroll import -q --force 4.xml
	run -0 portroll verify
	[[ $output == *"snapshot   holds  "* ]]
	portroll ledger key --rotate
	portroll verify -q
}

@test "what is no checkpoint says nothing of the ledger; a key may be told" {
	make_roll
	portroll ledger checkpoint >kept
	portroll ledger receipt @2 >2.tlog-proof
	echo >blank
	: >empty
	for file in 2.tlog-proof roll/ledger/key blank empty; do
		run -1 portroll verify --since $file
		[ "${#lines[@]}" = 1 ]
		[[ $output == "portroll: $file: is no checkpoint, as portroll ledger checkpoint prints it: "* ]]
	done
	key=$(cat roll/ledger/key)
	run -1 portroll verify --key "$key"
	[[ $output == "portroll: --key goes with --receipt or --since; "* ]]
	portroll verify -q --since kept --key "$key"
	run -1 portroll verify --since kept --key nonsense
	[[ $output == "portroll: --key: "* ]]
	# A copy that does not bring the key that signed it.
	portroll ledger key --rotate
	cp -r roll/ledger copy
	grep -vxF "$key" roll/ledger/key >copy/key
	export PORTROLL_STATE=$PWD/new
	run -1 portroll verify copy --since kept
	[[ $output == *"history    fails  kept: "* ]]
	run -0 portroll verify copy --since kept --key "$key"
	[[ $output == *"history    holds  it continues what was signed before, up to 3 entries"* ]]
}

@test "another history that is shorter is a proof as well" {
	make_roll
	serve_files .
	make_other_history
	portroll ledger mirror -q "$url/roll" copy
	make_xml 2026-05-01 63 "word6" >6.xml
	portroll import -q --force 6.xml
	portroll ledger mirror -q "$url/roll" copy
	run -1 portroll ledger mirror "$url/other" copy
	[[ $output == *"history was rewritten: its 4 entries are not the first of the 5 that were signed"* ]]
	[[ $output == *"proof of misbehaviour: one key signed both of these, and neither ledger is the beginning of the other"* ]]
	cmp state/verified/*-4-first.checkpoint roll/ledger/checkpoint
	cmp state/verified/*-4-second.checkpoint other/ledger/checkpoint
	rm state/verified/*-{first,second}.checkpoint
	run -1 portroll verify other
	[[ $output == *"history    fails  history was rewritten: its 4 entries are not the first of the 5 that were signed"* ]]
	cmp state/verified/*-4-second.checkpoint other/ledger/checkpoint
}

@test "a store that is not what was signed is found" {
	make_roll
	cp roll/ledger.db whole
	alter_store "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'word2', 'other') AS BLOB) WHERE position = 1"
	run -1 portroll verify
	[[ $output == *"store      fails  entry @2 is not what was signed"*"snapshot   holds"*"not proved:"* ]]
	head -c 8192 /dev/urandom >roll/ledger.db
	run -1 portroll verify
	[[ $output == *"store      fails  "* ]]
	rm roll/ledger.db
	run -1 portroll verify
	[[ $output == *"store      fails  "*"ledger.db is missing"* ]]
	cp whole roll/ledger.db
	portroll verify -q
	make_xml 2026-04-01 61 "word4" >4.xml
	portroll import -q --force 4.xml
	cp whole roll/ledger.db
	run -1 portroll verify
	[[ $output == *"store      fails  it has 3 entries where 4 were signed"* ]]
}

@test "a store that this user may not read is left open" {
	make_roll
	chmod 000 roll/ledger.db
	without=()
	[ "$(id -u)" != 0 ] || without=(setpriv --bounding-set=-all --inh-caps=-all)
	run -0 "${without[@]}" "$(program portroll)" verify
	[[ $output == *"store      open   may not be read by you"* ]]
}

@test "a person that is gone from what is published was erased, or is missed" {
	make_roll
	cp roll/ledger/people people
	: >roll/ledger/people
	run -1 portroll verify
	[[ $output == *"store      fails  it has 1 person whose line is missing in what is published"* ]]
	cp people roll/ledger/people
	portroll ledger redact --yes Example_Person
	run -0 portroll verify
	[[ $output == *"people     holds  0 people are what the entries commit to; 1 is known by id alone, as the store has it"* ]]
	cp people roll/ledger/people
	run -1 portroll verify
	[[ $output == *"store      fails  it has erased 1 person who is still in what is published"* ]]
}

@test "verify.py says how it is called" {
	for argument in '' --help -h; do
		# shellcheck disable=SC2086
		run -2 python3 "$root/tools/verify.py" $argument
		[[ $output == "usage: verify.py FOLDER "* ]]
	done
	[ "$(wc -l <"$root/tools/verify.py")" -le 80 ]
}

@test "a receipt proves its entry with the key alone" {
	make_roll
	portroll ledger receipt @2 >2.tlog-proof
	portroll ledger receipt 2 | cmp - 2.tlog-proof
	key=$(cat roll/ledger/key)
	mv roll gone
	run -0 portroll verify --receipt 2.tlog-proof --key "$key"
	[[ ${lines[0]} == "proved: this is entry @2 of the ledger of 3 entries that "*" signed" ]]
	[ "$(jq -r .copies[0].dated <<<"${lines[1]}")" = 2026-02-01 ]
	run -0 portroll verify --receipt 2.tlog-proof gone
	run -0 portroll verify --receipt 2.tlog-proof gone/ledger
	for change in 's/^index 1/index 2/' 's/^extra eyJ/extra eyK/' '/^extra/d' 3s/A/B/ '2s/^/x/' '$s/[A-Z]/a/'; do
		sed "$change" 2.tlog-proof >changed
		cmp -s changed 2.tlog-proof || run -1 portroll verify --receipt changed --key "$key"
	done
	run -1 portroll verify --receipt 2.tlog-proof --key "${key/+/x+}"
	mv gone roll
	for number in @0 0 4 @4 x '' -1 @; do
		run -1 portroll ledger receipt -- "$number"
		[[ $output == *"is no entry of this ledger, which has @1 to @3" ]]
	done
}

@test "a mirror of files follows, is verified, and is mirrored again" {
	make_roll
	serve_files roll
	run -0 portroll ledger mirror "$url" copy
	[ "${lines[0]}" = "key $(cat roll/ledger/key)" ]
	[[ ${lines[2]} == "copy: "*"/portroll-"*" @3, 3 new entries" ]]
	run -0 portroll ledger mirror "$url/ledger/" copy
	[[ $output == "copy: "*" @3, nothing new" ]]
	make_xml 2026-04-01 61 "word4" >4.xml
	portroll import -q --force 4.xml
	run -0 portroll ledger mirror "$url" copy
	[[ $output == "copy: "*" @4, 1 new entry" ]]
	for file in checkpoint key people tile/0/000.p/{3,4} tile/entries/000.p/4; do
		cmp copy/$file roll/ledger/$file
	done
	[ "$(find copy -type f ! -name lock | wc -l)" = 6 ]
	run -0 portroll verify copy
	[[ $output == *"snapshot   open   there is none beside the ledger"* ]]
	kill "$server"
	serve_files copy
	run -0 portroll ledger mirror "$url" copy-of-copy
	portroll verify -q copy-of-copy
	[ ! -e copy/incoming ] && [ ! -e copy-of-copy/incoming ]
}

@test "portroll serve is mirrored and verified, and so is what it had to cut" {
	make_roll
	serve_roll
	portroll ledger mirror -q "$url" copy
	rm -r roll/ledger/tile/entries/000.p/[12] roll/ledger/tile/0/000.p/[12]
	for width in 1 2 3; do
		curl -sf "${url}ledger/tile/0/000.p/$width" | cmp - <(head -c $((32 * width)) roll/ledger/tile/0/000.p/3)
	done
	curl -sf "${url}ledger/tile/entries/000.p/2" >two
	cmp two <(head -c "$(stat -c %s two)" roll/ledger/tile/entries/000.p/3)
	run -0 portroll verify "$url"
	[[ $output == *"proved:"* ]]
	run -0 portroll verify "${url}ledger"
	[ -z "$(ls "$TMPDIR")" ]
}

@test "a mirror refuses another history, and keeps both notes" {
	make_roll
	serve_files .
	portroll ledger mirror -q "$url/roll" copy
	make_other_history
	portroll ledger mirror -q "$url/roll" copy
	cp -r copy before
	# As long, and then longer.
	for length in 4 5; do
		run -1 portroll ledger mirror "$url/other" copy
		[[ $output == *"history was rewritten: its first 4 entries are not those that were signed"* ]]
		[[ $output == *"proof of misbehaviour"* ]]
		cmp state/verified/*-$length-second.checkpoint other/ledger/checkpoint
		diff -r --exclude=lock copy before
		make_xml 2026-05-01 63 "word6" >6.xml
		PORTROLL_DIR=$PWD/other PORTROLL_STATE=$PWD/other-state portroll import -q --force 6.xml
	done
	portroll verify -q copy
}

@test "a mirror that knew nothing of the state folder goes by what it has itself" {
	make_roll
	serve_files .
	portroll ledger mirror -q "$url/roll" copy
	make_other_history
	portroll ledger mirror -q "$url/roll" copy
	PORTROLL_STATE=$PWD/new run -1 portroll ledger mirror "$url/other" copy
	[[ $output == *"history was rewritten"* ]]
	PORTROLL_DIR=$PWD/forged PORTROLL_STATE=$PWD/forger portroll init -q --origin "$(head -1 copy/checkpoint)"
	PORTROLL_STATE=$PWD/new run -1 portroll ledger mirror "$url/forged" copy
	[[ $output == *"is not signed by the key that copy has"* ]]
	portroll verify -q copy
}

@test "a key that a change names is followed, one that nobody names is not" {
	make_roll
	serve_files roll
	portroll ledger mirror -q "$url" copy
	portroll ledger receipt 3 >before.tlog-proof
	key=$(cat copy/key)
	for _ in 1 2 3; do
		portroll ledger key --rotate
		portroll ledger mirror -q "$url" copy
		portroll verify -q
		portroll verify -q copy
	done
	[ "$(wc -l <copy/key)" = 4 ]
	grep -qxF "$key" copy/key
	portroll verify -q --receipt before.tlog-proof --key "$key"
	run -0 python3 "$root/tools/verify.py" roll/ledger
	# The server adds a key of its own, and its signature.
	PORTROLL_DIR=$PWD/forged PORTROLL_STATE=$PWD/forger portroll init -q --origin "$(head -1 copy/checkpoint)"
	python3 "$root/tests/probes/sign_too.py" roll/ledger/checkpoint forged/key
	head -1 copy/key | cat forged/ledger/key - >keys
	cp keys roll/ledger/key
	run -1 portroll ledger mirror "$url" copy
	[[ $output == *"there is a key of $(head -1 copy/checkpoint) that no change names" ]]
	run -1 portroll verify roll
	[[ $output == *"history    fails  there is a key of "*" that no change names"* ]]
	# Who sees it for the first time cannot know.
	PORTROLL_STATE=$PWD/new portroll verify -q "$url"
}

@test "who knows any key that ever signed goes on after three rotations" {
	make_roll
	serve_files roll
	portroll ledger mirror -q "$url" copy
	PORTROLL_STATE=$PWD/auditor portroll verify -q copy
	portroll ledger checkpoint >before
	portroll ledger receipt 3 >before.tlog-proof
	key=$(cat copy/key)
	for _ in 1 2 3; do
		portroll ledger key --rotate
	done
	PORTROLL_STATE=$PWD/nobody portroll verify -q --since before
	portroll verify -q --receipt before.tlog-proof
	portroll verify -q --receipt before.tlog-proof --key "$key"
	portroll ledger receipt 3 >after.tlog-proof
	portroll verify -q --receipt after.tlog-proof --key "$key"
	PORTROLL_STATE=$PWD/auditor portroll verify -q roll
	PORTROLL_STATE=$PWD/nobody portroll ledger mirror -q "$url" copy
	run -0 python3 "$root/tools/verify.py" roll/ledger before
	cp roll/key kept-key
	portroll ledger backup -q kept.db
	PORTROLL_DIR=$PWD/again portroll ledger restore -q --key kept-key kept.db
	cmp again/ledger/key roll/ledger/key
	cmp again/key roll/key
}

@test "a person that is redacted is gone from the next mirror, and all is proved as before" {
	make_roll
	serve_files roll
	portroll ledger mirror -q "$url" copy
	grep -q mailto copy/people
	portroll ledger checkpoint >kept
	portroll ledger redact --yes Example_Person
	portroll ledger mirror -q "$url" copy
	run ! grep -rq mailto copy
	run -0 portroll verify --since kept
	[[ $output == *"people     holds  0 people are what the entries commit to; 1 is known by id alone"* ]]
	portroll verify -q copy --since kept
	python3 "$root/tools/verify.py" copy kept
}

@test "a mirror is begun in no folder that has something else" {
	make_roll
	serve_files .
	cp -r roll before
	run -1 portroll ledger mirror "$url/roll" roll
	[[ $output == "portroll: roll is no mirror, and not empty ("*"): a mirror is begun in an empty folder" ]]
	diff -r --exclude=lock before roll
	mkdir papers
	touch papers/key papers/other
	run -1 portroll ledger mirror "$url/roll" papers
	[ "$(ls papers | xargs)" = "key other" ]
	# What a run that was killed leaves is no hindrance.
	mkdir -p copy/tile copy/incoming
	touch copy/{lock,key,people,incoming/key}
	portroll ledger mirror -q "$url/roll" copy
	portroll verify -q copy
}

# bats test_tags=hostile
@test "a ledger that is said to be as large as can be is given up at once" {
	command -v openssl >/dev/null || skip "openssl is not installed"
	portroll init -q --origin example.com/roll
	mkdir large
	cp roll/ledger/key large
	python3 - roll/key large <<'PYTHON'
import base64, subprocess, sys
private, folder = open(sys.argv[1]).read().split("+", 4), sys.argv[2]
name, number = private[2], bytes.fromhex(private[3])
seed = base64.b64decode(private[4])[1:]
text = f"{name}\n{1 << 62}\n{base64.b64encode(bytes(32)).decode()}\n".encode()
open("seed.der", "wb").write(bytes.fromhex("302e020100300506032b657004220420") + seed)
open("text", "wb").write(text)
signature = subprocess.run("openssl pkeyutl -sign -inkey seed.der -keyform DER -rawin -in text".split(),
                           check=True, capture_output=True).stdout
line = f"\u2014 {name} {base64.b64encode(number + signature).decode()}\n"
open(f"{folder}/checkpoint", "wb").write(text + b"\n" + line.encode())
PYTHON
	serve_files large
	for verb in verify "ledger mirror"; do
		# shellcheck disable=SC2086
		run -1 timeout 60 "$(program portroll)" $verb "$url"
		[[ $output == "portroll: a ledger of 4611686018427387904 entries is larger than is fetched at once" ]]
	done
}

# bats test_tags=hostile
@test "servers that lie, stall or flood are given up" {
	make_roll
	exec {port_of}< <(exec python3 -u "$root/tests/probes/ledger_server.py" roll/ledger)
	server=$!
	read -r port <&"$port_of"
	url=http://127.0.0.1:$port
	portroll verify -q "$url/as-it-is"
	run -1 portroll verify "$url/missing-tile"
	[[ $output == *"/tile/0/000.p/3: the server answered with status 404" ]]
	run -1 portroll verify "$url/endless-checkpoint"
	[[ $output == *"/checkpoint: is larger than "* ]]
	run -1 portroll verify "$url/endless-tile"
	[[ $output == *"/tile/0/000.p/3: is larger than "* ]]
	run -1 portroll verify --timeout 1 "$url/silent"
	[[ $output == *"did not arrive within 1 seconds" ]]
	run -1 portroll verify --timeout 1 "$url/drip"
	[[ $output == *"did not arrive within 1 seconds" ]]
	run -1 portroll verify "$url/to-http"
	[[ $output == *"leads to an address without https" ]]
	run -1 portroll verify "$url/unsigned"
	[[ $output == *"/checkpoint: "* ]]
	run -1 portroll verify "$url/wrong-people"
	[[ $output == *"tree       fails  line 1: "*"people: not what was committed to"* ]]
	run -1 portroll ledger mirror "$url/wrong-tile" copy
	[[ $output == *"is not what the checkpoint proves" || $output == *"do not make the root that the checkpoint has" ]]
	[ -z "$(find copy -type f ! -name lock)" ]
	for other in http://example.com/ ftp://127.0.0.1/ https://; do
		run -1 portroll verify "$other"
		[[ $output == "portroll: '"*"' is no https address" ]]
	done
	[ -z "$(ls "$TMPDIR")" ]
}

@test "Python and openssl, and Go, prove the ledger of IANA's three versions" {
	for date in 2025-10-22 2026-02-13 2026-08-17; do
		need_shared data/iana-$date.xml
		portroll import -q "$shared/data/iana-$date.xml"
		cp roll/ledger/checkpoint $date.checkpoint
	done
	run -0 portroll verify --since 2025-10-22.checkpoint
	portroll export -q --format csv -o iana.csv
	run -0 python3 "$root/tools/verify.py" roll/ledger 2025-10-22.checkpoint 2026-02-13.checkpoint iana=iana.csv
	[ "$output" = "proved: $(sed -n 2p roll/ledger/checkpoint) entries; iana: 14533 records" ]
	sed -i 's/^mysql,3306,tcp,MySQL/mysql,3306,tcp,MariaDB/' iana.csv
	run -1 python3 "$root/tools/verify.py" roll/ledger iana=iana.csv
	[ "$output" = "not proved: that iana.csv is source iana" ]
	command -v go >/dev/null && [ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ] || skip "Go is not there"
	GOPATH=/usr/share/gocode GO111MODULE=off GOFLAGS='' GOPROXY=off GOCACHE=$PWD/cache \
		go run "$root/tests/probes/verify_tree.go" roll/ledger
}

@test "what is no ledger, and words that ledger does not know, are told" {
	run -1 portroll verify
	[[ $output == *"there is no ledger; portroll init, or portroll import FILE, makes one" ]]
	run -1 portroll ledger checkpoint
	run -1 portroll verify nowhere
	[[ $output == "portroll: nowhere: there is no ledger; "* ]]
	run -1 portroll ledger nonsense
	[ "$output" = "portroll: ledger knows no 'nonsense'; see: portroll help ledger" ]
	run -1 portroll ledger receipt
	[ "$output" = "portroll: usage: portroll ledger receipt CHANGE" ]
	run -1 portroll ledger checkpoint --timeout 5
	[ "$output" = "portroll: ledger checkpoint takes no --timeout; see: portroll help ledger" ]
	run -1 portroll ledger mirror nowhere
	[ "$output" = "portroll: 'nowhere' is no address" ]
}

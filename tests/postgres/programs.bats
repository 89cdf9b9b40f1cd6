#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The programs themselves upon a ledger in PostgreSQL.

load servers
load ../bats/registry

setup() {
	need_postgres
	servers_begin
	export PORTROLL_LIBEXEC=$BATS_TEST_TMPDIR/libexec
	mkdir "$PORTROLL_LIBEXEC"
	ln -s "$build"/src/keeper/portroll-keeper "$PORTROLL_LIBEXEC"
}

teardown() {
	[ -z "${follower-}" ] || kill "$follower" 2>/dev/null || true
	servers_end
}

# on MACHINE VERB...: in the folder of the roll of that machine.
on() {
	env PORTROLL_DIR="$servers/$1/roll" PORTROLL_STATE="$servers/$1/state" "$build/src/cli/portroll" "${@:2}"
}

# The same in the background; its process is $!.
on_behind() {
	PORTROLL_DIR=$servers/$1/roll PORTROLL_STATE=$servers/$1/state exec "$build/src/cli/portroll" "${@:2}"
}

@test "no list of processes has the password of a store" {
	python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen()
connection = s.accept()[0]
while connection.recv(9999):
	pass
' "$servers/.s.PGSQL.6009" &
	until_true 10 test -S "$servers/.s.PGSQL.6009"
	on_behind one init --store "postgresql://guest:zz-top@${servers//\//%2F}:6009/roll?connect_timeout=20" 2>/dev/null &
	init=$!
	until_true 10 listed "$init" '--store'
	until_true 10 listed "$init" '\*\*\*\*'
	run ! listed "$init" zz-top
	kill "$init"
	run wait "$init"
}

listed() {
	tr '\0' ' ' <"/proc/$1/cmdline" | grep -q -e "$2"
}

@test "what one machine changes another one follows, and it survives the server" {
	server a 6001
	mkdir -p "$servers/two/roll"
	on one init --store "$(url 6001)" --origin registry.example/ports
	cp -p "$servers/one/roll/store" "$servers/two/roll"
	on_behind two ledger follow -v 2>"$servers/words" &
	follower=$!
	until_true 20 grep -q '@0$' "$servers/words"

	make_xml 2026-01-01 20 >"$servers/first.xml"
	make_xml 2026-01-02 21 >"$servers/later.xml"
	on one import "$servers/first.xml"
	until_true 20 follows
	diff <(on one lookup 1024) <(on two lookup 1024)
	# It reads what the others signed, and has no key to sign by itself.
	run on two import --wait --force "$servers/later.xml"
	[ "$status" = 1 ]
	[[ $output == *"key is missing"* ]]

	# What is erased there is erased here, and from states that were asked for.
	on two --as-of 2026-01-01 lookup 1024 >"$servers/state"
	grep -rqa 'Example Person' "$servers/two/roll/ledger/states"
	grep -q 'Example Person' "$servers/two/roll/ledger/people"
	on one ledger redact -y Example_Person
	until_true 20 forgets
	on two person Example_Person >"$servers/person"
	run ! grep -q 'Example Person' "$servers/person"

	# The server goes away and comes back.
	stop a
	until_true 20 grep -q 'PostgreSQL at' "$servers/words"
	start a
	on one import "$servers/later.xml"
	until_true 20 follows
	[ "$(grep -c 'PostgreSQL at' "$servers/words")" = 1 ]

	kill "$follower"
	wait "$follower"
	follower=
}

follows() {
	cmp -s "$servers"/{one,two}/roll/ledger/checkpoint && cmp -s "$servers"/{one,two}/roll/snapshot
}

forgets() {
	! grep -rqa 'Example Person' "$servers/two"
}

@test "a ledger in PostgreSQL is the one in SQLite" {
	for name in iana-2025-10-22.xml iana-2026-02-13.xml iana-2026-08-17.xml iana-2026-02-13.csv; do
		[ -e "$PORTROLL_SHARED/data/$name" ] || skip "shared/data/$name is not there"
	done
	server a 6001
	on one init --store "$(url 6001)" --origin registry.example/ports
	on one import -q --history "$PORTROLL_SHARED"/data/iana-*.xml
	on one --as-of 2026-02-13 export -q --format csv >"$servers/csv"
	cmp "$servers/csv" "$PORTROLL_SHARED/data/iana-2026-02-13.csv"
	on one verify

	on one ledger backup "$servers/backup.db"
	on two ledger restore --key "$servers/one/roll/key" "$servers/backup.db"
	on two verify
	cmp "$servers"/{one,two}/roll/ledger/checkpoint
	cmp "$servers"/{one,two}/roll/snapshot
	# The database of before is put back: what was signed since is known.
	as_postgres "$postgres/pg_dump" -h "$servers" -p 6001 -U postgres -Fc -f "$servers/dump" roll
	make_xml 2026-09-01 20 >"$servers/later.xml"
	on one import -q --force "$servers/later.xml"
	sql 6001 'drop schema portroll cascade' 2>/dev/null
	as_postgres "$postgres/pg_restore" -h "$servers" -p 6001 -U postgres -d roll "$servers/dump"
	run on one import --force "$servers/later.xml"
	[ "$status" = 1 ]
	[[ $output == *"the ledger was rolled back: it has "*" were signed"* ]]
	# And so is a backup from before.
	run env PORTROLL_DIR="$servers/three" PORTROLL_STATE="$servers/one/state" "$build/src/cli/portroll" \
		ledger restore "$servers/backup.db"
	[ "$status" = 1 ]
	[[ $output == *"the backup is behind: it has "*" were signed; take a later backup" ]]
}

@test "a backup fills an empty database, and no other" {
	server a 6001
	make_xml 2026-01-01 20 >"$servers/first.xml"
	make_xml 2026-01-02 21 >"$servers/later.xml"
	on one init --origin registry.example/ports
	on one import -q "$servers/first.xml"
	on one ledger backup "$servers/backup.db"
	on one ledger checkpoint >"$servers/signed"

	on two ledger restore --store "$(url 6001)" --key "$servers/one/roll/key" "$servers/backup.db"
	[ ! -e "$servers/two/roll/ledger.db" ]
	[ "$(stat -c %a "$servers/two/roll/store")" = 600 ]
	on two ledger checkpoint | diff - "$servers/signed"
	on two verify
	diff <(on one lookup 1024) <(on two lookup 1024)
	diff "$servers"/{one,two}/roll/ledger/people
	on two import -q "$servers/later.xml"
	on two verify

	run on three ledger restore --store "$(url 6001)" "$servers/backup.db"
	[ "$status" = 1 ]
	[[ $output == "portroll: the store to copy into has "*" entries already; take an empty one" ]]
	[ ! -e "$servers/three/roll/store" ]
	# Nor one in which a ledger was begun.
	sql 6001 'drop schema portroll cascade' 2>/dev/null
	on four init --store "$(url 6001)"
	run on three ledger restore --store "$(url 6001)" "$servers/backup.db"
	[ "$status" = 1 ]
	[[ $output == "portroll: in the store to copy into a ledger was begun already; take an empty one" ]]
	run on three ledger restore --store http://example.com "$servers/backup.db"
	[ "$status" = 1 ]
	[[ $output == "portroll: 'http://examp...': no store has this scheme; expected postgresql://..." ]]
	# Without the key it is read until the key is there.
	sql 6001 'drop schema portroll cascade' 2>/dev/null
	on three ledger restore --store "$(url 6001)" "$servers/backup.db"
	on three ledger checkpoint | diff - "$servers/signed"
	cp -p "$servers/one/roll/key" "$servers/three/roll"
	on three import -q "$servers/later.xml"
	on three verify
}

@test "there is nothing to follow where nobody else writes" {
	on one init
	run on one ledger follow
	[ "$status" = 1 ]
	[ "$output" = "portroll: $servers/one/roll: there is nothing to follow: nobody else writes this ledger" ]
}

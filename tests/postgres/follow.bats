#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The programs themselves upon a ledger in PostgreSQL.

load servers

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

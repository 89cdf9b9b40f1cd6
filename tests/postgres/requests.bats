#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Requests upon a ledger in PostgreSQL, which two machines share.

load servers
load ../bats/registry
load ../bats/desk

setup() {
	need_postgres
	servers_begin
	export PORTROLL_LIBEXEC=$BATS_TEST_TMPDIR/libexec
	mkdir "$PORTROLL_LIBEXEC"
	ln -s "$build"/src/keeper/portroll-keeper "$PORTROLL_LIBEXEC"
	cd "$BATS_TEST_TMPDIR" || return
	server a 6001
	on one init --store "$(url 6001)" --origin registry.example/ports
	mkdir -p "$servers/two"
}

teardown() {
	servers_end
}

# on MACHINE VERB...: in the folder of the roll of that machine.
on() {
	env PORTROLL_DIR="$servers/$1/roll" PORTROLL_STATE="$servers/$1/state" "$build/src/cli/portroll" "${@:2}"
}

portroll() {
	on one "$@"
}

# The folder of the second machine: the same store and the same key.
second_machine() {
	cp -a "$servers/one/roll" "$servers/two/roll"
}

@test "a request goes from one machine to the other and into the registry" {
	manage 3
	second_machine
	submit
	on two request recommend -q R-1 "no other service does this" --as ellis
	on two request approve -q R-1 --as kim
	[ "$(state_of R-1)" = approved ]
	portroll request implement -q R-1 --as kim
	[ "$(state_of R-1)" = published ]
	run -0 portroll lookup 2000/tcp
	[[ $output == *example-foo* ]]
	portroll verify -q
	on two request dossier R-1 >dossier
	grep -q example-foo dossier
}

@test "of two who approve at once on two machines one does" {
	manage 3
	second_machine
	submit
	portroll request recommend -q R-1 "no other service does this" --as ellis
	on one request approve R-1 --as kim >one 2>&1 &
	first=$!
	on two request approve R-1 --as kim >two 2>&1 &
	second=$!
	done=0
	wait "$first" && done=$((done + 1))
	wait "$second" && done=$((done + 1))
	[ "$done" = 1 ]
	grep -qE "not possible there|was first|did that already" one two
	[ "$(portroll request history --json R-1 --as kim | grep -c '"approve"')" = 1 ]
}

@test "what was put down survives the server, and a copy has it in SQLite" {
	manage 3
	submit
	stop a
	run portroll request ask R-1 "why?" --as ellis
	[ "$status" = 1 ]
	start a
	portroll request ask -q R-1 "why?" --as ellis
	[ "$(state_of R-1)" = need-info ]
	on one ledger backup backup.db
	env PORTROLL_DIR="$servers/three/roll" PORTROLL_STATE="$servers/three/state" \
		"$build/src/cli/portroll" ledger restore --key "$servers/one/roll/key" backup.db
	run env PORTROLL_DIR="$servers/three/roll" PORTROLL_STATE="$servers/three/state" \
		"$build/src/cli/portroll" request show R-1 --as kim
	[[ $output == *"need-info"*"why?"* ]]
}

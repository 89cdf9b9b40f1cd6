#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Machines that are lost. Nothing that was acknowledged may be lost with them.

load servers

setup() {
	need_postgres
	servers_begin
}

teardown() {
	servers_end
}

has_lines() {
	[ -f "$1" ] && [ "$(wc -l <"$1")" -ge "$2" ]
}

acknowledged() {
	grep -hv ^unknown "$@" | sort
}

# Two servers: a, and b that a waits for.
make_pair() {
	server a 6001
	"$store_load" create "$(url 6001)"
	standby b 6002 6001
	setting 6001 synchronous_standby_names 'FIRST 1 (b)'
	until_true 20 is_synchronous 6001 1
}

lose_the_primary() {
	kill_hard a
	as_postgres "$postgres/pg_ctl" -D "$servers/b" promote -w >/dev/null
	# Until the old one is back, b waits for none.
	setting 6002 synchronous_standby_names ''
}

bring_back_the_old_one() {
	sql 6002 checkpoint
	sql 6002 "select pg_create_physical_replication_slot('a')" >/dev/null
	rm -f "$servers/.s.PGSQL.6001" "$servers/.s.PGSQL.6001.lock"
	as_postgres "$postgres/pg_rewind" -D "$servers/a" -R --no-sync \
		--source-server="host=$servers port=6002 user=postgres dbname=roll" 2>/dev/null
	# It copies the settings of b, too.
	write_to "$servers/a/postgresql.conf" <<<"port = 6001
cluster_name = 'a'"
	write_to "$servers/a/postgresql.auto.conf" <<<"primary_slot_name = 'a'"
	start a
	setting 6002 synchronous_standby_names 'FIRST 1 (a)'
	until_true 20 is_synchronous 6002 1
}

@test "the primary dies under load, a standby takes over, the old one comes back" {
	make_pair
	for name in one two; do
		timeout 100 "$store_load" append "$(url 6001,6002)" $name 3000 >"$servers/$name" 2>"$servers/$name.words" &
	done
	until_true 20 has_lines "$servers/one" 300
	lose_the_primary
	before=$(wc -l <"$servers/one")
	bring_back_the_old_one
	# The clients have gone on, and go on with a as the standby.
	until_true 20 has_lines "$servers/one" $((before + 300))
	wait

	"$store_load" settle "$(url 6001,6002)"
	"$store_load" list "$(url 6001,6002)" | sort >"$servers/list"
	acknowledged "$servers/one" "$servers/two" >"$servers/acknowledged"
	echo "acknowledged $(wc -l <"$servers/acknowledged"), there $(wc -l <"$servers/list")"
	[ "$(wc -l <"$servers/acknowledged")" -ge 5900 ]
	[ -z "$(comm -23 "$servers/acknowledged" "$servers/list")" ]
	# What is there and was not acknowledged is at most the one that each had under way.
	[ "$(comm -13 "$servers/acknowledged" "$servers/list" | wc -l)" -le 2 ]
	# The standby has the same, and says so without being listened to.
	size=$(wc -l <"$servers/list")
	[ "$("$store_load" wait "$(url 6001)&target_session_attrs=standby" "$size")" = "$size" ]
}

# machine NAME PORTS [KEY-OF]: a folder for the roll and one for its witness; the first one makes
# the ledger, another gets its key and the URL.
machine() {
	mkdir -p "$servers/$1/roll"
	if [ $# = 2 ]; then
		"$ledger_load" init "$servers/$1" "$(url "$2")"
	else
		cp -p "$servers/$3/roll/key" "$servers/$3/roll/store" "$servers/$1/roll"
	fi
}

@test "with the primary no change is lost, and no signed checkpoint is contradicted" {
	make_pair
	machine one 6001,6002
	machine two 6001,6002 one
	for name in one two; do
		timeout 100 "$ledger_load" commit "$servers/$name" $name 300 >"$servers/$name.told" 2>"$servers/$name.words" &
	done
	until_true 20 has_lines "$servers/one.told" 80
	lose_the_primary
	before=$(wc -l <"$servers/one.told")
	bring_back_the_old_one
	until_true 20 has_lines "$servers/one.told" $((before + 80))
	wait

	cat "$servers"/*.words
	for name in one two; do
		"$ledger_load" open "$servers/$name" >>"$servers/$name.told"
	done
	"$ledger_load" heads "$servers/one" | sort >"$servers/heads"
	"$ledger_load" changes "$servers/one" | sort >"$servers/changes"
	cat "$servers"/*.told | grep ^signed | sort -u >"$servers/signed"
	cat "$servers"/*.told | grep ^change | sort >"$servers/acknowledged"
	grep ^unknown "$servers"/*.told || true
	echo "acknowledged $(wc -l <"$servers/acknowledged"), there $(wc -l <"$servers/changes"), signed $(wc -l <"$servers/signed")"
	[ "$(wc -l <"$servers/acknowledged")" -ge 590 ]
	[ -z "$(comm -23 "$servers/acknowledged" "$servers/changes")" ]
	[ -z "$(comm -23 "$servers/signed" "$servers/heads")" ]
}

@test "of three servers, a primary that is alone acknowledges and signs nothing" {
	server a 6001
	machine one 6001
	standby b 6002 6001
	standby c 6003 6001
	setting 6001 synchronous_standby_names 'ANY 1 (b,c)'
	until_true 20 is_synchronous 6001 2
	timeout 100 "$ledger_load" commit "$servers/one" one 100000 >"$servers/told" &
	until_true 20 has_lines "$servers/told" 40

	# b and c go on without a, which has not heard of it.
	stop c
	as_postgres "$postgres/pg_ctl" -D "$servers/b" promote -w >/dev/null
	until_true 20 grep -q ^unknown "$servers/told"
	until_true 20 ends_signed "$servers/told"
	kill $!
	sql 6002 "select pg_create_physical_replication_slot('c')" >/dev/null
	setting 6002 synchronous_standby_names 'ANY 1 (a,c)'
	write_to "$servers/c/postgresql.auto.conf" \
		<<<"primary_conninfo = 'host=$servers port=6002 user=postgres'"
	start c
	until_true 20 is_synchronous 6002 1

	unknown=$(grep ^unknown "$servers/told")
	[[ $unknown == "unknown one "*": PostgreSQL at $servers:6001/roll: the standby does not answer; nothing is signed" ]]
	size=$(grep -c ^change "$servers/told")
	[[ "$(tail -n 1 "$servers/told")" = "signed $size "* ]]
	# There the change is, on a alone, and whoever opens the ledger there does not sign it either.
	[ "$(sql 6001 'select pg_is_in_recovery()')" = f ]
	[ "$("$store_load" head "$(url 6001)")" = $((size + 1)) ]
	machine two 6001,6002 one
	for machine in one two; do
		url 6001 | tr -d '\n' >"$servers/$machine/roll/store"
		run timeout 30 "$ledger_load" open "$servers/$machine"
		[ "$status" = 1 ]
		[ "$output" = "ledger_load: PostgreSQL at $servers:6001/roll: the standby does not answer; nothing is signed" ]
	done
	[ "$(sed -n 2p "$servers/one/roll/ledger/checkpoint")" = "$size" ]
	[ "$(for file in "$servers"/one/state/*.checkpoint*; do sed -n 2p "$file"; done | sort -n | tail -n 1)" = "$size" ]
	[ ! -e "$servers/two/roll/ledger/checkpoint" ]

	# Where two of three are, work goes on.
	url 6002,6003 | tr -d '\n' >"$servers/two/roll/store"
	run "$ledger_load" commit "$servers/two" together 1
	[ "$status" = 0 ]
	[ "${lines[0]}" = "change $((size + 1)) together 0" ]
	# Once a is fenced, a machine that was with it goes on, too.
	stop a
	url 6001,6002,6003 | tr -d '\n' >"$servers/one/roll/store"
	run "$ledger_load" commit "$servers/one" after 1
	[ "$status" = 0 ]
	[ "${lines[0]}" = "change $((size + 2)) after 0" ]
	"$ledger_load" changes "$servers/one" | sort >"$servers/changes"
	"$ledger_load" heads "$servers/one" | sort >"$servers/heads"
	[ -z "$(comm -23 <(grep ^change "$servers/told" | sort) "$servers/changes")" ]
	[ -z "$(comm -23 <(grep ^signed "$servers/told" | sort -u) "$servers/heads")" ]
}

@test "a machine without the key publishes from a standby what others sign" {
	make_pair
	machine one 6001
	sql 6001 "create role reader login; grant usage on schema portroll to reader;
		grant select on all tables in schema portroll to reader;
		grant execute on function portroll.keep_note to reader"
	reader=$(url 6002)"&target_session_attrs=standby"
	mkdir -p "$servers/two/roll"
	(umask 077 && echo "${reader/postgres@/reader@}" >"$servers/two/roll/store")
	until_true 10 "$ledger_load" open "$servers/two"
	for size in 5 6; do
		"$ledger_load" commit "$servers/one" "$size" 1 >"$servers/told"
		until_true 10 follows
	done
	cmp "$servers"/{one,two}/roll/ledger/checkpoint
	run "$ledger_load" commit "$servers/two" mine 1
	[[ "$output" == *"roll/key is missing: the ledger can be read, but nothing can be added"* ]]
}

# Has the second machine what the first one has signed?
follows() {
	[ "$("$ledger_load" open "$servers/two")" = "$(tail -n 1 "$servers/told")" ]
}

ends_signed() {
	[[ "$(tail -n 1 "$1")" == "signed "* ]]
}

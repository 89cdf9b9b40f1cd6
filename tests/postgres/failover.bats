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

@test "the primary dies under load, a standby takes over, the old one comes back" {
	server a 6001
	"$store_load" create "$(url 6001)"
	standby b 6002 6001
	setting 6001 synchronous_standby_names 'FIRST 1 (b)'
	until_true 20 is_synchronous 6001 1

	for name in one two; do
		timeout 100 "$store_load" append "$(url 6001,6002)" $name 3000 >"$servers/$name" 2>"$servers/$name.words" &
	done
	until_true 20 has_lines "$servers/one" 300
	kill_hard a
	as_postgres "$postgres/pg_ctl" -D "$servers/b" promote -w >/dev/null
	# Until the old one is back, b waits for none.
	setting 6002 synchronous_standby_names ''
	before=$(cat "$servers/one" "$servers/two" | wc -l)

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
	# The clients have gone on, and go on with a as the standby.
	until_true 20 has_lines "$servers/one" "$((before / 2 + 300))"
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

@test "of three servers, a primary that is alone acknowledges nothing" {
	server a 6001
	"$store_load" create "$(url 6001)"
	standby b 6002 6001
	standby c 6003 6001
	setting 6001 synchronous_standby_names 'ANY 1 (b,c)'
	until_true 20 is_synchronous 6001 2
	"$store_load" append "$(url 6001)" before 100 >/dev/null

	# b and c go on without a, which has not heard of it.
	stop c
	as_postgres "$postgres/pg_ctl" -D "$servers/b" promote -w >/dev/null
	sql 6002 "select pg_create_physical_replication_slot('c')" >/dev/null
	setting 6002 synchronous_standby_names 'ANY 1 (a,c)'
	write_to "$servers/c/postgresql.auto.conf" \
		<<<"primary_conninfo = 'host=$servers port=6002 user=postgres'"
	start c
	until_true 20 is_synchronous 6002 1

	[ "$(sql 6001 'select pg_is_in_recovery()')" = f ]
	run --separate-stderr timeout 30 "$store_load" race "$(url 6001)" alone 100
	[ "$output" = "failed: PostgreSQL at $servers:6001/roll: the standby does not answer; nothing is signed" ]
	# There it is, on a alone; and it must not be signed.
	[ "$("$store_load" head "$(url 6001)")" = 101 ]
	run --separate-stderr timeout 30 "$store_load" settle "$(url 6001)"
	[ "$status" = 1 ]
	[[ $stderr == *"the standby does not answer; nothing is signed" ]]

	[ "$("$store_load" race "$(url 6002)" together 100)" = won ]
	"$store_load" settle "$(url 6002)"
	# Once a is fenced, clients that know all three go on.
	stop a
	[ "$("$store_load" append "$(url 6001,6002,6003)" after 100 2>&1 | grep -c after)" = 100 ]
	[ "$("$store_load" list "$(url 6001,6002,6003)" | sed -n 101p)" = "100 together" ]
}

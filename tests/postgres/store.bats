#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# A ledger in PostgreSQL: many writers, writers that are killed, rights, passwords, damage.

load servers

setup_file() {
	need_postgres
	servers_begin
	export servers
	server a 6001
}

teardown_file() {
	servers_end
}

# A database of its own for each test: url 6001 names it.
setup() {
	need_postgres
	roll=roll$BATS_TEST_NUMBER
	as_postgres "$postgres/createdb" -h "$servers" -p 6001 -U postgres "$roll"
}

as_owner() {
	sql 6001 "$1"
}

@test "the store keeps its contract" {
	for test in $(grep -l run_store_cases "$root"/tests/unit/test_store*.c); do
		run env PORTROLL_TEST_PG="$(url 6001)" CMOCKA_MESSAGE_OUTPUT=TAP \
			"$build/tests/unit/$(basename "$test" .c)"
		echo "$output"
		[ "$status" = 0 ]
		grep -q '^ok [0-9]* - postgresql: ' <<<"$output"
		[ -z "$(grep 'postgresql: .*# SKIP' <<<"$output")" ]
	done
}

@test "of 32 writers on one base one wins, and 31 are told of it" {
	"$store_load" create "$(url 6001)"
	for i in {1..32}; do
		"$store_load" race "$(url 6001)" "writer $i" 0 &
	done >"$BATS_TEST_TMPDIR/race"
	wait
	[ "$(grep -c '^won$' "$BATS_TEST_TMPDIR/race")" = 1 ]
	[ "$(grep -c '^conflict: the ledger has 1 entries by now, and this was made upon 0$' "$BATS_TEST_TMPDIR/race")" = 31 ]
	[ "$("$store_load" list "$(url 6001)" | wc -l)" = 1 ]
}

@test "of 32 machines at one ledger one wins, and 31 are told by whom they lost" {
	mkdir -p "$BATS_TEST_TMPDIR"/{1..32}/roll
	"$ledger_load" init "$BATS_TEST_TMPDIR/1" "$(url 6001)"
	mkfifo "$BATS_TEST_TMPDIR/gate"
	for i in {1..32}; do
		[ "$i" = 1 ] || cp -p "$BATS_TEST_TMPDIR"/1/roll/{key,store} "$BATS_TEST_TMPDIR/$i/roll"
		"$ledger_load" race "$BATS_TEST_TMPDIR/$i" "machine $i" <"$BATS_TEST_TMPDIR/gate" >"$BATS_TEST_TMPDIR/told.$i" &
	done
	exec 5>"$BATS_TEST_TMPDIR/gate"
	until_true 40 all_ready
	exec 5>&-
	wait
	won=$(cat "$BATS_TEST_TMPDIR"/told.* | grep '^change 1 machine ')
	echo "$won"
	[ "$(wc -l <<<"$won")" = 1 ]
	[ "$(cat "$BATS_TEST_TMPDIR"/told.* | grep -c '^conflict: change @1 (correct of the roll by test, 2026-11-1[0-9] [0-9:]* UTC) came first; this one was made upon @0: look at it and try again$')" = 31 ]
	"$ledger_load" open "$BATS_TEST_TMPDIR/32"
	[ "$("$ledger_load" changes "$BATS_TEST_TMPDIR/32")" = "$won" ]
}

all_ready() {
	[ "$(cat "$BATS_TEST_TMPDIR"/told.* | grep -c ready)" = 32 ]
}

@test "32 writers that go on until they are in leave no gap and no duplicate" {
	"$store_load" create "$(url 6001)"
	for i in {1..32}; do
		"$store_load" append "$(url 6001)" "$i" 10 >"$BATS_TEST_TMPDIR/$i" &
	done
	wait
	sort "$BATS_TEST_TMPDIR"/[0-9]* >"$BATS_TEST_TMPDIR/told"
	"$store_load" list "$(url 6001)" | sort >"$BATS_TEST_TMPDIR/list"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/list")" = 320 ]
	diff "$BATS_TEST_TMPDIR/told" "$BATS_TEST_TMPDIR/list"
}

@test "writers killed at 100 moments lose nothing and leave no half" {
	"$store_load" create "$(url 6001)"
	declare -a writers
	for i in {0..3}; do
		"$store_load" append "$(url 6001)" "$i" 100000 >"$BATS_TEST_TMPDIR/told.$i" &
		writers[i]=$!
	done
	for moment in {4..103}; do
		sleep "0.0$((RANDOM % 5))$((RANDOM % 10))"
		kill -KILL "${writers[moment % 4]}"
		wait "${writers[moment % 4]}" 2>/dev/null || true
		"$store_load" append "$(url 6001)" "$moment" 100000 >"$BATS_TEST_TMPDIR/told.$moment" &
		writers[moment % 4]=$!
	done
	kill -KILL "${writers[@]}"
	wait 2>/dev/null
	# A line that was being written counts for nothing.
	for told in "$BATS_TEST_TMPDIR"/told.*; do
		sed -n '$!p' "$told"
	done | sort >"$BATS_TEST_TMPDIR/acknowledged"
	"$store_load" settle "$(url 6001)"
	"$store_load" list "$(url 6001)" | sort >"$BATS_TEST_TMPDIR/list"
	echo "acknowledged $(wc -l <"$BATS_TEST_TMPDIR/acknowledged"), there $(wc -l <"$BATS_TEST_TMPDIR/list")"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/acknowledged")" -ge 300 ]
	[ -z "$(comm -23 "$BATS_TEST_TMPDIR/acknowledged" "$BATS_TEST_TMPDIR/list")" ]
}

@test "machines killed at 100 moments lose no change and contradict no checkpoint" {
	mkdir -p "$BATS_TEST_TMPDIR"/{0,1,2}/roll
	"$ledger_load" init "$BATS_TEST_TMPDIR/0" "$(url 6001)"
	for i in 1 2; do
		cp -p "$BATS_TEST_TMPDIR"/0/roll/{key,store} "$BATS_TEST_TMPDIR/$i/roll"
	done
	declare -a machines
	for moment in {0..99}; do
		i=$((moment % 3))
		if [ "$moment" -ge 3 ]; then
			sleep "0.0$((RANDOM % 10))$((RANDOM % 10))"
			kill -KILL "${machines[i]}"
			wait "${machines[i]}" 2>/dev/null || true
		fi
		"$ledger_load" commit "$BATS_TEST_TMPDIR/$i" "$moment" 100000 >"$BATS_TEST_TMPDIR/told.$moment" &
		machines[i]=$!
	done
	kill -KILL "${machines[@]}"
	wait 2>/dev/null
	for i in 0 1 2; do
		"$ledger_load" open "$BATS_TEST_TMPDIR/$i"
		"$ledger_load" changes "$BATS_TEST_TMPDIR/$i" | sort >"$BATS_TEST_TMPDIR/changes.$i"
		"$ledger_load" heads "$BATS_TEST_TMPDIR/$i" | sort >"$BATS_TEST_TMPDIR/heads.$i"
	done
	cmp "$BATS_TEST_TMPDIR/changes.0" "$BATS_TEST_TMPDIR/changes.1"
	cmp "$BATS_TEST_TMPDIR/changes.0" "$BATS_TEST_TMPDIR/changes.2"
	# A line that was being written counts for nothing.
	for told in "$BATS_TEST_TMPDIR"/told.*; do
		sed -n '$!p' "$told"
	done | sort -u >"$BATS_TEST_TMPDIR/told"
	grep ^change "$BATS_TEST_TMPDIR/told" >"$BATS_TEST_TMPDIR/acknowledged"
	grep ^signed "$BATS_TEST_TMPDIR/told" >"$BATS_TEST_TMPDIR/signed"
	echo "acknowledged $(wc -l <"$BATS_TEST_TMPDIR/acknowledged"), there $(wc -l <"$BATS_TEST_TMPDIR/changes.0")"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/acknowledged")" -ge 20 ]
	[ -z "$(comm -23 "$BATS_TEST_TMPDIR/acknowledged" "$BATS_TEST_TMPDIR/changes.0")" ]
	[ -z "$(comm -23 "$BATS_TEST_TMPDIR/signed" "$BATS_TEST_TMPDIR/heads.0")" ]
	[ -z "$(find "$BATS_TEST_TMPDIR"/{0,1,2} -name '*.portroll-*')" ]
}

@test "who waits is told at once" {
	"$store_load" create "$(url 6001)"
	timeout 30 "$store_load" wait "$(url 6001)" 1 >"$BATS_TEST_TMPDIR/size" &
	until_true 10 listens
	"$store_load" race "$(url 6001)" one 0
	wait $!
	[ "$(cat "$BATS_TEST_TMPDIR/size")" = 1 ]
}

listens() {
	[ "$(as_owner "select count(*) from pg_stat_activity where query like 'select (select coalesce(max%'
		and datname = '$roll' and application_name = 'portroll'")" = 1 ]
}

# refused BY SQL WORDS: whoever tries it is told so.
refused() {
	run psql_as "$1" "$2"
	[ "$status" != 0 ]
	[[ $output == *"$3"* ]]
}

@test "a server that stands still is waited for a while, and then no more" {
	"$store_load" create "$(url 6001)"
	"$store_load" append "$(url 6001)" n 100000 >"$BATS_TEST_TMPDIR/told" 2>"$BATS_TEST_TMPDIR/words" &
	writer=$!
	until_true 10 test -s "$BATS_TEST_TMPDIR/told"
	pid=$(as_owner "select pid from pg_stat_activity where datname = '$roll' and application_name = 'portroll'")
	kill -STOP "$pid"
	until_true 20 test -s "$BATS_TEST_TMPDIR/words"
	kill -CONT "$pid"
	size=$(wc -l <"$BATS_TEST_TMPDIR/told")
	until_true 20 grows "$BATS_TEST_TMPDIR/told" "$size"
	kill -KILL $writer
	head -n 1 "$BATS_TEST_TMPDIR/words"
	[ "$(head -n 1 "$BATS_TEST_TMPDIR/words")" = "PostgreSQL at $servers:6001/$roll: no answer in 3 s" ]
}

grows() {
	[ "$(wc -l <"$1")" -gt "$(($2 + 10))" ]
}

@test "nothing is altered by accident, not by the owner either" {
	as_owner "create role keeper login; grant create on database $roll to keeper"
	keeper=$(url 6001)
	keeper=${keeper/postgres@/keeper@}
	"$store_load" create "$keeper"
	"$store_load" race "$keeper" one 0
	for text in "update portroll.entries set body = ''" "delete from portroll.entries" \
		"truncate portroll.entries" "delete from portroll.people" "update portroll.notes set note = ''" \
		"delete from portroll.papers" "truncate portroll.papers" "update portroll.version set version = 1"; do
		refused keeper "$text" "permission denied for table"
		# No right is in the way of a superuser.
		refused postgres "$text" "what is in a ledger is never altered"
	done
	[ "$("$store_load" list "$keeper")" = "0 one" ]
	psql_as keeper "select portroll.put_papers('{request}', '{R-1}', '{0}', '{x}')"
	refused keeper "update portroll.papers set body = 'y'" "a paper is changed by who knows its version"
	as_owner "drop owned by keeper cascade; drop role keeper"
}

@test "a role that may append may do nothing else" {
	"$store_load" create "$(url 6001)"
	as_owner "create role writer login;
		grant usage on schema portroll to writer;
		grant select on all tables in schema portroll to writer;
		grant execute on all functions in schema portroll to writer"
	writer=$(url 6001)
	writer=${writer/postgres@/writer@}
	[ "$("$store_load" race "$writer" one 0)" = won ]
	"$store_load" settle "$writer"
	psql_as writer "select portroll.put_papers('{request}', '{R-1}', '{0}', '{x}')"
	for text in "insert into portroll.entries values (1, '', '', '')" "delete from portroll.entries" \
		"update portroll.papers set version = 2" "drop table portroll.entries" \
		"update portroll.version set version = 2"; do
		refused writer "$text" ""
	done
	as_owner "drop owned by writer; drop role writer"
}

psql_as() {
	as_postgres "$postgres/psql" -h "$servers" -p 6001 -U "$1" -d "$roll" -Atqc "$2"
}

@test "what is erased is in no file of the tables" {
	"$store_load" create "$(url 6001)"
	as_owner "select portroll.append(0, '{}', '{}', '{}', '', array[sha256('')], array['iana'::bytea],
		array['Jane'::bytea], array[sha256('')], array['the street of Jane'::bytea])"
	as_owner checkpoint
	found() {
		grep -rlaF 'the street of Jane' "$servers/a/base"
	}
	[ -n "$(found)" ]
	[ "$(as_owner "select portroll.erase('Jane')")" = 1 ]
	[ "$(as_owner "select portroll.erase('Jane')")" = 0 ]
	as_owner checkpoint
	[ -z "$(found)" ]
}

@test "what is erased of papers is in no file of the tables" {
	"$store_load" create "$(url 6001)"
	put() {
		as_owner "select portroll.put_papers(array['account'::bytea], array['jane'::bytea], array[$1::bigint],
			array[convert_to($2, 'UTF8')])"
		as_owner checkpoint
	}
	found() {
		grep -rlaF 'the mail of Jane' "$servers/a/base"
	}
	# What was there before is as much erased, and what is large.
	put 0 "'the mail of Jane'"
	put 1 "'another one'"
	put 2 "(select string_agg(md5(n::text) || 'the mail of Jane', '') from generate_series(1, 9999) n)"
	[ -n "$(found)" ]
	put 3 "''"
	[ -z "$(found)" ]
	[ "$(as_owner "select version, octet_length(body) from portroll.papers")" = "4|0" ]
}

# As portroll made it before there were papers.
make_old() {
	as_owner "drop table portroll.papers; drop function portroll.put_papers; drop function portroll.guard_papers;
		drop function portroll.append(bigint, bytea[], bytea[], bytea[], bytea, bytea[], bytea[], bytea[],
			bytea[], bytea[], bytea[], bytea[], bigint[], bytea[]);
		set session_replication_role = replica; update portroll.version set version = 1"
}

@test "a ledger of version 1 gets papers when its owner opens it" {
	as_owner "create role keeper login; create role writer login; grant create on database $roll to keeper"
	keeper=$(url 6001)
	keeper=${keeper/postgres@/keeper@} writer=${keeper/keeper@/writer@}
	"$store_load" create "$keeper"
	"$store_load" append "$keeper" n 10 >/dev/null
	make_old
	as_owner "grant usage on schema portroll to writer; grant select on all tables in schema portroll to writer"
	run "$store_load" head "$writer"
	echo "$output"
	[ "$status" = 1 ]
	[[ $output == *"the ledger is of version 1: let the role that made it open it once, which makes it version 2" ]]
	# Many at once.
	for i in {1..8}; do
		"$store_load" append "$keeper" "$i" 5 >/dev/null &
	done
	wait
	[ "$("$store_load" list "$keeper" | wc -l)" = 50 ]
	[ "$(as_owner "select version from portroll.version")" = 2 ]
	refused keeper "update portroll.version set version = 1" "permission denied"
	as_owner "drop owned by keeper, writer cascade; drop role keeper, writer"
}

@test "damage is told" {
	"$store_load" create "$(url 6001)"
	"$store_load" append "$(url 6001)" n 10 >/dev/null
	# Who may do anything.
	as_owner "set session_replication_role = replica; delete from portroll.entries where index = 4"
	run --separate-stderr "$store_load" list "$(url 6001)"
	[ "$stderr" = "store_load: entry @5 is missing" ]
	as_owner "set session_replication_role = replica; update portroll.entries set edge = '' where index = 9"
	run --separate-stderr "$store_load" head "$(url 6001)"
	[[ $stderr == *": the edge of the tree does not fit the last entry" ]]
	as_owner "set session_replication_role = replica; update portroll.version set version = 3"
	run --separate-stderr "$store_load" head "$(url 6001)"
	[[ $stderr == *": the ledger was made by a later portroll (version 3)" ]]
	as_owner "set session_replication_role = replica; delete from portroll.version"
	run --separate-stderr "$store_load" head "$(url 6001)"
	[[ $stderr == *": its schema portroll is not that of a ledger" ]]
}

@test "no message has a password" {
	as_owner "set password_encryption = 'scram-sha-256'; create role guest login password 'aB3-xyz'"
	sed "1i local all guest scram-sha-256" "$servers/a/pg_hba.conf" >"$BATS_TEST_TMPDIR/hba"
	write_to "$servers/a/pg_hba.new" <"$BATS_TEST_TMPDIR/hba"
	as_postgres cp "$servers/a/pg_hba.new" "$servers/a/pg_hba.conf"
	as_owner "select pg_reload_conf()"
	base=${servers//\//%2F}
	for url in "postgresql://guest:zz-top@$base:6001/$roll" "postgresql://guest:zz-top@$base:1/$roll" \
		"postgresql://guest:zz-top@127.0.0.1:1/$roll" "postgresql://guest:zz%-top@$base:6001/$roll" \
		"postgresql://guest:wr@zz-top@$base:6001/$roll" "postgresql://guest:zz-top@$base:6001/$roll?zz-top=1" \
		"postgresql://guest:aB3-xyz@$base:6001/$roll"; do
		run "$store_load" head "$url"
		echo "$output"
		[ "$status" = 1 ]
		[[ $output == "store_load: "* ]]
		[[ $output != *zz-top* && $output != *aB3* ]]
	done
	# With the right one it is only the ledger that is not there.
	[[ $output == *": there is no ledger in the database" ]]
}

@test "without libpq it is said what to install" {
	lib=$(ldconfig -p | sed -n 's/.*libpq\.so\.5 .*=> //p' | head -n 1)
	[ -n "$lib" ]
	unshare -rm true 2>/dev/null || skip "no namespaces here"
	run unshare -rm sh -c "mount --bind /dev/null '$(readlink -f "$lib")' && exec '$store_load' head '$(url 6001)'"
	[ "$output" = "store_load: a ledger in PostgreSQL needs libpq.so.5, which is not installed: install libpq5" ]
}

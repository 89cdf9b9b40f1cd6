# SPDX-License-Identifier: MIT
# portroll search: all words, best first.
load helper
load asking

setup_file() { make_roll; }
setup() { use_roll; }

@test "too many words are told" {
	run -1 --separate-stderr portroll search --quiet $(seq 33)
	[ "$stderr" = "portroll: search takes at most 32 words" ]
}

@test "all words must occur, and the number stands beside the name" {
	run -0 --separate-stderr portroll search satellite video
	[[ $output == *"3367-3371"*"satvid-datalnk"*"Satellite Video Data Link"* ]]
	[ "${#lines[@]}" -eq 3 ]
}

@test "the exact name comes before the begin of a name and a part of one" {
	run -0 --separate-stderr portroll search --tsv --source iana mysql
	[ "$(cut -f1 <<<"${lines[1]}")" = mysql ]
	[ "$(cut -f1 <<<"${lines[3]}")" = mysql-cluster ]
}

@test "within a rank a whole word comes before a part of one" {
	run -0 --separate-stderr portroll search --tsv --source iana agent
	descriptions=$(awk -F'\t' 'tolower($1) !~ /agent/' <<<"$output" | cut -f4 | tail -n +2)
	whole=$(grep -niw agent <<<"$descriptions" | tail -n 1 | cut -d: -f1)
	part=$(grep -ni agent <<<"$descriptions" | grep -viw agent | head -n 1 | cut -d: -f1)
	[ "$whole" -lt "$part" ]
}

@test "--names looks in names and descriptions, and at ports" {
	run -0 --separate-stderr portroll search --tsv --source iana --names mysql
	[ "$(cut -f1 <<<"${lines[1]}")" = mysql ]
	[ -z "$(tail -n +2 <<<"$output" | cut -f1,4 | grep -vi mysql)" ]
	run -0 portroll search postel
	run -2 portroll search --names postel
	run -0 --separate-stderr portroll search --tsv --source iana --names 3306
	[ "$(cut -f1,2 <<<"${lines[1]}")" = $'mysql\t3306' ]
}

@test "--count limits and says how many there are" {
	run -0 --separate-stderr portroll search http --count 2 --ndjson
	[ "${#lines[@]}" -eq 2 ]
	[[ $stderr == *"portroll: 2 of "*" records shown"* ]]
	run -1 portroll search http --count none
	[[ $output == *"--count takes a number from 1, not 'none'" ]]
}

@test "nothing found is exit 2 and JSON is a document all the same" {
	run -2 --separate-stderr portroll search qqqqqqqq --json
	[ "$(member 'd["schema"], d["records"]')" = "('portroll-search/1', [])" ]
	[[ $stderr == *"nothing has 'qqqqqqqq'"* ]]
}

@test "no word is an error" {
	run -1 portroll search
	[[ $output == *"usage: portroll search WORD..." ]]
	run -1 portroll search '  '
}

@test "a word may be as long as the system lets it" {
	run -2 portroll search "$(printf 'x%.0s' {1..100000})"
	[[ $output == *"nothing has 'xxx"* ]]
}

@test "search is a service as well, and it says how to look that up" {
	need_terminal
	run -0 on_terminal 80 "$build/src/cli/portroll search; true"
	[[ ${lines[0]} == "portroll: search is also a service name; to look it up: portroll lookup search" ]]
	run -0 on_terminal 80 "$build/src/cli/portroll -q search; true"
	[[ $output != *service* ]]
	run -1 portroll search
	[[ $output != *service* ]]
	run -0 --separate-stderr portroll search mysql
	[ -z "$stderr" ]
	run -0 --separate-stderr portroll lookup search
	[[ $output == *"search ("* ]]
}

# SPDX-License-Identifier: MIT
# source list, move, remove.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	make_xml 2026-01-01 3 >a.xml
	portroll import -q a.xml
	portroll import -q --source b --coverage partial a.xml
	portroll import -q --source c --coverage names a.xml
}

sources() {
	portroll source list --json | sed -n 's/^    "name": "\(.*\)",$/\1/p' | tr '\n' ' '
}

@test "a roll is changed in its folder, not by its snapshot" {
	run portroll source remove iana --snapshot "$PORTROLL_DIR/snapshot"
	[ "$status" = 1 ]
	[ "$output" = "portroll: source remove takes no --snapshot; see: portroll help source" ]
	run portroll import --snapshot "$PORTROLL_DIR/snapshot" a.xml
	[ "$status" = 1 ]
	[[ $output == *"import takes no --snapshot"* ]]
}

@test "the list has every source in order of precedence" {
	run portroll source list
	[ "$status" = 0 ]
	[ "${#lines[@]}" = 4 ]
	[[ ${lines[0]} == Source*Kind*Coverage*Date*Records*People*Origin ]]
	[[ ${lines[1]} == iana*mirrored*complete*2026-01-01*3*1*a.xml* ]]
	[[ ${lines[2]} == b*partial* ]]
	[[ ${lines[3]} == c*"names only"* ]]
}

@test "without a word it is the list" {
	listed=$(portroll source list)
	run portroll source
	[ "$status" = 0 ]
	[ "$output" = "$listed" ]
	run portroll source --above iana
	[ "$status" = 1 ]
}

@test "the list is JSON on request" {
	portroll source list --json | python3 -c '
import json, sys
sources = json.load(sys.stdin)
assert [s["name"] for s in sources] == ["iana", "b", "c"], sources
assert sources[0]["records"] == 3 and sources[0]["people"] == 1
assert sources[0]["copies"][0]["origin"] == "a.xml"
assert sources[1]["copies"][0]["partial"] is True
'
}

@test "a source can be moved above and below others" {
	run portroll source move c --above iana
	[ "$output" = "sources in order of precedence: c, iana, b" ]
	[ "$(sources)" = "c iana b " ]
	run portroll source move -q c --below b
	[ -z "$output" ]
	[ "$(sources)" = "iana b c " ]
}

@test "a source cannot stand above or below itself" {
	before=$(sha256sum "$PORTROLL_DIR/snapshot")
	for option in --above --below; do
		run portroll source move b $option b
		[ "$status" = 1 ]
		[ "$output" = "portroll: source b cannot stand above or below itself" ]
	done
	[ "$(sha256sum "$PORTROLL_DIR/snapshot")" = "$before" ]
}

@test "an option of another action is refused" {
	run portroll source list --above iana
	[ "$status" = 1 ]
	[ "$output" = "portroll: source list takes no --above; see: portroll help source" ]
	run portroll source remove iana --json
	[ "$status" = 1 ]
	[ "$output" = "portroll: source remove takes no --json; see: portroll help source" ]
	run portroll source move iana --below b --snapshot x
	[ "$status" = 1 ]
	[ "$(sources)" = "iana b c " ]
}

@test "a source can be removed, the last one too" {
	run portroll source remove b
	[ "$status" = 0 ]
	[ "$output" = "source b removed: 3 records" ]
	[ "$(sources)" = "iana c " ]
	run portroll source remove -q iana
	[ -z "$output" ]
	run portroll source remove c
	[ "$output" = "source c removed: 3 records; the roll is empty now" ]
	run --separate-stderr portroll source list
	[ "$status" = 0 ]
	[ -z "$output" ]
	[ "$stderr" = "portroll: the roll has no source; portroll import FILE or portroll update gives it one" ]
	run portroll source list --json
	[ "$status" = 0 ]
	[ "$output" = "[]" ]
	portroll import -q a.xml
	[ "$(sources)" = "iana " ]
}

@test "what says no states, or is not the last that does, goes without that word" {
	for name in b c; do
		run -0 portroll source remove --yes "$name"
		[ "$output" = "source $name removed: 3 records" ]
	done
	printf 'far 5000/tcp\n' >names
	portroll import -q --source names names
	run -0 portroll source remove iana
	[[ $output == "source iana removed: "*"the states of all ports are unknown now; "* ]]
	run -0 portroll source remove names
	[ "$output" = "source names removed: 1 record; the roll is empty now" ]
}

@test "on a terminal it asks; only y removes, and --yes asks nobody" {
	command -v script >/dev/null || skip "no script(1)"
	at_terminal() {
		printf '%s\n' "$1" |
			script -qec "'$build/src/cli/portroll' source remove ${2-} iana" /dev/null
	}
	portroll import -q --force --source b --coverage complete a.xml
	run -2 at_terminal n
	[[ $output == *"portroll: remove source iana with 3 records? [y/N]"*"nothing is removed"* ]]
	[ "$(sources)" = "iana b c " ]
	portroll source remove -q b
	portroll source remove -q c
	run -0 at_terminal y
	[[ $output == *"with 3 records; no other says the states of ports? [y/N]"* ]]
	[ "$(sources)" = "" ]
	portroll import -q a.xml
	run -0 at_terminal n --yes
	[ "$(sources)" = "" ]
}

@test "a source that is not there is named" {
	before=$(sha256sum "$PORTROLL_DIR/snapshot")
	for arguments in "remove x" "move x --above iana" "move iana --above x" "move iana --below x"; do
		# shellcheck disable=SC2086
		run portroll source $arguments
		[ "$status" = 1 ]
		[ "$output" = "portroll: there is no source 'x'; there are: iana, b, c" ]
	done
	[ "$(sha256sum "$PORTROLL_DIR/snapshot")" = "$before" ]
}

@test "wrong words are answered with the usage" {
	for arguments in shift "list iana" move remove "move iana"; do
		# shellcheck disable=SC2086
		run portroll source $arguments
		[ "$status" = 1 ]
	done
	run portroll source shift
	[ "$output" = "portroll: usage: portroll source [list], or source add|manage|policy|check|move|remove NAME; see: portroll help source" ]
}

@test "without a roll the list says how to make one" {
	rm -r "$PORTROLL_DIR"
	run portroll source list
	[ "$status" = 1 ]
	[[ $output == "portroll: $PORTROLL_DIR/snapshot: there is no roll yet; "* ]]
}

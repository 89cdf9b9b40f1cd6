# SPDX-License-Identifier: MIT
# The changes of a roll, and the life of one thing.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# Two copies: svc-1 is renamed, svc-2 goes, svc-3 comes, the person is called otherwise.
import_two() {
	make_xml 2026-01-01 3 >a.xml
	make_xml 2026-02-01 4 | sed -e '/<name>svc-2</,/<\/record>/d' -e 's/svc-1</renamed</' \
		-e 's/Example_Person/_Example/' -e 's/^  <record date="2025-01-02">$/&/' |
		awk '/<record /{held = $0; next} held { if ($0 ~ /<name>|<protocol>/) print held; held = "" } {print}' >b.xml
	portroll import -q a.xml
	portroll import -q --reason "the second copy" --force b.xml
}

@test "the log has the newest first, and says what it means" {
	import_two
	run -0 portroll log
	[[ ${lines[0]} == "@2 import of iana, 2026-02-01" ]]
	[[ ${lines[1]} =~ ^\ \ \ \ by\ [^,]+,\ [0-9]{4}-[0-9]{2}-[0-9]{2}\ [0-9]{2}:[0-9]{2}\ UTC$ ]]
	[ "${lines[2]}" = "    from b.xml" ]
	[ "${lines[3]}" = "    the second copy" ]
	[[ ${lines[4]} == "    between the copies of 2026-01-01 and 2026-02-01: 1 service renamed, "* ]]
	[[ ${lines[5]} == "      renamed       svc-1 1025/tcp is now renamed"* ]]
	[[ $output == *"      id changed    Example_Person is now _Example (Example Person)"* ]]
	[[ $output == *"@1 import of iana, 2026-01-01"*"the source is new, complete: 3 records, 1 person" ]]
	run -0 portroll log --count 1
	[[ $output == "@2 "* && $output != *"@1 "* ]]
}

@test "a service is followed under all its names, a person under all ids" {
	import_two
	for name in svc-1 renamed 1025 1025/tcp; do
		run -0 portroll log $name
		[[ ${lines[0]} == "@1 iana, in the first copy known, of 2026-01-01 (import by "* ]]
		[ "${lines[1]}" = "  known         svc-1 1025/tcp to Example_Person; registered 2025-01-02" ]
		[[ ${lines[2]} == "@2 iana, between the copies of 2026-01-01 and 2026-02-01 (import by "* ]]
		[ "${lines[3]}" = "    the second copy" ]
		[[ ${lines[4]} == "  renamed       svc-1 1025/tcp is now renamed"* ]]
		[ "${#lines[@]}" = 5 ]
	done
	run -0 portroll log _Example
	[ "${lines[1]}" = "  known         Example_Person (Example Person)" ]
	[[ $output == *"  id changed    Example_Person is now _Example (Example Person), the same under another id, in svc-0 1024/tcp"* ]]
	run -0 portroll log 1026
	[[ $output == *"  removed       svc-2 1026/tcp"* ]]
	run -2 portroll log 1026/udp
	[ "$output" = "portroll: the ledger tells nothing of 1026/udp" ]
	run -2 portroll log svc-1 --since 2026-03
	[ "$output" = "portroll: the ledger tells nothing of svc-1 in the changes that were asked for" ]
}

@test "one change is told whole, by any number it has" {
	import_two
	run -0 portroll log @2
	[[ ${lines[0]} == "@2 import of iana, 2026-02-01" ]]
	[[ $output != *"@1 "* ]]
	run -0 portroll log @2 -p
	[[ $output == *"      - Service Name: svc-1"$'\n'*"+ Service Name: renamed"* ]]
	run -1 portroll log @3
	[ "$output" = "portroll: there is no change @3: the last is @2" ]
	run -1 portroll log @0
	run -1 portroll log @x
}

@test "changes are found by their day, author, kind and source" {
	import_two
	portroll import -q --source other a.xml
	portroll source move other --above iana -q
	run -0 portroll log --source other
	[[ $output == *"import of other, 2026-01-01"* && $output != *"of iana"* ]]
	run -0 portroll log --since 2026-02 --before 2026-03
	[[ ${lines[0]} == "@2 "* ]]
	[ "$(grep -c '^@' <<<"$output")" = 1 ]
	run -0 portroll log --kind import --author "$(id -un)"
	[ "$(grep -c '^@' <<<"$output")" = 3 ]
	run -2 portroll log --author nobody-here
	[ "$output" = "portroll: no change is as asked for" ]
	run -1 portroll log --since yesterday
	[[ $output == *"--since takes a date"* ]]
	run -0 portroll log --count 1
	[[ $output == *"sources in order of precedence: other, iana"* ]]
}

@test "whose mirror a copy was taken from is told, and a copy that brings nothing new" {
	make_xml 2026-01-01 3 >a.xml
	portroll import -q a.xml --mirrored-by "a mirror of example.com"
	echo >>a.xml
	portroll import -q a.xml
	run -0 portroll log
	[[ $output == *"UTC, as mirrored by a mirror of example.com"* ]]
	[[ ${lines[3]} == "    nothing in it is another than before" ]]
	[[ $(portroll log --json) == *'"mirrored_by":"a mirror of example.com"'* ]]
}

@test "programs get the same" {
	import_two
	portroll log --json >log.json
	portroll log renamed --json >life.json
	python3 - <<-'PY'
		import json
		d = json.load(open("log.json"))
		assert d["schema"] == "portroll-log/1"
		second, first = d["changes"]
		assert (second["number"], second["first"], first["number"]) == (2, 2, 1)
		assert second["kind"] == "import" and second["source"] == "iana" and second["reason"] == "the second copy"
		assert second["effective"] == "2026-02-01" and second["old_dated"] == "2026-01-01"
		assert second["counts"]["rename"] == 1 and second["counts"]["person_id"] == 1
		assert first["before"] is None and first["after"]["records"] == 3 and first["tellings"] == []
		d = json.load(open("life.json"))
		assert d["names"] == ["renamed", "svc-1"]
		known, renamed = d["changes"]
		assert [r["name"] for r in known["records"]] == ["svc-1"] and known["there"] == "new"
		assert [t["kind"] for t in renamed["tellings"]] == ["rename"]
	PY
}

@test "the three copies of IANA's registry are told" {
	need_shared data/iana-2025-10-22.xml
	portroll import -q --history "$shared"/data/iana-*.xml
	portroll log >told
	[ "$(grep -c '^@' told)" = 3 ]
	[ "$(grep -c '^      renamed ' told)" = 4 ]
	grep -q "^      assigned      kaostransport 9986/tcp to KAOS_Management_Group_LLC; Reserved 9986/udp; Unassigned 9982-9986 is now 9982-9985" told
	grep -q "^      assigned      ollama 11434/tcp to Jesse_Gross; Reserved 11434/udp; Unassigned 11431-11488 is now 11431-11433, 11435-11488" told
	grep -q "^      id changed    ThreeGPP_2 is now _3GPP_2 (3GPP2), the same under another id, in a25-fap-fgw 4502/sctp, a27-ran-ran 28119/udp" told
	grep -q "^      note          Reserved 831/tcp/udp, 832/tcp/udp, 833/tcp/udp: .*; without a new modification date" told
	grep -q "between the copies of 2025-10-22 and 2026-02-13: 4 services renamed, 2 ports assigned" told
	[ "$(portroll log @2 | grep -c .)" = 4 ]
	run -0 portroll log skytale
	[[ ${lines[1]} == "  known         fox-skytale 4319/tcp to Fox_Crypto_BV; registered 2022-01-20; modified 2024-04-29" ]]
	[[ ${lines[4]} == "  renamed       fox-skytale 4319/tcp/udp is now skytale; assignee Fox_Crypto_BV -> Sentyron_B.V."* ]]
	run -0 portroll log 7123/udp
	[[ ${lines[1]} == "  known         Reserved 7123/udp" ]]
	[[ ${lines[3]} == "  put to use    snif 7123/udp, Reserved until now, to VESvault_Corp"* ]]
}

@test "without a ledger there is no log" {
	run -1 portroll log
	[[ $output == *"there is no ledger yet; portroll import FILE makes one" ]]
}

@test "who became root to change the roll is the author" {
	[ "$(id -u)" = 0 ] || skip "only root can be somebody else"
	make_xml 2026-01-01 3 word >a.xml
	SUDO_USER=example portroll import -q a.xml
	SUDO_USER='no name' DOAS_USER=other-1 portroll source remove -q iana --yes
	SUDO_USER='../x' portroll import -q a.xml
	[ "$(portroll log --json | jq -r '.changes[].author' | sort -u | tr '\n' ' ')" = "example other-1 $(id -un) " ]
}

@test "a kind that there is not is answered with those that there are" {
	import_two
	run -1 portroll log --kind foo
	[ "$output" = "portroll: --kind takes one of import, order, remove, revert, key, fork, policy, deprecate, expire, assign, transport, name, modify, rename, deassign, reuse, revoke, succession, early, renew, permanent, reserve, not 'foo'" ]
	run -0 portroll log --kind import
}

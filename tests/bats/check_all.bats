# SPDX-License-Identifier: MIT
# The rules over all records, and what keeps those that no test of a record can break.
load helper
load registry
load desk
load asking

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

acme_policy() {
	cat >acme.policy <<-POLICY
		Policy: acme
		Title: Ports of the laboratory

		Pool: web
		Range: 20000-20009
		Owner: kim
	POLICY
}

@test "findings are grouped by rule, with some of each, or all" {
	make_odd_csv >odd.csv
	portroll import -q --coverage complete --dated 2026-02-13 odd.csv
	run -2 portroll check --all
	[[ ${lines[0]} =~ ^"iana: "[0-9]+" records, "[0-9]+" findings of "[0-9]+" rules"$ ]]
	[[ $output == *$'\n\nN06 stated (RFC 6335 sections 5.1 and 8.1.1): 1 finding\n'* ]]
	[[ $output == *"    CASE 6001/tcp: differs only in case from 'Case', and is one name with it"* ]]
	[[ $output == *"--verbose shows them"* ]]
	[ -z "$(awk 'length > 200' <<<"$output")" ]
	some=$(portroll check --all | grep -c '^    ') || true
	all=$(portroll check --all --verbose | grep -c '^    ') || true
	[ "$all" -gt "$some" ]
	run -2 portroll check --all --json
	[ "$(member 'd["schema"]')" = portroll-check-all/1 ]
	[ "$(member 'sum(len(r["findings"]) for r in d["sources"][0]["rules"])')" = "$all" ]
	[ "$(member 'd["sources"][0]["count"]')" = "$all" ]
}

@test "a registry that breaks no rule is clean" {
	acme_policy
	portroll init -q
	portroll account add -q kim --admin
	portroll source add -q acme --policy acme.policy
	run -0 portroll check --all
	[[ $output =~ ^"acme, updated "[0-9-]+": 1 record, 0 findings"$ ]]
	run -0 portroll check --all --source acme --json
	[ "$(member 'd["sources"][0]["rules"]')" = "[]" ]
}

@test "each complete source is checked, or the one that is named" {
	acme_policy
	make_xml 2026-02-13 2 >a.xml
	portroll import -q a.xml
	printf 'left_over 41641/udp\n' | portroll import -q - --source common --from services --dated 2024-01-01
	portroll account add -q kim --admin
	portroll source add -q acme --policy acme.policy
	run -2 portroll check --all --json
	[ "$(member '[s["source"] for s in d["sources"]]')" = "['acme', 'iana']" ]
	run -2 portroll check --all --source common
	[[ $output == "common: 1 record,"*"N02 MUST"*"left_over 41641/udp: has '_'"* ]]
	run -1 portroll check --all --source nobody
	[[ $output == *"there is no source 'nobody'"* ]]
}

@test "of names alone nothing is complete" {
	printf 'foo 41641/udp\n' | portroll import -q - --source common --from services --dated 2024-01-01
	run -1 portroll check --all
	[[ $output == *"no source of the roll is a complete registry"* ]]
}

# The numbers of data.md sections 7 and 8 and of rfc-rules.md section 1.5, counted from the XML here.
@test "the breaches of IANA's registry are those that a count of the file finds" {
	need_shared data/iana-2026-08-17.xml
	portroll import -q "$shared/data/iana-2026-08-17.xml"
	run -2 portroll check --all --json
	echo "$output" >found.json
	python3 "$root/tests/bats/count_breaches.py" "$shared/data/iana-2026-08-17.xml" found.json
}

@test "a name is stored and printed in the case in which it was entered" {
	make_odd_csv >odd.csv
	portroll import -q --coverage complete odd.csv --dated 2026-02-13
	run -0 portroll lookup cAsE
	[[ $output == *"Case (6000/tcp)"*"CASE (6001/tcp)"* ]]
	portroll export --format csv >out.csv
	grep -q '^Case,6000,tcp,' out.csv
	grep -q '^CASE,6001,tcp,' out.csv
}

@test "an assigned port is not shown as proof of anything" {
	run -0 portroll lookup --help
	[[ $output == *"A registered port is no proof of what runs there."* ]]
	grep -q "A registered port is no proof of what traffic on it is" "$root/man/portroll-lookup.1"
}

@test "a contact address stays in the request" {
	manage 3
	submit "Contact Address=Example Street 1, 12345 Exampletown"
	portroll request show R-1 --as kim | grep -q Exampletown
	approve R-1
	portroll request implement -q R-1 --as kim
	run -0 portroll lookup 2000/tcp
	[[ $output == *example-foo* ]]
	for format in xml json csv; do
		portroll export --source iana --format $format >"out.$format"
		run ! grep -q Exampletown "out.$format"
	done
	run ! grep -rq Exampletown "$PORTROLL_DIR/snapshot" "$PORTROLL_DIR/ledger/tile"
}

# SPDX-License-Identifier: MIT
# What the rules object to: portroll check, portroll rules.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# make_roll: a small one of IANA's records.
make_roll() {
	cat >roll.csv <<-CSV
		Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes
		,0,tcp,Reserved,,,,,,,,
		http,80,tcp,World Wide Web HTTP,,,,,,,,
		,831,tcp,Reserved,,,,,,,,Previously assigned to NETCONF over BEEP but released by [RFC9900]
		,3980,tcp,Reserved,,,,,,,,Historic usage was acms. De-Assigned on 2020-12-29
		avi-nms,4413,tcp,AVI Systems NMS,,,,,,,,
		,11431-11488,,Unassigned,,,,,,,,
	CSV
	portroll import --source iana --coverage complete --dated 2025-10-22 roll.csv
}

# make_request [FIELD...]: a request that breaks no rule, with these lines in the place of its own.
make_request() {
	local field
	cat >base <<-REQUEST
		Service Name: ollama
		Transport Protocols: tcp
		Port Number: 11434
		Description: Ollama
		Assignee: Example <ports@example.com>
		Contact: Example <ports@example.com>
		Reference: requests and answers are JSON over HTTP, one object a line
		Broadcast Use: none
		Why Not Dynamic: programs on other hosts look for it there
		State of Development: in use on tcp
		Versioning: the path of a request tells it
		Security: TLS
	REQUEST
	for field in "$@"; do
		sed -i "s|^${field%%:*}:.*|$field|" base
	done
	cat base
}

@test "a name that nobody has is clean" {
	make_roll
	run portroll check ollama
	[ "$status" = 0 ]
	[ "$output" = "ollama: no rule is broken" ]
}

@test "a name that is taken is a finding in any case of its letters" {
	make_roll
	for name in http HTTP hTTp; do
		run portroll check "$name"
		[ "$status" = 2 ]
		[[ "$output" == *"$name: error N08: '$name' is assigned: http 80/tcp"* ]]
		[[ "$output" == *"RFC 6335 section 8.1.1"* ]]
	done
	run portroll check HTTP
	[[ "$output" == *"error N06"* ]]
}

@test "a name that was assigned once is told, from the ledger and from notes" {
	make_roll
	sed 's/avi-nms,/vision-mon,/' roll.csv >later.csv
	portroll import --source iana --coverage complete --dated 2026-02-13 --force later.csv
	run portroll check AVI-NMS acms
	[ "$status" = 2 ]
	[[ "$output" == *"warning N09: 'AVI-NMS' was assigned once, and is no more"* ]]
	[[ "$output" == *"warning N09: 'acms' stands in the note of a released port, 3980/tcp"* ]]
	run portroll check vision-mon
	[[ "$output" == *"error N08"* ]]
}

@test "without a ledger no name is past" {
	make_roll
	sed 's/avi-nms,/vision-mon,/' roll.csv >later.csv
	portroll import --source iana --coverage complete --dated 2026-02-13 --force later.csv
	run portroll check --snapshot "$PORTROLL_DIR/snapshot" avi-nms
	[ "$status" = 0 ]
}

@test "a name that cannot be one breaks the rules of its form" {
	make_roll
	run portroll check -- -a--b_
	[ "$status" = 2 ]
	for rule in N02 N04 N05; do
		[[ "$output" == *"error $rule: '-a--b_'"* ]]
	done
	run portroll check $'a\e[2Jb'
	[ "$status" = 2 ]
}

@test "a good request is clean, a bad one is told by rule, line and remedy" {
	make_roll
	make_request >good.txt
	run portroll check ./good.txt
	[ "$status" = 0 ]
	[ "$output" = "./good.txt: no rule is broken" ]
	make_request "Service Name: HTTP" "Contact: Example" >bad.txt
	run portroll check bad.txt
	[ "$status" = 2 ]
	[[ "$output" == *"bad.txt:1: error N08: 'HTTP' is assigned: http 80/tcp"* ]]
	[[ "$output" == *"bad.txt:6: error Q04: a mail address is missing: Name <mail>"* ]]
	[[ "$output" == *"    choose another name"* ]]
}

@test "ports that cannot be given out in the regular way are told with the reason" {
	make_roll
	while IFS='|' read -r port sentence; do
		make_request "Port Number: $port" >request.txt
		run portroll check request.txt
		[ "$status" = 2 ]
		[[ "$output" == *"$sentence"* ]]
	done <<-'CASES'
		80|error P03: 80/tcp is assigned: http 80/tcp
		0|warning P03: 0/tcp is Reserved: at the border of a range, held back to extend it
		831|error P04: 831/tcp is Reserved, and nothing says why it is the right one
		831|error P13: 831/tcp, while
		49152|error P02: '49152'
		70000|error P01: '70000'
		web|error Q11: 'web' is no port, neither User nor System, and no pool of the policy
	CASES
}

@test "questions and notices alone are no findings for the exit status" {
	make_roll
	make_request "Security:" "Description: World Wide Web HTTP" >request.txt
	run portroll check request.txt
	[ "$status" = 0 ]
	[[ "$output" == *"request.txt:12: notice Q20: Security is empty"* ]]
	[[ "$output" == *"question N14: is 'ollama' another service than http 80/tcp?"* ]]
}

@test "a word is a name if it can be one, else a file if there is one" {
	make_roll
	make_request >http
	run portroll check http
	[[ "$output" == *"http: error N08"* ]]
	run portroll check ./http
	[ "$output" = "./http: no rule is broken" ]
	make_request >request.txt
	run portroll check request.txt
	[ "$output" = "request.txt: no rule is broken" ]
	run portroll check request.tyt
	[[ "$output" == *"error N02: 'request.tyt'"* ]]
	run portroll check - <http
	[ "$output" = "-: no rule is broken" ]
}

@test "several operands are checked one after the other, also as JSON" {
	make_roll
	make_request "Service Name: http" >request.txt
	run portroll check --json ollama ./request.txt
	[ "$status" = 2 ]
	python3 - "$output" <<-'CHECK'
		import json, sys
		d = json.loads(sys.argv[1])
		assert d["schema"] == "portroll-check/1"
		good, bad = d["checked"]
		assert good == {"name": "ollama", "source": "iana", "findings": []}, good
		assert bad["file"] == "./request.txt"
		finding = [f for f in bad["findings"] if f["rule"] == "N08"][0]
		assert finding["severity"] == "error" and finding["field"] == "Service Name"
		assert finding["line"] == 1 and finding["remedy"] and finding["sentence"]
		assert finding["record"] == {"name": "http", "port_first": 80, "port_last": 80, "transport": "tcp"}
	CHECK
}

# bats test_tags=hostile
@test "what is no request is refused with its place" {
	make_roll
	printf 'Service Name: a\nFoo: b\n' >a.txt
	run portroll check a.txt
	[ "$status" = 1 ]
	[[ "$output" == *"a.txt:2"*"'Foo' is no field of a request"* ]]
	printf 'Request: give\nService Name: a\n' >b.txt
	run portroll check b.txt
	[ "$status" = 1 ]
	[[ "$output" == *"b.txt:1: 'give' is no kind of request"* ]]
	head -c 300000 /dev/zero | tr '\0' a >c.txt
	run portroll check c.txt
	[ "$status" = 1 ]
	[[ "$output" == *"is larger than 256 KiB"* ]]
	printf 'Service Name: a\nDescription: \001\n' >d.txt
	run portroll check d.txt
	[ "$status" = 1 ]
	for file in ./nothing .; do
		run portroll check "$file"
		[ "$status" = 1 ]
	done
	run portroll check
	[ "$status" = 1 ]
	run portroll check --source nobody ollama
	[ "$status" = 1 ]
	[[ "$output" == *"there is no source 'nobody'"* ]]
}

@test "without a roll it is said how to make one" {
	run portroll check ollama
	[ "$status" = 1 ]
	[[ "$output" == *"there is no roll yet"* ]]
}

@test "all records of a source are held to the rules" {
	make_roll
	run portroll check --all --source iana
	[ "$status" = 2 ]
	[[ "$output" == *"iana"*"findings of"* ]]
	run portroll check --all ollama
	[ "$status" = 1 ]
}

@test "the rules are explained, all 152 of them" {
	[ "$(portroll rules --tsv | sed 1d | wc -l)" = 152 ]
	[ "$(portroll rules --tsv | sed 1d | cut -f1 | sort -u | wc -l)" = 152 ]
	portroll rules --json >rules.json
	python3 - <<-'CHECK'
		import json
		rules = json.load(open("rules.json"))["rules"]
		assert len(rules) == 152
		for rule in rules:
		    assert all(rule[key] for key in ("id", "origin", "level", "binds", "how", "sentence")), rule
		    assert rule.get("remedy") or rule.get("question"), rule
	CHECK
	run portroll rules n08
	[ "$status" = 0 ]
	[ "${lines[0]}" = "N08  a name that is asked for is not one that is assigned" ]
	[[ "$output" == *"origin    RFC 6335 section 8.1.1"* ]]
	[ "$(portroll rules Q --tsv | sed 1d | wc -l)" = 25 ]
	run portroll rules N99
	[ "$status" = 2 ]
	[[ "$output" == *"no rule is called 'N99'"* ]]
}

@test "a request is checked by its own registry: pools, and what open requests hold" {
	make_roll
	portroll account add -q kim --admin --login "$(id -un)"
	portroll account grant -q kim registrar
	portroll source manage -q iana
	cat >acme.policy <<-POLICY
		Policy: acme

		Pool: web
		Range: 11431-11450
		Owner: kim
		Reserved: 11440
	POLICY
	portroll source add -q acme --above iana --policy acme.policy --force
	make_request >iana.txt
	echo "Source: iana" >>iana.txt
	portroll request submit iana.txt
	run portroll check --source iana ollama
	[ "$status" = 2 ]
	[[ "$output" == *"warning Q24: R-1 asked for that name first"* ]]
	run portroll check --source acme ollama
	[ "$output" = "ollama: no rule is broken" ]
	while IFS='|' read -r port sentence; do
		make_request "Port Number: $port" >acme.txt
		echo "Source: acme" >>acme.txt
		run portroll check acme.txt
		[[ "$output" == *"$sentence"* ]]
	done <<-'CASES'
		web|acme.txt: no rule is broken
		11435|acme.txt: no rule is broken
		11440|error P03: 11440/tcp is held back in the pool web
		11460|error P03: 11460/tcp is in no pool of the policy
		80|error P03: 80/tcp is of the source iana: http 80/tcp
	CASES
}

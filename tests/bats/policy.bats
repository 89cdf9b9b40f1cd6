# SPDX-License-Identifier: MIT
# Managed sources and their policies: source add, manage, policy, check; what an import has in the way.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	# svc-0 to svc-9 are Assigned on 1024/tcp to 1033/tcp.
	make_xml 2026-01-01 10 >iana.xml
	portroll import -q iana.xml
	cat >example.policy <<-POLICY
		# Ports of an organisation.
		Policy: example
		Title: Ports of the Example Organisation
		Answer Days: 30

		Pool: web
		Range: 30900-30938, 30960-30969
		Transports: tcp, udp
		Owner: web-team
		Lease: 365
		Reserved: 30900

		Pool: data
		Range: 4470-4483
		Reviewers: one, two
		Approvals: 2

		Pool: low
		Range: 600-609
		Owner: ops
	POLICY
}

digest() {
	sha256sum "$PORTROLL_DIR/snapshot"
}

refuses() {
	local before
	before=$(digest)
	run portroll "$@"
	[ "$status" = 1 ] || return 1
	[ "$(digest)" = "$before" ]
}

@test "a policy with three pools makes a registry above the others" {
	run portroll source add example --policy example.policy --reason "our own ports"
	[ "$status" = 0 ]
	[ "$output" = "source example added: web 30900-30938, 30960-30969; data 4470-4483; low 600-609" ]
	run portroll source
	[[ ${lines[1]} == example*managed*complete*4*0*"Ports of the Example Organisation"* ]]
	[[ ${lines[2]} == iana*mirrored* ]]
	run portroll list -s example --tsv
	[ "${#lines[@]}" = 5 ]
	[ "$(cut -f 2,4 <<<"$output" | tail -n +2)" = $'600-609\tUnassigned\n4470-4483\tUnassigned\n30900-30938\tUnassigned\n30960-30969\tUnassigned' ]
	run portroll lookup 30910/tcp
	[ "$status" = 2 ]
	[[ $output == *"Unassigned in example (managed)"* ]]
	run portroll log -n 1
	[[ ${lines[0]} == "@"*" policy of example, "* ]]
	[[ $output == *"our own ports"* ]]
	portroll verify >/dev/null
	run portroll check --all --source example
	[ "$status" = 0 ]
}

@test "a policy is shown in its one form, which is read again" {
	portroll source add example --policy - -q <example.policy
	portroll source policy example >shown
	[ "$(head -n 4 shown)" = $'Policy: example\nTitle: Ports of the Example Organisation\nProcedures: pools\nAnswer Days: 30' ]
	grep -q '^Community Call Days: 28$' shown
	grep -A 8 '^Pool: web$' shown | grep -q '^Reserved: 30900$'
	portroll source policy example shown
	portroll source policy example | diff shown -
}

@test "where it stands can be told" {
	portroll source add example --policy example.policy --below iana
	run portroll source list
	[[ ${lines[1]} == iana* ]]
	[[ ${lines[2]} == example* ]]
	sed 's/^Policy: example/Policy: other/; s/30900/31900/g; s/30938/31938/; s/3096/3196/g; s/44\(..\)/45\1/g; s/60\([09]\)/61\1/g' example.policy >other.policy
	portroll source add other --policy other.policy --above iana
	run portroll source list
	[[ ${lines[1]} == other* ]]
	[[ ${lines[2]} == iana* ]]
}

@test "what is wrong with a policy is told with its line" {
	before=$(digest)
	while IFS='|' read -r edit line words; do
		sed "$edit" example.policy >wrong.policy
		run portroll source add example --policy wrong.policy
		[ "$status" = 1 ]
		if [[ $output != "portroll: wrong.policy:$line:1: "*$words* ]]; then
			echo "$edit: $output"
			false
		fi
	done <<-'CASES'
		s/^Answer Days/Anser Days/|4|'Answer Days' is
		s/^Answer Days: 30/Answer Days: soon/|4|expected a number from 1 to 3650
		s/^Lease/Leese/|10|'Lease' is
		s/tcp, udp/tcp, upd/|8|'upd', expected tcp, udp, sctp or dccp
		s/4470-4483/30930-30940/|13|pool data and pool web (line 6) both have 30930-30938
		s/4470-4483/49100-49200/|14|Dynamic Ports, which are never assigned
		s/600-609/1000-1100/|19|of System Ports and of User Ports
		s/Approvals: 2/Approvals: 3/|13|wants 3 approvals of 2 reviewers
		s/Owner: ops//|18|no one who could decide
		s/Reserved: 30900/Reserved: 30950/|6|reserves 30950, which is not in its Range
		s/Owner: ops/Owner: The Team/|20|expected the name of an account
		s/^Pool: low/Pool: web/|18|a second pool web: the first is in line 6
		s/^Policy: example/Policy: another/|1|is the policy of another, not of example
	CASES
	[ "$(digest)" = "$before" ]
}

@test "what cannot be added says why" {
	refuses source add example
	[[ $output == *"source add needs --policy FILE"* ]]
	refuses source add example --policy missing.policy
	[[ $output == *"missing.policy"* ]]
	refuses source add example --policy example.policy --above nobody
	[[ $output == *"there is no source 'nobody'; there are: iana"* ]]
	refuses source add example --policy example.policy --above example
	refuses source add example --policy example.policy --json
	[ "$output" = "portroll: source add takes no --json; see: portroll help source" ]
	portroll source add -q example --policy example.policy
	refuses source add example --policy example.policy
	[[ $output == *"there is a source example; source policy gives it another policy"* ]]
	refuses source policy example nothing.policy
	refuses source policy iana
	[[ $output == *"source iana is a mirror and has no policy"* ]]
	refuses source policy iana example.policy
	refuses source manage example
	[[ $output == *"source example is managed already"* ]]
	refuses import --source example iana.xml
	[[ $output == *"source example is changed by decisions only, not by import"* ]]
}

@test "ports that another source has are named, and refused unless forced" {
	sed 's/^Range: 600-609/Range: 1030-1035/' example.policy >over.policy
	refuses source add example --policy over.policy
	[ "${lines[0]}" = "portroll: example has 1030/tcp in pool low, iana has it Assigned to svc-6" ]
	[ "${lines[1]}" = "portroll: example has 1030-1033/udp,sctp,dccp in pool low, iana has it Reserved" ]
	[[ ${lines[-1]} == *"nothing is changed: other sources have ports of the policy"* ]]
	run portroll source add example --policy over.policy --force
	[ "$status" = 0 ]
	[[ ${lines[-1]} == "source example added: "* ]]
	run portroll source check example
	[ "$status" = 2 ]
	[ "${#lines[@]}" = 5 ]
	[ "${lines[4]}" = "example has 1033/tcp in pool low, iana has it Assigned to svc-9" ]
	run -2 portroll source check example --json
	[ "$(jq -c '[.schema, .source, (.conflicts | length)]' <<<"$output")" = '["portroll-source-check/1","example",5]' ]
	[ "$(jq -c '.conflicts[4]' <<<"$output")" = '{"port_first":1033,"port_last":1033,"transports":["tcp"],"pool":"low","other":"iana","other_state":"Assigned","other_name":"svc-9","in_pool_of_other":false}' ]
	# What was so when the policy was set needs no force again.
	portroll source policy -q example over.policy
	run portroll source check iana
	[ "$status" = 1 ]
}

@test "ports in a pool of another source are its own" {
	portroll source add -q example --policy example.policy
	sed 's/^Policy: example/Policy: other/; /^Pool: web/,/^$/d; s/4470-4483/4480-4490/; s/600-609/610/' example.policy >other.policy
	refuses source add other --policy other.policy
	[ "${lines[0]}" = "portroll: other has 4480-4483/tcp,udp,sctp,dccp in pool data, example has it in a pool" ]
}

@test "a policy that leaves an assigned port outside is refused unless forced" {
	sed 's/^Policy: example/Policy: iana/; s/600-609/1000-1023, 1024-1029/' example.policy >own.policy
	refuses source manage iana --policy own.policy
	[ "${lines[0]}" = "portroll: svc-6 1030/tcp of iana is outside the pools of the policy" ]
	[ "${#lines[@]}" = 5 ]
	sed -i 's/1024-1029/1024-1033/' own.policy
	portroll source manage iana --policy own.policy
	sed 's/1024-1033/1024-1032/' own.policy >less.policy
	refuses source policy iana less.policy
	[ "${lines[0]}" = "portroll: svc-9 1033/tcp of iana is outside the pools of the policy" ]
	run portroll source policy iana less.policy --force
	[ "$status" = 0 ]
	[[ ${lines[-1]} == "source iana has another policy: 3 pools" ]]
	[ "$(portroll list -s iana --tsv | grep -c svc-)" = 10 ]
}

@test "a mirror is managed by the procedures of RFC 6335 where nothing is said" {
	run portroll source manage iana
	[ "$status" = 0 ]
	[ "$output" = "source iana is managed: it changes by decisions on requests, and imports into it are refused" ]
	run portroll source policy iana
	[ "${lines[0]}" = "Policy: iana" ]
	[ "${lines[2]}" = "Procedures: RFC 6335" ]
	refuses import iana.xml --force
	portroll source policy iana | sed 's/^Community Call Days: 28/Community Call Days: 27/' >short.policy
	refuses source policy iana short.policy
	[[ $output == "portroll: short.policy:8:1: Community Call Days: 27, but RFC 6335 section 8.4 has at least 28" ]]
	run portroll log -n 1
	[[ $output == *"managed from now on, by a policy"* ]]
	portroll verify >/dev/null
}

@test "a list of names cannot be managed" {
	portroll import -q --source names --coverage names iana.xml
	refuses source manage names
	[[ $output == *"source names is not the whole of a registry (names only)"* ]]
}

@test "another policy leaves what is assigned and moves what is free" {
	portroll source add -q example --policy example.policy
	sed 's/30900-30938, 30960-30969/30920-30940/; s/30900/30920/' example.policy >moved.policy
	run portroll source policy example moved.policy
	[ "$status" = 0 ]
	[ "$output" = "source example has another policy: 3 pools" ]
	run portroll list -s example --tsv
	[ "${#lines[@]}" = 4 ]
	[[ ${lines[3]} == *30920-30940* ]]
	run portroll log -n 1 --source example
	[[ $output == *" policy of example"*"another policy"* ]]
	portroll verify >/dev/null
}

@test "each policy is what the ledger commits to" {
	portroll source add -q example --policy example.policy
	portroll source policy -q example <(sed 's/Answer Days: 30/Answer Days: 31/' example.policy)
	python3 - "$PORTROLL_DIR" <<-'PYTHON'
		import base64, glob, hashlib, os, sqlite3, sys
		folder = sys.argv[1]
		files = glob.glob(folder + "/ledger/tile/entries/**", recursive=True)
		entries = b"".join(open(f, "rb").read() for f in files if os.path.isfile(f))
		papers = sqlite3.connect(folder + "/ledger.db")
		bodies = [b for (b,) in papers.execute("select body from papers where kind = 'dossier' order by id")]
		now = papers.execute("select body from papers where kind = 'policy'").fetchone()[0]
		assert len(bodies) == 2
		texts = []
		for body in bodies:
		    body = body if isinstance(body, bytes) else body.encode()
		    salt, text = bytes.fromhex(body[:64].decode()), body[65:]
		    texts.append(text)
		    assert base64.b64encode(hashlib.sha256(salt + text).digest()) in entries
		assert b"Answer Days: 30\n" in texts[0] and b"Answer Days: 31\n" in texts[1]
		assert texts[1] == (now if isinstance(now, bytes) else now.encode())
		assert b"web-team" not in entries
	PYTHON
}

@test "only an administrator sets a policy where there are accounts" {
	portroll account add -q boss --admin --login nobody-else
	refuses source add example --policy example.policy
	[[ $output == *"is for administrators"* ]]
	refuses source manage iana
	[[ $output == *"is for administrators"* ]]
}

@test "an administrator is told of as the author" {
	portroll account add -q boss --admin
	portroll source add -q example --policy example.policy
	run portroll log -n 1
	[[ $output == *"by boss, "* ]]
	portroll source move -q example --below iana
	run portroll log -n 1
	[[ $output == *"by boss, "* ]]
	portroll source remove -q --yes example
	# One that comes again has its own policy.
	portroll source add -q example --policy <(sed 's/Answer Days: 30/Answer Days: 33/' example.policy)
	portroll source policy example | grep -q '^Answer Days: 33$'
}

@test "an import tells what a managed source has, too, and only what is new" {
	sed 's/^Range: 600-609/Range: 1034-1036/' example.policy >next.policy
	portroll source add -q example --policy next.policy
	make_xml 2026-02-01 12 >next.xml
	run portroll import --force next.xml
	[ "$status" = 0 ]
	[[ $output == *"12 records of 2026-02-01"* ]]
	[[ $output == *"portroll: example has 1034/tcp in pool low, iana has it Assigned to svc-10"* ]]
	[[ $output == *"portroll: example has 1035/tcp in pool low, iana has it Assigned to svc-11"* ]]
	run portroll source check example
	[ "$status" = 2 ]
	make_xml 2026-02-02 13 >again.xml
	run portroll import --force again.xml
	[[ $output != *"svc-10"* ]]
	[[ $output == *"portroll: example has 1036/tcp in pool low, iana has it Assigned to svc-12"* ]]
	make_xml 2026-02-03 14 >quiet.xml
	run portroll import --force -q quiet.xml
	[ -z "$output" ]
}

@test "without a conflict check says so" {
	portroll source add -q example --policy example.policy
	run portroll source check example
	[ "$status" = 0 ]
	[ "$output" = "portroll: no other source of the roll has what example has" ]
	run portroll source check nobody
	[ "$status" = 1 ]
}

@test "what IANA assigned meanwhile in three pools is told with both records" {
	need_shared data/iana-2026-08-17.xml
	need_shared data/iana-2025-10-22.xml
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/real
	portroll import -q "$shared/data/iana-2025-10-22.xml"
	cat >real.policy <<-POLICY
		Policy: example

		Pool: web
		Range: 30900-30949
		Transports: tcp, udp
		Owner: web-team

		Pool: data
		Range: 4470-4483
		Owner: web-team

		Pool: plant
		Range: 34966-34979
		Transports: udp
		Owner: ops
	POLICY
	run portroll source add example --above iana --policy real.policy
	[ "$status" = 0 ]
	[ "${#lines[@]}" = 1 ]
	run --separate-stderr portroll import "$shared/data/iana-2026-08-17.xml"
	[ "$status" = 0 ]
	[[ $output == *"into source iana: 55 added, 52 altered, 16 removed" ]]
	cat >expected <<-LINES
		example has 4480/tcp in pool data, iana has it Assigned to agtp
		example has 4480/udp in pool data, iana has it Assigned to agtp-quic
		example has 4480/sctp,dccp in pool data, iana has it Reserved
		example has 30939/tcp,udp in pool web, iana has it Assigned to dilithium3
		example has 34966/udp in pool plant, iana has it Assigned to profinet-rt-sec
	LINES
	# shellcheck disable=SC2154
	diff expected <(echo "${stderr//portroll: /}")
	run portroll source check example
	[ "$status" = 2 ]
	diff expected <(echo "$output")
}

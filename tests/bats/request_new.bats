# SPDX-License-Identifier: MIT
# portroll request new: the questions at a terminal, and the file to be filled in by hand.

load helper
load asking

# at_terminal LABEL=ANSWER... -- ARGUMENTS: request new, with the answers to what it asks.
at_terminal() {
	local answers=()
	while [ "$1" != -- ]; do
		answers+=("$1")
		shift
	done
	shift
	python3 "$root/tests/probes/answer_questions.py" "${answers[@]}" -- \
		"$build/src/cli/portroll" request new "$@" </dev/null
}

# A new name, with all that it needs.
lamp=(
	"Service Name=example-lamp" "Transport Protocols=udp" "Description=Control of lamps"
	"Assignee=Example <ports@example.com>" "Assignee Type=organization"
	"Contact=A Person <a@example.com>" "Contact=B Person <b@example.com>"
	"Reference=https://example.com/lamp" "Reference=." "Reference=A datagram of JSON each way."
	"Defined TXT Keys=none" "Broadcast Use=none" "UDP Congestion=one in ten seconds"
	"UDP Discovery Only=no" "Versioning=in each message" "Security=DTLS 1.3"
)

@test "a template of each kind names the kind and explains its fields" {
	for kind in assign transport name modify rename deassign reuse revoke succession early renew \
		permanent reserve; do
		run portroll request new --template "$kind"
		[ "$status" -eq 0 ]
		[ "${lines[0]:0:28}" = "# A request to the registry:" ]
		grep -qx "Request: $kind" <<<"$output"
		grep -qx "Service Name:" <<<"$output"
	done
	run portroll request new --template
	grep -qx "Request: assign" <<<"$output"
}

@test "only a template of a kind that needs it has a field" {
	portroll request new --template rename >"$BATS_TEST_TMPDIR/rename"
	grep -qx "Proposed Service Name:" "$BATS_TEST_TMPDIR/rename"
	grep -B4 -x "Impact:" "$BATS_TEST_TMPDIR/rename" | grep -q "(required)"
	run ! grep -q "Broadcast" "$BATS_TEST_TMPDIR/rename"
}

@test "a template has what applies to some ports and transports only" {
	portroll request new --template assign >"$BATS_TEST_TMPDIR/assign"
	for field in "Service Code" "Why Not Dynamic" "Why Not User" "Why Several Ports" "UDP Congestion" \
		"SCTP Reason" "Transport Differences"; do
		grep -B6 -x "$field:" "$BATS_TEST_TMPDIR/assign" | grep -q "(if it applies)"
	done
}

@test "a template goes to a file, but not over one that is there" {
	cd "$BATS_TEST_TMPDIR"
	portroll request new --template assign x.request
	cmp x.request <(portroll request new --template assign)
	echo mine >y.request
	run --separate-stderr portroll request new --template y.request </dev/null
	[ "$status" -eq 1 ]
	[[ $stderr == *"y.request is there already; nothing was written" ]]
	[ "$(cat y.request)" = mine ]
}

@test "the page of the document has every field and kind" {
	page=$(tr '\n' ' ' <"$root/man/portroll-request.5" | sed 's/\\&//g')
	for kind in assign rename modify deassign reuse revoke succession renew reserve transport; do
		portroll request new --template "$kind" | grep '^[A-Z].*:' | cut -d: -f1
	done | sort -u >"$BATS_TEST_TMPDIR/fields"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/fields")" -gt 30 ]
	while read -r field; do
		[[ $page == *".It Sy $field "* ]] || { echo "$field"; false; }
	done <"$BATS_TEST_TMPDIR/fields"
}

@test "a kind that there is not is told with the nearest" {
	run --separate-stderr portroll request new --template asign
	[ "$status" -eq 1 ]
	[[ $stderr == *"'asign' is no kind of request; did you mean assign?" ]]
	run --separate-stderr portroll request new --template wish
	[ "$status" -eq 1 ]
	[[ $stderr == *"there are: assign, transport, "* ]]
}

@test "without a terminal nothing is asked" {
	run --separate-stderr portroll request new assign "$BATS_TEST_TMPDIR/x.request" </dev/null
	[ "$status" -eq 1 ]
	[[ $stderr == *"there is no terminal to ask at; portroll request new --template"* ]]
	[ ! -e "$BATS_TEST_TMPDIR/x.request" ]
}

@test "the answers become a document" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	at_terminal "${lamp[@]}" -- assign x.request >said
	diff x.request - <<'END'
Request: assign
Service Name: example-lamp
Transport Protocols: udp
Description: Control of lamps
Assignee: Example <ports@example.com>
Assignee Type: organization
Contact: A Person <a@example.com>
 B Person <b@example.com>
Reference: https://example.com/lamp
 .
 A datagram of JSON each way.
Defined TXT Keys: none
Broadcast Use: none
UDP Congestion: one in ten seconds
UDP Discovery Only: no
Versioning: in each message
Security: DTLS 1.3
END
	grep -q "x.request is written; see: portroll request preview x.request" said
	run ! grep -qE "^(SCTP|Why Not|Service Code|Impact|Transport Diff|Request)[A-Za-z ]*: " said
}

@test "where no file is named it is asked for, with the name of the service" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	at_terminal "${lamp[@]}" -- >said
	grep -q "^Request: " said
	grep -q "Write it to which file? \[example-lamp.request\]" said
	grep -qx "Service Name: example-lamp" example-lamp.request
}

@test "more is asked as more applies" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	at_terminal "Service Name=example-lamp" "Transport Protocols=tcp, sctp, dccp" \
		"Port Number=500, 501" -- assign x.request >said
	for label in "Service Code" "Why Not Dynamic" "Why Not User" "Why Several Ports" \
		"Transport Differences" "SCTP Existing" "SCTP Reason" "DCCP Intent"; do
		grep -q "^$label: " said || { echo "$label"; false; }
	done
	run ! grep -qE "^UDP [A-Za-z ]*: " said
}

@test "an answer that cannot stay is asked for again" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	at_terminal Request=wish Request=rename "Service Name=example-lamp" \
		"Proposed Service Name=no--good" "Proposed Service Name=other-lamp" Reason=new \
		-- x.request >said
	grep -q "'wish' is not understood here" said
	grep -q "N0[0-9]: .*'no--good'" said
	[ "$(grep -c '^Proposed Service Name: ' said)" -eq 2 ]
	grep -qx "Proposed Service Name: other-lamp" x.request
}

@test "what is required can be left open, but not the name" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	at_terminal "Service Name=" "Service Name=" "Service Name=example-lamp" \
		"Proposed Service Name=other-lamp" -- rename x.request >said
	[ "$(grep -c '^Service Name: ' said)" -eq 3 ]
	[ "$(grep -c '^Impact: ' said)" -eq 2 ]
	[ "$(sed 's/:.*//' x.request | tr '\n' ,)" = "Request,Service Name,Proposed Service Name," ]
}

@test "an answer that cannot be read is asked for again" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	at_terminal "Service Name=example-lamp" "Proposed Service Name=other-lamp" \
		"Reason=$(printf 'a\xc2\x9bb')" "Reason=" "Reason=plain" -- rename x.request >said
	grep -q "a control character, expected text" said
	grep -qx "Reason: plain" x.request
}

@test "the last answer can be taken back" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	at_terminal "Service Name=<" "Service Name=a-lamp" "Service Name=b-lamp" \
		"Proposed Service Name=<" "Proposed Service Name=other-lamp" \
		"Description=<" "Description=" "Reason=one" "Reason=" "Impact=<" "Impact=none" -- \
		rename x.request >said
	grep -q "This is the first question" said
	grep -q "Enter keeps what is there" said
	grep -qx "Service Name: b-lamp" x.request
	grep -qx "Proposed Service Name: other-lamp" x.request
	grep -qx "Reason: one" x.request
	grep -qx "Impact: none" x.request
}

@test "where the input ends nothing is written" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	echo mine >x.request
	run at_terminal "?=y" "Service Name=example-lamp" "Transport Protocols=^D" -- assign x.request
	[ "$status" -eq 1 ]
	[[ $output == *"the input ended before the last question; nothing was written"* ]]
	[ "$(cat x.request)" = mine ]
}

@test "a file that is there is written over only after a yes" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	echo mine >x.request
	run at_terminal "?=n" -- assign x.request
	[ "$status" -eq 1 ]
	[[ $output == *"x.request is there already; write over it? [y/N]"* ]]
	[ "$(cat x.request)" = mine ]
	at_terminal "?=y" "${lamp[@]}" -- assign x.request
	grep -qx "Service Name: example-lamp" x.request
}

@test "a name that the registry has is told at once" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	portroll import -q --partial "$root/data/registry-page-2025-10-22.txt"
	at_terminal "Service Name=MDTP" "Service Name=example-lamp" "Transport Protocols=^D" -- \
		assign x.request >said || true
	grep -q "N06: 'MDTP' is assigned: mdtp 3232/tcp" said
	grep -q "^Service Name: example-lamp" said
}

@test "where several are managed the source is asked for, and asked again where there is none such" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	printf 'Policy: example\n\nPool: lab\nRange: 30900-30938\nOwner: web-team\n' >example.policy
	printf 'Policy: other\n\nPool: hall\nRange: 30950-30960\nOwner: web-team\n' >other.policy
	portroll source add -q example --policy example.policy
	portroll source add -q other --policy other.policy
	at_terminal Source=nobody Source=other "Service Name=^D" -- assign x.request >said || true
	[ "$(grep -c '^Source: ' said)" -eq 2 ]
	grep -q "portroll: .*nobody" said
}

@test "a pool of the policy is a port that can be asked for" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	printf 'Policy: example\n\nPool: lab\nRange: 30900-30938\nOwner: web-team\n' >policy
	portroll source add example --policy policy
	at_terminal "Service Name=example-lamp" "Transport Protocols=tcp" "Port Number=labb" \
		"Port Number=lab" "Description=^D" -- assign x.request >said || true
	[ "$(grep -c '^Port Number: ' said)" -eq 2 ]
	grep -q "Q11: 'labb' is no port" said
	run ! grep -q "^Source: " said
}

# SPDX-License-Identifier: MIT
# From a request to the registry: preview, submit, decide, implement.
load helper
load registry
load desk

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

@test "for a mirror the preview says what would be said, and what to send there" {
	make_xml 2026-01-01 3 >a.xml
	portroll import -q a.xml
	write_request foo.request
	run --separate-stderr -0 portroll request preview foo.request
	[ "${lines[0]}" = "assign example-foo 2000 tcp" ]
	[[ $output == *"procedure: Expert Review; a User Port"*"RFC 6335 section 8.1.2"* ]]
	[[ $output == *"what would change"*"example-foo 2000/tcp"*"Reserved 2000/udp"* ]]
	[[ $output == *"iana is a mirror"*"IANA's form"* ]]
	run -1 portroll request submit foo.request
	[[ $output == *"no registry is managed here"*"request preview"* ]]
	run -1 portroll request submit foo.request --source iana
	[[ $output == *"iana is a mirror: who runs it decides"* ]]
	[ "$(portroll log | grep -c '^@')" = 1 ]
}

@test "what is in the way is found before anybody is asked" {
	make_xml 2026-01-01 3 >a.xml
	portroll import -q a.xml
	write_request foo.request "Service Name=SVC-1"
	run -2 portroll request preview foo.request
	[[ $output == *"in the way:"*"N08"*"svc-1"* ]]
	run -2 portroll request preview --json foo.request
	[[ $output == *'"rule": "N08"'*'"blocks": true'* ]]
}

@test "a preview names the accounts that have a say, and no others" {
	manage 3
	portroll account add -q sam --grant expert:sctp
	write_request foo.request
	run -0 portroll request preview foo.request
	grep -qx "  accounts: ellis (expert), kim (registrar)" <<<"$output"
	write_request foo.request "Port Number=System" "Why Not User=it runs before others do" \
		"Specification=[RFC9999]"
	run -0 portroll request preview foo.request
	grep -qx "  accounts: ellis (expert), kim (registrar), sasha (iesg)" <<<"$output"
	write_request foo.request "Transport Protocols=sctp" "SCTP Existing=none" "SCTP Reason=streams"
	run -0 portroll request preview foo.request
	grep -qx "  accounts: ellis (expert), kim (registrar), sam (expert)" <<<"$output"
}

@test "words, fields and files that are none are named" {
	make_xml 2026-01-01 1 >a.xml
	portroll import -q a.xml
	run -1 portroll request implemnt R-1
	[[ $output == *"did you mean implement?" ]]
	run -1 portroll request show
	[[ $output == *"usage: portroll request show REQUEST" ]]
	run -1 portroll request show 1
	[[ $output == *"'1': a request is called by its number, R-42"* ]]
	run -1 portroll request show R-1
	[[ $output == *"there is no request R-1"* ]]
	run -1 portroll request list --port 1
	[[ $output == *"request list takes no --port"* ]]
	run -1 portroll request submit 'Nonsense=1' 'Service Name=foo'
	[[ $output == *"'Nonsense=1': is no field of a request"* ]]
	run -1 portroll request submit missing.request
	[[ $output == *"missing.request"*"No such file"* ]]
	run -2 portroll request list
	[[ $output == *"there is no such request" ]]
	run -2 portroll request list --json
	[[ $output == *'"requests": []'* ]]
}

@test "a request goes from a document to the published record" {
	manage 3
	portroll request new --template assign foo.template
	grep -q '^Service Name:' foo.template
	run -0 submit
	[ "${lines[0]}" = "R-1 expert-review: is with the designated experts" ]
	[[ $output == *"recommend  expert"* ]]
	run -0 portroll request list
	[[ ${lines[1]} == "R-1"*"expert-review"*"iana"*"assign example-foo 2000 tcp" ]]
	portroll request recommend -q R-1 "no other service does this" --as ellis
	run -0 portroll request approve R-1 --as kim
	[ "${lines[0]}" = "R-1 approved: is approved and will be written into the registry" ]
	run -0 portroll request implement R-1 --as kim --registered 2026-01-02
	[[ ${lines[0]} == "assigns example-foo 2000/tcp"* ]]
	[ "${lines[1]}" = "R-1 published: is in the published registry" ]
	run -0 portroll lookup 2000/tcp
	[[ $output == *"example-foo (2000/tcp): Example of a protocol"*"registered   2026-01-02"* ]]
	run -2 portroll lookup 2000/udp
	[[ $output == *"2000/udp  Reserved"* ]]
	run -2 portroll lookup 2000/tcp --as-of @2
	run -0 portroll log --count 1
	[[ $output == "@3 assign of iana"*"R-1: new assignment, RFC 6335 section 8.1, as kim"* ]]
	local changes=$output
	run -0 portroll log R-1
	[ "$output" = "$changes" ]
	run -0 portroll log --author kim
	[ "$output" = "$changes" ]
	run -0 portroll log --kind assign
	[ "$output" = "$changes" ]
	run -2 portroll log --author im
	run -2 portroll log --kind deassign
	run -2 portroll log R-2
	run -2 portroll log r-1
	run --separate-stderr -0 portroll request dossier R-1 --as kim
	[[ $output == *'"kind":"implement"'* ]]
	[ "$stderr" = "portroll: it is the dossier that @3 in the ledger commits to" ]
	portroll request dossier R-1 --json --as kim >dossier.json
	local committed
	committed=$(jq -r '.dossiers[0].commitment' dossier.json)
	[ "$({ jq -j '.dossiers[0].salt' dossier.json | tr a-f A-F | basenc -d --base16; jq -j '.dossiers[0].text' dossier.json; } | sha256sum)" = "$committed  -" ]
	[ "$(jq -c '[.schema, .request, .dossiers[0].change]' dossier.json)" = '["portroll-dossier/1","R-1",3]' ]
	sqlite3 "$PORTROLL_DIR/ledger.db" 'SELECT body FROM entries' | tail -1 | jq -r .dossier | base64 -d | basenc -w0 --base16 | grep -qix "$committed"
	run -0 portroll request history R-1 --as robin
	[[ $output == *"recommend by root as ellis, expert: recommended"*"no other service does this"* ]]
	run -0 portroll verify -q
	run -2 portroll request list
}

@test "of two who approve at once one is first and the other is told" {
	manage 3
	submit
	portroll request recommend -q R-1 fine --as ellis
	portroll account add -q lee --grant registrar
	portroll request approve R-1 --as kim >kim.out 2>&1 &
	local first=$! kim=0 lee=0
	portroll request approve R-1 --as lee >lee.out 2>&1 || lee=$?
	wait $first || kim=$?
	[ $((kim + lee)) = 1 ]
	if [ $kim = 1 ]; then mv kim.out loser; else mv lee.out loser; fi
	grep -qE "was first|somebody else changed" loser
	[ "$(portroll request history R-1 --as kim | grep -c 'approve by')" = 1 ]
}

@test "a decision is on the revision that was read" {
	manage 3
	submit
	portroll request edit -q R-1 'Description=Another protocol' --as robin
	run -1 portroll request recommend R-1 fine --revision 1 --as ellis
	[[ $output == *"R-1 is at revision 2, not 1 any more"*"request show"* ]]
	run -0 portroll request recommend R-1 fine --revision 2 --as ellis
	run -0 portroll request show R-1 --as kim
	[[ $output == *"revision 1"*"Example of a protocol"*"revision 2"*"Another protocol"* ]]
}

@test "a change after the recommendation asks for another one" {
	manage 3
	submit
	portroll request recommend -q R-1 fine --as ellis
	portroll request edit -q R-1 'Port Number=2001' --as robin
	[ "$(state_of R-1)" = expert-review ]
	run -1 portroll request approve R-1 --as kim
	[[ $output == *"only"* || $output == *"not possible"* ]]
}

@test "who comes second is told who was first, and stays in review" {
	manage 3
	submit
	submit "Service Name=example-bar"
	approve R-1
	portroll request recommend -q R-2 fine --as ellis
	run -1 portroll request approve R-2 --as kim
	[[ $output == *"Q24"*"R-1"*"came first"* ]]
	portroll request override -q R-2 --rule Q24 "both were told" --as kim
	portroll request approve -q R-2 --as kim
	portroll request implement -q R-1 --as kim
	run -1 portroll request implement R-2 --as kim
	[[ $output == *"R-2 cannot be implemented any more: "*"2000"* ]]
	[ "$(state_of R-2)" != approved ]
	run -0 portroll request history R-2 --as robin
	[[ $output == *"conflict by root as kim, registrar: validating"* ]]
	run -0 portroll lookup 2000/tcp
	[[ $output != *example-bar* ]]
}

@test "what is done to the registry is done once, by who may" {
	manage 3
	submit
	run -1 portroll request implement R-1 --as kim
	[[ $output == *"R-1"*"expert-review"* ]]
	approve R-1
	run -1 portroll request implement R-1 --as robin
	[[ $output == *"only registrar may implement"* ]]
	portroll request implement -q R-1 --as kim
	run -1 portroll request implement R-1 --as kim
	[[ $output == *"R-1"*"published"* ]]
	run -1 portroll request approve R-1 --as kim
	[ "$(portroll log | grep -c '^@')" = 3 ]
}

@test "a port that cannot be had is named with the reason" {
	manage 3
	while read -r port rule; do
		run -2 portroll request preview 'Service Name=example-foo' 'Transport Protocols=tcp' "Port Number=$port"
		[[ $output == *"$rule"* ]] || {
			echo "$port: $output"
			return 1
		}
	done <<-PORTS
		1023 P03
		49151 P03
		50000 P02
		1025 P
		99999 P01
		300-200 P01
		0 P03
	PORTS
	run -2 submit "Port Number=50000"
	[ "${lines[0]}" = "R-1 need-info: waits for the applicant's answer" ]
	[[ $output == *"P02"*"50000"* ]]
}

@test "a port that an open request holds is told, and not a hindrance to ask" {
	manage 3
	submit
	run -0 submit "Service Name=example-bar"
	run -0 portroll request show R-2 --as robin
	[[ $output == *"Q24"*"R-1"* ]]
	portroll request withdraw -q R-1 --as robin
	run -0 portroll request show R-2 --as robin
	[[ $output != *"Q24"* ]]
}

@test "a name is taken in any case, and one of before is not given out unseen" {
	manage 3
	run -2 submit "Service Name=Svc-1"
	[[ $output == *"N08"*"svc-1"* ]]
	portroll request rename -q 'Service Name=svc-0' 'Proposed Service Name=example-new' \
		'Impact=nobody uses it yet' 'Reason=a product was renamed' --as kim \
		--evidence all-confirmed,assignee-agrees,impact-accepted --reference "mail of 2026-01-02"
	run -0 portroll lookup example-new
	run -2 portroll request preview 'Service Name=svc-0' 'Transport Protocols=tcp'
	[[ $output == *"N09"* && $output == *"what became of svc-0 until now"*"renamed"*"example-new"* ]]
}

@test "DCCP wants a service code that can be assigned and is nobody's" {
	manage 3
	submit "Transport Protocols=dccp" "Service Code=SC:TEST" "DCCP Intent=it is in use over dccp"
	while IFS='|' read -r code rule; do
		run -2 portroll request preview 'Service Name=example-bar' 'Transport Protocols=dccp' \
			'Port Number=2001' "Service Code=$code"
		[[ $output == *"$rule "* ]] || {
			echo "$code: $output"
			return 1
		}
	done <<-CODES
		|D01
		1056964608|D04
		0|D04
		4294967295|D03
		SC:TOOLONG|D05
	CODES
	run -2 portroll request preview 'Service Name=example-bar' 'Transport Protocols=tcp' \
		'Port Number=2001' "Service Code=5"
	[[ $output == *"D02 "* ]]
}

# bats test_tags=hostile
@test "documents with control bytes, or of ten million, are refused" {
	manage 1
	printf 'Service Name: foo\nDescription: a\033[31mb\n' >control.request
	run -1 portroll request submit control.request --as robin
	[[ $output == *"control.request:2:"* && $output != *$'\033'* ]]
	{ printf 'Service Name: foo\nDescription: '; head -c 10000000 /dev/zero | tr '\0' a; } >large.request
	run -1 portroll request submit large.request --as robin
	[[ $output == *"large.request"* ]]
	printf 'Service Name: foo\nDescription: a\377b\n' >latin.request
	run -1 portroll request submit latin.request --as robin
	run -1 portroll request submit $'Description=a\001b' 'Service Name=foo' --as robin
	: >empty.request
	run -1 portroll request submit empty.request --as robin
	run -2 portroll request list
	submit
	run -1 portroll request ask R-1 $'what\001' --as kim
	[[ $output == *"control characters"* ]]
}

@test "a confirmation code is good once, for the revision that it was made for" {
	manage 3
	submit "Request=modify" "Service Name=svc-1" "Port Number=1025" "Reason=a better text"
	[ "$(state_of R-1)" = await-confirm ]
	run -1 portroll request codes R-1 --as robin
	portroll request codes R-1 --as kim >codes
	code=$(awk 'NR == 1 { print $1 }' codes)
	[[ $code == R-1.1.* ]]
	wrong=${code%??????}AAAAAA
	run -1 portroll request confirm --code nonsense yes
	[[ $output == *"is no code"* ]]
	run -1 portroll request confirm --code "$wrong" yes
	[[ $output == *"wrong"* && $output == *"4 more"* ]]
	run -0 portroll request confirm --code "$code" yes
	run -1 portroll request confirm --code "$code" yes
	[[ $output == *"used already"* || $output == *"no confirmation is waited for"* ]]
}

@test "a code that is guessed is void after five" {
	manage 3
	submit "Request=modify" "Service Name=svc-1" "Port Number=1025" "Reason=a better text"
	portroll request codes R-1 --as kim >codes
	code=$(awk 'NR == 1 { print $1 }' codes)
	for _ in 1 2 3 4 5; do run -1 portroll request confirm --code "${code%??????}AAAAAA" yes; done
	run -1 portroll request confirm --code "$code" yes
	[[ $output == *"void"* ]]
	portroll request edit -q R-1 'Reason=another reason' --as robin
	run -1 portroll request confirm --code "$code" yes
}

@test "what is declined can be appealed against, and the appeal decides" {
	manage 3
	submit
	portroll request disadvise -q R-1 "plain HTTP does this" --as ellis
	run -1 portroll request decline R-1 --as kim
	[[ $output == *"needs words"* ]]
	run -0 portroll request decline R-1 "plain HTTP does this" --as kim
	[ "${lines[0]}" = "R-1 rejected: is rejected; an appeal is possible" ]
	portroll request appeal -q R-1 "it is no HTTP at all" --as robin
	run -1 portroll request overturn R-1 "it is so" --as kim
	portroll request overturn -q R-1 "it is so" --as sasha
	[ "$(state_of R-1)" = approved ]
	portroll request implement -q R-1 --as kim
	run -0 portroll --brief example-foo
}

@test "a revocation that is not clear waits for a call of four weeks" {
	manage 3
	portroll request submit -q 'Request=revoke' 'Service Name=svc-1' 'Port Number=1025' \
		'Transport Protocols=tcp' 'Reason=the range is full' 'Clearly Unused=no' --as kim
	portroll request show R-1 --as kim >shown
	portroll request opine -q R-1 "it may be in use" --as ellis
	portroll request call R-1 request "nobody answers" --as kim
	portroll request call R-1 issue --as sasha
	run -1 portroll request call R-1 end --as kim
	[[ $output == *"four weeks"* || $output == *"whole time"* ]]
	run -1 portroll request approve R-1 --as kim
	run -0 portroll request tick
	[ "$(state_of R-1)" = community-call ]
	run -0 portroll request show R-1 --as kim
	[[ $output == *"community-call: is before the community"*"until 20"* ]]
}

@test "the short forms go the whole way, and stop where something is in it" {
	manage 3
	run -1 portroll request deassign 'Service Name=svc-1' --as robin
	[[ $output == *"is for a registrar"* ]]
	run -2 portroll request deassign 'Service Name=svc-1' 'Port Number=1025' 'Transport Protocols=tcp' \
		'Reason=not in use' --as kim
	[[ $output == *"R-1 stops here: "* ]]
	[ "$(portroll log | grep -c '^@')" = 2 ]
	portroll request withdraw -q R-1 --as kim
	run -0 portroll request deassign 'Service Name=svc-1' 'Port Number=1025' 'Transport Protocols=tcp' \
		'Reason=not in use' 'Not In Use=a scan found nobody' --evidence not-in-use,all-confirmed,assignee-agrees \
		--reference "mail of 2026-01-02" --reason "the assignee gave it back" --as kim
	[[ $output == *"R-2 published"* ]]
	run -2 portroll lookup 1025/tcp
	[[ $output == *"Reserved"* ]]
	run -0 portroll lookup svc-1
	run -0 portroll verify -q
}

@test "a name alone is sent to the experts where the registrar wants that" {
	manage 3
	submit "Port Number=" "Why Not Dynamic=" "Defined TXT Keys=none"
	[ "$(state_of R-1)" = validating ]
	run -1 portroll request refer R-1 "the fifth name of robin today" --as robin
	[[ $output == *"only registrar may refer"* ]]
	portroll request refer -q R-1 "the fifth name of robin today" --as kim
	[ "$(state_of R-1)" = expert-review ]
	portroll request recommend -q R-1 "each is another service" --as ellis
	portroll request reply -q R-1 --rule P10 "it was the fifth name" --as kim
	portroll request approve -q R-1 --as kim
	portroll request implement -q R-1 --as kim
	submit "Service Name=lampoon" "Description=Lamps, on and off" "Port Number=3000"
	portroll request recommend -q R-2 "fine" --as ellis
	run -1 portroll request refer R-2 "again" --as kim
	[ "$(state_of R-2)" = recommended ]
}

@test "a name that is released too is Reserved, and stays so" {
	manage 3
	portroll request deassign -q "Service Name=svc-1" "Port Number=1025" "Release Name=yes" \
		"Not In Use=looked at" "Reason=given back" --reference mail \
		--evidence not-in-use,assignee-agrees,expert-yes --as kim
	run portroll lookup svc-1
	[[ ${lines[0]} == "Reserved in iana"*": a service name without a port"* ]]
	run -2 portroll check SVC-1
	[[ ${lines[0]} == *"'SVC-1' is Reserved: svc-1"* ]]
}

@test "people see what is theirs" {
	manage 3
	submit
	portroll account add -q jan
	run -0 portroll request show R-1 --as jan
	[[ $output == *"R-1 expert-review"*"assign example-foo 2000 tcp"*"the rest is for those"* ]]
	[[ $output != *"person@example.com"* ]]
	run -0 portroll request show R-1 --json --as jan
	[[ $output != *"person@example.com"* ]]
	run -1 portroll request dossier R-1 --as jan
	run -0 portroll request show R-1 --as robin
	[[ $output == *"person@example.com"* ]]
	run -2 portroll request list --mine --as jan
	run -0 portroll request list --mine --as robin
	run -0 portroll request list --mine --as ellis
	run -0 portroll request show R-1 --json --as ellis
	python3 -m json.tool <<<"$output" >/dev/null
}

@test "questions are asked and answered, and what nobody may do is refused" {
	manage 3
	submit
	portroll request ask -q R-1 "who uses it?" --as ellis
	[ "$(state_of R-1)" = need-info ]
	run -1 portroll request answer R-1 --as robin
	[[ $output == *"needs an answer"* ]]
	portroll request answer -q R-1 "all clients of it" --as robin
	[ "$(state_of R-1)" = expert-review ]
	portroll request recuse -q R-1 "I wrote it" --as ellis
	run -1 portroll request recommend R-1 fine --as ellis
	run -1 portroll request override R-1 --rule N08 "never mind" --as kim
	[[ $output == *"N08 is a rule of form"* ]]
	run -1 portroll request override R-1 --rule Z99 "never mind" --as kim
	[[ $output == *"there is no rule 'Z99'"* ]]
	run -1 portroll request attest R-1 --evidence nonsense --as kim
	[[ $output == *"no item of evidence"* ]]
	run -0 portroll request tick
	[ "$output" = "nothing is due" ]
}

@test "what is done by the procedure leaves nothing to find" {
	manage 3
	portroll check --all --source iana >before || true
	submit "Transport Protocols=tcp, udp" "Transport Differences=none" "UDP Congestion=one datagram a second" \
		"UDP Discovery Only=no"
	portroll request reply -q R-1 --rule Q25 "both are in use" --as ellis || true
	approve R-1
	portroll request implement -q R-1 --as kim
	portroll check --all --source iana >after || true
	grep '^[A-Z][0-9][0-9] ' before >rules.before || true
	grep '^[A-Z][0-9][0-9] ' after >rules.after || true
	diff rules.before rules.after
	run -0 portroll --brief 2000
	[ "$output" = "example-foo 2000/tcp 2000/udp" ]
}

@test "an early allocation lasts a year, until its document is published" {
	manage 3
	write_request early.request Request=early "IETF Document=draft-ietf-tsvwg-example-01" \
		"Reference=[draft-ietf-tsvwg-example-01]" "Assignee=IESG <iesg@ietf.org>" \
		"Contact=IETF Chair <chair@ietf.org>"
	run -0 portroll request early early.request --evidence chairs-agree,director-agrees \
		--reference "mail of 2026-01-02" --as kim
	[[ $output == *"R-1 temporary: is in the registry until a day"* ]]
	[[ $(portroll lookup example-foo) == *"TEMPORARY - registered"*"expires"* ]]
	run -0 portroll request suspend R-1 "the document is with the RFC Editor" --as kim
	run -1 portroll request suspend R-1 "the document is with the RFC Editor" --as kim
	[[ $output == *"suspended already"* ]]
	portroll request resume -q R-1 --as kim
	run -0 portroll request permanent 'Service Name=example-foo' 'Port Number=2000' 'Transport Protocols=tcp' \
		'Reference=[RFC9999]' 'IETF Document=RFC9999' --evidence ietf-review --reference "RFC 9999" --as kim
	[[ $output == *"R-2 published"* ]]
	[ "$(state_of R-1)" = published ]
	run -0 portroll lookup example-foo
	[[ $output == *"[RFC9999]"* && $output != *TEMPORARY* ]]
	portroll verify -q
}

@test "the registrar holds a port back" {
	manage 3
	run -0 portroll request reserve 'Port Number=2000' 'Transport Protocols=tcp' 'Reason=for later' \
		--reason "it was asked for" --as kim
	[[ $output == *"reserves 2000/tcp"*"R-1 published"* ]]
	run -2 portroll lookup 2000/tcp
	[[ $output == *"Reserved"* ]]
	run -2 portroll request preview 'Service Name=example-foo' 'Transport Protocols=tcp' 'Port Number=2000'
	[[ $output == *"P03"*"Reserved"* ]]
}

@test "a dossier that was altered is not believed, one that was erased is missed" {
	command -v sqlite3 >/dev/null || skip "sqlite3 is not there"
	manage 3
	submit
	approve R-1
	portroll request implement -q R-1 --as kim
	put() { sqlite3 "$PORTROLL_DIR/ledger.db" "UPDATE papers SET version = version + 1, body = $1 WHERE kind = 'dossier'"; }
	put "CAST(replace(CAST(body AS TEXT), 'robin', 'kelly') AS BLOB)"
	run -1 portroll request dossier R-1 --as kim
	[[ $output == *"it was altered" ]]
	put "x''"
	run -2 portroll request dossier R-1 --as kim
	[[ $output == *"was erased"* ]]
	portroll verify -q
}

@test "two who implement at once wait for each other, and both are done" {
	manage 3
	submit
	submit "Service Name=example-bar" "Port Number=2002" "Description=Another one"
	portroll request reply -q R-2 --rule N14 "it is another one" --as ellis || true
	approve R-1
	approve R-2
	portroll request implement -q -w R-1 --as kim &
	portroll request implement -q -w R-2 --as kim
	wait $!
	run -0 portroll --brief 2000 2002
	[ "${#lines[@]}" = 2 ]
	portroll verify -q
}

@test "a clock that went back is not believed" {
	manage 3
	submit
	turn 2096
	run -1 portroll request recommend R-1 fine --as ellis
	[[ $output == *"R-1: the clock says "*"it has gone back, set it" ]]
	[ "$(state_of R-1)" = expert-review ]
}

@test "the clock reminds, escalates and closes what nobody answers" {
	manage 3
	submit
	submit "Service Name=example-bar" "Port Number=60000" || true
	submit "Request=modify" "Service Name=svc-1" "Port Number=1025" "Reason=a better text"
	portroll request codes R-3 --as kim >codes
	turn 2000
	run -1 portroll request confirm --code "$(awk 'NR == 1 { print $1 }' codes)" yes
	[[ $output == *"too late"* || $output == *"wrong"* ]]
	run -0 portroll request tick
	[ "$(state_of R-1)" = expert-review ]
	[ "$(state_of R-2)" = closed ]
	[ "$(state_of R-3)" = closed ]
	run -0 portroll request history R-1 --as kim
	[[ $output == *"remind by portroll"* ]]
	turn 2004
	portroll request tick -q
	turn 2008
	portroll request tick -q
	[ "$(state_of R-1)" = iesg ]
	run -0 portroll request tick
	[ "$output" = "nothing is due" ]
}

@test "a call ends after its four weeks, and the decision follows" {
	manage 3
	portroll request submit -q 'Request=revoke' 'Service Name=svc-1' 'Port Number=1025' \
		'Transport Protocols=tcp' 'Reason=the range is full' 'Clearly Unused=no' --as kim
	portroll request opine -q R-1 "it may be in use" --as ellis
	portroll request call -q R-1 request "nobody answers" --as kim
	portroll request call -q R-1 issue --as sasha
	turn 2000
	portroll request tick -q
	[ "$(state_of R-1)" = call-ended ]
	portroll request attest -q R-1 --evidence iesg-approval,not-in-use --reference minutes --as kim
	portroll request approve -q R-1 --as kim
	portroll request implement -q R-1 --as kim
	run -2 portroll lookup 1025/tcp
	[[ $output == *"Reserved"* ]]
	portroll verify -q
}

@test "two months after a decision no appeal is possible" {
	manage 3
	submit
	portroll request disadvise -q R-1 "plain HTTP does this" --as ellis
	portroll request decline -q R-1 "plain HTTP does this" --as kim
	turn 2000
	run -1 portroll request appeal R-1 "it is no HTTP" --as robin
	[[ $output == *"L22"*"two months"* ]]
	portroll request tick -q
	[ "$(state_of R-1)" = rejected-final ]
}

@test "an early allocation that expired is marked first, and taken out later" {
	need_later
	manage 3
	write_request early.request Request=early "IETF Document=draft-ietf-tsvwg-example-01" \
		"Reference=[draft-ietf-tsvwg-example-01]" "Assignee=IESG <iesg@ietf.org>" \
		"Contact=IETF Chair <chair@ietf.org>"
	portroll request early -q early.request --evidence chairs-agree,director-agrees \
		--reference "mail of 2026-01-02" --as kim
	run -1 portroll request deprecate R-1 "nobody went on" --as kim
	run -0 later 367 request tick
	[[ $output == *"R-1 expired: "* ]]
	run -1 later 368 request deallocate R-1 "nobody went on" --as kim
	[[ $output == *"marked as deprecated first"* ]]
	run -0 later 368 request deprecate R-1 "nobody went on" --as kim
	[[ $output == *"R-1 deprecated: "* ]]
	run -0 portroll lookup example-foo
	run -0 later 400 request deallocate R-1 "nobody uses it" --as kim
	[[ $output == *"R-1 deallocated: "* ]]
	run -2 portroll lookup 2000/tcp
	run -0 portroll log --count 2
	[[ $output == *"R-1: its early allocation ended and is taken back, RFC 7120 section 3.3"* ]]
	[[ $output == *"R-1: its early allocation ended, RFC 7120"* ]]
	run -0 portroll request show R-1 --as kim
	[[ $output == *"  in the ledger: portroll log @"*"  deprecated: portroll log @"*"  taken out: portroll log @"* ]]
	portroll verify -q
}

@test "an early allocation that is there no more ends without a change" {
	need_later
	manage 3
	write_request early.request Request=early "IETF Document=draft-ietf-tsvwg-example-01" \
		"Reference=[draft-ietf-tsvwg-example-01]" "Assignee=IESG <iesg@ietf.org>" \
		"Contact=IETF Chair <chair@ietf.org>"
	portroll request early -q early.request --evidence chairs-agree,director-agrees \
		--reference "mail of 2026-01-02" --as kim
	portroll request deassign -q 'Service Name=example-foo' 'Port Number=2000' 'Transport Protocols=tcp' \
		'Reason=no longer needed' 'Not In Use=never was' \
		--evidence not-in-use,all-confirmed,assignee-agrees,expert-yes --reference 'mail' --as kim
	changes=$(portroll log | grep -c '^@')
	later 367 request tick -q
	run -0 later 368 request deprecate R-1 "nobody went on" --as kim
	[[ $output == "nothing of it was left in the registry"*"R-1 deprecated: "* ]]
	run -0 later 400 request deallocate R-1 "nobody uses it" --as kim
	[[ $output == *"R-1 deallocated: "* ]]
	[ "$(portroll log | grep -c '^@')" = "$changes" ]
}

@test "each word is in the completion and in the manual" {
	words=$(sed -n '/request_words\[\]/,/^};/p' "$root/src/keeper/verb_request.c" | grep -oE '(\{|SHORT\()"[a-z]+"' | grep -oE '[a-z]+' | sort -u)
	[ "$(wc -l <<<"$words")" -gt 40 ]
	for word in $words; do
		grep -qE "[ '\"]$word[ '\"]" "$build/completions/portroll" || echo "completion: $word"
		grep -qE "^\.It Cm .*\b$word\b" "$root/man/portroll-request.1" || echo "manual: $word"
	done >missing
	cat missing
	[ ! -s missing ]
}

@test "all that can be done is told, and what the registrar sets aside is checked again" {
	manage 3
	run -2 submit "Broadcast Use="
	[[ $output == *"R-1 need-info"*"next:"*"answer "*"also: "*"validate (registrar); "*"override (iesg or registrar)"*"withdraw (applicant)"* ]]
	run -0 portroll request override R-1 --rule Q07 "it is known" --as kim
	[[ $output == *"R-1 expert-review"*"next:"*"recommend "*"also: "*"opine (expert); recuse (expert); "* ]]
	run -0 portroll request show R-1 --as kim
	[[ $output == *"Q07 "*"set aside by kim: it is known"* ]]
	run -0 submit "Service Name=example-foo2" "Port Number=2001" "Transport Protocols=tcp, udp" "UDP Congestion=none" \
		"UDP Discovery Only=no" "Transport Differences=none" "State of Development=written"
	portroll request reply -q R-2 --rule Q25 "yes, both" --as ellis
	run -0 portroll request show R-2 --as kim
	[[ $output == *"Q25 "*"answered by ellis: yes, both"* ]]
	portroll request ask -q R-2 "which version?" --as kim
	run -0 portroll request reply R-2 --rule Q25 "in use since May" --as kim
	[[ $output == *"R-2 need-info"* ]]
}

@test "an edit that leaves something in the way ends with 2" {
	manage 3
	run -2 submit "Broadcast Use=" "Security="
	run -2 portroll request edit R-1 "Security=TLS" --as robin
	[[ $output == *"R-1 need-info"*"Q07"* ]]
	run -2 portroll request answer R-1 "it has none" --as robin
	run -0 portroll request edit R-1 "Broadcast Use=none" --as robin
	[[ $output == *"R-1 expert-review"* ]]
	run -1 portroll request show R-9
	[[ $output == *"there is no request R-9"* ]]
}

@test "a further transport needs what is new, and its own assignee confirms nothing" {
	manage 3
	submit "Assignee=Robin <robin@example.com>" "Contact=Robin <robin@example.com>"
	approve R-1
	portroll request implement -q R-1 --as kim
	further=(Request=transport "Transport Protocols=udp" "UDP Congestion=none" "UDP Discovery Only=no" Assignee= Contact=
		Description= Reference=)
	run -0 submit "${further[@]}"
	[[ $output == *"R-2 expert-review"* ]]
	run -0 portroll request show R-2 --as robin
	[[ $output == *"procedure: Expert Review; a further transport of a port, by its assignee"* ]]
	approve R-2
	run -0 portroll request implement R-2 --as kim
	[[ $output == *"assigns example-foo 2000/udp"* ]]
	run -0 portroll example-foo
	[[ $output == *"2000/udp"* ]]
	portroll check --all -q || [ $? -eq 2 ]
}

@test "mine are those that one made, and those that wait for one" {
	manage 3
	submit
	run -2 portroll request list --mine --as kim
	run -0 portroll request list --mine --as ellis
	run -0 portroll request list --mine --as robin
	run -0 portroll request preview asked.request
	[[ $output == *"accounts: "*"ellis (expert)"*"kim (registrar)"* ]]
	printf 'Mail: /bin/true\nFrom: registry@example.com\n' >roll/notify
	chmod 600 roll/notify
	portroll account add -q sam --mail sam@example.com --grant registrar
	run -0 portroll request recuse R-1 "I work there" --as ellis
	[[ $output == *"nobody is left who could review it"* ]]
	run -0 portroll request deliveries --json --as kim
	[[ $output == *sam@example.com* ]]
}

@test "a name that was changed is said to be one of before" {
	manage 3
	portroll request rename -q 'Service Name=svc-2' 'Proposed Service Name=svc-new' 'Reason=it is another' 'Impact=none' \
		--evidence all-confirmed,impact-accepted --reference mail --as kim
	run -2 portroll request submit Request=deassign 'Service Name=svc-2' 'Not In Use=measured' --as robin
	[[ $output == *"no assignment is called 'svc-2' any more: portroll log tells"* ]]
}

@test "a port that others are known to use is told so" {
	make_xml 2026-01-01 3 >plain.xml
	python3 - <<-'PYTHON'
		text = open("plain.xml").read()
		at = text.rindex("</record>") + len("</record>")
		known = """
		<record>
		  <protocol>tcp</protocol>
		  <number>1491</number>
		  <description>Unassigned</description>
		  <unauthorized>Unauthorized Use Known on port 1491</unauthorized>
		</record>"""
		open("known.xml", "w").write(text[:at] + known + text[at:])
	PYTHON
	portroll import -q known.xml
	write_request foo.request "Port Number=1491"
	run portroll request preview foo.request
	[[ $output == *"C02  warning"*"others use 1491/tcp: Unauthorized Use Known on port 1491"* ]]
	write_request foo.request "Port Number=1492"
	run portroll request preview foo.request
	[[ $output != *"others use"* ]]
}

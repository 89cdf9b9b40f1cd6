# SPDX-License-Identifier: MIT
# From a request to the registry: preview, submit, decide, implement.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# write_request FILE [FIELD=VALUE]...: a request for a User Port that nothing is wrong with; the fields
# take the place of its own.
write_request() {
	local file=$1 field
	shift
	declare -A fields=(
		[Request]=assign
		["Service Name"]=example-foo
		["Transport Protocols"]=tcp
		["Port Number"]=2000
		[Description]="Example of a protocol"
		[Assignee]="Example Person <person@example.com>"
		[Contact]="Example Person <person@example.com>"
		[Reference]="Clients send a line, the server answers with one."
		["Broadcast Use"]=none
		["Why Not Dynamic"]="clients find it by its number"
		["State of Development"]="in use over tcp"
		[Difference]="no other protocol does this"
		[Versioning]="in the first line"
		[Security]="TLS from the first byte"
	)
	for field; do fields[${field%%=*}]=${field#*=}; done
	for field in "${!fields[@]}"; do
		[ -z "${fields[$field]}" ] || printf '%s: %s\n' "$field" "${fields[$field]}"
	done >"$file"
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
	[ "$output" = "[]" ]
}

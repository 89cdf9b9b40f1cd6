# SPDX-License-Identifier: MIT
# Requests that nobody means well with, and people who may not.
load helper
load registry
load desk

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	manage 3
}

@test "a document that could not be read again is refused, and the others go on" {
	submit
	python3 -c 'print("{\"service_name\": \"x\", \"difference\": \"a" + 110000 * "\\n" + "b\"}")' >lines.json
	run -1 portroll request submit lines.json
	[[ $output == *"R-2: the document is too long: its fields have at most 262144 bytes together" ]]
	printf 'Impact: %0262135d\n' 0 >full.request
	run -1 portroll request submit full.request
	[[ $output == *"the document is too long"* ]]
	run -0 portroll request list
	[[ $output == *"R-1"* && $output != *"R-2"* ]]
}

@test "who asks for it does not review it" {
	portroll account add -q dale --grant registrar,expert
	write_request own.request
	portroll request submit -q own.request --as dale
	run -1 portroll request recommend R-1 "mine is good" --as dale
	[[ $output == *"only expert may recommend"*"; dale asks for it, and reviews nothing of their own" ]]
	portroll request recommend -q R-1 "no other does this" --as ellis
	portroll request approve -q R-1 --as dale
}

@test "a code that was guessed at is void, and not handed out again" {
	write_request sold.request Request=succession "Service Name=svc-0" "Port Number=1024" \
		"Assignee=New Owner <new@example.com>" "Contact=New Owner <new@example.com>" \
		"Reason=sold" "Evidence=the product was bought"
	portroll request submit -q sold.request --as robin
	local code guess
	code=$(portroll request codes R-1 --as kim | sed -n '1s/ .*//p')
	for guess in 1 2 3 4 5; do
		run -1 portroll request confirm yes --code "${code%.*}.ABCDEFGHIJKLMNOPQRSTUVWXY2"
	done
	run -1 portroll request confirm yes --code "$code"
	[[ $output == *"void after five wrong ones"* ]]
	run -0 portroll request codes R-1 --as kim
	[[ $output != *"$code"* ]]
	portroll request validate -q R-1 --as kim
	code=$(portroll request codes R-1 --as kim | sed -n 's/  Example Person, assignee//p')
	run -0 portroll request confirm yes --code "$code"
	run -1 portroll request confirm no --code "$code"
	[[ $output == *"used already"* ]]
}

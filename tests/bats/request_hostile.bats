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

@test "a request of a kind that there is not is told of like all others" {
	printf 'Mail: /bin/true\nFrom: registry@example.com\n\nWebhook: w\nURL: http://127.0.0.1:1/\nSecret: 0123456789abcdef\n' >roll/notify
	chmod 600 roll/notify
	run -2 submit Request=appeal
	[[ $output == *"R-1 need-info"*"the kind of the request is not known"* ]]
	run -0 portroll request deliveries --json --as kim
	[[ $output == *robin@example.com* ]]
}

@test "what is wrong in the file notify is told with its place" {
	printf 'Mail: nonsense\nFrom: registry@example.com\n' >roll/notify
	chmod 600 roll/notify
	run -0 portroll request tick
	[[ $output == *"nobody was told yet: "*"/notify:1: mail: expected sendmail"* ]]
}

@test "the clock does not say that something is published before it is" {
	submit
	approve R-1
	cp roll/snapshot before
	portroll request implement -q R-1 --as kim
	# As it is when the program is killed between the commit and what follows.
	cp before roll/snapshot
	python3 - <<-'PYTHON'
		import json, sqlite3
		store = sqlite3.connect("roll/ledger.db")
		query = "SELECT body FROM papers WHERE kind = 'request' AND id = 'R-1'"
		body = store.execute(query).fetchone()[0]
		case = json.loads(body)
		assert case["events"].pop()["kind"] == "publish"
		text = json.dumps(case, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
		text = text.encode() if isinstance(body, bytes) else text
		store.execute("UPDATE papers SET body = ?, version = version + 1 WHERE kind = 'request' AND id = 'R-1'", (text,))
		store.commit()
	PYTHON
	run -1 portroll verify -q
	run -0 portroll request tick
	[[ $output == *"R-1 published"* ]]
	run -0 portroll lookup 2000/tcp
	[[ $output == *example-foo* ]]
	portroll verify -q
}

@test "who comes second does not get the port on another transport first" {
	submit
	submit "Service Name=other-one" "Transport Protocols=udp" Description=another \
		"State of Development=in use over udp"
	portroll request recommend -q R-2 fine --as ellis
	run -1 portroll request approve R-2 --as kim
	[[ $output == *"Q24: R-1 wants the same and came first"* ]]
}

@test "a registry is not named as another but for case" {
	printf 'Policy: IANA\nTitle: x\n\nPool: w\nRange: 40000-40010\nOwner: kim\n' >look.policy
	run -1 portroll source add IANA --above iana --policy look.policy
	[[ $output == *"there is a source iana, which differs by its case alone"* ]]
}

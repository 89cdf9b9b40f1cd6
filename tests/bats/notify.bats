# SPDX-License-Identifier: MIT
# Who is told of the steps of a request: mail and webhooks, to servers on the loopback.
load helper
load inbox
load registry
load desk

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	make_xml 2026-01-01 3 >a.xml
	portroll import -q a.xml
	portroll source manage -q iana
	portroll account add -q root --admin --login "$(id -un)"
	portroll account add -q registrar --grant registrar --mail registrar@example.com
	portroll account add -q applicant --mail applicant@example.com
	start_inbox
}

teardown() {
	stop_inbox
}

# Both, to the servers of the test.
set_notify() {
	(
		umask 077
		cat >"$PORTROLL_DIR/notify" <<-EOF
			Mail: smtp://127.0.0.1:$smtp
			From: ports@example.com
			Link: https://ports.example.com

			Webhook: log
			URL: http://127.0.0.1:$http/hook
			Secret: 0123456789abcdef
		EOF
	)
}

# A request for a name, which nothing is wrong with, as somebody.
submit_name() {
	portroll request submit --as "$1" 'Service Name=example-foo' 'Transport Protocols=tcp' \
		'Description=Example of a protocol' 'Assignee=Example Person <person@example.com>' \
		'Contact=Example Person <person@example.com>' \
		'Reference=Clients send a line, the server answers with one.' 'Broadcast Use=none' \
		'Defined TXT Keys=None' 'Versioning=in the first line' 'Security=TLS from the first byte' \
		'Difference=no other protocol does this' 'State of Development=in use over tcp'
}

# The text of a mail, without its headers.
mail_text() {
	python3 - "$1" <<-'EOF'
		import email, email.policy, sys
		content = open(sys.argv[1], "rb").read().split(b"\r\n\r\n", 1)[1]
		message = email.message_from_bytes(content, policy=email.policy.default)
		print(message["To"], message["Subject"], message.get_content(), sep="\n")
	EOF
}

deliveries() {
	portroll request deliveries --json | sed -nE 's/^ *"(way|to|request|event|state)": "(.*)",$/\2/p' | paste -sd' \n' - |
		sed 'N;N;N;N;s/\n/ /g'
}

@test "nobody is told anything where nothing says so" {
	submit_name applicant
	[ -z "$(ls inbox)" ]
	run -2 portroll request deliveries
}

@test "an applicant is told, and a webhook, signed with its secret" {
	set_notify
	submit_name applicant
	portroll request approve R-1 --as registrar
	run mail_text "$(grep -l applicant@ inbox/mail.* | tail -1)"
	[ "${lines[0]}" = applicant@example.com ]
	[ "${lines[1]}" = "R-1: approved" ]
	[[ $output == *"https://ports.example.com/requests/R-1"* ]]
	python3 - inbox/hook.* <<-'EOF'
		import email, hashlib, hmac, json, sys
		ids, events = set(), []
		for path in sys.argv[1:]:
		    message = email.message_from_binary_file(open(path, "rb"))
		    body = message.get_payload().encode()
		    time, signature = message["Portroll-Signature"].strip().split(",")
		    expected = hmac.new(b"0123456789abcdef", time[2:].encode() + b"." + body, hashlib.sha256)
		    assert signature == "sha256=" + expected.hexdigest(), path
		    ids.add(message["Idempotency-Key"])
		    events.append(json.loads(body)["event"])
		assert len(ids) == len(sys.argv) - 1 and "approve" in events, events
	EOF
}

@test "nothing is lost while the far side is down" {
	set_notify
	touch inbox/down
	run --separate-stderr -0 submit_name applicant
	[[ $stderr == *"could not be told yet; portroll request deliveries says why"* ]]
	[ "$(portroll request list --json | grep -c '"R-1"')" = 1 ]
	[[ $(portroll request deliveries) == *waiting*"status 503"* ]]
	rm inbox/down
	local id
	id=$(portroll request deliveries | awk '/log/ { print $1; exit }')
	portroll request deliveries again "$id"
	[ "$(grep -l "Idempotency-Key: $id" inbox/hook.* | wc -l)" = 1 ]
	[[ $(portroll request deliveries) == *sent* ]]
}

@test "deliveries are for registrars and administrators" {
	set_notify
	submit_name applicant
	run -1 portroll request deliveries --as applicant
	[[ $output == *"for registrars and administrators"* ]]
	run -0 portroll request deliveries --as registrar
	run -1 portroll request deliveries again 0000
	[[ $output == *"there is no delivery '0000'"* ]]
}

@test "a file that others can read, or that says nothing, stops the step" {
	set_notify
	chmod 644 "$PORTROLL_DIR/notify"
	run -1 submit_name applicant
	[[ $output == *notify* ]]
	chmod 600 "$PORTROLL_DIR/notify"
	printf 'Male: sendmail\n' >"$PORTROLL_DIR/notify"
	run -1 submit_name applicant
	[[ $output == *"notify:1"*"no setting 'Male'"* ]]
	run -2 portroll request list
}

@test "mail goes through a program as sendmail" {
	set_notify
	printf '#!/bin/sh\necho "$@" >%s/arguments\ncat >%s/message\n' "$PWD" "$PWD" >mailer
	chmod +x mailer
	sed -i "s|^Mail:.*|Mail: $PWD/mailer|" "$PORTROLL_DIR/notify"
	submit_name applicant
	[ "$(cat arguments)" = "-i -f ports@example.com -- registrar@example.com" ] ||
		[ "$(cat arguments)" = "-i -f ports@example.com -- applicant@example.com" ]
	grep -q '^Message-ID: <[0-9a-f]*@example.com>$' message
}

@test "what goes into the registry is told with the change that has it" {
	set_notify
	submit_name applicant
	portroll request approve -q R-1 --as registrar
	portroll request implement -q R-1 --as registrar
	run -0 deliveries
	[[ $output == *"mail applicant@example.com R-1 implement sent"* ]]
	[[ $output == *"webhook log R-1 implement sent"* && $output == *"webhook log R-1 publish sent"* ]]
}

@test "what people wrote can be erased when the request has ended, and every proof holds" {
	set_notify
	submit_name applicant
	portroll request approve -q R-1 --as registrar
	run -1 portroll request erase R-1 --yes
	[[ $output == *"only what has ended can be erased"* ]]
	portroll request implement -q R-1 --as registrar
	run -1 portroll request erase R-1 --yes --as registrar
	[[ $output == *administrator* ]]
	run -2 portroll request erase R-1 </dev/null
	grep -q applicant@example.com "$PORTROLL_DIR/ledger.db"
	portroll request erase R-1 --yes
	run -1 portroll request show R-1
	[ "$output" = "portroll: R-1 was erased on $(date -u +%F) by root; it was published, and what it changed is there: portroll log @3" ]
	run -1 portroll request dossier R-1
	[[ $output == *"R-1 was erased on"* ]]
	run -1 portroll request erase R-1 --yes
	[[ $output == *"R-1 was erased on"* ]]
	run -1 portroll request show R-2
	[[ $output == *"there is no request R-2"* ]]
	run -2 portroll request deliveries
	run ! grep -q "Clients send a line, the server answers with one" "$PORTROLL_DIR/ledger.db"
	portroll verify -q
	portroll request submit 'Service Name=example-bar' 'Transport Protocols=tcp' || true
	[ "$(portroll request list --json | grep -c '"R-2"')" = 1 ]
}

@test "what was sent is forgotten after a month" {
	need_later
	set_notify
	submit_name applicant
	run -0 portroll request deliveries
	run -0 later 29 request tick -q
	run -0 portroll request deliveries
	[[ $output == *sent* ]]
	later 32 request tick -q || true
	run portroll request deliveries
	[[ $output != *"submit "* ]]
}

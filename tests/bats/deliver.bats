# SPDX-License-Identifier: MIT
# What portroll-fetch sends for the keeper: mail and webhooks, to servers on the loopback.
load helper
load inbox

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	start_inbox
}

teardown() {
	stop_inbox
}

# The job on the standard input.
deliver() {
	"$PORTROLL_LIBEXEC/portroll-fetch" deliver
}

@test "a POST arrives with its headers and its body" {
	printf 'url http://127.0.0.1:%s/hook\ntimeout 10\nheader Idempotency-Key: 17\n\n{"a":1}' "$http" | deliver
	run cat inbox/hook.1
	[[ $output == *"Idempotency-Key: 17"* ]]
	[[ $output == *'{"a":1}' ]]
}

@test "a mail arrives in lines as SMTP has them, one of a lone dot too" {
	printf 'url smtp://127.0.0.1:%s\ntimeout 10\nfrom a@example.com\nto b@example.com\n\nSubject: x\n\none\n.\ntwo\n' \
		"$smtp" | deliver
	printf 'MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\n\r\nSubject: x\r\n\r\none\r\n.\r\ntwo\r\n' >expected
	sed -i 's/ SIZE=[0-9]*//' inbox/mail.1
	cmp inbox/mail.1 expected
}

@test "what is refused is told, without the address's path or a secret" {
	touch inbox/down
	run -1 deliver < <(printf 'url http://me:topsecret@127.0.0.1:%s/path\ntimeout 10\n\nx' "$http")
	[ "$output" = "portroll: 127.0.0.1: answered with status 503" ]
	run -1 deliver < <(printf 'url smtp://127.0.0.1:%s\ntimeout 10\nuser me\npassword topsecret\nfrom a@example.com\nto b@example.com\n\nx' "$smtp")
	[[ $output == "portroll: 127.0.0.1: "* ]]
	[[ $output != *topsecret* ]]
	[ -z "$(ls inbox/mail.* inbox/hook.* 2>/dev/null)" ]
}

@test "a redirect is not followed" {
	run -1 deliver < <(printf 'url http://127.0.0.1:%s/elsewhere\ntimeout 10\n\nx' "$http")
	[ "$output" = "portroll: 127.0.0.1: answered with status 302" ]
}

@test "nothing leaves this machine without encryption" {
	run -1 deliver < <(printf 'url http://example.com/\ntimeout 10\n\nx')
	[ "$output" = "portroll: expected an address that is https, smtp or smtps" ]
	run -1 deliver < <(printf 'url file:///etc/passwd\ntimeout 10\n\nx')
	[ "$output" = "portroll: expected an address that is https, smtp or smtps" ]
}

@test "a job of no sense is refused" {
	local job
	for job in '' 'url' 'timeout 10\n\nx' 'url https://example.com\n\nx' 'url https://example.com\ntimeout 0\n\nx' \
		'url https://example.com\ntimeout 10\ncolour red\n\nx'; do
		run -1 deliver < <(printf "$job")
		[ "$output" = "portroll: the message to be sent has no sense" ]
	done
}

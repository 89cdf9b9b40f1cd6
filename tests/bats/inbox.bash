# SPDX-License-Identifier: MIT
# A mail server and a webhook on the loopback for a test: what comes lies in the folder inbox of the
# present folder (tests/probes/inbox.py); $smtp and $http are their ports.

start_inbox() {
	mkdir inbox
	exec {server}< <(exec python3 "$BATS_TEST_DIRNAME/../probes/inbox.py" inbox)
	server_process=$!
	# shellcheck disable=SC2034 # of whoever loads this
	read -r smtp http <&"$server"
}

stop_inbox() {
	kill "$server_process"
	exec {server}<&-
}

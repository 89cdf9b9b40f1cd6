#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The server as it is run: its address, its signals, and raw requests on a socket.
load helper

setup_file() {
	cat >"$BATS_FILE_TMPDIR/registry.csv" <<'END'
Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes
http,80,tcp,World Wide Web HTTP,[IESG],[IETF_Chair],,2021-10-01,[RFC9110],,,
http,80,udp,World Wide Web HTTP,[IESG],[IETF_Chair],,2021-10-01,[RFC9110],,,
914c/g,211,tcp,Texas Instruments 914C/G Terminal,,,,,,,,
<x>,666,tcp,<script>alert(1)</script>,,,,,,,,
mysql,3306,tcp,MySQL,[Monty],[Monty],,,,,,
END
	export PORTROLL_DIR=$BATS_FILE_TMPDIR/roll
	"$build/src/keeper/portroll-keeper" import --source iana --dated 2026-02-13 --quiet \
		"$BATS_FILE_TMPDIR/registry.csv"
	start "$BATS_FILE_TMPDIR/serve" --listen 127.0.0.1:0
	export url pid
	echo "$url" >"$BATS_FILE_TMPDIR/url"
	echo "$pid" >"$BATS_FILE_TMPDIR/pid"
}

teardown_file() {
	kill -TERM "$(cat "$BATS_FILE_TMPDIR/pid")"
}

setup() {
	PORTROLL_DIR=$BATS_FILE_TMPDIR/roll
	url=$(cat "$BATS_FILE_TMPDIR/url")
	port=${url##*:}
	port=${port%/}
}

# start LOG OPTION...: a server in the background; its address in $url, its number in $pid. The line
# with the address ends the wait.
start() {
	local log=$1 line
	shift
	rm -f "$log.fifo"
	mkfifo "$log.fifo"
	# The descriptor stays open for both ways, so that the server never writes to a closed pipe.
	exec 8<>"$log.fifo"
	"$(program portroll-serve)" "$@" 2>"$log.fifo" 3>&- 4>&- 8>&- &
	pid=$!
	read -r -t 20 line <&8
	url=${line##* }
}

# raw TEXT: sends the bytes of a printf format, prints the answer until the connection ends.
raw() {
	python3 - "$port" "$1" <<'END'
import socket
import sys

text = sys.argv[2].encode("latin-1").decode("unicode_escape").encode("latin-1")
with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=25) as connection:
    connection.sendall(text)
    answer = b""
    try:
        while piece := connection.recv(65536):
            answer += piece
    except ConnectionResetError:
        pass
sys.stdout.buffer.write(answer)
END
}

# refused STATUS TEXT: that status, and then the connection ends.
refused() {
	run --keep-empty-lines raw "$2"
	[[ $output == "HTTP/1.1 $1 "* ]] || { echo "$2 -> $output"; return 1; }
}

@test "the address is said, and pages are there" {
	[[ $url == http://127.0.0.1:*/ ]]
	run curl -s "${url}ports/3306"
	[[ $output == *"3306/tcp"*Assigned*MySQL* ]]
	[[ $output == *"copy of <time>2026-02-13</time>"* ]]
}

@test "a name with a slash has a page" {
	run curl -s "${url}names/914c%2Fg"
	[[ $output == *"Texas Instruments"* ]]
}

@test "markup in a record is shown, not obeyed" {
	run curl -s "${url}ports/666"
	[[ $output == *"&lt;script&gt;"* ]]
	[[ $output != *"<script"* ]]
}

@test "HEAD has the header of GET and no body" {
	curl -sI "${url}ports/80" | grep -v '^Date' >"$BATS_TEST_TMPDIR/head"
	curl -si "${url}ports/80" | sed '/^\r$/q' | grep -v '^Date' >"$BATS_TEST_TMPDIR/get"
	diff "$BATS_TEST_TMPDIR/head" "$BATS_TEST_TMPDIR/get"
	grep -q '^Content-Length: [1-9]' "$BATS_TEST_TMPDIR/head"
}

@test "an unchanged page is not sent again" {
	tag=$(curl -sI "${url}about" | tr -d '\r' | sed -n 's/^ETag: //p')
	run curl -s -o /dev/null -w '%{http_code} %{size_download}' -H "If-None-Match: $tag" "${url}about"
	[ "$output" = "304 0" ]
}

@test "the CSV comes back to the byte, also compressed" {
	curl -s "${url}registry.csv" | tr -d '\r' | diff - "$BATS_FILE_TMPDIR/registry.csv"
	curl -s --compressed "${url}registry.csv" | tr -d '\r' | diff - "$BATS_FILE_TMPDIR/registry.csv"
}

@test "every download is what portroll-keeper reads again" {
	for form in xml csv json ndjson; do
		curl -s "${url}registry.$form" >"$BATS_TEST_TMPDIR/registry.$form"
		"$build/src/keeper/portroll-keeper" convert "$BATS_TEST_TMPDIR/registry.$form" \
			--to csv -q -o "$BATS_TEST_TMPDIR/back.csv"
		tr -d '\r' <"$BATS_TEST_TMPDIR/back.csv" | diff - "$BATS_FILE_TMPDIR/registry.csv"
	done
}

@test "the JSON of a page is JSON" {
	for page in index about ports/80 ports/80/tcp ports/80-90 names/http people/IESG; do
		curl -s "$url$page.json" | python3 -m json.tool >/dev/null
	done
	curl -s "${url}search.json?q=http&how=words" | python3 -m json.tool >/dev/null
	run curl -s -H 'Accept: application/json' -w ' %{content_type}' "${url}ports/70000"
	[[ $output == *"application/problem+json" ]]
}

# same PAGE VERB...: the JSON of a page holds what the command says, in any order.
same() {
	local page=$1
	shift
	curl -s "$url$page" >"$BATS_TEST_TMPDIR/web.json"
	portroll "$@" --json >"$BATS_TEST_TMPDIR/command.json" || true
	python3 - "$BATS_TEST_TMPDIR/web.json" "$BATS_TEST_TMPDIR/command.json" <<'END'
import json
import sys

web, command = (json.load(open(path)) for path in sys.argv[1:])
for key, value in command.items():
    if key in ("answers", "records"):
        value.sort(key=json.dumps)
        web[key].sort(key=json.dumps)
    assert web[key] == value, (key, web[key], value)
END
}

@test "the JSON of a page is that of the command" {
	same ports/80.json lookup 80
	same ports/80/tcp.json lookup 80/tcp
	same ports/80/sctp.json lookup 80/sctp
	same ports/210-212.json lookup 210-212
	same names/http.json lookup http
	same names/914c%2Fg.json lookup 914c/g
	same people/Monty.json person Monty
	same "search.json?q=http&how=words" search http
}

# bats test_tags=hostile
@test "what HTTP forbids is refused, and the connection ends" {
	host='Host: localhost\r\n'
	refused 400 "GET / HTTP/1.1\r\n\r\n"
	refused 400 "GET / HTTP/1.1\r\n${host}Host: other\r\n\r\n"
	refused 400 "POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
	refused 400 "POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde"
	refused 400 "POST / HTTP/1.1\r\n${host}Content-Length: +5\r\n\r\nabcde"
	refused 400 "POST / HTTP/1.1\r\n${host}Content-Length: 5abc\r\n\r\nabcde"
	refused 413 "POST / HTTP/1.1\r\n${host}Content-Length: 10000000000000000000000\r\n\r\n"
	refused 413 "POST / HTTP/1.1\r\n${host}Content-Length: 65537\r\n\r\n"
	refused 501 "POST / HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n"
	refused 501 "POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked, identity\r\n\r\n"
	refused 400 "GET / HTTP/1.1\r\n${host}Foo : x\r\n\r\n"
	refused 400 "GET /a%00b HTTP/1.1\r\n${host}\r\n"
	refused 400 "GET /%2e%2e%2fabout HTTP/1.1\r\n${host}Connection: close\r\n\r\n"
	refused 400 "GET /ports/../about HTTP/1.1\r\n${host}\r\n"
	refused 400 "GET /%zz HTTP/1.1\r\n${host}\r\n"
	refused 400 "GET http://example.com/about HTTP/1.1\r\n${host}\r\n"
	refused 501 "TRACE / HTTP/1.1\r\n${host}\r\n"
	refused 400 "FOO<> / HTTP/1.1\r\n${host}\r\n"
	refused 400 "GET /search?q=a&q=b HTTP/1.1\r\n${host}\r\n"
	refused 505 "GET / HTTP/2.0\r\n${host}\r\n"
	refused 405 "POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nConnection: close\r\n\r\nabcde"
	refused 400 "GET / HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nabcde"
}

# bats test_tags=hostile
@test "what is too long is refused" {
	long=$(head -c 20000 /dev/zero | tr '\0' a)
	refused 414 "GET /$long HTTP/1.1\r\nHost: localhost\r\n\r\n"
	refused 431 "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: $long\r\n\r\n"
	many=$(for i in $(seq 500); do printf 'X-%d: x\\r\\n' "$i"; done)
	refused 431 "GET / HTTP/1.1\r\nHost: localhost\r\n$many\r\n"
	# Beyond what the library keeps at all.
	long=$long$long$long$long$long
	refused 414 "GET /$long HTTP/1.1\r\nHost: localhost\r\n\r\n"
}

# bats test_tags=hostile
@test "refusals have the security headers too" {
	for request in "GET / HTTP/1.1\r\n\r\n" "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n" \
		"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"; do
		run raw "$request"
		[[ $output == *"Content-Security-Policy: default-src 'none'"* ]]
		[[ $output == *"X-Content-Type-Options: nosniff"* ]]
	done
}

@test "bare line feeds, folded lines and HTTP/1.0 are served" {
	run raw "GET /robots.txt HTTP/1.1\nHost: localhost\nConnection: close\n\n"
	[[ $output == "HTTP/1.1 200 "* ]]
	run raw "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nX-Fold: a\r\n b\r\nConnection: close\r\n\r\n"
	[[ $output == "HTTP/1.1 200 "* ]]
	run raw "GET /robots.txt HTTP/1.0\r\n\r\n"
	[[ $output == "HTTP/1."?" 200 "* ]]
}

@test "without a roll there is an error that says what to do" {
	run --separate-stderr env PORTROLL_DIR="$BATS_TEST_TMPDIR/none" "$(program portroll-serve)" --listen 127.0.0.1:0
	[ "$status" = 1 ]
	[[ $stderr == *"no roll"*"portroll import"* ]]
}

@test "a taken port is named, and no other is taken" {
	run --separate-stderr timeout 20 "$(program portroll-serve)" --listen "127.0.0.1:$port"
	[ "$status" = 1 ]
	[[ $stderr == *"port $port is taken"* ]]
	[[ $stderr != *"serving"* ]]
}

@test "an address that is none is refused" {
	run --separate-stderr timeout 20 "$(program portroll-serve)" --listen 127.0.0.1:x
	[ "$status" = 1 ]
	[[ $stderr == *"ADDRESS:PORT"* ]]
}

# bats test_tags=hostile
@test "a damaged snapshot is not served" {
	cp "$PORTROLL_DIR/snapshot" "$BATS_TEST_TMPDIR/snapshot"
	truncate -s -100 "$BATS_TEST_TMPDIR/snapshot"
	run --separate-stderr timeout 20 "$(program portroll-serve)" --listen 127.0.0.1:0 \
		--snapshot "$BATS_TEST_TMPDIR/snapshot"
	[ "$status" = 1 ]
	[ -n "$stderr" ]
}

@test "SIGTERM and SIGINT end it cleanly" {
	for signal in TERM INT; do
		start "$BATS_TEST_TMPDIR/serve" --listen 127.0.0.1:0
		curl -s -o /dev/null "$url"
		kill -$signal "$pid"
		wait "$pid"
	done
}

@test "a roll that is copied over in place, or cut, does not end the server" {
	cd "$BATS_TEST_TMPDIR"
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/roll
	portroll import --quiet --dated 2026-02-13 "$BATS_FILE_TMPDIR/registry.csv"
	cp "$PORTROLL_DIR/snapshot" whole
	start "$BATS_TEST_TMPDIR/serve" --listen 127.0.0.1:0
	: >"$PORTROLL_DIR/snapshot"
	for page in ports/3306 search?q=mysql registry.csv people/Monty; do
		curl -sf "$url$page" | grep -q -i mysql
	done
	cat whole >"$PORTROLL_DIR/snapshot"
	curl -sf "${url}ports/3306" | grep -q MySQL
	kill -TERM "$pid"
	wait "$pid"
}

@test "a search of too many words is refused" {
	run curl -s -w "%{http_code}" "${url}search?q=$(printf 'a+%.0s' {1..33})"
	[[ $output == *"at most 32 words"*400 ]]
}

@test "a client is served while another is slow" {
	exec 7<>"/dev/tcp/127.0.0.1/$port"
	printf 'GET / HTTP/1.1\r\nHost: local' >&7
	run curl -s -m 5 -o /dev/null -w '%{http_code}' "$url"
	exec 7>&-
	[ "$output" = 200 ]
}

# SPDX-License-Identifier: MIT
# update against a server on the loopback. What the registry of the test holds stands in
# registry.bash.
load helper
load registry

setup() {
	unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
	make_xml 2026-01-01 200 >"$BATS_TEST_TMPDIR/registry.xml"
	log=$BATS_TEST_TMPDIR/requests
	exec {server}< <(exec python3 "$BATS_TEST_DIRNAME/http_server.py" \
		"$BATS_TEST_TMPDIR/registry.xml" "$log")
	server_process=$!
	read -r port <&"$server"
	url=http://127.0.0.1:$port
}

teardown() {
	kill "$server_process"
	exec {server}<&-
}

update() {
	portroll update --url "$url/$1" "${@:2}"
}

@test "a file that is fetched becomes the source, with its address and tag" {
	run --separate-stderr update registry.xml
	[ "$status" = 0 ]
	[ "$output" = "$url/registry.xml: 200 records of 2026-01-01 (xml) into source iana: 200 added" ]
	[ -z "$stderr" ]
	run portroll source list --json
	[[ $output == *"\"origin\": \"$url/registry.xml\""* ]]
	[[ $output == *'"etag": "\"of-the-test\""'* ]]
}

@test "the second time the server is asked for a newer one only" {
	update registry.xml -q
	before=$(sha256sum "$PORTROLL_DIR/snapshot")
	run --separate-stderr update registry.xml
	[ "$status" = 0 ]
	[ "$output" = "the roll has the newest copy already" ]
	[ "$(sha256sum "$PORTROLL_DIR/snapshot")" = "$before" ]
	[ "$(tail -1 "$log")" = 'GET /registry.xml HTTP/1.1 "of-the-test"' ]
}

@test "a list of names that is fetched does not become the source iana" {
	run --separate-stderr update names
	[ "$status" = 0 ]
	[ "$output" = "$url/names: 1 record (services) into source services: 1 added" ]
}

@test "a tag is not sent for a copy from elsewhere" {
	portroll import -q "$BATS_TEST_TMPDIR/registry.xml"
	update registry.xml -q
	[ "$(tail -1 "$log")" = 'GET /registry.xml HTTP/1.1 -' ]
}

# What goes wrong: the path, a part of the message, further options.
refused() {
	update registry.xml -q
	before=$(sums "$PORTROLL_DIR")
	run --separate-stderr update "$@"
	[ "$status" = 1 ]
	[ -z "$output" ]
	[ "$(sums "$PORTROLL_DIR")" = "$before" ]
}

@test "a server that is not reached: it says how to do without a network" {
	run -1 portroll update --url http://127.0.0.1:1/ports.xml
	[[ $output == "portroll: http://127.0.0.1:1/ports.xml: "*"; without a network here, fetch the file elsewhere, then: portroll import FILE" ]]
}

@test "a file that is not there is told with the server's status" {
	refused missing
	[ "$stderr" = "portroll: $url/missing: the server answered with status 404" ]
}

@test "a connection that breaks in the middle changes nothing" {
	refused cut
	[ "$stderr" = "portroll: $url/cut: ended before the end of the file" ]
}

@test "half a file that claims to be whole changes nothing" {
	refused half
	[[ $stderr == "portroll: $url/half:"* ]]
}

@test "a file without end is given up at the limit" {
	refused huge
	[ "$stderr" = "portroll: $url/huge: is larger than 64 MiB" ]
}

@test "a file that announces too much is not read" {
	refused promises-too-much
	[ "$stderr" = "portroll: $url/promises-too-much: is larger than 64 MiB" ]
}

@test "a server that says nothing is given up when the time is over" {
	refused silent --timeout 1
	[ "$stderr" = "portroll: $url/silent: did not arrive within 1 seconds" ]
}

@test "a redirect to http is not followed" {
	refused to-http
	[ "$stderr" = "portroll: $url/to-http: leads to an address without https" ]
}

@test "a redirect to a file of this machine is not followed" {
	refused to-file
	[ "$stderr" = "portroll: $url/to-file: leads to an address without https" ]
}

@test "http to another machine, other schemes and nonsense are refused" {
	for wrong in http://example.com/x http://127.0.0.1.example.com/x ftp://127.0.0.1/x \
		file:///etc/services https:// registry.xml ''; do
		run --separate-stderr portroll update --url "$wrong"
		[ "$status" = 1 ]
		[ "$stderr" = "portroll: '$wrong' is no https address" ]
	done
}

@test "the user part of an address is neither shown nor kept" {
	secret=http://me:secret@127.0.0.1:$port
	run portroll update --url "$secret/missing"
	[[ $output != *secret* ]]
	[[ $output == *"$url/missing"* ]]
	run portroll update --url "$secret/registry.xml"
	[ "$status" = 0 ]
	[[ $output != *secret* ]]
	run grep -c secret "$PORTROLL_DIR/snapshot"
	[ "$output" = 0 ]
	run portroll update --url ftp://me:secret@example.com/
	[ "$output" = "portroll: 'ftp://example.com/' is no https address" ]
}

@test "a certificate that nobody vouches for is refused" {
	command -v openssl >/dev/null || skip "openssl is not installed"
	openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 1 \
		-keyout "$BATS_TEST_TMPDIR/key" -out "$BATS_TEST_TMPDIR/certificate" 2>/dev/null
	exec {tls}< <(exec python3 - "$BATS_TEST_TMPDIR" 2>/dev/null <<-'END'
		import http.server, ssl, sys
		server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
		context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
		context.load_cert_chain(sys.argv[1] + "/certificate", sys.argv[1] + "/key")
		server.socket = context.wrap_socket(server.socket, server_side=True)
		print(server.server_address[1], flush=True)
		server.serve_forever()
	END
	)
	tls_process=$!
	read -r tls_port <&"$tls"
	run portroll update --url "https://localhost:$tls_port/"
	kill "$tls_process"
	[ "$status" = 1 ]
	[[ $output == "portroll: https://localhost:$tls_port/: "*"certificate"* ]]
	[ ! -e "$PORTROLL_DIR/snapshot" ]
}

@test "a copy that looks cut needs --force here too" {
	make_xml 2026-02-01 250 >"$BATS_TEST_TMPDIR/larger.xml"
	portroll import -q "$BATS_TEST_TMPDIR/larger.xml"
	run update registry.xml
	[ "$status" = 1 ]
	[[ $output == *"200 records where source iana has 250"* ]]
	run update registry.xml --force
	[ "$status" = 0 ]
}

@test "a services file that was published is renewed" {
	make_xml 2025-12-01 198 >"$BATS_TEST_TMPDIR/older.xml"
	portroll import -q "$BATS_TEST_TMPDIR/older.xml"
	portroll publish -q
	run ! grep -q '^svc-199 ' "$PORTROLL_DIR/services"
	update registry.xml
	grep -q '^svc-199 ' "$PORTROLL_DIR/services"
}

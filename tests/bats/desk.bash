# SPDX-License-Identifier: MIT
# A registry that is managed, people who decide, and requests, for tests of the procedure.

# write_request FILE [FIELD=VALUE]...: a request for a User Port that nothing is wrong with; the fields
# take the place of its own, an empty one takes it away.
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

# manage COUNT: a registry of COUNT services from port 1024, managed by RFC 6335; whoever runs the tests
# is the administrator, the others act by --as.
manage() {
	make_xml 2026-01-01 "$1" >registry.xml
	portroll import -q registry.xml
	portroll account add -q root --admin --login "$(id -un)"
	portroll source manage -q iana
	portroll account add -q kim --grant registrar
	portroll account add -q ellis --grant expert
	portroll account add -q sasha --grant iesg
	portroll account add -q robin --mail robin@example.com
}

# submit [FIELD=VALUE]...: a request by robin, who is nobody else.
submit() {
	write_request asked.request "$@"
	portroll request submit asked.request --as robin
}

# approve R: an expert recommends it, the registrar approves.
approve() {
	portroll request recommend -q "$1" "no other service does this" --as ellis
	portroll request approve -q "$1" --as kim
}

state_of() {
	portroll request show --json "$1" --as kim | sed -n 's/^  "state": "\(.*\)",$/\1/p'
}

# turn YEAR: everything in the cases of the roll happened in that year, a leap year, instead of this one.
turn() {
	python3 - "$PORTROLL_DIR/ledger.db" "$1" <<-'PROGRAM'
		import datetime, sqlite3, sys
		now, then = datetime.datetime.now(datetime.timezone.utc).year, int(sys.argv[2])
		store = sqlite3.connect(sys.argv[1])
		for id, body in store.execute("SELECT id, body FROM papers WHERE kind = 'request'").fetchall():
		    text = body.decode()
		    for year in range(3):
		        text = text.replace('":"%d-' % (now + year), '":"%d-' % (then + year))
		    store.execute("UPDATE papers SET version = version + 1, body = ? WHERE kind = 'request' AND id = ?",
		                  (text.encode(), id))
		store.commit()
	PROGRAM
}

# later DAYS ARGUMENTS...: portroll, so many days from now.
later() {
	[ -e later.so ] || cc -shared -fPIC -o later.so "$root/tests/probes/later.c"
	local days=$1
	shift
	LD_PRELOAD=$PWD/later.so LATER_BY=$days portroll "$@"
}

# Skips the test where another day cannot be had; `later` runs within `run`, which does not skip.
need_later() {
	command -v cc >/dev/null || skip "there is no C compiler"
	! ldd "$(program portroll-keeper)" | grep -q 'lib[a-z]*san' || skip "a sanitizer must be first"
}

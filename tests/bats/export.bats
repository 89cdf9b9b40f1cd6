# SPDX-License-Identifier: MIT
# export: the roll in every form.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	make_xml 2026-01-01 250 >a.xml
	portroll import -q a.xml
}

@test "every form is written to standard output and to a file alike" {
	for format in xml csv text html json services nmap; do
		portroll export -q --format $format >"out.$format"
		[ -s "out.$format" ]
		portroll export -q --format $format -o "file.$format"
		cmp "out.$format" "file.$format"
	done
	[ "$(ls -A)" = "$(ls)" ]
}

@test "what is exported as XML or JSON comes back as it was" {
	for format in xml json; do
		portroll export -q --format $format -o "a.$format"
		run portroll import "a.$format"
		[ "$status" = 0 ]
		[[ $output == *": nothing changed" ]]
	done
}

@test "the form must be one that can be written" {
	run portroll export
	[ "$status" = 1 ]
	[[ $output == "portroll: which form? --format takes xml, "* ]]
	run portroll export --format page
	[ "$status" = 1 ]
	[[ $output == "portroll: --format takes xml, "* ]]
}

@test "--match takes the records of IANA's search, in any form" {
	run --separate-stderr portroll export -q --format csv --match "SERVICE 24"
	[ "${#lines[@]}" = 12 ]
	[[ ${lines[1]} == svc-24,1048,tcp,"service 24",* ]]
	[ "$(portroll export -q --format json --match svc-249 --ndjson | grep -c port_first)" = 1 ]
	run --separate-stderr portroll export -q --format csv --match "nothing like it"
	[ "$status" = 0 ]
	[ "${#lines[@]}" = 1 ]
}

@test "pages of a search are paged as on IANA's site" {
	rows() {
		portroll export -q --format html "$@" | grep -o '>svc-[0-9]*<' | sort -u | wc -l
	}
	[ "$(rows --page 1)" = 100 ]
	[ "$(rows --page 2)" = 101 ]
	[ "$(rows --page 3)" = 51 ]
	[ "$(rows --match svc-24 --page 1)" = 11 ]
	run portroll export --format html --page 4
	[ "$status" = 1 ]
	[ "$output" = "portroll: there is no page 4: 250 records, 3 pages" ]
	run portroll export --format csv --page 1
	[ "$status" = 1 ]
	[ "$output" = "portroll: --page is for html, not for csv" ]
	run portroll export --format html --page 0
	[ "$status" = 1 ]
}

@test "IANA's masthead stands over an unaltered copy only" {
	masthead() {
		portroll export -q --format text "$@" | grep -c "Internet Assigned Numbers Authority"
	}
	[ "$(masthead)" = 1 ]
	run masthead --match svc-1
	[ "$output" = 0 ]
	make_xml 2026-02-01 1 altered >part.xml
	portroll import -q --partial part.xml
	run masthead
	[ "$output" = 0 ]
	portroll import -q --source own a.xml
	run masthead --source own
	[ "$output" = 0 ]
}

@test "the default is the first complete source; nmap's list never is" {
	portroll import -q --source other --above iana --coverage names a.xml
	[[ $(portroll export -q --format xml) == *"source iana: a.xml of 2026-01-01"* ]]
	portroll export -q --format nmap --source other -o ports.nmap
	portroll import -q --source nmap --above iana --coverage complete --from nmap ports.nmap
	[[ $(portroll export -q --format xml) == *"source iana: "* ]]
	portroll source remove iana
	portroll source remove other
	run portroll export --format csv
	[ "$status" = 1 ]
	[ "$output" = "portroll: the only names are nmap's, under its own licence (NPSL); --source writes them all the same" ]
	portroll export -q --format csv --source nmap >nmap.csv
	[ -s nmap.csv ]
}

@test "a source that is not there is named" {
	run portroll export --format csv --source nobody
	[ "$status" = 1 ]
	[ "$output" = "portroll: there is no source 'nobody'; there are: iana" ]
}

@test "services and nmap are as of the copies they are made of" {
	make_xml 2026-02-01 2 altered >part.xml
	portroll import -q --partial part.xml
	for format in services nmap; do
		[ "$(portroll export -q --format $format | sed -n 2p)" = \
			"# As of 2026-01-01, with 2 records of a copy of 2026-02-01 on top" ]
	done
	[ "$(portroll convert -q --to services a.xml | sed -n 2p)" = "# As of 2026-01-01" ]
}

@test "losses: one line, all of them with -v, JSON in a file, nothing with -q" {
	run --separate-stderr portroll export --format services
	[ "$status" = 0 ]
	[ "${#stderr_lines[@]}" = 1 ]
	[[ $stderr == "portroll: services cannot hold: "* ]]
	run --separate-stderr portroll export --format services -v
	[ "${#stderr_lines[@]}" -gt 1 ]
	portroll export --format services 2>line >out
	run --separate-stderr portroll export --format services -q --loss-report loss.json
	[ -z "$stderr" ]
	python3 -c '
import json
report = json.load(open("loss.json"))
assert report["format"] == "services", report
assert sum(report["counts"].values()) == len(report["items"]) > 0, report["counts"]
for kind, count in report["counts"].items():
    assert count == sum(item["kind"] == kind for item in report["items"]), kind
line = sum(int(word.replace(",", "")) for word in open("line").read().split() if word[0].isdigit())
assert line == len(report["items"]), line
'
	run --separate-stderr portroll export --format xml
	[ -z "$stderr" ]
}

@test "an export that fails leaves the old file" {
	echo old >out.csv
	run portroll export --format csv -o out.csv --source nobody
	[ "$status" = 1 ]
	[ "$(cat out.csv)" = old ]
	run portroll export --format csv -o missing/out.csv
	[ "$status" = 1 ]
	[ "$output" = "portroll: missing/out.csv: cannot be written: No such file or directory" ]
	mkdir folder
	run portroll export --format csv -o folder
	[ "$status" = 1 ]
	[ "$output" = "portroll: folder: is a folder, not a file" ]
}

@test "a new file has the mode of the user's mask" {
	(umask 077 && portroll export -q --format csv -o private.csv)
	[ "$(stat -c %a private.csv)" = 600 ]
	(umask 022 && portroll export -q --format csv -o public.csv)
	[ "$(stat -c %a public.csv)" = 644 ]
}

@test "a device is written to, not replaced" {
	run portroll export -q --format csv -o /dev/null
	[ "$status" = 0 ]
	[ -c /dev/null ]
	mkfifo pipe
	portroll export -q --format csv -o pipe &
	[ "$(wc -l <pipe)" = 251 ]
	wait
	[ -p pipe ]
}

@test "a link is followed, and standard output by another name is not replaced" {
	mkdir real
	echo old >real/out.csv
	ln -s real/out.csv link.csv
	portroll export -q --format csv -o link.csv
	[ -L link.csv ]
	portroll export -q --format csv | cmp - real/out.csv
	ln -s /proc/self/fd/1 stdout
	bash -c "{ '$(program portroll-keeper)' export -q --format csv -o stdout && echo end; } >whole"
	[ -L stdout ]
	[ "$(tail -1 whole)" = end ]
	head -n -1 whole | cmp - real/out.csv
	ln -s nowhere/at/all dangling
	run -1 portroll export -q --format csv -o dangling
	[ "$output" = "portroll: dangling: cannot be written: No such file or directory" ]
	[ -L dangling ]
}

@test "an export does not take the place of the roll" {
	before=$(sha256sum <"$PORTROLL_DIR/snapshot")
	ln -s "$PORTROLL_DIR/snapshot" roll-link
	for target in "$PORTROLL_DIR/snapshot" roll-link; do
		run -1 portroll export --format csv -o "$target"
		[[ $output == "portroll: $target: is the snapshot of a roll"* ]]
		run -1 portroll export -q --format csv -o out --loss-report "$target"
		[[ $output == "portroll: $target: is the snapshot of a roll"* ]]
	done
	[ "$(sha256sum <"$PORTROLL_DIR/snapshot")" = "$before" ]
	run -1 portroll export --format csv -o same --loss-report same
	[ "$output" = "portroll: --output and --loss-report are the same file" ]
	[ ! -e same ]
}

@test "a reader that goes away ends it without a word" {
	make_xml 2026-01-01 5000 >large.xml
	portroll import -q large.xml
	for format in xml services; do
		portroll export --format $format 2>said | head -1
		[ "${PIPESTATUS[0]}" = 141 ]
		[ ! -s said ]
		portroll convert large.xml --to $format 2>said | head -1
		[ "${PIPESTATUS[0]}" = 141 ]
		[ ! -s said ]
	done
}

@test "on a full disk no loss is told, nor reported" {
	rc=0
	portroll export --format services -v --loss-report loss.json >/dev/full 2>said || rc=$?
	[ "$rc" = 1 ]
	[ "$(cat said)" = "portroll: standard output cannot be written: No space left on device" ]
	[ ! -e loss.json ]
	run portroll export --format services -o /dev/full
	[ "$status" = 1 ]
	[ "$output" = "portroll: /dev/full: cannot be written: No space left on device" ]
}

@test "- is standard output, for the form or for the losses" {
	portroll export -q --format services >plain
	portroll export -q --format services -o - | cmp - plain
	portroll export -q --format services -o out --loss-report - >report
	cmp out plain
	portroll export -q --format services --loss-report report.json >out
	cmp report report.json
	for target in "" "-o -"; do
		# shellcheck disable=SC2086
		run portroll export --format services --loss-report - $target
		[ "$status" = 1 ]
		[ "$output" = "portroll: --loss-report - needs -o FILE: standard output cannot be both" ]
	done
	[ ! -e - ]
}

@test "an option that the form does not have is refused" {
	refused() {
		run portroll export --format "$1" "${@:3}"
		[ "$status" = 1 ]
		[ "$output" = "portroll: $2" ]
		run portroll convert a.xml --to "$1" "${@:3}"
		[ "$status" = 1 ]
		[ "$output" = "portroll: $2" ]
	}
	refused csv "--style is for text, not for csv" --style 2025
	refused xml "--ndjson is for json, not for xml" --ndjson
	refused json "--expand-ranges is for services and nmap, not for json" --expand-ranges
	refused nmap "--merge-transports is for services, not for nmap" --merge-transports
	refused text "--page is for html, not for text" --page 1
	portroll export -q --format nmap --expand-ranges -o out
	[ -s out ]
}

@test "a damaged snapshot is an error, and nothing is written" {
	size=$(stat -c %s "$PORTROLL_DIR/snapshot")
	echo old >out
	failed=0
	for ((at = 4096; at < size; at += 8192)); do
		cp "$PORTROLL_DIR/snapshot" damaged
		printf '\377\377\377\377' | dd of=damaged bs=1 seek=$at conv=notrunc status=none
		cmp -s damaged "$PORTROLL_DIR/snapshot" && continue
		run --separate-stderr portroll export --snapshot damaged --format csv --match "service 24" -o out --loss-report loss
		[ "$status" = 0 ] && [ "$(head -2 out | tail -1 | cut -d, -f1)" = svc-24 ] && {
			echo old >out
			rm -f loss
			continue
		}
		[ "$status" = 1 ]
		[[ $stderr == "portroll: "*damaged* ]]
		[ "$(cat out)" = old ]
		[ ! -e loss ]
		failed=$((failed + 1))
	done
	[ "$failed" -gt 0 ]
}

@test "another snapshot can be named" {
	cp "$PORTROLL_DIR/snapshot" kept
	rm -r "$PORTROLL_DIR"
	[ "$(portroll export -q --snapshot kept --format csv | wc -l)" = 251 ]
}

@test "IANA's CSV and text come back to the byte" {
	need_shared data/iana-2026-02-13.xml
	portroll import -q --force "$shared/data/iana-2026-02-13.xml"
	portroll export -q --format csv | cmp - "$shared/data/iana-2026-02-13.csv"
	portroll import -q --force "$shared/data/iana-2025-10-22.xml"
	portroll export -q --format text --style 2025 | cmp - "$shared/data/iana-2025-10-22.txt"
}

@test "rows for all that is Reserved for the assignee of another transport" {
	portroll export -q --format csv | cut -d, -f1-4 >without
	portroll export -q --format csv --reserved-rows | cut -d, -f1-4 >with
	diff without with >added || true
	run grep -c '^> ' added
	[ "$output" -gt 500 ]
	run ! grep '^<' added
	grep -q '^> ,1025,sctp,Reserved$' added
	# They say what was so without them.
	portroll export -q --format json --reserved-rows -o all.json
	portroll states --tsv | cut -f1-3 >states
	PORTROLL_DIR=$PWD/other portroll import -q all.json --source iana
	diff states <(PORTROLL_DIR=$PWD/other portroll states --tsv | cut -f1-3)
	run -1 portroll export --format csv --reserved-rows --match svc
	[[ $output == *"exclude each other"* ]]
}

# SPDX-License-Identifier: MIT
# convert: from form to form, without a roll.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	make_xml 2026-01-01 30 >a.xml
	make_csv 30 >a.csv
}

@test "a file is turned into every form, and no roll is made" {
	for format in xml csv text html json services nmap; do
		portroll convert -q a.xml --to $format -o "b.$format"
		[ -s "b.$format" ]
	done
	[ ! -e "$PORTROLL_DIR" ]
	[ "$(grep -c '^svc-' b.services)" = 30 ]
}

@test "standard input and gzip are read, standard output is written" {
	[ "$(portroll convert -q - --to csv <a.xml | wc -l)" = 31 ]
	[ "$(gzip -c a.xml | portroll convert -q - --to csv | wc -l)" = 31 ]
}

@test "through JSON and XML nothing is lost" {
	portroll convert a.xml --to json -o b.json
	portroll convert b.json --to xml -o b.xml
	portroll convert b.xml --to json -o c.json
	run diff <(portroll convert -q a.xml --to csv) <(portroll convert -q c.json --to csv)
	[ "$status" = 0 ]
	[ -z "$output" ]
}

@test "IANA's own forms keep the masthead, others have none" {
	masthead() {
		portroll convert -q "$1" --to text | grep -c "Internet Assigned Numbers Authority"
	}
	[ "$(masthead a.xml)" = 1 ]
	sed 's/id="service-names-port-numbers"/id="of-our-own"/' a.xml >own.xml
	run masthead own.xml
	[ "$output" = 0 ]
	portroll convert -q a.xml --to services -o a.services
	for name in a.services a.csv; do
		run masthead $name
		[ "$output" = 0 ]
	done
}

@test "a part can be converted" {
	run --separate-stderr portroll convert -q a.csv --match svc-7 --to csv
	[ "${#lines[@]}" = 2 ]
	[[ ${lines[1]} == svc-7,1031,tcp,* ]]
	[ "$(portroll convert -q a.xml --page 1 --to html | grep -c 'svc-29')" -ge 1 ]
}

@test "the form of the input can be told" {
	run portroll convert --from json a.xml --to csv
	[ "$status" = 1 ]
	[[ $output == "portroll: a.xml:1:"* ]]
}

@test "what cannot be read is told with its place, and nothing is written" {
	printf 'svc,70000,tcp,x,,,,,,,,\r\n' >>a.csv
	run portroll convert a.csv --to json -o b.json
	[ "$status" = 1 ]
	[[ $output == "portroll: a.csv:32:"*70000*65535* ]]
	[ ! -e b.json ]
	run portroll convert missing --to csv
	[ "$status" = 1 ]
	[ "$output" = "portroll: missing: cannot be opened: No such file or directory" ]
}

@test "IANA's XML becomes IANA's CSV, every byte" {
	need_shared data/iana-2026-02-13.xml
	portroll convert -q "$shared/data/iana-2026-02-13.xml" --to csv | cmp - "$shared/data/iana-2026-02-13.csv"
}

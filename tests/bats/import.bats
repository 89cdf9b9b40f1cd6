# SPDX-License-Identifier: MIT
# import: how files come into the roll, what is told of them, and what guards the roll.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	make_xml 2026-01-01 200 >old.xml
}

# The names of a source's records.
names() {
	portroll export -q --format csv --source "${1:-iana}" | tail -n +2 | cut -d, -f1
}

sources() {
	portroll source list --json | sed -n 's/^    "name": "\(.*\)",$/\1/p' | tr '\n' ' '
}

@test "a list of names does not become the source iana" {
	printf 'left-over\t41641/udp\n' >names
	portroll import names
	[[ $(portroll source list) == *services*"names only"* ]]
	[[ $(portroll source list) != *iana* ]]
	make_xml 2026-01-01 3 >three.xml
	run portroll import three.xml names
	[ "$status" = 1 ]
	[[ $output == *"--source NAME puts them together" ]]
}

@test "the first import makes the roll and says what it read" {
	run --separate-stderr portroll import old.xml
	[ "$status" = 0 ]
	[ "$output" = "old.xml: 200 records of 2026-01-01 (xml) into source iana: 200 added" ]
	[ -z "$stderr" ]
	[ "$(names | wc -l)" = 200 ]
	[ "$(stat -c %a "$PORTROLL_DIR/snapshot")" = 644 ]
}

@test "the same file again changes nothing, not a byte" {
	portroll import -q old.xml
	before=$(sha256sum "$PORTROLL_DIR/snapshot")
	run portroll import old.xml
	[ "$output" = "old.xml: 200 records of 2026-01-01 (xml) into source iana: nothing changed" ]
	[ "$(sha256sum "$PORTROLL_DIR/snapshot")" = "$before" ]
}

@test "what was added, altered and removed is counted" {
	portroll import -q old.xml
	make_xml 2026-02-01 204 | sed -e 's/service 7</service seven</' -e 's/svc-9</svc-nine</' >new.xml
	run portroll import new.xml
	[ "$output" = "new.xml: 204 records of 2026-02-01 (xml) into source iana: 5 added, 1 altered, 1 removed" ]
}

@test "quiet says nothing" {
	run portroll import -q old.xml
	[ "$status" = 0 ]
	[ -z "$output" ]
}

@test "standard input and gzip are read" {
	run portroll import - <old.xml
	[ "$output" = "standard input: 200 records of 2026-01-01 (xml) into source iana: 200 added" ]
	gzip -k old.xml
	run portroll import old.xml.gz
	[ "$output" = "old.xml.gz: 200 records of 2026-01-01 (xml) into source iana: nothing changed" ]
	gzip -dc old.xml.gz | gzip | portroll import -q -
	[ "$(names | wc -l)" = 200 ]
}

@test "the provenance is kept: sha256 of the unpacked bytes, origin, form, date" {
	gzip -k old.xml
	portroll import -q old.xml.gz
	run portroll source list --json
	[[ $output == *"\"sha256\": \"$(sha256sum <old.xml | cut -d' ' -f1)\""* ]]
	[[ $output == *'"origin": "old.xml.gz"'* ]]
	[[ $output == *'"format": "xml"'* ]]
	[[ $output == *'"dated": "2026-01-01"'* ]]
	[[ $output == *'"partial": false'* ]]
}

@test "a copy without a date takes the one told, or its newest record's" {
	make_csv 5 >copy.csv
	run portroll import copy.csv
	[ "$output" = "copy.csv: 5 records of 2025-01-02 (csv) into source iana: 5 added" ]
	run portroll import --dated 2025-07 copy.csv
	[ "$output" = "copy.csv: 5 records of 2025-07 (csv) into source iana: nothing changed but the date, 2025-01-02 before" ]
	run portroll import copy.csv
	[ "$output" = "copy.csv: 5 records of 2025-07 (csv) into source iana: nothing changed" ]
	run portroll import --dated 2025-13 copy.csv
	[ "$status" = 1 ]
	[ "$output" = "portroll: --dated takes YYYY-MM-DD, YYYY-MM or YYYY, not '2025-13'" ]
}

@test "a copy that says it is of the future needs --force" {
	make_xml 9999-01-01 3 >future.xml
	run -1 portroll import future.xml
	[ "$output" = "portroll: future.xml: dated 9999-01-01, in the future: no later copy could follow it; --force imports it all the same" ]
	portroll import -q --force future.xml
}

@test "a date in the future is refused, today is not" {
	make_csv 5 >copy.csv
	for day in 2999 "$(date -d '3 days' +%F)"; do
		run -1 portroll import --dated "$day" copy.csv
		[ "$output" = "portroll: --dated $day is in the future; it takes the day the copy was published on, and without it the copy counts from today" ]
	done
	[ ! -e "$PORTROLL_DIR/snapshot" ]
	for day in "$(date +%Y)" "$(date +%F)"; do
		portroll import -q --dated "$day" copy.csv
	done
}

@test "a list of names without a date keeps the one it was told" {
	portroll import -q old.xml
	printf 'far 5000/tcp\n' >names
	portroll import -q --source wireshark --dated 2024 names
	run -0 portroll import --source wireshark names
	[ "$output" = "names: 1 record of 2024 (services) into source wireshark: nothing changed" ]
	printf 'far 5001/tcp\n' >names
	run -0 portroll import --force --source wireshark names
	[ "$output" = "names: 1 record (services) into source wireshark: 1 added, 1 removed" ]
}

@test "an older file takes no newer part away, and the file under it changes nothing" {
	make_csv 200 >copy.csv
	portroll import -q --dated 2014-07 copy.csv
	portroll import -q "$root/data/registry-page-2025-10-22.txt"
	before=$(sha256sum <"$PORTROLL_DIR/snapshot")
	for arguments in "" "--dated 2014-07"; do
		# shellcheck disable=SC2086
		run -0 portroll import $arguments copy.csv
		[ "$output" = "copy.csv: 200 records of 2014-07 (csv) into source iana: nothing changed" ]
		[ "$(sha256sum <"$PORTROLL_DIR/snapshot")" = "$before" ]
	done
	make_csv 199 >other.csv
	run -1 portroll import other.csv
	[ "$output" = "portroll: other.csv: dated 2025-01-02: it would take away the copy of 2025-10-22 that lies over source iana (101 records, title, experts, notes); --force imports it all the same" ]
	[ "$(sha256sum <"$PORTROLL_DIR/snapshot")" = "$before" ]
	portroll import -q --force other.csv
	run portroll source list --json
	[[ $output != *page* ]]
}

@test "the first roll takes its own file again, as the manual has it" {
	debian=/usr/share/ipv6toolkit/service-names-port-numbers.csv
	[ -e "$debian" ] || skip "ipv6toolkit is not there"
	sh "$root/data/first-roll" "$build/src/cli/portroll" "$PORTROLL_DIR" "$debian" \
		"$root/data/registry-page-2025-10-22.txt"
	before=$(sha256sum <"$PORTROLL_DIR/snapshot")
	for arguments in "" "--dated 2014-07"; do
		# shellcheck disable=SC2086
		run -0 portroll import $arguments "$debian"
		[[ $output == *" of 2014-07 (csv) into source iana: nothing changed" ]]
	done
	portroll export -q --format json -o all.json
	portroll import -q "$debian"
	portroll export -q --format json | cmp - all.json
}

@test "a copy that says its date keeps it, and that is said" {
	run --separate-stderr portroll import --dated 2014-07 old.xml
	[ "$status" = 0 ]
	[ "$stderr" = "portroll: old.xml: is of 2026-01-01, as it says itself; --dated is for copies that do not say it" ]
	[ "$output" = "old.xml: 200 records of 2026-01-01 (xml) into source iana: 200 added" ]
	for arguments in "--dated 2026-01-01" "-q --dated 2014-07"; do
		# shellcheck disable=SC2086
		run --separate-stderr portroll import $arguments old.xml
		[ "$status" = 0 ]
		[ -z "$stderr" ]
	done
}

@test "a partial file adds and replaces and removes nothing" {
	portroll import -q old.xml
	make_xml 2026-03-01 2 changed >part.xml
	run portroll import --partial part.xml
	[ "$output" = "part.xml: 2 records of 2026-03-01 (xml) into source iana: 2 altered" ]
	[ "$(names | wc -l)" = 200 ]
	run portroll source list --json
	[[ $output == *'"coverage": "complete"'* ]]
	[[ $output == *'"dated": "2026-01-01"'* ]]
	[[ $output == *'"origin": "part.xml"'*'"partial": true'* ]]
}

@test "a complete file takes the place of a copy and of all that was laid over it" {
	portroll import -q old.xml
	make_xml 2026-03-01 2 changed >part.xml
	portroll import -q --partial part.xml
	make_xml 2026-04-01 200 >new.xml
	portroll import -q new.xml
	run portroll source list --json
	[[ $output != *part.xml* ]]
	[ "$(portroll export -q --format csv | grep -c changed)" = 0 ]
}

@test "the page copied as text is laid over, unless it is told to be complete" {
	make_xml 2025-01-01 200 >old.xml
	portroll import -q old.xml
	run portroll import "$root/data/registry-page-2025-10-22.txt"
	[ "$status" = 0 ]
	[ "$output" = "$root/data/registry-page-2025-10-22.txt: 101 records of 2025-10-22 (page) into source iana: 101 added" ]
	[ "$(names | wc -l)" = 301 ]
	portroll import -q --source page --coverage complete "$root/data/registry-page-2025-10-22.txt"
	run portroll source list
	[[ ${lines[2]} == page*complete* ]]
}

@test "a list of names covers names only" {
	portroll import -q --source list /etc/services
	run --separate-stderr portroll source list
	[[ ${lines[1]} == list*"names only"* ]]
}

@test "several files are read in order, all or none" {
	make_xml 2026-03-01 2 changed >part.xml
	run portroll import --coverage complete old.xml --partial part.xml
	[ "$status" = 0 ]
	rm -r "$PORTROLL_DIR"
	portroll import -q old.xml
	before=$(sha256sum "$PORTROLL_DIR/snapshot")
	make_xml 2026-04-01 201 >new.xml
	run portroll import new.xml missing.xml
	[ "$status" = 1 ]
	[ "$output" = "portroll: missing.xml: cannot be opened: No such file or directory" ]
	[ "$(sha256sum "$PORTROLL_DIR/snapshot")" = "$before" ]
	run portroll import new.xml old.xml
	[ "$status" = 1 ]
	[ "$(sha256sum "$PORTROLL_DIR/snapshot")" = "$before" ]
}

@test "a new source goes last, or above or below another" {
	portroll import -q old.xml
	portroll import -q --source b old.xml
	portroll import -q --source c --above b old.xml
	portroll import -q --source d --below iana old.xml
	[ "$(sources)" = "iana d c b " ]
	portroll import -q --source b --above iana old.xml
	[ "$(sources)" = "b iana d c " ]
	run portroll import --source e --above nobody old.xml
	[ "$status" = 1 ]
	[ "$output" = "portroll: there is no source 'nobody'; there are: b, iana, d, c" ]
	run portroll import --source e --above b --below c old.xml
	[ "$status" = 1 ]
	run portroll import --source b --below b old.xml
	[ "$status" = 1 ]
	[ "$output" = "portroll: source b cannot stand above or below itself" ]
}

@test "a new source that says states goes above the lists of names" {
	printf 'whois\t43/tcp\tnicname\n' >services
	printf '# $Id: nmap-services 1 2022-08-31 x $\nwhois\t43/tcp\t0.000314\n' >nmap
	portroll import -q services
	portroll import -q nmap
	portroll import -q old.xml
	portroll import -q --source b --coverage partial old.xml
	[ "$(sources)" = "iana b services nmap " ]
	portroll import -q --below b nmap
	[ "$(sources)" = "iana b nmap services " ]
	run portroll source list
	[[ ${lines[3]} == nmap*"names only"*2022-08-31* ]]
}

@test "a source has a plain name" {
	for name in '' 'a b' -- '../x' "$(printf 'a%.0s' {1..33})"; do
		run portroll import "--source=$name" old.xml
		[ "$status" = 1 ]
	done
	[ ! -e "$PORTROLL_DIR/snapshot" ]
}

refused() {
	before=$(sha256sum "$PORTROLL_DIR/snapshot")
	run portroll import new.xml
	[ "$status" = 1 ]
	[ "$output" = "portroll: new.xml: $1" ]
	[ "$(sha256sum "$PORTROLL_DIR/snapshot")" = "$before" ]
	run portroll import --force new.xml
	[ "$status" = 0 ]
}

@test "3 % fewer records are refused with the figures, 2 % are not" {
	make_xml 2026-01-01 1000 >old.xml
	portroll import -q old.xml
	make_xml 2026-02-01 970 >new.xml
	refused "970 records where source iana has 1000 (3 % fewer): perhaps it was cut; --force imports it all the same"
	portroll import -q --force old.xml
	make_xml 2026-02-01 980 >new.xml
	portroll import -q new.xml
}

@test "5 % altered are refused with the figures, 4 % are not" {
	make_xml 2026-01-01 1000 >old.xml
	portroll import -q old.xml
	make_xml 2026-02-01 1000 | sed 's/service 5\([0-4][0-9]\)</other 5\1</' >new.xml
	refused "50 of the 1000 records in source iana are altered (5 %): perhaps it is another registry; --force imports it all the same"
	portroll import -q --force old.xml
	make_xml 2026-02-01 1000 | sed 's/service 5\([0-3][0-9]\)</other 5\1</' >new.xml
	portroll import -q new.xml
}

@test "a small list is edited without --force" {
	printf 'one 1/tcp\ntwo 2/tcp\n' >list
	portroll import -q --source ours list
	printf 'uno 1/tcp\n' >list
	portroll import -q --source ours list
}

@test "an older copy is refused" {
	portroll import -q old.xml
	make_xml 2025-12-31 200 >new.xml
	refused "dated 2025-12-31, before the copy of 2026-01-01 in source iana; --force imports it all the same"
}

@test "a partial file older than the complete copy is refused, and never dates the whole" {
	updated() { portroll export -q --format xml | grep -o '<updated>[^<]*' | head -1; }
	portroll import -q old.xml
	make_xml 2025-12-31 2 changed >part.xml
	before=$(sha256sum "$PORTROLL_DIR/snapshot")
	run portroll import --partial part.xml
	[ "$status" = 1 ]
	[ "$output" = "portroll: part.xml: dated 2025-12-31, before the copy of 2026-01-01 in source iana; --force imports it all the same" ]
	[ "$(sha256sum "$PORTROLL_DIR/snapshot")" = "$before" ]
	portroll import -q --force --partial part.xml
	[ "$(updated)" = "<updated>2026-01-01" ]
	make_xml 2026-03-01 2 again >part.xml
	portroll import -q --partial part.xml
	[ "$(updated)" = "<updated>2026-01-01" ]
	run portroll about
	[ "${lines[1]}" = "last updated 2026-01-01; read from iana (copy of 2026-01-01)" ]
}

@test "a partial file without a date is laid over a newer copy, unless an older date is told" {
	portroll import -q old.xml
	make_csv 2 >part.csv
	portroll import -q --partial part.csv
	run portroll import --partial --dated 2025-07 part.csv
	[ "$status" = 1 ]
	[[ $output == "portroll: part.csv: dated 2025-07, before the copy of 2026-01-01 "* ]]
}

@test "only one writer at a time: the second says who is at it, or waits" {
	portroll import -q old.xml
	make_xml 2026-02-01 201 >new.xml
	mkfifo held waiting
	flock "$PORTROLL_DIR/lock" sh -c 'printf %s $$ >"$0/lock"; echo >held; read -r line <waiting' "$PORTROLL_DIR" &
	read -r line <held
	run portroll import new.xml
	[ "$status" = 1 ]
	[[ $output == "portroll: $PORTROLL_DIR: process $(cat "$PORTROLL_DIR/lock") is changing this roll; --wait waits for it" ]]
	portroll import -q --wait new.xml &
	waiter=$!
	echo >waiting
	wait "$waiter"
	[ "$(names | wc -l)" = 201 ]
	wait
}

@test "a form can be told, and is checked" {
	run portroll import --from csv old.xml
	[ "$status" = 1 ]
	[[ $output == "portroll: old.xml:1:"* ]]
	run portroll import --from text old.xml
	[ "$status" = 1 ]
	[[ $output == "portroll: --from takes "* ]]
}

@test "the temporary files of a writer that was killed are swept away" {
	portroll import -q old.xml
	touch "$PORTROLL_DIR/.snapshot.portroll-abcdef" "$PORTROLL_DIR/.snapshot.txt" "$PORTROLL_DIR/.other.portroll-abcdef"
	portroll import -q old.xml
	[ ! -e "$PORTROLL_DIR/.snapshot.portroll-abcdef" ]
	[ -e "$PORTROLL_DIR/.snapshot.txt" ]
	[ -e "$PORTROLL_DIR/.other.portroll-abcdef" ]
}

@test "the folder is PORTROLL_DIR, else in the user's data" {
	[ "$(id -u)" = 0 ] || skip "needs another user to be"
	chmod 755 "$BATS_RUN_TMPDIR" "$BATS_FILE_TMPDIR" "$BATS_TEST_TMPDIR" 2>/dev/null
	mkdir home
	chown 65534 home
	setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null || skip "no other user can be had"
	env -u PORTROLL_DIR HOME="$PWD/home" setpriv --reuid=65534 --regid=65534 --clear-groups \
		"$(program portroll-keeper)" import -q - <old.xml || skip "the programs are out of reach of another user"
	[ -e home/.local/share/portroll/snapshot ]
}

@test "every version of IANA's XML goes in, one after the other" {
	need_shared data/iana-2025-10-22.xml
	portroll import -q "$shared"/data/iana-2025-10-22.xml
	run portroll import "$shared"/data/iana-2026-02-13.xml
	[ "$status" = 0 ]
	run portroll import "$shared"/data/iana-2026-08-17.xml
	[ "$status" = 0 ]
	[[ $output == *"14,533 records of 2026-08-17 (xml) into source iana: "*" added, "* ]]
}

@test "-v names the rows whose words no rule knows" {
	printf '%s\r\n' "$(head -n 1 /usr/share/ipv6toolkit/service-names-port-numbers.csv | tr -d '\r')" \
		',99,tcp,Some odd words,,,,,,,,' ',98,tcp,Reserved,,,,,,,,' >"$BATS_TEST_TMPDIR/odd.csv"
	run -0 portroll import -v "$BATS_TEST_TMPDIR/odd.csv"
	[[ $output == *"odd.csv: record 1 without a name counts as Reserved: 99 'Some odd words'"* ]]
	[[ $output != *"record 2"* ]]
}

# SPDX-License-Identifier: MIT
# bats file_tags=slow
# What IANA did, asked for, decided and carried out by the programs: a roll that IANA's registry of one
# day was taken over into ends in the records and people that IANA published on another.
load helper

before=data/iana-2025-10-22.xml

setup_file() {
	[ -n "$shared" ] && [ -e "$shared/$before" ] || return 0
	portroll import -q "$shared/$before"
	portroll account add registrar --admin --login "$(id -un)" --grant registrar
	portroll source manage iana
}

# Each story begins with the same roll.
setup() {
	need_shared "$before"
	cp -r "$BATS_FILE_TMPDIR/roll" "$PORTROLL_DIR"
	cp -r "$BATS_FILE_TMPDIR/state" "$PORTROLL_STATE"
	cd "$BATS_TEST_TMPDIR" || return
	today=$(date -u +%F)
	portroll check --all >rules.before || [ $? = 2 ]
}

# decide KIND STORY DAY OPTION...: the story on that day. Today is what it is: that day stands for it
# in what is compared.
decide() {
	local kind=$1 file=$root/tests/stories/$2.request
	day=$3
	shift 3
	run -0 portroll request "$kind" "$file" --reference "IANA, $day" --reason "as IANA did" "$@"
	[[ $output == *"in the published registry"* ]]
}

# same FILE FILTER: what jq's filter takes out of the roll is what it takes out of the file.
same() {
	portroll export --format json -o ours.json
	portroll convert "$shared/data/$1" --to json -o theirs.json
	jq -c "$2" ours.json | sed "s/$today/$day/g" >ours
	jq -c "$2" theirs.json | sed "s/$today/$day/g" >theirs
	[ -s theirs ]
	diff -u theirs ours
}

# No rule on records is broken that was not before.
nothing_new() {
	portroll check --all >rules.after || [ $? = 2 ]
	grep '^    ' rules.before | sort >was
	grep '^    ' rules.after | sort >is
	[ "$(comm -13 was is)" = "" ]
	portroll verify
}

ports() {
	echo ".records[] | select(.port_first != null and .port_first >= $1 and .port_last <= $2)"
}

people() {
	local id filter='.people[] | select(false'
	for id; do filter+=" or .id == \"$id\""; done
	echo "$filter)"
}

@test "a new User Port splits its range and has a Reserved sibling" {
	decide assign kaostransport 2025-10-30 --evidence expert-yes --registered 2025-10-30
	[[ $output == *"assigns kaostransport 9986/tcp; cuts 9982-9986; reserves 9986/udp"* ]]
	same iana-2026-02-13.xml "$(ports 9982 9986)"
	same iana-2026-02-13.xml "$(people KAOS_Management_Group_LLC Philip_Duvalsaint)"
	nothing_new
}

@test "a port amid its range, registered before it is published" {
	decide assign ollama 2026-02-02 --evidence expert-yes --registered 2025-09-26
	same iana-2026-02-13.xml "$(ports 11431 11488)"
	same iana-2026-02-13.xml "$(people Jesse_Gross)"
	nothing_new
}

@test "a name alone with its TXT keys" {
	decide assign wchr 2026-02-25 --registered 2026-02-25
	same iana-2026-08-17.xml '.records[] | select(.name == "wchr")'
	same iana-2026-08-17.xml "$(people Tolt_Technologies Jay_Beavers_2)"
	nothing_new
}

@test "a rename in place" {
	decide rename panquest-xact 2025-11-20 --evidence all-confirmed,impact-accepted
	same iana-2026-02-13.xml "$(ports 1980 1980)"
	same iana-2026-02-13.xml "$(people Chris_Vertonghen)"
	run -2 portroll pearldoc-xact
	nothing_new
}

@test "a succession with new assignee and contact" {
	decide succession avi-nms 2025-10-30 --evidence all-confirmed,good-reason,expert-yes
	decide succession avi-nms-disc 2025-10-30 --evidence all-confirmed,good-reason,expert-yes
	same iana-2026-02-13.xml "$(people FORTÉ Rob_Duram AVI_Systems Dave_Hatz)"
	decide rename vision-mon 2025-11-14 --evidence all-confirmed,impact-accepted
	decide rename vision-mon-disc 2025-11-14 --evidence all-confirmed,impact-accepted
	same iana-2026-02-13.xml "$(ports 4413 4413)"
	nothing_new
}

# IANA did it before the first of the files; what was before is made of what is known of it.
@test "a de-assignment leaves the name without its ports" {
	rm -r "$PORTROLL_DIR" "$PORTROLL_STATE"
	python3 "$root/tests/probes/compressnet.py" "$shared/$before" >compressnet.xml
	portroll import -q compressnet.xml
	portroll account add registrar --admin --login "$(id -un)" --grant registrar
	portroll source manage iana
	portroll check --all >rules.before || [ $? = 2 ]
	run -0 portroll 2/tcp
	[[ $output == *compressnet* ]]
	decide deassign compressnet 2025-02-13 --evidence all-confirmed,not-in-use,assignee-agrees
	same "${before#data/}" '.records, .people'
	nothing_new
}

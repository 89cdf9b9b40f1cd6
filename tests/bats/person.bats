# SPDX-License-Identifier: MIT
# portroll person: a card and its records, and no list of people.
load helper
load asking

setup_file() { make_roll; }
setup() { use_roll; }

@test "the card and the records, mail addresses as IANA writes them" {
	id=$(portroll list --range 6006-6666 --tsv | cut -f6 | grep -o '^\[[A-Za-z_]*\]' | head -n 1)
	run -0 --separate-stderr portroll person "$id"
	[[ ${lines[0]} == "$(tr -d '[]' <<<"$id") in iana (copy of "* ]]
	[[ $output == *Port*Transport*Name* ]]
	[[ $output != *@* ]]
}

@test "JSON has the person and the records" {
	run -0 --separate-stderr portroll person IESG --json
	[ "$(member 'd["schema"], d["person"]["id"]')" = "('portroll-person/1', 'IESG')" ]
	[ "$(member 'all("IESG" in r["assignee"] + r["contact"] or "IESG" in str(r) for r in d["records"])')" = True ]
}

@test "nobody of that id is exit 2" {
	run -2 --separate-stderr portroll person Nobody_At_All
	[[ $stderr == *"no person or organisation has the id 'Nobody_At_All'" ]]
	run -1 portroll person
}

@test "a part of an id or name, or another case, gets suggestions" {
	run -2 --separate-stderr portroll person iesg
	[[ $stderr == *"has the id 'iesg'; did you mean IESG"*"?" ]]
	run -2 --separate-stderr portroll person Cheshire
	[[ $stderr == *"did you mean Stuart_Cheshire"*"?" ]]
	run -2 --separate-stderr portroll person an
	[[ $stderr == *"has the id 'an'" ]]
	run -2 --separate-stderr portroll person son
	[ "$(tr -cd , <<<"$stderr" | wc -c)" -eq 4 ]
}

# SPDX-License-Identifier: MIT
# Help, the version, options and their mistakes; the programs behind the verbs.
load helper

@test "alone it shows the overview and that it was no question" {
	run -1 portroll
	[[ ${lines[0]} == "usage: portroll PORT|NAME|RANGE..." ]]
	[[ $output == *Ask*lookup*Keep*import* ]]
}

@test "help, --help and -h are one, with and without a verb" {
	run -0 portroll help
	overview=$output
	run -0 portroll --help
	[ "$output" = "$overview" ]
	run -0 portroll help lookup
	help=$output
	[[ $help == "usage: portroll lookup [OPTION...] PORT|NAME|RANGE|URL|-..."*--brief*--color* ]]
	run -0 portroll lookup --help
	[ "$output" = "$help" ]
	run -0 portroll -h lookup
	[ "$output" = "$help" ]
	run -1 portroll help nothing
	[[ $output == *"there is no verb 'nothing'"* ]]
}

@test "help needs no roll and fits 80 columns" {
	for verb in $(portroll help | sed -nE 's/^  ([a-z]+) .*/\1/p'); do
		run -0 portroll help "$verb"
		longest=$(awk '{ if (length($0) > n) n = length($0) } END { print n }' <<<"$output")
		[ "$longest" -le 80 ] || { echo "$verb: $longest"; false; }
	done
}

@test "the option --source says what it does in each verb" {
	says() {
		run -0 portroll help "$1"
		[[ $output == *"-s, --source NAME"*" $2"* ]]
	}
	says lookup "this source only"
	says import "the source to change (iana; names: their form)"
	says update "the source to change, iana if not given"
	says export "the source to write, else the first complete"
}

@test "the version is that of the project" {
	run -0 portroll --version
	[[ $output =~ ^portroll\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "options stand before and after, in every GNU form" {
	for form in '--count=0 free' 'free --count 0' 'free -n0' 'free -n 0' '-n 0 free'; do
		PORTROLL_DIR=$BATS_TEST_TMPDIR/none run -1 portroll $form
		[[ $output == *"no roll"* ]] || { echo "$form: $output"; false; }
	done
	run -1 portroll -- --count
	[[ $output == *"no roll"* ]]
}

@test "mistakes in options are told with what is near" {
	run -1 portroll --jsn 80
	[[ $output == *"there is no option --jsn; did you mean --json?" ]]
	run -1 portroll -Z 80
	[[ $output == *"there is no option -Z" ]]
	run -1 portroll 80 --source
	[[ $output == *"--source needs a value"* ]]
	run -1 portroll --json=yes 80
	[[ $output == *"--json takes no value" ]]
	run -1 portroll about x
	[ "$output" = "portroll: about: one operand too many: 'x'; usage: portroll about" ]
	run -1 portroll map --brief
	[[ $output == *"map takes no --brief"* ]]
	run -1 portroll 80 --tsv --json
	[ "$output" = "portroll: --json and --tsv exclude each other" ]
}

@test "a mistyped verb is told which was meant" {
	run -1 portroll exprot --format csv
	[ "$output" = "portroll: there is no verb 'exprot'; did you mean export?" ]
	run -1 portroll help exprot
	[ "$output" = "portroll: there is no verb 'exprot'; did you mean export?" ]
	run -1 portroll help nothing-like-it
	[ "$output" = "portroll: there is no verb 'nothing-like-it'; see: portroll help" ]
}

@test "the verbs that keep are run by their own programs" {
	run -1 portroll import "$BATS_TEST_TMPDIR/missing.xml"
	[[ $output == *missing.xml* ]]
	PORTROLL_LIBEXEC=$BATS_TEST_TMPDIR run -1 portroll convert "$BATS_TEST_TMPDIR/missing.xml" --to csv
	[[ $output == *missing.xml* ]]
}

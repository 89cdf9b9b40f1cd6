#!/bin/bash
# SPDX-License-Identifier: MIT
# The rules as the program lists them, against the specification's own table, where that is there.
# shellcheck disable=SC2046 # the names of our files have no blanks
. "$(dirname "$0")/tap.bash"
build=${PORTROLL_BUILD:-build}
specification=${PORTROLL_SHARED-}/spec/rfc-rules.md

# The verb runs the keeper.
libexec=$(mktemp -d)
trap 'rm -rf "$libexec"; exit $broken' EXIT
ln -s "$(realpath "$build")/src/keeper/portroll-keeper" "$libexec"
listed=$(PORTROLL_LIBEXEC=$libexec PORTROLL_DIR=$libexec/roll "$build/src/cli/portroll" rules --tsv | tail -n +2)

holds "there are 152 rules, each with all its words" "$(
	[ "$(wc -l <<<"$listed")" = 152 ] || echo "$(wc -l <<<"$listed") rules"
	awk -F '\t' 'NF != 8 || !$1 || !$2 || !$3 || !$4 || !$5 || !$6 || !$7' <<<"$listed"
)"
# check_rule_rows() and the others count the rows of tests; here only that no row is of a rule that is not.
holds "tests speak of rules that are there" "$(
	grep -noE '(CASE\(|\{)"[NPQDLECX][0-9][0-9]"' $(files 'tests/unit/test_rule*.c') | grep -oE '^[^:]*:[0-9]+|[A-Z][0-9][0-9]"$' |
		paste - - | tr -d '"' | while read -r place id; do
		cut -f1 <<<"$listed" | grep -qx "$id" || echo "$place: $id"
	done
)"

if [ ! -r "$specification" ]; then
	echo "ok - rules are those of the specification # skip $specification is not there"
	exit
fi
# A line for each rule, level and subject. MUST NOT, SHALL, REQUIRED count as MUST, words in lower case as
# stated.
specified() {
	sed -nE 's/^\| ([NPQDLECX][0-9][0-9]) \| [^|]* \| ([^|]*) \| ([^|]*) \|.*/\1\t\2\t\3/p' "$specification" |
		awk -F '\t' '{
			level = $2
			if (level ~ /^(MUST|SHALL|REQUIRED)/) level = "MUST"
			else if (level ~ /^(SHOULD|RECOMMENDED|NOT RECOMMENDED)/) level = "SHOULD"
			else if (level !~ /^(MAY|practice|design)$/) level = "stated"
			count = split($3, bound, " ")
			for (i = 1; i <= count; i++) print $1, level, bound[i]
		}' | sort
}
program() {
	awk -F '\t' '{
		count = split($4, bound, " ")
		for (i = 1; i <= count; i++) print $1, $3, bound[i]
	}' <<<"$listed" | sort
}
holds "rules are those of the specification, with their levels and whom they bind" "$(
	[ "$(specified | cut -d' ' -f1 | uniq | wc -l)" = 152 ] || echo "$specification has no 152 rules"
	diff <(specified) <(program)
)"

#!/bin/bash
# SPDX-License-Identifier: MIT
# The one table of verbs, and the lists that must agree with it.
# shellcheck disable=SC2046 # the names of our files have no blanks
. "$(dirname "$0")/tap.bash"
build=${PORTROLL_BUILD:-build}

verbs=$("$build/src/cli/portroll" help | sed -nE 's/^  ([a-z]+) .*/\1/p' | grep -vx portroll | sort -u)
holds "portroll help lists the verbs of the table" "$(
	diff <(sed -nE 's/^\t\{"([a-z]+)", .*/\1/p' src/verbs/verbs.c | sort -u) <(echo "$verbs")
)"
for verb in $verbs; do
	holds "$verb: help, man page, behaviour test" "$(
		"$build/src/cli/portroll" "$verb" --help | grep -q "^usage: portroll $verb" || echo "--help: no usage line"
		[ -f "man/portroll-$verb.1" ] || grep -q "^\.It Cm $verb\b" man/portroll.1 || echo "no man page"
		grep -qE "portroll\"? (.* )?$verb\b|keeper\"? $verb\b" $(files 'tests/bats/*.bats') || echo "no bats test"
	)"
done
# In code: between backticks, indented, after a prompt, or in a literal line of a man page; mysql and rdp
# are services that stand there as examples.
holds "documents name only verbs that are there" "$(
	grep -noE '(`|^    |\$ |^\.D[l1] )portroll [a-z]+( |`|$)' $(files '*.md' 'man/*') /dev/null |
		sed -E 's/^([^:]*:[0-9]*):.*portroll ([a-z]+)[ `]*$/\1 \2/' | while read -r where word; do
		grep -qx "$word" <<<"$verbs"$'\n'mysql$'\n'rdp || echo "$where $word"
	done
)"

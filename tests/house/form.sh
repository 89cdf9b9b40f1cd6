#!/bin/bash
# SPDX-License-Identifier: MIT
# The form of code, scripts, man pages and commits.
# shellcheck disable=SC2046 # the names of our files have no blanks
. "$(dirname "$0")/tap.bash"

holds "all C is formatted (script/format)" "$(script/format --check 2>&1 | grep -E 'error|warning' | head -n 20)"
holds "shellcheck finds nothing in the scripts" "$(
	shellcheck -x -S warning -e SC2154 -f gcc $(files 'script/*' '.ci/run' 'tests/packages/run' 'data/first-roll' 'examples/label_flows' 'debian/*.post*' 'tests/house/*.sh' 'tests/house/*.bash' \
		'tests/bats/*.bash' 'tests/postgres/*.bash') 2>&1
)"
holds "mandoc finds nothing in the man pages" "$(
	cd man && mandoc -T lint -W style ./*.[1-9] 2>&1
)"
holds "commit subjects have at most 60 characters" "$(
	git log --no-merges --format='%h %s' 2>/dev/null | awk '{ s = substr($0, index($0, " ") + 1); if (length(s) > 60) print }'
)"
holds "no line ends in blanks" "$(grep -nE '[[:blank:]]+$' $(files '*.c' '*.h' '*.build' 'script/*' '*.sh' '*.bash' '*.bats' '*.py') /dev/null)"
# A path with an x in the place of a name is an example.
holds "files that documents name are there" "$(
	grep -noE '`(src|tests|man|include|doc|data|script)/[A-Za-z0-9_./-]+`' $(files '*.md') /dev/null | tr -d '`' |
		while IFS=: read -r document line path; do
			[[ $path =~ (^|[-_/])x([-_./]|$) ]] || [ -e "$path" ] || echo "$document:$line: $path"
		done
)"

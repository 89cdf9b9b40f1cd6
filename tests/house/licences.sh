#!/bin/bash
# SPDX-License-Identifier: MIT
# Every file says its licence, or REUSE.toml says it for the file; every licence text is there.
. "$(dirname "$0")/tap.bash"

# The paths of REUSE.toml's annotations but "**", as patterns of grep.
exempt=$(grep -E '^path' REUSE.toml | grep -oE '"[^"]+"' | tr -d '"' | grep -vx '\*\*' |
	sed 's/[.]/\\./g; s/\*\*/.*/g; s/\([^.]\)\*/\1[^\/]*/g; s/.*/^&$/' | sed 's/^^\.\*\//^(.*\/)?/')
holds "every file carries an SPDX line" "$(
	for file in $(files '*' | grep -vE '^LICENSE|^REUSE\.toml$' | grep -vE "$(paste -sd'|' <<<"$exempt")"); do
		[ ! -f "$file" ] || head -n 3 "$file" | grep -q 'SPDX-License-Identifier: ' || echo "$file"
	done
)"
holds "every licence named has its text in LICENSES" "$(
	grep -hoE 'SPDX-License-Identifier(: | = ")[A-Za-z0-9.-]+' -r include src script tests data REUSE.toml |
		sed -E 's/.*(: | = ")//' | sort -u | while read -r name; do
		[ -f "LICENSES/$name.txt" ] || echo "$name"
	done
)"

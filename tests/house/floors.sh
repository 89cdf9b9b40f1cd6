#!/bin/bash
# SPDX-License-Identifier: MIT
# Who includes whom: a folder from itself and from the folders named here, nothing else.
# shellcheck disable=SC2046 # the names of our files have no blanks
. "$(dirname "$0")/tap.bash"

declare -A below=(
	[base]=""
	[registry]="base"
	[formats]="base registry"
	[ledger]="base registry"
	[snapshot]="base registry"
	[terminal]="base"
	[verbs]="base registry"
	[server]="base registry formats ledger snapshot"
	[cli]="base registry formats snapshot terminal verbs"
	[procedure]="base registry ledger"
	[desk]="base registry ledger procedure"
	[keeper]="base registry formats ledger snapshot procedure desk terminal verbs"
	[serve]="base registry formats ledger snapshot terminal verbs server"
	[fetch]="base registry formats snapshot terminal verbs"
	[nss]=""
)

for folder in $(files 'src/*/*.c' 'src/*/*.h' | cut -d/ -f2 | sort -u); do
	if [ -z "${below[$folder]+there}" ]; then
		holds "src/$folder has its floor in tests/house/floors.sh" "src/$folder"
		continue
	fi
	holds "$folder includes only ${below[$folder]:-itself}" "$(
		grep -nE '^#include "' $(files "src/$folder/*.c" "src/$folder/*.h") /dev/null |
			awk -v may="$folder ${below[$folder]}" 'BEGIN { n = split(may, m, " "); for (i = 1; i <= n; i++) ok[m[i]] }
			{ split($0, part, "\""); name = part[2]
			  if (name == "portroll.h") next
			  if (split(name, path, "/") < 2) print $0 " (no folder in the path)"
			  else if (!(path[1] in ok)) print }'
	)"
done

# Doors to the outside world, each in one folder.
declare -A door=(
	['expat\.h']="formats"
	['jansson\.h']="formats ledger procedure desk"
	['zlib\.h']="formats server"
	['sodium\.h']="ledger keeper"
	['sqlite3\.h']="ledger"
	['libpq-fe\.h']="ledger"
	['nettle/.*']="ledger procedure keeper"
	['curl/.*']="fetch"
	['microhttpd\.h']="server"
	['sys/socket\.h']="server serve"
	['stdio\.h']="base terminal formats"
)
for header in "${!door[@]}"; do
	pattern=$(printf 'src/(%s)/' "${door[$header]// /|}")
	holds "<${header//\\/}> only in ${door[$header]}" "$(
		grep -nE "^#include <$header>" $(files 'src/*.c' 'src/*.h') /dev/null | grep -vE "^$pattern"
	)"
done
holds "no .c file is included" "$(grep -nE '^#include ["<].*\.c[">]' $(files '*.c' '*.h') /dev/null)"

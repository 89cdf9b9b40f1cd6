#!/bin/bash
# SPDX-License-Identifier: MIT
# What portroll.h declares, libportroll exports and the manual describes is one list. Needs the
# build with gcc (PORTROLL_BUILD).
# shellcheck disable=SC2046 # the names of our files have no blanks
. "$(dirname "$0")/tap.bash"
build=${PORTROLL_BUILD:-build}
library=$build/src/libportroll.so.1

declared=$(gcc -E -P -include include/portroll.h -x c /dev/null | tr '\n' ' ' | tr ';' '\n' | grep 'visibility("default")' |
	grep -oE 'portroll_[a-z_]+\(' | tr -d '(' | sort -u)
holds "portroll.h declares functions" "$([ -n "$declared" ] || echo none)"
holds "no enumeration goes through a function: its size is the compiler's to choose" "$(
	gcc -E -P -include include/portroll.h -x c /dev/null | tr '\n' ' ' | tr ';' '\n' |
		grep 'visibility("default")' | grep -w enum
)"
holds "portroll.sym names what portroll.h declares" "$(
	diff <(echo "$declared") <(grep -oE '^	portroll_[a-z_]+' src/portroll.sym | tr -d '\t' | sort)
)"
holds "libportroll exports it, each under a version, and nothing else" "$(
	diff <(echo "$declared" | sed 's/$/@@PORTROLL_1/') \
		<(nm -D --defined-only "$library" | awk '$2 != "A" { print $3 }' | sort)
)"
holds "libportroll needs libc only" "$(
	readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p' | grep -vx 'libc\.so\.6'
)"
holds "libportroll is bound when it is loaded and has no executable stack" "$(
	readelf -d "$library" | grep -q 'BIND_NOW\|FLAGS_1.*NOW' || echo "lazy binding"
	readelf -lW "$library" | grep GNU_STACK | grep E
)"
holds "every function of portroll.h stands in the NAME of a page" "$(
	diff <(echo "$declared") <(
		for page in $(files 'man/*.3'); do
			sed -n '/^\.Sh NAME/,/^\.Sh SYNOPSIS/s/^\.Nm \(portroll_[a-z_]*\).*/\1/p' "$page"
		done | sort
	)
)"
holds "man finds each of them" "$(
	for name in $declared; do grep -q "'$name'" man/meson.build || echo "$name"; done
)"
holds "debian/libportroll1.symbols lists them" "$(
	diff <(echo "$declared") <(grep -oE '^ portroll_[a-z_]+' debian/libportroll1.symbols | tr -d ' ' | sort)
)"
# What was added since the release is no change; where a change is meant, script/abi renews the file.
# The description is of one kind of machine.
if [ "$(uname -m)" = x86_64 ]; then
	holds "programs built against the released libportroll run with this one" "$(
		said=$(abidiff --no-added-syms tests/abi/libportroll.abi "$library" 2>&1) ||
			echo "${said:-abidiff: exit code $?}"
	)"
fi

#!/bin/bash
# SPDX-License-Identifier: MIT
# Files of at most 500 lines, functions of at most 60 lines and 5 parameters.
. "$(dirname "$0")/tap.bash"

mapfile -t sources < <(files '*.c')
holds "no .c file has more than 500 lines" "$(
	wc -l "${sources[@]}" | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }'
)"

functions=$(ctags -x --language-force=C --kinds-C=f --_xformat='%F:%n %N %{end} %S' "${sources[@]}")
holds "ctags finds the functions" "$([ -n "$functions" ] || echo none)"
holds "no function has more than 60 lines" "$(
	awk '{ split($1, at, ":"); n = $3 - at[2] + 1; if (n > 60) print $1 " " $2 ": " n " lines" }' <<<"$functions"
)"
# A comma inside inner brackets belongs to a parameter that is a function. Some functions have the
# parameters that libmicrohttpd or glibc call them with.
holds "no function has more than 5 parameters" "$(
	awk '{ where = $1 " " $2; sub(/^[^(]*\(/, ""); sub(/\)[^)]*$/, "")
		while (gsub(/\([^()]*\)/, "")) ; sub(/, *\.\.\.$/, ""); n = gsub(/,/, ",") + 1
		if (n > 5 && where !~ /src\/server\/edge\.c:[0-9]+ answer$/ &&
			where !~ /(src|bench)\/.*:[0-9]+ _nss_(portroll|floor)_getserv/) print where ": " n " parameters" }' <<<"$functions"
)"

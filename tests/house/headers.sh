#!/bin/bash
# SPDX-License-Identifier: MIT
# Every header compiles alone; the public one also as older C and as C++.
. "$(dirname "$0")/tap.bash"
read -ra libpq < <(pkg-config --cflags libpq)
flags=(-D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -fsyntax-only -Iinclude -Isrc "${libpq[@]}")

findings=
for header in $(files 'src/*.h' 'include/*.h'); do
	out=$(gcc -std=c17 "${flags[@]}" -x c - <<<"#include \"$PWD/$header\"
struct unused;" 2>&1) || findings+="$header: $out"$'\n'
	head -n 2 "$header" | grep -q '^#pragma once' || findings+="$header: no #pragma once on line 2"$'\n'
done
holds "every header compiles alone, once" "${findings%$'\n'}"

for language in "c -std=c11" "c -std=c2x" "c++ -std=c++11" "c++ -std=c++20"; do
	compiler=gcc
	[[ $language != c++* ]] || compiler=g++
	# shellcheck disable=SC2086 # the language is two words
	holds "portroll.h compiles as $language" "$($compiler "${flags[@]}" -x $language - <<<'#include "portroll.h"' 2>&1)"
done

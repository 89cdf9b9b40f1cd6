#!/bin/bash
# SPDX-License-Identifier: MIT
# What the programs link and export. Needs the build with gcc (PORTROLL_BUILD).
. "$(dirname "$0")/tap.bash"
build=${PORTROLL_BUILD:-build}

# links PROGRAM LIBRARY...: needs these and no others.
links() {
	local program=$1
	shift
	holds "${program##*/} links ${*:-nothing}" "$(
		[ -f "$build/src/$program" ] || echo "not there"
		readelf -d "$build/src/$program" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p' |
			grep -vxE "$(printf '%s\\.so.*|' "$@")libc\.so\.6"
		[ $# -gt 0 ] || readelf -l "$build/src/$program" 2>/dev/null | grep INTERP
	)"
}
links cli/portroll
links keeper/portroll-keeper libexpat libjansson libz libnettle libsodium libsqlite3
links serve/portroll-serve libmicrohttpd libz libnettle libsodium
links fetch/portroll-fetch libcurl
links nss/libnss_portroll.so.2

for program in cli/portroll keeper/portroll-keeper serve/portroll-serve fetch/portroll-fetch; do
	holds "${program##*/} exports nothing" "$(
		nm -D --defined-only "$build/src/$program" 2>/dev/null | awk '$2 ~ /[TDBR]/'
	)"
done
# It is loaded into every process: no thread-local storage, nothing looked up late, never unloaded.
module=$build/src/nss/libnss_portroll.so.2
holds "the NSS module exports glibc's five functions" "$(
	diff <(printf '_nss_portroll_%s\n' endservent getservbyname_r getservbyport_r getservent_r setservent) \
		<(nm -D --defined-only "$module" | awk '{ print $3 }' | sort)
)"
holds "the NSS module has no thread-local storage" "$(readelf -lW "$module" | grep TLS)"
holds "the NSS module starts no threads, loads no libraries, ends no process, asks no stdio" "$(
	nm -D --undefined-only "$module" | awk '{ sub(/@.*/, "", $2); print $2 }' |
		grep -xE 'pthread_create|thrd_create|dlopen|dlmopen|abort|_?exit|__assert_fail|signal|sigaction|[fp]?open|f?printf|fork|system'
)"
holds "the public library starts no threads" "$(
	nm -D --undefined-only "$build/src/libportroll.so.1" | awk '{ sub(/@.*/, "", $2); print $2 }' |
		grep -xE 'pthread_create|thrd_create'
)"
holds "the NSS module is bound at once and stays" "$(
	readelf -dW "$module" | grep FLAGS_1 | grep -q 'NOW NODELETE' || echo "flags are missing"
)"
# portroll_ is the contract of portroll.h; everything else of ours carries the name of its module.
holds "only portroll.h declares what begins with portroll_" "$(
	nm --defined-only "$build"/src/*/lib*.a 2>/dev/null | awk '$2 ~ /[TDBR]/ && $3 ~ /^portroll_/ { print $3 }' |
		sort -u | while read -r name; do grep -q "\\b$name\\b" include/portroll.h || echo "$name"; done
)"

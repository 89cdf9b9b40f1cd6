# SPDX-License-Identifier: MIT
# Servers of PostgreSQL of one's own: `load servers`. Their files and sockets are in $servers, they
# listen on nothing else, and they end with the test.
#
#   need_postgres                skips the test where PostgreSQL is not installed
#   server NAME PORT             makes and starts one
#   standby NAME PORT OF-PORT    makes and starts one that follows another
#   start NAME, stop NAME, kill_hard NAME
#   sql PORT TEXT                asks the database roll
#   setting PORT NAME VALUE      for the whole server, at once
#   url PORT,PORT...             for the store; patience of 2 s
#   until_true SECONDS COMMAND...
bats_require_minimum_version 1.5.0

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${PORTROLL_BUILD:-$root/build}
export store_load=$build/tests/store_load ledger_load=$build/tests/ledger_load
postgres=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)

need_postgres() {
	[ -x "$postgres/initdb" ] || skip "PostgreSQL is not installed"
	if [ "$(id -u)" = 0 ] && ! id postgres >/dev/null 2>&1; then skip "there is no user postgres"; fi
}

# The servers refuse to run as root.
as_postgres() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && timeout 60 runuser -u postgres -- "$@")
	else
		timeout 60 "$@"
	fi
}

# In /tmp: the path of a socket has at most 107 bytes.
servers_begin() {
	servers=$(mktemp -d /tmp/portroll-pg.XXXXXX)
	[ "$(id -u)" != 0 ] || chown postgres "$servers"
	chmod 755 "$servers"
}

servers_end() {
	local pid
	[ -n "${servers-}" ] || return 0
	for pid in "$servers"/*/postmaster.pid; do
		[ ! -f "$pid" ] || kill_hard "$(basename "$(dirname "$pid")")"
	done
	rm -rf "$servers"
}

write_to() {
	as_postgres tee -a "$1" >/dev/null
}

start() {
	as_postgres "$postgres/pg_ctl" -D "$servers/$1" -l "$servers/$1.log" -w -t 30 start >/dev/null
}

stop() {
	as_postgres "$postgres/pg_ctl" -D "$servers/$1" -w -t 30 -m fast stop >/dev/null
}

server() {
	as_postgres "$postgres/initdb" -D "$servers/$1" -A trust -U postgres --no-sync --no-instructions \
		-E UTF8 --locale=C.UTF-8 -k >/dev/null
	write_to "$servers/$1/postgresql.conf" <<-END
		listen_addresses = ''
		unix_socket_directories = '$servers'
		port = $2
		cluster_name = '$1'
		wal_level = replica
		wal_log_hints = on
		wal_keep_size = 64MB
		fsync = off
		max_connections = 60
	END
	start "$1"
	as_postgres "$postgres/createdb" -h "$servers" -p "$2" -U postgres roll
}

standby() {
	as_postgres "$postgres/pg_basebackup" -h "$servers" -p "$3" -U postgres -D "$servers/$1" -R -C -S "$1" \
		-X stream -c fast --no-sync
	write_to "$servers/$1/postgresql.conf" <<-END
		port = $2
		cluster_name = '$1'
	END
	start "$1"
}

# As when the power goes: the server and all of its processes at once.
kill_hard() {
	local server
	server=$(head -n 1 "$servers/$1/postmaster.pid")
	kill -STOP "$server" || return 0
	pgrep -P "$server" | xargs -r kill -KILL || true
	kill -KILL "$server"
	until_true 10 gone "$server"
	rm -f "$servers/$1/postmaster.pid"
}

# One that nobody has waited for yet is gone, too.
gone() {
	[ ! -e "/proc/$1" ] || grep -q '^State:.Z' "/proc/$1/status"
}

sql() {
	as_postgres "$postgres/psql" -h "$servers" -p "$1" -U postgres -d "${roll:-roll}" -Atqc "$2"
}

setting() {
	sql "$1" "alter system set $2 = '$3'" && sql "$1" "select pg_reload_conf()" >/dev/null
}

is_synchronous() {
	[ "$(sql "$1" "select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')")" -ge "$2" ]
}

url() {
	local hosts=$servers ports=$1
	while [[ $ports == *,* ]]; do
		hosts+=",$servers" ports=${ports#*,}
	done
	echo "postgresql://postgres@/${roll:-roll}?host=$hosts&port=$1&options=-c%20statement_timeout%3D2s"
}

until_true() {
	local seconds=$1 end=$((SECONDS + $1))
	shift
	until "$@"; do
		[ $SECONDS -lt $end ] || {
			echo "not within $seconds s: $*"
			return 1
		}
		sleep 0.05
	done
}

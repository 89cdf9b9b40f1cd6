# SPDX-License-Identifier: MIT
# The tests stand on each other, in this order.
bats_require_minimum_version 1.5.0

tree=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
packages=$BATS_RUN_TMPDIR/packages
room=${PORTROLL_ROOM-}/room

# A command in the room, without a network.
inside() {
	unshare --net chroot "$room" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
		PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

inside_apt() {
	inside apt-get -q -y -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-unsafe-io "$@"
}

# The packages as the room sees them.
debs() {
	(cd "$room" && printf '/%s\n' packages/*.deb)
}

# What belongs to the project; outside git, all that lies there.
tree_files() {
	git ls-files -z --cached --others --exclude-standard 2>/dev/null | grep -z . ||
		find . -name .git -prune -o -path './build*' -prune -o -type f -print0
}

need_packages() {
	[ -d "$packages" ] || skip "the packages were not built"
}

need_installed() {
	need_packages
	[ -n "${PORTROLL_ROOM-}" ] || skip "namespaces or an overlay over / are not allowed here"
	[ -x "$room/usr/bin/portroll" ] || skip "the packages are not installed"
}

@test "dpkg-buildpackage builds the packages" {
	mkdir -p "$BATS_RUN_TMPDIR/build/portroll"
	cd "$tree"
	tree_files |
		tar --create --null --ignore-failed-read --files-from=- 2>/dev/null |
		tar --extract --directory "$BATS_RUN_TMPDIR/build/portroll"
	cd "$BATS_RUN_TMPDIR/build/portroll"
	dpkg-source --build . >/dev/null
	DEB_BUILD_OPTIONS="parallel=$(nproc) nocheck" dpkg-buildpackage -b -us -uc >"$BATS_RUN_TMPDIR/log" 2>&1 ||
		{ tail -n 40 "$BATS_RUN_TMPDIR/log" && false; }
	mv "$BATS_RUN_TMPDIR/build" "$packages"
}

@test "lintian finds no errors and warns of nothing" {
	need_packages
	run lintian --allow-root "$packages"/*.dsc "$packages"/*.changes
	echo "$output"
	[ "$status" = 0 ]
	[ -z "$output" ]
}

@test "systemd finds the server's unit little exposed" {
	command -v systemd-analyze >/dev/null || skip "systemd-analyze is not there"
	systemd-analyze security --offline=yes --threshold=15 "$tree/debian/portroll-server.service"
}

@test "systemd finds the unit that fetches little exposed" {
	command -v systemd-analyze >/dev/null || skip "systemd-analyze is not there"
	systemd-analyze security --offline=yes --threshold=25 "$tree/debian/portroll.portroll-update.service"
}

@test "apt installs them without a network" {
	need_packages
	[ -n "${PORTROLL_ROOM-}" ] || skip "namespaces or an overlay over / are not allowed here"
	# What an earlier run of the programs left on this machine is not ours.
	rm -rf "$room/var/lib/portroll" "$room/var/lib/portroll-state"
	rm -f "$room/var/lib/man-db/auto-update"
	printf '#!/bin/sh\nexit 101\n' >"$room/usr/sbin/policy-rc.d"
	chmod +x "$room/usr/sbin/policy-rc.d"
	mkdir "$room/packages"
	cp "$packages"/*.deb "$room/packages"
	cp "$room/etc/nsswitch.conf" "$PORTROLL_ROOM"
	inside_apt install $(debs)
	[ -x "$room/usr/bin/portroll" ]
}

@test "the first roll answers" {
	need_installed
	run inside portroll 3306/tcp
	[ "$status" = 0 ]
	[[ $output == *mysql* ]]
	[ "$(stat -c '%U %a' "$room/var/lib/portroll/snapshot")" = "root 644" ]
}

@test "the timer that fetches is there and off" {
	need_installed
	[ -e "$room/lib/systemd/system/portroll-tick.timer" ]
	[ -e "$room/lib/systemd/system/portroll-tick.service" ]
	[ -e "$room/lib/systemd/system/portroll-update.timer" ]
	[ -e "$room/lib/systemd/system/portroll-update.service" ]
	[ -z "$(find "$room/etc/systemd" -name 'portroll-update*' -o -name 'portroll-tick*')" ]
}

@test "what the man pages name under /usr/share/doc is there" {
	need_installed
	for path in $(grep -oh '/usr/share/doc/portroll[A-Za-z0-9_./]*[A-Za-z]' "$tree"/man/* | sort -u); do
		echo "$path"
		[ -e "$room/$path" ]
	done
	[ -e "$room/usr/share/doc/portroll/JSON.md" ]
}

@test "getent answers from the roll" {
	need_installed
	run inside getent -s portroll services mysql
	[ "$status" = 0 ]
	[[ $output == mysql\ *3306/tcp* ]]
}

@test "programs know by glibc what /etc/services lacks, behind it" {
	need_installed
	grep -qE '^services:.* files portroll$' "$room/etc/nsswitch.conf"
	run ! grep -q mysql-cluster "$room/etc/services"
	run inside getent services mysql-cluster
	[[ $output == mysql-cluster\ *1186/tcp* ]]
	run inside python3 -c 'import socket; print(socket.getservbyname("mysql-cluster", "udp"))'
	[ "$output" = 1186 ]
}

@test "a program is built with the library by pkg-config" {
	need_installed
	cat >"$room/packages/ask.c" <<-'PROGRAM'
		#include <portroll.h>
		#include <stdio.h>
		int main(void)
		{
			struct portroll_snapshot *s;
			struct portroll_record record;
			if (portroll_open(&s, PORTROLL_SYSTEM_SNAPSHOT, NULL) < 0)
				return 1;
			if (portroll_get(s, portroll_find_port(s, 3306, PORTROLL_TCP), &record))
				printf("%.*s\n", (int)record.name.len, record.name.ptr);
			portroll_close(s);
			return 0;
		}
	PROGRAM
	inside sh -c 'cc /packages/ask.c -o /packages/ask $(pkg-config --cflags --libs portroll)'
	run inside /packages/ask
	[ "$output" = mysql ]
}

@test "verbs that keep find their program" {
	need_installed
	inside portroll export --format csv | grep -q '^mysql,3306,tcp,'
}

@test "the server answers from the roll to a user of its own" {
	need_installed
	command=$(sed -n 's/^ExecStart=//p' "$room/lib/systemd/system/portroll-server.service")
	command=${command/127.0.0.1:8080/127.0.0.1:0}
	chroot "$room" setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs \
		env PORTROLL_DIR=/var/lib/portroll $command 2>"$BATS_TEST_TMPDIR/said" 3>&- &
	server=$!
	timeout 10 tail --pid=$server -n +1 -f "$BATS_TEST_TMPDIR/said" | grep -q -m 1 ' at http:'
	url=$(sed -n 's/.* at \(http:.*\)/\1/p' "$BATS_TEST_TMPDIR/said")
	curl -sS "${url%/}/ports/3306/tcp.json" | grep -q mysql
	kill $server
	wait $server
}

@test "a second installation keeps the roll" {
	need_installed
	inside portroll import --quiet --source ours --above iana --coverage names - <<<'mysql-ours 3306/tcp'
	before=$(cksum <"$room/var/lib/portroll/snapshot")
	inside_apt install --reinstall $(debs)
	[ "$(cksum <"$room/var/lib/portroll/snapshot")" = "$before" ]
	inside portroll 3306/tcp | grep -q mysql-ours
}

@test "removing them keeps the roll and nothing that runs" {
	need_installed
	inside_apt remove '*portroll*'
	[ ! -e "$room/usr/bin/portroll" ]
	[ -e "$room/var/lib/portroll/snapshot" ]
	run ! grep -E '^services:.*portroll' "$room/etc/nsswitch.conf"
	inside_apt install $(debs)
	inside portroll 3306/tcp | grep -q mysql-ours
}

@test "purging them leaves nothing" {
	need_installed
	inside_apt purge '*portroll*'
	cmp "$room/etc/nsswitch.conf" "$PORTROLL_ROOM/nsswitch.conf"
	left=$(cd "$PORTROLL_ROOM/upper" && find . -path ./packages -prune -o -name '*portroll*' ! -type c -print)
	echo "$left"
	[ -z "$left" ]
}

@test "a folder that cannot be written to stops neither installation nor purge" {
	need_packages
	[ -n "${PORTROLL_ROOM-}" ] || skip "namespaces or an overlay over / are not allowed here"
	mkdir "$room/var/lib/portroll"
	mount -t tmpfs -o ro tmpfs "$room/var/lib/portroll"
	run inside_apt install $(debs)
	echo "$output"
	[ "$status" = 0 ]
	[[ $output == *"portroll: there is no first roll in /var/lib/portroll"* ]]
	mount -o remount,rw "$room/var/lib/portroll"
	inside dpkg-reconfigure portroll
	inside portroll 3306/tcp | grep -q mysql
	run inside_apt purge '*portroll*'
	echo "$output"
	[ "$status" = 0 ]
	[ -z "$(ls -A "$room/var/lib/portroll")" ]
	umount "$room/var/lib/portroll"
	rmdir "$room/var/lib/portroll"
}

@test "a link that leads nowhere stops no installation" {
	need_packages
	[ -n "${PORTROLL_ROOM-}" ] || skip "namespaces or an overlay over / are not allowed here"
	ln -s /nowhere "$room/var/lib/portroll"
	run inside_apt install $(debs)
	echo "$output"
	[ "$status" = 0 ]
	[ -x "$room/usr/bin/portroll" ]
	inside_apt purge '*portroll*'
	rm -f "$room/var/lib/portroll"
}

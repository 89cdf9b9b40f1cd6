# SPDX-License-Identifier: MIT
# SIGKILL at any moment of an import leaves the old roll or the new one.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	make_xml 2026-01-01 1000 >old.xml
	make_xml 2026-02-01 1010 >new.xml
	keeper=$(program portroll-keeper)
	PORTROLL_DIR=$PWD/new "$keeper" import -q old.xml
	cp -r new old
	PORTROLL_DIR=$PWD/new "$keeper" import -q new.xml
	PORTROLL_DIR=$PWD/old
}

# The snapshot is one of the two, and what a killed import left does not matter to the next.
old_or_new() {
	if cmp -s "$PORTROLL_DIR/snapshot" new/snapshot; then
		new=$((new + 1))
	else
		cmp "$PORTROLL_DIR/snapshot" kept
		old=$((old + 1))
	fi
	"$keeper" export -q --format csv >/dev/null
}

# A debugger-like stop at each system call: the moments at which something outside changes.
@test "killed at every system call that writes" {
	command -v strace >/dev/null || skip "strace is not installed"
	strace -o trace "$keeper" import -q --force old.xml 2>/dev/null || skip "strace may not trace here"
	cp "$PORTROLL_DIR/snapshot" kept
	old=0 new=0
	for call in openat flock ftruncate pwrite64 fchmod write fsync rename close; do
		for nth in 1 2 3; do
			strace -qq -o /dev/null -e inject="$call:signal=KILL:when=$nth" \
				"$keeper" import -q new.xml 2>/dev/null || true
			old_or_new
			cp kept "$PORTROLL_DIR/snapshot"
		done
	done
	[ "$old" -gt 0 ]
	[ "$new" -gt 0 ]
	"$keeper" import -q new.xml
	cmp "$PORTROLL_DIR/snapshot" new/snapshot
	[ "$(ls -A "$PORTROLL_DIR" | tr '\n' ' ')" = "lock snapshot " ]
}

@test "killed at 40 moments of time" {
	cp "$PORTROLL_DIR/snapshot" kept
	old=0 new=0
	for ((i = 1; i <= 40; i++)); do
		timeout -s KILL "$(printf 0.%04d $((i * 5)))" "$keeper" import -q new.xml 2>/dev/null || true
		old_or_new
		cp kept "$PORTROLL_DIR/snapshot"
	done
	[ $((old + new)) = 40 ]
	"$keeper" import -q new.xml
	cmp "$PORTROLL_DIR/snapshot" new/snapshot
	[ "$(ls -A "$PORTROLL_DIR" | tr '\n' ' ')" = "lock snapshot " ]
}

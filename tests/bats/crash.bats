# SPDX-License-Identifier: MIT
# SIGKILL at any moment of an import leaves the old roll or the new one, and the next import finishes
# what was begun.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	make_xml 2026-01-01 1000 >old.xml
	make_xml 2026-02-01 1010 >new.xml
	keeper=$(program portroll-keeper)
	portroll import -q old.xml
	cp -r "$PORTROLL_DIR" kept.roll
	cp -r "$PORTROLL_STATE" kept.state
	portroll convert -q old.xml --to csv >old.csv
	portroll convert -q new.xml --to csv >new.csv
	old=0 new=0
}

put_back() {
	rm -rf "$PORTROLL_DIR" "$PORTROLL_STATE"
	cp -r kept.roll "$PORTROLL_DIR"
	cp -r kept.state "$PORTROLL_STATE"
}

# The roll is one of the two; the next import makes it the new one, and leaves nothing of the killed.
old_or_new() {
	portroll export -q --format csv >found.csv
	if cmp -s found.csv new.csv; then
		new=$((new + 1))
	else
		cmp found.csv old.csv
		old=$((old + 1))
	fi
	portroll import -q new.xml
	portroll export -q --format csv | cmp - new.csv
	portroll --as-of 2026-01-01 export -q --format csv | cmp - old.csv
	[ -z "$(find "$PORTROLL_DIR" "$PORTROLL_STATE" -name '.*')" ]
}

# A debugger-like stop at each system call: the moments at which something outside changes.
@test "killed at every system call that writes" {
	command -v strace >/dev/null || skip "strace is not installed"
	strace -o trace "$keeper" import -q new.xml 2>/dev/null || skip "strace may not trace here"
	for call in openat flock ftruncate pwrite64 fchmod write fsync fdatasync rename link unlink close; do
		for nth in 1 2 3 5 8; do
			put_back
			strace -qq -o /dev/null -e inject="$call:signal=KILL:when=$nth" \
				"$keeper" import -q new.xml 2>/dev/null || true
			old_or_new
		done
	done
	[ "$old" -gt 0 ]
	[ "$new" -gt 0 ]
}

@test "killed at 40 moments of time" {
	for ((i = 1; i <= 40; i++)); do
		put_back
		timeout -s KILL "$(printf 0.%04d $((i * 5)))" "$keeper" import -q new.xml 2>/dev/null || true
		old_or_new
	done
	[ $((old + new)) = 40 ]
}

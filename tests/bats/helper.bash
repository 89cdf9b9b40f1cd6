# SPDX-License-Identifier: MIT
# For every behaviour test: `load helper`. The programs as they were built, a roll of its own for
# each test, and plain words for what is missing.
#
#   portroll ARGUMENTS...      the program; `run portroll ...` works, so does a pipe
#   program NAME               the path of portroll, portroll-keeper, portroll-serve, portroll-fetch
#   need_shared FILE           skips the test where $PORTROLL_SHARED/FILE is not there
#   $root $build $shared       the source tree, the build folder, ../shared or nothing
#   $PORTROLL_STATE            the folder that remembers what the rolls of this test signed
#   $PORTROLL_DIR              the roll of this test: a folder that does not exist yet
bats_require_minimum_version 1.5.0

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${PORTROLL_BUILD:-$root/build}
shared=${PORTROLL_SHARED-}

export PORTROLL_DIR=${BATS_TEST_TMPDIR:-$BATS_FILE_TMPDIR}/roll
export PORTROLL_STATE=${BATS_TEST_TMPDIR:-$BATS_FILE_TMPDIR}/state
export PORTROLL_LIBEXEC=$BATS_FILE_TMPDIR/libexec
unset NO_COLOR COLUMNS XDG_DATA_HOME XDG_STATE_HOME

program() {
	case "$1" in
	portroll) echo "$build/src/cli/portroll" ;;
	*) echo "$build/src/${1#portroll-}/$1" ;;
	esac
}

# The folder that an installation would call libexec/portroll.
if [ -n "${BATS_FILE_TMPDIR-}" ] && [ ! -d "$PORTROLL_LIBEXEC" ]; then
	mkdir -p "$PORTROLL_LIBEXEC"
	for name in portroll-keeper portroll-serve portroll-fetch; do
		ln -sf "$(program $name)" "$PORTROLL_LIBEXEC/$name"
	done
fi

portroll() {
	"$build/src/cli/portroll" "$@"
}

# The snapshot that the same roll would have without its ledger: two rolls that are alike differ in
# that by time and salts.
bare() {
	"$build/tests/golden/same_bytes" --bare "$1"
}

# The sums of all that is in a roll's folder but the lock, which tells of the last writer.
sums() {
	(cd "$1" && find . -type f ! -name lock -print0 | sort -z | xargs -0 sha256sum)
}

need_shared() {
	if [ -z "$shared" ] || [ ! -e "$shared/$1" ]; then skip "shared/$1 is not there"; fi
}

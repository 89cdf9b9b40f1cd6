# SPDX-License-Identifier: MIT
# script/bootstrap against a package manager of our own that installs nothing.
load helper

setup() {
	tools=$BATS_TEST_TMPDIR/tools
	mkdir -p "$tools"
	printf '#!/bin/sh\necho "$@" >>"%s/calls"\n' "$BATS_TEST_TMPDIR" >"$tools/apt-get"
	printf '#!/bin/sh\necho 0\n' >"$tools/id"
	chmod +x "$tools"/*
	PATH=$tools:$PATH
}

# All packages are there but those named.
missing() {
	cat >"$tools/dpkg-query" <<-TOOL
		#!/bin/sh
		shift 3
		for package; do
			case " $* " in *" \$package "*) ;; *) echo "installed \$package" ;; esac
		done
	TOOL
	chmod +x "$tools/dpkg-query"
}

@test "nothing is done when nothing is missing" {
	missing
	run "$root/script/bootstrap"
	[ "$status" = 0 ]
	[ -z "$output" ]
	[ ! -e "$BATS_TEST_TMPDIR/calls" ]
}

@test "what is missing is installed in one call" {
	missing meson clang zlib1g-dev
	run "$root/script/bootstrap"
	[ "$status" = 0 ]
	[ "$(grep -c ' install ' "$BATS_TEST_TMPDIR/calls")" = 1 ]
	grep -q ' install -y --no-install-recommends meson zlib1g-dev clang$' "$BATS_TEST_TMPDIR/calls"
}

@test "--no-tests leaves out what only the tests need" {
	missing meson clang zlib1g-dev chromium
	run "$root/script/bootstrap" --no-tests
	[ "$status" = 0 ]
	grep -q ' install -y --no-install-recommends meson zlib1g-dev$' "$BATS_TEST_TMPDIR/calls"
}

@test "a package that only the tests need is no reason to install without them" {
	missing clang bats
	run "$root/script/bootstrap" --no-tests
	[ "$status" = 0 ]
	[ ! -e "$BATS_TEST_TMPDIR/calls" ]
}

@test "what only the packages need is left out with --no-tests, and taken without" {
	missing debhelper
	run "$root/script/bootstrap" --no-tests
	[ "$status" = 0 ]
	[ ! -e "$BATS_TEST_TMPDIR/calls" ]
	run "$root/script/bootstrap"
	grep -q ' install -y --no-install-recommends debhelper$' "$BATS_TEST_TMPDIR/calls"
}

@test "an installation that fails is told" {
	missing meson
	printf '#!/bin/sh\necho no such package; exit 100\n' >"$tools/apt-get"
	run "$root/script/bootstrap"
	[ "$status" = 1 ]
	[[ $output == *"no such package"* ]]
}

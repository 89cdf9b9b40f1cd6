# SPDX-License-Identifier: MIT
# An installed tree works wherever it was put.
load helper

setup() {
	destination=$BATS_FILE_TMPDIR/destination
	[ -d "$destination" ] ||
		DESTDIR=$destination meson install -C "$build" --no-rebuild >"$BATS_FILE_TMPDIR/install.log"
	prefix=$destination/usr/local
	unset PORTROLL_LIBEXEC
}

@test "the programs, the man pages and the completions are installed" {
	[ -x "$prefix/bin/portroll" ]
	for name in keeper serve fetch; do
		[ -x "$prefix/libexec/portroll/portroll-$name" ]
	done
	[ -n "$(find "$prefix/share/man" -name 'portroll.1*')" ]
	[ -n "$(find "$prefix/share" -path '*bash-completion*' -name portroll)" ]
	[ -n "$(find "$prefix/share" -path '*zsh*' -name _portroll)" ]
	[ -n "$(find "$prefix/share" -path '*fish*' -name portroll.fish)" ]
}

@test "what the man pages name under /usr/share/doc is installed" {
	paths=$(grep -oh '/usr/share/doc/portroll[A-Za-z0-9_./]*[A-Za-z]' "$root"/man/* | sort -u)
	[ "$(wc -l <<<"$paths")" -ge 4 ]
	for path in $paths; do
		echo "$path"
		[ -e "$prefix${path#/usr}" ]
	done
}

@test "the NSS module is installed under the name that glibc looks for, and no other" {
	run find "$prefix" -name 'libnss_portroll*so*' -printf '%f %y\n'
	echo "$output"
	[ "$output" = "libnss_portroll.so.2 f" ]
	[ -n "$(find "$prefix/share/man/man8" -name 'libnss_portroll.8*')" ]
}

@test "nothing of the tests is installed" {
	[ -z "$(find "$destination" -name '*test*' -o -name 'fuzz_*' -o -name '*.a')" ]
}

@test "the installed program imports, answers and exports" {
	"$prefix/bin/portroll" import --source iana --partial "$root/data/registry-page-2025-10-22.txt"
	run "$prefix/bin/portroll" 3366/tcp
	[ "$status" = 0 ]
	[[ $output == *creativepartnr* ]]
	"$prefix/bin/portroll" export --format csv | grep -q '^creativepartnr,3366,tcp,'
}

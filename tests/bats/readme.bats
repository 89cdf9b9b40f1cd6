# SPDX-License-Identifier: MIT
# What README.md shows is what the program says.
load helper

@test "the transcript in the README is real" {
	need_shared data/iana-2026-08-17.xml
	need_shared data/iana-2026-02-13.csv
	portroll import --quiet "$shared/data/iana-2026-08-17.xml"
	export -f portroll
	export build
	commands=0
	said=
	shown=
	while IFS= read -r line; do
		case "$line" in
		'    $ '*)
			[ "$shown" = "$said" ]
			said=$(cd "$shared/data" && bash -c "${line#*\$ }" 2>&1 | sed 's/[[:blank:]]*$//') || true
			shown=
			commands=$((commands + 1))
			;;
		'    '* | '') [ $commands = 0 ] || shown+=${shown:+$'\n'}${line#    } ;;
		'## What it is') break ;;
		esac
	done <"$root/README.md"
	[ "${shown%$'\n'}" = "$said" ]
	[ $commands = 6 ]
}

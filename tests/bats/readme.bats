# SPDX-License-Identifier: MIT
# bats file_tags=slow
# What README.md and the handbook show is what the program says.
load helper
load asking

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

# commands HEADING: what stands in that section to be typed.
commands() {
	sed -n "/^## $1\$/,/^## /{s/^    //p;/^\$/p}" "$root/README.md"
}

# In a folder of its own, with a roll of IANA's registry; each command must do what it says.
follow() {
	if [ -e "$shared/data/iana-2025-10-22.xml" ]; then
		portroll import -q "$shared/data/iana-2025-10-22.xml"
	elif [ -e "$debian" ]; then
		portroll import -q "$debian" --dated 2014-07
	else
		skip "no copy of the registry is here"
	fi
	cd "$BATS_TEST_TMPDIR" || return
	commands "$1" >followed
	[ -s followed ]
	export -f portroll
	export build root
	bash -e followed >said 2>&1 || { cat said && return 1; }
}

@test "whoever asks for an assignment can follow the README" {
	need_terminal
	portroll() {
		if [ "$1 $2" = "request new" ]; then
			python3 "$root/tests/probes/answer_questions.py" "Service Name=example-lamp" \
				"Transport Protocols=udp" "Description=Control of lamps" \
				"Assignee=Example <ports@example.com>" "Assignee Type=organization" \
				"Contact=Example Ports <ports@example.com>" \
				"Reference=A datagram of JSON each way." "Defined TXT Keys=none" \
				"Broadcast Use=none" "UDP Congestion=one in ten seconds" \
				"UDP Discovery Only=no" "Versioning=in each message" "Security=DTLS 1.3" \
				-- "$build/src/cli/portroll" "$@" </dev/null
		else
			"$build/src/cli/portroll" "$@"
		fi
	}
	follow "To ask for an assignment"
	[ -s lamp.request ]
	grep -q "^procedure: First Come First Served" said
	grep -q "^IANA's form: " said
}

@test "who runs an organisation's registry can follow the README" {
	follow "Run your organisation's registry"
	grep -q "^R-1 temporary: " said
	grep -q "^30900/tcp  Assigned in example (managed)" said
	grep -q "^R-2 published: " said
	grep -q "^R-3  *pool-review " said
	grep -q "^R-4 published: " said
	run -2 portroll 4470/tcp
	[[ $output == *"Reserved in example"*"previously example-stock"* ]]
}

@test "the handbook names every state, and the rules that nobody overrides" {
	handbook=$root/doc/PROCEDURE.md
	cd "$BATS_TEST_TMPDIR" || return
	states=$(tr '\n' ' ' <"$root/man/portroll-request.1" | sed -n 's/.*\.Ss States *\([^;]*\); and the ends: \([^.]*\)\..*/\1 \2/p' |
		tr -d ,)
	[ "$(wc -w <<<"$states")" -gt 25 ]
	for state in $states; do
		grep -qE "(^|[| ,.])$state([ ,.|]|\$)" "$handbook" || { echo "$state"; false; }
	done
	portroll rules --json | jq -r '.rules[] | select(.form) | .id' | sort >form
	python3 - "$handbook" >named <<-'END'
		import re, sys
		table = open(sys.argv[1]).read().split("**Never overridden**")[1].split("`portroll rules --json`")[0]
		for first, _, last in re.findall(r"([A-Z]\d\d)( to ([A-Z]\d\d))?", table):
		    for number in range(int(first[1:]), int((last or first)[1:]) + 1):
		        print(f"{first[0]}{number:02}")
	END
	diff form <(sort named)
}

# SPDX-License-Identifier: MIT
# For the rules of the house: each rule makes a list of findings, one a line, and holds when it is
# empty. Sourced from the top of the tree.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
broken=0

# holds RULE FINDINGS
holds() {
	if [ -z "$2" ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		printf '%s\n' "$2" | head -n 40 | sed 's/^/# /'
		broken=1
	fi
}

# The files of the project that match the patterns; outside git, all that lie there.
files() {
	git ls-files -- "$@" 2>/dev/null | grep . || find . -path './build*' -prune -o -type f -print |
		sed 's|^\./||' | grep -E "$(printf '%s\n' "$@" | sed 's/[.]/[.]/g; s/\*/.*/g; s/.*/^&$/' | paste -sd'|')"
}

trap 'exit $broken' EXIT

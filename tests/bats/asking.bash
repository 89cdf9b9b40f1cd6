# SPDX-License-Identifier: MIT
# The roll that the tests of the verbs that ask share: Debian's copy of IANA's CSV (July 2014), the
# shipped page of 2025-10-22 on it, and below it a source of names alone.

debian=/usr/share/ipv6toolkit/service-names-port-numbers.csv

# In setup_file: builds it once.
make_roll() {
	[ -e "$debian" ] || return 0
	export PORTROLL_DIR=$BATS_FILE_TMPDIR/roll
	portroll import -q "$debian" --dated 2014-07
	portroll import -q --partial "$root/data/registry-page-2025-10-22.txt"
	printf 'left-over\t41641/udp\nmysql\t3306/tcp\nmysql\t3306/udp\n' >"$BATS_FILE_TMPDIR/services"
	portroll import -q "$BATS_FILE_TMPDIR/services" --source common --below iana --dated 2024
}

# In setup: the roll, or the word why there is none.
use_roll() {
	[ -e "$debian" ] || skip "ipv6toolkit is not there"
	export PORTROLL_DIR=$BATS_FILE_TMPDIR/roll
}

# Skips the test where no terminal can be had.
need_terminal() {
	script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "no pseudo-terminal here"
}

# on_terminal COLUMNS COMMAND: what the command writes to a terminal of that width.
on_terminal() {
	script -qec "stty cols $1; $2" /dev/null </dev/null | tr -d '\r'
}

# member EXPRESSION: a value out of the JSON in $output, by Python's words on d.
member() {
	python3 -c 'import json, sys; d = json.load(sys.stdin); print(eval(sys.argv[1]))' "$1" <<<"$output"
}

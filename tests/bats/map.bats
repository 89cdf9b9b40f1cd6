# SPDX-License-Identifier: MIT
# portroll map: the ports as a picture.
load helper
load asking

setup_file() { make_roll; }
setup() { use_roll; }

@test "without colour it is braille, with a label a row and a legend" {
	run -0 portroll map
	[ "$(python3 -c 'import re, sys; print(len(re.findall(r"(?m)^\d+ +[\u2800-\u28ff]{64}$", sys.stdin.read())))' <<<"$output")" -eq 32 ]
	[[ $output == *"Dynamic 16,384"* && $output == *"a dot is 4 ports"* ]]
}

@test "a narrow terminal gets it in half the width" {
	COLUMNS=60 run -0 portroll map
	[ "$(python3 -c 'import re, sys; print(len(re.findall(r"(?m)^\d+ +[\u2800-\u28ff]{32}$", sys.stdin.read())))' <<<"$output")" -eq 64 ]
	[[ $output == *"Dynamic 16,384"* ]]
}

@test "with colour it is half blocks, and each row ends its colours" {
	run -0 portroll map --color=always
	[ "$(grep -c '▀' <<<"$output")" -eq 32 ]
	[ "$(grep '▀' <<<"$output" | grep -vc $'\e\\[0m$')" -eq 0 ]
}

@test "the SVG is whole, says what it shows, and draws every port once" {
	portroll map --svg >"$BATS_TEST_TMPDIR/map.svg"
	run -0 python3 - "$BATS_TEST_TMPDIR/map.svg" <<-'PYTHON'
		import re, sys, xml.etree.ElementTree as tree
		svg = tree.parse(sys.argv[1]).getroot()
		space = "{http://www.w3.org/2000/svg}"
		assert svg.find(space + "title").text.startswith("The 65,536 ports")
		assert "256 rows of 256 ports" in svg.find(space + "desc").text
		assert svg.get("role") == "img"
		seen = [0] * 65536
		for path in svg.findall(space + "path"):
		    for x, y, n in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path.get("d")):
		        for i in range(int(n)):
		            seen[int(y) * 256 + int(x) + i] += 1
		assert set(seen) == {1}
	PYTHON
	[ "$(grep -c 'https\?://' "$BATS_TEST_TMPDIR/map.svg")" -eq 1 ]
}

@test "a transport has its own picture" {
	portroll map --svg --transport dccp >"$BATS_TEST_TMPDIR/dccp.svg"
	grep -q '<title>The 65,536 ports of DCCP</title>' "$BATS_TEST_TMPDIR/dccp.svg"
	run -0 portroll map --transport udp
	[[ ${lines[0]} == "The 65,536 ports of UDP in iana"* ]]
}

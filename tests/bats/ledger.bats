# SPDX-License-Identifier: MIT
# The texts and tiles of a ledger before programs that know nothing of ours: openssl, Python and Go.
load helper

setup() {
	probe=$build/tests/ledger_probe
	verify=$root/tests/probes/ledger_verify.py
	cd "$BATS_TEST_TMPDIR"
}

@test "openssl verifies the checkpoint of five changesets with the known key" {
	"$probe" publish 5
	[ "$(cat key)" = "registry.example/ports+f9c9c0d6+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4" ]
	sed '/^$/,$d' checkpoint >text
	sed -n 's/^— registry.example.ports //p' checkpoint | base64 -d | tail -c +5 >sig
	{
		printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'
		cut -d+ -f3- key | base64 -d | tail -c +2
	} >k.der
	openssl pkeyutl -verify -pubin -inkey k.der -keyform DER -rawin -in text -sigfile sig
	sed -i 2s/5/6/ text
	run ! openssl pkeyutl -verify -pubin -inkey k.der -keyform DER -rawin -in text -sigfile sig
}

@test "Python rebuilds the tree from the published files, every tile" {
	local size
	for size in 0 1 5 256 257 1000 70000; do
		mkdir $size
		cd $size
		"$probe" publish $size
		run -0 python3 "$verify" files
		[[ $output == "registry.example/ports: $size entries, "* ]]
		cd ..
	done
}

@test "Python finds a changed byte in every published file" {
	"$probe" publish 300
	local file count=0
	while read -r file; do
		# What was published at a third of the size is not asked for any more.
		[[ $file != */000.p/100 ]] || continue
		cp "$file" kept
		printf '\377' | dd of="$file" bs=1 seek=7 conv=notrunc status=none
		run ! python3 "$verify" files
		mv kept "$file"
		count=$((count + 1))
	done < <(find tile checkpoint -type f)
	[ $count = 6 ]
	python3 "$verify" files
}

# build_go: the program of golang.org/x/mod as verify_tree; skips where Debian's Go is not there.
build_go() {
	command -v go >/dev/null || skip "go is not there"
	[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ] || skip "golang-golang-x-mod-dev is not there"
	GOPATH=/usr/share/gocode GO111MODULE=off GOFLAGS='' GOPROXY=off GOCACHE=$PWD/cache \
		go build -o verify_tree "$root/tests/probes/verify_tree.go"
}

@test "Go's own log rebuilds the tree from the published files, every tile" {
	build_go
	local size
	for size in 0 1 5 256 257 1000 70000; do
		mkdir $size
		(cd $size && "$probe" publish $size)
		run -0 ./verify_tree $size
		[[ $output == "registry.example/ports: $size entries, "* ]]
	done
}

@test "Go's own log finds a changed byte in every published file" {
	build_go
	mkdir files
	(cd files && "$probe" publish 300)
	local file count=0
	while read -r file; do
		[[ $file != */000.p/100 ]] || continue
		cp "$file" kept
		printf '\377' | dd of="$file" bs=1 seek=7 conv=notrunc status=none
		run ! ./verify_tree files
		mv kept "$file"
		count=$((count + 1))
	done < <(find files/tile files/checkpoint files/key -type f)
	[ $count = 7 ]
	./verify_tree files
}

@test "Python and openssl verify the receipts" {
	"$probe" receipt 21
	run -0 python3 "$verify" receipts
	[ "$output" = "21 receipts of 21 entries" ]
	sed -i 's/^index 4$/index 5/' 4.tlog-proof
	run ! python3 "$verify" receipts
}

@test "canonical JSON is what Python writes, sorted and without blanks" {
	python3 "$root/tests/probes/canonical_lines.py" same >same
	python3 "$root/tests/probes/canonical_lines.py" other >other
	[ "$(wc -l <same)" = 2000 ] && [ "$(wc -l <other)" -gt 4000 ]
	[ "$("$probe" canonical <same | sort | uniq -c | xargs)" = "2000 canonical" ]
	run ! grep -qx canonical <("$probe" canonical <other)
	[ "$("$probe" canonical <other | wc -l)" = "$(wc -l <other)" ]
}

# Of odd files, and of IANA's where they are there.
make_entries() {
	load registry
	make_odd_csv >odd.csv
	make_xml 2026-02-13 1000 "$(printf 'tab\tand \\ äöü 😂')" >made.xml
	local file
	for file in odd.csv made.xml "$shared"/data/iana-*.xml "$shared"/data/iana-*.csv; do
		[ ! -e "$file" ] || "$build/tests/ledger_entries" "$file"
	done >entries
	[ "$(wc -l <entries)" -ge 3 ]
}

@test "entries are what Python writes of them" {
	make_entries
	run ! grep -vxq canonical <("$probe" canonical <entries)
	python3 "$root/tests/probes/canonical_lines.py" again <entries | cmp - entries
}

@test "entries are what jq writes of them" {
	command -v jq >/dev/null || skip "needs jq"
	make_entries
	jq -cS . <entries | cmp - entries
}

@test "ledger without a word names the words" {
	run -1 portroll ledger
	[[ $output == "portroll: ledger takes a word: checkpoint, receipt, "*" or mirror" ]]
}

# SPDX-License-Identifier: MIT
# bats file_tags=slow
# A day of an organisation that gives ports out of three pools, above a mirror of IANA's registry which
# changes at noon.
load helper
load desk

before=data/iana-2025-10-22.xml
after=data/iana-2026-08-17.xml

organise() {
	portroll import -q "$shared/$before"
	portroll account add -q root --admin --login "$(id -un)"
	for name in pat ops alex lou robin; do portroll account add -q "$name"; done
	cat >example.policy <<-POLICY
		Policy: example

		Pool: web
		Range: 30900-30949
		Transports: tcp, udp
		Owner: pat
		Lease: 365
		Reserved: 30900

		Pool: data
		Range: 4470-4483
		Reviewers: alex, lou
		Approvals: 2

		Pool: plant
		Range: 34966-34979
		Transports: udp
		Owner: ops
	POLICY
	portroll source add -q example --above iana --policy example.policy
	portroll account add -q kim --grant registrar:example
}

# ask_for NAME PORT TRANSPORTS: the next number, whatever becomes of it.
ask_for() {
	portroll request submit -q "Service Name=$1" "Port Number=$2" "Transport Protocols=$3" \
		"Description=What the $1 machines say" \
		'Assignee=Example Person <person@example.com>' \
		'Contact=Example Person <person@example.com>' \
		'Reference=One line there, one line back.' 'Broadcast Use=none' \
		'State of Development=in use over tcp and udp' 'Transport Differences=none' \
		--source example --as robin || [ $? = 2 ]
}

# grant R WHO...: recommended by them, approved, carried out.
grant() {
	local request=$1 who
	shift
	for who; do portroll request recommend -q "$request" --as "$who"; done
	portroll request approve -q "$request" --as kim &&
		portroll request implement "$request" --as kim
}

count() {
	portroll request list --json --state "$1" --as kim | jq '.requests | length'
}

@test "forty requests to three pools, and a new copy of IANA's registry at noon" {
	need_shared "$before"
	need_shared "$after"
	cd "$BATS_TEST_TMPDIR"
	organise
	local names=(amber basalt coral dune ember fjord granite heath iris jade kelp lava moss nacre ochre pearl
		quartz reed slate talc umber velvet willow xenon yarrow zinc azure birch cedar delta elder
		flint grove hazel ivory jasper kaolin linen maple nickel)
	[ "${#names[@]}" = 40 ]

	# The morning: twenty want any port of web, eight one of data, seven one of plant; five what cannot be.
	for i in {0..18}; do ask_for "${names[i]}" web tcp; done
	ask_for "${names[19]}" 30939 tcp
	for i in {20..26}; do ask_for "${names[i]}" data tcp; done
	ask_for "${names[27]}" 4480 tcp
	ask_for "${names[28]}" 34966 udp
	for i in {29..34}; do ask_for "${names[i]}" plant udp; done
	ask_for "${names[35]}" 30900 tcp # held back in its pool
	ask_for "${names[36]}" 34970 tcp # not of that transport
	ask_for "${names[37]}" 5000 tcp  # in no pool, and IANA's
	ask_for "${names[38]}" 50000 tcp # Dynamic
	ask_for "https" web tcp          # a name of IANA's
	[ "$(count pool-review)" = 36 ]
	[ "$(count need-info)" = 4 ]
	for i in {1..15}; do grant "R-$i" pat >>told; done
	for i in {21..24}; do grant "R-$i" alex lou >>told; done
	grant R-29 ops >>told

	# Noon.
	run --separate-stderr -0 portroll import "$shared/$after"
	# shellcheck disable=SC2154
	told=$stderr
	[[ $told == *"example has cedar at 34966/udp (pool plant), iana has it Assigned to profinet-rt-sec"* ]]
	[[ $told == *"example has 4480/tcp in pool data, iana has it Assigned to agtp"* ]]
	[[ $told == *"example has 30939/tcp,udp in pool web, iana has it Assigned to dilithium3"* ]]

	# The afternoon: who asks for a number that IANA took meanwhile stays in review.
	for i in {16..19} 40; do grant "R-$i" pat >>told; done
	for i in {25..27}; do grant "R-$i" alex lou >>told; done
	for i in {30..35}; do grant "R-$i" ops >>told; done
	run -1 grant R-20 pat
	[[ $output == *"30939/tcp is of the source iana: dilithium3 30939/tcp"* ]]
	run -1 grant R-28 alex lou
	[[ $output == *"4480/tcp is of the source iana: agtp 4480/tcp"* ]]

	# The evening.
	[ "$(count temporary)" = 20 ]
	[ "$(count published)" = 14 ]
	run -0 portroll check --all --source example
	run -2 portroll source check example
	[[ $output == *"cedar at 34966/udp (pool plant), iana has it Assigned to profinet-rt-sec"* ]]
	portroll verify -q
}

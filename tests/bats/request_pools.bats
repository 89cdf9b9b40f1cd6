# SPDX-License-Identifier: MIT
# An organisation's requests for its own ports, above a registry that is mirrored.
load helper
load registry
load desk

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# organise: example above iana, with a pool that its owner leases and one that two reviewers give out.
organise() {
	make_xml 2026-01-01 3 >iana.xml
	portroll import -q iana.xml
	portroll account add -q root --admin --login "$(id -un)"
	cat >example.policy <<-POLICY
		Policy: example
		Title: Ports of the Example Organisation

		Pool: web
		Range: 30900-30938
		Transports: tcp, udp
		Owner: pat
		Lease: 365
		Reserved: 30900

		Pool: data
		Range: 4470-4479
		Reviewers: alex, lou
		Approvals: 2
	POLICY
	for name in pat alex lou robin; do portroll account add -q "$name"; done
	portroll account add -q kim --grant registrar:example
	portroll source add -q example --policy example.policy
}

ask_for() {
	portroll request submit -q 'Service Name='"$1" "Port Number=$2" 'Transport Protocols=tcp' \
		'Description=a service of ours' 'Assignee=Example Person <person@example.com>' \
		'Contact=Example Person <person@example.com>' 'Reference=described inside' \
		'Broadcast Use=none' --as robin
}

@test "the owner of a pool leases the next free port of it" {
	organise
	ask_for example-web web
	run -1 portroll request recommend R-1 --as alex
	[[ $output == *"only reviewer or owner may recommend"* ]]
	portroll request recommend -q R-1 --as pat
	run -1 portroll request approve R-1 --as robin
	portroll request approve -q R-1 --as kim
	run -0 portroll request implement R-1 --as kim
	[[ $output == *"assigns example-web 30901/tcp"*"R-1 temporary: "*"until 20"* ]]
	run -0 portroll lookup example-web
	[[ $output == *"30901/tcp  Assigned in example"*"Leased until"* ]]
	ask_for zebra web
	run -1 portroll request approve R-2 --as kim
	portroll request reply -q R-2 --rule N14 "it is another one" --as pat
	portroll request recommend -q R-2 --as pat
	portroll request approve -q R-2 --as kim
	run -0 portroll request implement R-2 --as kim
	[[ $output == *"zebra 30902/tcp"* ]]
	run portroll request tick; echo "$output"
	[ "$output" = "nothing is due" ]
	run -1 portroll request deallocate R-1 "it is free" --as kim
	[[ $output == *"R-1"*"temporary"* ]]
	portroll verify -q
}

@test "who looks for a free port in a pool is not sent to IANA" {
	organise
	run -0 portroll free 30905-30910
	[[ $output == *"example (managed) decides by its own policy: portroll request preview"*"portroll request new"* ]]
	[[ $output != *IANA* && $output != *IESG* ]]
	run -0 portroll free
	[[ $output == *"example (managed) decides of 49 of these by its own policy"*"request an assignment at IANA"* ]]
	run -0 portroll free 30899-30903
	[[ $output == *"5 of 5 ports in 30899-30903 are Unassigned on tcp, udp, sctp, dccp"$'\n'* ]]
	run -2 portroll 30905/tcp
	[[ $(tr -s ' \n' ' ' <<<"$output") == *"portroll request new asks that registry for it"* ]]
	run -0 portroll free 40000-40010
	[[ $output == *"request an assignment at IANA"* ]]
}

@test "as many reviewers as a pool wants must agree, each once" {
	organise
	ask_for example-data 4471
	portroll request recommend -q R-1 --as alex
	run -1 portroll request recommend R-1 --as alex
	[[ $output == *"already"* ]]
	run -1 portroll request approve R-1 --as kim
	run -0 portroll request recommend R-1 --as lou
	[ "${lines[0]}" = "R-1 recommended: is recommended and waits for the registrar" ]
	portroll request approve -q R-1 --as kim
	run -0 portroll request implement R-1 --as kim
	[[ $output == *"R-1 published: "* ]]
}

@test "what is outside the pools, or held back in them, is not given out" {
	organise
	run -2 ask_for example-web 30900
	run -0 portroll request show R-1 --as robin
	[[ $output == *"need-info"*"30900"* ]]
	run -2 ask_for example-web 5000
	run -2 ask_for example-web nowhere
}

@test "a registrar of one registry decides in no other" {
	organise
	portroll account add -q jan --grant registrar:other
	ask_for example-data 4471
	portroll request recommend -q R-1 --as alex
	portroll request recommend -q R-1 --as lou
	run -1 portroll request approve R-1 --as jan
	[[ $output == *"only registrar may approve"* ]]
	[[ $(portroll request show R-1 --as jan) == *"the rest is for those"* ]]
}

@test "an import that takes a port in between is told before it is given out" {
	organise
	ask_for example-web 30905
	portroll request recommend -q R-1 --as pat
	portroll request approve -q R-1 --as kim
	make_xml 2026-02-01 3 | sed -e 's/1026/30905/' >later.xml
	portroll import -q --force later.xml
	run -1 portroll request implement R-1 --as kim
	[[ $output == *"R-1 cannot be implemented any more: P03: 30905/tcp is of the source iana: svc-2 30905/tcp"* ]]
	run -0 portroll request history R-1 --as robin
	[[ $output == *"conflict by root as kim, registrar: validating"*"svc-2"* ]]
	run -2 portroll lookup example-web
}

@test "renewing a lease gives it another end" {
	organise
	ask_for example-web web
	portroll request recommend -q R-1 --as pat
	portroll request approve -q R-1 --as kim
	portroll request implement -q R-1 --as kim
	before=$(portroll request show R-1 --as kim | sed -n 's/^  until //p')
	run -0 portroll request renew 'Service Name=example-web' 'Port Number=30901' 'Transport Protocols=tcp' \
		'Reason=it is in use' --evidence owner-agrees,assignee-agrees,all-confirmed --reference 'mail' --as kim
	[[ $output == *"renews example-web 30901/tcp"*"R-2 published"* ]]
	after=$(portroll request show R-1 --as kim | sed -n 's/^  until //p')
	[[ -n $before && $after > $before ]]
	run -0 portroll request history R-1 --as kim
	[[ $output == *"extend by root as kim, registrar; @4"* ]]
	[[ $(portroll lookup example-web) == *"Leased until ${after%% *}"* ]]
	run --separate-stderr -0 portroll request dossier R-1 --as kim
	[ "$stderr" = "portroll: it is the dossier that @3 in the ledger commits to" ]
}

@test "who may not write where requests are kept is told what to do" {
	id nobody >/dev/null 2>&1 && command -v runuser >/dev/null && [ "$(id -u)" = 0 ] || skip "there is nobody"
	folder=$(mktemp -d)
	export PORTROLL_DIR=$folder/roll
	organise
	cp "$(program portroll-keeper)" "$folder/portroll-keeper"
	chmod -R a+rX "$folder"
	chmod go= "$folder/roll/ledger.db"
	run runuser -u nobody -- env PORTROLL_DIR="$PORTROLL_DIR" PORTROLL_STATE=/nonexistent \
		"$folder/portroll-keeper" request submit 'Service Name=foo'
	rm -r "$folder"
	[ "$status" = 1 ]
	[[ $output == *"you may not write: have a registrar submit yours, or run it by sudo -u as its owner ("* ]]
}

@test "a lease that ended is taken out of the registry by the clock" {
	need_later
	organise
	ask_for example-web web
	portroll request recommend -q R-1 --as pat
	portroll request approve -q R-1 --as kim
	portroll request implement -q R-1 --as kim
	run -0 later 334 request tick
	[ "$output" = "nothing is due" ]
	run -0 later 336 request tick
	[[ $output == *"R-1 temporary"* ]]
	run -0 later 364 request tick
	[ "$output" = "nothing is due" ]
	run -0 later 366 request tick
	[[ $output == *"R-1 deallocated: "* ]]
	run -2 portroll lookup 30901/tcp
	run -0 portroll log --count 1
	[[ $output == *"by portroll, "*"R-1: "* ]]
	[[ $output == *"R-1: its lease ended"* ]]
	run -0 portroll request history R-1 --as kim
	[[ $output == *"expire by portroll: expired"*"deallocate by portroll: deallocated"* ]]
	run -0 portroll request show R-1 --as kim
	[[ $output == *"  in the ledger: portroll log @3"$'\n'"  taken out: portroll log @4"* ]]
	portroll verify -q
}

# lease NAME: a port of the pool web.
lease() {
	ask_for "$1" web
	portroll request recommend -q "$2" --as pat
	portroll request reply -q "$2" --rule N14 "it is another one" --as pat || true
	portroll request approve -q "$2" --as kim
	portroll request implement -q "$2" --as kim
}

rename_it() {
	portroll request rename -q "Service Name=$1" "Proposed Service Name=$2" 'Reason=it is called so' \
		'Impact=none has it yet' --evidence assignee-agrees,all-confirmed,impact-accepted,good-reason \
		--reference 'mail of the assignee' --as kim
}

@test "a lease follows its port whatever it is called now" {
	need_later
	organise
	lease example-web R-1
	rename_it example-web example-page
	run -0 portroll lookup example-page
	[[ $output == *"30901/tcp  Assigned in example"*"Leased until"* ]]
	run -0 later 366 request tick
	[ "${#lines[@]}" = 1 ]
	[[ $output == "R-1 deallocated: "*"; de-assigns example-page 30901/tcp"*"; portroll log @5" ]]
	run -0 later 366 request tick
	[ "$output" = "nothing is due" ]
	[[ $(portroll lookup 30901/tcp) == *Reserved* ]]
}

@test "a renewal under another name is that of the lease" {
	organise
	lease example-web R-1
	rename_it example-web example-page
	before=$(portroll request show R-1 --as kim | sed -n 's/^  until //p')
	portroll request renew -q 'Service Name=example-page' 'Port Number=30901' 'Transport Protocols=tcp' \
		'Reason=it is in use' --evidence owner-agrees,assignee-agrees,all-confirmed --reference 'mail' --as kim
	after=$(portroll request show R-1 --as kim | sed -n 's/^  until //p')
	[[ -n $before && $after > $before ]]
}

@test "the end of a lease takes nothing that was given to others" {
	need_later
	organise
	lease example-web R-1
	rename_it example-web example-page
	portroll request deassign -q 'Service Name=example-page' 'Port Number=30901' 'Transport Protocols=tcp' \
		'Reason=no longer needed' 'Not In Use=switched off' \
		--evidence not-in-use,all-confirmed,assignee-agrees --reference 'mail of the assignee' --as kim
	portroll source policy example <(sed '/^Reserved:/d; s/^Pool: web/Pool: page/' example.policy)
	run -0 later 400 request tick
	[ "${#lines[@]}" = 1 ]
	[[ $output == "R-1 deallocated: "*"; nothing of it was left in the registry" ]]
	run -0 later 400 request tick
	[ "$output" = "nothing is due" ]
}

@test "what cannot be done as it was granted goes back to be mended" {
	organise
	lease example-web R-1
	portroll request submit -q 'Request=renew' 'Service Name=example-web' 'Port Number=30901' \
		'Transport Protocols=tcp' 'Reason=it is in use' --as robin || true
	portroll request attest -q R-2 --evidence owner-agrees,assignee-agrees,all-confirmed --reference 'mail' --as kim
	portroll request approve -q R-2 --as kim
	portroll source policy example <(sed '/^Lease:/d' example.policy)
	run -1 portroll request implement R-2 --as kim
	[[ $output == *"R-2 cannot be implemented any more: the lease has no number of days; it is "* ]]
	[ "$(state_of R-2)" != approved ]
}

@test "a lease that was given back before its end ends without a change" {
	need_later
	organise
	ask_for example-web web
	portroll request recommend -q R-1 --as pat
	portroll request approve -q R-1 --as kim
	portroll request implement -q R-1 --as kim
	portroll request deassign -q 'Service Name=example-web' 'Port Number=30901' 'Transport Protocols=tcp' \
		'Reason=no longer needed' 'Not In Use=switched off' \
		--evidence not-in-use,all-confirmed,assignee-agrees --reference 'mail of the assignee' --as kim
	changes=$(portroll log | grep -c '^@')
	run -0 later 400 request tick
	[[ $output == *"R-1 deallocated"* ]]
	run -0 later 400 request tick
	[ "$output" = "nothing is due" ]
	[ "$(portroll log | grep -c '^@')" = "$changes" ]
}

@test "what cannot be carried out is found before anybody is asked" {
	organise
	for name in a b c d e f g h; do ask_for "full-$name" data; done
	for number in 1 2 3 4 5 6 7 8; do
		portroll request reply -q R-$number --rule N14 "another one" --as lou || true
		portroll request recommend -q R-$number --as alex
		portroll request recommend -q R-$number --as lou
		portroll request approve -q R-$number --as kim
		portroll request implement -q R-$number --as kim
	done
	ask_for tenth-a 4478
	ask_for tenth-b 4479
	fields=('Service Name=beyond' 'Transport Protocols=tcp' 'Description=a service of ours'
		'Assignee=Example Person <person@example.com>' 'Contact=Example Person <person@example.com>'
		'Reference=described inside' 'Broadcast Use=none')
	full="cannot be carried out: data: no port is free on every transport that is asked for"
	run -2 portroll request submit "${fields[@]}" 'Port Number=data' --as robin
	[[ $output == *"R-11 need-info"*"$full"* ]]
	run -2 portroll request preview "${fields[@]}" 'Port Number=data'
	[[ $output == *"nothing: data: no port is free"* ]]
	run -2 portroll request preview --json "${fields[@]}" 'Port Number=data'
	[[ $output == *'"refused": "data: no port is free'* ]]
	run -0 portroll request show --json R-11 --as robin
	[[ $output == *'"event": "validate"'*'"reason": "data: no port is free'*'"refused": "data: no port'* ]]
	printf '%s\n' "${fields[@]/=/: }" 'Source: example' 'Port Number: data' >full.request
	run -2 portroll check ./full.request
	[[ $output == *"./full.request: $full"* ]]
	run -2 portroll request submit "${fields[@]}" 'Port Number=User' --as robin
	[[ $output == *"name a pool in Port Number: web, data"* ]]
	run -2 portroll request edit R-12 'Port Number=data' --as robin
	[[ $output == *"R-12 need-info"*"$full"* ]]
	run -0 portroll request edit R-12 'Port Number=web' --as robin
	[[ $output == *"R-12 pool-review"* ]]
}

@test "what is not there cannot be renewed, given back or held back twice" {
	organise
	portroll request reserve -q 'Port Number=30905' 'Transport Protocols=tcp' 'Reason=for later' --as kim
	run -2 portroll request reserve 'Port Number=30905' 'Transport Protocols=tcp' 'Reason=for later' --as kim
	[[ $output == *"R-2 stops here"*"R-2 need-info"*"cannot be carried out: 30905/tcp is reserved already"* ]]
	ask_for example-data 4471
	portroll request recommend -q R-3 --as alex
	portroll request recommend -q R-3 --as lou
	portroll request approve -q R-3 --as kim
	portroll request implement -q R-3 --as kim
	run -2 portroll request submit Request=renew 'Service Name=example-data' 'Reason=in use' --as robin
	[[ $output == *"R-4 need-info"*"neither temporary nor leased"* ]]
	back=('Service Name=example-data' 'Not In Use=the last host was switched off' --evidence
		not-in-use,all-confirmed,assignee-agrees --reference mail --as kim)
	portroll request deassign -q "${back[@]}"
	run -2 portroll request deassign "${back[@]}"
	[[ $output == *"R-6 stops here"*"R-6 need-info"*"cannot be carried out: "* ]]
}

@test "what a release or a change must tell is asked for, unless the finding is on file" {
	organise
	ask_for example-data 4471
	portroll request recommend -q R-1 --as alex
	portroll request recommend -q R-1 --as lou
	portroll request approve -q R-1 --as kim
	portroll request implement -q R-1 --as kim
	word=(--evidence all-confirmed,impact-accepted,reviews-agree --reference mail --as kim)
	run -2 portroll request modify 'Service Name=example-data' 'Description=another one' "${word[@]}"
	[[ $output == *"R-2 need-info"*"L15  error"*Reason* ]]
	run -0 portroll request modify 'Service Name=example-data' 'Description=another one' \
		--reason "it is more exact" "${word[@]}"
	run -2 portroll request submit Request=deassign 'Service Name=example-data' --as robin
	[[ $output == *"R-4 need-info"*"L02  error"*"Not In Use"* ]]
	portroll request attest -q R-4 --evidence not-in-use,all-confirmed --reference 'looked at it' --as kim
	run -0 portroll request validate R-4 --as kim
	[[ $output != *L02* && $output != *need-info:* ]]
}

@test "a released port is given again where no other of its pool is free" {
	organise
	sed '/^Reserved:/d; s/30900-30938/30900-30901/' example.policy >small.policy
	portroll source policy example small.policy
	lease example-web R-1
	lease zebra R-2
	portroll request deassign -q 'Service Name=example-web' 'Port Number=30900' 'Transport Protocols=tcp' \
		'Reason=no longer needed' 'Not In Use=switched off' \
		--evidence not-in-use,all-confirmed,assignee-agrees --reference 'mail of the assignee' --as kim
	[[ $(portroll lookup 30900/udp) == *"was assigned once"* ]]
	run -2 ask_for yak web
	[[ $(portroll request show R-4 --as kim) == *"no port is free"* ]]
	portroll source policy -q example <(sed 's/^Title:.*/&\nReuse Released: yes/' small.policy)
	portroll request decline -q R-4 "the pool was full" --as kim
	lease yak R-5
	run -0 portroll lookup yak
	[[ $output == *"30900/tcp"* ]]
	[[ $(portroll lookup 30900/udp) == *"assigned on another transport"* ]]
	portroll verify -q
}

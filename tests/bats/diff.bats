# SPDX-License-Identifier: MIT
# What became of the registry between two copies.
load helper
load registry

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# lines KIND: what is told of that kind.
lines() {
	sed -n "s/^  $1  *\(.*\)/\1/p" told
}

@test "2025-10-22 to 2026-02-13 is told as a person would say it" {
	need_shared data/iana-2025-10-22.xml
	portroll diff "$shared"/data/iana-2025-10-22.xml "$shared"/data/iana-2026-02-13.xml >told
	[ "$(grep -c . told)" = 25 ]
	[ "$(sed -n 2p told)" = "4 services renamed, 2 ports assigned, 2 assignees changed, 3 contacts changed, 7 references changed, 3 notes changed, 3 ids of people changed, 2 people changed, 9 people new, 7 people gone" ]
	diff - <(lines renamed) <<-'TOLD'
		pearldoc-xact 1980/tcp/udp is now panquest-xact; description "PearlDoc XACT" -> "PanQuest XACT"; modified 2025-11-20
		fox-skytale 4319/tcp/udp is now skytale; assignee Fox_Crypto_BV -> Sentyron_B.V.; description "Fox SkyTale encrypted communication" -> "Sentyron SkyTale encrypted communication"; modified 2025-10-30
		avi-nms 4413/tcp is now vision-mon; assignee AVI_Systems -> FORTÉ; contact Dave_Hatz -> Rob_Duram; description "AVI Systems NMS" -> "FORTÉ Vision Monitoring platform"; modified 2025-11-14
		avi-nms-disc 4413/udp is now vision-mon-disc; assignee AVI_Systems -> FORTÉ; contact Dave_Hatz -> Rob_Duram; description "AVI Systems NMS" -> "FORTÉ Vision Monitoring platform"; modified 2025-11-14
	TOLD
	diff - <(lines assigned) <<-'TOLD'
		kaostransport 9986/tcp to KAOS_Management_Group_LLC; Reserved 9986/udp; Unassigned 9982-9986 is now 9982-9985; registered 2025-10-30
		ollama 11434/tcp to Jesse_Gross; Reserved 11434/udp; Unassigned 11431-11488 is now 11431-11433, 11435-11488; registered 2025-09-26
	TOLD
	diff - <(lines "id changed") <<-'TOLD'
		ThreeGPP_2 is now _3GPP_2 (3GPP2), the same under another id, in a25-fap-fgw 4502/sctp, a27-ran-ran 28119/udp
		ThreeGPP_5 is now _3GPP_3 (3GPP), the same under another id, in 3gpp-w1ap 37472/sctp
		ThreeGPP_4 is now _3GPP_4 (3GPP), the same under another id, in slmap 36423/sctp, nq-ap 36424/sctp
	TOLD
	[ -z "$(lines transferred)" ]
	diff - <(lines assignee) <<-'TOLD'
		3gpp-monp 8809/udp: ThreeGPP_3 -> _3GPP, of the same name; contact Frederic_Firmin -> Dongwook_Kim; reference new [3GPP TS 24.379 v13.5.0s]; modified 2026-01-23
		wlcp 36411/udp: ThreeGPP_3 -> _3GPP, of the same name; contact Frederic_Firmin -> Dongwook_Kim; modified 2026-01-23
	TOLD
	diff - <(lines contact) <<-'TOLD'
		sgsap 29118/sctp, sbcap 29168/sctp: GPP_Specifications -> _3GPP_Specifications; without a new modification date
		iuhsctpassoc 29169/sctp: John_Meredith -> Dongwook_Kim; modified 2026-01-23
	TOLD
	diff - <(lines note) <<-'TOLD'
		Reserved 831/tcp/udp, 832/tcp/udp, 833/tcp/udp: [RFC-ietf-netconf-port-numbers-07] became [RFC9900]; without a new modification date
	TOLD
	diff - <(lines reference) <<-'TOLD'
		tacacss 300/tcp: [RFC-ietf-opsawg-tacacs-tls13-24] became [RFC9887]; without a new modification date
		dhcpv6-client 546/udp, dhcpv6-server 547/udp: [RFC-ietf-dhc-rfc8415bis-12] became [RFC9915]; without a new modification date
		pkix-cmc 5318/tcp: [RFC6402] -> [RFC-ietf-lamps-rfc5273bis-10]; modified 2026-02-13
		netconf-beep, netconfsoapbeep, netconfsoaphttp: [RFC-ietf-netconf-port-numbers-07] became [RFC9900]; without a new modification date
	TOLD
	diff - <(lines person) <<-'TOLD'
		Chris_Vertonghen: contact URI; updated 2025-11-20
		Mark_Revier: organisation Fox Crypto B.V. -> Sentyron B.V.; contact URI; updated 2025-10-30
	TOLD
	[ "$(lines "people gone")" = "AVI_Systems, Dave_Hatz, Fox_Crypto_BV, Frederic_Firmin, GPP_Specifications, John_Meredith and 1 more" ]
	[ "$(lines dated)" = "2025-10-22 -> 2026-02-13" ]
}

@test "2026-02-13 to 2026-08-17 too" {
	need_shared data/iana-2026-08-17.xml
	portroll diff "$shared"/data/iana-2026-02-13.xml "$shared"/data/iana-2026-08-17.xml >told
	[ "$(sed -n 2p told)" = "8 ports assigned, 1 Reserved port put to use, 2 services transferred, 13 new service names, 16 assignees changed, 5 descriptions changed, 2 references changed, 34 people new, 7 people gone, 1 change of experts" ]
	diff - <(lines assigned | cut -d';' -f-3) <<-'TOLD'
		agtp 4480/tcp, agtp-quic 4480/udp to Chris_Hood; Unassigned 4461-4483 is now 4461-4479, 4481-4483; registered 2026-04-30
		veroce 4794/udp to ByteDance; Reserved 4794/tcp; Unassigned 4794-4799 is now 4795-4799
		roughtime 5319/tcp/udp to IESG; from Unassigned 5319; registered 2026-03-27
		bencher 6610/tcp/udp to Bencher; Unassigned 6603-6618 is now 6603-6609, 6611-6618; registered 2026-06-17
		sirius-agent 9183/tcp/udp to Sirius_Computer_Inc; Unassigned 9165-9190 is now 9165-9182, 9184-9190; registered 2026-03-09
		dilithium3 30939/tcp/udp to Juan_Jose_Todoli_de_Torres; Unassigned 30833-30998 is now 30833-30938, 30940-30998; registered 2026-05-28
		profinet-cm-sec 34965/tcp/udp to PNO_PROFIBUS_Nutzerorganisation_e.V.; Unassigned 34965-34979 is now 34967-34979; registered 2026-03-10
		profinet-rt-sec 34966/udp to PNO_PROFIBUS_Nutzerorganisation_e.V.; Reserved 34966/tcp; from Unassigned 34965-34979
	TOLD
	[ "$(lines "put to use")" = "snif 7123/udp, Reserved until now, to VESvault_Corp; registered 2026-07-22" ]
	diff - <(lines transferred) <<-'TOLD'
		pcoip 4172/tcp/udp: Teradici -> HP_Inc_2; contact Jeff_Dillabough -> Jeff_Jeansonne; modified 2026-03-10
		pcoip-mgmt 5172/tcp: Teradici_2 -> HP_Inc_2; contact Paul_Helter -> Jeff_Jeansonne; modified 2026-03-10
	TOLD
	[ "$(lines "new name" | sed -n 11p)" = "tokenlens tcp/udp to KuoChun_Fang; without a port; registered 2026-07-19" ]
	[ "$(lines "new name" | wc -l)" = 13 ]
	[[ $(lines assignee) == *$'\n'"boe-cms 6400, boe-was 6401, boe-eventsrv 6402, boe-cachesvr 6403 and 7 more: Wade_Richards -> SAP_2; contact Wade_Richards -> Giriraj_Harapanahalli; modified 2026-05-27"$'\n'* ]]
	[[ $(lines description) == *$'\n'"udpstp 24601/udp: "*"; reference [RFC-ietf-ippm-capacity-protocol-25] became [RFC9946]; without a new modification date"$'\n'* ]]
	[ "$(lines experts)" = "no longer Jana Iyengar (TCP/UDP)" ]
	[ -z "$(lines renamed)$(lines "id changed")" ]
}

@test "a form that holds less tells what it does not hold, and no change of a record" {
	need_shared data/iana-2026-02-13.csv
	run -0 portroll diff "$shared"/data/iana-2026-02-13.xml "$shared"/data/iana-2026-02-13.csv
	[ "${#lines[@]}" = 6 ]
	[[ ${lines[2]} == *"and 5,582 more: now the id alone is known" ]]
	[[ ${lines[5]} == *"329 records written otherwise, and shown as before" ]]
}

@test "the same file twice has no difference" {
	make_xml 2026-01-01 3 >a.xml
	run -0 portroll diff a.xml a.xml
	[ "$output" = "a.xml (2026-01-01) -> a.xml (2026-01-01)
no difference" ]
}

@test "a patch has each field, old and new" {
	make_xml 2026-01-01 2 >a.xml
	sed 's|<description>service 1</description>|<description>another</description>|' a.xml >b.xml
	run -0 portroll diff a.xml b.xml -p
	[ "$output" = 'a.xml (2026-01-01) -> b.xml (2026-01-01)
1 description changed
  description   svc-1 1025/tcp: "service 1" -> "another"
      svc-1 1025/tcp
      - Description: service 1
      + Description: another' ]
}

@test "one file is compared with its source of the roll" {
	make_xml 2026-01-01 2 >a.xml
	make_xml 2026-01-02 3 >b.xml
	portroll import -q a.xml
	portroll import -q --source other --coverage partial b.xml
	run -0 portroll diff b.xml
	[ "${lines[0]}" = "iana: b.xml (2026-01-02) -> the roll (2026-01-01)" ]
	[ "${lines[2]}" = "  removed       svc-2 1026/tcp" ]
	run -0 portroll diff b.xml --source other
	[ "${lines[1]}" = "no difference" ]
	run -1 portroll diff b.xml --source nobody
	[[ $output == *nobody* ]]
}

@test "days and changes are states of the roll; none: what the last change did" {
	make_xml 2026-01-01 2 >a.xml
	make_xml 2026-02-01 3 >b.xml
	run -1 portroll diff
	[[ $output == *"there is no ledger yet"* ]]
	portroll import -q a.xml
	run -0 portroll diff
	[ "$output" = "iana: @0 -> @1 (2026-01-01)
the source is new: 2 records, 1 person" ]
	portroll import -q --force b.xml
	portroll import -q --source other --coverage partial a.xml
	told='1 port assigned
  assigned      svc-2 1026/tcp to Example_Person; registered 2025-01-02
  dated         2026-01-01 -> 2026-02-01'
	run -0 portroll diff 2026-01-31 @2 --source iana
	[ "$output" = "iana: 2026-01-31 (2026-01-01) -> @2 (2026-02-01)
$told" ]
	run -0 portroll diff @1 --source iana
	[ "$output" = "iana: @1 (2026-01-01) -> the roll (2026-02-01)
$told" ]
	run -0 portroll diff @1
	[[ $output == *"other: @1 -> the roll (2026-01-01)"$'\n'"the source is new: 2 records, 1 person"* ]]
	run -0 portroll diff
	[ "$output" = "other: @2 -> @3 (2026-01-01)
the source is new: 2 records, 1 person" ]
	portroll source move other --above iana -q
	run -0 portroll diff
	[ "$output" = "sources in order of precedence: iana, other -> other, iana" ]
	run -0 portroll diff @2 a.xml
	[[ $output == *"  removed       svc-2 1026/tcp"* ]]
	cp b.xml 2026-02-01
	run -0 portroll diff ./2026-02-01
	[[ $output == *"no difference" ]]
	run -1 portroll diff @5
	[[ $output == *"@5"* ]]
	run -1 portroll diff 2025-12-31
	[[ $output == *"nothing before 2026-01-01"* ]]
	run -1 portroll diff @1 @2 --source nobody
	[ "$output" = "portroll: no source is called 'nobody'" ]
}

@test "programs get the same with all records" {
	make_xml 2026-01-01 2 >a.xml
	make_xml 2026-01-02 3 >b.xml
	portroll diff a.xml b.xml --json >told.json
	python3 - <<-'PY'
		import json
		d = json.load(open("told.json"))
		assert d["schema"] == "portroll-diff/1" and d["old"] == "a.xml" and d["new"] == "b.xml"
		(s,) = d["sources"]
		assert s["old_dated"] == "2026-01-01" and s["there"] == "both" and "source" not in s
		assert s["counts"] == {"assign": 1, "updated": 1}
		t = s["tellings"][0]
		assert t["kind"] == "assign" and t["about"] == "records" and t["told"].startswith("svc-2 1026/tcp to Example_Person")
		(part,) = t["parts"]
		assert part["role"] == "subject" and "old" not in part and part["new"]["name"] == "svc-2"
	PY
}

@test "what cannot be read is named" {
	run -1 portroll diff nothing.xml nothing.xml
	[[ $output == *nothing.xml* ]]
	echo '<registry' >bad.xml
	make_xml 2026-01-01 1 >a.xml
	run -1 portroll diff a.xml bad.xml
	[[ $output == "portroll: bad.xml:"* ]]
}

@test "a word that is no day is said to be none, and no option is named that was not used" {
	make_xml 2026-01-01 3 >a.xml
	portroll import -q a.xml
	run -1 portroll diff 2999-01-01
	[ "$output" = "portroll: 2999-01-01 is in the future" ]
	run -1 portroll diff @2
	[ "$output" = "portroll: @2: the ledger has no more than 1 entries" ]
	for word in 2026-13-01 2026-01 @x @0; do
		run -1 portroll diff "$word"
		[ "$output" = "portroll: '$word' is no day, YYYY-MM-DD, and no change, @N from @1; a file of that name is ./$word" ]
	done
}

# SPDX-License-Identifier: MIT
# Registries for tests, made where they are needed.

# make_xml DATE COUNT [WORD]: a registry in IANA's XML with COUNT records on the ports from 1024; the
# word stands in each description.
make_xml() {
	cat <<-HEAD
		<?xml version='1.0' encoding='UTF-8'?>
		<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
		  <title>Service Name and Transport Protocol Port Number Registry</title>
		  <updated>$1</updated>
	HEAD
	for ((i = 0; i < $2; i++)); do
		printf '  <record date="2025-01-02">\n    <name>svc-%d</name>\n' "$i"
		printf '    <protocol>tcp</protocol>\n'
		printf '    <xref type="person" data="Example_Person"/>\n'
		printf '    <description>%s %d</description>\n' "${3:-service}" "$i"
		printf '    <number>%d</number>\n  </record>\n' $((1024 + i))
	done
	cat <<-TAIL
		  <people>
		    <person id="Example_Person">
		      <name>Example Person</name>
		      <uri>mailto:person&amp;example.com</uri>
		    </person>
		  </people>
		</registry>
	TAIL
}

# make_csv COUNT: the same records as IANA's CSV of today, with CR LF inside no cell.
make_csv() {
	echo "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes"
	for ((i = 0; i < $1; i++)); do
		echo "svc-$i,$((1024 + i)),tcp,service $i,[Example_Person],[Example_Person],2025-01-02,,,,,"
	done
}

# make_odd_csv: all that is odd in one small registry: names that services(5) cannot hold, too many for a
# line, in several cases, on several ports.
make_odd_csv() {
	cat <<-CSV
		Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes
		,0,tcp,Reserved,,,,,,,,
		zero,0,udp,port zero,,,,,,,,
		http,80,tcp,World Wide Web HTTP,,,,,,,,
		www,80,tcp,World Wide Web HTTP,,,,,,,,"This is a duplicate of the ""http"" service and should not be used for discovery purposes."
		www-http,80,tcp,World Wide Web HTTP,,,,,,,,"This is a duplicate of the ""http"" service and should not be used for discovery purposes."
		http,80,udp,World Wide Web HTTP,,,,,,,,
		http,80,sctp,HTTP,,,,,,,,
		satvid,3367-3371,,Satellite Video Data Link,,,,,,,,
		onlydccp,4000,dccp,,,,,,,,,
		twice,5001,udp,,,,,,,,,
		twice,5001,udp,the same again,,,,,,,,
		twice,5002,udp,,,,,,,,,
		twice,5000,sctp,,,,,,,,,
		Case,6000,tcp,,,,,,,,,
		CASE,6001,tcp,,,,,,,,,
		with blank,6002,tcp,,,,,,,,,
		with#hash,6003,tcp,,,,,,,,,
		1234,6004,tcp,,,,,,,,,
		with/slash,6005,tcp,,,,,,,,,
		with.dot_and_line,6005,udp,,,,,,,,,
		émile,6006,tcp,,,,,,,,,
		$(printf 'x%.0s' {1..10000}),6007,tcp,,,,,,,,,
		$(printf 'y%.0s' {1..31}),6008,tcp,,,,,,,,,
		$(printf 'z%.0s' {1..32}),6009,tcp,,,,,,,,,
		second-of-long,6009,tcp,,,,,,,,,
		$(for i in {1..20}; do echo "name-number-$i,7000,sctp,,,,,,,,,"; done)
		last,65535,tcp,,,,,,,,,
		noport,,tcp,,,,,,,,,
	CSV
}

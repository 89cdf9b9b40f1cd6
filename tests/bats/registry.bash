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

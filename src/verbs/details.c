/* SPDX-License-Identifier: MIT */
#include "verbs/details.h"

const char lookup_details[] =
	"A key is a port (3306), a port and transport (3306/tcp), a service name (mysql),\n"
	"a name and transport (mysql/udp), a range (3300-3310), a URL, a host with a\n"
	"port, or - for keys on standard input, one a line. Names are compared without\n"
	"case.\n"
	"The verb itself may be left out: portroll 3306/tcp.\n"
	"\n"
	"An answer shows every name of the port, the state with its reason, and the copy\n"
	"of the registry it was read from. A port that is Reserved, Unassigned or Dynamic\n"
	"has its answer too, but no service: the exit status is then 2.\n"
	"\n"
	"A registered port is no proof of what runs there.\n"
	"\n"
	"examples\n"
	"  portroll 3306\n"
	"  portroll lookup 80/tcp 4502/tcp rdp\n"
	"  portroll mysql/udp --json\n"
	"  portroll https://www.example.com:8443/ '[2001:db8::1]:53'\n"
	"  cut -d' ' -f2 ports.txt | portroll --brief -\n";

const char search_details[] =
	"Finds the records of all sources in which every word occurs, in the name, the\n"
	"description or any other column, or in the people a record names. Best first:\n"
	"the exact name or a port that is covered, a name that begins with the word, a\n"
	"part of a name, the description, the rest; then whole words, then ports that are\n"
	"found open more often, where a source says. With --names the word must be in the\n"
	"name or the description, or be a port. IANA's own search, one text in any\n"
	"column, is portroll list --match TEXT.\n"
	"\n"
	"examples\n"
	"  portroll search satellite video\n"
	"  portroll search mysql --count 5\n";

const char list_details[] =
	"Lists records in the order of the registry. All conditions given must hold.\n"
	"--match is IANA's search: one text, anywhere in a column but the dates, without\n"
	"case. --since and --before compare the later of a record's registration and\n"
	"modification dates; records without a date are left out by both. A date is\n"
	"YYYY-MM-DD, YYYY-MM or YYYY. --transport also lists the records that state no\n"
	"transport, which hold on each.\n"
	"--common N lists ports and transports instead, the N that are found open most\n"
	"often first, as the first source says that states it: nmap's list does. --range,\n"
	"--transport and --state are then those of the port.\n"
	"\n"
	"examples\n"
	"  portroll list --common 10\n"
	"  portroll list --common 20 --state unassigned\n"
	"  portroll list --range 6000-6063 --transport tcp\n"
	"  portroll list --match video --tsv\n"
	"  portroll list --since 2025-01 --state assigned\n"
	"  portroll list --reference RFC6335\n"
	"  portroll list --state reserved --range 0-1023\n";

const char free_details[] =
	"Lists ports that are Unassigned, and so could be asked for: on all four\n"
	"transports, or on the one given with --transport. Without RANGE the User Ports\n"
	"(1024-49151) are looked at; System Ports need IETF Review or IESG Approval, and\n"
	"Dynamic Ports are never assigned. Below it says how many of the others in RANGE\n"
	"are not free, and why. Being free here is no permission: IANA assigns.\n"
	"\n"
	"examples\n"
	"  portroll free\n"
	"  portroll free --near 8080 --count 5\n"
	"  portroll free 3300-3400 --transport tcp\n";

const char states_details[] =
	"Tells the state of every port and transport, or of those in RANGE. With --tsv a\n"
	"line each of port, transport, state and reason, with tabs between, below a\n"
	"title line; without, a table in which runs of ports with equal states are one\n"
	"row.\n"
	"\n"
	"examples\n"
	"  portroll states 0-1023 --tsv\n"
	"  portroll states 8080-8090 --transport tcp\n";

const char map_details[] =
	"Draws the 65,536 ports as a picture: for a terminal by default, each character\n"
	"two small squares of neighbouring ports; with --svg as a picture of 256 columns\n"
	"and 256 rows, port 0 at the top left, for a browser or a document.\n"
	"\n"
	"examples\n"
	"  portroll map\n"
	"  portroll map --transport udp\n"
	"  portroll map --svg > ports.svg\n";

const char person_details[] =
	"Shows the card of a person or organisation of the registry and the records that\n"
	"name it as assignee, contact or in a note. The id is the one in the columns\n"
	"Assignee and Contact, with or without its brackets. Mail addresses are written\n"
	"as IANA writes them, with & for @.\n"
	"\n"
	"examples\n"
	"  portroll person IESG\n"
	"  portroll person Stuart_Cheshire --json\n";

const char about_details[] =
	"Says what the registry is: title and date, the experts of each transport, the\n"
	"three ranges with their policies and who decides, the notes and the notice of\n"
	"the registry, how to request an assignment at IANA, the counts by state, and the\n"
	"copies that the answers come from.\n"
	"\n"
	"examples\n"
	"  portroll about\n"
	"  portroll about --ranges\n";

const char log_details[] =
	"Without an operand the changes of the roll, newest first: number, kind, source\n"
	"and date, who made it, when and why, and what it means. @45 is one of them,\n"
	"whole.\n"
	"A port (3306, 3306/tcp, 3300-3310), a service name or the id of a person is told\n"
	"from its beginning: known since which copy, renamed, transferred, de-assigned,\n"
	"under all names it had.\n"
	"--since and --before look at the day a change is of: of an import the day of the\n"
	"copy, else the day it was made on. What an import changed came about at some\n"
	"time between two copies; no registration date decides when.\n"
	"\n"
	"examples\n"
	"  portroll log --count 3\n"
	"  portroll log @45 --patch\n"
	"  portroll log 4319/tcp\n"
	"  portroll log skytale\n";

const char diff_details[] =
	"Tells what became of the registry between A and B: services that were renamed,\n"
	"transferred or de-assigned, ports assigned with the range that was split for\n"
	"them, ids of people that were changed, and so on down to the order. What is\n"
	"told follows from the two; where a record says something else under the same\n"
	"modification date that is told too.\n"
	"A and B are days (2026-01-31), changes (@45, the roll after it), or files in any\n"
	"form that import reads. Without B it is what has become of A since; without both\n"
	"what the last change did. A file is compared with its source in the roll, or\n"
	"with --source NAME.\n"
	"\n"
	"examples\n"
	"  portroll diff\n"
	"  portroll diff 2025-10-22 2026-02-13\n"
	"  portroll diff @44 @45 --source iana\n"
	"  portroll diff ports-2025-10-22.xml ports-2026-02-13.xml\n"
	"  portroll diff ports-2026-02-13.csv --patch\n";

const char help_details[] = "Without VERB: all verbs. With it: its usage, options and examples.\n"
			    "The service of that name: portroll lookup help.\n";

const char init_details[] =
	"Makes the ledger of a roll, in which every change is kept: by whom, when, why.\n"
	"import and update do so by themselves where there is none; init is for those who\n"
	"choose where it is kept, or what it is called in what it signs.\n"
	"  sqlite:FILE        a database of SQLite; without --store ledger.db in the roll\n"
	"  postgresql://...   a database of PostgreSQL, for several machines\n"
	"The key that signs is the file key of the roll's folder: keep a copy apart.\n"
	"\n"
	"examples\n"
	"  portroll init\n"
	"  portroll init --origin ports.example.com/roll\n"
	"  portroll init --store postgresql://db.example.com/portroll\n";

const char import_details[] =
	"Reads a copy of the registry in any of its forms (xml, csv, the page copied as\n"
	"text, json, services, nmap; also packed with gzip; - is standard input), checks\n"
	"it, and puts it into the roll. The form is found by the content. The roll\n"
	"changes only when the whole file was read and passes the checks: a complete file\n"
	"with 3 % fewer records, or 5 % altered, than the roll's, where these are 20 or\n"
	"more, or older than it or than a part that was laid over it, is refused without\n"
	"--force.\n"
	"\n"
	"A new source is put below those that are there, but above lists of names, or\n"
	"where --above or --below says, which also move a source that is there. Sources\n"
	"below add names to ports; the state stays that of the first complete source.\n"
	"With --partial the file adds and replaces, and removes nothing.\n"
	"\n"
	"What was another than before is a change of the ledger, of the day of the copy.\n"
	"With --history each file is a change of its own, the oldest first, whatever\n"
	"their order here; those that the ledger has already are passed over, and much\n"
	"may have changed between two. It is for copies of one registry.\n"
	"\n"
	"examples\n"
	"  portroll import service-names-port-numbers.xml\n"
	"  portroll import --history old/*.xml\n"
	"  portroll import /usr/share/ipv6toolkit/service-names-port-numbers.csv\n"
	"  portroll import --source debian --below iana /etc/services\n"
	"  portroll import --source nmap --below debian /usr/share/nmap/nmap-services\n";

const char export_details[] =
	"Writes a source of the roll in one of the forms the registry is published in.\n"
	"What a form cannot hold is counted in one line on standard error: -v names all\n"
	"of it, --loss-report FILE writes it as JSON, -q leaves it out.\n"
	"\n"
	"examples\n"
	"  portroll export --format csv -o service-names-port-numbers.csv\n"
	"  portroll export --format services > services\n"
	"  portroll export --format html --match 6 --page 18 -o page.html\n";

const char convert_details[] =
	"Reads a file in any form and writes it in another, without touching the roll.\n"
	"- is standard input. What the form cannot hold is counted as in export.\n"
	"\n"
	"examples\n"
	"  portroll convert service-names-port-numbers.xml --to csv -o ports.csv\n"
	"  portroll convert /etc/services --to json\n";

const char update_details[] =
	"Fetches the registry from IANA over HTTPS when it has changed there, and imports\n"
	"it as source iana. The roll changes only when the whole file arrived and passes\n"
	"the checks of import; a copy that is years old may need --force.\n"
	"\n"
	"examples\n"
	"  portroll update\n"
	"  portroll update --url https://mirror.example.com/ports.xml --timeout 60\n";

const char source_details[] =
	"A source is one layer of the roll; those above go first.\n"
	"  source [list]                     the sources, coverage, dates and copies\n"
	"  source move NAME --above OTHER    change the order; also --below OTHER\n"
	"  source remove NAME                take a source and its records away;\n"
	"                                    on a terminal it asks, unless --yes\n"
	"\n"
	"examples\n"
	"  portroll source\n"
	"  portroll source move wireshark --below iana\n";

const char publish_details[] =
	"Writes the names of all sources of the roll as services(5) beside the snapshot:\n"
	"/var/lib/portroll/services for the system. From then on every verb that changes\n"
	"the roll (import, update, source) renews it. A line for each port and protocol,\n"
	"the canonical name first, ranges expanded. A name that a source gives to ports\n"
	"of a protocol is given to no others by the sources below it. Of the ports that\n"
	"one source gives it, the lowest is found by readers that stop at the first line\n"
	"and by those that keep the last: its line stands at the end once more. Where no\n"
	"protocol is asked for, the latter may find another. What the file leaves out is\n"
	"counted.\n"
	"\n"
	"Programs that ask glibc (getent, Python, Perl) need no such file: install\n"
	"libnss-portroll and write \"services: files portroll\" into /etc/nsswitch.conf;\n"
	"they get their answers from the roll itself.\n"
	"Programs that read /etc/services themselves (Go, musl, static programs) need the\n"
	"names there: --to /etc/services; or, where no lines of your own are to stay, in\n"
	"a container say, mount --bind the file over it or put a link there.\n"
	"\n"
	"Nmap's names are in it too when nmap's list is a source, and its licence (NPSL)\n"
	"in the head: the file is for this machine. What is to be given to others comes\n"
	"from portroll export, which leaves them out unless --source names them.\n"
	"\n"
	"--to FILE puts it into FILE, between two comments. Lines that are there already\n"
	"win and stay, byte for byte: for a port and protocol of yours our line is left\n"
	"out, and a name of yours is given to no other port. The difference is shown, and\n"
	"you are asked. The file of before is kept as FILE.portroll-before; --undo puts\n"
	"it back, or, where you have edited FILE since, takes out our part only. It is\n"
	"not renewed by itself: run the same again after an update.\n"
	"\n"
	"/etc/services is a conffile of Debian's package netbase. Once it is changed dpkg\n"
	"asks, at an upgrade that brings another one, which to keep: keep yours, compare\n"
	"with /etc/services.dpkg-dist, and run the same again; or --undo before it.\n"
	"\n"
	"examples\n"
	"  portroll publish\n"
	"  portroll publish --to /etc/services --dry-run\n"
	"  portroll publish --to /etc/services --yes\n"
	"  portroll publish --to /etc/services --undo\n";

const char verify_details[] =
	"Proves what can be proved of the roll's ledger, of one in a folder (of a roll,\n"
	"or as it is published or mirrored), or of one behind an address (https): that\n"
	"its key signed the checkpoint, that the entries have the root that is signed,\n"
	"and all tiles with them, that it continues what was verified here before and\n"
	"the checkpoint of --since, that the changes can be made and give the states\n"
	"they say, and that people and snapshots are what comes of them. The exit status\n"
	"is 0 only when all of it holds.\n"
	"\n"
	"What was verified is remembered for each ledger by its name. One that goes back\n"
	"or contradicts that is refused; where one key signed two histories, both notes\n"
	"are kept and shown: they prove it to everybody.\n"
	"\n"
	"--receipt FILE verifies a receipt of portroll ledger receipt, which brings its\n"
	"entry: with the key of --key, else that of the ledger. With --since, --key is\n"
	"another key that may have signed that checkpoint.\n"
	"\n"
	"examples\n"
	"  portroll verify\n"
	"  portroll verify --since checkpoint.kept\n"
	"  portroll verify https://ports.example.com/ledger\n"
	"  portroll verify --receipt 44.tlog-proof\n";

const char ledger_details[] =
	"  ledger checkpoint               what is signed: a few lines, to be kept\n"
	"  ledger receipt CHANGE           proves offline that an entry is in the ledger\n"
	"  ledger rebuild                  makes the snapshot and what is published again\n"
	"  ledger follow                   keeps this machine in step with the others of\n"
	"                                  a ledger in PostgreSQL, until told to end\n"
	"  ledger mirror URL [FOLDER]      follows another ledger and refuses another\n"
	"                                  history\n"
	"  ledger revert CHANGE --reason R takes a change back by a new one; refused\n"
	"                                  where a later change touched the same\n"
	"  ledger redact PERSON            erases what is known of a person, but the id;\n"
	"                                  every proof still holds\n"
	"  ledger backup FILE              writes all but the secret key to a file\n"
	"  ledger restore FILE [--key KEY] makes the ledger of it in an empty folder, and\n"
	"                                  with --store in an empty store\n"
	"  ledger key [--rotate]           who signs; a new key from now on\n"
	"  ledger fork --i-know --reason R begins a new origin with a new key, where the\n"
	"                                  store is behind what was signed for good\n"
	"\n"
	"examples\n"
	"  portroll ledger checkpoint > checkpoint.kept\n"
	"  portroll ledger receipt @44 > 44.tlog-proof\n"
	"  portroll ledger mirror https://ports.example.com/ledger ports\n"
	"  portroll ledger revert @45 --reason 'a cut copy'\n"
	"  portroll ledger backup /srv/backup/ports-2026-11-23.db\n";

const char serve_details[] =
	"Serves the roll as web pages, downloads and JSON, on 127.0.0.1:8080 if nothing\n"
	"else is said. It reads the snapshot and what the ledger published, nothing\n"
	"else, and takes up a new one by itself.\n"
	"\n"
	"examples\n"
	"  portroll serve\n"
	"  portroll serve --listen 127.0.0.1:8081\n";

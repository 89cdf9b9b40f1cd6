/* SPDX-License-Identifier: MIT */

/* C: what programs may take from the registry. Most bind others; a request can break those that are
 * about its name and its TXT keys. */

#include "procedure/rule_keys.h"
#include "procedure/rule_subject.h"
#include "procedure/rule_tables.h"
#include "registry/idset.h"
#include "registry/name.h"

static uint8_t name_field(const struct request *q)
{
	return q->proposed_name.len ? DOC_PROPOSED_NAME : DOC_SERVICE_NAME;
}

/* _http, or _http._tcp: what stands in the DNS in the place of a name. */
static void test_label(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str name = new_name_of(s->request);
	if (str_starts(name, STR("_")))
		finding_add(found, name_field(s->request), NO_RECORD,
			    "'%.*s' is a label of the DNS, whose service name has no '_'",
			    PORTROLL_STR_ARG(shown(name)));
}

static void test_numeric_label(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str name = new_name_of(s->request);
	if (name.len && !name_has_letter(name))
		finding_add(found, name_field(s->request), NO_RECORD,
			    "'_%.*s' would stand in the DNS as a number",
			    PORTROLL_STR_ARG(shown(name)));
}

/* As the registry has it. */
static void warn_of_use(struct finding_list *found, const struct request_check *s, uint16_t port,
			uint8_t transport)
{
	uint32_t at;
	if (port_records(s->world->index, port, transport, &at, 1) == 0)
		return;
	struct portroll_str known = s->world->registry->records[at]->unauthorized;
	if (known.len)
		finding_warn(found, DOC_PORT_NUMBER, at, "others use %.*s: %.*s",
			     PORTROLL_STR_ARG(port_text(found->arena, port, transport)),
			     PORTROLL_STR_ARG(shown(known)));
}

/* Where a number is in use before it is assigned, somebody ships it. */
static void test_squatting(struct finding_list *found, const struct request_check *s)
{
	each_wanted(found, s, warn_of_use);
	if (s->request->wanted == WANTED_NUMBER && !is_blank(s, DOC_UNAUTHORIZED))
		finding_ask(found, DOC_UNAUTHORIZED, NO_RECORD,
			    "is it '%.*s' that uses the port before it is assigned?",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

static bool is_printable(struct portroll_str key)
{
	for (size_t i = 0; i < key.len; i++)
		if (key.ptr[i] < 0x20 || key.ptr[i] > 0x7e)
			return false;
	return true;
}

static void test_key_form(struct finding_list *found, const struct request_check *s)
{
	struct key_walk walk = key_walk_begin(field_of(s, DOC_TXT_KEYS));
	for (struct portroll_str key; key_walk_next(&walk, &key);) {
		if (key.len && is_printable(key))
			continue;
		if (key.len)
			finding_add(found, DOC_TXT_KEYS, NO_RECORD,
				    "'%.*s' has characters beyond printable ASCII",
				    PORTROLL_STR_ARG(shown(key)));
		else
			finding_add(found, DOC_TXT_KEYS, NO_RECORD, "a key is empty before '='");
		return;
	}
}

static struct portroll_str folded(struct arena *a, struct portroll_str key)
{
	char *text = arena_alloc(a, key.len + 1);
	for (size_t i = 0; text && i < key.len; i++)
		text[i] = fold_char(key.ptr[i]);
	return text ? (struct portroll_str){text, key.len} : STR("");
}

static void test_keys(struct finding_list *found, const struct request_check *s)
{
	struct key_walk walk = key_walk_begin(field_of(s, DOC_TXT_KEYS));
	struct idset seen = IDSET_INIT(found->arena);
	uint32_t count = 0;
	for (struct portroll_str key; key_walk_next(&walk, &key); count++) {
		if (idset_add(&seen, folded(found->arena, key), count) != count) {
			finding_add(found, DOC_TXT_KEYS, NO_RECORD, "'%.*s' is there twice",
				    PORTROLL_STR_ARG(shown(key)));
			return;
		}
		if (key.len > TXT_KEY_MAX) {
			finding_add(found, DOC_TXT_KEYS, NO_RECORD, "'%.*s' has %zu characters",
				    PORTROLL_STR_ARG(shown(key)), key.len);
			return;
		}
	}
}

static void test_key_meaning(struct finding_list *found, const struct request_check *s)
{
	struct key_walk walk = key_walk_begin(field_of(s, DOC_TXT_KEYS));
	for (struct portroll_str key; key_walk_next(&walk, &key);)
		if (str_equal_fold(key, STR("host")) || str_equal_fold(key, STR("port"))) {
			finding_add(found, DOC_TXT_KEYS, NO_RECORD,
				    "'%.*s' repeats what the SRV record has",
				    PORTROLL_STR_ARG(key));
			return;
		}
}

#define HOSTS "binds hosts: what they do with ports is in no request and in no record"
#define DNS   "binds programs that write or read the DNS; portroll does neither"

/* clang-format off */
const struct rule rules_of_programs[RULES_OF_PROGRAMS] = {
	{.id = "C01", .origin = "RFC 6335 section 8.1.2", .level = LEVEL_MUST,
	 .binds = BINDS_CONSUMER | BINDS_HOST | BINDS_DOCUMENT, .how = RULE_ELSEWHERE,
	 .sentence = "a Dynamic Port (49152 to 65535) does not stand for a service",
	 .remedy = "ask for a User Port, or find the port at run time",
	 .where = "binds programs and their settings; portroll assigns none (P02), and says of each that it is Dynamic"},
	{.id = "C02", .origin = "RFC 6335 section 8.1.1; RFC 7605 section 7.7", .level = LEVEL_MUST,
	 .binds = BINDS_CONSUMER | BINDS_DOCUMENT, .how = RULE_ASKED,
	 .sentence = "no program has a default port that is not assigned to it",
	 .remedy = "Does the applicant ship the number already, and what becomes of that if another is assigned?",
	 .kinds = KINDS_NEW, .of_request = test_squatting},
	{.id = "C03", .origin = "RFC 6335 section 7.2", .level = LEVEL_MUST,
	 .binds = BINDS_CONSUMER | BINDS_DOCUMENT, .how = RULE_ELSEWHERE,
	 .sentence = "a port that is assigned for one transport is not used on another, where it is Reserved",
	 .remedy = "let its assignee ask for the other transport",
	 .where = "binds programs; portroll answers for each transport, and says for whom a Reserved one is held"},
	{.id = "C04", .origin = "RFC 6335 section 9", .level = LEVEL_STATED, .binds = BINDS_CONSUMER,
	 .sentence = "an assigned port is shown neither as safe nor as proof of what its traffic is",
	 .remedy = "say so beside the answer",
	 .where = "the pages, the manual and the help of lookup say so"},
	{.id = "C05", .origin = "RFC 6335 section 3; RFC 7605 section 5", .level = LEVEL_STATED,
	 .binds = BINDS_CONSUMER,
	 .sentence = "a port may have several names: all are told, the primary one first, aliases last",
	 .remedy = "take the first for the default, and show the others",
	 .where = "the index of ports puts the records of a port into that order (registry/port_index.c)"},
	{.id = "C06", .origin = "RFC 6335 section 1", .level = LEVEL_STATED, .binds = BINDS_CONSUMER,
	 .sentence = "UDP-Lite has the ports of UDP",
	 .remedy = "look them up as UDP",
	 .where = "udplite and protocol 136 are read as udp (registry/transport.c)"},
	{.id = "C07", .origin = "RFC 6335 section 6", .level = LEVEL_DESIGN, .binds = BINDS_CONSUMER,
	 .sentence = "a port that no record covers has a state all the same",
	 .remedy = "derive it: doc/STATES.md",
	 .where = "registry/state.c derives the state of every port and transport"},
	{.id = "C08", .origin = "RFC 6335 section 6.1", .level = LEVEL_STATED, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE,
	 .sentence = "exp1 and exp2 are marks for experiments, not services",
	 .remedy = "show their description, RFC3692-style Experiment",
	 .where = "binds programs that show names alone; portroll shows the description beside the name, and P19 keeps the records as they are"},
	{.id = "C09", .origin = "RFC 6335 section 5.2", .level = LEVEL_MUST, .binds = BINDS_CONSUMER,
	 .sentence = "the label of a service in the DNS is _ and its well-formed name",
	 .remedy = "ask for the name without the _",
	 .kinds = KINDS_NEW, .of_request = test_label},
	{.id = "C10", .origin = "RFC 2782", .level = LEVEL_STATED, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE,
	 .sentence = "the label of a transport is _tcp, _udp, _sctp or _dccp, in any case",
	 .remedy = "compare labels without regard to case", .where = DNS},
	{.id = "C11", .origin = "RFC 6763 section 7", .level = LEVEL_STATED, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE,
	 .sentence = "in DNS-based service discovery _tcp is for TCP, _udp for all others",
	 .remedy = "write _udp for SCTP and DCCP, too", .where = DNS},
	{.id = "C12", .origin = "RFC 2782", .level = LEVEL_SHOULD, .binds = BINDS_CONSUMER,
	 .sentence = "neither service nor transport is a number in the DNS",
	 .remedy = "ask for a name with letters",
	 .kinds = KINDS_NEW, .of_request = test_numeric_label},
	{.id = "C13", .origin = "RFC 6763 section 7.2", .level = LEVEL_STATED, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE,
	 .sentence = "instance and subtype have at most 63 octets, the whole name 255, its parent domain 100",
	 .remedy = "choose shorter ones", .where = DNS "; the 15 characters of a name (N01) leave room for them"},
	{.id = "C14", .origin = "RFC 6763 section 4.1.1", .level = LEVEL_MUST, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE,
	 .sentence = "the name of an instance has no control characters",
	 .remedy = "leave them out", .where = DNS},
	{.id = "C15", .origin = "RFC 6763 section 7.1", .level = LEVEL_STATED, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE,
	 .sentence = "subtypes are those of one service, behind _sub, and equal in any case",
	 .remedy = "have them put into the notes of the service", .where = DNS},
	{.id = "C16", .origin = "RFC 6763 section 6.4", .level = LEVEL_MUST, .binds = BINDS_CONSUMER,
	 .sentence = "a TXT key has at least one character, of printable ASCII without =",
	 .remedy = "name the keys before their =",
	 .kinds = KINDS_NEW, .of_request = test_key_form},
	{.id = "C17", .origin = "RFC 6763 section 6.4", .level = LEVEL_SHOULD,
	 .binds = BINDS_CONSUMER | BINDS_REQUEST,
	 .sentence = "a TXT key has at most 9 characters, and is there once, in any case",
	 .remedy = "choose a shorter one, or leave out the second",
	 .kinds = KINDS_NEW, .of_request = test_keys},
	{.id = "C18", .origin = "RFC 6763 section 6.3", .level = LEVEL_MUST, .binds = BINDS_CONSUMER,
	 .sentence = "host and port are no TXT keys, and keys that are not known are passed over",
	 .remedy = "leave them to the SRV record",
	 .kinds = KINDS_NEW, .of_request = test_key_meaning},
	{.id = "C19", .origin = "RFC 6763 section 6.1", .level = LEVEL_MUST, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE,
	 .sentence = "a TXT record is never empty",
	 .remedy = "send one zero byte", .where = DNS},
	{.id = "C20", .origin = "RFC 6763 section 6.2", .level = LEVEL_SHOULD, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE,
	 .sentence = "a TXT record has at most 1300 bytes",
	 .remedy = "tell the rest within the protocol", .where = DNS},
	{.id = "C21", .origin = "RFC 2782", .level = LEVEL_MUST, .binds = BINDS_HOST,
	 .how = RULE_ELSEWHERE,
	 .sentence = "of SRV records the lowest priority comes first, by weight; a target of . is not there",
	 .remedy = "choose as RFC 2782 has it", .where = HOSTS},
	{.id = "C22", .origin = "RFC 6056 section 3.2", .level = LEVEL_STATED, .binds = BINDS_HOST,
	 .how = RULE_ELSEWHERE,
	 .sentence = "ephemeral ports are taken from 1024 to 65535",
	 .remedy = "set the range of the system", .where = HOSTS},
	{.id = "C23", .origin = "RFC 6056 section 3.2", .level = LEVEL_SHOULD,
	 .binds = BINDS_HOST | BINDS_CONSUMER, .how = RULE_ELSEWHERE,
	 .sentence = "ephemeral ports leave out those of services that are offered here, and no others",
	 .remedy = "reserve the ports of local services, as portroll list names them",
	 .where = "binds hosts: which services one offers is not in a registry"},
	{.id = "C24", .origin = "RFC 6056 sections 3.2 and 3.3", .level = LEVEL_SHOULD, .binds = BINDS_HOST,
	 .how = RULE_ELSEWHERE,
	 .sentence = "ephemeral ports are taken from the largest possible pool, and cannot be foretold",
	 .remedy = "choose them at random", .where = HOSTS},
	{.id = "C25", .origin = "RFC 4340 section 8.1.2; RFC 5595 sections 2.5 and 3.3.1", .level = LEVEL_MUST,
	 .binds = BINDS_HOST, .how = RULE_ELSEWHERE,
	 .sentence = "a DCCP server refuses the code 4294967295, and codes that its port is not bound to",
	 .remedy = "answer with Reset 8", .where = HOSTS},
	{.id = "C26", .origin = "RFC 5595 section 2.4", .level = LEVEL_SHOULD, .binds = BINDS_HOST,
	 .how = RULE_ELSEWHERE,
	 .sentence = "a program does not use the service code 0; temporary ones are private",
	 .remedy = "take one that begins with the byte 63", .where = HOSTS},
	{.id = "C27", .origin = "RFC 7605 section 7.3", .level = LEVEL_SHOULD, .binds = BINDS_HOST,
	 .how = RULE_ELSEWHERE,
	 .sentence = "to listen on a System Port takes a privilege",
	 .remedy = "keep it so on your hosts", .where = HOSTS},
	{.id = "C28", .origin = "RFC 7605 section 7.4", .level = LEVEL_SHOULD, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE,
	 .sentence = "nothing is trusted for its port number alone",
	 .remedy = "look at the traffic",
	 .where = "binds firewalls and their like; portroll says beside its answers that a port is no proof"},
};
/* clang-format on */

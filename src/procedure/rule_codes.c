/* SPDX-License-Identifier: MIT */

/* D: DCCP service codes. */

#include "procedure/rule_records.h"
#include "procedure/rule_subject.h"
#include "procedure/rule_tables.h"

#define CODE_LAST        (UINT32_MAX - 1)
#define PRIVATE_BYTE     63 /* '?', the high byte of codes for private use */
#define CODE_COUNT_ASKED 5  /* above that the experts are asked (RFC 6335 section 10.3.1) */

static bool is_dccp(const struct request *q)
{
	return q->transports & TRANSPORT_BIT(PORTROLL_DCCP);
}

/* A digit or SC= begins a number; all else is meant as text. */
static bool is_meant_as_number(struct portroll_str text)
{
	struct portroll_str digits =
		str_starts_fold(text, STR("SC=")) ? str_part(text, 3, text.len) : text;
	for (size_t i = 0; i < digits.len; i++)
		if (!is_digit(digits.ptr[i]))
			return str_starts_fold(text, STR("SC=x"));
	return true;
}

static bool is_too_large(struct portroll_str text)
{
	uint32_t code;
	return service_code_parse(&code, text) == PORTROLL_ELIMIT;
}

static void test_code_is_there(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	if (is_dccp(q) && q->code_count == 0 && q->bad_code.len == 0)
		finding_add(found, DOC_SERVICE_CODE, NO_RECORD, "Service Code is empty");
}

static void test_code_is_not_there(struct finding_list *found, const struct request_check *s)
{
	if (!is_dccp(s->request) && !is_blank(s, DOC_SERVICE_CODE))
		finding_add(found, DOC_SERVICE_CODE, NO_RECORD, "'%.*s' without dccp",
			    PORTROLL_STR_ARG(shown(field_of(s, DOC_SERVICE_CODE))));
}

static void test_limit(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str bad = s->request->bad_code;
	if (bad.len && is_too_large(bad))
		finding_add(found, DOC_SERVICE_CODE, NO_RECORD, "%.*s is above %u",
			    PORTROLL_STR_ARG(shown(bad)), (unsigned)CODE_LAST);
}

static bool is_private(uint32_t code)
{
	return code >> 24 == PRIVATE_BYTE;
}

/* Assigned by whom it may be: bytes of blank, - . /, digits and capitals. */
static bool is_for_specifications(uint32_t code)
{
	for (int shift = 24; shift >= 0; shift -= 8) {
		unsigned byte = code >> shift & 0xff;
		bool fits = byte == 32 || (byte >= 45 && byte <= 57) || (byte >= 65 && byte <= 90);
		if (!fits)
			return false;
	}
	return true;
}

static struct portroll_str code_text(struct arena *a, uint32_t code)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64);
	char letters[5];
	size_t len = service_code_text(letters, code);
	buf_put_num(&text, code);
	if (len) {
		buf_puts(&text, " (SC:");
		buf_put(&text, (struct portroll_str){letters, len});
		buf_putc(&text, ')');
	}
	return buf_keep(&text, a);
}

static void test_value(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	for (size_t i = 0; i < q->code_count; i++) {
		struct portroll_str text = code_text(found->arena, q->codes[i]);
		if (q->codes[i] == 0)
			finding_add(found, DOC_SERVICE_CODE, NO_RECORD, "0 means no service");
		else if (is_private(q->codes[i]))
			finding_add(found, DOC_SERVICE_CODE, NO_RECORD, "%.*s is for private use",
				    PORTROLL_STR_ARG(text));
	}
}

static void test_form(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str bad = s->request->bad_code;
	if (bad.len == 0 || is_too_large(bad))
		return;
	finding_add(found, DOC_SERVICE_CODE, NO_RECORD, "'%.*s' is no %s",
		    PORTROLL_STR_ARG(shown(bad)),
		    is_meant_as_number(bad) ? "number" : "code of 1 to 4 characters");
}

static bool has_code(const struct request *q, uint32_t code)
{
	for (size_t i = 0; i < q->code_count; i++)
		if (q->codes[i] == code)
			return true;
	return false;
}

/* Calls it for each record that has a code of the request. */
typedef void code_fn(struct finding_list *found, const struct request_check *s, uint32_t index);

static void each_record_of_codes(struct finding_list *found, const struct request_check *s,
				 code_fn *test)
{
	const struct registry *reg = s->world->registry;
	for (uint32_t i = 0; i < reg->record_count; i++)
		if (reg->records[i]->has_service_code &&
		    has_code(s->request, reg->records[i]->service_code))
			test(found, s, i);
}

static void tell_taken(struct finding_list *found, const struct request_check *s, uint32_t index)
{
	const struct record *r = s->world->registry->records[index];
	if (!str_equal_fold(r->name, s->request->name))
		finding_add(found, DOC_SERVICE_CODE, index, "%.*s is that of %.*s",
			    PORTROLL_STR_ARG(code_text(found->arena, r->service_code)),
			    PORTROLL_STR_ARG(record_text(found->arena, r)));
}

static void test_unique(struct finding_list *found, const struct request_check *s)
{
	each_record_of_codes(found, s, tell_taken);
}

static bool wants(const struct request *q, uint16_t port)
{
	for (size_t i = 0; i < q->port_count; i++)
		if (range_covers(q->ports[i], port))
			return true;
	return false;
}

static void tell_other_port(struct finding_list *found, const struct request_check *s,
			    uint32_t index)
{
	const struct record *r = s->world->registry->records[index];
	if (!r->has_port || r->transport != PORTROLL_DCCP || s->request->wanted == WANTED_NONE ||
	    wants(s->request, r->port.first))
		return;
	finding_add(found, DOC_SERVICE_CODE, index, "%.*s has the DCCP port %u already",
		    PORTROLL_STR_ARG(code_text(found->arena, r->service_code)),
		    (unsigned)r->port.first);
}

static void test_one_port(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	bool is_several =
		q->port_count > 1 || (q->port_count == 1 && q->ports[0].first < q->ports[0].last);
	if (is_dccp(q) && q->code_count && is_several)
		finding_add(found, DOC_SERVICE_CODE, NO_RECORD, "several ports for one code");
	each_record_of_codes(found, s, tell_other_port);
}

#define DOCUMENTED (EVIDENCE_SPECIFICATION | EVIDENCE_IETF_REVIEW | EVIDENCE_STANDARDS_ACTION)

static void decide_specification(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	for (size_t i = 0; i < q->code_count && !has_evidence(s, DOCUMENTED); i++)
		if (q->codes[i] && is_for_specifications(q->codes[i]))
			finding_add(found, DOC_SERVICE_CODE, NO_RECORD,
				    "%.*s is for specifications, and none is on file",
				    PORTROLL_STR_ARG(code_text(found->arena, q->codes[i])));
}

static void decide_standards(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	for (size_t i = 0; i < q->code_count && has_evidence(s, EVIDENCE_STANDARDS_ACTION); i++)
		if (!is_for_specifications(q->codes[i]))
			finding_add(found, DOC_SERVICE_CODE, NO_RECORD,
				    "%.*s is not of the codes for specifications",
				    PORTROLL_STR_ARG(code_text(found->arena, q->codes[i])));
}

#define BY_EXPERT (EVIDENCE_EXPERT_YES | EVIDENCE_EXPERT_OPINION)

/* Does the port have a code that is none of these? */
static bool has_other_code(const struct request_check *s, uint16_t port)
{
	const struct port_index *index = s->world->index;
	for (uint32_t i = index->starts[port]; i < index->starts[port + 1]; i++) {
		const struct record *r = index->registry->records[index->entries[i]];
		if (r->transport == PORTROLL_DCCP && r->has_service_code &&
		    !has_code(s->request, r->service_code))
			return true;
	}
	return false;
}

static void decide_second(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	bool is_second = q->wanted != WANTED_NONE && q->code_count > 1;
	if (!is_dccp(q) || q->code_count == 0 || has_evidence(s, BY_EXPERT))
		return;
	for (size_t i = 0; i < q->port_count; i++)
		is_second = is_second || has_other_code(s, q->ports[i].first);
	if (is_second)
		finding_add(found, DOC_SERVICE_CODE, NO_RECORD,
			    "several codes on one port, and no expert was heard");
}

static void decide_system(struct finding_list *found, const struct request_check *s)
{
	bool is_system = s->evidence->has_granted ? s->evidence->granted.first <= SYSTEM_PORTS.last
						  : wants_port_in(s, SYSTEM_PORTS);
	if (is_dccp(s->request) && is_system && is_by_rfc6335(s) &&
	    !has_evidence(s, EVIDENCE_IETF_REVIEW | EVIDENCE_STANDARDS_ACTION))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
			    "no IETF Review is on file; the IESG may override this rule");
}

static void decide_many(struct finding_list *found, const struct request_check *s)
{
	if (s->request->code_count > CODE_COUNT_ASKED && !has_evidence(s, BY_EXPERT))
		finding_add(found, DOC_SERVICE_CODE, NO_RECORD,
			    "%zu codes in one request, and no expert was heard",
			    s->request->code_count);
}

static void test_described(struct finding_list *found, const struct request_check *s)
{
	if (s->request->code_count && is_blank(s, DOC_DESCRIPTION))
		finding_add(found, DOC_DESCRIPTION, NO_RECORD, "nothing says what the code is for");
}

static void test_port_of_udp(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	const struct record *r;
	if (!is_dccp(q) || q->wanted == WANTED_NONE || q->name.len == 0)
		return;
	for (size_t at = 0; (r = next_of_name(s->world->registry, q->name, &at));) {
		if (r->transport != PORTROLL_UDP || !r->has_port || wants(q, r->port.first))
			continue;
		finding_add(found, DOC_PORT_NUMBER, (uint32_t)(at - 1), "for udp it is %.*s",
			    PORTROLL_STR_ARG(record_text(found->arena, r)));
		return;
	}
}

static void test_intent(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	const struct record *r;
	if (!is_dccp(q) || q->name.len == 0 || !is_blank(s, DOC_DCCP_INTENT))
		return;
	for (size_t at = 0; (r = next_of_name(s->world->registry, q->name, &at));) {
		if (r->transport != PORTROLL_TCP && r->transport != PORTROLL_SCTP)
			continue;
		finding_add(found, DOC_DCCP_INTENT, (uint32_t)(at - 1),
			    "%.*s is known, and nothing says what DCCP is to be used for",
			    PORTROLL_STR_ARG(record_text(found->arena, r)));
		return;
	}
}

/* clang-format off */
const struct rule rules_of_codes[RULES_OF_CODES] = {
	{.id = "D01", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request for dccp gives a service code",
	 .remedy = "fill in Service Code: SC:ping, or a number",
	 .kinds = KINDS_NEW, .of_request = test_code_is_there},
	{.id = "D02", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request without dccp gives no service code",
	 .remedy = "leave Service Code out, or ask for dccp",
	 .kinds = KINDS_NEW, .of_request = test_code_is_not_there},
	{.id = "D03", .origin = "RFC 4340 section 8.1.2", .level = LEVEL_STATED, .binds = BINDS_REQUEST | BINDS_CONSUMER, .is_form = true,
	 .sentence = "a service code is at most 4294967294",
	 .remedy = "choose a code of 32 bits that is not the highest",
	 .of_request = test_limit},
	{.id = "D04", .origin = "RFC 4340 section 8.1.2; RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_ACTION | BINDS_RECORD, .is_form = true,
	 .sentence = "the codes 0 and 1056964608 to 1073741823, for private use, are never assigned",
	 .remedy = "choose another code; one for private use needs no assignment",
	 .of_request = test_value, .of_records = records_code_value},
	{.id = "D05", .origin = "RFC 4340 section 8.1.2", .level = LEVEL_STATED, .binds = BINDS_REQUEST | BINDS_CONSUMER, .is_form = true,
	 .sentence = "a service code is a decimal number, SC= and a number, SC=x and hexadecimal digits, or SC: and 1 to 4 letters, digits or - _ + . * / ? @",
	 .remedy = "write the code in one of these forms",
	 .of_request = test_form},
	{.id = "D06", .origin = "RFC 4340 section 8.1.2; RFC 5595 section 5", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "codes of blanks, digits, capitals, - . and / only are assigned by Specification Required",
	 .remedy = "put the specification on file, or choose a code with a small letter",
	 .of_decision = decide_specification},
	{.id = "D07", .origin = "RFC Errata 3814, 3815, 3816", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "what a Standards Track document asks for has a code of the part for specifications",
	 .remedy = "choose a code of capitals and digits",
	 .of_decision = decide_standards},
	{.id = "D08", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a service code is that of one service",
	 .remedy = "choose another code",
	 .kinds = KINDS_NEW, .of_request = test_unique},
	{.id = "D09", .origin = "RFC 6335 section 10.3.2", .level = LEVEL_MUST, .binds = BINDS_ACTION | BINDS_RECORD,
	 .sentence = "a service code has at most one DCCP port",
	 .remedy = "ask for one port, or for another code",
	 .kinds = KINDS_NEW, .of_request = test_one_port, .of_records = records_code_one_port},
	{.id = "D10", .origin = "RFC 6335 section 10.3.2; RFC 4340 section 19.9", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a port gets a second code only by Expert Review",
	 .remedy = "hear the experts, or choose another port",
	 .kinds = KINDS_NEW, .of_decision = decide_second},
	{.id = "D11", .origin = "RFC 5595 section 2.1; RFC 6335 section 10.3.2", .level = LEVEL_MUST, .binds = BINDS_RECORD,
	 .sentence = "an assigned DCCP port has a service code",
	 .remedy = "ask its contact for the code",
	 .of_records = records_code_missing},
	{.id = "D12", .origin = "RFC 6335 section 10.3.2; RFC 4340 section 19.9", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a System Port of DCCP is granted only by IETF Review",
	 .remedy = "put the IETF Review on file; the IESG may override, with its reason",
	 .kinds = KINDS_NEW, .of_decision = decide_system},
	{.id = "D13", .origin = "RFC 6335 section 10.3.1", .level = LEVEL_SHOULD, .binds = BINDS_ACTION,
	 .sentence = "a request for more than five service codes is reviewed by an expert",
	 .remedy = "hear an expert, or ask for fewer codes",
	 .kinds = KINDS_NEW, .of_decision = decide_many},
	{.id = "D14", .origin = "RFC 4340 section 8.1.2", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request for a service code has a short description in English",
	 .remedy = "fill in Description",
	 .kinds = KINDS_NEW, .of_request = test_described},
	{.id = "D15", .origin = "RFC 4340 section 19.8", .level = LEVEL_STATED, .binds = BINDS_PUBLISHED,
	 .sentence = "service codes are printed as decimal numbers, with their letters where they have some",
	 .remedy = "nothing: they are printed so",
	 .where = "all forms write the number; portroll lookup and portroll check show the letters beside it"},
	{.id = "D16", .origin = "RFC 4340 section 19.9", .level = LEVEL_SHOULD, .binds = BINDS_REQUEST,
	 .sentence = "a name that is known for UDP has the same port for DCCP",
	 .remedy = "ask for the port that it has for udp",
	 .kinds = KINDS_NEW, .of_request = test_port_of_udp},
	{.id = "D17", .origin = "RFC 4340 section 19.9", .level = LEVEL_SHOULD, .binds = BINDS_REQUEST,
	 .sentence = "a name that is known for TCP or SCTP is asked for DCCP only when there is a use for it",
	 .remedy = "fill in what DCCP is to be used for",
	 .kinds = KINDS_NEW, .of_request = test_intent},
};
/* clang-format on */

/* SPDX-License-Identifier: MIT */

/* Q: what a request must tell. */

#include "procedure/rule_fields.h"
#include "procedure/rule_records.h"
#include "procedure/rule_tables.h"

static bool wants_any_port(const struct request *q)
{
	return q->wanted != WANTED_NONE;
}

static bool has_transport(const struct request *q, uint8_t transport)
{
	return q->transports & TRANSPORT_BIT(transport);
}

/* What is asked of each usage is asked by IANA's form; the owner of a pool may ask less. */
static void want_by_form(struct finding_list *found, const struct request_check *s,
			 enum document_field field)
{
	if (is_by_rfc6335(s))
		want_field(found, s, field);
}

static void test_broadcast(struct finding_list *found, const struct request_check *s)
{
	want_by_form(found, s, DOC_BROADCAST);
}

static void test_why_not_dynamic(struct finding_list *found, const struct request_check *s)
{
	if (wants_any_port(s->request))
		want_by_form(found, s, DOC_WHY_NOT_DYNAMIC);
}

static void test_why_not_user(struct finding_list *found, const struct request_check *s)
{
	if (wants_port_in(s, SYSTEM_PORTS))
		want_by_form(found, s, DOC_WHY_NOT_USER);
}

/* A specification, or a reference to a document; that it is proprietary says there is none. */
static void test_specification(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str said = field_of(s, DOC_SPECIFICATION);
	if (!is_by_rfc6335(s) || !wants_port_in(s, SYSTEM_PORTS))
		return;
	bool is_proprietary = str_find_fold(said, STR("proprietary")) != SIZE_MAX ||
			      str_find_fold(said, STR("not publicly")) != SIZE_MAX;
	if (said.len && !is_proprietary)
		return;
	if (said.len == 0 && s->request->is_ietf)
		return;
	if (said.len)
		finding_add(found, DOC_SPECIFICATION, NO_RECORD,
			    "that it is proprietary is not enough for a System Port");
	else
		want_field(found, s, DOC_SPECIFICATION);
}

static void test_port_is_said(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	const uint16_t with_port =
		KIND_BIT(REQUEST_NAME) | KIND_BIT(REQUEST_REUSE) | KIND_BIT(REQUEST_RESERVE);
	if (q->bad_port.len && !is_digit(q->bad_port.ptr[0]) && q->bad_port.ptr[0] != '-')
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
			    "'%.*s' is no port, neither User nor System, and no pool of the policy",
			    PORTROLL_STR_ARG(shown(q->bad_port)));
	if (q->bad_lease.len)
		finding_add(found, DOC_LEASE, NO_RECORD, "'%.*s' is no number of days",
			    PORTROLL_STR_ARG(shown(q->bad_lease)));
	if (q->too_many)
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
			    "more than %d ports, %d codes or %d contacts in one request",
			    REQUEST_PORT_MAX, REQUEST_CODE_MAX, REQUEST_CONTACT_MAX);
	if (!wants_any_port(q) && q->kind < REQUEST_KIND_COUNT && with_port & KIND_BIT(q->kind))
		want_field(found, s, DOC_PORT_NUMBER);
}

static void test_companion_at(struct finding_list *found, const struct request_check *s,
			      uint16_t port, uint8_t transport)
{
	const struct rule_world *w = s->world;
	uint32_t index;
	if (port_state_of(w->index, port, transport).reason != PORTROLL_REASON_COMPANION)
		return;
	const struct record *r = companion_at(w->index, port, transport, &index);
	struct party_ids asks = party_find(w->registry, &s->request->assignee);
	bool is_taken_over = str_equal_fold(r ? r->name : STR_NONE, s->request->name) &&
			     is_blank(s, DOC_ASSIGNEE) && is_blank(s, DOC_ASSIGNEE_ID);
	if (r && !is_taken_over && !party_has(&asks, record_assignee(r)))
		finding_add(found, DOC_ASSIGNEE, index,
			    "%.*s is held for the assignee of %.*s, %.*s",
			    PORTROLL_STR_ARG(port_text(found->arena, port, transport)),
			    PORTROLL_STR_ARG(record_text(found->arena, r)),
			    PORTROLL_STR_ARG(assignee_text(found->arena, r)));
}

static void test_companion(struct finding_list *found, const struct request_check *s)
{
	each_wanted(found, s, test_companion_at);
}

#define AGREED (EVIDENCE_BY_ASSIGNEE | EVIDENCE_ASSIGNEE_AGREES | EVIDENCE_ALL_CONFIRMED)

static void decide_transport(struct finding_list *found, const struct request_check *s)
{
	if (!has_evidence(s, AGREED | EVIDENCE_BY_CONTACT))
		finding_add(found, DOC_SERVICE_NAME, NO_RECORD,
			    "the assignee of '%.*s' has not confirmed it",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

static void decide_name_at(struct finding_list *found, const struct request_check *s, uint16_t port,
			   uint8_t transport)
{
	uint32_t index;
	const struct record *r = assigned_at(s->world->index, port, transport, &index);
	if (!r)
		return;
	struct portroll_str text = record_text(found->arena, r);
	if (!has_evidence(s, AGREED))
		finding_add(found, DOC_PORT_NUMBER, index,
			    "the assignee of %.*s has not confirmed it", PORTROLL_STR_ARG(text));
	if (is_by_rfc6335(s) && !has_evidence(s, EVIDENCE_EXPERT_YES | EVIDENCE_EXPERT_OPINION))
		finding_add(found, DOC_PORT_NUMBER, index,
			    "no expert was heard on a further name beside %.*s",
			    PORTROLL_STR_ARG(text));
}

static void decide_name(struct finding_list *found, const struct request_check *s)
{
	each_wanted(found, s, decide_name_at);
}

static bool is_party(const struct party *p, const char *id, const char *name, const char *mail)
{
	if (p->id.len)
		return str_equal(p->id, str_from(id));
	return str_equal_fold(p->name, str_from(name)) && str_equal_fold(p->mail, str_from(mail));
}

static void test_ietf_parties(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	if (!q->is_ietf || !is_by_rfc6335(s))
		return;
	if (!is_party(&q->assignee, "IESG", "IESG", "iesg@ietf.org"))
		finding_add(found, DOC_ASSIGNEE, NO_RECORD, "it is not IESG <iesg@ietf.org>");
	if (q->contact_count != 1 ||
	    !is_party(&q->contacts[0], "IETF_Chair", "IETF Chair", "chair@ietf.org"))
		finding_add(found, DOC_CONTACT, NO_RECORD, "it is not IETF Chair <chair@ietf.org>");
}

static void test_txt_keys(struct finding_list *found, const struct request_check *s)
{
	if (!wants_any_port(s->request))
		want_by_form(found, s, DOC_TXT_KEYS);
}

static void test_udp(struct finding_list *found, const struct request_check *s)
{
	if (!has_transport(s->request, PORTROLL_UDP))
		return;
	want_by_form(found, s, DOC_UDP_CONGESTION);
	want_by_form(found, s, DOC_UDP_DISCOVERY);
}

static bool has_several_transports(const struct request *q)
{
	return q->transports & (q->transports - 1);
}

static void test_differences(struct finding_list *found, const struct request_check *s)
{
	if (has_several_transports(s->request))
		want_by_form(found, s, DOC_TRANSPORT_DIFFERENCES);
}

static void test_versioning(struct finding_list *found, const struct request_check *s)
{
	want_by_form(found, s, DOC_VERSIONING);
}

static void test_security(struct finding_list *found, const struct request_check *s)
{
	want_by_form(found, s, DOC_SECURITY);
}

static void test_sctp(struct finding_list *found, const struct request_check *s)
{
	if (!has_transport(s->request, PORTROLL_SCTP))
		return;
	want_by_form(found, s, DOC_SCTP_EXISTING);
	want_by_form(found, s, DOC_SCTP_REASON);
}

static void test_is_complete_in_itself(struct finding_list *found, const struct request_check *s)
{
	const struct xref_list list = s->request->references;
	for (size_t i = 0; i < list.count; i++)
		if (list.items[i].type != XREF_URI && list.items[i].type != XREF_DRAFT)
			return;
	if (list.count)
		finding_warn(found, DOC_REFERENCE, NO_RECORD,
			     "it only points to another text: '%.*s'",
			     PORTROLL_STR_ARG(shown(field_of(s, DOC_REFERENCE))));
}

#define DOCUMENT_APPROVED                                                                          \
	(EVIDENCE_IETF_REVIEW | EVIDENCE_STANDARDS_ACTION | EVIDENCE_IESG_APPROVAL |               \
	 EVIDENCE_CHAIRS_AGREE | EVIDENCE_DIRECTOR_AGREES)

static void decide_draft(struct finding_list *found, const struct request_check *s)
{
	const struct xref_list list = s->request->references;
	if (has_evidence(s, DOCUMENT_APPROVED))
		return;
	for (size_t i = 0; i < list.count; i++) {
		struct portroll_str draft = list.items[i].data;
		if (list.items[i].type != XREF_DRAFT || str_starts_fold(draft, STR("RFC-")))
			continue;
		finding_add(found, DOC_REFERENCE, NO_RECORD,
			    "%.*s is neither approved nor allocated early",
			    PORTROLL_STR_ARG(shown(draft)));
		return;
	}
}

static bool is_held_name(const struct hold *hold, const struct request *q)
{
	struct portroll_str name = new_name_of(q);
	return name.len && str_equal_fold(hold->name, name);
}

static bool is_held_port(const struct hold *hold, const struct request *q)
{
	if (q->wanted != WANTED_NUMBER || !(hold->transports & q->transports))
		return false;
	for (size_t i = 0; i < q->port_count; i++)
		if (q->ports[i].first <= hold->ports.last && hold->ports.first <= q->ports[i].last)
			return true;
	return false;
}

/* At intake it is told; a decision waits for the one that was first. */
static void find_holds(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	for (size_t i = 0; i < s->world->hold_count; i++) {
		const struct hold *hold = &s->world->holds[i];
		bool is_name = is_held_name(hold, q);
		if (!is_name && !is_held_port(hold, q))
			continue;
		uint8_t field = is_name ? DOC_SERVICE_NAME : DOC_PORT_NUMBER;
		const char *what = is_name ? "name" : "port";
		if (s->evidence)
			finding_add(found, field, NO_RECORD, "%.*s asked for that %s first",
				    PORTROLL_STR_ARG(hold->request), what);
		else
			finding_warn(found, field, NO_RECORD, "%.*s asked for that %s first",
				     PORTROLL_STR_ARG(hold->request), what);
	}
}

static void test_transports_in_use(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str state = field_of(s, DOC_DEVELOPMENT);
	if (!has_several_transports(s->request))
		return;
	for (uint8_t t = 1; t <= TRANSPORT_COUNT; t++) {
		if (!has_transport(s->request, t) ||
		    str_find_fold(state, transport_name(t)) != SIZE_MAX)
			continue;
		finding_ask(found, DOC_DEVELOPMENT, NO_RECORD,
			    "is %s in use now? the state of development does not say so",
			    transports[t].title);
	}
}

#define WITH_PARTIES ((uint16_t)(KINDS_NEW | KIND_BIT(REQUEST_SUCCESSION)))

/* clang-format off */
const struct rule rules_of_requests[RULES_OF_REQUESTS] = {
	{.id = "Q01", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request names the service that it is for",
	 .remedy = "fill in Service Name; of a change, the name that the registry has",
	 .of_request = test_name_is_there},
	{.id = "Q02", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request names one or more of the transports tcp, udp, sctp and dccp, for a name alone, too",
	 .remedy = "fill in Transport Protocols: tcp, udp",
	 .of_request = test_transports},
	{.id = "Q03", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request gives the name and the mail address of the assignee",
	 .remedy = "fill in Assignee: Name <mail>; of one whom the registry has, Assignee ID alone",
	 .kinds = WITH_PARTIES, .of_request = test_assignee},
	{.id = "Q04", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request gives the name and the mail address of a contact",
	 .remedy = "fill in Contact: Name <mail>, a line each; of those whom the registry has, Contact ID alone",
	 .kinds = WITH_PARTIES | KIND_BIT(REQUEST_MODIFY), .of_request = test_contacts},
	{.id = "Q05", .origin = "RFC 6335 section 8.1.1; IANA's form", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request describes the service in a few words",
	 .remedy = "fill in Description, in at most 40 characters",
	 .kinds = KINDS_NEW | KIND_BIT(REQUEST_MODIFY), .of_request = test_description},
	{.id = "Q06", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request describes the protocol or says where it is described",
	 .remedy = "fill in Reference: an RFC, a draft, a URL, or the description itself",
	 .kinds = KINDS_NEW, .of_request = test_reference},
	{.id = "Q07", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .sentence = "a request says how it uses broadcast, multicast and anycast, be the protocol public or not",
	 .remedy = "fill in Broadcast Use; none is an answer",
	 .kinds = KINDS_NEW, .of_request = test_broadcast},
	{.id = "Q08", .origin = "RFC 6335 sections 8.1.1 and 8.1.2", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request for a port says why a Dynamic Port would not do",
	 .remedy = "fill in Why Not Dynamic",
	 .kinds = KINDS_NEW, .of_request = test_why_not_dynamic},
	{.id = "Q09", .origin = "RFC 6335 sections 8.1.1 and 8.1.2", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request for a System Port says why a User Port would not do",
	 .remedy = "fill in Why Not User",
	 .kinds = KINDS_NEW, .of_request = test_why_not_user},
	{.id = "Q10", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request for a System Port has a stable specification that can be read",
	 .remedy = "fill in Specification: a document that stays as it is; or ask for a User Port",
	 .kinds = KINDS_NEW, .of_request = test_specification},
	{.id = "Q11", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_MUST, .binds = BINDS_REQUEST, .is_form = true,
	 .sentence = "a request for a port gives a number, one of the words User and System, or the name of a pool; one for a name alone leaves it empty; a lease is told in days",
	 .remedy = "fill in Port Number: 4460, User, System, or the name of a pool",
	 .of_request = test_port_is_said},
	{.id = "Q12", .origin = "RFC 6335 section 8.1", .level = LEVEL_MAY, .binds = BINDS_REQUEST,
	 .sentence = "the assignee of a port may ask for it on another transport, where it is Reserved; experts review it",
	 .remedy = "let the assignee of the port ask",
	 .kinds = KIND_BIT(REQUEST_TRANSPORT), .of_request = test_companion},
	{.id = "Q13", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "where another asks for a further transport of a name, its assignee has confirmed it",
	 .remedy = "ask the assignee, and record the answer",
	 .kinds = KIND_BIT(REQUEST_TRANSPORT), .of_decision = decide_transport},
	{.id = "Q14", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "for a further name on an assigned port its assignee has confirmed it, and an expert was heard",
	 .remedy = "ask the assignee and the experts, and record the answers",
	 .kinds = KIND_BIT(REQUEST_NAME), .of_decision = decide_name},
	{.id = "Q15", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_STATED, .binds = BINDS_REQUEST | BINDS_RECORD,
	 .sentence = "what a document of the IETF stream asks for is assigned to the IESG, with the IETF Chair as contact",
	 .remedy = "write IESG <iesg@ietf.org> as assignee, IETF Chair <chair@ietf.org> as contact",
	 .kinds = KINDS_NEW, .of_request = test_ietf_parties, .of_records = records_ietf_parties},
	{.id = "Q16", .origin = "IANA's form", .level = LEVEL_PRACTICE, .binds = BINDS_REQUEST,
	 .sentence = "a request for a name alone lists the keys of its TXT record",
	 .remedy = "fill in Defined TXT Keys; none is an answer",
	 .kinds = KIND_BIT(REQUEST_ASSIGN), .of_request = test_txt_keys},
	{.id = "Q17", .origin = "IANA's form", .level = LEVEL_PRACTICE, .binds = BINDS_REQUEST,
	 .sentence = "a request for udp says how its traffic is limited, and whether it is for discovery only",
	 .remedy = "fill in UDP Congestion and UDP Discovery Only",
	 .kinds = KINDS_NEW, .of_request = test_udp},
	{.id = "Q18", .origin = "IANA's form; RFC 7605 section 7.6", .level = LEVEL_PRACTICE, .binds = BINDS_REQUEST,
	 .sentence = "a request for several transports says how the protocol differs between them",
	 .remedy = "fill in Transport Differences",
	 .kinds = KINDS_NEW, .of_request = test_differences},
	{.id = "Q19", .origin = "IANA's form; RFC 7605 section 7.5", .level = LEVEL_PRACTICE, .binds = BINDS_REQUEST,
	 .sentence = "a request says how versions of the protocol are told apart",
	 .remedy = "fill in Versioning",
	 .kinds = KINDS_NEW, .of_request = test_versioning},
	{.id = "Q20", .origin = "IANA's form; RFC 7605 section 7.4", .level = LEVEL_PRACTICE, .binds = BINDS_REQUEST,
	 .sentence = "a request says how the protocol is secured",
	 .remedy = "fill in Security",
	 .kinds = KINDS_NEW, .of_request = test_security},
	{.id = "Q21", .origin = "IANA's form", .level = LEVEL_PRACTICE, .binds = BINDS_REQUEST,
	 .sentence = "a request for sctp says what it has on other transports, and what it needs SCTP for",
	 .remedy = "fill in both questions on SCTP",
	 .kinds = KINDS_NEW, .of_request = test_sctp},
	{.id = "Q22", .origin = "RFC 7605 section 7.7", .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .sentence = "a request is complete in itself, and does not only point to a page or a draft",
	 .remedy = "describe the protocol in Reference: messages, their form and order, what they do",
	 .kinds = KINDS_NEW, .of_request = test_is_complete_in_itself},
	{.id = "Q23", .origin = "RFC 6335 section 8.1.1; RFC 7120", .level = LEVEL_MAY, .binds = BINDS_ACTION,
	 .sentence = "an Internet-Draft is referred to when it is approved, or for an early allocation",
	 .remedy = "wait for the document, or ask for an early allocation",
	 .kinds = KINDS_NEW, .of_decision = decide_draft},
	{.id = "Q24", .origin = "RFC 7605 section 7.7", .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .sentence = "of several open requests for the same name or port the first one is decided first",
	 .remedy = "choose another one, or wait until the earlier request is decided",
	 .kinds = KINDS_NEW | KIND_BIT(REQUEST_RENAME) | KIND_BIT(REQUEST_RESERVE),
	 .of_request = find_holds},
	{.id = "Q25", .origin = "RFC 6335 section 7.2", .level = LEVEL_SHOULD, .binds = BINDS_REQUEST, .how = RULE_ASKED,
	 .sentence = "only the transports that are in use now are asked for",
	 .remedy = "Is each of the transports in use now?",
	 .kinds = KINDS_NEW, .of_request = test_transports_in_use},
};
/* clang-format on */

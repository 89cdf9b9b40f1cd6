/* SPDX-License-Identifier: MIT */

/* L: what becomes of assignments. */

#include "procedure/rule_records.h"
#include "procedure/rule_subject.h"
#include "procedure/rule_tables.h"

static bool says_yes(const struct request_check *s, enum document_field field)
{
	return str_equal_fold(field_of(s, field), STR("yes"));
}

/* Is the record one of the assignment that the request is about? */
static bool is_subject(const struct request *q, const struct record *r)
{
	if (q->transports && r->transport != PORTROLL_ANY &&
	    !(q->transports & TRANSPORT_BIT(r->transport)))
		return false;
	if (q->wanted != WANTED_NUMBER)
		return true;
	for (size_t i = 0; i < q->port_count; i++)
		if (r->has_port && range_covers(q->ports[i], r->port.first))
			return true;
	return false;
}

static const struct record *next_subject(const struct request_check *s, size_t *at)
{
	const struct record *r;
	while ((r = next_of_name(s->world->registry, s->request->name, at)))
		if (is_subject(s->request, r))
			return r;
	return NULL;
}

static bool is_name_only(const struct request_check *s)
{
	const struct record *r;
	size_t at = 0, count = 0;
	while ((r = next_subject(s, &at))) {
		if (r->has_port)
			return false;
		count++;
	}
	return count > 0;
}

/* Is the name itself to be given up? */
static bool gives_name_up(const struct request_check *s)
{
	return says_yes(s, DOC_RELEASE_NAME) || is_name_only(s);
}

/* ---- de-assignment and reuse (RFC 6335 sections 8.2 and 8.3) ---- */

#define OF_ASSIGNEE (EVIDENCE_BY_ASSIGNEE | EVIDENCE_ASSIGNEE_AGREES | EVIDENCE_ALL_CONFIRMED)
#define OF_EXPERT   (EVIDENCE_EXPERT_YES | EVIDENCE_EXPERT_OPINION)

static void test_who_releases(struct finding_list *found, const struct request_check *s)
{
	if (!has_evidence(s, OF_ASSIGNEE | EVIDENCE_BY_CONTACT))
		finding_add(found, DOC_SERVICE_NAME, NO_RECORD,
			    "neither the assignee of '%.*s' nor its contact asks for it",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

static void test_not_in_use(struct finding_list *found, const struct request_check *s)
{
	bool by_expert = s->request->kind == REQUEST_REUSE && has_evidence(s, OF_EXPERT);
	if (!by_expert && !has_evidence(s, EVIDENCE_NOT_IN_USE))
		finding_add(found, DOC_NOT_IN_USE, NO_RECORD,
			    "there is no finding on file that the port is not in use any more");
}

static void test_use_told(struct finding_list *found, const struct request_check *s)
{
	uint32_t by_expert = s->request->kind == REQUEST_REUSE ? OF_EXPERT : 0U;
	uint32_t unless = EVIDENCE_NOT_IN_USE | by_expert;
	if (is_blank(s, DOC_NOT_IN_USE) && !has_evidence(s, unless))
		finding_lack(found, DOC_NOT_IN_USE, unless,
			     "it is not told how it is known that '%.*s' is not used any more",
			     PORTROLL_STR_ARG(shown(s->request->name)));
}

static void test_name_stays(struct finding_list *found, const struct request_check *s)
{
	if (says_yes(s, DOC_RELEASE_NAME))
		finding_add(found, DOC_RELEASE_NAME, NO_RECORD,
			    "the name '%.*s' is to be given up with the port",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

static void test_name_expert(struct finding_list *found, const struct request_check *s)
{
	if (gives_name_up(s) && !has_evidence(s, OF_EXPERT))
		finding_add(found, DOC_RELEASE_NAME, NO_RECORD,
			    "the name '%.*s' is to be given up, and no expert was heard",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

/* The fields from DOC_REASON on are about what was there before. */
static void test_reuse_fields(struct finding_list *found, const struct request_check *s)
{
	const struct document *d = s->request->document;
	CLEANUP(buf_done) struct buf lacking = BUF_INIT(4096);
	uint8_t first = DOC_FIELD_COUNT;
	for (uint8_t f = 0; f < DOC_REASON; f++) {
		if (document_rows[f].need(d) != NEED_REQUIRED || !is_blank(s, f))
			continue;
		buf_puts(&lacking, first == DOC_FIELD_COUNT ? "" : ", ");
		buf_puts(&lacking, document_rows[f].name);
		first = first == DOC_FIELD_COUNT ? f : first;
	}
	if (first < DOC_FIELD_COUNT)
		finding_add(found, first, NO_RECORD, "%.*s: not given",
			    PORTROLL_STR_ARG(buf_str(&lacking)));
}

static void test_reuse_name(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	if (q->proposed_name.len == 0 || str_equal_fold(q->proposed_name, q->name))
		finding_add(found, DOC_PROPOSED_NAME, NO_RECORD,
			    "another service would go by the old name '%.*s'",
			    PORTROLL_STR_ARG(shown(q->name)));
}

/* ---- revocation (section 8.4) ---- */

/* What is clearly unused is revoked without a call. */
static void test_unused_told(struct finding_list *found, const struct request_check *s)
{
	if (says_yes(s, DOC_CLEARLY_UNUSED))
		test_use_told(found, s);
}

static void test_call(struct finding_list *found, const struct request_check *s)
{
	if (says_yes(s, DOC_CLEARLY_UNUSED)) {
		if (!has_evidence(s, EVIDENCE_NOT_IN_USE))
			finding_add(found, DOC_CLEARLY_UNUSED, NO_RECORD,
				    "it is said to be clearly unused, and no finding on file says "
				    "so");
		return;
	}
	if (!has_evidence(s, EVIDENCE_CALL_ENDED))
		finding_add(found, DOC_CLEARLY_UNUSED, NO_RECORD,
			    "it may be in use, and no community call of four weeks has ended");
}

static void test_call_decided(struct finding_list *found, const struct request_check *s)
{
	if (!says_yes(s, DOC_CLEARLY_UNUSED) && !has_evidence(s, EVIDENCE_IESG_APPROVAL))
		finding_add(found, DOC_CLEARLY_UNUSED, NO_RECORD,
			    "the IESG's decision after the community call is not on file");
}

static void test_revoked_name(struct finding_list *found, const struct request_check *s)
{
	if (gives_name_up(s))
		finding_add(found, DOC_RELEASE_NAME, NO_RECORD,
			    "the service name '%.*s' is to be revoked",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

/* ---- transfer, succession, changes (sections 8.5 and 8.6) ---- */

static void test_bare_transfer(struct finding_list *found, const struct request_check *s)
{
	if (is_blank(s, DOC_EVIDENCE))
		finding_add(found, DOC_EVIDENCE, NO_RECORD,
			    "nothing is told but that '%.*s' goes to another",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

static void test_good_reason(struct finding_list *found, const struct request_check *s)
{
	if (!has_evidence(s, EVIDENCE_GOOD_REASON))
		finding_add(
			found, DOC_EVIDENCE, NO_RECORD,
			"no expert's finding of a technical, operational or managerial reason is "
			"on file");
}

static bool is_party_given(const struct party *p)
{
	return p->name.len || p->mail.len || p->id.len;
}

static void test_assignee_stays(struct finding_list *found, const struct request_check *s)
{
	struct party_ids asked = party_find(s->world->registry, &s->request->assignee);
	const struct record *r;
	if (!is_party_given(&s->request->assignee))
		return;
	for (size_t at = 0; (r = next_subject(s, &at));) {
		struct xref_list present = record_assignee(r);
		if (present.count == 0 || party_has(&asked, present))
			continue;
		finding_add(found, DOC_ASSIGNEE, (uint32_t)(at - 1),
			    "the assignee of %.*s is %.*s, not '%.*s'",
			    PORTROLL_STR_ARG(record_text(found->arena, r)),
			    PORTROLL_STR_ARG(assignee_text(found->arena, r)),
			    PORTROLL_STR_ARG(shown(s->request->assignee.name)));
		return;
	}
}

static void test_change_told(struct finding_list *found, const struct request_check *s)
{
	want_field(found, s, DOC_REASON);
}

static void test_who_changes(struct finding_list *found, const struct request_check *s)
{
	if (!has_evidence(s, OF_ASSIGNEE | EVIDENCE_BY_CONTACT | EVIDENCE_BY_REGISTRAR))
		finding_add(found, DOC_SERVICE_NAME, NO_RECORD,
			    "neither assignee nor contact of '%.*s' nor the registry asks for it",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

static void test_all_confirmed(struct finding_list *found, const struct request_check *s)
{
	if (!has_evidence(s, EVIDENCE_ALL_CONFIRMED))
		finding_add(found, DOC_CONTACT, NO_RECORD,
			    "not all present and new assignees and contacts have confirmed it");
}

static void test_impact_told(struct finding_list *found, const struct request_check *s)
{
	if (is_blank(s, DOC_IMPACT))
		finding_add(found, DOC_IMPACT, NO_RECORD,
			    "it is not told what the change means for those who use '%.*s'",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

static void test_impact_accepted(struct finding_list *found, const struct request_check *s)
{
	if (!has_evidence(s, EVIDENCE_IMPACT_ACCEPTED | EVIDENCE_BY_ASSIGNEE))
		finding_add(found, DOC_IMPACT, NO_RECORD,
			    "the assignee has not accepted what the change means");
}

static void test_companion_at(struct finding_list *found, const struct request_check *s,
			      uint16_t port, uint8_t transport)
{
	uint32_t index;
	const struct record *r = companion_at(s->world->index, port, transport, &index);
	if (r && is_own_companion(s, port, transport))
		finding_add(found, DOC_TRANSPORTS, index,
			    "%.*s is held for the assignee of %.*s, %.*s, who does not ask for it",
			    PORTROLL_STR_ARG(port_text(found->arena, port, transport)),
			    PORTROLL_STR_ARG(record_text(found->arena, r)),
			    PORTROLL_STR_ARG(assignee_text(found->arena, r)));
}

static void test_companion(struct finding_list *found, const struct request_check *s)
{
	const uint32_t others = EVIDENCE_IESG_APPROVAL | EVIDENCE_STANDARDS_ACTION;
	if (!has_evidence(s, OF_ASSIGNEE | EVIDENCE_BY_CONTACT | others))
		each_wanted(found, s, test_companion_at);
}

/* ---- temporary ones (RFC 7120), consent (RFC 8126) ---- */

static void test_renewals(struct finding_list *found, const struct request_check *s)
{
	if (is_by_rfc6335(s) && s->evidence->renewals > 0 &&
	    !has_evidence(s, EVIDENCE_IESG_APPROVAL))
		finding_add(found, DOC_REASON, NO_RECORD,
			    "it was renewed before, and the IESG has not decided on another time");
}

static void test_consent(struct finding_list *found, const struct request_check *s)
{
	if (!has_evidence(s, OF_ASSIGNEE | EVIDENCE_IESG_APPROVAL))
		finding_add(found, DOC_EVIDENCE, NO_RECORD,
			    "the present assignee of '%.*s' has not agreed, and the IESG gives no "
			    "advice",
			    PORTROLL_STR_ARG(shown(s->request->name)));
}

#define KINDS_RELEASE ((uint16_t)(KIND_BIT(REQUEST_DEASSIGN) | KIND_BIT(REQUEST_REUSE)))
#define KINDS_CHANGE  ((uint16_t)(KIND_BIT(REQUEST_MODIFY) | KIND_BIT(REQUEST_RENAME)))
#define KINDS_OTHERS  ((uint16_t)(KIND_BIT(REQUEST_REUSE) | KIND_BIT(REQUEST_SUCCESSION)))

/* clang-format off */
const struct rule rules_of_life[RULES_OF_LIFE] = {
	{.id = "L01", .origin = "RFC 6335 sections 8.1.1 and 8.2", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a port is de-assigned on request of its assignee, or of the contact for the assignee",
	 .remedy = "let the assignee ask or confirm; without, it is a revocation",
	 .kinds = KINDS_RELEASE, .of_decision = test_who_releases},
	{.id = "L02", .origin = "RFC 6335 section 8.2", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "before a port is de-assigned it is found that it is no longer in use",
	 .remedy = "fill in Not In Use; look into it, and put the finding on file as not-in-use",
	 .kinds = KINDS_RELEASE, .of_request = test_use_told, .of_decision = test_not_in_use},
	{.id = "L03", .origin = "RFC 6335 section 8.2", .level = LEVEL_STATED, .binds = BINDS_ACTION | BINDS_RECORD,
	 .sentence = "a port that was given back is Reserved, with a note of what it was for and since when it is not",
	 .remedy = "add the former name and the date to the note",
	 .where = "the effect of a de-assignment writes both", .of_records = records_released_note},
	{.id = "L04", .origin = "RFC 6335 section 8.2", .level = LEVEL_SHOULD, .binds = BINDS_ACTION | BINDS_RECORD,
	 .sentence = "the name of a port that was given back stays assigned, as a record without a port",
	 .remedy = "keep the name, unless an expert agrees that it goes too",
	 .kinds = KINDS_RELEASE, .of_request = test_name_stays, .of_records = records_released_name},
	{.id = "L05", .origin = "RFC 6335 section 8.2", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a name is de-assigned only with the expert's word, and is Reserved then",
	 .remedy = "ask an expert of its transports",
	 .kinds = KIND_BIT(REQUEST_DEASSIGN), .of_decision = test_name_expert},
	{.id = "L06", .origin = "RFC 6335 section 8.3", .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .sentence = "a request to reuse a port tells all that a new request for that range tells",
	 .remedy = "fill in the fields, about the new service",
	 .kinds = KIND_BIT(REQUEST_REUSE), .of_request = test_reuse_fields},
	{.id = "L07", .origin = "RFC 6335 section 8.3", .level = LEVEL_SHOULD, .binds = BINDS_REQUEST,
	 .sentence = "a port that is reused does not keep its old name",
	 .remedy = "propose a new name for the new service",
	 .kinds = KIND_BIT(REQUEST_REUSE), .of_request = test_reuse_name},
	{.id = "L08", .origin = "RFC 6335 section 8.3", .level = LEVEL_SHOULD, .binds = BINDS_ACTION,
	 .sentence = "a reuse makes a new name, and the old one stays as a record without a port",
	 .remedy = "keep the old name",
	 .where = "the effect of a reuse writes both records",
	 .kinds = KIND_BIT(REQUEST_REUSE), .of_request = test_name_stays},
	{.id = "L09", .origin = "RFC 6335 section 8.4", .level = LEVEL_MUST, .binds = BINDS_ACTION,
	 .sentence = "a port that may be in use is revoked only after a community call of four weeks, issued by the IESG",
	 .remedy = "ask the IESG for a call, or find that it is clearly unused",
	 .kinds = KIND_BIT(REQUEST_REVOKE), .of_request = test_unused_told, .of_decision = test_call},
	{.id = "L10", .origin = "RFC 6335 section 8.4", .level = LEVEL_MUST, .binds = BINDS_ACTION,
	 .sentence = "after a community call the IESG and the registry decide, and tell the community",
	 .remedy = "put the IESG's decision on file",
	 .kinds = KIND_BIT(REQUEST_REVOKE), .of_decision = test_call_decided},
	{.id = "L11", .origin = "RFC 6335 section 8.4", .level = LEVEL_SHOULD, .binds = BINDS_ACTION,
	 .sentence = "service names are not revoked",
	 .remedy = "revoke the port alone",
	 .kinds = KIND_BIT(REQUEST_REVOKE), .of_request = test_revoked_name},
	{.id = "L12", .origin = "RFC 6335 section 8.5", .level = LEVEL_STATED, .binds = BINDS_REQUEST | BINDS_ACTION,
	 .sentence = "an assignment is not transferred from one party to another, even where both agree",
	 .remedy = "tell what makes the new party the successor, or give the port back and ask for it anew",
	 .kinds = KIND_BIT(REQUEST_SUCCESSION), .of_request = test_bare_transfer},
	{.id = "L13", .origin = "RFC 6335 section 8.5", .level = LEVEL_MUST, .binds = BINDS_ACTION,
	 .sentence = "before an assignment goes to a successor the expert finds a technical, operational or managerial reason",
	 .remedy = "ask an expert, and put the finding on file as good-reason",
	 .kinds = KIND_BIT(REQUEST_SUCCESSION), .of_decision = test_good_reason},
	{.id = "L14", .origin = "RFC 6335 section 8.6", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a change of an assignment does not change its assignee",
	 .remedy = "leave the assignee out, or ask with Request: succession",
	 .kinds = KINDS_CHANGE, .of_request = test_assignee_stays},
	{.id = "L15", .origin = "RFC 6335 sections 8.1.1 and 8.6", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a change says why, and comes from the assignee, a contact or the registry; the assignee's word counts before a contact's",
	 .remedy = "fill in Reason; let the assignee or a contact confirm it",
	 .kinds = KINDS_CHANGE, .of_request = test_change_told, .of_decision = test_who_changes},
	{.id = "L16", .origin = "IANA's form for modifications", .level = LEVEL_PRACTICE, .binds = BINDS_ACTION,
	 .sentence = "a change is confirmed by all present and all new assignees and contacts",
	 .remedy = "wait for the confirmations that are open",
	 .kinds = KINDS_CHANGE | KIND_BIT(REQUEST_SUCCESSION), .of_decision = test_all_confirmed},
	{.id = "L17", .origin = "RFC 7605 section 7.9", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "a name is changed only when the assignee knows and accepts what that means for its users",
	 .remedy = "tell what it means, and let the assignee accept it",
	 .kinds = KIND_BIT(REQUEST_RENAME), .of_request = test_impact_told,
	 .of_decision = test_impact_accepted},
	{.id = "L18", .origin = "RFC 6335 section 7.2", .level = LEVEL_MUST, .binds = BINDS_ACTION,
	 .sentence = "a port that is held because another transport has it is given only when its assignee asks",
	 .remedy = "let the assignee ask or confirm",
	 .kinds = KINDS_NEW, .of_decision = test_companion},
	{.id = "L19", .origin = "RFC 8126 section 9.6", .level = LEVEL_STATED, .binds = BINDS_PUBLISHED | BINDS_RECORD,
	 .sentence = "what is obsolete or deprecated is marked so, and stays",
	 .remedy = "write the mark into the note, beside the name and description",
	 .of_records = records_mark_in_place},
	{.id = "L20", .origin = "RFC 7120 section 3.1", .level = LEVEL_STATED, .binds = BINDS_RECORD | BINDS_PUBLISHED,
	 .sentence = "a temporary assignment is marked TEMPORARY, with its first day and its end, a year later",
	 .remedy = "write both dates into the note: TEMPORARY - registered 2026-01-31, expires 2027-01-31",
	 .of_records = records_temporary_dates},
	{.id = "L21", .origin = "RFC 7120 section 3.3", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "an early allocation is renewed once, and more often only when the IESG decides so",
	 .remedy = "put the IESG's decision on file",
	 .where = "the life of a request suspends its end while the document is with the IESG or the RFC Editor",
	 .kinds = KIND_BIT(REQUEST_RENEW), .of_decision = test_renewals},
	{.id = "L22", .origin = "RFC 2026 section 6.5.4", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "an appeal comes within two months of the decision, and states the facts in writing",
	 .remedy = "none is possible any more; a new request is",
	 .where = "the life of a request: an appeal later than that, or without a statement, is refused"},
	{.id = "L23", .origin = "RFC 8126 section 5.3", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "an expert who stays silent is reminded; if that does not help, the IESG is told",
	 .remedy = "portroll request tick does what is due",
	 .where = "the life of a request: reminders, then escalation, by the deadlines of the policy"},
	{.id = "L24", .origin = "RFC 8126 section 5.2", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "who has a conflict of interest does not decide, and experts speak with one voice",
	 .remedy = "recuse, and let another expert decide",
	 .where = "the life of a request: who is recused has no role in it, and one joint recommendation counts"},
	{.id = "L25", .origin = "RFC 8126 section 9.3", .level = LEVEL_STATED, .binds = BINDS_ACTION,
	 .sentence = "an assignment goes to another purpose or party with the consent of its assignee, or on the IESG's advice",
	 .remedy = "ask the assignee; where nobody can be reached record that, and ask the IESG",
	 .kinds = KINDS_OTHERS, .of_decision = test_consent},
};
/* clang-format on */

/* SPDX-License-Identifier: MIT */
#include "procedure/guards.h"

/* What must be on file before a request is approved, and again before it is written. */

static bool on_file(const struct case_context *c, uint32_t items)
{
	return (c->request->evidence.items & items) == items;
}

/* A procedure, what it needs, and what is missing without. */
struct need {
	uint32_t procedure, items, or_items;
	const char *missing;
};

static const struct need needs[] = {
	{PROCEDURE_FCFS | PROCEDURE_REGISTRAR, 0, 0, NULL},
	{PROCEDURE_SPECIFICATION, EVIDENCE_EXPERT_YES | EVIDENCE_SPECIFICATION,
	 EVIDENCE_EXPERT_YES | EVIDENCE_SPECIFICATION,
	 "the experts' yes and a public specification are missing (Specification Required): wait "
	 "for them, or attest expert-yes and specification"},
	{PROCEDURE_EXPERT, EVIDENCE_EXPERT_YES, EVIDENCE_EXPERT_YES,
	 "the experts' recommendation is missing (Expert Review): wait for it, or attest "
	 "expert-yes"},
	{PROCEDURE_EARLY, EVIDENCE_CHAIRS_AGREE | EVIDENCE_DIRECTOR_AGREES,
	 EVIDENCE_CHAIRS_AGREE | EVIDENCE_DIRECTOR_AGREES,
	 "the agreement of the chairs and the area director is missing (RFC 7120 section 3.1)"},
	{PROCEDURE_POOL, EVIDENCE_REVIEWS_AGREE, EVIDENCE_OWNER_AGREES,
	 "the agreement of the pool's owner or reviewers is missing"},
	{PROCEDURE_IETF, EVIDENCE_IETF_REVIEW, EVIDENCE_STANDARDS_ACTION,
	 "the approval of the document is missing (IETF Review): attest ietf-review with its "
	 "reference once the IESG has approved it"},
	{PROCEDURE_STANDARDS, EVIDENCE_STANDARDS_ACTION, EVIDENCE_STANDARDS_ACTION,
	 "an approved Standards Track document or BCP is missing (Standards Action): attest "
	 "standards-action with its reference"},
	{PROCEDURE_IESG, EVIDENCE_IESG_APPROVAL, EVIDENCE_IESG_APPROVAL,
	 "the approval of the IESG is missing: escalate, or attest iesg-approval with its "
	 "reference"},
};

/* The IESG may override procedures case by case (RFC 8126 section 3.3). */
static const char *missing_procedure(const struct case_context *c)
{
	const char *missing = NULL;
	if (c->choice->procedures & PROCEDURE_REFUSE)
		return "no procedure assigns what is asked for: decline it";
	if (on_file(c, EVIDENCE_IESG_APPROVAL))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(needs); i++) {
		const struct need *n = &needs[i];
		if (!(c->choice->procedures & n->procedure))
			continue;
		if (on_file(c, n->items) || on_file(c, n->or_items))
			return NULL;
		if (!missing)
			missing = n->missing;
	}
	return missing ? missing : "no procedure was found for it: run its checks again";
}

static const char *missing_words(const struct case_context *c)
{
	if (on_file(c, EVIDENCE_IESG_APPROVAL) || guard_confirm(c))
		return NULL;
	return c->choice->needs_all
		       ? "not all assignees and contacts have confirmed: wait for them, attest "
			 "all-confirmed, or override L16 with a reason"
		       : "the assignee's word is missing: wait for it, attest assignee-agrees, or "
			 "override Q13 or Q14 with a reason";
}

static const char *first_finding(const struct case_context *c)
{
	for (size_t i = 0; c->findings && i < c->findings->count; i++) {
		const struct finding *f = &c->findings->items[i];
		if (!finding_blocks(f, &c->request->evidence))
			continue;
		error_set(c->why, PORTROLL_ERULE, "%s: %.*s; %s", f->rule->id,
			  (int)(f->detail.len > 100 ? 100 : f->detail.len), f->detail.ptr,
			  f->is_question     ? "reply to the rule first"
			  : f->rule->is_form ? "the request must be changed"
					     : "mend it, or override the rule with a reason");
		return c->why->text;
	}
	return NULL;
}

/* Who came first is served first, unless Q24 is overridden. */
static const char *arrived_later(const struct case_context *c)
{
	const struct hold *hold = case_held_before(c);
	if (!hold)
		return NULL;
	error_set(c->why, PORTROLL_ERULE,
		  "Q24: %.*s wants the same and came first: decide it before, or override Q24 with "
		  "a reason",
		  PORTROLL_STR_ARG(hold->request));
	return c->why->text;
}

const char *guard_approve(const struct case_context *c)
{
	bool is_iesg = c->event->role == ROLE_IESG;
	if (is_iesg && c->event->reference.len == 0)
		return "an approval needs its reference: name the document or the minutes";
	if (!c->choice)
		return NULL;
	const char *why = missing_procedure(c);
	if (!why)
		why = missing_words(c);
	if (!why && c->choice->needs_call && !on_file(c, EVIDENCE_CALL_ENDED))
		why = "a community call of four weeks must have ended (RFC 6335 section 8.4): ask "
		      "the IESG for it (request-call)";
	if (!why)
		why = arrived_later(c);
	return why ? why : first_finding(c);
}

const char *guard_approve_iesg(const struct case_context *c)
{
	if (!on_file(c, EVIDENCE_IESG_APPROVAL))
		return "the decision of the IESG is missing: it approves, or attest iesg-approval "
		       "with its reference";
	return guard_approve(c);
}

const char *guard_call(const struct case_context *c)
{
	const struct evidence *e = &c->request->evidence;
	if (c->asked && c->asked->kind != REQUEST_REVOKE)
		return "only a revocation has a community call";
	return e->items & (EVIDENCE_EXPERT_OPINION | EVIDENCE_EXPERT_YES)
		       ? NULL
		       : "an expert must be heard before the IESG is asked (RFC 6335 section 8.4): "
			 "opine, or attest expert-opinion";
}

uint32_t case_lifetime(const struct request *asked, const struct procedure_choice *choice,
		       const struct deadlines *deadlines)
{
	if (asked->kind == REQUEST_EARLY)
		return deadlines->temporary;
	if (!choice->pool || choice->pool->lease_days == 0 ||
	    (asked->kind != REQUEST_ASSIGN && asked->kind != REQUEST_TRANSPORT &&
	     asked->kind != REQUEST_NAME && asked->kind != REQUEST_REUSE))
		return 0;
	bool is_shorter = asked->lease_days && asked->lease_days < choice->pool->lease_days;
	return is_shorter ? asked->lease_days : choice->pool->lease_days;
}

static bool is_temporary(const struct case_context *c)
{
	return case_lifetime(c->asked, c->choice, &c->world->policy->deadlines) > 0;
}

const char *guard_until(const struct case_context *c)
{
	if (c->world && !is_temporary(c))
		return GUARD_OTHER_ROW;
	return guard_approve(c);
}

const char *guard_for_good(const struct case_context *c)
{
	if (c->world && is_temporary(c))
		return GUARD_OTHER_ROW;
	return guard_approve(c);
}

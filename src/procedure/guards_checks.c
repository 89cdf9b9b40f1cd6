/* SPDX-License-Identifier: MIT */
#include "procedure/guards.h"

/* Where the checks send a request, and what is put on file. A case that is read again has no world:
 * its events say where it went. */

static bool on_file(const struct case_context *c, uint32_t items)
{
	return (c->request->evidence.items & items) == items;
}

static bool is_overridden(const struct case_context *c, struct portroll_str rule)
{
	const struct evidence *e = &c->request->evidence;
	for (size_t i = 0; i < e->override_count; i++)
		if (str_equal_fold(e->overrides[i].rule, rule))
			return true;
	return false;
}

static const char *meant(bool holds)
{
	return holds ? NULL : GUARD_OTHER_ROW;
}

static bool goes_by(const struct case_context *c, uint32_t procedures)
{
	return !c->choice || (c->choice->procedures & procedures);
}

/* Questions are for who reviews; what else blocks is the applicant's to mend, and so is what cannot
 * be carried out. */
const char *guard_lacks(const struct case_context *c)
{
	if (!c->findings)
		return NULL;
	for (size_t i = 0; i < c->findings->count; i++) {
		const struct finding *f = &c->findings->items[i];
		if (!f->is_question && finding_blocks(f, &c->request->evidence))
			return NULL;
	}
	return meant(c->impossible.len > 0);
}

/* What the IESG has been asked, or has decided, is its own. */
const char *guard_again_iesg(const struct case_context *c)
{
	if (on_file(c, EVIDENCE_IESG_APPROVAL))
		return NULL;
	for (size_t i = 0; i < c->request->event_count; i++)
		if (c->request->events[i].to == STATE_IESG)
			return NULL;
	return GUARD_OTHER_ROW;
}

/* Q13, Q14: the assignee's word; L16: everybody's. */
const char *guard_confirm(const struct case_context *c)
{
	if (!c->choice)
		return NULL;
	bool all = on_file(c, EVIDENCE_ALL_CONFIRMED) || is_overridden(c, STR("L16"));
	bool assignee = all || on_file(c, EVIDENCE_ASSIGNEE_AGREES) ||
			on_file(c, EVIDENCE_BY_ASSIGNEE) || is_overridden(c, STR("Q13")) ||
			is_overridden(c, STR("Q14"));
	return meant((c->choice->needs_all && !all) || (c->choice->needs_assignee && !assignee));
}

const char *guard_reviewed(const struct case_context *c)
{
	if (!c->choice)
		return NULL;
	bool expert = goes_by(c, PROCEDURE_EXPERT | PROCEDURE_SPECIFICATION) &&
		      on_file(c, EVIDENCE_EXPERT_YES);
	bool early = goes_by(c, PROCEDURE_EARLY) &&
		     on_file(c, EVIDENCE_CHAIRS_AGREE | EVIDENCE_DIRECTOR_AGREES);
	bool owner = c->choice->pool && c->choice->pool->approvals == 0;
	bool pool = goes_by(c, PROCEDURE_POOL) &&
		    on_file(c, owner ? EVIDENCE_OWNER_AGREES : EVIDENCE_REVIEWS_AGREE);
	return meant(expert || early || pool);
}

const char *guard_early(const struct case_context *c)
{
	return meant(goes_by(c, PROCEDURE_EARLY));
}

const char *guard_pool(const struct case_context *c)
{
	return meant(goes_by(c, PROCEDURE_POOL));
}

const char *guard_ietf(const struct case_context *c)
{
	bool is_document = !c->asked || c->asked->is_ietf || c->asked->kind == REQUEST_PERMANENT;
	return meant(is_document && goes_by(c, PROCEDURE_IETF | PROCEDURE_STANDARDS));
}

/* A revocation that needs a call begins with the experts' opinion (RFC 6335 section 8.4). */
const char *guard_experts(const struct case_context *c)
{
	return meant(goes_by(c, PROCEDURE_EXPERT | PROCEDURE_SPECIFICATION) ||
		     (c->choice && c->choice->needs_call));
}

const char *guard_refer(const struct case_context *c)
{
	bool has_experts = !c->world || c->world->policy->is_rfc6335;
	return has_experts && goes_by(c, PROCEDURE_FCFS)
		       ? NULL
		       : "only a name alone of a registry by RFC 6335 is sent to the experts at "
			 "will: run its checks, which say who reviews it";
}

const char *guard_iesg(const struct case_context *c)
{
	return meant(goes_by(c, PROCEDURE_IETF | PROCEDURE_STANDARDS | PROCEDURE_IESG));
}

const char *guard_edit(const struct case_context *c)
{
	const struct request_case *r = c->request;
	if (c->event->revision <= r->revision_count)
		return "a new revision is missing: hand in the changed document";
	if (!c->asked)
		return NULL;
	if (!str_equal(c->asked->document->values[DOC_SOURCE], r->source))
		return "a request stays with its source: withdraw it and make another";
	if (r->state != STATE_DRAFT &&
	    c->asked->kind != document_kind(&r->revisions[r->revision_count - 1].document))
		return "a request keeps its kind: withdraw it and make another";
	return NULL;
}

const char *guard_answer(const struct case_context *c)
{
	if (c->event->revision > c->request->revision_count)
		return guard_edit(c);
	return c->event->reason.len > 0
		       ? NULL
		       : "an answer is missing: say it in words, or hand in a new revision";
}

const char *guard_override(const struct case_context *c)
{
	const struct rule *rule = c->world ? rule_find(c->event->reference) : NULL;
	if (c->world && !rule)
		return "there is no such rule: portroll rules names them";
	if (rule && rule->is_form) {
		error_set(c->why, PORTROLL_ERULE,
			  "%s is a rule of form, which nobody can override: the request must be "
			  "changed",
			  rule->id);
		return c->why->text;
	}
	return NULL;
}

const char *guard_reply(const struct case_context *c)
{
	return c->world && !rule_find(c->event->reference)
		       ? "there is no such rule: portroll rules names them"
		       : NULL;
}

/* What each role can put on file. The words of the machine itself (who made the request, the end
 * of a call, the registrar's decision) nobody can. */
static uint32_t attestable(uint8_t role)
{
	const uint32_t approvals =
		EVIDENCE_IETF_REVIEW | EVIDENCE_STANDARDS_ACTION | EVIDENCE_IESG_APPROVAL;
	const uint32_t facts = EVIDENCE_SPECIFICATION | EVIDENCE_NOT_IN_USE | EVIDENCE_GOOD_REASON;
	const uint32_t words =
		EVIDENCE_ASSIGNEE_AGREES | EVIDENCE_ALL_CONFIRMED | EVIDENCE_IMPACT_ACCEPTED;
	const uint32_t reviews = EVIDENCE_EXPERT_YES | EVIDENCE_EXPERT_OPINION |
				 EVIDENCE_STREAM_REVIEWED | EVIDENCE_CHAIRS_AGREE |
				 EVIDENCE_DIRECTOR_AGREES | EVIDENCE_OWNER_AGREES |
				 EVIDENCE_REVIEWS_AGREE;
	if (role == ROLE_EXPERT)
		return facts;
	return role == ROLE_IESG ? approvals : approvals | facts | words | reviews;
}

const char *guard_attest(const struct case_context *c)
{
	const struct case_event *e = c->event;
	if (e->evidence == 0)
		return "nothing is attested: name the items of evidence";
	uint32_t beyond = e->evidence & ~attestable(e->role);
	for (unsigned i = 0; i < EVIDENCE_COUNT; i++)
		if (beyond & (1U << i)) {
			error_set(c->why, PORTROLL_ERULE,
				  "%s cannot be attested by the %s: it comes from the step itself",
				  evidence_key(i), role_name(e->role));
			return c->why->text;
		}
	if (beyond)
		return "there is no such evidence";
	if (e->reference.len == 0 && e->reason.len == 0)
		return "evidence needs its source: name the reference, or give the reason";
	return NULL;
}

const char *guard_attest_word(const struct case_context *c)
{
	const uint32_t words = EVIDENCE_ALL_CONFIRMED | EVIDENCE_ASSIGNEE_AGREES;
	const char *why = guard_attest(c);
	if (why)
		return why;
	return meant((c->event->evidence & words) && (!c->choice || guard_confirm(c) != NULL));
}

const char *guard_attest_chairs(const struct case_context *c)
{
	const char *why = guard_attest(c);
	return why ? why : meant(c->event->evidence & EVIDENCE_CHAIRS_AGREE);
}

const char *guard_attest_done(const struct case_context *c)
{
	const char *why = guard_attest(c);
	return why ? why : guard_reviewed(c);
}

/* SPDX-License-Identifier: MIT */
#include "procedure/case_parts.h"

#include "procedure/guards.h"

/* What people said is said of a revision and falls with it; what is so stays. */
#define STAYS                                                                                      \
	(EVIDENCE_IETF_REVIEW | EVIDENCE_STANDARDS_ACTION | EVIDENCE_SPECIFICATION |               \
	 EVIDENCE_NOT_IN_USE | EVIDENCE_CALL_ENDED | EVIDENCE_BY_ASSIGNEE | EVIDENCE_BY_CONTACT |  \
	 EVIDENCE_BY_REGISTRAR | EVIDENCE_STREAM_REVIEWED)

#define APPROVALS (EVIDENCE_IETF_REVIEW | EVIDENCE_STANDARDS_ACTION | EVIDENCE_IESG_APPROVAL)

/* The last word on a rule is the one that counts. */
static int add_override(struct evidence *e, const struct case_event *event, struct arena *a)
{
	size_t at = 0;
	struct rule_override *items = arena_grow(a, e->overrides, e->override_count,
						 e->override_count + 1, sizeof(*items));
	if (!items)
		return PORTROLL_ENOMEM;
	while (at < e->override_count && !str_equal_fold(items[at].rule, event->reference))
		at++;
	items[at] = (struct rule_override){event->reference, event->reason, case_voice(event)};
	e->override_count += at == e->override_count;
	e->overrides = items;
	return PORTROLL_OK;
}

static int add_answer(struct evidence *e, const struct case_event *event, struct arena *a)
{
	size_t at = 0;
	struct rule_answer *items =
		arena_grow(a, e->answers, e->answer_count, e->answer_count + 1, sizeof(*items));
	if (!items)
		return PORTROLL_ENOMEM;
	while (at < e->answer_count && !str_equal_fold(items[at].rule, event->reference))
		at++;
	items[at] = (struct rule_answer){event->reference, event->reason, case_voice(event)};
	e->answer_count += at == e->answer_count;
	e->answers = items;
	return PORTROLL_OK;
}

int case_evidence(struct evidence *ret, const struct request_case *before,
		  const struct case_event *event, struct arena *a)
{
	struct evidence e = before->evidence;
	int r = PORTROLL_OK;
	if (event->revision > before->revision_count) {
		e.items &= STAYS;
		e.override_count = e.answer_count = 0;
		e.has_granted = false;
	}
	if (event->kind == EVENT_CONFLICT) {
		e.items &= ~(uint32_t)EVIDENCE_REGISTRAR_DECIDED;
		e.has_granted = false;
	}
	/* What the IESG said of one renewal is not said of the next. */
	if (event->kind != EVENT_EXTEND)
		e.items |= event->evidence;
	else
		e.renewals = (uint8_t)(e.renewals + (e.renewals < UINT8_MAX));
	if (event->evidence & APPROVALS && event->reference.len > 0)
		e.reference = event->reference;
	if (event->has_granted) {
		e.granted = event->granted;
		e.has_granted = true;
	}
	if (event->kind == EVENT_OVERRIDE)
		r = add_override(&e, event, a);
	if (event->kind == EVENT_REPLY)
		r = add_answer(&e, event, a);
	if (r == PORTROLL_OK)
		*ret = e;
	return r;
}

static int add_recused(struct request_case *c, struct portroll_str account, struct arena *a)
{
	struct portroll_str *items =
		arena_grow(a, c->recused, c->recused_count, c->recused_count + 1, sizeof(*items));
	if (!items)
		return PORTROLL_ENOMEM;
	items[c->recused_count++] = account;
	c->recused = items;
	return PORTROLL_OK;
}

static int set_word(struct request_case *c, const struct case_event *e, struct arena *a)
{
	struct confirmation *items = arena_grow(a, c->confirmations, c->confirmation_count,
						c->confirmation_count, sizeof(*items));
	if (!items)
		return PORTROLL_ENOMEM;
	items[e->party - 1].answer = e->kind == EVENT_CONFIRM ? 1 : 2;
	c->confirmations = items;
	return PORTROLL_OK;
}

static void set_state(struct request_case *c, const struct case_event *e)
{
	if (e->to != c->state || e->kind == EVENT_VALIDATE)
		c->since = e->time;
	if (e->kind == EVENT_SUSPEND || e->kind == EVENT_RESUME)
		c->is_suspended = e->kind == EVENT_SUSPEND;
	c->state = e->to;
	c->due = e->due;
	c->ends = e->ends;
	if (e->change > 0)
		c->change = e->change;
}

int case_derive(struct request_case *c, const struct case_event *e, struct arena *a)
{
	struct evidence evidence;
	int r = case_evidence(&evidence, c, e, a);
	if (r == PORTROLL_OK && e->kind == EVENT_RECUSE)
		r = add_recused(c, case_voice(e), a);
	if (r == PORTROLL_OK && (e->kind == EVENT_CONFIRM || e->kind == EVENT_REFUSE))
		r = set_word(c, e, a);
	if (r < 0)
		return r;
	c->evidence = evidence;
	set_state(c, e);
	return PORTROLL_OK;
}

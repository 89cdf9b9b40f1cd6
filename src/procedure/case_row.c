/* SPDX-License-Identifier: MIT */
#include "procedure/case_parts.h"

#include "ledger/instant.h"
#include "procedure/guards.h"

/* Who declared a conflict of interest decides nothing more (RFC 8126 section 5.2). */
#define DECIDING                                                                                   \
	(ROLE_BIT(ROLE_EXPERT) | ROLE_BIT(ROLE_REVIEWER) | ROLE_BIT(ROLE_OWNER) |                  \
	 ROLE_BIT(ROLE_CHAIRS) | ROLE_BIT(ROLE_DIRECTOR) | ROLE_BIT(ROLE_IESG) |                   \
	 ROLE_BIT(ROLE_IAB) | ROLE_BIT(ROLE_REGISTRAR))

static void name_case(char ret_id[static CASE_ID_MAX], const struct case_context *c)
{
	(void)case_id(ret_id, c->request->number);
}

/* What a step puts on file by itself. */
static uint32_t own_evidence(const struct case_context *c, role_set roles)
{
	const struct case_event *e = c->event;
	switch (e->kind) {
	case EVENT_SUBMIT:
		return (roles & ROLE_BIT(ROLE_ASSIGNEE) ? EVIDENCE_BY_ASSIGNEE : 0U) |
		       (roles & ROLE_BIT(ROLE_CONTACT) ? EVIDENCE_BY_CONTACT : 0U) |
		       (roles & ROLE_BIT(ROLE_REGISTRAR) ? EVIDENCE_BY_REGISTRAR : 0U);
	case EVENT_OPINE:
		return e->role == ROLE_EXPERT ? EVIDENCE_EXPERT_OPINION | EVIDENCE_STREAM_REVIEWED
					      : 0U;
	case EVENT_DISADVISE:
		return e->role == ROLE_EXPERT ? EVIDENCE_EXPERT_OPINION : 0U;
	case EVENT_END_CALL:
		return EVIDENCE_CALL_ENDED;
	case EVENT_OVERTURN:
		return EVIDENCE_IESG_APPROVAL;
	default:
		return 0;
	}
}

static uint32_t recommendation(const struct case_context *c)
{
	switch (c->event->role) {
	case ROLE_EXPERT:
		return EVIDENCE_EXPERT_YES | EVIDENCE_EXPERT_OPINION;
	case ROLE_OWNER:
		return EVIDENCE_OWNER_AGREES;
	case ROLE_REVIEWER:
		return guard_last_review(c) ? 0 : EVIDENCE_REVIEWS_AGREE;
	case ROLE_CHAIRS:
		return EVIDENCE_CHAIRS_AGREE;
	default:
		return EVIDENCE_DIRECTOR_AGREES;
	}
}

static uint32_t approval(const struct case_context *c)
{
	const struct case_event *e = c->event;
	if (e->role != ROLE_IESG)
		return EVIDENCE_REGISTRAR_DECIDED;
	if (c->request->state == STATE_IESG)
		return EVIDENCE_IESG_APPROVAL;
	return EVIDENCE_IETF_REVIEW | (e->evidence & EVIDENCE_STANDARDS_ACTION);
}

/* The word of the present assignee is that assignment's; a rename is accepted with it. */
static uint32_t confirmation(const struct case_context *c)
{
	const struct request_case *r = c->request;
	uint32_t party = c->event->party, items = 0;
	if (party == 0 || party > r->confirmation_count)
		return 0;
	const struct confirmation *k = &r->confirmations[party - 1];
	if (k->is_assignee && !k->is_new)
		items = EVIDENCE_ASSIGNEE_AGREES;
	if (items && c->asked && c->asked->kind == REQUEST_RENAME)
		items |= EVIDENCE_IMPACT_ACCEPTED;
	return items | (case_all_confirmed(r, party) ? EVIDENCE_ALL_CONFIRMED : 0U);
}

/* An expert's recommendation may come with findings of fact. */
#define FINDINGS (EVIDENCE_SPECIFICATION | EVIDENCE_NOT_IN_USE | EVIDENCE_GOOD_REASON)

static void set_evidence(const struct case_context *c, struct case_event *e, role_set roles)
{
	uint32_t given = e->evidence;
	switch (e->kind) {
	case EVENT_ATTEST:
		break;
	case EVENT_EXTEND:
		e->evidence &= EVIDENCE_IESG_APPROVAL;
		break;
	case EVENT_RECOMMEND:
		e->evidence = recommendation(c) | (e->role == ROLE_EXPERT ? given & FINDINGS : 0U);
		break;
	case EVENT_APPROVE:
		e->evidence = approval(c);
		break;
	case EVENT_CONFIRM:
		e->evidence = confirmation(c);
		break;
	default:
		e->evidence = own_evidence(c, roles);
		break;
	}
}

/* What an event that was kept may have put on file; an attestation has a guard of its own. */
static const struct {
	uint8_t kind, role; /* ROLE_COUNT: any */
	uint32_t items;
} allowed[] = {
	{EVENT_SUBMIT, ROLE_COUNT,
	 EVIDENCE_BY_ASSIGNEE | EVIDENCE_BY_CONTACT | EVIDENCE_BY_REGISTRAR},
	{EVENT_OPINE, ROLE_EXPERT, EVIDENCE_EXPERT_OPINION | EVIDENCE_STREAM_REVIEWED},
	{EVENT_DISADVISE, ROLE_EXPERT, EVIDENCE_EXPERT_OPINION},
	{EVENT_RECOMMEND, ROLE_EXPERT, EVIDENCE_EXPERT_YES | EVIDENCE_EXPERT_OPINION | FINDINGS},
	{EVENT_RECOMMEND, ROLE_REVIEWER, EVIDENCE_REVIEWS_AGREE},
	{EVENT_RECOMMEND, ROLE_OWNER, EVIDENCE_OWNER_AGREES},
	{EVENT_RECOMMEND, ROLE_CHAIRS, EVIDENCE_CHAIRS_AGREE},
	{EVENT_RECOMMEND, ROLE_DIRECTOR, EVIDENCE_DIRECTOR_AGREES},
	{EVENT_APPROVE, ROLE_REGISTRAR, EVIDENCE_REGISTRAR_DECIDED},
	{EVENT_APPROVE, ROLE_IESG,
	 EVIDENCE_IESG_APPROVAL | EVIDENCE_IETF_REVIEW | EVIDENCE_STANDARDS_ACTION},
	{EVENT_CONFIRM, ROLE_COUNT,
	 EVIDENCE_ASSIGNEE_AGREES | EVIDENCE_IMPACT_ACCEPTED | EVIDENCE_ALL_CONFIRMED},
	{EVENT_ATTEST, ROLE_COUNT, UINT32_MAX},
	{EVENT_END_CALL, ROLE_COUNT, EVIDENCE_CALL_ENDED},
	{EVENT_OVERTURN, ROLE_COUNT, EVIDENCE_IESG_APPROVAL},
	{EVENT_EXTEND, ROLE_COUNT, EVIDENCE_IESG_APPROVAL},
};

static bool is_evidence_allowed(const struct case_event *e)
{
	uint32_t items = 0;
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		if (allowed[i].kind == e->kind &&
		    (allowed[i].role == e->role || allowed[i].role == ROLE_COUNT))
			items |= allowed[i].items;
	return (e->evidence & ~items) == 0;
}

struct search {
	const struct row_choice *choice;
	const struct transition *row; /* that was found */
	struct case_event event;      /* as it was given */
	role_set may;                 /* who may */
	char why[sizeof(((struct portroll_error *)NULL)->text)];
	bool is_reason_missing;
	bool is_out_of_memory;
};

static void keep_sentence(struct search *s, const char *why)
{
	if (s->why[0] || !*why)
		return;
	struct portroll_str sentence = str_part(str_from(why), 0, sizeof(s->why) - 1);
	for (size_t i = 0; i < sentence.len; i++)
		s->why[i] = sentence.ptr[i];
	s->why[sentence.len] = '\0';
}

/* One row by one role: does its guard let it through? */
static bool holds(struct search *s, const struct transition *t, uint8_t role)
{
	const struct row_choice *choice = s->choice;
	struct case_event *e = choice->event;
	struct portroll_error particulars = {0};
	struct case_context c = *choice->context;
	struct request_case before = *c.request;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	*e = s->event;
	e->role = role;
	e->to = t->to;
	c.why = &particulars;
	if (!choice->is_replay)
		set_evidence(&c, e, choice->roles);
	else if (!is_evidence_allowed(e))
		return false;
	if (case_evidence(&before.evidence, c.request, e, &a) < 0) {
		s->is_out_of_memory = true;
		return false;
	}
	c.request = &before;
	struct finding_list found = {.arena = &a};
	if (!choice->is_replay && (e->kind == EVENT_APPROVE || e->kind == EVENT_IMPLEMENT)) {
		const struct request_check check = {c.asked, c.world, &before.evidence};
		if (rules_check_request(&found, &check) < 0) {
			s->is_out_of_memory = true;
			return false;
		}
		c.findings = &found;
	}
	const char *why = t->guard ? t->guard(&c) : NULL;
	if (why) {
		keep_sentence(s, why);
		return false;
	}
	if (t->wants_reason && role != ROLE_CLOCK && e->reason.len == 0) {
		s->is_reason_missing = true;
		return false;
	}
	return true;
}

static void try_row(struct search *s, const struct transition *t)
{
	for (uint8_t role = 0; role < ROLE_COUNT && !s->row; role++)
		if (t->roles & s->choice->roles & ROLE_BIT(role) && holds(s, t, role))
			s->row = t;
}

/* Who decided, which is not who acted for them. */
static struct portroll_str who_of(const struct case_event *e)
{
	return e->as.len ? e->as : e->by;
}

static void tell_state(const struct case_context *c, struct portroll_error *err)
{
	char id[CASE_ID_MAX], at[INSTANT_TEXT_MAX];
	const struct request_case *r = c->request;
	name_case(id, c);
	for (size_t i = r->event_count; i > 0; i--) {
		const struct case_event *e = &r->events[i - 1];
		if (e->kind != c->event->kind || e->to != r->state)
			continue;
		(void)instant_format(at, e->time);
		struct portroll_str who = str_part(who_of(e), 0, 40);
		bool is_own = str_equal(who_of(e), who_of(c->event));
		error_set(err, PORTROLL_ECONFLICT, "%s: %.*s %s (%s, %s): it %s", id,
			  PORTROLL_STR_ARG(is_own ? STR("you") : who),
			  is_own ? "did that already" : "was first", event_key(e->kind), at,
			  state_sentence(r->state));
		return;
	}
	error_set(err, PORTROLL_ERULE, "%s %s (%s): %s is not possible there", id,
		  state_sentence(r->state), state_key(r->state), event_key(c->event->kind));
}

static void tell_roles(const struct search *s, struct portroll_error *err)
{
	char id[CASE_ID_MAX];
	const struct case_context *c = s->choice->context;
	CLEANUP(buf_done) struct buf who = BUF_INIT(200);
	name_case(id, c);
	role_put_set(&who, s->may);
	struct portroll_str account = c->event->as.len ? c->event->as : c->event->by;
	bool is_recused = case_is_recused(c->request, c->event->by) ||
			  case_is_recused(c->request, c->event->as);
	bool is_own = str_equal(c->request->revisions[0].by, account);
	const char *why = is_recused ? " has recused themselves and decides nothing in it"
			  : is_own   ? " asks for it, and reviews nothing of their own"
				     : "";
	error_set(err, PORTROLL_ERULE, "%s: only %.*s may %s while it is %s%s%.*s%s", id,
		  PORTROLL_STR_ARG(buf_str(&who)), event_key(c->event->kind),
		  state_key(c->request->state), *why ? "; " : "",
		  *why ? (int)(account.len > 40 ? 40 : account.len) : 0, account.ptr, why);
}

static void tell(const struct search *s, bool is_possible, struct portroll_error *err)
{
	char id[CASE_ID_MAX];
	const struct case_context *c = s->choice->context;
	name_case(id, c);
	if (s->is_out_of_memory)
		(void)error_memory(err);
	else if (!is_possible)
		tell_state(c, err);
	else if (s->why[0])
		error_set(err, PORTROLL_ERULE, "%s: %s", id, s->why);
	else if (s->is_reason_missing)
		error_set(err, PORTROLL_EINVAL,
			  "%s: %s needs a reason, which stays with the request", id,
			  event_key(c->event->kind));
	else
		tell_roles(s, err);
}

const struct transition *case_row(const struct row_choice *choice, struct portroll_error *err)
{
	const struct request_case *r = choice->context->request;
	struct row_choice by = *choice;
	struct search s = {.choice = &by, .event = *choice->event};
	bool is_possible = false;
	if (case_is_recused(r, s.event.by) || case_is_recused(r, s.event.as))
		by.roles &= ~DECIDING;
	for (const struct transition *t = transitions; t->from != CASE_STATE_COUNT && !s.row; t++) {
		if (t->from != r->state || t->event != s.event.kind ||
		    (choice->is_replay && t->to != s.event.to))
			continue;
		is_possible = true;
		s.may |= t->roles;
		try_row(&s, t);
	}
	if (!s.row) {
		*choice->event = s.event;
		tell(&s, is_possible, err);
	}
	return s.row;
}

/* SPDX-License-Identifier: MIT */
#include "procedure/guards.h"

/* The words of assignees, contacts, experts and reviewers. */

enum {
	YES = 1,
	NO = 2,
};

static bool is_same_party(const struct confirmation *a, const struct confirmation *b)
{
	return a->is_new == b->is_new && a->is_assignee == b->is_assignee &&
	       str_equal(a->person, b->person) && str_equal_fold(a->mail, b->mail) &&
	       str_equal(a->name, b->name);
}

/* What the party said, in whichever of the confirmations that it was asked for. */
static uint8_t word_of(const struct request_case *c, const struct confirmation *who, uint32_t party)
{
	uint8_t word = 0;
	for (size_t i = 0; i < c->confirmation_count; i++) {
		const struct confirmation *k = &c->confirmations[i];
		if (k->revision != c->revision_count || !is_same_party(k, who))
			continue;
		if (i + 1 == party)
			return YES;
		if (k->answer)
			word = k->answer;
	}
	return word;
}

static bool assignee_says_yes(const struct request_case *c, bool is_new, uint32_t party)
{
	for (size_t i = 0; i < c->confirmation_count; i++) {
		const struct confirmation *k = &c->confirmations[i];
		if (k->revision == c->revision_count && k->is_assignee && k->is_new == is_new &&
		    word_of(c, k, party) == YES)
			return true;
	}
	return false;
}

bool case_all_confirmed(const struct request_case *c, uint32_t party)
{
	bool any = false;
	for (size_t i = 0; i < c->confirmation_count; i++) {
		const struct confirmation *k = &c->confirmations[i];
		if (k->revision != c->revision_count)
			continue;
		uint8_t word = word_of(c, k, party);
		bool is_outvoted =
			word == NO && !k->is_assignee && assignee_says_yes(c, k->is_new, party);
		if (word != YES && !is_outvoted)
			return false;
		any = true;
	}
	return any;
}

const char *guard_word(const struct case_context *c)
{
	const struct request_case *r = c->request;
	uint32_t party = c->event->party;
	if (party == 0 || party > r->confirmation_count)
		return "it is not said whose word it is: name the party that is asked";
	const struct confirmation *k = &r->confirmations[party - 1];
	if (k->revision != r->revision_count)
		return "that word was asked for an older revision: look at the present one";
	if (k->answer)
		return "that party has answered already";
	if (c->event->time >= k->expires)
		return "the time to confirm has passed: the registrar can ask again";
	if (k->is_assignee != (c->event->role == ROLE_ASSIGNEE))
		return k->is_assignee ? "that word is the assignee's" : "that word is a contact's";
	return NULL;
}

const char *guard_last_word(const struct case_context *c)
{
	const char *why = guard_word(c);
	if (why)
		return why;
	return case_all_confirmed(c->request, c->event->party) ? NULL : GUARD_OTHER_ROW;
}

bool case_is_recused(const struct request_case *c, struct portroll_str account)
{
	for (size_t i = 0; i < c->recused_count; i++)
		if (str_equal(c->recused[i], account))
			return true;
	return false;
}

struct portroll_str case_voice(const struct case_event *e)
{
	return e->as.len > 0 ? e->as : e->by;
}

static bool counts(const struct request_case *c, const struct case_event *e)
{
	return e->revision == c->revision_count && !case_is_recused(c, case_voice(e));
}

/* RFC 8126 section 5.2: one joint answer; each transport has experts of its own. */
const char *guard_joint(const struct case_context *c)
{
	const struct request_case *r = c->request;
	transport_set heard = c->event->transports;
	for (size_t i = 0; i < r->event_count; i++)
		if (r->events[i].kind == EVENT_OPINE && counts(r, &r->events[i]))
			heard |= r->events[i].transports;
	/* What names no transport needs an expert, whose ever. */
	bool is_any = !c->asked || c->asked->transports == 0;
	transport_set missing =
		c->choice && !is_any ? c->choice->experts & ~heard & TRANSPORTS_ALL : 0;
	for (uint8_t t = 1; t <= TRANSPORT_COUNT; t++)
		if (missing & TRANSPORT_BIT(t)) {
			error_set(c->why, PORTROLL_ERULE,
				  "no expert of %s has spoken: a joint recommendation needs the "
				  "opinion (opine) of the experts of every transport (RFC 8126 "
				  "section 5.2)",
				  transports[t].name);
			return c->why->text;
		}
	return NULL;
}

static const char not_twice[] = "you have recommended this revision already";

static uint32_t pool_approvals(const struct case_context *c)
{
	return c->choice && c->choice->pool ? c->choice->pool->approvals : 1;
}

/* How many reviewers have recommended the revision; UINT32_MAX: this one has. */
static uint32_t reviewers_for(const struct case_context *c)
{
	const struct request_case *r = c->request;
	uint32_t count = 0;
	for (size_t i = 0; i < r->event_count; i++) {
		const struct case_event *e = &r->events[i];
		if (e->kind != EVENT_RECOMMEND || e->role != ROLE_REVIEWER || !counts(r, e))
			continue;
		if (str_equal(case_voice(e), case_voice(c->event)))
			return UINT32_MAX;
		count++;
	}
	return count;
}

const char *guard_review(const struct case_context *c)
{
	if (pool_approvals(c) == 0)
		return "this pool is decided by its owner alone";
	return reviewers_for(c) == UINT32_MAX ? not_twice : NULL;
}

const char *guard_last_review(const struct case_context *c)
{
	const char *why = guard_review(c);
	if (why || !c->choice)
		return why;
	return reviewers_for(c) + 1 >= pool_approvals(c) ? NULL : GUARD_OTHER_ROW;
}

const char *guard_owner(const struct case_context *c)
{
	if (!c->choice || pool_approvals(c) == 0)
		return NULL;
	return "this pool is decided by its reviewers: theirs is the recommendation";
}

/* SPDX-License-Identifier: MIT */
#include "procedure/case_parts.h"

#include "ledger/instant.h"

static int refuse(const struct request_case *c, const char *why, struct portroll_error *err)
{
	char id[CASE_ID_MAX];
	(void)case_id(id, c->number);
	return error_set(err, PORTROLL_ECORRUPT, "%s could not have happened so: step %zu: %s", id,
			 c->event_count + 1, why);
}

/* What the table cannot say: order, times, revisions. */
static const char *impossible(const struct request_case *c, const struct case_event *e,
			      size_t revision_count)
{
	int64_t last = c->event_count ? c->events[c->event_count - 1].time : c->revisions[0].time;
	bool is_revising = e->revision == c->revision_count + 1;
	if (e->time < last)
		return "it is earlier than the one before it";
	if (e->revision != c->revision_count && !is_revising)
		return "it is of another revision";
	if (is_revising &&
	    ((e->kind != EVENT_EDIT && e->kind != EVENT_ANSWER) || e->revision > revision_count))
		return "there is no such revision";
	if (e->due && e->due < e->time && e->to != c->state)
		return "it was due before it began";
	if (e->to == STATE_COMMUNITY_CALL && e->kind == EVENT_ISSUE_CALL &&
	    e->ends < e->time + (int64_t)28 * DAY_SECONDS && e->ends != INSTANT_MAX)
		return "the community call is shorter than four weeks";
	if (c->evidence.override_count > RULE_COUNT || c->evidence.answer_count > RULE_COUNT)
		return "it speaks of more rules than there are";
	if (e->to == STATE_TEMPORARY && e->ends == 0)
		return "what is temporary has no end";
	return NULL;
}

static const char *wrong_revision(const struct request_case *c, const struct case_event *e)
{
	const struct revision *r = &c->revisions[c->revision_count];
	if (!str_equal(r->by, e->by) || r->time != e->time)
		return "the revision is of somebody else or of another time";
	return str_equal(r->document.values[DOC_SOURCE], c->source)
		       ? NULL
		       : "the revision is of another source";
}

/* The next event, which lies behind those that the case has already. */
static int step(struct request_case *c, size_t revision_count, struct arena *a,
		struct portroll_error *err)
{
	struct case_event *e = &c->events[c->event_count];
	struct portroll_error why = {0};
	e->from = c->state;
	const char *wrong = impossible(c, e, revision_count);
	bool is_revising = !wrong && e->revision > c->revision_count;
	if (is_revising)
		wrong = wrong_revision(c, e);
	if (wrong)
		return refuse(c, wrong, err);
	const struct case_context context = {.request = c, .event = e};
	const struct row_choice rows = {&context, e, ROLE_BIT(e->role), true};
	if (!case_row(&rows, &why))
		return why.code == PORTROLL_ENOMEM ? error_memory(err) : refuse(c, why.text, err);
	if (case_derive(c, e, a) < 0)
		return error_memory(err);
	c->event_count++;
	c->revision_count += is_revising;
	return PORTROLL_OK;
}

/* Each confirmation was asked for. */
static bool was_asked(const struct request_case *c, const struct confirmation *k)
{
	for (size_t i = 0; i < c->event_count; i++)
		if (c->events[i].to == STATE_AWAIT_CONFIRM && c->events[i].revision == k->revision)
			return true;
	return false;
}

int case_replay(struct request_case *c, const struct case_history *history, struct arena *a,
		struct portroll_error *err)
{
	c->events = history->events;
	c->revision_count = 1;
	c->state = STATE_DRAFT;
	c->since = c->revisions[0].time;
	if (!str_equal(c->revisions[0].document.values[DOC_SOURCE], c->source))
		return refuse(c, "the first revision is of another source", err);
	for (size_t i = 0; i < history->event_count; i++) {
		int r = step(c, history->revision_count, a, err);
		if (r < 0)
			return r;
	}
	if (c->revision_count != history->revision_count)
		return refuse(c, "it is missing: a revision is not in use", err);
	for (size_t i = 0; i < c->confirmation_count; i++)
		if (!was_asked(c, &c->confirmations[i]))
			return refuse(c, "it is missing: a confirmation that was not asked for",
				      err);
	return PORTROLL_OK;
}

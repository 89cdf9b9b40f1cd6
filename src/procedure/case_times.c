/* SPDX-License-Identifier: MIT */
#include "procedure/case_parts.h"

#include "ledger/instant.h"
#include "procedure/guards.h"

#define NOTICE_DAYS   30
#define CALL_DAYS_MIN 28 /* four weeks: RFC 6335 section 8.4 */

static int64_t after_days(int64_t time, uint32_t days)
{
	int64_t end = time + (int64_t)days * DAY_SECONDS;
	return end < INSTANT_MAX ? end : INSTANT_MAX;
}

/* The first second after the same day of a later month, or after the last day of that month. */
static int64_t after_months(int64_t time, uint32_t months)
{
	char text[INSTANT_TEXT_MAX + DATE_TEXT_MAX];
	struct date day = instant_date(time);
	uint32_t month = day.month - 1U + months % 1200;
	day.year = (uint16_t)(day.year + month / 12);
	day.month = (uint8_t)(month % 12 + 1);
	for (; day.year <= 9999 && day.day > 0; day.day--) {
		int64_t last;
		size_t len = date_format(text, day);
		const struct portroll_str end = STR("T23:59:59Z");
		for (size_t i = 0; i < end.len; i++)
			text[len + i] = end.ptr[i];
		if (instant_parse(&last, (struct portroll_str){text, len + end.len}) == PORTROLL_OK)
			return last + 1;
	}
	return INSTANT_MAX;
}

/* As long again as it was given for at first. */
static int64_t extended(const struct request_case *c)
{
	for (size_t i = 0; i < c->event_count; i++) {
		const struct case_event *e = &c->events[i];
		if (e->kind == EVENT_IMPLEMENT) {
			int64_t end = c->ends + (e->ends - e->time);
			return end < INSTANT_MAX ? end : INSTANT_MAX;
		}
	}
	return c->ends;
}

/* Who has it is reminded once, unless the whole time is hardly longer than that. */
static int64_t first_due(int64_t time, int64_t ends)
{
	int64_t notice = ends - (int64_t)NOTICE_DAYS * DAY_SECONDS;
	return notice - time > (int64_t)NOTICE_DAYS * DAY_SECONDS ? notice : ends;
}

static void set_temporary(struct case_event *e, const struct case_context *c)
{
	const struct request_case *r = c->request;
	e->ends = r->ends;
	if (e->kind == EVENT_IMPLEMENT)
		e->ends = after_days(
			e->time, case_lifetime(c->asked, c->choice, &c->world->policy->deadlines));
	if (e->kind == EVENT_EXTEND)
		e->ends = extended(r);
	bool is_suspended =
		e->kind == EVENT_SUSPEND || (r->is_suspended && e->kind != EVENT_RESUME);
	bool is_longer = e->kind == EVENT_IMPLEMENT || e->kind == EVENT_EXTEND;
	e->due = is_suspended               ? 0
		 : is_longer                ? first_due(e->time, e->ends)
		 : e->kind == EVENT_PUBLISH ? r->due
					    : e->ends;
}

/* Owners and reviewers of a pool are reminded some times only: nobody is above them. */
static void set_review(struct case_event *e, const struct case_context *c)
{
	const struct deadlines *d = &c->world->policy->deadlines;
	bool is_heard = e->kind == EVENT_OPINE || e->kind == EVENT_RECOMMEND;
	if (e->to == c->request->state && !is_heard && e->kind != EVENT_REMIND) {
		e->due = c->request->due;
		return;
	}
	bool is_last = e->kind == EVENT_REMIND && e->to == STATE_POOL_REVIEW &&
		       case_reminders(c->request) + 1 >= d->reminders;
	e->due = is_last ? 0 : after_days(e->time, d->expert);
}

void case_set_times(struct case_event *e, const struct case_context *c)
{
	const struct deadlines *d = &c->world->policy->deadlines;
	const struct request_case *r = c->request;
	bool is_same = e->to == r->state;
	e->due = is_same ? r->due : 0;
	if (e->to == STATE_SUBMITTED || e->to == STATE_VALIDATING)
		e->due = e->kind == EVENT_VALIDATE          ? 0
			 : is_same && e->kind != EVENT_EDIT ? r->due
							    : e->time;
	else if (e->to == STATE_NEED_INFO && (!is_same || e->kind == EVENT_ASK))
		e->due = after_days(e->time, d->answer);
	else if (e->to == STATE_AWAIT_CONFIRM && (!is_same || e->kind == EVENT_VALIDATE))
		e->due = after_days(e->time, d->confirm);
	else if (e->to == STATE_EXPERT_REVIEW || e->to == STATE_POOL_REVIEW)
		set_review(e, c);
	else if (e->to == STATE_REJECTED)
		e->due = after_months(e->time, d->appeal);
	else if (e->to == STATE_TEMPORARY)
		set_temporary(e, c);
	else if (e->to == STATE_COMMUNITY_CALL)
		e->due = e->ends =
			after_days(e->time, d->call < CALL_DAYS_MIN ? CALL_DAYS_MIN : d->call);
	else if (e->to == STATE_EXPIRED || e->to == STATE_DEPRECATED || e->to == STATE_CALL_ENDED)
		e->ends = r->ends;
	/* A lease that ended is free at once; an early allocation is for people to look at. */
	if (e->to == STATE_EXPIRED && !case_is_early(r))
		e->due = e->time;
}

/* What the clock does in a state once its time has come. */
static const struct {
	uint8_t state, event;
} due_rows[] = {
	{STATE_SUBMITTED, EVENT_VALIDATE},      {STATE_VALIDATING, EVENT_VALIDATE},
	{STATE_NEED_INFO, EVENT_CLOSE},         {STATE_AWAIT_CONFIRM, EVENT_CLOSE},
	{STATE_EXPERT_REVIEW, EVENT_REMIND},    {STATE_POOL_REVIEW, EVENT_REMIND},
	{STATE_COMMUNITY_CALL, EVENT_END_CALL}, {STATE_TEMPORARY, EVENT_EXPIRE},
	{STATE_REJECTED, EVENT_CLOSE},          {STATE_EXPIRED, EVENT_DEALLOCATE},
};

enum case_event_kind case_due(const struct request_case *c, const struct policy *policy,
			      int64_t now)
{
	if (c->due == 0 || now < c->due)
		return CASE_EVENT_COUNT;
	/* Silence that recurs is the IESG's to know (RFC 8126 section 5.3). */
	if (c->state == STATE_EXPERT_REVIEW && case_reminders(c) >= policy->deadlines.reminders)
		return EVENT_ESCALATE;
	if (c->state == STATE_TEMPORARY && now < c->ends)
		return EVENT_REMIND;
	for (size_t i = 0; i < ARRAY_LEN(due_rows); i++)
		if (due_rows[i].state == c->state)
			return (enum case_event_kind)due_rows[i].event;
	return CASE_EVENT_COUNT;
}

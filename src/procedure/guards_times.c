/* SPDX-License-Identifier: MIT */
#include "procedure/guards.h"

/* Deadlines: the case has them from the policy of the day when they began. */

static bool is_due(const struct case_context *c)
{
	return c->request->due > 0 && c->event->time >= c->request->due;
}

static bool is_clock(const struct case_context *c)
{
	return c->event->role == ROLE_CLOCK;
}

bool case_is_early(const struct request_case *c)
{
	return document_kind(&c->revisions[c->revision_count - 1].document) == REQUEST_EARLY;
}

uint32_t case_reminders(const struct request_case *c)
{
	uint32_t count = 0;
	for (size_t i = c->event_count; i > 0 && c->events[i - 1].kind == EVENT_REMIND; i--)
		count++;
	return count;
}

const char *guard_silence(const struct case_context *c)
{
	return is_due(c) ? NULL : "there is still time to answer: it is closed only after that";
}

const char *guard_remind(const struct case_context *c)
{
	return !is_clock(c) || is_due(c) ? NULL : "nobody is to be reminded yet";
}

/* RFC 8126 section 5.3. */
const char *guard_recurring_silence(const struct case_context *c)
{
	if (!is_due(c))
		return "the experts still have time";
	if (c->world && case_reminders(c->request) < c->world->policy->deadlines.reminders)
		return "the experts are reminded first";
	return NULL;
}

const char *guard_call_over(const struct case_context *c)
{
	return c->event->time >= c->request->ends
		       ? NULL
		       : "the community call has not lasted its whole time (RFC 6335 section 8.4)";
}

/* At most one renewal without the IESG (RFC 7120 section 3.3). */
const char *guard_extend(const struct case_context *c)
{
	if (!case_is_early(c->request) || c->request->evidence.renewals < 2)
		return NULL;
	bool is_decided =
		(c->event->evidence & EVIDENCE_IESG_APPROVAL) && c->event->reference.len > 0;
	return is_decided ? NULL
			  : "L21: an early allocation is renewed once; a further renewal needs "
			    "iesg-approval with its reference (RFC 7120 section 3.3)";
}

const char *guard_suspend(const struct case_context *c)
{
	if (!case_is_early(c->request))
		return "only an early allocation waits for its document; renew a lease";
	return c->request->is_suspended ? "its expiry is suspended already" : NULL;
}

const char *guard_resume(const struct case_context *c)
{
	return c->request->is_suspended ? NULL : "its expiry is not suspended";
}

const char *guard_settle(const struct case_context *c)
{
	if (!case_is_early(c->request))
		return "only an early allocation becomes permanent; renew a lease";
	return c->event->reference.len > 0
		       ? NULL
		       : "the document that was published is missing: name it as the reference";
}

const char *guard_over(const struct case_context *c)
{
	if (c->request->is_suspended)
		return "it does not expire while its document is with the IESG or the RFC Editor "
		       "(RFC 7120 section 3.3)";
	return c->event->time >= c->request->ends ? NULL : "its day has not come yet";
}

const char *guard_deprecate(const struct case_context *c)
{
	return case_is_early(c->request) ? NULL : "a lease that ended is taken out: deallocate it";
}

const char *guard_lease_ended(const struct case_context *c)
{
	return case_is_early(c->request)
		       ? "an early allocation is marked as deprecated first (RFC 7120 section 3.3)"
		       : NULL;
}

static bool iesg_has_upheld(const struct request_case *c)
{
	for (size_t i = 0; i < c->event_count; i++)
		if (c->events[i].kind == EVENT_UPHOLD)
			return true;
	return false;
}

static const char *late(const struct case_context *c)
{
	return is_due(c) ? "L22: an appeal must come within two months after the decision was "
			   "known (RFC 2026 section 6.5.4)"
			 : NULL;
}

const char *guard_appeal(const struct case_context *c)
{
	return iesg_has_upheld(c->request) ? GUARD_OTHER_ROW : late(c);
}

const char *guard_appeal_iab(const struct case_context *c)
{
	return iesg_has_upheld(c->request) ? late(c) : GUARD_OTHER_ROW;
}

const char *guard_no_appeal(const struct case_context *c)
{
	return is_due(c) ? NULL : "an appeal is still possible";
}

/* SPDX-License-Identifier: MIT */
#pragma once

/* The guards of the table of transitions (machine.h says what they answer), and what they share
 * with the case. */

#include "procedure/request_case.h"

/* The answer of a guard whose row is not meant. */
#define GUARD_OTHER_ROW ""

typedef const char *guard_fn(const struct case_context *c);

/* Where the checks send a request. */
guard_fn guard_lacks;      /* findings that the applicant must mend */
guard_fn guard_again_iesg; /* was before the IESG, or is decided by it */
guard_fn guard_confirm;    /* words of assignees and contacts are wanted */
guard_fn guard_reviewed;   /* what the reviewers have to say is on file */
guard_fn guard_early, guard_pool, guard_ietf, guard_experts, guard_iesg;
guard_fn guard_refer; /* the experts may be asked, and need not be */

/* Revisions, answers, evidence. */
guard_fn guard_edit, guard_answer, guard_override, guard_reply;
guard_fn guard_attest;
guard_fn guard_attest_word;   /* ... with which all have confirmed */
guard_fn guard_attest_chairs; /* ... the chairs agree */
guard_fn guard_attest_done;   /* ... with which the review has its yes */
guard_fn guard_word, guard_last_word;

/* Reviews and decisions. */
guard_fn guard_joint; /* experts of every transport have spoken */
guard_fn guard_review, guard_last_review, guard_owner;
guard_fn guard_call, guard_approve, guard_approve_iesg;
guard_fn guard_until, guard_for_good;

/* Times. */
guard_fn guard_silence, guard_remind, guard_recurring_silence, guard_call_over;
guard_fn guard_extend, guard_suspend, guard_resume, guard_settle, guard_over;
guard_fn guard_deprecate, guard_lease_ended;
guard_fn guard_appeal, guard_appeal_iab, guard_no_appeal;

/* How many days the assignment lives that it asks for; 0: for good. */
uint32_t case_lifetime(const struct request *asked, const struct procedure_choice *choice,
		       const struct deadlines *deadlines);

bool case_is_early(const struct request_case *c);

/* Have all parties of the present revision said yes, if `party` (0: none) says it now? An assignee
 * outvotes the contacts of the same side. */
bool case_all_confirmed(const struct request_case *c, uint32_t party);

bool case_is_recused(const struct request_case *c, struct portroll_str account);

/* Whose word an event is: of an administrator with --as, who was meant. */
struct portroll_str case_voice(const struct case_event *e);

/* The earlier request that wants what is asked, or what was granted; NULL: none. */
const struct hold *case_held_before(const struct case_context *c);

/* Reminders since the reviewers were last heard. */
uint32_t case_reminders(const struct request_case *c);

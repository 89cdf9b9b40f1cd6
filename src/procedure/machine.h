/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The life of a request as one table: state x event x role -> state, with a guard and what it does
 * (RFC 6335 section 8, RFC 8126, RFC 7120, RFC 2026). What is not in the table cannot happen.
 */

#include "procedure/evidence.h"
#include "procedure/rule.h"

enum case_state {
	STATE_DRAFT,
	STATE_SUBMITTED,
	STATE_VALIDATING,
	STATE_NEED_INFO,
	STATE_AWAIT_CONFIRM,
	STATE_EXPERT_REVIEW,
	STATE_POOL_REVIEW, /* an organisation's owner and reviewers */
	STATE_IETF_DOCUMENT,
	STATE_IESG,
	STATE_EARLY_CHAIRS, /* the chairs, then the area director, of an early allocation */
	STATE_EARLY_DIRECTOR,
	STATE_RECOMMENDED,     /* experts: yes */
	STATE_NOT_RECOMMENDED, /* experts: no */
	STATE_CALL_REQUESTED,  /* a revocation: the IESG is asked for a call */
	STATE_COMMUNITY_CALL,
	STATE_CALL_ENDED,
	STATE_APPROVED,
	STATE_IMPLEMENTED, /* in the ledger */
	STATE_TEMPORARY,   /* in the ledger until a day: an early allocation, a lease */
	STATE_EXPIRED,     /* that day has passed */
	STATE_DEPRECATED,
	STATE_REJECTED,
	STATE_APPEAL_IESG,
	STATE_APPEAL_IAB,
	STATE_PUBLISHED, /* ends */
	STATE_WITHDRAWN,
	STATE_CLOSED,  /* nobody answered */
	STATE_DROPPED, /* a revocation that did not come */
	STATE_REJECTED_FINAL,
	STATE_DEALLOCATED,
	CASE_STATE_COUNT
};

enum case_event_kind {
	EVENT_SUBMIT,
	EVENT_VALIDATE, /* the checks are run, the procedure is chosen: next state by that */
	EVENT_EDIT,     /* a new revision by the applicant */
	EVENT_ASK,      /* a question */
	EVENT_ANSWER,
	EVENT_CONFIRM, /* an assignee or contact, by account or code: yes */
	EVENT_REFUSE,  /* ... no */
	EVENT_RECUSE,
	EVENT_OPINE,     /* one expert's opinion, before the joint one */
	EVENT_RECOMMEND, /* the experts' joint yes; a reviewer's or the owner's yes in a pool */
	EVENT_DISADVISE, /* ... no */
	EVENT_ATTEST,    /* puts evidence on file: approvals, findings, agreements */
	EVENT_OVERRIDE,  /* a rule, with a reason */
	EVENT_REPLY,     /* an answer to a rule's question */
	EVENT_ESCALATE,  /* to the IESG */
	EVENT_APPROVE,
	EVENT_DECLINE,
	EVENT_REQUEST_CALL,
	EVENT_ISSUE_CALL,
	EVENT_END_CALL,
	EVENT_DROP,
	EVENT_IMPLEMENT, /* committed to the ledger */
	EVENT_CONFLICT,  /* could not be: something was first; back to validating */
	EVENT_PUBLISH,
	EVENT_WITHDRAW,
	EVENT_CLOSE,
	EVENT_APPEAL,
	EVENT_UPHOLD,   /* the decision stands */
	EVENT_OVERTURN, /* it does not: approved */
	EVENT_EXTEND,   /* a renewal was implemented: another end */
	EVENT_SUSPEND,  /* no expiry while the document is with the IESG or the RFC Editor */
	EVENT_RESUME,
	EVENT_SETTLE, /* a temporary one is permanent */
	EVENT_EXPIRE,
	EVENT_DEPRECATE,
	EVENT_DEALLOCATE,
	EVENT_REMIND, /* somebody is told again */
	EVENT_REFER,  /* to the experts, who need not be asked (RFC 6335 section 7.2) */
	CASE_EVENT_COUNT
};

struct request_case; /* request_case.h */
struct case_event;

/* What a guard may look at. Where a case that was kept is read again there is no world: world,
 * asked, findings and choice are NULL then, and what needs them holds. */
struct case_context {
	const struct request_case *request; /* with the event's evidence */
	const struct case_event *event;
	const struct rule_world *world;
	const struct request *asked;         /* of the present revision */
	const struct finding_list *findings; /* of it, with the evidence */
	const struct procedure_choice *choice;
	struct portroll_str impossible; /* why nothing can be done of it, at intake; or empty */
	struct portroll_error *why;     /* room for a sentence with particulars */
};

struct transition {
	uint8_t from, event; /* enum case_state, enum case_event_kind */
	uint32_t roles;      /* role_set (role.h) */
	uint8_t to;          /* enum case_state */
	/* NULL: always. Else why it must not be, as a sentence that says what is missing and what
	 * to do; "" where another row of the same state and event is meant; NULL where it may be.
	 * Of several rows the first whose roles and guard allow it is taken. */
	const char *(*guard)(const struct case_context *c);
	uint8_t wants_reason; /* a reason must be given; the clock needs none */
};

/* Ends with from == CASE_STATE_COUNT. */
extern const struct transition transitions[];

const char *state_key(enum case_state state);      /* need-info */
const char *state_sentence(enum case_state state); /* waits for the applicant's answer */
const char *state_ticket(enum case_state state);   /* IANA's own word: With Requester; or "" */
const char *event_key(enum case_event_kind event);
bool state_parse(enum case_state *ret, struct portroll_str key);
bool event_parse(enum case_event_kind *ret, struct portroll_str key);
bool state_is_end(enum case_state state);
bool state_holds(enum case_state state); /* does it hold what it wants? */

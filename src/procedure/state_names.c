/* SPDX-License-Identifier: MIT */
#include "procedure/machine.h"

enum {
	IS_END = 1,
	HOLDS = 2,
};

struct state_row {
	const char *key, *sentence;
	const char *ticket; /* IANA's own word for it */
	uint8_t flags;
};

/* clang-format off */
static const struct state_row states[CASE_STATE_COUNT] = {
	[STATE_DRAFT]           = {"draft", "is being written and was not submitted yet", "", 0},
	[STATE_SUBMITTED]       = {"submitted", "has arrived and waits for its checks", "New", HOLDS},
	[STATE_VALIDATING]      = {"validating", "is with the registrar", "Validating Request", HOLDS},
	[STATE_NEED_INFO]       = {"need-info", "waits for the applicant's answer", "With Requester", HOLDS},
	[STATE_AWAIT_CONFIRM]   = {"await-confirm", "waits for the word of assignees and contacts", "With Requester", HOLDS},
	[STATE_EXPERT_REVIEW]   = {"expert-review", "is with the designated experts", "Expert Review", HOLDS},
	[STATE_POOL_REVIEW]     = {"pool-review", "is with the owner and the reviewers of the pool", "Expert Review", HOLDS},
	[STATE_IETF_DOCUMENT]   = {"ietf-document", "waits until the IESG approves its document", "Validating Request", HOLDS},
	[STATE_IESG]            = {"iesg", "is with the IESG", "IESG Escalation", HOLDS},
	[STATE_EARLY_CHAIRS]    = {"early-chairs", "waits for the chairs of the working group", "Validating Request", HOLDS},
	[STATE_EARLY_DIRECTOR]  = {"early-director", "waits for the area director", "Validating Request", HOLDS},
	[STATE_RECOMMENDED]     = {"recommended", "is recommended and waits for the registrar", "Validating Request", HOLDS},
	[STATE_NOT_RECOMMENDED] = {"not-recommended", "is not recommended and waits for the registrar", "Validating Request", HOLDS},
	[STATE_CALL_REQUESTED]  = {"call-requested", "waits until the IESG issues the community call", "IESG Escalation", HOLDS},
	[STATE_COMMUNITY_CALL]  = {"community-call", "is before the community", "IESG Escalation", HOLDS},
	[STATE_CALL_ENDED]      = {"call-ended", "waits for the IESG and the registrar after the community call", "IESG Escalation", HOLDS},
	[STATE_APPROVED]        = {"approved", "is approved and will be written into the registry", "Assignable", HOLDS},
	[STATE_IMPLEMENTED]     = {"implemented", "is in the registry and will be published", "Assigned", 0},
	[STATE_TEMPORARY]       = {"temporary", "is in the registry until a day", "Assigned", 0},
	[STATE_EXPIRED]         = {"expired", "was in the registry until a day that has passed", "Assigned", 0},
	[STATE_DEPRECATED]      = {"deprecated", "stays in the registry, marked as deprecated", "Assigned", 0},
	[STATE_REJECTED]        = {"rejected", "is rejected; an appeal is possible", "", 0},
	[STATE_APPEAL_IESG]     = {"appeal-iesg", "is before the IESG as an appeal", "IESG Escalation", 0},
	[STATE_APPEAL_IAB]      = {"appeal-iab", "is before the IAB as an appeal", "", 0},
	[STATE_PUBLISHED]       = {"published", "is in the published registry", "Assigned", IS_END},
	[STATE_WITHDRAWN]       = {"withdrawn", "was withdrawn by the applicant", "", IS_END},
	[STATE_CLOSED]          = {"closed", "was closed, as nobody answered", "", IS_END},
	[STATE_DROPPED]         = {"dropped", "was dropped: the assignment stays", "", IS_END},
	[STATE_REJECTED_FINAL]  = {"rejected-final", "is rejected for good", "", IS_END},
	[STATE_DEALLOCATED]     = {"deallocated", "was taken out of the registry again", "", IS_END},
};

static const char *const events[CASE_EVENT_COUNT] = {
	[EVENT_SUBMIT] = "submit",           [EVENT_VALIDATE] = "validate",
	[EVENT_EDIT] = "edit",               [EVENT_ASK] = "ask",
	[EVENT_ANSWER] = "answer",           [EVENT_CONFIRM] = "confirm",
	[EVENT_REFUSE] = "refuse",           [EVENT_RECUSE] = "recuse",
	[EVENT_OPINE] = "opine",             [EVENT_RECOMMEND] = "recommend",
	[EVENT_DISADVISE] = "disadvise",     [EVENT_ATTEST] = "attest",
	[EVENT_OVERRIDE] = "override",       [EVENT_REPLY] = "reply",
	[EVENT_ESCALATE] = "escalate",       [EVENT_APPROVE] = "approve",
	[EVENT_DECLINE] = "decline",         [EVENT_REQUEST_CALL] = "request-call",
	[EVENT_ISSUE_CALL] = "issue-call",   [EVENT_END_CALL] = "end-call",
	[EVENT_DROP] = "drop",               [EVENT_IMPLEMENT] = "implement",
	[EVENT_CONFLICT] = "conflict",       [EVENT_PUBLISH] = "publish",
	[EVENT_WITHDRAW] = "withdraw",       [EVENT_CLOSE] = "close",
	[EVENT_APPEAL] = "appeal",           [EVENT_UPHOLD] = "uphold",
	[EVENT_OVERTURN] = "overturn",       [EVENT_EXTEND] = "extend",
	[EVENT_SUSPEND] = "suspend",         [EVENT_RESUME] = "resume",
	[EVENT_SETTLE] = "settle",           [EVENT_EXPIRE] = "expire",
	[EVENT_DEPRECATE] = "deprecate",     [EVENT_DEALLOCATE] = "deallocate",
	[EVENT_REMIND] = "remind",           [EVENT_REFER] = "refer",
};
/* clang-format on */

const char *state_key(enum case_state state)
{
	return states[state].key;
}

const char *state_sentence(enum case_state state)
{
	return states[state].sentence;
}

const char *state_ticket(enum case_state state)
{
	return states[state].ticket;
}

const char *event_key(enum case_event_kind event)
{
	return events[event];
}

bool state_parse(enum case_state *ret, struct portroll_str key)
{
	for (unsigned i = 0; i < CASE_STATE_COUNT; i++)
		if (str_equal_fold(key, str_from(states[i].key))) {
			*ret = (enum case_state)i;
			return true;
		}
	return false;
}

bool event_parse(enum case_event_kind *ret, struct portroll_str key)
{
	for (unsigned i = 0; i < CASE_EVENT_COUNT; i++)
		if (str_equal_fold(key, str_from(events[i]))) {
			*ret = (enum case_event_kind)i;
			return true;
		}
	return false;
}

bool state_is_end(enum case_state state)
{
	return states[state].flags & IS_END;
}

bool state_holds(enum case_state state)
{
	return states[state].flags & HOLDS;
}

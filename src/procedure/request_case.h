/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A request in its life: its revisions and everything that happened to it, as a list of events that
 * only grows. The state and the evidence are derived from the events, in one place. It is kept as
 * canonical JSON (ledger/canonical.h), and never believed: reading it plays the events again.
 */

#include "procedure/role.h"

#define CASE_SIZE_MAX ((size_t)1 << 20) /* bytes of a case as it is kept */

struct revision {
	struct document document;
	int64_t time;
	struct portroll_str by; /* account */
};

struct case_event {
	uint8_t kind, role;            /* enum case_event_kind, enum role it was done as */
	uint8_t from, to;              /* states */
	int64_t time;                  /* seconds since 1970 UTC; never goes back within a case */
	struct portroll_str by;        /* account; "portroll" for the clock */
	struct portroll_str as;        /* of an administrator with --as: who was meant; empty */
	struct portroll_str reason;    /* question, answer, opinion, reason, statement of facts */
	struct portroll_str reference; /* of an approval; the rule of an override or reply */
	uint32_t revision;    /* that it was about, from 1: a decision on another is refused */
	uint32_t evidence;    /* bits it puts on file */
	struct range granted; /* EVENT_APPROVE, EVENT_IMPLEMENT: the port; with has_granted */
	bool has_granted;
	uint64_t change; /* EVENT_IMPLEMENT: number of the entry in the ledger */
	uint32_t party;  /* EVENT_CONFIRM, EVENT_REFUSE: which confirmation, from 1; who calls has
			  * made sure that it is this person's word */
	transport_set transports; /* EVENT_OPINE, EVENT_RECOMMEND: of which its expert speaks */
	int64_t due, ends;        /* of the state that it leads to, as the policy had it then */
};

/* A confirmation that is asked for: of a person, by account or by a one-time code. */
struct confirmation {
	struct portroll_str person,
		mail; /* id in the registry; empty for one that is not yet there */
	struct portroll_str name;
	bool is_new;      /* of the new side of a change */
	bool is_assignee; /* whose word wins over a contact's (6335 8.1.1) */
	int64_t expires;
	uint32_t revision;
	uint8_t wrong;  /* codes that were guessed wrong; with the fifth it is void */
	uint8_t answer; /* 0: none, 1: yes, 2: no */
};

#define CONFIRMATION_WRONG_MAX 5
#define CONFIRMATION_MAX       99 /* of a case */

struct request_case {
	uint64_t number; /* also the order of arrival */
	struct portroll_str source;
	struct revision *revisions;
	size_t revision_count;
	struct case_event *events;
	size_t event_count;
	struct confirmation *confirmations;
	size_t confirmation_count;

	/* Derived. */
	uint8_t state; /* enum case_state */
	struct evidence evidence;
	const struct portroll_str *recused; /* accounts */
	size_t recused_count;
	int64_t since; /* of the state */
	int64_t due;   /* when the clock does something; 0: never */
	int64_t ends;  /* of a temporary one, a lease, a call */
	bool is_suspended;
	uint64_t change; /* in the ledger; 0: none */
};

/* Who does it. */
struct actor {
	struct portroll_str account, as;
	role_set roles;           /* with respect to this case */
	transport_set transports; /* of which it is an expert (EVENT_OPINE, EVENT_RECOMMEND) */
};

struct case_step {
	struct actor actor;
	struct case_event event; /* kind, reason, reference, evidence, granted, change, party,
				  * revision (0: the present one) are read; the rest is filled in.
				  * The rule of an override or a reply is its reference */
	const struct document *revision; /* EVENT_EDIT, EVENT_ANSWER: the new one; else NULL */
	int64_t now;
};

/* A new case in the state draft with its first revision. */
PORTROLL_MUST_CHECK int case_begin(struct request_case **ret, uint64_t number,
				   const struct revision *first, struct arena *a,
				   struct portroll_error *err);

/* Does it, or says why not: PORTROLL_ERULE (not in this state, not by this role, the guard's
 * sentence; what a rule forbids is named by its id), PORTROLL_ECONFLICT (the revision is not the
 * present one; another already did it), PORTROLL_EINVAL (a reason is missing; the clock stands
 * before the last event). On failure nothing is changed. */
PORTROLL_MUST_CHECK int case_apply(struct request_case *c, const struct case_step *step,
				   const struct rule_world *world, struct arena *a,
				   struct portroll_error *err);

/* What the clock does now, if anything: EVENT_VALIDATE (of what was submitted or answered), CLOSE,
 * REMIND, ESCALATE, END_CALL, EXPIRE; CASE_EVENT_COUNT: nothing is due. Ask again after each: one
 * may follow another. */
enum case_event_kind case_due(const struct request_case *c, const struct policy *policy,
			      int64_t now);

/* The confirmations that a validated case asks for, parties from 1; codes are made of a key, so
 * that none is kept: HMAC-SHA256 over case, party, revision and end, of which the code has 128
 * bits, in base 32. */
#define CONFIRMATION_KEY_SIZE 32
#define CONFIRMATION_CODE_MAX sizeof("R-18446744073709551615.99.ABCDEFGHIJKLMNOPQRSTUVWXYZ")
void confirmation_code(char ret_code[static CONFIRMATION_CODE_MAX], const struct request_case *c,
		       size_t party, const uint8_t key[static CONFIRMATION_KEY_SIZE]);
/* The case and party that a code names, not yet checked. PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int confirmation_parse(uint64_t *ret_case, size_t *ret_party,
					   struct portroll_str code);
/* Is it the code of an open confirmation of this case? PORTROLL_ERULE says which: used, late, void,
 * of an older revision, wrong (which is counted in the case). */
PORTROLL_MUST_CHECK int confirmation_check(struct request_case *c, struct portroll_str code,
					   const uint8_t key[static CONFIRMATION_KEY_SIZE],
					   int64_t now, struct portroll_error *err);

/* As it is kept. PORTROLL_ECORRUPT: the events could not have happened so. */
void case_put(struct buf *out, const struct request_case *c);
PORTROLL_MUST_CHECK int case_read(struct request_case **ret, struct portroll_str text,
				  struct arena *a, struct portroll_error *err);

/* What it holds while it is open; at most `max` holds, one for each range. */
size_t case_holds(struct hold *ret, size_t max, const struct request_case *c, struct arena *a);

#define CASE_ID_MAX sizeof("R-18446744073709551615")
size_t case_id(char ret_id[static CASE_ID_MAX], uint64_t number);
PORTROLL_MUST_CHECK int case_id_parse(uint64_t *ret, struct portroll_str id);

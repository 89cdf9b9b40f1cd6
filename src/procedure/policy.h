/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Who may approve what by which procedure, as data. The default is RFC 6335's; an organisation
 * writes its own as paragraphs (paragraph.h; portroll-policy(5)). A policy belongs to one source.
 */

#include "procedure/request.h"
#include "registry/port_index.h"
#include "registry/roll.h"

/* BCP 26 and what an organisation has in their place; bits. */
enum procedure {
	PROCEDURE_FCFS = 1 << 0,          /* First Come First Served */
	PROCEDURE_EXPERT = 1 << 1,        /* Expert Review */
	PROCEDURE_SPECIFICATION = 1 << 2, /* Specification Required */
	PROCEDURE_IETF = 1 << 3,          /* IETF Review */
	PROCEDURE_STANDARDS = 1 << 4,     /* Standards Action */
	PROCEDURE_IESG = 1 << 5,          /* IESG Approval */
	PROCEDURE_EARLY = 1 << 6,         /* RFC 7120: chairs, area director */
	PROCEDURE_POOL = 1 << 7,          /* the owner and the reviewers of a pool */
	PROCEDURE_REGISTRAR = 1 << 8,     /* the registry decides (8.2, 8.6: after confirmations) */
	PROCEDURE_REFUSE = 1 << 9,
};

struct pool {
	struct portroll_str name;
	struct range ports[4];
	size_t port_count;
	transport_set transports;
	struct portroll_str owner;            /* an account */
	const struct portroll_str *reviewers; /* accounts */
	size_t reviewer_count;
	uint32_t approvals;  /* how many reviewers must agree; 0: the owner alone decides */
	uint32_t lease_days; /* 0: for good */
	const struct range *reserved; /* never given out */
	size_t reserved_count;
	uint32_t line; /* in its file */
};

/* Days, with the RFC's figures where it has some. */
struct deadlines {
	uint32_t answer;    /* an applicant's answer; then it is closed: 60 (none in the RFCs) */
	uint32_t confirm;   /* a confirmation code: 30 */
	uint32_t expert;    /* silence before the expert is reminded: 7 (RFC 8126 section 5.3) */
	uint32_t reminders; /* how many before the approver is told: 2 */
	uint32_t call;      /* the community call: 28 (8.4), not less */
	uint32_t appeal;    /* months: 2 (RFC 2026 section 6.5.4) */
	uint32_t temporary; /* an early allocation: 365, a year (RFC 7120 section 3.1) */
};

struct policy {
	struct portroll_str source, title;
	bool is_rfc6335; /* pools are empty; ranges as section 6 has them */
	const struct pool *pools;
	size_t pool_count;
	struct deadlines deadlines;
	uint32_t description_max;   /* warned above: 40; */
	uint32_t description_limit; /* refused above: 400 */
	bool reuse_released;        /* an organisation may give released ports out again */
};

extern const struct policy policy_rfc6335;

/* Reads a policy. PORTROLL_ESYNTAX with the line, PORTROLL_ERULE: pools overlap, lie in the Dynamic
 * Ports, in two ranges, or have no one who could decide. */
PORTROLL_MUST_CHECK int policy_read(struct policy *ret, struct portroll_str text, struct arena *a,
				    struct portroll_error *err);
void policy_put(struct buf *out, const struct policy *p); /* the same text, in its one form */

const struct pool *policy_pool(const struct policy *p, struct portroll_str name);
const struct pool *policy_pool_of(const struct policy *p, uint16_t port, uint8_t transport);
pool_test_fn policy_has_pool; /* for request_read(); the context is the policy */

/* Why that procedure: for preview and for the record. */
struct procedure_choice {
	uint16_t procedures;   /* enum procedure, bits: any one of them will do */
	uint16_t advice;       /* those that are heard but do not decide */
	bool needs_assignee;   /* the present assignee must agree */
	bool needs_all;        /* all present and new assignees and contacts must confirm */
	bool needs_call;       /* a community call */
	transport_set experts; /* the experts of these transports are asked */
	const struct pool *pool;
	const char *why;     /* a User Port, not from an IETF document */
	const char *section; /* RFC 6335 section 8.1.2 */
	const char *decides; /* IANA, on the experts' advice */
};

struct rule_world;

/* By kind, range, state of what is wanted, who asks (`by`: EVIDENCE_BY_...). */
struct procedure_choice policy_choose(const struct rule_world *w, const struct request *q,
				      uint32_t by);

const char *procedure_name(uint16_t procedure); /* of one bit: Expert Review */

/* The next free port of the pool or range that is asked for: Unassigned on all transports of the
 * request, not held by another one, not reserved by its pool, and, where the policy has pools, not
 * Assigned or Reserved by another source of the roll. Where released ports may be given out again,
 * those come last. The lowest one; where a number is asked for, the nearest to it, in its pool or
 * range of RFC 6335 section 6. PORTROLL_ELIMIT: none is left. */
PORTROLL_MUST_CHECK int policy_next_free(uint16_t *ret, const struct rule_world *w,
					 const struct request *q, struct portroll_error *err);

/* May a port that was released be given again, by its number or where no other is free? It is
 * Reserved for nothing else, the policy says `Reuse Released: yes`, and nobody has it on another
 * transport. */
bool policy_gives_again(const struct rule_world *w, uint16_t port, uint8_t transport);

/* Ports of the range of `port` that are Unassigned on a transport: P12 and P13 count them. */
uint32_t policy_count_free(const struct rule_world *w, uint16_t port, uint8_t transport);

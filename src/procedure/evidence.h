/* SPDX-License-Identifier: MIT */
#pragma once

/* What is on file for a decision: approvals, findings, confirmations, answers, overrides. The case
 * (request_case.h) gathers it from its events; the rules of decisions test it. */

#include "registry/range.h"

enum evidence_item {                        /* bits */
	EVIDENCE_EXPERT_YES = 1 << 0,       /* one joint recommendation to grant */
	EVIDENCE_EXPERT_OPINION = 1 << 1,   /* an expert's opinion of any kind */
	EVIDENCE_IETF_REVIEW = 1 << 2,      /* the document is approved */
	EVIDENCE_STANDARDS_ACTION = 1 << 3, /* the same, of Standards Track or BCP */
	EVIDENCE_IESG_APPROVAL = 1 << 4,
	EVIDENCE_SPECIFICATION = 1 << 5,    /* Specification Required is met */
	EVIDENCE_ASSIGNEE_AGREES = 1 << 6,  /* of the assignment that is touched */
	EVIDENCE_ALL_CONFIRMED = 1 << 7,    /* all present and new assignees and contacts */
	EVIDENCE_NOT_IN_USE = 1 << 8,       /* a finding */
	EVIDENCE_CALL_ENDED = 1 << 9,       /* the community call, after its whole time */
	EVIDENCE_GOOD_REASON = 1 << 10,     /* expert's finding for a transfer (8.5) */
	EVIDENCE_IMPACT_ACCEPTED = 1 << 11, /* of a rename, by the assignee */
	EVIDENCE_BY_ASSIGNEE = 1 << 12,     /* the applicant is the assignee */
	EVIDENCE_BY_CONTACT = 1 << 13,      /* ... a contact */
	EVIDENCE_BY_REGISTRAR = 1 << 14,    /* the registry itself asks */
	EVIDENCE_CHAIRS_AGREE = 1 << 15,    /* RFC 7120 section 3.1 */
	EVIDENCE_DIRECTOR_AGREES = 1 << 16, /* the area director */
	EVIDENCE_OWNER_AGREES = 1 << 17,    /* the owner of the pool */
	EVIDENCE_REVIEWS_AGREE = 1 << 18,   /* as many reviewers of the pool as it wants */
	EVIDENCE_REGISTRAR_DECIDED = 1 << 19,
	EVIDENCE_STREAM_REVIEWED = 1 << 20, /* experts were heard informally */
};

#define EVIDENCE_COUNT 21

const char *evidence_key(unsigned bit); /* expert-yes; of the bit's number, 0 first */
bool evidence_parse(uint32_t *ret_item, struct portroll_str key);

struct rule_override {
	struct portroll_str rule, reason, by;
};

struct rule_answer {
	struct portroll_str rule, answer, by;
};

struct evidence {
	uint32_t items;                /* enum evidence_item */
	struct portroll_str reference; /* of an approval: RFC, minutes */
	const struct rule_override *overrides;
	size_t override_count;
	const struct rule_answer *answers;
	size_t answer_count;
	struct range granted; /* chosen by the registry; with has_granted */
	bool has_granted;
	uint8_t renewals; /* that an early allocation had before */
};

/* SPDX-License-Identifier: MIT */
#pragma once

/* How a case stands: what its last revision asks for, what is found, which procedure applies, and
 * what can be done next by whom. */

#include "procedure/effect.h"
#include "procedure/request_case.h"

struct case_view {
	const struct document *document;
	struct request asked;
	struct finding_list findings; /* of its form, and questions */
	struct finding_list decision; /* these, and what a decision lacks by what is on file */
	struct procedure_choice choice;
	struct effect_result result;    /* what it would do, if nothing is impossible */
	struct portroll_str impossible; /* why nothing can be done of it, empty: it can */
};

/* All lives in the arena. PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int case_view_of(struct case_view *ret, const struct request_case *c,
				     const struct rule_world *world, struct arena *a);

/* The same of a document that is no case yet, asked by one who is EVIDENCE_BY_... */
PORTROLL_MUST_CHECK int case_view_document(struct case_view *ret, const struct document *d,
					   uint32_t by, const struct rule_world *world,
					   struct arena *a);

/* Is nothing left for the applicant to mend? */
bool case_view_is_clean(const struct case_view *v, const struct evidence *evidence);

/* May one who is not the applicant see it? Who has a role in it. */
bool case_concerns(role_set roles);

/* Something that the table of the machine has for the state of a case. */
struct next_step {
	uint8_t event, to;           /* enum case_event_kind, enum case_state */
	role_set roles;              /* who may */
	struct portroll_str missing; /* why not yet, as a sentence; empty: it can be done */
	bool is_open;                /* a row of the table lets it through */
};

#define NEXT_STEP_MAX 40

/* The steps from the state of a case at a time, each event once; returns how many. What is missing
 * lives in the arena of the findings. */
size_t case_next_steps(struct next_step ret[static NEXT_STEP_MAX], const struct request_case *c,
		       const struct case_view *v, const struct rule_world *world, int64_t now);

/* Is it a step of people, and of this kind of request? */
bool next_step_is_said(const struct next_step *s, const struct case_view *v);

/* Is it one that leads on, and not what can always be done? */
bool next_step_leads_on(const struct next_step *s, const struct request_case *c,
			const struct case_view *v);

/* What it asks for, in few words: foo 9986 tcp, udp. */
void case_put_subject(struct buf *out, const struct document *d);

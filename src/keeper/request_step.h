/* SPDX-License-Identifier: MIT */
#pragma once

/* One step of a case and what follows from it at once, with the papers that have it. */

#include "keeper/at_desk.h"

/* Papers that are put down at once. */
struct paper_list {
	struct stored_paper *items; /* in the arena of the keeper */
	size_t count, capacity;
};

PORTROLL_MUST_CHECK int paper_list_add(struct paper_list *list, const struct stored_paper *paper,
				       struct keeper *k);

/* A case that is being changed. */
struct open_case {
	struct at_desk *desk;
	struct desk_case kept; /* as it was read; its request is changed */
	struct rule_world world;
	size_t event_count; /* that it had when it was read */
};

/* Reads the case of an operand, R-42, or of a number, with its world. */
PORTROLL_MUST_CHECK int open_case(struct open_case *ret, struct at_desk *d, const char *operand);
PORTROLL_MUST_CHECK int open_case_number(struct open_case *ret, struct at_desk *d, uint64_t number);

/* Does what the event says (kind, reason, reference, evidence, granted, change, party, revision) as
 * who acts; `revision` is the new one or NULL. Where a case comes to validating by it, it is
 * validated at once by the clock. Nothing is put down yet. */
PORTROLL_MUST_CHECK int case_do(struct open_case *c, const struct case_event *event,
				const struct document *revision);

/* The same as somebody else: who has the code of a confirmation. */
PORTROLL_MUST_CHECK int case_do_as(struct open_case *c, struct actor actor,
				   const struct case_event *event, const struct document *revision);

/* The clock validates what was submitted, answered or confirmed, if there is that to be done. */
PORTROLL_MUST_CHECK int case_validate(struct open_case *c);

/* Something else that the clock does. */
PORTROLL_MUST_CHECK int case_do_due(struct open_case *c, enum case_event_kind kind);

/* The papers of all that was done since the case was read: its own, and of who is told. */
PORTROLL_MUST_CHECK int case_papers(struct paper_list *list, const struct open_case *c);

/* Puts them down. PORTROLL_ECONFLICT: somebody else was first. */
PORTROLL_MUST_CHECK int case_keep(struct open_case *c);

/* They were put down by other ways. */
void case_kept(struct open_case *c);

/* Where a range or a pool was asked and none was said, the next port that is free goes with the
 * approval. */
PORTROLL_MUST_CHECK int request_choose_port(struct case_event *event, const struct open_case *c);

/* SPDX-License-Identifier: MIT */
#pragma once

/* What the files of a case share. */

#include "procedure/request_case.h"

#define DAY_SECONDS       86400
#define CASE_EVENT_MAX    2000
#define CASE_REVISION_MAX 1000

/* The one place where state, evidence, times and all else is derived. Of the lists that were there
 * nothing is changed; memory comes from the arena. The event is not appended. */
PORTROLL_MUST_CHECK int case_derive(struct request_case *c, const struct case_event *e,
				    struct arena *a);

/* What the events before it leave on file with this one. */
PORTROLL_MUST_CHECK int case_evidence(struct evidence *ret, const struct request_case *before,
				      const struct case_event *e, struct arena *a);

/* Sets when something is due after the event, and until when what it begins lasts. */
void case_set_times(struct case_event *e, const struct case_context *c);

/* Adds the confirmations that are wanted of the present revision and not asked for yet. */
PORTROLL_MUST_CHECK int case_ask_words(struct request_case *c, const struct case_context *context,
				       struct arena *a);

/* The row of the table for an event from the state of the case, by one of the roles; sets the
 * event's role and where it leads. NULL: there is none, and the error says why. */
struct row_choice {
	const struct case_context *context; /* its event is set for each row that is tried */
	struct case_event *event;
	role_set roles;
	bool is_replay; /* `to` and the role are given */
};
const struct transition *case_row(const struct row_choice *choice, struct portroll_error *err);

/* Plays the events of a case whose number, source, revisions and confirmations are there.
 * PORTROLL_ECORRUPT: they could not have happened so. */
struct case_history {
	struct case_event *events; /* the case has them afterwards */
	size_t event_count, revision_count;
};
PORTROLL_MUST_CHECK int case_replay(struct request_case *c, const struct case_history *history,
				    struct arena *a, struct portroll_error *err);

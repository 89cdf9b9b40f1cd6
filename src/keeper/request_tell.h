/* SPDX-License-Identifier: MIT */
#pragma once

/* How a case stands, in words. */

#include "keeper/case_view.h"
#include "keeper/request_step.h"

/* After a step: number and state, what is in the way, what comes next and who does it. Nothing with
 * --quiet. */
PORTROLL_MUST_CHECK int request_tell(const struct open_case *c);

/* The same in one line, for who goes through many; `done` (may be empty) is what was done to the
 * registry by it. */
void request_tell_line(const struct open_case *c, struct portroll_str done);

/* The parts of it. */
void tell_state(struct out *o, const struct request_case *c);
void tell_next(struct out *o, const struct open_case *c, const struct case_view *v);

/* "2026-11-23 11:00 UTC". */
void tell_time(struct buf *out, int64_t time);

/* Which procedure applies and why, and who decides. */
void tell_procedure(struct out *o, const struct case_view *v);

/* What is found and must be mended before a decision, or what is not. */
void tell_obstacles(struct out *o, const struct finding_list *found,
		    const struct evidence *evidence, bool blocking);

/* Why nothing can be done of it, if so. */
void tell_impossible(struct out *o, const struct case_view *v);

/* The findings of both kinds, with what to do. */
void tell_findings(struct out *o, const struct finding_list *found,
		   const struct evidence *evidence);

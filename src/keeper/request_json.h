/* SPDX-License-Identifier: MIT */
#pragma once

/* Cases as JSON for programs. */

#include "base/json.h"
#include "keeper/case_view.h"

/* Members of an object that is open: number, state, what it asks for. Nothing of people. */
void put_case_summary_json(struct json *j, const struct request_case *c);

/* Members: revisions, events, confirmations, findings, next. */
void put_case_json(struct json *j, const struct request_case *c, const struct case_view *v,
		   const struct rule_world *world, int64_t now);

/* An array of what is found, with whether it is in the way. */
void put_findings_json(struct json *j, const struct finding_list *found,
		       const struct evidence *evidence, const struct registry *reg);

/* Members: procedures, why, section, decides. */
void put_choice_json(struct json *j, const struct procedure_choice *choice);

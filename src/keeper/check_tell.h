/* SPDX-License-Identifier: MIT */
#pragma once

/* What was found in a name or a request, for people and as JSON. */

#include "base/json.h"
#include "procedure/rule.h"
#include "terminal/out.h"

struct checked {
	const char *operand;
	const struct source *source;
	const struct document *document;
	struct finding_list found;
	struct portroll_str impossible; /* why nothing can be done of it; empty: it can */
	bool is_name;                   /* and no request */
};

/* A line for each finding, FILE:LINE: severity RULE: what was found; below all of one rule what is
 * right, by which source, and what to do. */
void check_tell(struct out *o, const struct checked *c);

/* The members of an object that is open (doc/JSON.md); line 0: not known. */
void finding_put_json(struct json *j, const struct finding *f, const struct registry *reg,
		      uint32_t line);

void check_put_json(struct json *j, const struct checked *c); /* doc/JSON.md */

/* SPDX-License-Identifier: MIT */
#pragma once

/* What a verification has found, check by check: for people or as JSON. */

#include "base/json.h"
#include "keeper/keeper.h"

enum outcome {
	OUTCOME_HOLDS,
	OUTCOME_OPEN, /* nothing is there that could prove it */
	OUTCOME_FAILS,
};

struct finding {
	const char *name;
	uint8_t outcome;              /* enum outcome */
	struct portroll_str sentence; /* in the arena of the keeper */
};

#define FINDING_MAX 12

struct report {
	struct finding items[FINDING_MAX];
	size_t count;
};

/* A failure of memory sticks in the arena of the keeper. */
void report_add(struct report *r, struct keeper *k, struct finding finding);

/* The same, of what is in the buffer; it is freed. */
void report_take(struct report *r, struct keeper *k, const char *name, struct buf *sentence);

bool report_holds(const struct report *r);

/* A line for each. */
void report_put(struct buf *out, const struct report *r);

/* Members "checks" and "proved" of an object that is open. */
void report_put_json(struct json *j, const struct report *r);

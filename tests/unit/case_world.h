/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A case and its world, as a test says: which procedure is chosen and what is found wrong is told
 * here, in the place of policy_choose(), rules_check_request() and effect_try() (the linker's
 * --wrap).
 */

#include "procedure/request_case.h"
#include "test.h"

#define CASE_START INT64_C(1800000000) /* 2027-01-15T08:00:00Z */
#define CASE_DAY   INT64_C(86400)

struct case_world {
	struct arena arena;
	struct registry *registry;
	struct port_index index;
	struct policy policy;
	struct rule_world world;
	struct document document;
	struct request_case *request;
	int64_t now;
	struct portroll_error err;
};

/* What is chosen and found from now on. */
struct case_told {
	struct procedure_choice choice;
	struct finding findings[2]; /* at the intake */
	size_t finding_count;
	struct finding lacking[2]; /* at a decision */
	size_t lacking_count;
	const char *impossible; /* why nothing can be done of it; NULL: it can */
};
extern struct case_told case_told;

/* A registry with one assignment (spool 5001/tcp), and a case in the state draft that asks for
 * what the kind says, by user:carol. */
void case_world_begin(struct case_world *w, enum request_kind kind);
void case_world_end(struct case_world *w);

/* One step by an account of that name; the roles are bits. Where it succeeds the case is written
 * and read again, and must be the same. */
int case_do(struct case_world *w, enum case_event_kind kind, role_set roles, const char *account);
int case_do_step(struct case_world *w, const struct case_step *step);

/* Does it and fails the test unless it leads there. */
void case_must(struct case_world *w, enum case_event_kind kind, role_set roles, enum case_state to);

/* The code came out, and the error of the world has that part in its sentence. */
void must_say(const struct case_world *w, int r, int code, const char *part);

/* Reads the case that was written; a code. */
int case_again(struct case_world *w, struct request_case **ret);

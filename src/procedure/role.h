/* SPDX-License-Identifier: MIT */
#pragma once

/* Who may do what, in which state: one table, role x action x state, asked here and nowhere else.
 */

#include "procedure/machine.h"

enum role {
	ROLE_APPLICANT, /* who made the request */
	ROLE_ASSIGNEE,  /* of the assignment that it touches */
	ROLE_CONTACT,
	ROLE_EXPERT,   /* of a transport that it asks for, and not recused */
	ROLE_REVIEWER, /* of the pool */
	ROLE_OWNER,    /* of the pool */
	ROLE_CHAIRS,   /* of the working group of an early allocation */
	ROLE_DIRECTOR, /* its area director */
	ROLE_IESG,     /* IESG Approval; the IESG also tells what the IETF approved */
	ROLE_IAB,
	ROLE_REGISTRAR,     /* IANA, or who runs the registry */
	ROLE_ADMINISTRATOR, /* accounts, and --as; nothing of requests by that alone */
	ROLE_CLOCK,         /* what is due: portroll request tick */
	ROLE_ANYBODY,       /* appeals are anyone's who is concerned */
	ROLE_COUNT
};

typedef uint32_t role_set; /* bits 1 << enum role */
#define ROLE_BIT(role) (1U << (role))

const char *role_name(enum role role); /* expert */
bool role_parse(enum role *ret, struct portroll_str name);
void role_put_set(struct buf *out, role_set roles); /* expert or registrar */

/* May one who has these roles do it to a request in that state? The table of machine.h decides. */
bool role_may(role_set roles, enum case_event_kind event, enum case_state state);

/* SPDX-License-Identifier: MIT */
#pragma once

/* Who is told what of a step: the applicant of each, those whose turn it is, those who must
 * confirm, and the webhooks. */

#include "desk/account.h"
#include "desk/delivery.h"
#include "desk/letter.h"
#include "desk/notify.h"
#include "procedure/request_case.h"

struct telling {
	const struct request_case *request; /* after the step */
	const struct case_event *event;
	bool is_passing; /* another state follows at once: it is nobody's turn */
	const struct account_list *accounts;
	const struct rule_world *world;
	const struct notify_settings *settings;
	const struct paragraph_list *templates; /* the operator's own */
	const uint8_t *confirmation_key;        /* for the codes of those who must confirm */
	int64_t now;
	void (*random)(void *bytes, size_t len);
};

/* The papers of what is to be told, in the arena; none without settings. PORTROLL_ENOMEM,
 * PORTROLL_EINVAL. */
PORTROLL_MUST_CHECK int telling_papers(struct stored_paper **ret, size_t *ret_count,
				       const struct telling *t, struct arena *a,
				       struct portroll_error *err);

/* Whose turn it is in a state (enum case_state), of those who decide; 0: nobody's of them. */
role_set telling_turn(uint8_t state);

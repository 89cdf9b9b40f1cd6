/* SPDX-License-Identifier: MIT */
#pragma once

/* What a decision does to the registry becomes a change of the ledger, in one transaction with the
 * cases that it moves and the dossier that the change commits to. */

#include "keeper/held_roll.h"
#include "keeper/request_step.h"
#include "procedure/effect.h"

struct decision {
	struct at_desk *desk;
	struct held_roll *held;
	struct roll *roll; /* as it is, held */
	size_t source;     /* in the roll */
	struct open_case c;
	struct effect effect;
	struct effect_result result;
};

/* Holds the roll, and sits at its desk: both are the caller's, zeroed. PORTROLL_EINVAL: it has no
 * ledger. Close both with decision_close() in any case. */
PORTROLL_MUST_CHECK int decision_open(struct at_desk *desk, struct held_roll *held,
				      struct keeper *k);
void decision_close(struct at_desk *desk, struct held_roll *held);

/* Reads the case of that number and the roll as it is now; `effect` is set but for `registered`,
 * which is today. */
PORTROLL_MUST_CHECK int decision_read(struct decision *ret, struct at_desk *desk,
				      struct held_roll *held, uint64_t number);

/* The number that the change will have. */
uint64_t decision_change(const struct decision *s);

/* Commits `result` by that author, with the case as it is now, and `other` (NULL: none) which moves
 * with it. Once: the roll is then as it was before. */
PORTROLL_MUST_CHECK int decision_commit(struct decision *s, struct portroll_str author,
					struct open_case *other);

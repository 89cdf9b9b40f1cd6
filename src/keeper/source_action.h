/* SPDX-License-Identifier: MIT */
#pragma once

/* The actions of `source` that have a policy. Each returns 0, EXIT_NO or an error. */

#include "keeper/present_policy.h"
#include "keeper/source_conflicts.h"

int source_add(struct keeper *k);
int source_manage(struct keeper *k);
int source_policy(struct keeper *k);
int source_check(struct keeper *k);

/* A policy is set by an administrator: *ret_author is who. Where nobody has an account yet, it is
 * who may write to the folder of the roll. PORTROLL_ERULE. */
PORTROLL_MUST_CHECK int source_need_administrator(struct portroll_str *ret_author, struct keeper *k,
						  struct held_roll *held);

/* The roll to change, by whom, and where the source is that the operand names. */
PORTROLL_MUST_CHECK int source_hold(struct roll **ret, size_t *ret_at, struct held_roll *held,
				    struct keeper *k);

/* May the policy be? No other source has what is in its pools, and nothing that the source of the
 * roll has Assigned is outside them. With --force all is told and done. `before`: what is in its
 * pools need not be told again; NULL. */
PORTROLL_MUST_CHECK int source_allow(struct keeper *k, const struct roll *roll,
				     const struct policy *policy, const struct policy *before);

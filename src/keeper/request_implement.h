/* SPDX-License-Identifier: MIT */
#pragma once

/* An approved request into the ledger. */

#include "keeper/request_commit.h"

/* Commits what was approved, tells it, and marks it as published; `event` has what the options say
 * of it. PORTROLL_ECONFLICT: the registry changed since it was approved; the case goes back to be
 * validated then, with the sentence of who was first. */
PORTROLL_MUST_CHECK int request_implement(struct at_desk *desk, struct held_roll *held,
					  uint64_t number, struct case_event event);

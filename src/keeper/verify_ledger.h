/* SPDX-License-Identifier: MIT */
#pragma once

/* Everything that can be proved of what a ledger publishes. */

#include "keeper/ledger_place.h"

/* Checks and tells; returns the exit code, or an error when it could not be looked at at all. */
int verify_ledger(struct keeper *k, const struct ledger_place *place);

/* SPDX-License-Identifier: MIT */
#pragma once

/* What the registry did before with a name or a port, as its ledger tells. */

#include "keeper/keeper.h"

/* A line each, under a heading that names the word; nothing where there is no ledger. */
PORTROLL_MUST_CHECK int past_told_put(struct keeper *k, struct portroll_str word);

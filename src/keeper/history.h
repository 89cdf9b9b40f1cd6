/* SPDX-License-Identifier: MIT */
#pragma once

/* Versions of a registry, the oldest first, each as a change of its own. */

#include "keeper/importing.h"

/* The operands are the files. Those that the ledger has already are passed over; those that were
 * imported before one failed stay. The reason of a failure is in the keeper. */
PORTROLL_MUST_CHECK int history_import(struct keeper *k);

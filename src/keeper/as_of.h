/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The roll as of a day or a change (--as-of), from what the ledger has published. A day selects, in
 * each source, what is there after its last change that is of that day or before: changes of an
 * import are of the day of the copy, others of the day they were made on.
 */

#include "keeper/keeper.h"

/* The path of a snapshot of that state: one that is kept, or one that was folded and is kept from
 * now on; else one of this process alone, which a program that it becomes has too. */
PORTROLL_MUST_CHECK int as_of_find(char **ret, struct keeper *k);

/* Becomes portroll with the same arguments, but --snapshot and the path where they have --as-of:
 * for the verbs that ask. Returns only on failure, with the exit code. */
int as_of_ask(struct keeper *k, char **argv);

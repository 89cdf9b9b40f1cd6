/* SPDX-License-Identifier: MIT */
#pragma once

/* The changes of the ledger of the roll that is read, one after the other, from what it has
 * published: without its lock and its store. */

#include "keeper/keeper.h"
#include "ledger/fold.h"
#include "ledger/published.h"

struct log_history {
	struct published *published;
	uint64_t size; /* entries that are signed */
};

/* PORTROLL_EINVAL when there is no ledger. */
PORTROLL_MUST_CHECK int log_history_open(struct log_history *ret, struct keeper *k);
void log_history_close(struct log_history *h);

/* Folds the changes up to the one with entry number `last`, and shows each to `watch`. On a
 * terminal the progress is told. */
PORTROLL_MUST_CHECK int log_history_each(struct log_history *h, struct keeper *k, uint64_t last,
					 fold_watch_fn *watch, void *context);

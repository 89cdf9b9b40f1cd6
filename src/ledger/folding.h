/* SPDX-License-Identifier: MIT */
#pragma once

/* A fold from within. */

#include "ledger/fold.h"

/* One source. The lists of its registry are made anew with each change, beside those before it, so
 * that both can be looked at. */
struct held {
	struct source source; /* no name: this one is free */
	struct source_state state;
	struct arena lists[2];
	unsigned current; /* of lists */
};

struct folding {
	struct arena own; /* of this struct */
	struct fold_options options;
	struct tree tree;
	struct held held[ROLL_SOURCE_MAX];
	struct held *order[ROLL_SOURCE_MAX]; /* in order of precedence */
	struct roll roll;                    /* a view of them */
	struct arena texts;                  /* of all sources */
	size_t live; /* what they took when they were copied last, all others given back */

	/* The entries of the change that is not whole yet; in the scratch. */
	struct arena scratch;
	struct operation_list *parts;
	size_t part_count, part_capacity;
	struct changeset about; /* all parts as one */
	uint64_t first;         /* index of its first entry */
};

/* One that is free; NULL: a roll has no more. */
struct held *folding_free(struct folding *f);

/* Makes the view of the sources in their order, after the last entry that was added. */
void folding_show(struct folding *f, size_t source_count);

/* Applies the change whose parts are all there. PORTROLL_ECORRUPT with what is wrong,
 * PORTROLL_ENOMEM, or what the watch returned, without words. `err` is not NULL. */
PORTROLL_MUST_CHECK int folding_apply(struct folding *f, struct portroll_error *err);

/* Copies the texts of what is there, and gives all others back, when these have become many.
 * PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int folding_tidy(struct folding *f);

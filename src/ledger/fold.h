/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Folding: entries in their order make a roll. Each change is checked as it is applied: that its
 * base is the ledger before it, that what it names is there, and that the state after it is the one
 * it says. Memory does not grow with the number of changes, but for the texts that they bring.
 */

#include "ledger/changeset.h"

struct folding;

/* A change that was just applied. All of it may be looked at until the function returns. */
struct fold_event {
	const struct changeset *about; /* of the last part; copies and the like of the first */
	uint64_t first;                /* index of its first entry */
	uint64_t number;               /* of the change: the size of the ledger after it */
	/* The source before and after; NULL where it was not or is not there. */
	const struct source *before, *after;
	const struct registry_change
		*change; /* positions in their registries; empty when one is NULL */
};

/* Returns 0, or a negative code that ends the folding. */
typedef int fold_watch_fn(void *context, const struct fold_event *event);

struct fold_options {
	struct person_contents people;
	fold_watch_fn *watch; /* NULL: nobody looks */
	void *context;
	bool trusts_states; /* the states that changes say are not computed: several times as fast
			     */
};

/* An empty roll. NULL when there is no memory. */
struct folding *fold_new(const struct fold_options *options);

/* Puts a source that was folded before (a kept state) into a fold that has none of that name, at
 * the end; only with trusts_states. Its texts must outlive the fold. */
PORTROLL_MUST_CHECK int fold_begin_with(struct folding *f, const struct source *source,
					struct portroll_error *err);

/* What the ledger is before the first entry that is added: for a fold that does not begin with the
 * first. */
void fold_begin_at(struct folding *f, const struct tree *tree);

/* Adds the next entry. The parts of a change are applied with its last one. PORTROLL_ECORRUPT with
 * the number of the change and what is wrong with it; PORTROLL_ESYNTAX, PORTROLL_EVERSION. After a
 * failure only fold_free(). */
PORTROLL_MUST_CHECK int fold_add(struct folding *f, struct portroll_str entry,
				 struct portroll_error *err);

/* The ledger after all entries that were added. */
const struct tree *fold_tree(const struct folding *f);

/* How many entries of a change that is not whole yet were added. */
size_t fold_pending(const struct folding *f);

/* The roll as it is now, a view that lives until the next entry is added; its ledger is the one
 * after the last whole change. */
const struct roll *fold_roll(const struct folding *f);

/* The state of a source, a view as above; NULL: no such source, or states are trusted. */
const struct source_state *fold_state(const struct folding *f, struct portroll_str source);

void fold_free(struct folding *f);

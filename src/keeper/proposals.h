/* SPDX-License-Identifier: MIT */
#pragma once

/* What must be written into the ledger so that it tells of a roll what is so now: a change for each
 * source that is another than before, and the people that are new with it. */

#include "keeper/contents.h"
#include "ledger/ledger.h"

/* Of two rolls at most: one that is taken over and what becomes of it. */
#define PROPOSAL_MAX (4 * ROLL_SOURCE_MAX + 2)

struct proposals {
	struct contents *contents; /* grows by the people that are new */
	random_fn *random;
	struct arena *arena; /* for the work; may go when all is committed */
	/* The state of a source as it was before, where it is known already. */
	struct portroll_str known_source;
	const struct source_state *known;

	struct proposal items[PROPOSAL_MAX];
	size_t count;
	const struct stored_person *people; /* the last ones of the contents */
	size_t person_count;
};

/* Adds what makes `after` of `before`; nothing when they are alike, but for the source of an
 * `about` with a dossier. `about` says the rest of each change. Sources that are gone come first,
 * then the others in their order. The `change` of every record of `after` is set: as before, or
 * pending (SNAPSHOT_CHANGE_PENDING with the number of the proposal). People who were redacted lose
 * what `after` has of them. PORTROLL_ENOMEM, PORTROLL_EINVAL for what the ledger has no way to say,
 * PORTROLL_ECORRUPT. */
PORTROLL_MUST_CHECK int proposals_add(struct proposals *p, const struct roll *before,
				      struct roll *after, const struct changeset *about,
				      struct portroll_error *err);

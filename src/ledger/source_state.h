/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The state of one source, and the one hash that stands for it: the RFC 6962 root over its lines,
 * the header, each record in order, each footnote, each person with the commitment. The hashes of
 * lines, and of subtrees, that did not change are kept.
 */

#include "ledger/line.h"
#include "ledger/state_tree.h"
#include "registry/change.h"

struct source_state {
	const struct registry *registry;
	const struct tree_hash *people; /* the commitment of each person of the registry */
	struct state_tree tree;         /* over its lines */
	struct tree_hash root;
};

/* The state of a registry of which nothing is known yet. Memory from the arena; PORTROLL_ENOMEM, or
 * PORTROLL_EINVAL naming the first record, person or footnote that cannot be written (line.h). */
PORTROLL_MUST_CHECK int source_state_of(struct source_state *ret, const struct registry *reg,
					const struct tree_hash *people, struct arena *a,
					struct portroll_error *err);

/* What follows a state. */
struct source_step {
	const struct registry *registry;
	const struct tree_hash *people;
	const struct registry_change *change; /* from the registry of the state to this one */
};

/* The state after a step: only what changed is written and hashed anew. Errors as above. */
PORTROLL_MUST_CHECK int source_state_after(struct source_state *ret, const struct source_state *old,
					   const struct source_step *step, struct arena *a,
					   struct portroll_error *err);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The policy of a source: out of a file, out of its paper, and into the change that sets it. */

#include "desk/policy_paper.h"
#include "keeper/held_roll.h"

struct source_policy {
	struct policy policy;
	uint64_t version; /* of its paper; 0: it has none, and RFC 6335's holds */
};

/* What is to be. */
struct policy_setting {
	struct policy policy;
	uint64_t version; /* of the paper that it replaces; 0: there is none */
	struct portroll_str author;
};

/* The policy in a file ("-": standard input), which must name that source. */
PORTROLL_MUST_CHECK int source_policy_load(struct policy *ret, struct keeper *k, const char *path,
					   struct portroll_str source);

/* RFC 6335's, of that source. */
struct policy source_policy_usual(struct portroll_str source, struct portroll_str title);

/* As the desk has it. */
PORTROLL_MUST_CHECK int source_policy_find(struct source_policy *ret, const struct desk *d,
					   struct portroll_str source, struct portroll_error *err);

/* The same of the held roll's ledger, if it has one. */
PORTROLL_MUST_CHECK int source_policy_held(struct source_policy *ret, struct keeper *k,
					   struct held_roll *held, struct portroll_str source);

/* Of the paper alone, whatever it says: of a source that was removed one may be left. */
PORTROLL_MUST_CHECK int source_policy_version(uint64_t *ret, struct keeper *k,
					      struct held_roll *held, struct portroll_str source);

/* Commits the roll with the policy: the change is one of kind
 * `policy` by the author, its dossier the policy's text. 1, or a negative code. */
PORTROLL_MUST_CHECK int source_policy_commit(struct held_roll *held, struct roll *roll,
					     const struct policy_setting *setting);

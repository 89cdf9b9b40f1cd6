/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The desk of a registry: its requests, accounts, deliveries and policies as papers in the store
 * beside the ledger. A paper is changed only by who knows its version, so that of two who act at
 * once one is told. What goes out with a step is put down together with it.
 */

#include "desk/account.h"
#include "procedure/request_case.h"

struct desk {
	const struct store_ops *ops; /* borrowed */
	struct store *store;
	struct arena *arena;
};

/* Kinds of papers. */
#define PAPER_ACCOUNT  STR("account")
#define PAPER_REQUEST  STR("request")
#define PAPER_DOSSIER  STR("dossier")
#define PAPER_POLICY   STR("policy")
#define PAPER_DELIVERY STR("delivery")
#define PAPER_SECRET   STR("secret")
#define PAPER_COUNTER  STR("counter")

struct desk_case {
	struct request_case *request;
	uint64_t version; /* of its paper */
};

/* PORTROLL_EINVAL: there is no such request, or it was erased, when and by whom. */
PORTROLL_MUST_CHECK int desk_case(struct desk_case *ret, const struct desk *d, uint64_t number,
				  struct portroll_error *err);

/* All of them in order of arrival; they live as long as the arena of the desk. */
typedef int desk_case_fn(void *context, const struct desk_case *c, struct portroll_error *err);
PORTROLL_MUST_CHECK int desk_each_case(const struct desk *d, desk_case_fn *fn, void *context,
				       struct portroll_error *err);

/* A number of its own, and the paper that takes it (to be put down with the request). */
PORTROLL_MUST_CHECK int desk_next_number(uint64_t *ret, struct stored_paper *ret_counter,
					 const struct desk *d, struct portroll_error *err);
PORTROLL_MUST_CHECK int desk_case_paper(struct stored_paper *ret, const struct desk *d,
					const struct desk_case *c, struct portroll_error *err);

/* The holds of all open requests but one, in order of arrival. */
PORTROLL_MUST_CHECK int desk_holds(const struct hold **ret, size_t *ret_count, const struct desk *d,
				   uint64_t but, struct portroll_error *err);

/* The policy of a source: its paper, else RFC 6335's. */
PORTROLL_MUST_CHECK int desk_policy(struct policy *ret, const struct desk *d,
				    struct portroll_str source, struct portroll_error *err);

/* The key of confirmation codes; made with `random` and put down when there is none. */
PORTROLL_MUST_CHECK int desk_confirmation_key(uint8_t ret[static CONFIRMATION_KEY_SIZE],
					      const struct desk *d, void (*random)(void *, size_t),
					      struct portroll_error *err);

/* Puts them all down or none. PORTROLL_ECONFLICT: one was changed meanwhile; the sentence says that
 * somebody else was first and what to do. */
PORTROLL_MUST_CHECK int desk_put(const struct desk *d, const struct stored_paper *papers,
				 size_t count, struct portroll_error *err);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Accounts: who may decide what. They lie in the store beside the ledger (papers of kind account),
 * never in it. An account is bound to a user of the system by name, and to persons of the registry
 * whose assignments it may speak for.
 */

#include "ledger/store.h"
#include "procedure/request_case.h"

/* A role and where it holds: expert of tcp, reviewer of pool web, registrar of iana. */
struct grant {
	uint8_t role;              /* enum role */
	struct portroll_str scope; /* a transport, a pool, a source; empty: everywhere */
};

struct account {
	struct portroll_str name;    /* a-z, digits, hyphen; 1 to 32 */
	struct portroll_str display; /* as mail has it */
	struct portroll_str mail;
	struct portroll_str login;          /* of the system; empty: none */
	const struct portroll_str *persons; /* ids in the registry */
	size_t person_count;
	const struct grant *grants;
	size_t grant_count;
	bool is_disabled;
	int64_t created;
	uint64_t version; /* of its paper */
};

struct account_list {
	const struct account *items;
	size_t count;
};

PORTROLL_MUST_CHECK int accounts_read(struct account_list *ret, const struct store_ops *ops,
				      struct store *store, struct arena *a,
				      struct portroll_error *err);

const struct account *account_find(const struct account_list *all, struct portroll_str name);
const struct account *account_of_login(const struct account_list *all, struct portroll_str login);

/* The paper that makes it so; its version is the account's. */
PORTROLL_MUST_CHECK int account_paper(struct stored_paper *ret, const struct account *account,
				      struct arena *a, struct portroll_error *err);

/* "expert:tcp", "administrator". PORTROLL_ESYNTAX names what is known. */
PORTROLL_MUST_CHECK int grant_parse(struct grant *ret, struct portroll_str text,
				    struct portroll_error *err);
void grant_put(struct buf *out, const struct grant *g);

/* The roles that an account has with respect to a case: by its grants, whose scope fits the request
 * (its transports, its pool, its source), by its persons and mail for assignee and contacts of the
 * assignment that is touched, and as applicant. Who recused themselves is no expert or reviewer. A
 * disabled account has none, not even anybody's. */
role_set account_roles(const struct account *account, const struct request_case *c,
		       const struct rule_world *world);

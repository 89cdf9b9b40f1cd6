/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Accounts: who may decide what. They lie in the store beside the ledger (papers of kind account),
 * never in it. An account is bound to a user of the system by name, and to persons of the registry
 * whose assignments it may speak for.
 */

#include "ledger/store.h"
#include "procedure/request_case.h"

/* Before the name of a user of the system who has no account: user:kelly. */
#define USER_PREFIX "user:"

#define ACCOUNT_NAME_MAX    32
#define ACCOUNT_PERSONS_MAX 64
#define ACCOUNT_GRANTS_MAX  256

/* A role and where it holds: expert of tcp, reviewer of pool web, registrar of iana. */
struct grant {
	uint8_t role;              /* enum role */
	struct portroll_str scope; /* a transport, a pool, a source, of chairs a working group;
				    * empty: everywhere */
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
	const struct account *items; /* by name */
	size_t count;
	uint64_t version; /* of all of them: of two who change accounts one is told */
};

/* PORTROLL_ECORRUPT names the paper that is no account. */
PORTROLL_MUST_CHECK int accounts_read(struct account_list *ret, const struct store_ops *ops,
				      struct store *store, struct arena *a,
				      struct portroll_error *err);

const struct account *account_find(const struct account_list *all, struct portroll_str name);
const struct account *account_of_login(const struct account_list *all, struct portroll_str login);

/* PORTROLL_EINVAL, PORTROLL_ELIMIT: what is wrong with it, and what would be right. */
PORTROLL_MUST_CHECK int account_check(const struct account *account, struct portroll_error *err);

/* The paper that makes it so, of one that account_check() passes; its version is the account's. */
PORTROLL_MUST_CHECK int account_paper(struct stored_paper *ret, const struct account *account,
				      struct arena *a, struct portroll_error *err);

/* The papers that add an account, or put it in the place of that of its name. PORTROLL_ECONFLICT:
 * its login is another's; PORTROLL_ERULE: there would be no administrator who can act. */
#define ACCOUNT_PAPERS 2
PORTROLL_MUST_CHECK int account_put(struct stored_paper ret[static ACCOUNT_PAPERS],
				    const struct account_list *all, const struct account *account,
				    struct arena *a, struct portroll_error *err);

/* The same, that erase it. */
PORTROLL_MUST_CHECK int account_remove(struct stored_paper ret[static ACCOUNT_PAPERS],
				       const struct account_list *all,
				       const struct account *account, struct arena *a,
				       struct portroll_error *err);

bool account_has(const struct account *account, enum role role); /* whatever the scope */

/* "expert:tcp", "administrator". PORTROLL_ESYNTAX names what is known. */
PORTROLL_MUST_CHECK int grant_parse(struct grant *ret, struct portroll_str text,
				    struct portroll_error *err);
void grant_put(struct buf *out, const struct grant *g);

/* The roles that an account has with respect to a case: by its grants, whose scope fits the request
 * (its transports, its pool, its source), by its persons and mail for assignee and contacts of the
 * assignment that is touched, and as applicant. Who recused themselves, or asks for it, is no
 * expert or reviewer. A disabled account has none, not even anybody's. */
role_set account_roles(const struct account *account, const struct request_case *c,
		       const struct rule_world *world);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The dossier of a change: the text of the case that it was decided by, or of the policy that it
 * set, in a paper beside the ledger, which has a commitment to it alone. A paper that is erased
 * leaves every proof as it was. */

#include "keeper/keeper.h"
#include "procedure/request_case.h"

/* The paper of a case as it is now, and the commitment. The first of a case is called as the case;
 * one of a later change (0: it is the first) with its number behind: @57. */
PORTROLL_MUST_CHECK int dossier_paper(struct stored_paper *ret, struct tree_hash *ret_commitment,
				      const struct request_case *c, uint64_t later,
				      struct keeper *k);

/* The same of any text, under that id. */
PORTROLL_MUST_CHECK int dossier_of_text(struct stored_paper *ret, struct tree_hash *ret_commitment,
					struct portroll_str id, struct portroll_str text,
					struct keeper *k);

#define SALT_DIGITS ((size_t)2 * SALT_SIZE) /* in hexadecimal */

struct dossier {
	struct tree_hash commitment;
	struct portroll_str salt, text; /* SALT_DIGITS; views of the body */
};

/* What the body of such a paper says. PORTROLL_ECORRUPT: it is none. */
PORTROLL_MUST_CHECK int dossier_read(struct dossier *ret, struct portroll_str body,
				     struct portroll_error *err);

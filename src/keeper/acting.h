/* SPDX-License-Identifier: MIT */
#pragma once

/* Who acts in this run: decided here, and nowhere else. */

#include "desk/account.h"
#include "keeper/keeper.h"

struct acting {
	/* Whose deed it is: the account bound to the user of the system, or user:kelly where there
	 * is none. */
	struct portroll_str name;
	struct portroll_str as; /* by --as, whom an administrator acts for; empty: nobody else */
	const struct account *account; /* whose roles it has; never NULL: one without grants */
};

/* PORTROLL_ERULE: the account is disabled, or --as is not for this one; PORTROLL_EINVAL: --as names
 * nobody. */
PORTROLL_MUST_CHECK int acting_find(struct acting *ret, struct keeper *k,
				    const struct account_list *accounts);

/* PORTROLL_ERULE unless it is an administrator. */
PORTROLL_MUST_CHECK int acting_need_administrator(const struct acting *acting, struct keeper *k);

/* SPDX-License-Identifier: MIT */
#pragma once

/* What the words of `portroll account` share. */

#include "desk/desk.h"
#include "keeper/acting.h"

struct account_run {
	struct keeper *keeper;
	char *folder; /* of the roll */
	struct desk desk;
	struct account_list all;
	struct acting acting;
};

/* What changes an account: `a` is a copy of what is there, or one that is made. */
typedef int account_change_fn(struct account_run *run, struct account *a);

account_change_fn account_change_add, account_change_set, account_change_grant,
	account_change_revoke, account_change_disable, account_change_enable;

/* Tell them: all as a table or with --json; one. */
int account_tell_list(struct account_run *run);
int account_tell_one(struct account_run *run, const struct account *a);

/* Its grants, with commas between. */
void account_put_grants(struct buf *out, const struct account *a);

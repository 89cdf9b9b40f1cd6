/* SPDX-License-Identifier: MIT */
#include "keeper/acting.h"

static int refuse_disabled(struct keeper *k, const struct account *account)
{
	return error_set(&k->err, PORTROLL_ERULE,
			 "the account %.*s is disabled: an administrator can enable it (portroll "
			 "account enable %.*s)",
			 PORTROLL_STR_ARG(account->name), PORTROLL_STR_ARG(account->name));
}

/* An account for the run, of who has none. */
static int find_stranger(struct acting *ret, struct keeper *k)
{
	struct buf name CLEANUP(buf_done) = BUF_INIT(1024);
	struct account *account = arena_alloc(&k->arena, sizeof(*account));
	buf_puts(&name, USER_PREFIX);
	buf_put(&name, k->user);
	if (!account || name.failed)
		return error_memory(&k->err);
	account->name = buf_keep(&name, &k->arena);
	*ret = (struct acting){.name = account->name, .account = account};
	return k->arena.failed ? error_memory(&k->err) : PORTROLL_OK;
}

/* Whom --as names. */
static int find_other(struct acting *acting, struct keeper *k, const struct account_list *accounts)
{
	struct portroll_str name = keeper_option(k, OPTION_AS);
	const struct account *other = account_find(accounts, name);
	if (!account_has(acting->account, ROLE_ADMINISTRATOR))
		return error_set(&k->err, PORTROLL_ERULE,
				 "--as is for administrators, and %.*s is none: leave it out",
				 PORTROLL_STR_ARG(acting->name));
	if (!other)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "there is no account '%.*s'; portroll account list names them",
				 PORTROLL_STR_ARG(str_part(name, 0, 40)));
	if (other->is_disabled)
		return refuse_disabled(k, other);
	if (!str_equal(other->name, acting->name))
		acting->as = other->name;
	acting->account = other;
	return PORTROLL_OK;
}

int acting_find(struct acting *ret, struct keeper *k, const struct account_list *accounts)
{
	const struct account *own = account_of_login(accounts, k->user);
	int r = PORTROLL_OK;
	if (own && own->is_disabled)
		return refuse_disabled(k, own);
	if (own)
		*ret = (struct acting){.name = own->name, .account = own};
	else
		r = find_stranger(ret, k);
	return r == PORTROLL_OK && keeper_has(k, OPTION_AS) ? find_other(ret, k, accounts) : r;
}

int acting_need_administrator(const struct acting *acting, struct keeper *k)
{
	if (account_has(acting->account, ROLE_ADMINISTRATOR))
		return PORTROLL_OK;
	struct portroll_str name = acting->account->name;
	return error_set(&k->err, PORTROLL_ERULE,
			 "this is for administrators, and %.*s is none: ask one of them (portroll "
			 "account list)",
			 PORTROLL_STR_ARG(name));
}

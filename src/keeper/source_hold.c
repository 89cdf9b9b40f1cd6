/* SPDX-License-Identifier: MIT */
#include "keeper/acting.h"
#include "keeper/place.h"
#include "keeper/source_action.h"

int source_need_administrator(struct portroll_str *ret_author, struct keeper *k,
			      struct held_roll *held)
{
	struct store *store;
	struct account_list accounts = {0};
	struct acting acting;
	*ret_author = k->user;
	if (!held->ledger)
		return PORTROLL_OK;
	const struct store_ops *ops = ledger_store(&store, held->ledger);
	int r = accounts_read(&accounts, ops, store, &k->arena, &k->err);
	if (r < 0 || !accounts.count)
		return r;
	r = acting_find(&acting, k, &accounts);
	if (r == PORTROLL_OK)
		r = acting_need_administrator(&acting, k);
	if (r == PORTROLL_OK)
		*ret_author = acting.name;
	return r;
}

int source_hold(struct roll **ret, size_t *ret_at, struct held_roll *held, struct keeper *k)
{
	struct portroll_str name = str_from(k->args.operands[1]);
	int r = held_roll_open(held, k);
	if (r == PORTROLL_OK)
		r = held_roll_read(ret, held, name, &k->arena);
	return r == PORTROLL_OK ? place_existing(ret_at, *ret, name, &k->err) : r;
}

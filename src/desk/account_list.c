/* SPDX-License-Identifier: MIT */
#include "desk/account.h"

const struct account *account_find(const struct account_list *all, struct portroll_str name)
{
	for (size_t i = 0; i < all->count; i++)
		if (str_equal(all->items[i].name, name))
			return &all->items[i];
	return NULL;
}

const struct account *account_of_login(const struct account_list *all, struct portroll_str login)
{
	for (size_t i = 0; login.len && i < all->count; i++)
		if (str_equal(all->items[i].login, login))
			return &all->items[i];
	return NULL;
}

bool account_has(const struct account *account, enum role role)
{
	for (size_t i = 0; i < account->grant_count; i++)
		if (account->grants[i].role == role)
			return true;
	return false;
}

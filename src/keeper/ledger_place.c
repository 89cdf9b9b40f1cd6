/* SPDX-License-Identifier: MIT */
#include "keeper/ledger_place.h"

#include "base/file.h"
#include "base/path.h"

int ledger_place_find(struct ledger_place *ret, struct keeper *k, const char *folder)
{
	char *own = NULL;
	int r = folder ? PORTROLL_OK
		       : roll_folder_to_read(&own, &k->environment, &k->arena, &k->err);
	if (r < 0)
		return r;
	const char *at = folder ? folder : own;
	const char *below = path_join(at, "ledger", &k->arena);
	const char *checkpoint = path_join(at, "checkpoint", &k->arena);
	if (!below || !checkpoint)
		return error_memory(&k->err);
	if (file_exists(below))
		*ret = (struct ledger_place){below, at};
	else if (file_exists(checkpoint))
		*ret = (struct ledger_place){at, NULL};
	else
		r = keeper_check_made(k, at, below);
	if (r == PORTROLL_OK && !file_exists(below) && !file_exists(checkpoint))
		r = error_set(&k->err, PORTROLL_EINVAL,
			      "%s: there is no ledger; portroll init, or portroll import FILE, "
			      "makes one",
			      at);
	return r;
}

int ledger_place_files(struct ledger_files *ret, struct keeper *k)
{
	char *folder;
	int r = roll_folder_to_read(&folder, &k->environment, &k->arena, &k->err);
	if (r < 0)
		return r;
	ret->roll = folder;
	ret->ledger = path_join(folder, "ledger", &k->arena);
	ret->checkpoint = ret->ledger ? path_join(ret->ledger, "checkpoint", &k->arena) : NULL;
	return ret->checkpoint ? PORTROLL_OK : error_memory(&k->err);
}

int ledger_place_open(struct published **ret, struct keeper *k)
{
	struct ledger_place place;
	int r = ledger_place_find(&place, k, NULL);
	return r < 0 ? r : published_open(ret, place.ledger, &k->err);
}

/* SPDX-License-Identifier: MIT */
#include "keeper/present_policy.h"

#include "keeper/place.h"

int source_need_managed(struct keeper *k, const struct source *source)
{
	if (source->kind == SOURCE_MANAGED)
		return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_EINVAL,
			 "source %.*s is a mirror and has no policy; portroll source manage %.*s "
			 "makes it a registry of its own",
			 PORTROLL_STR_ARG(source->name), PORTROLL_STR_ARG(source->name));
}

static int open_store(struct present_policy *p, struct keeper *k)
{
	char *folder;
	struct ledger_options how;
	int r = roll_folder_to_read(&folder, &k->environment, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = keeper_ledger_options(&how, k, folder);
	return r == PORTROLL_OK ? ledger_find_store(&p->store, &p->ops, &how, &k->err) : r;
}

int present_policy_find(struct present_policy *ret, struct keeper *k, struct portroll_str name)
{
	size_t at;
	*ret = (struct present_policy){0};
	int r = keeper_open_snapshot(&ret->snapshot, k);
	if (r == PORTROLL_OK)
		r = snapshot_read_roll(&ret->roll, ret->snapshot, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = place_existing(&at, ret->roll, name, &k->err);
	if (r == PORTROLL_OK)
		r = source_need_managed(k, &ret->roll->sources[at]);
	if (r == PORTROLL_OK)
		r = open_store(ret, k);
	if (r < 0)
		return r;
	const struct desk desk = {ret->ops, ret->store, &k->arena};
	return source_policy_find(&ret->own, &desk, name, &k->err);
}

void present_policy_close(struct present_policy *p)
{
	if (p->store)
		p->ops->close(p->store);
	portroll_close(p->snapshot);
	*p = (struct present_policy){0};
}

/* SPDX-License-Identifier: MIT */
#include "keeper/keeper.h"

struct portroll_str keeper_option(const struct keeper *k, enum option_id id)
{
	return str_from(k->args.values[id]);
}

bool keeper_has(const struct keeper *k, enum option_id id)
{
	return k->args.values[id] != NULL;
}

int keeper_failed(const struct keeper *k)
{
	return out_error(&k->out, k->err_file, &k->err);
}

int keeper_open_snapshot(struct portroll_snapshot **ret, struct keeper *k)
{
	const char *path = k->args.values[OPTION_SNAPSHOT];
	if (!path) {
		char *found;
		int r = roll_snapshot_to_read(&found, &k->environment, &k->arena, &k->err);
		if (r < 0)
			return r;
		if (!file_exists(found))
			return error_set(&k->err, PORTROLL_EINVAL,
					 "%s: there is no roll yet; portroll import FILE or "
					 "portroll update makes one",
					 found);
		path = found;
	}
	return portroll_open_touched(ret, path, &k->err);
}

/* SPDX-License-Identifier: MIT */
#include "ledger/ledger_paths.h"

#include <string.h>

char *path_in(struct arena *a, const char *folder, struct portroll_str name)
{
	struct portroll_str begin = str_from(folder);
	char *path = arena_alloc(a, begin.len + 1 + name.len + 1);
	if (!path)
		return NULL;
	memcpy(path, begin.ptr, begin.len);
	path[begin.len] = '/';
	memcpy(path + begin.len + 1, name.ptr, name.len);
	path[begin.len + 1 + name.len] = '\0';
	return path;
}

int ledger_paths_of(struct ledger_paths *ret, const char *folder, struct arena *a)
{
	*ret = (struct ledger_paths){
		.folder = arena_cstr(a, str_from(folder)),
		.database = path_in(a, folder, STR("ledger.db")),
		.store = path_in(a, folder, STR("store")),
		.key = path_in(a, folder, STR("key")),
		.next_key = path_in(a, folder, STR("key.next")),
		.published = path_in(a, folder, STR("ledger")),
		.checkpoint = path_in(a, folder, STR("ledger/checkpoint")),
		.keys = path_in(a, folder, STR("ledger/key")),
		.people = path_in(a, folder, STR("ledger/people")),
		.tiles = path_in(a, folder, STR("ledger/tile")),
		.states = path_in(a, folder, STR("ledger/states")),
		.former = path_in(a, folder, STR("ledger/former")),
		.temporary = path_in(a, folder, STR("ledger/new")),
	};
	return a->failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

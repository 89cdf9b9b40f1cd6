/* SPDX-License-Identifier: MIT */
#include "ledger/ledger_paths.h"

#include "base/path.h"

int ledger_paths_of(struct ledger_paths *ret, const char *folder, struct arena *a)
{
	*ret = (struct ledger_paths){
		.folder = arena_cstr(a, str_from(folder)),
		.database = path_join(folder, "ledger.db", a),
		.store = path_join(folder, "store", a),
		.key = path_join(folder, "key", a),
		.next_key = path_join(folder, "key.next", a),
		.published = path_join(folder, "ledger", a),
		.checkpoint = path_join(folder, "ledger/checkpoint", a),
		.keys = path_join(folder, "ledger/key", a),
		.people = path_join(folder, "ledger/people", a),
		.tiles = path_join(folder, "ledger/tile", a),
		.states = path_join(folder, "ledger/states", a),
		.former = path_join(folder, "ledger/former", a),
		.temporary = path_join(folder, "ledger/new", a),
	};
	return a->failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

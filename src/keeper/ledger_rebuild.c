/* SPDX-License-Identifier: MIT */

/* ledger rebuild: what is made of the ledger is made again. */

#include "base/file.h"
#include "base/path.h"
#include "keeper/held_roll.h"
#include "keeper/ledger_action.h"

/* Removed only when the store was found to be whole: it may be the last copy. */
static int remove_made(struct keeper *k, const char *folder)
{
	static const char *const made[] = {"ledger/tile", "ledger/states"};
	int r = PORTROLL_OK;
	for (size_t i = 0; i < ARRAY_LEN(made) && r == PORTROLL_OK; i++) {
		const char *path = path_join(folder, made[i], &k->arena);
		r = path ? file_remove_tree(path, &k->err) : error_memory(&k->err);
	}
	return r;
}

static int rebuild(struct keeper *k, struct held_roll *held)
{
	int r = held->ledger ? PORTROLL_OK : ledger_open(&held->ledger, &held->options, &k->err);
	if (r == PORTROLL_OK)
		r = remove_made(k, held->folder);
	if (r < 0)
		return r;
	ledger_close(held->ledger);
	held->ledger = NULL;
	r = ledger_open(&held->ledger, &held->options, &k->err);
	return r == PORTROLL_OK ? held_roll_renew(held) : r;
}

int action_rebuild(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	char *path, *folder;
	int r = roll_folder_to_write(&folder, &k->environment, &k->arena, &k->err);
	if (r < 0)
		return r;
	path = path_join(folder, ROLL_SNAPSHOT_NAME, &k->arena);
	if (!path)
		return error_memory(&k->err);
	if (!roll_has_ledger(path, &k->arena))
		return error_set(&k->err, PORTROLL_EINVAL, "%s: there is no ledger yet", folder);
	r = held_roll_open(&held, k);
	if (r == PORTROLL_OK)
		r = rebuild(k, &held);
	if (r == PORTROLL_OK && !k->out.quiet) {
		buf_printf(&k->out.buf, "%s: snapshot and published files are made again from ",
			   folder);
		out_text(&k->out, ledger_origin(held.ledger), false);
		buf_printf(&k->out.buf, " @%llu\n",
			   (unsigned long long)ledger_tree(held.ledger)->size);
	}
	held_roll_close(&held);
	return r;
}

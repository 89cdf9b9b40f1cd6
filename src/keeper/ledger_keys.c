/* SPDX-License-Identifier: MIT */

/* ledger key and fork: who signs from now on. */

#include "base/path.h"
#include "keeper/held_roll.h"
#include "keeper/ledger_action.h"

#define KEY_FILE_MAX (64U << 10)

/* What signs is published; the secret is nowhere shown. */
static int put_keys(struct keeper *k, const char *folder)
{
	CLEANUP(file_release) struct file_bytes keys = {0};
	char *path = path_join(folder, "ledger/key", &k->arena);
	if (path && !file_exists(path))
		return error_set(&k->err, PORTROLL_EINVAL, "%s: there is no ledger yet", folder);
	int r = path ? file_load(&keys, path, KEY_FILE_MAX, &k->err) : error_memory(&k->err);
	if (r == PORTROLL_OK)
		out_text(&k->out, keys.bytes, true);
	return r;
}

static int rotate(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	const struct changeset about = keeper_change(k, STR("key"));
	int r = held_roll_open(&held, k);
	if (r == PORTROLL_OK && !held.ledger)
		r = error_set(&k->err, PORTROLL_EINVAL, "%s: there is no ledger yet", held.folder);
	if (r == PORTROLL_OK)
		r = ledger_rotate_key(held.ledger, &about, &k->err);
	if (r == PORTROLL_OK)
		r = held_roll_renew(&held);
	if (r == PORTROLL_OK && !k->out.quiet)
		r = put_keys(k, held.folder);
	if (r == PORTROLL_OK && !k->out.quiet)
		out_message(&k->out,
			    "a new key signs from now on, and those before it beside it; keep a "
			    "copy of %s/key where only you can read it",
			    held.folder);
	held_roll_close(&held);
	return r;
}

int action_key(struct keeper *k)
{
	char *folder;
	if (keeper_has(k, OPTION_ROTATE))
		return rotate(k);
	int r = roll_folder_to_read(&folder, &k->environment, &k->arena, &k->err);
	return r == PORTROLL_OK ? put_keys(k, folder) : r;
}

/* PORTROLL_EINVAL: nothing is wrong with it. */
static int check_need(struct keeper *k, const struct ledger_options *how)
{
	struct ledger *l;
	int r = ledger_open(&l, how, NULL);
	if (r < 0)
		return r == PORTROLL_ENOMEM ? error_memory(&k->err) : PORTROLL_OK;
	ledger_close(l);
	return error_set(&k->err, PORTROLL_EINVAL,
			 "nothing is wrong with this ledger, and a fork ends its history. Where "
			 "its key is lost, or others have read it, say --force as well");
}

static int fork_locked(struct keeper *k, const char *folder)
{
	CLEANUP(file_close) int lock = -1;
	const struct changeset about = keeper_change(k, STR("fork"));
	struct ledger_options how;
	uint64_t holder = 0;
	int r = file_lock(&lock, folder, &holder, &k->err);
	if (r == PORTROLL_OK)
		r = keeper_ledger_options(&how, k, folder);
	if (r == PORTROLL_OK && !keeper_has(k, OPTION_FORCE))
		r = check_need(k, &how);
	return r == PORTROLL_OK ? ledger_fork(&how, &about, &k->err) : r;
}

int action_fork(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	char *folder;
	int r = roll_folder_to_write(&folder, &k->environment, &k->arena, &k->err);
	if (r == PORTROLL_OK && !ledger_exists(folder))
		r = error_set(&k->err, PORTROLL_EINVAL, "%s: there is no ledger yet", folder);
	if (r == PORTROLL_OK && !keeper_has(k, OPTION_I_KNOW))
		r = error_set(&k->err, PORTROLL_EINVAL,
			      "ledger fork begins a new origin with a new key: who follows this "
			      "ledger sees that its history ends. Say --i-know if that is meant");
	if (r == PORTROLL_OK && keeper_option(k, OPTION_REASON).len == 0)
		r = error_set(&k->err, PORTROLL_EINVAL,
			      "ledger fork needs --reason TEXT: it stays in the ledger");
	if (r == PORTROLL_OK)
		r = fork_locked(k, folder);
	if (r == PORTROLL_OK)
		r = held_roll_open(&held, k);
	if (r == PORTROLL_OK)
		r = held_roll_renew(&held);
	if (r == PORTROLL_OK && !k->out.quiet) {
		buf_puts(&k->out.buf, "the ledger goes on as ");
		out_text(&k->out, ledger_origin(held.ledger), false);
		buf_puts(&k->out.buf, "; tell those who follow it, with its new key:\n");
		r = put_keys(k, folder);
	}
	held_roll_close(&held);
	return r;
}

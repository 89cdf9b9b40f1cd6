/* SPDX-License-Identifier: MIT */

/* ledger backup and restore: the ledger as one file, without the secret key. */

#include "keeper/held_roll.h"
#include "keeper/ledger_action.h"

/* The ledger of a roll that is held; PORTROLL_EINVAL when it has none. */
static int need_ledger(struct keeper *k, const struct held_roll *held)
{
	if (held->ledger)
		return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_EINVAL,
			 "%s: there is no ledger yet; portroll init or portroll import FILE makes "
			 "one",
			 held->folder);
}

static int write_backup(struct keeper *k, struct held_roll *held, const char *path)
{
	int r = need_ledger(k, held);
	if (r == PORTROLL_OK && file_exists(path))
		r = error_set(&k->err, PORTROLL_ECONFLICT, "%s is there already", path);
	if (r == PORTROLL_OK)
		r = ledger_backup(held->ledger, path, &k->err);
	if (r < 0 || k->out.quiet)
		return r;
	struct tree_head head = tree_head(ledger_tree(held->ledger));
	buf_printf(&k->out.buf, "%s: ", path);
	buf_put_grouped(&k->out.buf, head.size);
	buf_puts(&k->out.buf, head.size == 1 ? " entry of " : " entries of ");
	out_text(&k->out, ledger_origin(held->ledger), false);
	buf_printf(&k->out.buf,
		   "\nthe secret key is not in it: keep a copy of %s/key where only you can read "
		   "it\n",
		   held->folder);
	return EXIT_YES;
}

int action_backup(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	const char *path = k->args.operands[0];
	if (str_equal(str_from(path), STR("-")))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "a backup is a database: it needs a file, and cannot be written "
				 "to standard output");
	int r = held_roll_open(&held, k);
	if (r == PORTROLL_OK)
		r = write_backup(k, &held, path);
	held_roll_close(&held);
	return r;
}

#define KEY_FILE_MAX (64U << 10)

static int restore(struct keeper *k, const char *folder, const char *path)
{
	CLEANUP(file_close) int lock = -1;
	CLEANUP(file_release) struct file_bytes key = {0};
	const char *key_path = k->args.values[OPTION_KEY_FILE];
	struct ledger_options how;
	uint64_t holder = 0;
	int r = file_make_folder(folder, &k->err);
	if (r == PORTROLL_OK)
		r = file_lock(&lock, folder, &holder, &k->err);
	if (r == PORTROLL_OK && key_path)
		r = file_read(&key, key_path, KEY_FILE_MAX, &k->err);
	if (r == PORTROLL_OK)
		r = keeper_ledger_options(&how, k, folder);
	if (r == PORTROLL_OK)
		r = ledger_restore(&how,
				   &(struct restoring){.path = path,
						       .url = keeper_option(k, OPTION_STORE),
						       .key = key.bytes},
				   &k->err);
	return r;
}

static void tell_restored(struct keeper *k, const char *folder, const struct held_roll *held)
{
	if (k->out.quiet)
		return;
	struct tree_head head = tree_head(ledger_tree(held->ledger));
	buf_printf(&k->out.buf, "%s: ", folder);
	buf_put_grouped(&k->out.buf, head.size);
	buf_puts(&k->out.buf, head.size == 1 ? " entry of " : " entries of ");
	out_text(&k->out, ledger_origin(held->ledger), false);
	buf_putc(&k->out.buf, '\n');
	if (!keeper_has(k, OPTION_KEY_FILE))
		out_message(&k->out,
			    "the secret key is missing: the roll can be read, and changed again "
			    "once %s/key is there",
			    folder);
}

/* The snapshot is made again from the ledger. */
int action_restore(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	char *folder;
	int r = roll_folder_to_write(&folder, &k->environment, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = restore(k, folder, k->args.operands[0]);
	if (r == PORTROLL_OK)
		r = held_roll_open(&held, k);
	if (r == PORTROLL_OK)
		r = held_roll_renew(&held);
	if (r == PORTROLL_OK)
		tell_restored(k, folder, &held);
	held_roll_close(&held);
	return r;
}

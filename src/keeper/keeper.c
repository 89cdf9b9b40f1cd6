/* SPDX-License-Identifier: MIT */
#include "keeper/keeper.h"

#include "base/num.h"
#include "base/path.h"
#include "keeper/as_of.h"

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

static int fail_missing(struct keeper *k, const char *missing)
{
	return error_set(&k->err, PORTROLL_EINVAL,
			 "%s: is missing; portroll ledger rebuild makes it again from the ledger",
			 missing);
}

int keeper_check_made(struct keeper *k, const char *folder, const char *path)
{
	char *snapshot = path_join(folder, ROLL_SNAPSHOT_NAME, &k->arena);
	if (!snapshot)
		return error_memory(&k->err);
	return !file_exists(path) && roll_has_ledger(snapshot, &k->arena) ? fail_missing(k, path)
									  : PORTROLL_OK;
}

int keeper_need_roll(struct keeper *k, const char *path)
{
	if (file_exists(path))
		return PORTROLL_OK;
	if (roll_has_ledger(path, &k->arena))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "%s: there is no roll yet, or its snapshot is missing: portroll "
				 "ledger rebuild makes it again, portroll import FILE fills it",
				 path);
	return error_set(&k->err, PORTROLL_EINVAL,
			 "%s: there is no roll yet; portroll import FILE or portroll update makes "
			 "one",
			 path);
}

int keeper_open_snapshot(struct portroll_snapshot **ret, struct keeper *k)
{
	const char *path = k->args.values[OPTION_SNAPSHOT];
	if (!path) {
		char *found = NULL;
		if (keeper_has(k, OPTION_AS_OF)) {
			int r = as_of_find(&found, k);
			return r < 0 ? r : portroll_open_touched(ret, found, &k->err);
		}
		int r = roll_snapshot_to_read(&found, &k->environment, &k->arena, &k->err);
		if (r < 0)
			return r;
		r = keeper_need_roll(k, found);
		if (r < 0)
			return r;
		path = found;
	}
	return portroll_open_touched(ret, path, &k->err);
}

const char *keeper_target(const struct keeper *k, enum option_id id)
{
	const char *path = k->args.values[id];
	return path && !str_equal(str_from(path), STR("-")) ? path : NULL;
}

int keeper_refuse_roll(struct keeper *k, enum option_id id)
{
	const char *path = keeper_target(k, id);
	struct portroll_snapshot *snapshot = NULL;
	if (!path || portroll_open_touched(&snapshot, path, NULL) < 0)
		return PORTROLL_OK;
	portroll_close(snapshot);
	return error_set(&k->err, PORTROLL_EINVAL,
			 "%s: is the snapshot of a roll, which only import, source and update "
			 "change; write to another file",
			 path);
}

struct changeset keeper_change(const struct keeper *k, struct portroll_str kind)
{
	return (struct changeset){
		.author = k->user,
		.time = k->now,
		.kind = kind,
		.reason = keeper_option(k, OPTION_REASON),
		.effective = date_of_time(k->now),
	};
}

static bool is_within(struct portroll_str path, struct portroll_str folder)
{
	while (str_ends(folder, STR("/")))
		folder.len--;
	return str_starts(path, folder) && (path.len == folder.len || path.ptr[folder.len] == '/');
}

int keeper_ledger_options(struct ledger_options *ret, struct keeper *k, const char *folder)
{
	char *witness;
	int r = roll_state_folder(&witness, &k->environment, &k->arena, &k->err);
	if (r == PORTROLL_OK && is_within(str_from(witness), str_from(folder)))
		r = error_set(
			&k->err, PORTROLL_EINVAL,
			"%s: is in the folder of the roll, and would be put back with it from "
			"an old copy; set PORTROLL_STATE to a folder elsewhere",
			witness);
	if (r == PORTROLL_OK)
		*ret = (struct ledger_options){folder, witness, k->random};
	return r;
}

int keeper_told_key(struct note_keys *ret, struct keeper *k)
{
	struct portroll_error own = {0};
	struct note_key *key = arena_alloc(&k->arena, sizeof(*key));
	if (!key)
		return error_memory(&k->err);
	int r = note_key_parse(key, keeper_option(k, OPTION_KEY), &own);
	*ret = (struct note_keys){key, 1};
	return r < 0 ? error_set(&k->err, r, "--key: %s", own.text) : PORTROLL_OK;
}

/* Twice the same name for two ledgers would look like one that was forged. */
static void put_random_digits(struct buf *out, const struct keeper *k)
{
	uint8_t bytes[4];
	char digits[2 * sizeof(bytes)];
	k->random(bytes, sizeof(bytes));
	num_format_hex(digits, bytes, sizeof(bytes));
	buf_put(out, (struct portroll_str){digits, sizeof(digits)});
}

struct portroll_str keeper_origin(struct keeper *k)
{
	CLEANUP(buf_done) struct buf name = BUF_INIT(1024);
	if (keeper_has(k, OPTION_NAME_OF_LOG))
		return keeper_option(k, OPTION_NAME_OF_LOG);
	buf_put(&name, k->host);
	buf_puts(&name, "/portroll-");
	put_random_digits(&name, k);
	return arena_str(&k->arena, buf_str(&name));
}

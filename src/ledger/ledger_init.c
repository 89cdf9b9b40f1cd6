/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include "ledger/ledger_keys.h"

#define ORIGIN_SIZE_MAX 255 /* a line of a terminal or two, and of each signature */

bool ledger_exists(const char *folder)
{
	struct arena a = ARENA_INIT;
	struct ledger_paths paths;
	bool exists = ledger_paths_of(&paths, folder, &a) == PORTROLL_OK &&
		      (file_exists(paths.key) || file_exists(paths.checkpoint));
	arena_done(&a);
	return exists;
}

static int make_folder(const struct ledger *l, struct portroll_error *err)
{
	struct file_batch batch = {0};
	int r = file_batch_folder(&batch, l->paths.folder, err);
	if (r == PORTROLL_OK)
		r = file_batch_commit(&batch, err);
	file_batch_done(&batch);
	return r;
}

static int make_key(struct ledger *l, struct portroll_str origin, struct portroll_error *err)
{
	CLEANUP(signers_wipe) struct signers signers = {.count = 1};
	uint8_t seed[NOTE_SEED_SIZE];
	l->random(seed, sizeof(seed));
	int r = note_signer_from_seed(&signers.items[0], origin, seed, err);
	note_wipe(seed, sizeof(seed));
	return r == PORTROLL_OK ? key_file_write(l->paths.key, &signers, err) : r;
}

/* What is there already was made by a call that did not come to its end; or by another machine. */
static int finish_key(struct ledger *l, struct portroll_str origin, struct portroll_error *err)
{
	CLEANUP(signers_wipe) struct signers present = {0};
	struct note_keys kept = {0};
	bool has_key = file_exists(l->paths.key);
	int r = has_key ? key_file_read(&present, l->paths.key, &l->arena, err) : PORTROLL_OK;
	if (r < 0 || (has_key && str_equal(present.items[0].key.name, origin)))
		return r;
	r = ledger_kept_keys(&kept, l, err);
	if (r == PORTROLL_OK && kept.count && l->is_shared)
		r = error_set(err, PORTROLL_ECONFLICT,
			      "another machine has begun a ledger in this store: put its key in %s",
			      l->paths.key);
	return r == PORTROLL_OK ? make_key(l, origin, err) : r;
}

static int make_store(struct ledger *l, struct portroll_str url, struct portroll_error *err)
{
	int r = PORTROLL_OK;
	const struct store_ops *ops;
	if (url.len)
		r = ledger_choose_store(&ops, url, err);
	if (r < 0)
		return r;
	if (url.len)
		r = file_replace(l->paths.store, url, 0600, err);
	if (r == PORTROLL_OK)
		r = ledger_open_store(l, true, err);
	if (r == PORTROLL_OK && l->tree.size)
		r = error_set(err, PORTROLL_ECONFLICT,
			      "the store has a ledger of %llu entries already: put its key in %s",
			      (unsigned long long)l->tree.size, l->paths.key);
	/* So that the next call may choose another. */
	if (r < 0 && url.len && file_exists(l->paths.store) && !file_exists(l->paths.key))
		(void)!file_remove(l->paths.store, NULL);
	return r;
}

/* The store before the key: a folder that has a key has a store, and who opens it can finish it. */
static int init_all(struct ledger *l, struct portroll_str url, struct portroll_str origin,
		    struct portroll_error *err)
{
	if (file_exists(l->paths.checkpoint))
		return error_set(err, PORTROLL_ECONFLICT, "%s has a ledger already",
				 l->paths.folder);
	if (!note_name_ok(origin) || origin.len > ORIGIN_SIZE_MAX)
		return error_set(err, PORTROLL_EINVAL,
				 "'%.*s' cannot name a ledger: expected a name of at most %d "
				 "bytes without blanks and '+'",
				 PORTROLL_STR_ARG(str_part(origin, 0, 60)), ORIGIN_SIZE_MAX);
	int r = make_folder(l, err);
	if (r == PORTROLL_OK)
		r = make_store(l, url, err);
	return r == PORTROLL_OK ? finish_key(l, origin, err) : r;
}

int ledger_init(const struct ledger_options *options, struct portroll_str url,
		struct portroll_str origin, struct portroll_error *err)
{
	struct ledger *l = ledger_new(options);
	if (!l)
		return error_memory(err);
	int r = init_all(l, url, origin, err);
	ledger_close(l);
	if (r < 0)
		return r;
	/* Signing and publishing nothing is what opening does to finish it. */
	r = ledger_open(&l, options, err);
	if (r == PORTROLL_OK)
		ledger_close(l);
	return r;
}

static int begin(struct ledger *l, struct portroll_str origin, struct portroll_error *err)
{
	int r = init_all(l, STR_NONE, origin, err);
	if (r == PORTROLL_OK)
		r = ledger_take_up(l, err);
	l->has_new_people = true;
	return r == PORTROLL_OK ? ledger_keep_keys(l, err) : r;
}

int ledger_begin(struct ledger **ret, const struct ledger_options *options,
		 struct portroll_str origin, struct portroll_error *err)
{
	struct ledger *l = ledger_new(options);
	if (!l)
		return error_memory(err);
	int r = begin(l, origin, err);
	if (r == PORTROLL_OK)
		*ret = l;
	else
		ledger_close(l);
	return r;
}

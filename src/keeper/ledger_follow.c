/* SPDX-License-Identifier: MIT */

/* ledger follow: what others commit to the store is published here too, as soon as they have signed
 * it, and the snapshot made again. */

#include <poll.h>
#include <signal.h>

#include "base/path.h"
#include "keeper/held_roll.h"
#include "keeper/ledger_action.h"

#define WAIT_MS 1000 /* so that a signal between two waits is soon seen */

static volatile sig_atomic_t is_stopped;

struct follower {
	struct keeper *keeper;
	struct ledger_options options;
	const struct store_ops *ops;
	struct store *store; /* only to wait; NULL: to be found */
	uint64_t size;       /* of the ledger, as it was published last */
	uint64_t erased;     /* contents of people, then */
	bool is_due;
	bool has_begun; /* what goes wrong from now on may pass */
	bool is_cut_off;
};

static void stop(int number)
{
	(void)number;
	is_stopped = 1;
}

/* No SA_RESTART: a wait ends. */
static void set_signals(void)
{
	struct sigaction action = {.sa_handler = stop};
	(void)sigaction(SIGTERM, &action, NULL);
	(void)sigaction(SIGINT, &action, NULL);
}

/* A folder that has nothing yet but the address of the store and maybe the key. */
static int join(const struct follower *f)
{
	struct portroll_error *err = &f->keeper->err;
	struct ledger *ledger = NULL;
	int lock = -1;
	uint64_t holder;
	int r = file_lock(&lock, f->options.folder, &holder, err);
	if (r == PORTROLL_OK)
		r = ledger_open(&ledger, &f->options, err);
	ledger_close(ledger);
	file_close(&lock);
	return r;
}

static int count_erased(void *context, const struct stored_person *person,
			struct portroll_error *err)
{
	(void)err;
	uint64_t *count = context;
	*count += person->content.body.len == 0;
	return PORTROLL_OK;
}

/* Kept states may tell of people that another machine has erased; when this began is not known. */
static int drop_states(struct follower *f, struct ledger *ledger)
{
	struct keeper *k = f->keeper;
	struct store *store;
	const struct store_ops *ops = ledger_store(&store, ledger);
	uint64_t erased = 0;
	int r = ops->people(store, STR(""), count_erased, &erased, &k->err);
	if (r < 0 || erased == f->erased)
		return r;
	const char *states = path_join(f->options.folder, "ledger/states", &k->arena);
	r = states ? file_remove_tree(states, &k->err) : error_memory(&k->err);
	if (r == PORTROLL_OK)
		f->erased = erased;
	return r;
}

/* The snapshot is made anew whatever its size says: a person may have been erased. */
static int renew(struct follower *f)
{
	struct held_roll held = HELD_ROLL_INIT;
	int r = ledger_exists(f->options.folder) ? PORTROLL_OK : join(f);
	if (r == PORTROLL_OK)
		r = held_roll_open(&held, f->keeper);
	if (r == PORTROLL_OK && held.ledger) {
		f->size = ledger_tree(held.ledger)->size;
		r = drop_states(f, held.ledger);
		if (r == PORTROLL_OK && f->size)
			r = held_roll_renew(&held);
	}
	held_roll_close(&held);
	return r;
}

static int step(struct follower *f)
{
	struct keeper *k = f->keeper;
	int r = PORTROLL_OK;
	if (!f->store)
		r = ledger_find_store(&f->store, &f->ops, &f->options, &k->err);
	if (r == PORTROLL_OK && f->ops != &store_postgres)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "%s: there is nothing to follow: nobody else writes this ledger",
				 f->options.folder);
	if (r == PORTROLL_OK && f->is_due) {
		r = renew(f);
		if (r < 0)
			return r;
		f->is_due = false;
		if (k->out.verbose)
			out_message(&k->out, "@%llu", (unsigned long long)f->size);
	}
	if (r == PORTROLL_OK)
		r = f->ops->wait(f->store, WAIT_MS, &k->err);
	f->is_due = f->is_due || r > 0;
	return r < 0 ? r : PORTROLL_OK;
}

static void drop_store(struct follower *f)
{
	if (f->store)
		f->ops->close(f->store);
	f->store = NULL;
}

/* Another writer of this folder will end, and a server be found again: it is told once. */
static int take_failure(struct follower *f, int code)
{
	struct keeper *k = f->keeper;
	bool may_pass = code == PORTROLL_ESYSTEM && f->has_begun;
	if (code != PORTROLL_ECONFLICT && !may_pass)
		return code;
	if (may_pass && !f->is_cut_off)
		(void)keeper_failed(k);
	f->is_cut_off = f->is_cut_off || may_pass;
	f->is_due = true;
	if (may_pass)
		drop_store(f);
	k->err = (struct portroll_error){0};
	(void)poll(NULL, 0, WAIT_MS);
	return PORTROLL_OK;
}

/* Each round in memory of its own. */
static int go_round(struct follower *f)
{
	struct keeper *k = f->keeper;
	struct arena all = k->arena;
	k->arena = ARENA_INIT;
	int r = step(f);
	if (r == PORTROLL_OK) {
		f->has_begun = true;
		f->is_cut_off = false;
	} else {
		r = take_failure(f, r);
	}
	arena_done(&k->arena);
	k->arena = all;
	return r;
}

int ledger_follow(struct keeper *k)
{
	char *folder;
	struct follower f = {.keeper = k, .erased = UINT64_MAX, .is_due = true};
	int r = roll_folder_to_write(&folder, &k->environment, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = keeper_ledger_options(&f.options, k, folder);
	set_signals();
	while (r == PORTROLL_OK && !is_stopped)
		r = go_round(&f);
	drop_store(&f);
	return r < 0 ? r : EXIT_YES;
}

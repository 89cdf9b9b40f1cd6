/* SPDX-License-Identifier: MIT */
#pragma once

/* An open ledger, and the steps that the files behind ledger.h share. */

#include "base/file.h"
#include "ledger/key_file.h"
#include "ledger/ledger.h"
#include "ledger/ledger_paths.h"
#include "ledger/witness.h"

struct ledger {
	struct arena arena; /* the ledger itself lies in it */
	struct ledger_paths paths;
	const char *witness; /* the folder */
	random_fn *random;
	const struct store_ops *ops;
	struct store *store;
	bool is_shared;         /* the store is not in the folder: others may write it too */
	struct signers signers; /* none: the ledger is only read */
	struct note_keys keys;
	struct portroll_str origin;
	struct tree tree;      /* as the store has it */
	struct tree published; /* as the checkpoint in the folder has it; empty: there is none */
	struct witness witnesses[KEYS_MAX];
	bool has_witnesses;  /* they were read */
	bool has_new_people; /* those that are published are not the store's */
};

/* A ledger in memory of its own, with nothing opened. NULL when there is no memory. */
struct ledger *ledger_new(const struct ledger_options *options);

/* Opens the store that the folder names. PORTROLL_EINVAL: FOLDER/store names none. */
PORTROLL_MUST_CHECK int ledger_open_store(struct ledger *l, bool create,
					  struct portroll_error *err);

/* The store that a URL of the user's names. PORTROLL_EINVAL: it names none. */
PORTROLL_MUST_CHECK int ledger_choose_store(const struct store_ops **ret, struct portroll_str url,
					    struct portroll_error *err);

/* Loads the keys of a ledger whose store is open, and checks that nothing was signed that it does
 * not continue. */
PORTROLL_MUST_CHECK int ledger_take_up(struct ledger *l, struct portroll_error *err);

/* The tree of the first `size` entries, from the store. */
PORTROLL_MUST_CHECK int ledger_tree_at(struct tree *ret, struct ledger *l, uint64_t size,
				       struct portroll_error *err);

/* Writes the proposals as entries and appends them to the store; nothing is published. As
 * ledger_commit(). */
PORTROLL_MUST_CHECK int ledger_append(struct ledger *l, const struct commit *commit,
				      uint64_t *ret_numbers, struct portroll_error *err);

/* Reads the witness of each key. */
PORTROLL_MUST_CHECK int ledger_read_witnesses(struct ledger *l, struct portroll_error *err);

/* That the ledger continues a head that was signed. PORTROLL_ECORRUPT with the sentence. */
PORTROLL_MUST_CHECK int ledger_check_continues(struct ledger *l, const struct tree_head *head,
					       struct portroll_error *err);

/* What is published next. */
struct edition {
	struct tree tree;
	struct portroll_str note;           /* signed already; empty: it is signed with the keys */
	const struct stored_entry *entries; /* the last ones of the tree that are at hand */
	size_t count;
	bool is_recovery; /* what is there may not be durable */
};

/* Tiles and people, the witness, the checkpoint, the note in the store, in this order; each durable
 * before the next. */
PORTROLL_MUST_CHECK int ledger_publish(struct ledger *l, const struct edition *edition,
				       struct portroll_error *err);

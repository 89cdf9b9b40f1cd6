/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The ledger of a roll, held by its one writer. A folder has
 *
 *	ledger.db               the entries and what belongs to them (or the file `store`: a URL)
 *	key                     the secret key, mode 0400; after a rotation all, newest first
 *	ledger/checkpoint       the signed head                     } published: what others may
 *	ledger/key              the verifier keys, a line each      } read, copy, and check
 *	ledger/tile/...         tree and entries (tile.h)           }
 *	ledger/people           the contents, a line each           }
 *	ledger/former/...       what origins before this one signed  }
 *	ledger/states/...       kept states; made again from the rest
 *	snapshot                the compiled roll
 *
 * Order of a commit: durable in the store; tiles and people; the signed head to the witness; then
 * the checkpoint by rename. Then the snapshot, which is the caller's. The witness is the last
 * signed checkpoint in a folder that is not part of the roll's: a ledger that is behind it, or does
 * not continue it, is refused.
 */

#include "ledger/changeset.h"
#include "ledger/checkpoint.h"
#include "ledger/store.h"

typedef void random_fn(void *bytes, size_t len);

struct ledger_options {
	const char *folder;  /* of the roll */
	const char *witness; /* folder for the last signed checkpoints, made when it is missing */
	random_fn *random;   /* for salts and keys */
};

struct ledger; /* not for several threads */

/* Makes store, key and an empty signed ledger in a folder that has none. `url` empty: SQLite in the
 * folder. PORTROLL_ECONFLICT: there is one; PORTROLL_EINVAL: no name for a key. What failed half
 * way is taken back, or finished by the next call. */
PORTROLL_MUST_CHECK int ledger_init(const struct ledger_options *options, struct portroll_str url,
				    struct portroll_str origin, struct portroll_error *err);

/* The same with the usual store, and opens it. Nothing is signed or published before the first
 * commit; what failed before that is finished by the next ledger_open(). */
PORTROLL_MUST_CHECK int ledger_begin(struct ledger **ret, const struct ledger_options *options,
				     struct portroll_str origin, struct portroll_error *err);

/* Is there a ledger in the folder that ledger_open() can open, and finish if need be? What
 * ledger_init() left before that, the next call of it finishes. */
bool ledger_exists(const char *folder);

/* Opens it to write; the caller holds the folder's lock (file_lock). Finishes what a crash left
 * half done, and publishes what is missing. Without FOLDER/key it is opened to read, and what
 * others have signed is published. PORTROLL_ECORRUPT with the sentence that says so and what may
 * be done: the store is behind the checkpoint or the witness, or does not continue them. */
PORTROLL_MUST_CHECK int ledger_open(struct ledger **ret, const struct ledger_options *options,
				    struct portroll_error *err);
void ledger_close(struct ledger *l); /* NULL is fine */

const struct tree *ledger_tree(const struct ledger *l);
struct portroll_str ledger_origin(const struct ledger *l);
const struct store_ops *ledger_store(struct store **ret, struct ledger *l);

/* The store of the ledger in a folder, by itself: to wait until others have changed it, without
 * keeping them from the folder. The caller closes it. */
PORTROLL_MUST_CHECK int ledger_find_store(struct store **ret, const struct store_ops **ret_ops,
					  const struct ledger_options *options,
					  struct portroll_error *err);

/* The changes that are to be committed at once, in order: all or none. The first has the ledger as
 * it is for its base; each other one the ledger after the one before it, which the ledger fills in.
 */
struct commit {
	const struct proposal *proposals;
	size_t count;
	const struct stored_person *people; /* contents that are new */
	size_t person_count;
	const struct stored_paper *papers; /* that are put with it; PORTROLL_ECONFLICT as store.h */
	size_t paper_count;
};

/* Commits, signs and publishes. *ret_numbers (if given) gets the number of each change.
 * PORTROLL_ECONFLICT names who was first, when the first proposal's base is not the ledger as it
 * is; the codes of changeset_write(). After PORTROLL_ESYSTEM what is durable is told by
 * ledger_tree(): it was committed if that has grown, and the next ledger_open() publishes it. */
PORTROLL_MUST_CHECK int ledger_commit(struct ledger *l, const struct commit *commit,
				      uint64_t *ret_numbers, struct portroll_error *err);

/* Entries up to the size of the ledger, from the store. */
PORTROLL_MUST_CHECK int ledger_each(struct ledger *l, uint64_t from, store_entry_fn *fn,
				    void *context, struct portroll_error *err);

/* Erases what is known of a person in the store, and removes all kept states and the published
 * people, which ledger_publish_people() is to bring back when nothing of before has the person any
 * more: that they are missing tells who comes after a crash. *ret counts the contents. */
PORTROLL_MUST_CHECK int ledger_redact(uint64_t *ret, struct ledger *l, struct portroll_str id,
				      struct portroll_error *err);
PORTROLL_MUST_CHECK int ledger_publish_people(struct ledger *l, struct portroll_error *err);

/* Makes a new key and commits a changeset of kind key that names it; `about` has the rest. From
 * then on the new key signs, and those before it beside it, KEYS_MAX at most. */
PORTROLL_MUST_CHECK int ledger_rotate_key(struct ledger *l, const struct changeset *about,
					  struct portroll_error *err);

/* The only way on when ledger_open() refuses: gives the ledger as the store has it a new origin
 * (the old one and the next number, "/2") with a new key, and commits a changeset of kind fork that
 * names the last checkpoint of the old one. What was signed before stays beside it. */
PORTROLL_MUST_CHECK int ledger_fork(const struct ledger_options *options,
				    const struct changeset *about, struct portroll_error *err);

/* Writes the ledger, all but the secret key, to a file that is an SQLite store. */
PORTROLL_MUST_CHECK int ledger_backup(struct ledger *l, const char *path,
				      struct portroll_error *err);

/* What a ledger is made of again. */
struct restoring {
	const char *path;        /* of such a file */
	struct portroll_str url; /* of the store that is filled; empty: SQLite in the folder */
	struct portroll_str key; /* the text of the secret key; empty: it is only read until
				  * FOLDER/key is there */
};

/* Makes a ledger in a folder that is empty, and in a store that is. PORTROLL_ECONFLICT: one of them
 * is not. PORTROLL_ECORRUPT: the file is not a whole ledger, or is behind the witness. */
PORTROLL_MUST_CHECK int ledger_restore(const struct ledger_options *options,
				       const struct restoring *from, struct portroll_error *err);
